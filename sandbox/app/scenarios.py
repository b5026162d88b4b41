"""The scenario on screen: its edits switched, its lines changed, each a step to take back."""

from dataclasses import replace
from typing import Final

from sandbox.app import moving
from sandbox.app.atlas import Atlas
from sandbox.errors import TransitError
from sandbox.network.line_edits import apply
from sandbox.network.lines import Line
from sandbox.network.scenario import (
    AddLine,
    Edit,
    Named,
    Plan,
    Scenario,
    SetDwell,
    SetHeadway,
    SetSpeed,
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
}


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
    zh, en = (
        words_of(language)(_TITLES["edited"], title=title.said(language))
        for language in ("zh", "en")
    )
    return Named(zh, en)


def _named(kind: str, line: Line, value: float) -> Named:
    zh, en = (
        words_of(language)(_TITLES[kind], line=name, value=f"{value:g}")
        for language, name in (("zh", line.name_zh), ("en", line.name_en))
    )
    return Named(zh, en)
