"""The scenario on screen: its edits switched, its lines changed, each a step to take back."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from typing import Any, Final

from sandbox.app import moving
from sandbox.app.atlas import Atlas
from sandbox.app.session import Session
from sandbox.errors import TransitError
from sandbox.network.line_edits import apply
from sandbox.network.lines import Line, LineStop, LonLat, Period
from sandbox.network.scenario import (
    AddLine,
    Edit,
    Named,
    Plan,
    Scenario,
    SetDwell,
    SetHeadway,
    SetSpeed,
    all_edits,
    edited,
    switched,
)
from sandbox.words import Text, words_of

_EDITED_ID: Final = "_edited"
_TITLES: Final = {
    "edited": "{title} (edited)",
    "headway": "{line}: a vehicle every {value} min",
    "speed": "{line}: {value} km/h between stops",
    "dwell": "{line}: halts of {value} s",
    "drawn": "Drawn line {number}",
    "stop": "Stop {number}",
    "assumed": "Drawn by hand; {speed} km/h, halts of {dwell} s, one every {minutes} min assumed.",
}
# What a drawn line begins with, to be changed line by line.
_DRAWN_KMH: Final = 35.0
_DRAWN_DWELL_S: Final = 30
_DRAWN_PERIOD: Final = Period(6 * 3600 + 1800, 23 * 3600, 300)


def plan(scenario: Scenario | None) -> Plan:
    """Return what runs; nothing where the edits don't fit, of which the question's answer tells."""
    try:
        return apply(scenario)
    except TransitError:
        return Plan()


def opening(scenario: Scenario) -> Text:
    """Return when a scenario opens, as it is told: a year, in operation, or not published."""
    if scenario.opening:
        return Text("{year}", {"year": scenario.opening})
    if scenario.assumed:
        return Text("assumed")
    lines = [edit.change.line for edit in scenario.edits if isinstance(edit.change, AddLine)]
    if lines and all(line.status == "operating" for line in lines):
        return Text("in operation")
    return Text("not published")


def switch(atlas: Atlas, scenario: Scenario, number: int, *, on: bool) -> Scenario:
    """Return the scenario with one of all its edits switched; see `scenario.all_edits`."""
    return _called(atlas, scenario, switched(scenario, number, on=on))


def set_headway(atlas: Atlas, scenario: Scenario, line: Line, minutes: float) -> Scenario:
    """Return the scenario with another headway of a line, the same in all its periods."""
    periods = tuple(replace(one, headway_s=round(minutes * 60)) for one in line.periods)
    name = _named("headway", line, minutes)
    return _changed(atlas, scenario, Edit(name, SetHeadway(line.id, periods)))


def set_speed(atlas: Atlas, scenario: Scenario, line: Line, speed_kmh: float) -> Scenario:
    """Return the scenario with another running speed of a line, between all its stops."""
    name = _named("speed", line, speed_kmh)
    return _changed(atlas, scenario, Edit(name, SetSpeed(line.id, speed_kmh)))


def set_dwell(atlas: Atlas, scenario: Scenario, line: Line, dwell_s: float) -> Scenario:
    """Return the scenario with other halts of a line."""
    name = _named("dwell", line, dwell_s)
    return _changed(atlas, scenario, Edit(name, SetDwell(line.id, round(dwell_s))))


def take(session: Session, lonlat: LonLat, *, moving: bool = False) -> bool:
    """Make a place that was touched the next stop of the line being drawn, if one is.

    Returns
    -------
    bool
        Whether a line is being drawn, so that the touch means nothing else.
    """
    sketch = session.state.sketch
    if sketch is None:
        return False
    if not moving and (not sketch or sketch[-1] != lonlat):
        session.change(sketch=(*sketch, lonlat))
    return True


def add_drawn(atlas: Atlas, scenario: Scenario, stops_lonlat: Sequence[LonLat]) -> Scenario:
    """Return the scenario with a line through places, its figures assumed and marked so.

    Parameters
    ----------
    atlas, scenario
        What is on screen.
    stops_lonlat
        Its stops in their order, WGS 84; two at least.
    """
    changes = [edit.change for edit in all_edits(scenario)]
    taken = {one.line.id for one in changes if isinstance(one, AddLine)}
    number = next(n for n in count(1) if f"drawn_{n}" not in taken)
    name, line_id = _said("drawn", number=number), f"drawn_{number}"
    stops: list[LineStop] = []
    for k, (lon, lat) in enumerate(stops_lonlat, start=1):
        said = _said("stop", number=k)
        at = (round(lon, 6), round(lat, 6))
        stops.append(LineStop(f"{line_id}_{k}", f"{name.zh} {said.zh}", f"{name.en} {said.en}", at))
    assumed = _said(
        "assumed",
        speed=f"{_DRAWN_KMH:g}",
        dwell=_DRAWN_DWELL_S,
        minutes=f"{_DRAWN_PERIOD.headway_s / 60:g}",
    )
    line = Line(
        line_id,
        name.zh,
        name.en,
        "metro",
        tuple(stops),
        (_DRAWN_PERIOD,),
        speed_kmh=_DRAWN_KMH,
        dwell_s=_DRAWN_DWELL_S,
        source=f"{assumed.zh} | {assumed.en}",
    )
    edit = Edit(name, AddLine(line), assumed=assumed)
    return _called(atlas, scenario, edited(scenario, edit))


def _changed(atlas: Atlas, scenario: Scenario, edit: Edit) -> Scenario:
    """Return the scenario with an edit in the place of the one like it, or after all others."""
    kind, line = type(edit.change), getattr(edit.change, "line", "")
    others = tuple(
        one
        for one in scenario.edits
        if not (type(one.change) is kind and getattr(one.change, "line", "") == line)
    )
    without = replace(scenario, edits=others)
    made = edited(without, edit)
    # A figure that was so before is no edit.
    same = plan(made) == plan(without)
    return _called(atlas, scenario, without if same else made)


def _called(atlas: Atlas, before: Scenario, made: Scenario) -> Scenario:
    """Return a changed scenario under a name that says so; what was undone is the original."""
    root = before.id.removesuffix(_EDITED_ID)
    original = moving.scenarios(atlas).get(root)
    if original is not None and replace(made, id=root, title=original.title) == original:
        return original
    if before.id.endswith(_EDITED_ID):
        return made
    return replace(made, id=root + _EDITED_ID, title=_marked(before.title))


def _marked(title: Named) -> Named:
    return Named(_words("zh", "edited", title=title.zh), _words("en", "edited", title=title.en))


def _named(kind: str, line: Line, value: float) -> Named:
    figure = f"{value:g}"
    return Named(
        _words("zh", kind, line=line.name_zh, value=figure),
        _words("en", kind, line=line.name_en, value=figure),
    )


def _said(kind: str, **values: Any) -> Named:
    return Named(_words("zh", kind, **values), _words("en", kind, **values))


def _words(language: str, kind: str, **values: Any) -> str:
    return words_of(language)(_TITLES[kind], **values)
