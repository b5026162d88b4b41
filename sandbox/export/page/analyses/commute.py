"""The half-hour commute as a page: the map of pairs within and beyond, shares, what is lacking."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from sandbox.analysis.commute import Commute, Peak, pairs_layer, summary
from sandbox.analysis.table import clock
from sandbox.app import moving
from sandbox.draw.theme import Theme, tokens
from sandbox.export.page.analyses.compare import said
from sandbox.export.page.drawing import in_both
from sandbox.export.page.geometry import feature
from sandbox.export.page.result import (
    Card,
    LegendLine,
    Result,
    ResultLayer,
    ResultTable,
    dotted,
)
from sandbox.export.page.swatch import Swatch
from sandbox.streets.modes import MODES
from sandbox.words import Bilingual, Text, both

HOMES: Final = {
    "housing": "talent housing",
    "home": "homes",
    "campus": "campuses, counted as homes",
    "town": "towns, counted as homes",
}
WANTS: Final = {
    "street": "no street near the home or the workplace",
    "stop_home": "no stop within walking distance of the home",
    "stop_work": "no stop within walking distance of the workplace",
    "line": "no line is faster than walking",
    "time": "a line connects them, but takes too long",
}
_COLUMNS: Final = {
    "scenario": "Scenario",
    "homes": "Homes",
    "share": "Within the limit",
    "share_without_car": "Without a car",
    "share_transit": "Public transport",
    "home": "Home",
    "work": "Work",
    "minutes": "min",
    "lacks": "Reason",
}
_SHARES: Final = ("share", "share_without_car", "share_transit")
# Lines from every campus and town would hide the map.
_DRAWN: Final = "housing"
_MOST_CARDS: Final = 6


def commuting(
    found: Commute,
    homes: gpd.GeoDataFrame,
    works: gpd.GeoDataFrame,
    peak: Peak,
    *,
    names: Mapping[str, Bilingual],
) -> Result:
    """Return a commute as a page shows it: pairs of the housing on the map, else all pairs.

    Parameters
    ----------
    found, homes, works, peak
        The answer, and what was asked.
    names
        What the scenarios are called, by their ids.
    """
    lines: Any = pairs_layer(found, homes, works)
    drawn = lines[lines["counted_as"] == _DRAWN]
    if not len(drawn):
        drawn = lines
    west, south, east, north = drawn.total_bounds.tolist()
    modes = [both(MODES[mode].manner) for mode in peak.modes]
    asked = Text(
        "within {minutes} min each way, leaving home at {there} and work at {back}; fastest "
        "of: {modes}",
        {},
    )
    return Result(
        title=both(Text("Half-hour commute circle")),
        line=dotted(
            said(
                asked,
                minutes=f"{peak.minutes:g}",
                there=clock(peak.ride.when),
                back=clock(peak.back),
                modes=Bilingual(
                    "、".join(mode.zh for mode in modes), ", ".join(mode.en for mode in modes)
                ),
            ),
            *(both(moving.told(replace(peak.travel, mode=mode))) for mode in peak.modes),
        ),
        finding=_finding(found, names, peak),
        cards=_cards(found, names),
        layers=tuple(
            _layer(scenario, drawn[drawn["scenario"] == scenario], names, shown=not k)
            for k, scenario in enumerate(dict.fromkeys(found.pairs["scenario"]))
        ),
        tables=(_mean_shares(found, names), _lacking(drawn, names), _all_shares(found, names)),
        notes=(
            both(
                Text("The articles name one housing area; campuses and towns are counted as homes.")
            ),
        ),
        bounds_lonlat=(west, south, east, north),
    )


def _housing(found: Commute) -> Any:
    """Return the rows of the talent housing, else those of whatever counts as homes."""
    told: Any = summary(found)
    housing: Any = told[told["counted_as"] == _DRAWN]
    return housing if len(housing) else told


def _finding(found: Commute, names: Mapping[str, Bilingual], peak: Peak) -> Bilingual | None:
    """Return what is within the limit today, and in the scenario with the most, in one sentence."""
    rows = _housing(found).to_dict("records")
    if not rows:
        return None
    first, best = rows[0], max(rows, key=lambda row: float(row["share_without_car"]))
    values: dict[str, Bilingual | str] = {
        "minutes": f"{peak.minutes:g}",
        "base": names[str(first["scenario"])],
        "share": f"{first['share_without_car']:.0%}",
        "plan": names[str(best["scenario"])],
        "more": f"{best['share_without_car']:.0%}",
    }
    if best["share_without_car"] > first["share_without_car"]:
        text = Text(
            "{base}: {share} of the workplaces are within {minutes} min without a car; {plan}: "
            "{more}.",
            {},
        )
        return said(text, **values)
    alone = Text("{base}: {share} of the workplaces are within {minutes} min without a car.", {})
    none_adds = Text(
        "{base}: {share} of the workplaces are within {minutes} min without a car; no scenario "
        "adds any.",
        {},
    )
    return said(alone if len(rows) == 1 else none_adds, **values)


def _cards(found: Commute, names: Mapping[str, Bilingual]) -> tuple[Card, ...]:
    """Return for each scenario which share of the workplaces the housing has without a car.

    By car in free flow nearly all are within the limit, which would say nothing.
    """
    return tuple(
        Card(
            f"{row['share_without_car']:.0%}",
            names[str(row["scenario"])],
            both(Text("Without a car")),
        )
        for row in _housing(found).to_dict("records")[:_MOST_CARDS]
    )


def _layer(
    scenario: str,
    pairs: Any,
    names: Mapping[str, Bilingual],
    *,
    shown: bool,
) -> ResultLayer:
    def style(change: str, theme: Theme) -> dict[str, Any]:
        colour = tokens()["difference"]["dark" if theme.dark else "light"][change]
        line = {"color": colour, "opacity": 0.9, "weight": 2.0}
        return line if change == "gained" else {**line, "weight": 1.6, "dashArray": "5 4"}

    near, far = in_both(partial(style, "gained")), in_both(partial(style, "lost"))
    return ResultLayer(
        id=f"commute_{''.join(sign if sign.isalnum() else '_' for sign in scenario)}",
        title=names[scenario],
        features=tuple(
            feature(line, {"style": near if within else far})
            for line, within in zip(pairs.geometry, pairs["within"], strict=True)
        ),
        legend=(
            LegendLine(
                both(Text("Within the limit")), Swatch(stroke="var(--change-gained)", width=2.0)
            ),
            LegendLine(
                both(Text("Beyond the limit")),
                Swatch(stroke="var(--change-lost)", width=1.6, dash="5 4"),
            ),
        ),
        visible=shown,
    )


def _mean_shares(found: Commute, names: Mapping[str, Bilingual]) -> ResultTable:
    return ResultTable(
        both(Text("Workplaces within the limit, mean of the homes")),
        _columns("scenario", "homes", *_SHARES),
        tuple(
            (
                names[str(row["scenario"])],
                both(Text(HOMES[str(row["counted_as"])])),
                *(f"{row[name]:.0%}" for name in _SHARES),
            )
            for row in summary(found).to_dict("records")
        ),
    )


def _lacking(pairs: Any, names: Mapping[str, Bilingual]) -> ResultTable:
    beyond = pairs[~pairs["within"]]
    return ResultTable(
        both(Text("Pairs beyond the limit, shown on the map")),
        _columns("scenario", "home", "work", "minutes", "lacks"),
        tuple(
            (
                names[str(row["scenario"])],
                _name(row, "home"),
                _name(row, "work"),
                "" if pd.isna(row["minutes"]) else f"{row['minutes']:.0f}",
                both(Text(WANTS[str(row["lacks"])])),
            )
            for row in beyond.to_dict("records")
        ),
        folded=True,
    )


def _all_shares(found: Commute, names: Mapping[str, Bilingual]) -> ResultTable:
    return ResultTable(
        both(Text("Every home")),
        _columns("home", "scenario", *_SHARES),
        tuple(
            (
                _name(row, "home"),
                names[str(row["scenario"])],
                *(f"{row[name]:.0%}" for name in _SHARES),
            )
            for row in found.shares.to_dict("records")
        ),
        folded=True,
    )


def _columns(*keys: str) -> tuple[Bilingual, ...]:
    return tuple(both(Text(_COLUMNS[key])) for key in keys)


def _name(row: Mapping[Any, Any], side: str) -> Bilingual:
    zh = str(row[f"{side}_name_zh"])
    return Bilingual(zh, str(row[f"{side}_name_en"]) or zh)
