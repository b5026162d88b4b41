"""The charts of what circles hide: the three areas, the worst facilities, how much is lost."""

from typing import Final

import numpy as np

from sandbox.analysis.circles.hidden import Hidden
from sandbox.draw.answers.shaded import RAMP
from sandbox.draw.charts import Bar, Bars, Chart, Distribution
from sandbox.words import Words

_MOST: Final = 8
_CLASSES: Final = 5


def charts(found: Hidden, said: Words, *, schematic: bool) -> list[Chart]:
    """Return the charts of what circles hide."""
    mark = f" · {said('Schematic')}" if schematic else ""
    whole, each = found.table.iloc[0], found.table.iloc[1:]
    parts = [
        ("straight", said("Straight circle"), 1.0, "#9aa7b0"),
        ("streets", said("Along streets"), 1.0 - float(whole["lost_streets"]), "#e8b93a"),
        ("slopes", said("With slopes and stairs"), 1.0 - float(whole["lost_slopes"]), "#2c7fb8"),
    ]
    bars = [
        Bar(title, share, f"{whole[f'{name}_km2']:.2f} {said('km²')} · {share:.0%}", colour)
        for name, title, share, colour in parts
    ]
    made: list[Chart] = [Bars(said("What of the circle is reached") + mark, tuple(bars))]
    if "straight_people" in found.table.columns and whole["straight_people"] > 0:
        shares = [
            (name, title, float(whole[f"{name}_people"] / whole["straight_people"]), colour)
            for name, title, _, colour in parts
        ]
        people = [
            Bar(title, share, f"{whole[f'{name}_people']:,.0f} · {share:.0%}", colour)
            for name, title, share, colour in shares
        ]
        made.append(Bars(said("People in the circle who are reached") + mark, tuple(people)))
    if len(each) > 1:
        first, second = ("name_zh", "name_en") if said.language == "zh" else ("name_en", "name_zh")
        worst = [
            Bar(
                str(row[first] or row[second] or row["id"]),
                float(row["lost_slopes"]),
                f"{row['lost_slopes']:.0%}",
                _colour(float(row["lost_slopes"])),
            )
            for row in each.head(_MOST).to_dict("records")
        ]
        made.append(Bars(said("Area lost, worst first") + mark, tuple(worst)))
        lost = each["lost_slopes"].to_numpy(dtype=np.float64)
        of = np.minimum((lost[~np.isnan(lost)] * _CLASSES).astype(int), _CLASSES - 1)
        counts = np.bincount(of, minlength=_CLASSES)
        labels = [f"{at * 20}–{at * 20 + 20}%" for at in range(_CLASSES)]
        made.append(
            Distribution(
                said("Facilities by the share of area lost") + mark,
                tuple(counts.astype(float).tolist()),
                tuple(labels),
                RAMP,
            )
        )
    return made


def _colour(lost: float) -> str:
    return RAMP[min(int(lost * len(RAMP)), len(RAMP) - 1)]
