"""Options that several commands share, and what their values may look like."""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sandbox.cli import words
from sandbox.cli.parts import city
from sandbox.words import Text

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


class Listed(click.ParamType[tuple[Any, ...]]):
    """Numbers with commas between.

    Parameters
    ----------
    example
        What help shows as its form.
    number
        Makes a number of a text.
    refusal
        What is said of a text that holds others.
    """

    def __init__(self, example: str, number: Callable[[str], float], refusal: Text) -> None:
        self.name, self._number, self._refusal = example, number, refusal

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Any, ...]:
        """Return the numbers."""
        try:
            return tuple(self._number(part) for part in str(value).replace("，", ",").split(","))
        except ValueError:
            said = replace(self._refusal, values={"value": value}).said(words(ctx))
            self.fail(said, param, ctx)


MINUTES: Final = Listed(
    "5,10,15", float, Text("“{value}” is not a list of minutes such as 5,10,15.")
)
METRES: Final = Listed(
    "300,500,1000", float, Text("“{value}” is not a list of metres such as 300,500,1000.")
)
RANKS: Final = Listed("1,3", int, Text("“{value}” is not a list of whole numbers such as 1,3."))


class Box(click.ParamType[tuple[float, float, float, float]]):
    """West, south, east and north in degrees, with commas between."""

    name = "W,S,E,N"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[float, float, float, float]:
        """Return the four numbers."""
        try:
            west, south, east, north = (float(part) for part in str(value).split(","))
        except ValueError:
            said = words(ctx)("“{value}” is not four numbers W,S,E,N.", value=value)
            self.fail(said, param, ctx)
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
            self.fail(words(ctx)("W,S,E,N in degrees is needed"), param, ctx)
        return west, south, east, north


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
    metavar="OUT.geojson|.gpkg|.html",
    type=click.Path(path_type=Path),
    help="Output file for the areas; .html with a map and tables.",
)
ORIGIN: Final = click.option(
    "--from",
    "origins",
    cls=Renamed,
    was=("--at", "--place"),
    metavar="NAME|FILE|LON,LAT",
    multiple=True,
    help="Origin: a place of the map, the places of a file, or a position.",
)
KIND: Final = click.option(
    "--kind",
    metavar="KIND",
    multiple=True,
    help="Only places of this kind; may be repeated.",
)
DEM: Final = click.option(
    "--dem",
    metavar="FILE.tif|.hgt",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Elevation raster for the slopes of streets; may be repeated for several tiles. "
    "Detailed elevations on a public map need a separate licence.",
)
GTFS: Final = click.option(
    "--gtfs",
    metavar="FEED.zip",
    multiple=True,
    type=click.Path(path_type=Path),
    help="GTFS timetable to add to the network; may be repeated.",
)
LONGEST: Final = click.option(
    "--minutes",
    type=float,
    default=60.0,
    show_default=True,
    help="Longest travel time, 1 to 240.",
)
TOML: Final = click.option(
    "-o",
    "--output",
    "file",
    metavar="OUT.toml",
    type=click.Path(path_type=Path),
    help="Also save it as a standalone file that can be edited by hand.",
)
THEME: Final = click.option(
    "--theme", type=click.Choice(["light", "dark"]), help="Light or dark theme."
)
JSON: Final = click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
