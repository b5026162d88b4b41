"""What stands in a page around its map, and what its script says: all in both languages."""

import base64
from collections.abc import Sequence
from typing import Any, Final

from sandbox.app.atlas import Atlas
from sandbox.app.state import MapState
from sandbox.catalog.search import spelling
from sandbox.draw.answers.bands import contour_colour
from sandbox.draw.theme import Theme, band_alphas, band_colours
from sandbox.export.page import features, panel
from sandbox.export.page.drawing import Drawing, in_both
from sandbox.export.page.features import told
from sandbox.export.page.result import Result, ResultLayer, dotted, switches
from sandbox.export.page.street_edits import edits_table
from sandbox.export.page.swatch import Swatch
from sandbox.streets.modes import MODES
from sandbox.words import Bilingual, Text, both

# What a comparison found; the page's script fills it in.
_FOUND: Final = {name: f"{{{name}}}" for name in ("place", "plan", "gained", "lost", "minutes")}
# What the page's script says; it asks by key.
_SAID: Final = {
    **features.POPUP_WORDS,
    "within": Text("within {minutes} min", {"minutes": "{minutes}"}),
    "tag": Text("{minutes} min", {"minutes": "{minutes}"}),
    "km2": Text("{area} km²", {"area": "{area}"}),
    "places": Text("{number} places", {"number": "{number}"}),
    "more_places": Text("and {number} more places", {"number": "{number}"}),
    "nothing": Text("No place on the map is within reach."),
    "gained": Text("Added"),
    "lost": Text("Lost"),
    "planned": Text("{name} (planned)", {"name": "{name}"}),
    "construction": Text("{name} (under construction)", {"name": "{name}"}),
    "window": Text("all from {first} to {last}", {"first": "{first}", "last": "{last}"}),
    "all_rows": Text("Show all {number} rows", {"number": "{number}"}),
    "leaving": Text("at {time}", {"time": "{time}"}),
    "not_found": Text("Nothing with this name is on the map."),
    "found": Text("{number} found", {"number": "{number}"}),
    "opened_by": Text(
        "{year}: {new} opened, {all} so far",
        {"year": "{year}", "new": "{new}", "all": "{all}"},
    ),
    "minutes_head": Text("Minutes"),
    "km2_head": Text("km²"),
    "places_head": Text("Places"),
    "place_head": Text("Place"),
    "layer_head": Text("Layer"),
    "opened_head": Text("Opened"),
    "so_far_head": Text("So far"),
    "departure": panel.SAY["departure"],
    "year": Text("Year"),
    "by_minutes": Text("Reach by minutes"),
    "by_departure": Text("Reach by departure"),
    "by_year": Text("Places by year of opening"),
    "on_map": Text("Places on the map"),
    "origin": Text("Origin: {name}", {"name": "{name}"}),
    "only": Text("Only {name}", {"name": "{name}"}),
    "shared": Text("Within reach of both"),
    "finds_gained": Text(
        "{place}: {plan} would add {gained} km² within {minutes} minutes.", _FOUND
    ),
    "finds_lost": Text(
        "{place}: {plan} would lose {lost} km² within {minutes} minutes.", _FOUND
    ),
    "finds_both": Text(
        "{place}: {plan} would add {gained} km² and lose {lost} km² within {minutes} minutes.",
        _FOUND,
    ),
    "finds_same": Text("{place}: {plan} would change nothing within {minutes} minutes.", _FOUND),
    "copied": Text("The address of this view has been copied."),
}  # fmt: skip


def script_texts(mode: str | None) -> dict[str, dict[str, str]]:
    """Return what the page's script says, by key; minutes on cards are those of one mode or more.

    Without a mode, as in a comparison whose sides may differ in it, they are a travel time.
    """
    said = {name: told(both(text)) for name, text in _SAID.items()}
    how = panel.SAY["cutoff"] if mode is None else MODES[mode].manner
    return {**said, "taken": told(both(how))}


