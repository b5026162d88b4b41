from itertools import pairwise
from types import SimpleNamespace

import folium
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from sandbox.draw.theme import theme
from sandbox.engine.search import NEVER_MS
from sandbox.export.page import answers
from sandbox.export.page.answers import passed_between
from tests.support.answered import reach_state
from tests.support.atlas import small_atlas


def street(first_ms, last_ms, cost_ms=100_000):
    """Return one street of 100 m to the east, its ends passed at these times."""
    return SimpleNamespace(
        ms=np.array([[first_ms, last_ms]], dtype=np.int32),
        cost_ms=np.array([[cost_ms, cost_ms]], dtype=np.int32),
        ends_xy=np.array([[0.0, 0.0, 100.0, 0.0]]),
    )


def spans(reached, from_s, to_s):
    found = passed_between(reached, from_s * 1000, to_s * 1000)
    return sorted(sorted(piece[:, 0].round(3).tolist()) for piece in found)


def test_a_street_passed_from_one_end_is_lit_as_far_as_one_gets():
    assert spans(street(0, NEVER_MS), 0, 30) == [[0, 30]]
    assert spans(street(0, NEVER_MS), 30, 50) == [[30, 50]]
    assert spans(street(20_000, NEVER_MS), 0, 30) == [[0, 10]]
    assert spans(street(20_000, NEVER_MS), 0, 20) == []
    assert spans(street(NEVER_MS, 0), 0, 30) == [[70, 100]]


def test_a_street_passed_from_both_ends_is_lit_until_they_meet():
    # From the west at 0 s, from the east at 20 s: they meet 60 m on, after 60 s.
    assert spans(street(0, 20_000), 0, 30) == [[0, 30], [90, 100]]
    assert spans(street(0, 20_000), 30, 70) == [[30, 60], [60, 90]]
    assert spans(street(0, 20_000), 60, 90) == []


@given(
    st.integers(0, 200_000), st.integers(0, 200_000), st.lists(st.integers(1, 400_000), min_size=1)
)
def test_pieces_of_all_bands_make_up_the_street(first, last, cuts):
    last = min(last, first + 100_000)
    first = min(first, last + 100_000)
    times = [0, *sorted(set(cuts)), 500_000]
    pieces = [passed_between(street(first, last), a, b) for a, b in pairwise(times)]
    every = np.concatenate(pieces)
    assert np.abs(every[:, 1, 0] - every[:, 0, 0]).sum() == pytest.approx(100.0, abs=0.01)


def test_rings_do_not_overlap_and_make_up_the_largest_area():
    isochrone = reach_state(small_atlas()).answers.reach_answer.isochrone
    page_map = folium.Map(tiles=None)
    group = answers.add_reach(page_map, isochrone, 1.0, theme("light"))
    panes = {child.options["pane"]: child.data for child in group._children.values()}
    rings = [
        shapely.geometry.shape(one["geometry"]).buffer(0) for one in panes["bands"]["features"]
    ]
    whole = answers.lonlat_shape(isochrone.areas[-1], isochrone.crs)
    total = sum(ring.area for ring in rings)
    assert total == pytest.approx(whole.area, rel=2e-3)
    assert shapely.union_all(rings).area == pytest.approx(total, rel=2e-3)
    told = [one["properties"].get("area_km2") for one in panes["outlines"]["features"]]
    assert [km2 for km2 in told if km2] == [round(km2, 6) for km2 in isochrone.areas_km2]


def test_minutes_stand_on_their_contour():
    isochrone = reach_state(small_atlas()).answers.reach_answer.isochrone
    for tag, area in zip(answers.tags(isochrone, theme("light")), isochrone.areas, strict=True):
        outline = answers.lonlat_shape(area, isochrone.crs).boundary
        assert len(tag.spots_lonlat) >= 20
        assert shapely.distance(outline, shapely.points(tag.spots_lonlat)).max() < 1e-9
