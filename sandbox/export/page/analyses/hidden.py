"""What circles hide, in a page: the areas, the table worst first, and the charts."""

from typing import Final

from sandbox.app.answers.hidden import HiddenAnswer
from sandbox.app.atlas import Atlas
from sandbox.app.state import MapState
from sandbox.draw.answers.hidden import ORDER, layers
from sandbox.draw.report.hidden_charts import charts
from sandbox.draw.theme import Theme
from sandbox.export.page.analyses import shaded, sheets
from sandbox.export.page.features import both
from sandbox.export.page.result import Card, LegendLine, Page, Result, ResultLayer
from sandbox.export.sheets.hidden import hidden_report
from sandbox.words import Text, words_of

_TITLES: Final = {
    "hidden": Text("In the circle, not reached"),
    "streets": Text("Reached along level streets only"),
    "slopes": Text("Reached on slopes and stairs"),
    "straight": Text("Straight circle"),
}


def hidden_result(atlas: Atlas, state: MapState, theme: Theme) -> Result:
    """Return what a page shows of what circles hide."""
    answer = state.answers.result(HiddenAnswer)
    if answer is None:
        raise AssertionError("the map holds no circles")
    edge, found = theme.colour("ink_3"), []
    for name, shapes in zip(ORDER, layers(answer, theme), strict=True):
        title = both(_TITLES[name])
        line = LegendLine(title, shaded.swatch(shapes.classes[0], edge))
        drawn = shaded.features(shapes, atlas.crs, edge)
        found.append(ResultLayer(f"hidden_{name}", title, drawn, (line,)))
    zh, en = (
        hidden_report(answer.found, words_of(one), schematic=answer.schematic)
        for one in ("zh", "en")
    )
    whole = answer.found.table.iloc[0]
    cards = [
        Card(f"{whole['lost_streets']:.0%}", both(Text("Area lost along streets"))),
        Card(f"{whole['lost_slopes']:.0%}", both(Text("Area lost with slopes"))),
    ]
    if "lost_people_slopes" in answer.found.table.columns:
        cards.append(
            Card(f"{whole['lost_people_slopes']:.0%}", both(Text("People lost with slopes")))
        )
    drawings = [
        charts(answer.found, words_of(one), schematic=answer.schematic) for one in ("zh", "en")
    ]
    sentence = (
        "Of the circle of {metres} m, {streets} can't be reached along streets, and {slopes} "
        "where slopes and stairs count."
    )
    values = {
        "metres": f"{answer.question.metres:g}",
        "streets": f"{whole['lost_streets']:.0%}",
        "slopes": f"{whole['lost_slopes']:.0%}",
    }
    return Result(
        sheets.title(zh, en),
        finding=both(Text(sentence, values)),
        cards=tuple(cards),
        facts=sheets.facts(zh, en),
        layers=tuple(found),
        tables=(sheets.table(zh.sheets[0], en.sheets[0], folded=False),),
        notes=sheets.notes(zh, en),
        pictures=shaded.pictures(*drawings),
        bounds_lonlat=shaded.bounds([answer.grounds_xy[""]["straight"]], atlas.crs),
    )


PAGE: Final = Page(hidden_result)
