import numpy as np

from sandbox.sources.schematic.subdivision import OUTLINE, Edge, Subdivision
from sandbox.sources.schematic.trace import crosses, depths, first_hit, leaves_well

STREET = Edge(3)


def square(side: float = 100.0) -> Subdivision:
    xy = np.array([[0, 0], [side, 0], [side, side], [0, side]], dtype=float)
    ends = np.array([[0, 1], [1, 2], [2, 3], [3, 0]])
    return Subdivision(xy, ends, [STREET] * 4)


def area(plane: Subdivision, face: int) -> float:
    x, y = plane.ring_xy(face).T
    return float(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2


def test_a_square_has_one_face_and_the_ground_around_it_is_none():
    plane = square()
    (face,) = plane.faces()
    assert area(plane, face) == 100.0 * 100.0
    assert len(plane.rings) == 2


def test_a_street_across_a_square_makes_two_faces_that_share_it():
    plane = square()
    (face,) = plane.faces()
    edges = [plane.rings[face].index(0), plane.rings[face].index(2)]
    ends = [(None, np.array([40.0, 0.0])), (None, np.array([40.0, 100.0]))]
    places = plane.places(face, (edges[0], edges[1]), ends)
    parts = plane.split(face, *places, np.empty((0, 2)), STREET)
    assert sorted(area(plane, part) for part in parts) == [4000.0, 6000.0]
    assert sorted(plane.faces()) == sorted(parts)
    assert len(plane.edges) == 4 + 2 + 1


def test_a_corner_put_on_an_edge_stands_in_the_rings_of_both_its_faces():
    plane = square()
    (face,) = plane.faces()
    before = {f: len(ring) for f, ring in plane.rings.items()}
    place = plane.insert(face, 0, (50.0, 0.0))
    corner = plane.rings[face][place]
    assert plane.degree(corner) == 2
    assert all(len(ring) == before[f] + 1 and corner in ring for f, ring in plane.rings.items())


def test_a_dead_end_keeps_its_face_whole():
    plane = square()
    (face,) = plane.faces()
    at = plane.insert(face, plane.rings[face].index(0), (50.0, 0.0))
    assert tuple(plane.ring_xy(face)[at]) == (50.0, 0.0)
    assert plane.spur(face, at, np.array([[50.0, 30.0], [50.0, 60.0]]), STREET) == face
    assert area(plane, face) == 100.0 * 100.0
    assert len(plane.rings[face]) == 5 + 4


def test_a_street_may_leave_both_sides_of_a_dead_end():
    # A dead end up the middle, then a street from its tip to the far side: the corner at
    # the foot stands twice in the ring, and the faces left and right come out equal.
    plane = square()
    (face,) = plane.faces()
    at = plane.insert(face, plane.rings[face].index(0), (50.0, 0.0))
    plane.spur(face, at, np.array([[50.0, 60.0]]), STREET)
    ring = plane.rings[face]
    tip = next(i for i in range(len(ring)) if ring[i - 1] == ring[(i + 1) % len(ring)])
    side = ring.index(2)
    places = plane.places(face, (side, tip), [(None, np.array([50.0, 100.0])), (tip, np.zeros(2))])
    parts = plane.split(face, *places, np.empty((0, 2)), STREET)
    assert [area(plane, part) for part in parts] == [5000.0, 5000.0]


def test_depth_counts_streets_only_and_sees_every_edge():
    ring = np.array([[0, 0], [100, 0], [100, 40], [0, 40]], dtype=float)
    streets = np.array([1.0, 0.0, 0.0, 0.0])
    inside = depths(ring, streets, 2.0)
    assert len(inside) == 50 * 20
    # By hand: of places 1, 3, … 39 m above the street the furthest is 39 m away.
    assert inside[:, 2].max() == 39.0
    assert inside[:, 3].max() == 19.0


def test_a_way_meets_the_ring_where_it_should():
    ring = np.array([[0, 0], [100, 0], [100, 100], [0, 100]], dtype=float)
    step, edge, part = first_hit(np.array([[50.0, 50.0], [80.0, 50.0], [130.0, 50.0]]), ring)
    assert (step, edge, part) == (1, 1, 0.5)
    assert first_hit(np.array([[50.0, 50.0], [60.0, 50.0]]), ring)[0] == -1


def test_a_way_across_a_notch_crosses_the_ring():
    ring = np.array([[0, 0], [100, 0], [100, 100], [50, 20], [0, 100]], dtype=float)
    assert crosses(np.array([[0.0, 80.0], [100.0, 80.0]]), ring)
    assert not crosses(np.array([[0.0, 10.0], [100.0, 10.0]]), ring)


def test_a_street_sets_out_into_its_face_and_not_along_an_edge():
    ring = np.array([[0, 0], [100, 0], [100, 100], [0, 100]], dtype=float)
    up, down, flat = ([50.0, 60.0], [50.0, -60.0], [100.0, 5.0])
    start = [50.0, 0.0]
    assert leaves_well(np.array([start, up]), ring, 0, None)
    assert not leaves_well(np.array([start, down]), ring, 0, None)
    assert not leaves_well(np.array([start, flat]), ring, 0, None)
    assert leaves_well(np.array([[0.0, 0.0], [50.0, 50.0]]), ring, 0, 0)
    assert not leaves_well(np.array([[0.0, 0.0], [-50.0, 50.0]]), ring, 0, 0)


def test_an_outline_is_no_street():
    plane = Subdivision(
        np.array([[0, 0], [10, 0], [0, 10]], dtype=float),
        np.array([[0, 1], [1, 2], [2, 0]]),
        [STREET, Edge(OUTLINE), STREET],
    )
    (face,) = plane.faces()
    kinds = sorted(edge.street_class for edge in plane.ring_edges(face))
    assert kinds == [OUTLINE, 3, 3]
