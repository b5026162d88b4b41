"""A plan of sites in a page: homes before and after, the sites, the bound, and the charts."""

from collections.abc import Collection
from dataclasses import replace
from typing import Final

import shapely

from sandbox.app.answers.siting import SitingAnswer, value_said
from sandbox.app.atlas import Atlas
from sandbox.app.state import MapState
from sandbox.draw.answers.siting import homes
from sandbox.draw.report.siting_charts import charts
from sandbox.draw.theme import Theme
from sandbox.export.page.analyses import shaded
from sandbox.export.page.features import both, key, told
from sandbox.export.page.geometry import Feature, feature
from sandbox.export.page.result import (
    Card,
    Cell,
    LegendLine,
    Page,
    Result,
    ResultLayer,
    ResultTable,
)
from sandbox.export.page.swatch import Swatch
from sandbox.geo.crs import to_lonlat
from sandbox.words import Bilingual, Text, words_of

# The id of the layer of new sites, and the symbol of its marks.
_SITES: Final = "siting_sites"
_ICON: Final = "newsite"
_STATES: Final = {"new": Text("new"), "kept": Text("kept"), "closed": Text("closed")}


def siting_result(atlas: Atlas, state: MapState, theme: Theme) -> Result:
    """Return what a page shows of a plan: today and with the plan as layers to switch."""
    answer = state.answers.result(SitingAnswer)
    if answer is None:
        raise AssertionError("the map holds no plan of sites")
    found, question, edge = answer.found, answer.question, theme.colour("ink_3")
    titles = [
        both(Text("Served today")),
        both(Text("Served with the plan only")),
        both(Text("Not served")),
    ]
    layers: list[ResultLayer] = []
    for before, title in ((False, Text("With the plan")), (True, Text("Today"))):
        shapes = homes(replace(answer, question=replace(question, before=before)))
        legend = tuple(
            LegendLine(text, shaded.swatch(one, edge))
            for text, one in zip(titles, shapes.classes, strict=True)
        )
        drawn = shaded.features(shapes, atlas.crs, edge)
        name = "siting_before" if before else "siting_after"
        pane, visible = "left" if before else "right", before == question.before
        layers.append(ResultLayer(name, both(title), drawn, legend, visible=visible, pane=pane))
    sites = both(Text("New sites"))
    line = LegendLine(sites, Swatch(icon=_ICON))
    layers.append(ResultLayer(_SITES, sites, (), (line,), marks=_marks(answer, atlas.crs)))
    notes = [both(Text("Proven: no plan is better"))] if found.proven else []
    if answer.schematic:
        made_up = "Schematic: streets, homes or facilities are made up, and so is every figure."
        notes.insert(0, both(Text(made_up)))
    cards = (
        Card(f"{found.share_before:.1%}", both(Text("Served today"))),
        Card(f"{found.share:.1%}", both(Text("Served with the plan"))),
        Card(both(value_said(question, found.value)), both(Text("Value of the plan"))),
        Card(both(value_said(question, found.bound)), both(Text("Bound that no plan can better"))),
        Card(f"{found.gap:.2%}", both(Text("Gap"))),
    )
    drawings = [charts(answer, words_of(one)) for one in ("zh", "en")]
    return Result(
        both(Text("Where to build")),
        cards=cards,
        finding=_finding(answer),
        swipe=(both(Text("Today")), both(Text("With the plan"))),
        layers=tuple(layers),
        tables=(_sites(answer, atlas.layers), *_audit(answer)),
        notes=tuple(notes),
        pictures=shaded.pictures(*drawings),
        bounds_lonlat=shaded.bounds(answer.homes_xy, atlas.crs),
    )


def _finding(answer: SitingAnswer) -> Bilingual:
    """Return what the plan brings, in one sentence."""
    found = answer.found
    minutes = answer.question.minutes
    values = {
        "count": f"{(found.sites['state'] == 'new').sum()}",
        "limit": Text("{metres} m", {"metres": f"{answer.question.metres:g}"})
        if minutes is None
        else Text("{minutes} min", {"minutes": f"{minutes:g}"}),
        "before": f"{found.share_before:.1%}",
        "after": f"{found.share:.1%}",
    }
    sentence = (
        "{count} new sites: within {limit} of one live {before} of the people today, "
        "{after} with the plan."
    )
    return both(Text(sentence, values))


def _names(answer: SitingAnswer) -> list[Bilingual]:
    """Return what the sites are called: new ones by their number, as charts do."""
    names: list[Bilingual] = []
    for number, row in enumerate(answer.found.sites.to_dict("records"), 1):
        zh, en = (str(row.get(name) or "") for name in ("name_zh", "name_en"))
        own = Bilingual(zh or en or str(row["id"]), en or zh or str(row["id"]))
        names.append(
            both(Text("Site {number}", {"number": f"{number}"})) if row["state"] == "new" else own
        )
    return names


def _marks(answer: SitingAnswer, crs: str) -> tuple[Feature, ...]:
    """Return the new sites as marks, which are seen at every scale, with what they serve."""
    rows = answer.found.sites.to_dict("records")
    marks: list[Feature] = []
    for at, row, name in zip(answer.sites_xy, rows, _names(answer), strict=True):
        if row["state"] != "new":
            continue
        facts = [
            (told(both(Text("State"))), told(both(_STATES["new"]))),
            (told(both(Text("Homes"))), f"{row['homes']:,}"),
            (told(both(Text("People"))), f"{row['people']:,.0f}"),
        ]
        said = {
            "key": key(_SITES, str(row["id"])), "layer": _SITES, **told(name), "look": "site",
            "rank": 0, "icon": _ICON, "named": True, "facts": facts,
        }  # fmt: skip
        marks.append(feature(shapely.transform(at, lambda xy: to_lonlat(xy, crs)), said))
    return tuple(marks)


def _sites(answer: SitingAnswer, layers: Collection[str]) -> ResultTable:
    columns = Text("Site"), Text("State"), Text("Homes"), Text("People")
    every = answer.found.sites.to_dict("records")
    rows: list[tuple[Cell, ...]] = [
        (name, both(_STATES[str(row["state"])]), f"{row['homes']:,}", f"{row['people']:,.0f}")
        for row, name in zip(every, _names(answer), strict=True)
    ]
    of = [_SITES if row["state"] == "new" else str(row["layer"]) for row in every]
    where = tuple(
        key(layer, str(row["id"])) if layer == _SITES or layer in layers else ""
        for layer, row in zip(of, every, strict=True)
    )
    return ResultTable(both(Text("Sites")), tuple(map(both, columns)), tuple(rows), places=where)


def _audit(answer: SitingAnswer) -> list[ResultTable]:
    if answer.audited.empty:
        return []
    columns = Text("Rule"), Text("Limit"), Text("Today"), Text("With the plan"), Text("Clause")
    rows: list[tuple[Cell, ...]] = [
        (
            str(row["rule"]),
            f"{row['limit']:g}",
            f"{row['before']:.1%}",
            f"{row['after']:.1%}",
            str(row["clause"]),
        )
        for row in answer.audited.to_dict("records")
    ]
    return [
        ResultTable(both(Text("Audit before and after")), tuple(map(both, columns)), tuple(rows))
    ]


PAGE: Final = Page(siting_result)
