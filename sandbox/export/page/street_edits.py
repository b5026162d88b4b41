"""Edits of the streets on a page: drawn, with a legend, and listed by name."""

from functools import partial
from typing import Any, Final

from sandbox.app.atlas import Atlas
from sandbox.app.state import MapState
from sandbox.app.street_edits import TITLES, kinds_on
from sandbox.draw.answers.edits import edit_colour
from sandbox.draw.theme import LineStyle, Theme
from sandbox.edits.street_edits import Kind, StreetEdit, StreetEdits, closed_lines
from sandbox.export.page import look
from sandbox.export.page.drawing import in_both
from sandbox.export.page.geometry import feature
from sandbox.export.page.result import LegendLine, ResultLayer, ResultTable
from sandbox.export.page.swatch import Swatch
from sandbox.words import Bilingual, Text, both

_ID: Final = "street_edits"
_HEADING: Final = Text("Street edits")
# Red is what takes away, as on screen; short marks across stand for its crosses and rungs.
_DASHES: Final[dict[Kind, tuple[float, ...]]] = {
    "closed": (3.0, 3.0),
    "slow": (8.0, 5.0),
    "path": (6.6, 4.2),
}
# Their hatching, within a square of 8.
_HATCHES: Final[dict[Kind, str]] = {"avoid": "M0 0L8 8M8 0L0 8", "slow": "M0 4H8"}


def edits_layer(atlas: Atlas, state: MapState) -> ResultLayer | None:
    """Return the edits that count as a layer of a page; None where there are none.

    Parameters
    ----------
    atlas, state
        The streets as they were, and the edits.
    """
    on = tuple(edit for edit in state.document.edits.edits if edit.on)
    if not on:
        return None
    found: list[dict[str, Any]] = []
    for edit, closed in zip(on, closed_lines(atlas.network, StreetEdits(on)), strict=True):
        shape = edit.shape if closed is None else closed
        light, dark = in_both(partial(_styles, edit.kind))
        found += [
            feature(shape, {"kind": edit.kind, "style": pair})
            for pair in zip(light, dark, strict=True)
        ]
    kinds = kinds_on(state.document.edits)
    legend = tuple(
        LegendLine(both(TITLES[kind]), in_both(partial(_swatch, kind))) for kind in kinds
    )
    return ResultLayer(_ID, both(_HEADING), tuple(found), legend, pane="rails")


def edits_table(state: MapState) -> ResultTable | None:
    """Return the edits that count by name and kind; None where there are none."""
    rows = tuple(
        (edit.name or both(TITLES[edit.kind]), _kind(edit))
        for edit in state.document.edits.edits
        if edit.on
    )
    columns = both(Text("Name")), both(Text("Kind"))
    return ResultTable(both(_HEADING), columns, rows) if rows else None


def edit_hatches() -> str:
    """Return the hatchings of areas as SVG patterns, ``hatch-avoid`` and ``hatch-slow``."""
    return "".join(
        f'<pattern id="hatch-{kind}" patternUnits="userSpaceOnUse" width="8" height="8">'
        f'<path d="{course}" stroke="var(--edit-{kind})" fill="none"/></pattern>'
        for kind, course in _HATCHES.items()
    )


def _kind(edit: StreetEdit) -> Bilingual:
    if edit.kind != "slow":
        return both(TITLES[edit.kind])
    return both(
        Text("Slow zone, {factor} times the travel time", {"factor": f"{edit.time_factor:g}"})
    )


def _styles(kind: Kind, theme: Theme) -> list[dict[str, Any]]:
    line = _line(kind, theme)
    if kind in _HATCHES:
        return [_hatch(kind), {**line, "fill": False}]
    if kind == "path":
        return [line]
    return [look.line(LineStyle(theme.colour("halo"), 7.0), 0.9), line]


def _line(kind: Kind, theme: Theme) -> dict[str, Any]:
    style = LineStyle(edit_colour(kind, theme), 3.0, _DASHES.get(kind, ()))
    return look.line(style, 1.0)


def _hatch(kind: str) -> dict[str, Any]:
    return {"fillColor": f"url(#hatch-{kind})", "fillOpacity": 1.0, "stroke": False}


def _swatch(kind: Kind, theme: Theme) -> Swatch:
    colour = edit_colour(kind, theme)
    dash = " ".join(f"{length:g}" for length in _DASHES.get(kind, ()))
    if kind in _HATCHES:
        return Swatch(fill=f"url(#hatch-{kind})", stroke=colour, dash=dash)
    return Swatch(stroke=colour, width=3.0, dash=dash)
