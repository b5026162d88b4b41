"""Isochrones by transit: all ground that lines and feet reach within a travel time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from shapely.geometry import MultiPolygon

from sandbox.analysis.isochrone import (
    Isochrone,
    check_question,
    cutoff_ms,
    street_step,
    true_scale,
)
from sandbox.analysis.places.access import SNAP_M, Where, access_of, place_of
from sandbox.analysis.table import written_departure
from sandbox.engine import contours
from sandbox.engine.kernel import Doubles, working_s
from sandbox.engine.network import Network
from sandbox.engine.search import Entered, Reached
from sandbox.errors import AnalysisError, TransitError
from sandbox.streets import travel as travels
from sandbox.streets.attachments import Attachments
from sandbox.streets.modes import MODE_IDS, MODES, Mode
from sandbox.streets.travel import Ride, Travel
from sandbox.transit.journeys import Journeys
from sandbox.transit.lines import Supply
from sandbox.transit.search import find_journeys
from sandbox.words import Text

MODE: Final = "transit"
# Places at the ends of a street part are asked from within, as crossings have other streets.
_INSIDE: Final = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class TransitIsochrone(Isochrone):
    """What lines and feet reach from one place, or from where they bring one there.

    Attributes
    ----------
    ride
        When and how one goes.
    journeys
        All journeys of the window, from which other percentiles follow.
    """

    ride: Ride
    journeys: Journeys

    def told(self) -> dict[str, Any]:
        """Return what tables say of how one moves."""
        return ride_told(self.journeys, self.ride, self.travel)


def ride_told(found: Journeys, ride: Ride, travel: Travel) -> dict[str, Any]:
    """Return what tables say of journeys, at the percentile of a ride."""
    apart = ride.model == "random" or not len(found.service.headways.stop)
    return {
        "metric": "time",
        "mode": MODE,
        "direction": "to" if ride.arrive else "from",
        "speed_kmh": travel.walk_kmh,
        "bike_kmh": travel.bike_kmh if "bike" in (ride.access, ride.egress) else None,
        "hour": None,
        "slope": travel.slope,
        "departure": None if ride.arrive else written_departure(ride.when),
        "arrival": written_departure(ride.when) if ride.arrive else None,
        "window_min": ride.window_min,
        "percentile": ride.percentile if apart else None,
        "max_rides": ride.max_rides,
        "max_walk_min": ride.max_walk_min,
        "min_change_min": ride.min_change_min,
        "model": ride.model,
        "access": ride.access,
        "egress": ride.egress,
    }


def transit_isochrone(
    network: Network,
    origin: Where,
    minutes: Sequence[float],
    travel: Travel,
    *,
    supply: Supply | None = None,
    reach_m: float = MODES["transit"].reach_m,
    snap_m: float = SNAP_M,
    cell_m: float | None = None,
    search_minutes: float | None = None,
) -> TransitIsochrone:
    """Return what is reached by transit and on foot within each of the cutoffs.

    A node's time is that of the ride's percentile over all departures of its window (and
    all draws of phases); the way between nodes is walked. So ground between crossings is
    never drawn sooner than a place there is reached, and later by at most twice the walk
    from the nearer one.

    Parameters
    ----------
    network
        Streets, with their timetable if there is one.
    origin
        Longitude and latitude of a point, WGS 84, or a place, which may be an area; where
        the ride is to arrive, times are those to it.
    minutes
        Cutoffs, 1 to 240; any order, each counts once.
    travel
        How one moves, by transit: its ride says when, and whether to the place.
    supply
        Lines by headway, closed lines and added links; none by default.
    reach_m, snap_m, cell_m, search_minutes
        As in `sandbox.analysis.isochrone.isochrone`.

    Raises
    ------
    AnalysisError
        With all faults of the question at once, or if the place lies outside the network.
    NetworkError
        If no street lies within `snap_m`; it names the nearest.
    TransitError
        If nothing could ever run: there is neither a timetable nor a line.
    """
    began = working_s()
    ride, travel, speed_kmh = ride_of(travel), travel.on_streets, travel.walk_kmh
    check_ride(network, ride, supply)
    cutoffs = check_question(minutes, reach_m, travel)
    travel = travel.on(network.streets)
    start = access_of(network, origin, snap_m, ride.near)
    horizon = max(cutoffs[-1], search_minutes or 0.0)
    found = find_journeys(
        network, start.attachments, ride, cutoff_ms(horizon), supply=supply, travel=travel
    )
    reached = start.with_own(found.reached(ride.percentile), speed_kmh)
    areas = contours.areas(reached, [cutoff_ms(m) for m in cutoffs], reach_m, cell_m)
    scale = true_scale(start.attachments, network.crs)
    return TransitIsochrone(
        origin=place_of(origin),
        attachment=street_step(start, speed_kmh),
        minutes=cutoffs,
        speed_kmh=speed_kmh,
        reach_m=float(reach_m),
        mode=MODE,
        crs=network.crs,
        areas=areas,
        areas_km2=tuple(area.area * scale / 1e6 for area in areas),
        reached=reached,
        took_ms=(working_s() - began) * 1000.0,
        travel=travel,
        ride=ride,
        journeys=found,
    )


def ride_of(travel: Travel) -> Ride:
    """Return when and how one goes by transit.

    Raises
    ------
    AnalysisError
        One moves by another mode, or nothing says when.
    """
    ride = travel.by_transit
    if ride is None:
        raise AnalysisError(
            "Public transport needs a departure or arrival time.",
            "Give either --depart or --arrive, for example --depart 2026-11-23T08:00.",
        )
    return ride


def check_ride(network: Network, ride: Ride, supply: Supply | None) -> None:
    """Refuse a ride that can't be meant, or that nothing could serve.

    Raises
    ------
    AnalysisError
        With all figures that are out of bounds.
    TransitError
        There is neither a timetable nor a line, or the day lies outside the timetable: answers
        would be those on foot, and nobody would see it. Or all lines belong to other ground.
    """
    faults = travels.check_ride(ride)
    if faults:
        raise AnalysisError("The calculation can't be run", "Change these values.", faults=faults)
    if network.timetable is None and not (supply and supply.lines):
        raise TransitError(
            "No line runs on the network {network}: it has no timetable,"
            " and no scenario is chosen.",
            "Choose a scenario, or build the network with a timetable (--gtfs).",
            network=Text(network.title),
        )
    if network.timetable is not None and not (supply and supply.lines):
        first, last = network.timetable.days
        # Vehicles of the last day still run after its midnight, and late rides meet the first.
        if not -1 <= (ride.when.date() - first).days <= (last - first).days + 1:
            raise TransitError(
                "{day} is outside the timetable, which covers {first} to {last}.",
                "Choose a day that it covers.",
                day=ride.when.date(),
                first=first,
                last=last,
            )
    stops = [stop.lonlat for line in supply.lines for stop in line.stops] if supply else []
    west, south, east, north = network.bounds_lonlat
    far = _OTHER_GROUND_DEGREES
    if stops and not any(
        west - far <= lon <= east + far and south - far <= lat <= north + far for lon, lat in stops
    ):
        raise TransitError(
            "The lines of the scenario lie far outside the network {network}.",
            "Choose a scenario of this city, or omit it.",
            network=Text(network.title),
        )


# Lines may end well outside streets that were cut out, but not in another city.
_OTHER_GROUND_DEGREES: Final = 1.0


def modes_of(network: Network, supplies: Iterable[Supply | None] = ()) -> tuple[Mode, ...]:
    """Return the modes that one can move by: those of the streets, and by lines where some run.

    Parameters
    ----------
    network
        The streets and their timetable.
    supplies
        What runs beside the timetable.
    """
    lines = network.timetable is not None or any(one and one.lines for one in supplies)
    there = {*network.modes, MODE} if lines and "walk" in network.modes else set(network.modes)
    return tuple(mode for mode in MODE_IDS if mode in there)


def at_percentile(answer: TransitIsochrone, percentile: int) -> TransitIsochrone:
    """Return the same journeys at another percentile, without searching again."""
    return _of_samples(answer, replace(answer.ride, percentile=percentile), None)


def at_departure(answer: TransitIsochrone, index: int) -> TransitIsochrone:
    """Return what one departure of the window reaches, without searching again.

    The percentile is then that over the draws of phases.
    """
    draws = answer.journeys.samples // len(answer.ride.times_ms)
    samples = index + np.arange(draws) * len(answer.ride.times_ms)
    return _of_samples(answer, answer.ride, samples)


def _of_samples(
    answer: TransitIsochrone, ride: Ride, samples: npt.NDArray[np.int_] | None
) -> TransitIsochrone:
    began = working_s()
    reached = answer.journeys.reached(ride.percentile, samples)
    own = answer.reached
    reached = replace(reached, own_ground=own.own_ground, own_steps=own.own_steps)
    cutoffs = [cutoff_ms(m) for m in answer.minutes]
    areas = contours.areas(reached, cutoffs, answer.reach_m)
    scale = true_scale(answer.journeys.start, answer.crs)
    return replace(
        answer,
        ride=ride,
        reached=reached,
        areas=areas,
        areas_km2=tuple(area.area * scale / 1e6 for area in areas),
        took_ms=(working_s() - began) * 1000.0,
    )


def spread(
    answer: TransitIsochrone, bands_min: Sequence[float], low: int = 5, high: int = 95
) -> tuple[MultiPolygon, ...]:
    """Return the ground where travel time varies by at most so many minutes.

    Of the ground that is reached within the largest cutoff even at the `high`
    percentile: how far that is later there than the `low` one. Elsewhere nobody can
    rely on being there in time. Streets are looked at in pieces of half of `reach_m` at most,
    and a piece counts where both of its ends keep to it.

    Parameters
    ----------
    answer
        An isochrone by transit.
    bands_min
        Minutes of spread, ascending; the larger area holds the smaller.
    low, high
        Percentiles.
    """
    limit = cutoff_ms(answer.minutes[-1])
    street, varies = _varying(answer.journeys, (low, high), limit, answer.reach_m / 2)
    own = answer.reached
    areas: list[MultiPolygon] = []
    for band in bands_min:
        kept = _at_once(street, varies <= cutoff_ms(band))
        kept = replace(kept, own_ground=own.own_ground, own_steps=own.own_steps)
        areas += contours.areas(kept, [limit], answer.reach_m)
    return tuple(areas)


def _varying(
    found: Journeys, between: tuple[int, int], limit_ms: int, most_m: float
) -> tuple[Reached, Doubles]:
    """Return pieces of street and how much their times vary; infinite where one can't rely on them.

    At the worse of their ends, as places there are told: so private streets and another mode
    at the far end need no rules of their own. A piece is at most `most_m` long: between the
    ends of a street one comes from the one or from the other, or the longest walk is over.
    """
    street = found.reached(between[1])
    parts = np.column_stack([street.segment, street.along])
    _, first = np.unique(parts, axis=0, return_index=True)
    street = _at_once(street, first)
    long_m = np.hypot(*(street.ends_xy[:, 2:] - street.ends_xy[:, :2]).T)
    pieces = np.maximum(np.ceil(long_m / most_m), 1).astype(np.int64)
    # Cuts of each part, its ends among them.
    part, share = _cuts(pieces + 1)
    inside = np.clip(share / pieces[part], _INSIDE, 1.0 - _INSIDE)
    begin, end = street.along[part].T
    count = len(part)
    at = Attachments(
        street.segment[part], begin + inside * (end - begin), np.zeros((count, 2)), np.zeros(count)
    )
    places = Entered(at, np.zeros(count), np.arange(count), count)
    soon, late = (found.place_ms(percentile, places) for percentile in between)
    varies = np.full(count, np.inf)
    relied = late <= limit_ms
    varies[relied] = late[relied] - soon[relied]
    of, nth = _cuts(pieces)
    shares = (np.column_stack([nth, nth + 1]) / pieces[of, None])[:, :, None]
    begin, end = street.along[of].T[:, :, None]
    a, b = street.ends_xy[of, None, :2], street.ends_xy[of, None, 2:]
    cut = replace(
        _at_once(street, of),
        along=begin + shares[:, :, 0] * (end - begin),
        ends_xy=(a + shares * (b - a)).reshape(-1, 4),
    )
    # Before the cuts of a part stands one more cut than piece of each part before.
    first_cut = np.arange(len(of)) + of
    return cut, np.maximum(varies[first_cut], varies[first_cut + 1])


def _cuts(counts: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return 0, 1, 2 … up to each count, one after the other, and whose number each is."""
    of = np.repeat(np.arange(len(counts)), counts)
    return of, np.arange(len(of)) - np.repeat(np.cumsum(counts) - counts, counts)


def _at_once(street: Reached, keep: npt.NDArray[np.bool_] | npt.NDArray[np.int_]) -> Reached:
    """Return some of the street parts, at once and as a whole."""
    return replace(
        street,
        segment=street.segment[keep],
        along=street.along[keep],
        ends_xy=street.ends_xy[keep],
        ms=np.zeros_like(street.ms[keep]),
        cost_ms=np.zeros_like(street.cost_ms[keep]),
        costs=None,
    )
