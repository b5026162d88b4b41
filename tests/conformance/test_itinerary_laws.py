"""Itineraries on random small feeds: possible as they stand, and as fast as the field says."""

from datetime import datetime, timedelta
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point

from sandbox.analysis.itinerary import itinerary
from sandbox.analysis.places.access import access_points
from sandbox.analysis.times import times
from sandbox.analysis.transit import transit_isochrone
from sandbox.errors import AnalysisError
from sandbox.streets.travel import Ride, Travel
from sandbox.transit.search import find_journeys
from tests.conformance.test_transit_oracle import COLUMNS, ROWS, SPOTS, WALK, _xy, feeds
from tests.support.grid_city import at
from tests.support.timetables import DAY, FIRST_DAY, SPEED_KMH

WHEN = datetime.fromisoformat(f"{DAY}T08:12")
MINUTES = 40
PLACE = st.tuples(st.floats(0, COLUMNS - 1), st.floats(0, ROWS - 1))


def runs(made, leg):
    """Return whether some trip leaves the leg's first stop and comes to its last as it says."""
    midnight = datetime.fromisoformat(FIRST_DAY)
    for trip, service in enumerate(made.trip_service):
        calls = range(made.trip_offsets[trip], made.trip_offsets[trip + 1])
        if made.line_name[made.trip_line[trip]] != leg.line[0]:
            continue
        for day in np.flatnonzero(made.service_days[service]).tolist():
            begin = midnight + timedelta(days=day)
            for i in calls:
                to = i + leg.stops
                if (
                    to in calls
                    and to > i
                    and made.stop_name[made.time_stop[i]] == leg.from_stop[0]
                    and made.stop_name[made.time_stop[to]] == leg.to_stop[0]
                    and begin + timedelta(seconds=int(made.time_departure_s[i])) == leg.begin_at
                    and begin + timedelta(seconds=int(made.time_arrival_s[to])) == leg.end_at
                    and not made.time_halt[i] & 1
                    and not made.time_halt[to] & 2
                ):
                    return True
    return False


@settings(deadline=None, max_examples=150)
@given(feeds(), PLACE, PLACE, st.integers(1, 4), st.sampled_from([3, 6]), st.booleans())
def test_an_itinerary_runs_as_told_and_takes_the_fields_time(
    network, one, other, rides, walk_min, arrive
):
    ride = Ride(WHEN, arrive=arrive, window_min=1, max_rides=rides, max_walk_min=walk_min)
    fixed, asked = (other, one) if arrive else (one, other)
    start, end = (network.snap(tuple(_xy(network, p)), 500.0) for p in (fixed, asked))
    found = find_journeys(network, start, ride, MINUTES * 60_000, travel=WALK)
    field_ms = found.reached(50).times_ms(end.as_many())[0]
    field_ms += found.graph.walk_ms(end.distance_m)
    try:
        told = itinerary(
            network, at(*one), at(*other), Travel(walk_kmh=SPEED_KMH).riding(ride), minutes=MINUTES
        )
    except AnalysisError:
        assert field_ms > MINUTES * 60_000
        return
    if one == other:
        # Who is there already needs no time.
        assert (told.minutes, told.legs) == (0.0, ())
        return
    assert told.minutes * 60_000 == pytest.approx(field_ms, abs=0.01)
    legs = told.legs
    assert sum(leg.minutes for leg in legs) == pytest.approx(told.minutes)
    for leg, following in pairwise(legs):
        assert leg.end_at == following.begin_at
        assert leg.to_stop == following.from_stop
    if legs:
        assert (legs[-1].end_at if arrive else legs[0].begin_at) == WHEN
    ridden = [leg for leg in legs if leg.kind == "ride"]
    assert len(ridden) <= rides
    assert all(runs(network.timetable, leg) for leg in ridden)


@settings(deadline=None, max_examples=60)
@given(
    feeds(),
    SPOTS,
    SPOTS,
    st.sampled_from([1, 7, 12]),
    st.sampled_from([10, 50, 90]),
    st.sampled_from([3, 6]),
    st.booleans(),
)
def test_a_journey_a_table_and_a_card_tell_one_time(
    network, one, other, window, percentile, walk_min, arrive
):
    ride = Ride(
        WHEN,
        arrive=arrive,
        window_min=window,
        percentile=percentile,
        max_walk_min=walk_min,
    )
    ends = [
        gpd.GeoDataFrame(
            {"id": [name], "layer": ["x"], "accuracy_m": [0.0]},
            geometry=[Point(at(*place))],
            crs="EPSG:4326",
        )
        for name, place in (("one", one), ("other", other))
    ]
    travel = Travel(walk_kmh=SPEED_KMH)
    table = times(network, *ends, MINUTES, travel.riding(ride)).pairs["minutes"].tolist()
    found = transit_isochrone(
        network, at(*(other if arrive else one)), [MINUTES], travel.riding(ride)
    )
    card = found.times_ms(access_points(network, ends[0] if arrive else ends[1]))
    card = np.where(card <= MINUTES * 60_000, card, np.nan)
    try:
        told = itinerary(
            network, at(*one), at(*other), Travel(walk_kmh=SPEED_KMH).riding(ride), minutes=MINUTES
        )
    except AnalysisError:
        assert np.isnan(table).all()
        assert np.isnan(card).all()
        return
    assert card.tolist() == [round(told.minutes * 60_000)]
    assert table == [told.minutes]
