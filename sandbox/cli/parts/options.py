"""Options that several commands share, and what their values may look like."""

from collections.abc import Sequence
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sandbox.cli import words
from sandbox.cli.parts import city

if TYPE_CHECKING:
    from sandbox.edits.street_edits import StreetEdits
    from sandbox.engine.network import Network


class Renamed(click.Option):
    """An option whose older spellings still work, and are shown nowhere."""

    def __init__(self, param_decls: Sequence[str], *, was: Sequence[str] = (), **rest: Any) -> None:
        super().__init__([*param_decls, *was], **rest)
        self.was = tuple(was)

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return its line of the help, with today's spelling alone."""
        shown = copy(self)
        shown.opts = [one for one in self.opts if one not in self.was]
        return click.Option.get_help_record(shown, ctx)


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
            said = words(ctx)("“{value}” is not a list of minutes such as 5,10,15.", value=value)
            self.fail(said, param, ctx)


class Ranks(click.ParamType[tuple[int, ...]]):
    """Whole numbers with commas between: the first, the third nearest."""

    name = "1,3"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        """Return the numbers."""
        try:
            return tuple(int(part) for part in str(value).replace("，", ",").split(","))
        except ValueError:
            said = words(ctx)("“{value}” is not a list of whole numbers such as 1,3.", value=value)
            self.fail(said, param, ctx)


class Metres(click.ParamType[tuple[float, ...]]):
    """Distances with commas between."""

    name = "300,500,1000"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[float, ...]:
        """Return the numbers."""
        try:
            return tuple(float(part) for part in str(value).replace("，", ",").split(","))
        except ValueError:
            said = words(ctx)(
                "“{value}” is not a list of metres such as 300,500,1000.", value=value
            )
            self.fail(said, param, ctx)


# Spelled once, so that the same option means the same everywhere.
NETWORK: Final = city.network
EDITS: Final = click.option(
    "--edits",
    "edits_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Streets closed, slowed or added: features with a kind, as GeoJSON, GeoPackage, "
    "Shapefile or another file that says where it lies.",
)


def opened(network_file: Path | None, edits_file: Path | None) -> "Network":
    """Return a network with the edits of a file, if there is one.

    Raises
    ------
    NetworkError
        Either file can't be read, or the edits don't fit the streets.
    """
    from sandbox.edits.street_edits import apply
    from sandbox.engine.network import Network

    changes = street_edits(edits_file)
    return apply(Network.open(network_file), changes)


def street_edits(edits_file: Path | None) -> "StreetEdits":
    """Return the edits of a file; none where there is no file.

    Raises
    ------
    NetworkError
        The file can't be read as street edits.
    """
    from sandbox.edits import street_edits_file as files
    from sandbox.edits.street_edits import StreetEdits

    return files.read(edits_file) if edits_file else StreetEdits()


REACH: Final = click.option(
    "--reach-m",
    type=float,
    help="Land within this distance of a street counts as reached.  [default: 50; drive: 100]",
)
AREAS: Final = click.option(
    "-o",
    "--output",
    "file",
    metavar="OUT.geojson|.gpkg",
    type=click.Path(path_type=Path),
    help="Output file for the areas.",
)
ORIGIN: Final = click.option(
    "--from",
    "origins",
    cls=Renamed,
    was=("--at", "--place"),
    metavar="NAME|LON,LAT",
    multiple=True,
    help="Origin: a place of the map, or a position.",
)
KIND: Final = click.option(
    "--kind",
    metavar="KIND",
    multiple=True,
    help="Only places of this kind; may be repeated.",
)
THEME: Final = click.option(
    "--theme", type=click.Choice(["light", "dark"]), help="Light or dark theme."
)
JSON: Final = click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
