"""Options about homes and who walks, shared by audits and measures of access."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from sandbox.cli.parts import city
from sandbox.cli.parts.origins import SOURCE, read_places
from sandbox.errors import AnalysisError

if TYPE_CHECKING:
    import geopandas as gpd

_Command = TypeVar("_Command", bound=Callable[..., Any])
SAMPLE: Final = "--homes demo_estates --floor-area floor_area_m2 --facilities demo_facilities"

_HOMES: Final = (
    click.option(
        "--homes",
        "said",
        metavar=SOURCE,
        multiple=True,
        help="Homes: points or areas; may be repeated.",
    ),
    click.option("--people", metavar="COLUMN", help="Column of the people in each home."),
    click.option(
        "--floor-area", metavar="COLUMN", help="Column of floor area, which gives people."
    ),
    click.option(
        "--m2-per-person",
        type=float,
        default=35.0,
        show_default=True,
        help="Floor area a person.",
    ),
)
AREA: Final = click.option(
    "--area", metavar="LAYER|FILE", help="Only what lies inside these areas."
)
FACILITIES: Final = click.option(
    "--facilities",
    "facilities_said",
    metavar=SOURCE,
    multiple=True,
    help="Facilities with their kind; may be repeated.  [default: all layers of real places]",
)
WHO: Final = click.option(
    "--who",
    default="adult",
    show_default=True,
    metavar="WHO",
    help="Who walks: adult, child, old, pram, wheelchair.",
)
SPEED: Final = click.option(
    "--speed-kmh", type=float, help="Walking speed.  [default: that of the one who walks]"
)
STANDARD: Final = click.option(
    "--standard",
    "standard_id",
    metavar="ID|FILE.toml",
    default="gb50180-2018",
    show_default=True,
    help="Planning standard; see sandbox standards list.",
)
FILES: Final = click.option(
    "-o",
    "--output",
    "files",
    metavar="OUT.gpkg|.xlsx|.html|.pdf",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Output file; may be repeated.",
)


@dataclass(frozen=True, slots=True)
class Homes:
    """Homes as a command is given them, and how many people live there.

    Attributes
    ----------
    said
        Layers, files or places.
    people, floor_area
        Columns of people, or of floor area in m².
    m2_per_person
        Floor area a person.
    """

    said: tuple[str, ...]
    people: str | None
    floor_area: str | None
    m2_per_person: float

    def read(self) -> "gpd.GeoDataFrame":
        """Return the places as they are read, with all their own columns."""
        return read_places(self.said, more=None).table

    def counted(self, read: "gpd.GeoDataFrame", crs: str) -> "gpd.GeoDataFrame":
        """Return places as homes with their people; `crs` is the system of metres."""
        from sandbox.analysis.circles.given import homes_of

        return homes_of(
            read,
            people=self.people,
            floor_area=self.floor_area,
            m2_per_person=self.m2_per_person,
            crs=crs,
        )


def given(command: _Command) -> _Command:
    """Give a command the options of homes; it gets them as one `lived`."""

    @wraps(command)
    def called(**told: Any) -> Any:
        return command(lived=Homes(**{one: told.pop(one) for one in Homes.__slots__}), **told)

    whole: Any = called
    for option in reversed(_HOMES):
        whole = option(whole)
    return whole


def check_homes(
    said: tuple[str, ...], standard_id: str = "gb50180-2018", *, command: str = ""
) -> None:
    """Refuse to go on without homes, and offer the sample: of an audit, or of a command.

    Raises
    ------
    AnalysisError
        No homes are given.
    """
    if not said:
        raise AnalysisError(
            "No homes are given, and this project has no layer of homes.",
            "Give --homes. To see the schematic sample, run: sandbox {command} {sample}",
            command=command or f"audit --standard {standard_id}",
            sample=SAMPLE,
        )


def facilities_table(said: tuple[str, ...], columns: tuple[str, ...]) -> "gpd.GeoDataFrame":
    """Return the facilities that are named; else those of all layers of real places."""
    if said:
        return read_places(said, more=columns).table
    from sandbox.app.places import is_place_layer

    real = [
        name
        for name, one in city.layers().items()
        if is_place_layer(one) and not one.schematic and one.style.category != "housing"
    ]
    return read_places(real, more=columns).table


def areas_said(said: str) -> "gpd.GeoDataFrame":
    """Return the areas of a layer or file.

    Raises
    ------
    AnalysisError
        There are none.
    """
    table = read_places([said]).table
    areas: Any = table[table.geometry.geom_type.isin(["Polygon", "MultiPolygon"])]
    if areas.empty:
        raise AnalysisError(
            "“{source}” holds no areas.", "Give a layer or file of polygons.", source=said
        )
    return areas.reset_index(drop=True)


def any_schematic(*tables: "gpd.GeoDataFrame") -> bool:
    """Return whether any of the places is of a layer that is schematic as a whole."""
    layers = city.layers()
    named = {str(one) for table in tables for one in table["layer"]}
    return any(name in layers and layers[name].schematic for name in named)
