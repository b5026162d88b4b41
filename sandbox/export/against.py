"""The comparison on screen as a file: table, layers or page."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import shapely

from sandbox.analysis.compare import Compared
from sandbox.analysis.compare_tables import ground_layer, places_layer, saved_layer, table
from sandbox.analysis.searched import Way
from sandbox.analysis.within_reach import PlaceReached
from sandbox.app import against as comparing
from sandbox.app import moving, places
from sandbox.app.atlas import Atlas
from sandbox.app.state import AgainstAnswer, LonLat, MapState, ReachAnswer
from sandbox.draw.theme import theme
from sandbox.errors import ExportError
from sandbox.export.comparison import comparison
from sandbox.export.features import both
from sandbox.export.page import write_page
from sandbox.export.tables import write_csv, write_layers
from sandbox.geo.crs import WGS84
from sandbox.words import Bilingual

# As the command line counts: by layer, or all of them.
_COUNTED: Final = {"labs": "labs", "parks": "industry_parks", "places": ""}
_NOW: Final = "now"
ENDINGS: Final = (".html", ".gpkg", ".csv")


def write_against(path: Path, atlas: Atlas, state: MapState) -> None:
    """Write the comparison that the map shows, as the file's ending says.

    Parameters
    ----------
    path
        ``.html`` for a page with the map, ``.gpkg`` for layers, ``.csv`` for the table.
    atlas, state
        What is on screen.

    Raises
    ------
    ExportError
        Nothing is compared, the ending is another, or the file can't be written.
    """
    found, reach = comparing.shown(state), state.reach_answer
    if found is None or reach is None:
        raise ExportError(
            "Nothing is compared on the map.", "Choose first what to compare the answer with."
        )
    if path.suffix.lower() not in ENDINGS:
        raise ExportError(
            "{file} has no ending of a file that can be written.",
            "End the name in .gpkg, .csv or .html.",
            file=path,
        )
    origins, one, names = _compared(atlas, found, reach)
    rows = table([one])
    if path.suffix.lower() == ".csv":
        write_csv(path, rows)
    elif path.suffix.lower() == ".gpkg":
        layers = {
            "places": places_layer(origins, rows),
            "ground": ground_layer([one]),
            "minutes_saved": saved_layer([one]),
        }
        write_layers(path, layers)
    else:
        plain = replace(state, reach=None, reach_answer=None, against=None, against_answer=None)
        line = both(moving.told(found.question))
        result = comparison(origins, [one], rows, names, line=line, theme=theme(state.theme))
        write_page(path, atlas, plain, result)


def _compared(
    atlas: Atlas, found: AgainstAnswer, reach: ReachAnswer
) -> tuple[gpd.GeoDataFrame, Compared, dict[str, Bilingual]]:
    """Return the comparison as batches of them have it: origin, answers, names of both."""
    question = found.question
    place = places.place(atlas.layers, question.place) if question.place else None
    said = "{:.6f},{:.6f}".format(*question.origin_lonlat)
    told: dict[str, str] = {
        "place_id": question.place.id if question.place else said,
        "layer": question.place.layer if question.place else "",
        "name_zh": place.name("zh") if place else said,
        "name_en": place.name("en") if place else said,
    }
    base_id = f"{found.against.kind}_{found.against.value}"
    ground = found.difference
    rows: list[dict[str, Any]] = []
    for k, minutes in enumerate(ground.minutes):
        row: dict[str, Any] = {
            **told,
            "base": base_id,
            "scenario": _NOW,
            "cutoff_min": minutes,
            "area_base_km2": ground.base.km2[k],
            "area_with_km2": ground.changed.km2[k],
            "area_diff_km2": ground.changed.km2[k] - ground.base.km2[k],
            "gained_km2": ground.gained.km2[k],
            "lost_km2": ground.lost.km2[k],
            "street_edits": sum(edit.on for edit in question.edits.edits),
        }
        for name, layer in _COUNTED.items():
            before = _count(found.places, layer, minutes)
            after = _count(reach.places, layer, minutes)
            row |= {f"{name}_base": before, f"{name}_with": after, f"{name}_diff": after - before}
        rows.append(row)
    one = Compared(
        number=0,
        way=Way(_NOW, reach.isochrone.travel),
        before=found.base.reached,
        after=reach.isochrone.reached,
        ground=ground,
        rows=tuple(rows),
        reach_m=question.reach_m,
    )
    names = {
        base_id: Bilingual(
            comparing.called(atlas, found.against, "zh"),
            comparing.called(atlas, found.against, "en"),
        ),
        _NOW: comparing.called_question(question, found.against),
    }
    return _origin(told, question.origin_lonlat), one, names


def _origin(told: dict[str, str], lonlat: LonLat) -> gpd.GeoDataFrame:
    columns = {key: [value] for key, value in told.items() if key != "place_id"}
    return gpd.GeoDataFrame(
        {"id": [told["place_id"]], **columns}, geometry=[shapely.Point(lonlat)], crs=WGS84
    )


def _count(reached: Sequence[PlaceReached], layer: str, minutes: float) -> int:
    return sum(one.minutes <= minutes and layer in ("", one.layer) for one in reached)
