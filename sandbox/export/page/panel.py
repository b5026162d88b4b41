"""What the page's panels say: areas, places, coverage, layers with their legend, sources."""

from collections import Counter
from collections.abc import Container
from dataclasses import replace
from functools import partial
from typing import Any, Final

from sandbox.analysis.table import computed_at
from sandbox.app import moving, places, street_edits
from sandbox.app.analyses import ANALYSES
from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.opening import city_title, has_places
from sandbox.app.project.approving import approval_lines
from sandbox.app.questions import ReachAnswer, ReachQuestion, Selected
from sandbox.app.state import LayerShown, MapState
from sandbox.catalog.articles import YEARS_INFERRED, years_inferred
from sandbox.catalog.layer import Layer
from sandbox.catalog.symbology import Symbology
from sandbox.draw.marks import credit_line
from sandbox.export.page import own
from sandbox.export.page.drawing import Drawing, in_both
from sandbox.export.page.features import both, key, within
from sandbox.export.page.features import rows as rows_of
from sandbox.export.page.result import dotted
from sandbox.export.page.swatch import Swatch, swatch
from sandbox.words import Bilingual, Text, words_of

# A page is read on a telephone: the list ends somewhere, and says so by its counts.
_MOST_ROWS: Final = 40
_GROUPS: Final = (
    ("result", Text("Results")),
    ("own", Text("Added layers")),
    ("function", Text("Functions")),
    ("transport", Text("Transport")),
    ("base", Text("Base map")),
)
_TITLES: Final = {
    "walk": "{place} · {minutes} min on foot",
    "bike": "{place} · {minutes} min by bike",
    "drive": "{place} · {minutes} min by car",
    "transit": "{place} · {minutes} min by public transport",
}
SAY: Final = {
    "layers": Text("Layers and legend"),
    "close": Text("Close"),
    "nearer": Text("Zoom in"),
    "farther": Text("Zoom out"),
    "more": Text("Expand or collapse"),
    "schematic": Text("schematic"),
    "minutes": Text("min"),
    "km2": Text("km²"),
    "nothing": Text("No place on the map is within reach."),
    "indicative": Text("≈ indicative: the position is less accurate than the walking distance."),
    "sources": Text("Sources and terms"),
    "search": Text("Search: name, pinyin or initials"),
    "share": Text("Copy the address of this view"),
    "print": Text("Print on one sheet"),
    "map": Text("Map"),
    "tools": Text("Map tools"),
    "answer": Text("Answer"),
    "place": Text("Place"),
    "cutoff": Text("Travel time"),
    "departure": Text("Departure"),
    "year": Text("Opened by the year"),
    "show": Text("Show"),
    "swipe": Text("Swipe"),
    "swipe_at": Text("Position of the divide"),
    "change": Text("Added and lost"),
    "saved": Text("Minutes saved"),
    "skip": Text("Skip the map"),
    "behind": Text("The map as tables"),
    "described": Text("What the map shows also stands as tables in the panel: The map as tables."),
    "apart": Text("Only one of them"),
    "list": Text("Places within reach"),
    "look": Text("Light or dark"),
    "paper": Text("Paper"),
    "more_sources": Text("The page itself names all sources."),
}
PAPERS: Final = {
    "a4-portrait": Text("A4, upright"),
    "a4-landscape": Text("A4, across"),
    "a3-portrait": Text("A3, upright"),
    "a3-landscape": Text("A3, across"),
}


# What the program's own networks and the terms of its own layers say; others say it once only.
_OWN: Final = (
    Text("Schematic streets of the Science City"),
    Text("Made by the program's own generator from the shipped layers"),
    Text("airport position from airportsdata (MIT)"),
    Text("courses of the ridges after OpenStreetMap contributors (ODbL)"),
    Text("main roads and rivers after OpenStreetMap contributors (ODbL 1.0)"),
    Text("positions after a public point-of-interest list"),
    Text("positions of towns from GeoNames (CC BY 4.0)"),
    Text("river waypoints from OpenStreetMap under ODbL 1.0"),
    Text("station positions after OpenStreetMap contributors (ODbL)"),
    Text("tunnel positions from OpenStreetMap under ODbL 1.0"),
    Text("waypoints from OpenStreetMap under ODbL 1.0"),
)


