import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, shape

from sandbox.export.page import geometry
from sandbox.export.page.geometry import feature, geojson, street_lines
from sandbox.streets.streets import StreetClass
from tests.support.atlas import at, streets


def test_coordinates_are_rounded_to_a_metre_and_repeated_points_go():
    line = LineString([(106.1234567, 29.7654321), (106.1234568, 29.7654322), (106.2, 29.8)])
    assert geojson(line) == {
        "type": "LineString",
        "coordinates": [[106.12346, 29.76543], [106.2, 29.8]],
    }


def test_a_ring_stays_closed_and_keeps_its_holes():
    outer = Point(106, 29).buffer(0.01)
    hole = Point(106, 29).buffer(0.004)
    made = shape(geojson(MultiPolygon([Polygon(outer.exterior, [hole.exterior])])))
    assert made.is_valid
    assert shapely.symmetric_difference(made, outer.difference(hole)).area < 1e-6
    assert len(made.geoms[0].interiors) == 1


def test_a_ring_smaller_than_the_rounding_is_still_a_ring():
    speck = Polygon([(0, 0), (1e-7, 0), (0, 1e-7)])
    assert len(geojson(speck)["coordinates"][0]) == 4


def test_a_feature_says_its_properties():
    made = feature(Point(106.5, 29.5), {"zh": "湖", "facts": [("a", {"zh": "b"})]})
    assert made["properties"] == {"zh": "湖", "facts": [("a", {"zh": "b"})]}
    assert made["geometry"] == {"type": "Point", "coordinates": [106.5, 29.5]}


def test_streets_come_in_long_lines_that_add_up_to_all_of_them():
    network = streets(blocks=8)
    lines, within_m = street_lines(network.streets, at(0, 0))
    assert within_m is None
    assert {kind for kind, _ in lines} == {
        StreetClass.LOCAL,
        StreetClass.COLLECTOR,
        StreetClass.ARTERIAL,
    }
    xy = network.streets.node_xy[network.streets.segment_nodes]
    whole = np.hypot(*(xy[:, 0] - xy[:, 1]).T).sum()
    drawn = sum(line.length for line in lines.values())
    degrees_per_metre = drawn / whole
    # A degree is 111 km to the north and 97 km to the east here.
    assert 1 / 111_400 < degrees_per_metre < 1 / 96_000
    # Nine each way; at two corners of the rim a street turns into one of its own class.
    assert sum(len(line.geoms) for line in lines.values()) == 18 - 2


def test_of_a_network_too_large_for_a_page_the_nearest_streets_stay(monkeypatch):
    monkeypatch.setattr(geometry, "_MOST_SEGMENTS", 40)
    lines, within_m = street_lines(streets(blocks=8).streets, at(0, 0))
    assert within_m == pytest.approx(330, abs=60)
    farthest = max(
        shapely.hausdorff_distance(line, Point(at(0, 0))) * 111_000 for line in lines.values()
    )
    assert farthest < 480
