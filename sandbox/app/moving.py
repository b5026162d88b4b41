"""Ways of moving: what a question asks of the engine, and how maps say it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

import numpy as np

from sandbox.analysis.isochrone import Isochrone
from sandbox.analysis.origins import isochrone_from
from sandbox.analysis.table import Areas, clock, grid_told
from sandbox.analysis.together import joint_isochrone
from sandbox.app import places
from sandbox.app.atlas import Atlas
from sandbox.app.questions import ReachQuestion
from sandbox.app.street_edits import edited
from sandbox.catalog.scenarios import shipped
from sandbox.edits.line_edits import apply
from sandbox.edits.scenario import Scenario
from sandbox.kept import keep
from sandbox.streets import speed_table
from sandbox.streets.modes import MODE_IDS, MODES, Mode
from sandbox.streets.travel import Ride, Travel
from sandbox.words import Text

TODAY: Final = "today"
_LEAVING: Final = (
    "Public transport, leaving {when} + {window} min, percentile {percentile}, walking {speed} km/h"
)
_ARRIVING: Final = (
    "Public transport, arriving in the {window} min up to {when}, percentile {percentile}, "
    "walking {speed} km/h"
)
# Lines belong to the same city if their stops are nearer to the streets than this.
_CITY_DEG: Final = 0.5
# While a hand moves: every so many minutes a departure, and for cars a point every so many
# metres. An hour's window then has 12 departures.
_HASTY_EVERY_MIN: Final = 5
_HASTY_DRAWS: Final = 1
_HASTY_CELL_M: Final = 60.0
_PEAK: Final = time(8, 0)
_SATURDAY: Final = 5
# What has at least this share of the most trips counts as a whole day's service.
_FULL_SHARE: Final = 0.7


def modes(atlas: Atlas) -> tuple[Mode, ...]:
    """Return the modes that one can move by on the atlas: those of its streets, and by transit."""
    there = atlas.network.modes
    # By transit one also walks, and needs no more.
    return tuple(mode for mode in MODE_IDS if (mode if MODES[mode].access else "walk") in there)


@keep(1)
def scenarios(atlas: Atlas) -> Mapping[str, Scenario]:
    """Return the scenarios of the atlas's city that come with the program, by id."""
    west, south, east, north = atlas.network.bounds_lonlat
    near = _CITY_DEG

    def here(scenario: Scenario) -> bool:
        stops = (stop.lonlat for line in apply(scenario).supply.lines for stop in line.stops)
        return any(
            west - near <= lon <= east + near and south - near <= lat <= north + near
            for lon, lat in stops
        )

    return {name: one for name, one in shipped(atlas.layers).items() if here(one)}


def today(atlas: Atlas) -> Scenario | None:
    """Return the scenario of what runs today, None where that is the timetable alone."""
    return scenarios(atlas).get(TODAY)


def walked_reach_m(question: ReachQuestion) -> float:
    """Return how far from a street ground counts on foot beside a question of any mode.

    A reach that was chosen stays; that of another mode is nothing to walk by.
    """
    own = MODES[question.travel.mode].reach_m
    return MODES["walk"].reach_m if question.reach_m == own else question.reach_m


def by_mode(question: ReachQuestion, mode: Mode, atlas: Atlas) -> ReachQuestion:
    """Return the same question for another mode, with that mode's own first cutoffs and reach.

    Cutoffs that were chosen stay.
    """
    minutes = question.minutes
    travel = question.travel
    if minutes == MODES[travel.mode].minutes:
        minutes = MODES[mode].minutes
    reach_m = question.reach_m
    if reach_m == MODES[travel.mode].reach_m:
        reach_m = MODES[mode].reach_m
    ride, scenario = travel.ride, question.scenario
    if mode == "transit" and ride is None:
        ride = first_ride(atlas)
        if atlas.network.timetable is None:
            scenario = today(atlas)
    travel = replace(travel, mode=mode, ride=ride)
    return replace(question, minutes=minutes, reach_m=reach_m, travel=travel, scenario=scenario)


_YEAR: Final = timedelta(days=366)