def _in_both(named: str) -> Bilingual:
    known = next((text for text in _OWN if text.template == named), None)
    return both(known) if known is not None else Bilingual(named, named)


def terms_of(licence: str) -> Bilingual:
    """Return the terms of a layer, part by part."""
    parts = [_in_both(part) for part in licence.split("; ")]
    return Bilingual("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))


def title_of(atlas: Atlas, answer: ReachAnswer) -> Bilingual:
    """Return the title of isochrones with a place for the minutes, ``{minutes}``."""
    name = origin_name(atlas, answer)
    template = _TITLES[answer.question.travel.mode]
    return Bilingual(
        words_of("zh")(template, place=name.zh, minutes="{minutes}"),
        words_of("en")(template, place=name.en, minutes="{minutes}"),
    )


def title(atlas: Atlas, state: MapState) -> Bilingual:
    """Return what the page is about: an origin and its minutes, or the Science City."""
    answer = state.answers.reach_answer
    if answer is None:
        if not has_places(atlas.layers, atlas.network):
            return both(city_title(atlas))
        return both(Text("Digital Sandbox of the Western (Chongqing) Science City"))
    minutes = f"{answer.isochrone.minutes[-1]:g}"
    told = title_of(atlas, answer)
    return Bilingual(told.zh.replace("{minutes}", minutes), told.en.replace("{minutes}", minutes))


def origin_name(atlas: Atlas, answer: ReachAnswer) -> Bilingual:
    """Return the name of the place under the pin, else its coordinates; of several all."""
    names = [places.origin_name(atlas, one) for one in answer.question.origins]
    return Bilingual(" + ".join(one.zh for one in names), " + ".join(one.en for one in names))


def bands(answer: ReachAnswer) -> list[dict[str, Any]]:
    """Return each cutoff's minutes and area."""
    found = answer.isochrone
    return [
        {
            "minutes": f"{minutes:g}",
            "area": f"{area_km2:.2f}",
            "within": both(within(minutes)),
        }
        for minutes, area_km2 in zip(found.minutes, found.areas_km2, strict=True)
    ]


def rows(atlas: Atlas, state: MapState) -> list[dict[str, Any]]:
    """Return the places within reach but the origin itself, soonest first."""
    found: list[dict[str, Any]] = []
    answer = state.answers.reach_answer
    if answer is None:
        return found
    for reached in places.reached(state):
        place = places.place(atlas.layers, Selected(reached.layer, reached.id))
        if place is None:
            continue
        name = Bilingual(place.name("zh"), place.name("en"))
        status = place.text("status")
        if status in ("planned", "construction"):
            name = _not_open(name, status)
        ends = places.measured_between(answer.question, reached.measured)
        if answer.question.others:
            ends = (*ends, moving.told_whose(answer.question, reached.origin))
        found.append(
            {
                "key": key(reached.layer, reached.id),
                "icon": place.layer.style.category,
                "name": name,
                "minutes": minutes_said(reached.minutes),
                "indicative": reached.indicative,
                "measured": [both(text) for text in ends],
            }
        )
        if len(found) == _MOST_ROWS:
            break
    return found


def _not_open(name: Bilingual, status: str) -> Bilingual:
    template = (
        Text("{name} (planned)") if status == "planned" else Text("{name} (under construction)")
    )
    return Bilingual(
        words_of("zh")(template.template, name=name.zh),
        words_of("en")(template.template, name=name.en),
    )


def counts(atlas: Atlas, state: MapState) -> list[dict[str, Any]]:
    """Return how many places of each layer lie within reach."""
    number = Counter(reached.layer for reached in places.reached(state))
    return [
        {"icon": layer.style.category, "title": layer.title, "number": number[layer.id]}
        for layer in atlas.layers.values()
        if number[layer.id]
    ]


def minutes_said(minutes: float) -> str:
    """Return a walk's minutes as people say them: whole, and at least one."""
    return f"{max(1, round(minutes))}"


def terms(atlas: Atlas, state: MapState, drawing: Drawing) -> Bilingual:
    """Return the line that stands on every map: streets, how one moves, date."""
    told = atlas.network.streets.provenance
    named = {"title": _in_both(told.title), "source": _in_both(told.source)}
    surveyed = Text("{title}, {source}", named)
    said = [Text("Schematic streets") if told.schematic else surveyed]
    if told.date and not told.schematic:
        said.append(Text("streets of {date}", {"date": told.date}))
    if state.answers.reach_answer is not None:
        said += _moving(state.answers.reach_answer.question)
        said += moving.told_grid(state.answers.reach_answer.isochrone)
    for one in ANALYSES:
        result = state.answers.result(one.answer)
        said += [] if result is None else one.told(result.question)
    edited = street_edits.told(state.document.edits)
    if edited is not None:
        said.append(edited)
    if drawing.streets_within_m is not None:
        kilometres = f"{drawing.streets_within_m / 1000:.0f}"
        said.append(Text("streets shown within {distance} km", {"distance": kilometres}))
    # Any layer of the page can be switched on, so all of them are credited.
    every = changed(
        state, layers=tuple(replace(one, visible=True) for one in state.document.layers)
    )
    credit = Bilingual(
        credit_line(atlas, changed(every, language="zh")),
        credit_line(atlas, changed(every, language="en")),
    )
    if any(years_inferred(layer) for layer in atlas.layers.values()):
        said.append(YEARS_INFERRED)
    said.append(Text("created on {date}", {"date": computed_at()[:10]}))
    said.append(Text("works offline"))
    parts = [*([credit] if credit.zh else []), *dict.fromkeys(map(both, said))]
    return dotted(*parts)


def _moving(question: ReachQuestion) -> list[Text]:
    together = moving.told_together(question)
    way = moving.told_how(question.travel, question.scenario)
    way = [*way, *([] if together is None else [together])]
    return [*way, _near(question.reach_m)]


def _near(reach_m: float) -> Text:
    return Text("land within {reach} m of a street", {"reach": f"{reach_m:g}"})


def schematic(atlas: Atlas, state: MapState) -> Bilingual | None:
    """Return the mark that says what of the map is schematic, as on the screen."""
    shown = (atlas.layers.get(entry.id) for entry in state.document.layers if entry.visible)
    of_layers = any(
        layer is not None and layer.schematic and layer.geometry != "network" for layer in shown
    )
    if not atlas.network.streets.provenance.schematic:
        return both(Text("Schematic: layers")) if of_layers else None
    if of_layers:
        return both(Text("Schematic: streets and layers"))
    return both(Text("Schematic: streets"))


def approval(state: MapState) -> Bilingual:
    """Return the box with what the map's official review says."""
    lines = [both(one) for one in approval_lines(state)]
    return Bilingual(" · ".join(one.zh for one in lines), " · ".join(one.en for one in lines))


def sources(atlas: Atlas, state: MapState) -> list[dict[str, Bilingual]]:
    """Return where the streets and each layer of the page come from, and on which terms."""
    told = atlas.network.streets.provenance
    parts = [_in_both(part) for part in (told.source, told.licence, told.date) if part]
    found = [
        {
            "title": both(Text("Streets: {title}", {"title": _in_both(told.title)})),
            "text": Bilingual(
                " · ".join(part.zh for part in parts), " · ".join(part.en for part in parts)
            ),
        }
    ]
    for shown in state.document.layers:
        layer = atlas.layers.get(shown.id)
        if layer is not None and layer.geometry not in ("table", "network", "picture"):
            on = terms_of(layer.licence)
            zh, en = f"{layer.provenance.zh} {on.zh}", f"{layer.provenance.en} {on.en}"
            found.append({"title": layer.title, "text": Bilingual(zh, en)})
    library = both(Text("Map library"))
    found.append(
        {"title": library, "text": Bilingual("Leaflet (BSD-2-Clause)", "Leaflet (BSD-2-Clause)")}
    )
    return found


def left_out(atlas: Atlas, drawing: Drawing) -> list[Bilingual]:
    """Return what of the map the page is too small to carry, a sentence a layer."""
    layers = [
        (atlas.layers[name].title, _features(atlas.layers[name]) - number, number)
        for name, number in drawing.left_out.items()
    ]
    pictures = list(drawing.pictures_left_out.values())
    return pictures + [
        both(
            Text(
                "{layer}: the page contains the {kept} features nearest the middle; {number} "
                "are omitted.",
                {"layer": title, "kept": f"{kept:,}", "number": f"{number:,}"},
            )
        )
        for title, kept, number in (*layers, *drawing.results_left_out)
    ]


def _features(layer: Layer) -> int:
    return sum(1 for _ in rows_of(layer))


def years(atlas: Atlas, state: MapState) -> list[int]:
    """Return the years in which places of the map opened, from the first to the last."""
    found = {
        row.said["year"]
        for shown in state.document.layers
        if shown.visible and shown.id in atlas.layers
        for row in rows_of(atlas.layers[shown.id])
        if "year" in row.said
    }
    return list(range(min(found), max(found) + 1)) if len(found) > 1 else []


def groups(
    atlas: Atlas,
    state: MapState,
    band_swatches: list[tuple[Bilingual, tuple[Swatch, Swatch]]],
    left_out: Container[str] = (),
) -> list[dict[str, Any]]:
    """Return the layer switch with its legend, topmost layers first in each group.

    Layers that the page has `left_out` have no switch.
    """
    found: dict[str, list[dict[str, Any]]] = {name: [] for name, _ in _GROUPS}
    if state.answers.reach_answer is not None:
        entries = [{"title": words, "look": sample} for words, sample in band_swatches]
        found["result"].append(
            _switch("reach", both(Text("Isochrones")), band_swatches[-1][1], entries)
        )
    for shown in reversed(state.document.layers):
        layer = atlas.layers.get(shown.id)
        if layer is None or layer.geometry == "table" or layer.group not in found:
            continue
        if layer.id in left_out:
            continue
        found[layer.group].append(_layer(layer, shown))
    return [{"title": both(words), "layers": found[name]} for name, words in _GROUPS if found[name]]


def _switch(
    layer_id: str, heading: Bilingual, sample: tuple[Swatch, Swatch], legend: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "id": layer_id,
        "title": heading,
        "look": sample,
        "legend": legend,
        "visible": True,
        "schematic": False,
        "count": 0,
    }


def _layer(layer: Layer, shown: LayerShown) -> dict[str, Any]:
    entries = [
        {"title": entry.words, "look": in_both(partial(swatch, layer, entry.where))}
        for entry in layer.legend
        if entry.where and (not layer.style.category or layer.style.line)
    ]
    sample = in_both(partial(swatch, layer, {}))
    if layer.is_own:
        symbology = shown.symbology or Symbology()
        entries, sample = own.legend(symbology), own.sample(symbology)
    named = layer.title.zh + layer.title.en
    return {
        "id": layer.id,
        "title": layer.title,
        "look": sample,
        "legend": entries,
        "visible": shown.visible,
        "schematic": layer.schematic and "示意" not in named,
        "count": len(layer.features) if layer.features is not None and layer.style.category else 0,
    }
