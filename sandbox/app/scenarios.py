"""The scenario on screen: its edits switched, its lines changed, each a step to take back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any, Final

from sandbox.app import moving
from sandbox.app.atlas import Atlas
from sandbox.app.session import Session
from sandbox.edits.line_edits import apply
from sandbox.edits.scenario import (
    AddLine,
    AddStation,
    CloseLine,
    Edit,
    LinkStation,
    Plan,
    RerouteLine,
    Scenario,
    SetDwell,
    SetHeadway,
    SetSpeed,
    ShortenLine,
    all_edits,
    edited,
    switched,
)
from sandbox.errors import TransitError
from sandbox.geo import crs as geo
from sandbox.transit.lines import Line, LineStop, LonLat, Period, StreetLink
from sandbox.words import Bilingual, Text, words_of

_EDITED_ID: Final = "_edited"
_NEW_ID: Final = "own_"
_TITLES: Final = {
    "edited": "{title} (edited)",
    "new": "Own scenario {number}",
    "headway": "{line}: a vehicle every {value} min",
    "speed": "{line}: {value} km/h between stops",
    "dwell": "{line}: stops of {value} s",
    "drawn": "Drawn line {number}",
    "stop": "Stop {number}",
    "assumed": "Drawn by hand; {speed} km/h, stops of {dwell} s and a headway of {minutes} min are "
    "assumed.",
    "closed": "{line}: closed",
    "short": "{line}: only from {first} to {last}",
    "rerouted": "{line}: rerouted, {count} stops",
    "station": "{line}: added station {stop}",
    "new_stop": "{line} new stop {number}",
    "link": "{stop}: added link to the streets",
    "link_assumed": "{minutes} min between street and platform assumed from the distance.",
}
# A stop drawn nearer than this to an existing one is that one, so one changes there.
_SAME_STOP_M: Final = 100.0
# Along passages and stairs of a station.
_PASSAGE_M_PER_S: Final = 1.0
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
    """Return when a scenario opens, as shown: a year, in operation, or not published."""
    if scenario.opening:
        return Text("{year}", {"year": scenario.opening})
    if scenario.assumed:
        return Text("assumed")
    lines = [edit.change.line for edit in scenario.edits if isinstance(edit.change, AddLine)]
    if lines and all(line.status == "operating" for line in lines):
        return Text("in operation")
    return Text("not published")


def new(atlas: Atlas, opened: Sequence[Scenario]) -> Scenario:
    """Return a scenario to begin with: what runs today, and no edit yet.

    Parameters
    ----------
    atlas
        Whose city; without a scenario of today it begins with the timetable alone.
    opened
        Those that were opened or begun before.
    """
    taken = {one.id for one in opened}
    number = next(n for n in count(1) if f"{_NEW_ID}{n}" not in taken)
    return Scenario(f"{_NEW_ID}{number}", _said("new", number=number), base=moving.today(atlas))


def with_opened(opened: Sequence[Scenario], scenario: Scenario) -> tuple[Scenario, ...]:
    """Return the opened scenarios with another, which takes the place of one of its id."""
    return (*(one for one in opened if one.id != scenario.id), scenario)


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


def close(atlas: Atlas, scenario: Scenario, line_id: str, name: Bilingual) -> Scenario:
    """Return the scenario without a line, also one of a timetable; its own edits go with it."""
    said = _each("closed", line=name)
    return _changed(atlas, scenario, Edit(said, CloseLine(line_id)))


def shorten(atlas: Atlas, scenario: Scenario, line: Line, first: str, last: str) -> Scenario:
    """Return the scenario with a line that runs only between two of its stops, by their ids.

    `line` has all its stops, as `whole` returns it; from its first to its last it is not
    shortened.
    """
    if {first, last} == {line.stops[0].id, line.stops[-1].id}:
        return _called(atlas, scenario, _not_shortened(scenario, line.id))
    names = {stop.id: Bilingual(stop.name_zh, stop.name_en) for stop in line.stops}
    said = _each("short", line=_of(line), first=names[first], last=names[last])
    return _changed(atlas, scenario, Edit(said, ShortenLine(line.id, first, last)))


def whole(scenario: Scenario, line_id: str) -> Line | None:
    """Return a line with all its stops, as it runs unless shortened; None where it is not there."""
    lines = plan(_not_shortened(scenario, line_id)).supply.lines
    return next((line for line in lines if line.id == line_id), None)


def _not_shortened(scenario: Scenario, line_id: str) -> Scenario:
    others = tuple(
        one
        for one in scenario.edits
        if not (isinstance(one.change, ShortenLine) and one.change.line == line_id)
    )
    return replace(scenario, edits=others)


def reroute(
    atlas: Atlas, scenario: Scenario, line: Line, stops_lonlat: Sequence[LonLat]
) -> Scenario:
    """Return the scenario with a line that takes another way.

    Where a stop lies at one that the line has, it is that one; between stops it then runs
    at its speed.
    """
    stops: list[LineStop] = []
    for place in stops_lonlat:
        stop = _stop_at(line, place, [one.id for one in stops])
        if not stops or stops[-1].id != stop.id:
            stops.append(replace(stop, minutes=None))
    said = _each("rerouted", line=_of(line), count=Bilingual(str(len(stops)), str(len(stops))))
    return _changed(atlas, scenario, Edit(said, RerouteLine(line.id, tuple(stops))))


def add_station(atlas: Atlas, scenario: Scenario, line: Line, lonlat: LonLat) -> Scenario:
    """Return the scenario with a stop more on a line, where it is the least way round."""
    stop = _stop_at(line, lonlat, [one.id for one in line.stops], fresh=True)
    after = _least_round(line, stop.lonlat)
    said = _each("station", line=_of(line), stop=Bilingual(stop.name_zh, stop.name_en))
    edit = Edit(said, AddStation(line.id, stop, after))
    return _called(atlas, scenario, edited(scenario, edit))


def link(
    atlas: Atlas, scenario: Scenario, stop_id: str, name: Bilingual, ends: tuple[LonLat, LonLat]
) -> Scenario:
    """Return the scenario with a way more between a stop and the streets.

    Parameters
    ----------
    atlas, scenario
        What is on screen.
    stop_id, name
        The stop.
    ends
        Where the stop is, and where the way meets the streets, WGS 84.
    """
    seconds = round(float(geo.length_m([ends[0]], [ends[1]])[0]) / _PASSAGE_M_PER_S)
    assumed = _said("link_assumed", minutes=f"{seconds / 60:.1f}")
    at = (round(ends[1][0], 6), round(ends[1][1], 6))
    change = LinkStation(StreetLink(stop_id, at, seconds))
    edit = Edit(_each("link", stop=name), change, assumed=assumed)
    return _called(atlas, scenario, edited(scenario, edit))


def nearest_stop(atlas: Atlas, scenario: Scenario, lonlat: LonLat) -> tuple[str, Bilingual, LonLat]:
    """Return the stop nearest to a place, its name and where it is: a line's or a timetable's.

    Raises
    ------
    TransitError
        There is no stop at all.
    """
    known = _known_stops(atlas, scenario)
    if not known:
        raise TransitError("No line runs here.", "Choose another scenario, or draw a line.")
    stop_id, _ = _nearest(known, lonlat)
    return stop_id, *known[stop_id]


def _nearest(known: Mapping[str, tuple[Bilingual, LonLat]], lonlat: LonLat) -> tuple[str, float]:
    """Return the id of the stop nearest to a place, and how far it is in metres."""
    away = geo.length_m([at for _, at in known.values()], [lonlat] * len(known))
    return list(known)[int(away.argmin())], float(away.min())


def _known_stops(atlas: Atlas, scenario: Scenario) -> dict[str, tuple[Bilingual, LonLat]]:
    """Return the stops of a scenario's lines and of the timetable by id: name and place."""
    lines, timetable = plan(scenario).supply.lines, atlas.network.timetable
    known = {
        stop.id: (Bilingual(stop.name_zh, stop.name_en), stop.lonlat)
        for line in lines
        for stop in line.stops
    }
    if timetable is not None:
        places = [(float(lon), float(lat)) for lon, lat in timetable.stop_lonlat]
        for stop_id, name, at in zip(timetable.stop_id, timetable.stop_name, places, strict=True):
            known[stop_id] = Bilingual(name, name), at
    return known


