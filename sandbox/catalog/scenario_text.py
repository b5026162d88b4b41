"""Scenarios written as TOML, in the form that scenario files are read in."""

from typing import Any

import tomli_w

from sandbox.edits import scenario as values
from sandbox.edits.scenario import Corridor, Edit, Scenario
from sandbox.transit.lines import Line, LineStop, Period
from sandbox.words import Bilingual


def as_toml(scenario: Scenario) -> str:
    """Return a scenario as the text of a file that stands alone: all edits, also its base's."""
    told: dict[str, Any] = {"title": _named(scenario.title)}
    if scenario.note.zh:
        told["note"] = _named(scenario.note)
    told |= {"opening": scenario.opening, "assumed": scenario.assumed}
    told["edit"] = [_edit_table(edit) for edit in values.all_edits(scenario)]
    told["statement"] = [
        {"to": _named(one.to), "minutes": one.minutes, "source": _named(one.source)}
        for one in scenario.statements
    ]
    return tomli_w.dumps(told)


def _named(text: Bilingual) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _clock(seconds: int) -> str:
    clock = f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"
    return f"{clock}:{seconds % 60:02d}" if seconds % 60 else clock


def _headways(periods: tuple[Period, ...]) -> list[dict[str, Any]]:
    return [
        {"first": _clock(one.start_s), "last": _clock(one.end_s), "minutes": one.headway_s / 60}
        for one in periods
    ]


def _stop_table(stop: LineStop) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": stop.id,
        "zh": stop.name_zh,
        "en": stop.name_en,
        "lonlat": list(stop.lonlat),
    }
    if stop.minutes is not None:
        told["minutes"] = stop.minutes
    return told | {"accuracy_m": stop.accuracy_m}


def _line_table(line: Line) -> dict[str, Any]:
    return {
        "id": line.id,
        "zh": line.name_zh,
        "en": line.name_en,
        "mode": line.mode,
        "stops": list(map(_stop_table, line.stops)),
        "course": [list(point) for point in line.course_lonlat],
        "headways": _headways(line.periods),
        "speed_kmh": line.speed_kmh,
        "dwell_s": line.dwell_s,
        "access_s": line.access_s,
        "both_ways": line.both_ways,
        "opening": line.opening,
        "status": line.status,
        "source": line.source,
    }


def _edit_table(edit: Edit) -> dict[str, Any]:
    told: dict[str, Any] = {"name": _named(edit.name), "on": edit.on}
    if edit.assumed.zh:
        told["assumed"] = _named(edit.assumed)
    return told | _change_table(edit.change)


def _change_table(change: values.Change) -> dict[str, Any]:  # noqa: PLR0911 - one kind a line
    match change:
        case values.AddLine(line):
            return {"do": "add", "line": _line_table(line)}
        case values.RemoveLine(line):
            return {"do": "remove", "line": line}
        case values.CloseLine(line):
            return {"do": "close", "line": line}
        case values.ShortenLine(line, first, last):
            return {"do": "shorten", "line": line, "first": first, "last": last}
        case values.RerouteLine(line, stops, course):
            tables = list(map(_stop_table, stops))
            points = [list(point) for point in course]
            return {"do": "reroute", "line": line, "stops": tables, "course": points}
        case values.SetHeadway(line, periods):
            return {"do": "headway", "line": line, "headways": _headways(periods)}
        case values.SetSpeed(line, speed_kmh):
            return {"do": "speed", "line": line, "speed_kmh": speed_kmh}
        case values.SetDwell(line, dwell_s):
            return {"do": "dwell", "line": line, "dwell_s": dwell_s}
        case values.AddStation(line, stop, after):
            return {"do": "station", "line": line, "stop": _stop_table(stop), "after": after}
        case values.LinkStation(link):
            told = {"stop": link.stop_id, "lonlat": list(link.lonlat), "seconds": link.seconds}
            return {"do": "link", **told}
        case values.DrawCorridors(corridors):
            return {"do": "draw", "corridors": [_corridor_table(one) for one in corridors]}


def _corridor_table(one: Corridor) -> str | dict[str, Any]:
    if one.ref:
        return one.ref
    return {
        "id": one.id,
        "zh": one.name_zh,
        "en": one.name_en,
        "kind": one.kind,
        "course": [list(point) for point in one.course_lonlat],
        "towards_zh": one.towards_zh,
        "towards_en": one.towards_en,
        "source_zh": one.source_zh,
        "source_en": one.source_en,
    }
