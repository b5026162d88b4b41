"""Walks round stops after edits of the streets: the same, whether kept or walked anew."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shapely import LineString, box
from shapely.affinity import translate

from sandbox.edits.street_edits import StreetEdit, StreetEdits, apply
from sandbox.engine.snap import ANYWHERE
from sandbox.errors import NetworkError
from sandbox.geo import shapes
from sandbox.streets.travel import Travel
from sandbox.transit import links
from sandbox.transit.stop_access import doors as made_doors
from sandbox.transit.stop_access import tied_again
from sandbox.units import NEVER_MS
from tests.support.real import helsinki, helsinki_as_built
from tests.support.worlds import CRS, METRE_A_SECOND_KMH, at, world

SNAP_M = 200.0
LIMIT_MS = 8 * 60_000
NEVER = NEVER_MS // 1000
FIELDS = (
    "begin_offsets", "begin_node", "node_offsets", "node_stop", "node_ms", "node_walk_ms",
    "foot_from", "foot_to", "foot_ms",
)  # fmt: skip


def stops(seed, count=60, doors=2):
    """Return stops of some doors each somewhere in the city, and who has which door."""
    west, south, east, north = helsinki().streets.bounds
    draw = np.random.default_rng(seed)
    middle = draw.uniform((west, south), (east, north), (count, 1, 2))
    xy = (middle + draw.uniform(-120, 120, (count, doors, 2))).reshape(-1, 2)
    return xy, np.repeat(np.arange(count, dtype=np.int32), doors)


def doors(at, stop, which=None):
    platform_ms = (np.arange(len(stop), dtype=np.int32) % 7) * 1000
    which = np.arange(len(stop)) if which is None else which
    return made_doors(int(stop[-1]) + 1, stop[which], at, platform_ms[which])


@st.composite
def street_edits(draw):
    west, south, east, north = helsinki().streets.bounds
    kind = draw(st.sampled_from(["closed", "avoid", "slow", "path", "footbridge"]))
    x = west + draw(st.floats(0.05, 0.95)) * (east - west)
    y = south + draw(st.floats(0.05, 0.95)) * (north - south)
    dx, dy = draw(st.floats(20, 500)), draw(st.floats(20, 500))
    areal = kind in ("avoid", "slow")
    made = box(x, y, x + dx, y + dy) if areal else LineString([(x, y), (x + dx, y + dy)])
    shape = shapes.to_lonlat(made, helsinki().crs)
    return StreetEdit(kind, shape, time_factor=2.5 if kind == "slow" else 1.0)


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 1000),
    st.lists(street_edits(), min_size=1, max_size=3),
    st.sampled_from([Travel(), Travel(towards=True)]),
    st.sampled_from([helsinki, helsinki_as_built]),
)
@example(0, [], Travel(), helsinki)
def test_kept_walks_are_those_that_would_be_walked(seed, edits, travel, city):
    """Also where private drives are no way through, whose copies have other numbers then."""
    try:
        edited = apply(city(), StreetEdits(tuple(edits)))
    except NetworkError:  # an edit that means no street
        return
    xy, stop = stops(seed)
    at = city().snap_all(xy, SNAP_M, structures=ANYWHERE)
    after, which = tied_again(edited, at)
    old_graph, graph = city().moving(travel), edited.moving(travel)
    old_places, places = doors(at, stop), doors(after, stop, which)
    old = links.links(old_graph, old_places, LIMIT_MS)
    kept = links.links_again(graph, places, LIMIT_MS, before=(old_graph, old_places, old))
    anew = links.links(graph, places, LIMIT_MS)
    for field in FIELDS:
        np.testing.assert_array_equal(getattr(kept, field), getattr(anew, field), field)


def drawn(shape_m):
    return shapes.to_lonlat(translate(shape_m, *at(0, 0)), CRS)


# Two streets of 1 km side by side, 60 m apart, that meet at their far end; a metre a second.
TWIN = world([(0, 0), (1000, 0), (1000, 60), (0, 60)], [(0, 1), (1, 2), (2, 3)])
STROLL = Travel(walk_kmh=METRE_A_SECOND_KMH)


@pytest.mark.parametrize(
    ("edit", "places_xy", "metres"),
    [
        # The street of both is closed, and neither has a door any more.
        (
            StreetEdit("closed", drawn(LineString([(500, -9), (500, 9)]))),
            [(400, 0), (500, 0)],
            [100, NEVER],
        ),
        # Both are on one street, whose ends are beyond their walks; it takes twice as long.
        (
            StreetEdit(
                "slow", shapes.to_lonlat(box(*at(-9, -9), *at(1009, 9)), CRS), time_factor=2
            ),
            [(480, 0), (520, 0)],
            [40, 80],
        ),
    ],
)
def test_whom_a_change_meets_between_crossings_walks_again(edit, places_xy, metres):
    edited = apply(TWIN, StreetEdits((edit,)))
    xy, stop = np.array([at(*place) for place in places_xy]), np.array([0, 1], dtype=np.int32)
    known, found = None, []
    tied = TWIN.snap_all(xy, 100)
    for network, met in ((TWIN, tied), (edited, tied_again(edited, tied)[0])):
        graph, places = network.moving(STROLL), made_doors(2, stop, met, np.zeros(2, np.int32))
        if known is None:
            known = graph, places, links.links(graph, places, 300_000)
            walks = known[2]
        else:
            walks = links.links_again(graph, places, 300_000, before=known)
        walked = dict(zip(walks.foot_from.tolist(), walks.foot_ms.tolist(), strict=True))
        found.append([walked.get(one, NEVER * 1000) / 1000 for one in (0, 1)])
    assert found == [pytest.approx([one] * 2, abs=0.02) for one in metres]


def test_far_from_an_edit_nobody_walks_again(monkeypatch):
    west, south, *_ = helsinki().streets.bounds
    corner = shapes.to_lonlat(box(west, south, west + 150, south + 150), helsinki().crs)
    edited = apply(helsinki(), StreetEdits((StreetEdit("avoid", corner),)))
    xy, stop = stops(1)
    places = doors(helsinki().snap_all(xy, SNAP_M), stop)
    old_graph, graph = helsinki().moving(Travel()), edited.moving(Travel())
    old = links.links(old_graph, places, LIMIT_MS)
    walked = []
    full = links.links

    def watched(*arguments, rows=None):
        walked.append(rows)
        return full(*arguments, rows=rows)

    monkeypatch.setattr(links, "links", watched)
    links.links_again(graph, places, LIMIT_MS, before=(old_graph, places, old))
    (rows,) = walked
    assert rows is not None
    # The corner is reached within 8 minutes, 640 m, from its neighbourhood only.
    away_m = np.hypot(*(xy - (west + 75, south + 75)).T).reshape(-1, 2).min(axis=1)
    assert set(places.stop[rows].tolist()) <= set(np.flatnonzero(away_m < 640 + 2 * 106).tolist())