def furniture(  # noqa: PLR0917 - all that stands around a map
    atlas: Atlas,
    state: MapState,
    drawing: Drawing,
    shown: Sequence[Result],
    result: Result | None,
    edited: ResultLayer | None,
) -> dict[str, Any]:
    """Return what the page's template fills in around the map.

    `shown` is all that the page shows beside reach, `result` what was handed in of it.
    """
    answer = state.answers.reach_answer
    layers = [*(layer for one in shown for layer in one.layers), *([edited] if edited else ())]
    title = panel.title(atlas, state)
    if shown and (result is not None or answer is None):
        title = shown[0].title
    line = panel.terms(atlas, state, drawing)
    if result is not None:
        line = dotted(result.line, line)
    listed = edits_table(state)
    rows = panel.rows(atlas, state) if answer else []
    return {
        "title": title,
        "say": {name: both(text) for name, text in panel.SAY.items()},
        "papers": [(value, both(text)) for value, text in panel.PAPERS.items()],
        "groups": _switches(atlas, state, drawing, layers),
        "approval": panel.approval(state),
        "schematic": panel.schematic(atlas, state),
        "bands": panel.bands(answer) if answer else [],
        "rows": rows,
        "counts": panel.counts(atlas, state) if answer else [],
        "indicative": any(row["indicative"] for row in rows),
        "facts": [(one.title if one.title != title else None, one.facts) for one in shown],
        "swipes": [(one.swipe, *_swiped(one)) for one in shown if one.swipe],
        "line": line,
        "tables": [
            *(table for one in shown for table in one.tables),
            *([listed] if listed else ()),
        ],
        "cards": [card for one in shown for card in one.cards],
        "findings": [one.finding for one in shown if one.finding],
        # Measures of one question say the same.
        "notes": list(
            dict.fromkeys(
                [
                    *(note for one in shown for note in one.notes),
                    *(both(note) for one in state.answers.results for note in one.notes),
                ]
            )
        ),
        "pictures": [
            {
                "title": picture.title,
                "zh": [base64.b64encode(one).decode() for one in picture.zh],
                "en": [base64.b64encode(one).decode() for one in picture.en],
                "figures": picture.figures,
            }
            for one in shown
            for picture in one.pictures
        ],
        "left_out": panel.left_out(atlas, drawing),
        "legend": [
            *(entry for one in shown for entry in one.legend),
            *(
                entry
                for one in shown
                for entry in next((layer.legend for layer in one.layers if layer.visible), ())
            ),
            *(edited.legend if edited else ()),
        ],
        "saved_legend": [entry for one in shown for entry in one.saved_legend],
        "years": panel.years(atlas, state),
        "play": bool(answer) or bool(result and result.play),
        "sources": panel.sources(atlas, state),
    }


def _swiped(result: Result) -> tuple[str, str]:
    """Return the layers of a result that lie left and right of its divide."""
    sides = (
        [one.id for one in result.layers if side in (one.pane, one.outlines_pane)]
        for side in ("left", "right")
    )
    left, right = (" ".join(one) for one in sides)
    return left, right


def search_entries(atlas: Atlas, state: MapState, drawing: Drawing) -> list[dict[str, Any]]:
    """Return how each named feature's name sounds, by its key: readers search by pinyin too."""
    found: list[dict[str, Any]] = []
    for shown in state.document.layers:
        layer = atlas.layers.get(shown.id)
        if layer is None or layer.features is None:
            continue
        for row in features.rows(layer):
            if row.said["key"] in drawing.keys and (row.said["zh"] or row.said["en"]):
                sounds = spelling(row.said["zh"]) if row.said["zh"] else ()
                found.append({"key": row.said["key"], "sounds": " ".join(sounds)})
    return found


def _switches(
    atlas: Atlas, state: MapState, drawing: Drawing, results: list[ResultLayer]
) -> list[dict[str, Any]]:
    """Return the layer switch, what was found first."""
    left_out = drawing.pictures_left_out
    switch = panel.groups(atlas, state, _band_swatches(state), left_out)
    if not results:
        return switch
    heading, first = both(Text("Results")), switches(results)
    if switch and switch[0]["title"] == heading:
        first += switch.pop(0)["layers"]
    return [{"title": heading, "layers": first}, *switch]


def _band_swatches(state: MapState) -> list[tuple[Bilingual, tuple[Swatch, Swatch]]]:
    if state.answers.reach_answer is None:
        return []
    minutes = state.answers.reach_answer.isochrone.minutes

    def samples(theme: Theme) -> list[Swatch]:
        alphas = band_alphas(theme, len(minutes), state.document.reach_opacity)
        colours = band_colours(theme, len(minutes))
        return [
            Swatch(fill=colour, fill_opacity=alpha, stroke=contour_colour(colour, theme))
            for colour, alpha in zip(colours, alphas, strict=True)
        ]

    light, dark = in_both(samples)
    return [
        (both(features.within(cutoff)), (bright, dim))
        for cutoff, bright, dim in zip(minutes, light, dark, strict=True)
    ]