def timetabled(atlas: Atlas, scenario: Scenario) -> tuple[tuple[str, str], ...]:
    """Return id and name of the timetable's lines that run in a scenario, in the names' order."""
    timetable = atlas.network.timetable
    if timetable is None:
        return ()
    closed = plan(scenario).supply.closed
    lines = zip(timetable.line_id, timetable.line_name, strict=True)
    return tuple(sorted((one for one in lines if one[0] not in closed), key=lambda one: one[1]))


def _stop_at(line: Line, lonlat: LonLat, taken: Sequence[str], *, fresh: bool = False) -> LineStop:
    """Return the line's stop at a place, or else a new one with a name of its own."""
    at = (round(lonlat[0], 6), round(lonlat[1], 6))
    if not fresh:
        away = geo.length_m([stop.lonlat for stop in line.stops], [at] * len(line.stops))
        nearest = int(away.argmin())
        if away[nearest] <= _SAME_STOP_M:
            return line.stops[nearest]
    known = {*taken, *(stop.id for stop in line.stops)}
    number = next(n for n in count(1) if f"{line.id}_new_{n}" not in known)
    said = _each("new_stop", line=_of(line), number=Bilingual(str(number), str(number)))
    return LineStop(f"{line.id}_new_{number}", said.zh, said.en, at)


