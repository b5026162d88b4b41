"""Buildings as values: their ground by hand, their file, and what a broken file says."""

from pathlib import Path

import numpy as np
import pytest
import shapely

from sandbox.errors import NetworkError
from sandbox.streets.footprints import (
    BuildingKind,
    Footprints,
    footprints_of,
    joined,
    read_footprints,
    write_footprints,
)

CRS = "EPSG:32648"


def two() -> Footprints:
    shapes = np.array([shapely.box(0, 0, 20, 10), shapely.Polygon([(50, 50), (80, 50), (50, 90)])])
    kind = np.array([BuildingKind.SLAB, BuildingKind.OFFICE], np.uint8)
    return footprints_of(CRS, shapes, np.array([18.0, 60.0]), kind)


def test_areas_and_boxes_are_those_of_the_shapes():
    made = two()
    # 20 by 10; half of 30 by 40.
    assert made.area_m2 == pytest.approx([200, 600])
    assert made.boxes.tolist() == [[0, 0, 20, 10], [50, 50, 80, 90]]
    assert made.near((18, 5, 30, 30)).tolist() == [0]
    assert shapely.area(made.polygons()) == pytest.approx([200, 600])


def test_outlines_of_some_are_closed_rings():
    xy, begins = two().outlines(np.array([1]))
    assert begins.tolist() == [0]
    assert xy[0].tolist() == xy[-1].tolist()
    assert len(xy) == 4


def test_some_are_kept_and_parts_are_joined():
    made = two()
    one, other = (made.kept(np.array(keep)) for keep in ([True, False], [False, True]))
    again = joined([one, other])
    assert again.corners.tolist() == made.corners.tolist()
    assert again.starts.tolist() == made.starts.tolist()
    assert again.height_m.tolist() == [18, 60]


def test_none_is_empty():
    none = footprints_of(CRS, np.empty(0, object), np.empty(0), np.empty(0, np.uint8))
    assert (len(none), none.boxes.shape, len(none.area_m2)) == (0, (0, 4), 0)


def test_a_file_brings_them_back_to_a_decimetre(tmp_path: Path):
    write_footprints(two(), tmp_path / "b.npz")
    back = read_footprints(tmp_path / "b.npz")
    assert back.crs == CRS
    assert back.corners == pytest.approx(two().corners, abs=0.05)
    assert back.height_m.tolist() == [18, 60]
    assert back.kind.tolist() == [BuildingKind.SLAB, BuildingKind.OFFICE]


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04broken"])
def test_a_broken_file_is_one_clear_error(tmp_path: Path, content):
    (tmp_path / "b.npz").write_bytes(content)
    with pytest.raises(NetworkError, match=r"b\.npz"):
        read_footprints(tmp_path / "b.npz")


def test_a_file_whose_counts_disagree_is_refused(tmp_path: Path):
    write_footprints(two(), tmp_path / "b.npz")
    with np.load(tmp_path / "b.npz") as held:
        told = dict(held)
    told["starts"] = told["starts"][:-1]
    np.savez(tmp_path / "b.npz", **told)
    with pytest.raises(NetworkError):
        read_footprints(tmp_path / "b.npz")
