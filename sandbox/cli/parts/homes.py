"""Options about homes and who walks, shared by audits and measures of access."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sandbox.cli.parts import city
from sandbox.cli.parts.origins import SOURCE, read_places
from sandbox.errors import AnalysisError

if TYPE_CHECKING:
    import geopandas as gpd


SAMPLE: Final = "--homes demo_estates --floor-area floor_area_m2 --facilities demo_facilities"

HOMES: Final = click.option(
    "--homes",
    "homes_said",
    metavar=SOURCE,
    multiple=True,
    help="Homes: points or areas; may be repeated.",
)
PEOPLE: Final = click.option(
    "--people", metavar="COLUMN", help="Column of the people in each home."
)
FLOOR_AREA: Final = click.option(
    "--floor-area", metavar="COLUMN", help="Column of floor area, which gives people."
)
M2_PER_PERSON: Final = click.option(
    "--m2-per-person",
    type=float,
    default=35.0,
    show_default=True,
    help="Floor area a person.",
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
