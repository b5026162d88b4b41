"""The comparison on screen as a file: table, layers or page."""

from pathlib import Path
from typing import Final

from sandbox.analysis.comparison.tables import ground_layer, places_layer, saved_layer, table
from sandbox.app.answers import compare as comparing
from sandbox.app.answers import comparing as asking
from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.questions import AgainstAnswer
from sandbox.app.state import MapState
from sandbox.errors import ExportError
from sandbox.export.files import check_file, ending_of
from sandbox.export.page import html
from sandbox.export.page.analyses.compare import comparison
from sandbox.export.page.result import Result
from sandbox.export.tables import write_areas, write_csv, write_layers

ENDINGS: Final = (".html", ".gpkg", ".geojson", ".csv")


def write_against(path: Path, atlas: Atlas, state: MapState) -> None:
    """Write the comparison that the map shows, as the file's ending says.

    Parameters
    ----------
    path
        ``.html`` for a page with the map, ``.gpkg`` for layers, ``.geojson`` for the ground
        alone, ``.csv`` for the table.
    atlas, state
        What is on screen.

    Raises
    ------
    ExportError
        Nothing is compared, the ending is another, or the file can't be written.
    """
    found = comparing.shown(state)
    if found is None:
        raise ExportError(
            "No comparison is shown on the map.", "First choose what to compare with."
        )
    check_file(path, *ENDINGS)
    one, origins = found.compared, asking.origin_of(atlas, found.base)
    rows = table([one])
    match ending_of(path):
        case ".csv":
            write_csv(path, rows)
        case ".geojson":
            write_areas(path, ground_layer([one]))
        case ".gpkg":
            layers = {
                "places": places_layer(origins, rows),
                "ground": ground_layer([one]),
                "minutes_saved": saved_layer([one]),
            }
            write_layers(path, layers)
        case _:
            html.write_page(path, atlas, *_page(atlas, state, found))


def screen_html(atlas: Atlas, state: MapState) -> str:
    """Return what is on screen as a page, the comparison while one is on the map."""
    found = comparing.shown(state)
    if found is None:
        return html.page_html(atlas, state)
    return html.page_html(atlas, *_page(atlas, state, found))


def _page(atlas: Atlas, state: MapState, found: AgainstAnswer) -> tuple[MapState, Result]:
    """Return the map without its answer, and the comparison that is on it instead."""
    plain = changed(state, reach=None, reach_answer=None, against=None, against_answer=None)
    one = found.compared
    result = comparison(
        atlas.layers,
        asking.origin_of(atlas, found.base),
        [one],
        table([one]),
        line=asking.moved((found.base, found.plan)),
        cutoff=comparing.cutoff_of(state, found),
    )
    return plain, result
