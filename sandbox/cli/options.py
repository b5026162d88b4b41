"""Options that several commands share, and what their values may look like."""

from pathlib import Path
from typing import Any, Final

import click

from sandbox.cli import words


class LonLat(click.ParamType[tuple[float, float]]):
    """A place as longitude and latitude with a comma between."""

    name = "LON,LAT"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[float, float]:
        """Return the two numbers."""
        try:
            lon, lat = (float(part) for part in str(value).replace("，", ",").split(","))
        except ValueError:
            said = words(ctx)("“{value}” is no place as LON,LAT.", value=value)
            self.fail(said, param, ctx)
        return lon, lat


class Minutes(click.ParamType[tuple[float, ...]]):
    """Cutoffs with commas between."""

    name = "5,10,15"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[float, ...]:
        """Return the numbers."""
        try:
            return tuple(float(part) for part in str(value).replace("，", ",").split(","))
        except ValueError:
            said = words(ctx)("“{value}” is no list of minutes as 5,10,15.", value=value)
            self.fail(said, param, ctx)


# Spelled once, so that the same option means the same everywhere.
NETWORK: Final = click.option(
    "--network",
    "network_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Network file; without it the shipped schematic streets.",
)
SPEED: Final = click.option(
    "--speed-kmh", type=float, default=4.8, show_default=True, help="Walking speed."
)
REACH: Final = click.option(
    "--reach-m",
    type=float,
    default=50.0,
    show_default=True,
    help="How far from a street ground still counts.",
)
AREAS: Final = click.option(
    "-o",
    "--output",
    "file",
    metavar="OUT.geojson|.gpkg",
    type=click.Path(path_type=Path),
    help="File to write the areas to.",
)
JSON: Final = click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
