"""A plan of sites in a page: homes before and after, the sites, the bound, and the charts."""

from dataclasses import replace
from typing import Final

import shapely

from sandbox.app.answers.siting import SitingAnswer, value_said
from sandbox.app.atlas import Atlas
from sandbox.app.state import MapState
from sandbox.draw.answers.siting import GAINED, homes
from sandbox.draw.report.siting_charts import charts
from sandbox.draw.theme import Theme
from sandbox.export.page.analyses import shaded
from sandbox.export.page.features import both
from sandbox.export.page.geometry import feature
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
from sandbox.words import Text, words_of

_SITE_M: Final = 70.0
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
        layers.append(
            ResultLayer(name, both(title), drawn, legend, visible=before == question.before)
        )
    new = (found.sites["state"] == "new").to_numpy()
    discs = [
        feature(
            shapely.transform(
                shapely.buffer(at, _SITE_M, quad_segs=6), lambda xy: to_lonlat(xy, atlas.crs)
            ),
            {"style": {"fillColor": GAINED, "fillOpacity": 0.9, "color": edge, "weight": 2.0}},
        )
        for at in answer.sites_xy[new]
    ]
    sites = both(Text("New sites"))
    line = LegendLine(sites, Swatch(fill=GAINED, fill_opacity=0.9, stroke=edge))
    layers.append(ResultLayer("siting_sites", sites, (), (line,), outlines=tuple(discs)))
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
        layers=tuple(layers),
        tables=(_sites(answer), *_audit(answer)),
        notes=tuple(notes),
        pictures=shaded.pictures(*drawings),
        bounds_lonlat=shaded.bounds(answer.homes_xy, atlas.crs),
    )


def _sites(answer: SitingAnswer) -> ResultTable:
    columns = Text("Site"), Text("State"), Text("Homes"), Text("People")
    rows: list[tuple[Cell, ...]] = [
        (
            str(row["id"]),
            both(_STATES[str(row["state"])]),
            f"{row['homes']:,}",
            f"{row['people']:,.0f}",
        )
        for row in answer.found.sites.to_dict("records")
    ]
    return ResultTable(both(Text("Sites")), tuple(map(both, columns)), tuple(rows))


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
