"""Commute and housing in a page: homes in their classes, the ranked table, and the chart."""

from typing import Final

import numpy as np

from sandbox.app.answers.housing import SAVED_MIN, HousingAnswer
from sandbox.app.atlas import Atlas
from sandbox.app.state import MapState
from sandbox.draw.answers.housing import charts, class_texts, homes
from sandbox.draw.answers.shaded import RAMP
from sandbox.draw.theme import Theme
from sandbox.export.page.analyses import shaded
from sandbox.export.page.analyses.sheets import first_of
from sandbox.export.page.features import both
from sandbox.export.page.result import Cell, LegendLine, Page, Result, ResultLayer, ResultTable
from sandbox.export.page.swatch import Swatch
from sandbox.geo.crs import to_lonlat
from sandbox.words import Bilingual, Text, words_of

_ROWS: Final = 300
# What is called near in the sentence that comes first.
_NEAR_MIN: Final = 30.0


def housing_result(atlas: Atlas, state: MapState, theme: Theme) -> Result:
    """Return what a page shows of commute and housing."""
    answer = state.answers.result(HousingAnswer)
    if answer is None:
        raise AssertionError("the map holds no answer about housing")
    edge, gain = theme.colour("ink_3"), answer.question.ask == "gain"
    title = both(Text("Minutes saved by the new place") if gain else Text("Minutes to the place"))
    legend = tuple(
        LegendLine(both(text), Swatch(fill=one, fill_opacity=0.8, stroke=edge))
        for text, one in zip(class_texts(answer), RAMP, strict=True)
    )
    drawn = shaded.features(homes(answer), atlas.crs, edge)
    notes: list[Bilingual] = []
    if answer.schematic:
        made_up = "Schematic: streets, homes or facilities are made up, and so is every figure."
        notes.append(both(Text(made_up)))
    lon, lat = to_lonlat(answer.at_xy, atlas.crs)
    drawings = [charts(answer, words_of(one)) for one in ("zh", "en")]
    return Result(
        title,
        finding=_finding(answer, gain=gain),
        layers=(ResultLayer("housing", title, drawn, legend),),
        tables=(_table(answer, gain=gain),),
        notes=tuple(notes),
        pictures=shaded.pictures(*drawings),
        pin_lonlat=(float(lon), float(lat)),
        bounds_lonlat=shaded.bounds(answer.homes_xy, atlas.crs),
    )


def _finding(answer: HousingAnswer, *, gain: bool) -> Bilingual:
    """Return how many homes are near, or how many gain, in one sentence."""
    known = answer.value[np.isfinite(answer.value)]
    all_homes = f"{len(answer.table):,}"
    if gain:
        most = f"{float(known.max()) if len(known) else 0.0:.1f}"
        count = f"{int((known >= SAVED_MIN[0]).sum()):,}"
        sentence = Text(
            "{count} of {all} homes save at least {minutes} min; the most is {most} min.",
            {"count": count, "all": all_homes, "minutes": f"{SAVED_MIN[0]:g}", "most": most},
        )
        return both(sentence)
    near = f"{int((known <= _NEAR_MIN).sum()):,}"
    values = {"near": near, "all": all_homes, "minutes": f"{_NEAR_MIN:g}"}
    if not len(known):
        return both(Text("{near} of {all} homes are within {minutes} min of the place.", values))
    values["least"] = f"{float(known.min()):.1f}"
    sentence = (
        "{near} of {all} homes are within {minutes} min of the place; the nearest takes {least} "
        "min."
    )
    return both(Text(sentence, values))


def _table(answer: HousingAnswer, *, gain: bool) -> ResultTable:
    columns = [Text("Dwelling"), Text("Time (min)")]
    columns += [Text("Today (min)"), Text("Saved (min)")] if gain else []
    rows: list[tuple[Cell, ...]] = []
    for row in answer.table.head(_ROWS).to_dict("records"):
        zh, en, id_ = (str(row[name]) for name in ("name_zh", "name_en", "id"))
        figures = [row["minutes"], *([row["before"], row["saved"]] if gain else [])]
        cells = ["–" if one != one else f"{one:.1f}" for one in figures]  # noqa: PLR0124
        rows.append((Bilingual(zh or en or id_, en or zh or id_), *cells))
    heading = first_of(both(Text("The best first")), len(rows), len(answer.table))
    return ResultTable(heading, tuple(map(both, columns)), tuple(rows))


PAGE: Final = Page(housing_result)