def _least_round(line: Line, lonlat: LonLat) -> str:
    """Return the stop after which another makes the line longer by least; empty before all."""
    stops = [stop.lonlat for stop in line.stops]
    to = geo.length_m(stops, [lonlat] * len(stops))
    gaps = geo.length_m(stops[:-1], stops[1:])
    longer = [float(to[0]), *(to[:-1] + to[1:] - gaps).tolist(), float(to[-1])]
    at = longer.index(min(longer))
    return line.stops[at - 1].id if at else ""


def take(session: Session, lonlat: LonLat, *, moving: bool = False) -> bool:
    """Make a place that was touched the next stop of the line being drawn, if one is.

    Returns
    -------
    bool
        Whether a line is being drawn, so that the touch means nothing else.
    """
    sketch = session.state.gesture.sketch
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
    known = _known_stops(atlas, scenario)
    for k, (lon, lat) in enumerate(stops_lonlat, start=1):
        nearest = _nearest(known, (lon, lat)) if known else None
        if nearest is not None and nearest[1] <= _SAME_STOP_M:
            if stops and stops[-1].id == nearest[0]:
                continue
            called, place = known[nearest[0]]
            stops.append(LineStop(nearest[0], called.zh, called.en, place))
            continue
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
    if before.id.endswith(_EDITED_ID) or before.title == _begun(before.id):
        return made
    return replace(made, id=root + _EDITED_ID, title=_marked(before.title))


def _begun(scenario_id: str) -> Bilingual | None:
    """Return the title that a scenario of an id was begun with, None for one that wasn't."""
    number = scenario_id.removeprefix(_NEW_ID)
    return _said("new", number=number) if number != scenario_id else None


def _marked(title: Bilingual) -> Bilingual:
    return Bilingual(_words("zh", "edited", title=title.zh), _words("en", "edited", title=title.en))


def _named(kind: str, line: Line, value: float) -> Bilingual:
    figure = f"{value:g}"
    return Bilingual(
        _words("zh", kind, line=line.name_zh, value=figure),
        _words("en", kind, line=line.name_en, value=figure),
    )


def _of(line: Line) -> Bilingual:
    return Bilingual(line.name_zh, line.name_en)


def _each(kind: str, **names: Bilingual) -> Bilingual:
    """Return a text with names in its language."""
    return Bilingual(
        _words("zh", kind, **{key: name.zh for key, name in names.items()}),
        _words("en", kind, **{key: name.en for key, name in names.items()}),
    )


def _said(kind: str, **values: Any) -> Bilingual:
    return Bilingual(_words("zh", kind, **values), _words("en", kind, **values))


def _words(language: str, kind: str, **values: Any) -> str:
    return words_of(language)(_TITLES[kind], **values)