def first_ride(atlas: Atlas, today: date | None = None) -> Ride:
    """Return a ride at the morning peak of the next working day that lines run on.

    Where the timetable knows no such day ahead it is one of its own days.
    """
    day = today or date.today()
    timetable = atlas.network.timetable
    if timetable is None:
        while day.weekday() >= _SATURDAY:
            day += timedelta(days=1)
        return Ride(datetime.combine(day, _PEAK))
    first, last = timetable.days
    # Of a calendar of many years the one ahead, or the last one, is enough.
    first = max(first, min(day, last - _YEAR))
    last = min(last, first + _YEAR)
    known = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    known = [one for one in known if len(timetable.trips_on(one))] or known
    working = [one for one in known if one.weekday() < _SATURDAY] or known
    # Of feeds that end on different days one wants a day of all of them.
    full = max(len(timetable.trips_on(one)) for one in working) * _FULL_SHARE
    whole = [one for one in working if len(timetable.trips_on(one)) >= full]
    served = next((one for one in whole if one >= day), whole[-1])
    trips = timetable.trips_on(served)
    begins_s = timetable.time_departure_s[timetable.trip_offsets[:-1][trips]]
    hour = _PEAK.hour
    # A feed that covers a part of the day only is asked when most of its trips run.
    by_hour = np.bincount((begins_s // 3600) % 24, minlength=24)
    if by_hour[hour] < by_hour.max() * _FULL_SHARE / 2:
        hour = int(by_hour.argmax())
    return Ride(datetime.combine(served, time(hour, 0)))


def travel_of(atlas: Atlas, question: ReachQuestion) -> Travel:
    """Return how a question moves; by transit at its own time, or when the city's lines run."""
    travel, ride = question.travel, None
    if travel.mode == "transit":
        ride = replace(travel.ride or first_ride(atlas), arrive=travel.towards)
    return replace(travel, hour=travel.hour if travel.mode == "drive" else None, ride=ride)


def ask(
    atlas: Atlas,
    question: ReachQuestion,
    *,
    search_minutes: float | None = None,
    moving: bool = False,
) -> tuple[Isochrone, bool]:
    """Return the isochrone that a question asks for, and whether it was made in haste.

    Parameters
    ----------
    atlas
        Layers and streets.
    question
        What is asked.
    search_minutes
        Search this far, so that cutoffs can be moved without another search.
    moving
        Whether a hand still moves, so that the answer must come within a frame or two.
    """
    network = edited(atlas, question.edits).network
    travel = travel_of(atlas, question)
    hasty = moving and travel.mode in {"drive", "transit"}
    if hasty and (ride := travel.by_transit) is not None:
        every = min(_HASTY_EVERY_MIN, ride.window_min)
        ride = replace(ride, every_min=every, draws=min(ride.draws, _HASTY_DRAWS))
        travel = replace(travel, ride=ride)
    supply = apply(question.scenario).supply
    if question.others:
        several = places.origins(atlas, question)
        joint = joint_isochrone(
            network,
            several,
            question.minutes,
            travel,
            question.together,
            supply=supply,
            reach_m=question.reach_m,
        )
        return joint, hasty
    found = isochrone_from(
        network,
        places.origin(atlas, question),
        question.minutes,
        travel,
        supply=supply,
        reach_m=question.reach_m,
        cell_m=_HASTY_CELL_M if hasty and travel.mode == "drive" else None,
        search_minutes=search_minutes,
    )
    return found, hasty


def told(travel: Travel) -> Text:
    """Return how one moves, as every map must say it: all that changes a number and can be set."""
    how = _told_mode(travel)
    more = [*_told_ride(travel), *_told_car(travel)]
    if travel.mode != "drive" and travel.slope == "flat":
        more.append(Text("slopes not included"))
    if travel.mode != "transit" and travel.towards:
        more.append(Text("to here"))
    for one in more:
        how = Text("{how}, {more}", {"how": how, "more": one})
    return how


def told_how(travel: Travel, scenario: Scenario | None) -> tuple[Text, ...]:
    """Return how one moves and, by transit, which scenario runs, as every map must say it."""
    how, runs = told(travel), scenario if travel.mode == "transit" else None
    return (how,) if runs is None else (how, Text("{said}", {"said": runs.title}))


def told_grid(found: Areas | None) -> list[Text]:
    """Return how roughly an answer's areas are drawn, where that is more than usual."""
    told = {} if found is None else grid_told(found)
    return [
        Text("areas accurate to {cell} m because of their size", {"cell": f"{cell_m:g}"})
        for cell_m in told.values()
    ]


def _told_mode(travel: Travel) -> Text:
    walk = f"{travel.walk_kmh:g}"
    if travel.mode == "bike":
        ride = f"{travel.bike_kmh:g}"
        return Text("Cycling {ride} km/h, walking {speed} km/h", {"ride": ride, "speed": walk})
    if travel.mode == "drive":
        if travel.hour is None:
            return Text("Driving in free flow")
        return Text("Driving with the congestion of {hour}:00", {"hour": travel.hour})
    if travel.mode == "transit" and travel.ride is not None:
        ride = travel.ride
        when = f"{ride.when:%Y-%m-%d} {clock(ride.when)}"
        values = {
            "when": when,
            "window": ride.window_min,
            "percentile": ride.percentile,
            "speed": walk,
        }
        return Text(_ARRIVING if travel.towards else _LEAVING, values)
    return Text("Walking {speed} km/h", {"speed": walk})


def _told_ride(travel: Travel) -> list[Text]:
    """Return what a ride by transit asks beside its time, where it isn't as usual."""
    ride = travel.ride
    if travel.mode != "transit" or ride is None:
        return []
    usual, found = Ride(ride.when), list[Text]()
    by_bike = {"kmh": f"{travel.bike_kmh:g}"}
    if ride.access == "bike":
        found.append(Text("by bike ({kmh} km/h) to the first stop", by_bike))
    if ride.egress == "bike":
        found.append(Text("by bike ({kmh} km/h) from the last stop", by_bike))
    if ride.min_change_min > 0:
        found.append(Text("at least {n} min per transfer", {"n": f"{ride.min_change_min:g}"}))
    if ride.max_rides != usual.max_rides:
        found.append(Text("at most {n} vehicles", {"n": ride.max_rides}))
    if ride.max_walk_min != usual.max_walk_min:
        found.append(
            Text("at most {n} min to, between and from stops", {"n": f"{ride.max_walk_min:g}"})
        )
    if ride.model != usual.model:
        found.append(Text("waits of half the headway"))
    return found


def _told_car(travel: Travel) -> list[Text]:
    """Return what the table of speeds adds to driving, where it adds anything."""
    if travel.mode != "drive":
        return []
    drive, found = speed_table.load().drive, list[Text]()
    turn = drive.turns
    if turn.left_s or turn.right_s or turn.straight_s:
        values = {
            "left": f"{turn.left_s:g}",
            "right": f"{turn.right_s:g}",
            "straight": f"{turn.straight_s:g}",
        }
        said = (
            "at junctions {left} s for left turns, {right} s for right turns, {straight} s "
            "straight on"
        )
        found.append(Text(said, values))
    if drive.reach_car_s or drive.park_s:
        values = {"reach": f"{drive.reach_car_s:g}", "park": f"{drive.park_s:g}"}
        found.append(Text("{reach} s to reach the car, {park} s to park", values))
    return found


def heading(travel: Travel) -> Text:
    """Return the legend's heading: which time the colours show."""
    facts = MODES[travel.mode]
    return facts.heading_to if travel.towards else facts.heading


def told_together(question: ReachQuestion) -> Text | None:
    """Return what several origins are asked for together; None of one."""
    count = {"count": len(question.origins)}
    if not question.others:
        return None
    if question.travel.towards:
        return Text(_TO_TOGETHER[question.together], count)
    return Text(_TOGETHER[question.together], count)


def told_whose(question: ReachQuestion, origin: int) -> Text:
    """Return whose time a place has, of several origins: by its number on the map, from 1."""
    number = {"number": origin + 1}
    if question.travel.towards:
        return Text("to {number}", number)
    return Text("from {number}", number)


_TOGETHER: Final = {
    "any": "from the nearest of {count} origins",
    "all": "where people from all {count} origins can meet",
}
_TO_TOGETHER: Final = {
    "any": "to the nearest of {count} destinations",
    "all": "from where all {count} destinations are reached",
}
