"""GCJ-02 and BD-09 against published pairs, and back to less than a millimetre."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.geo import crs as geo
from sandbox.geo.shifted import CHINA, from_bd09, from_gcj02, to_bd09, to_gcj02

# Pairs that libraries for these systems publish as their tests' values (longitude, latitude):
# three of WGS 84 and GCJ-02 in Shanghai, Shenzhen and Beijing, one more in Beijing, given to six
# decimals and more by programs with one or the other axis of the ellipsoid.
PAIRS = [
    ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
    ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
    ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
    ((116.404, 39.915), (116.41024449916938, 39.91640428150164)),
    ((121.0917077, 30.6107779), (121.09626935575027, 30.608604331756705)),
]
CITY = (106.305, 29.612)
china = st.tuples(
    st.floats(CHINA[0] + 0.1, CHINA[2] - 0.1), st.floats(CHINA[1] + 0.1, CHINA[3] - 0.1)
)


def metres(one, other):
    return float(geo.length_m(one, other)[0])


@pytest.mark.parametrize(("wgs84", "gcj02"), PAIRS)
def test_published_pairs(wgs84, gcj02):
    assert metres(to_gcj02(wgs84), gcj02) < 0.1
    assert metres(from_gcj02(gcj02), wgs84) < 0.1


def test_published_pair_of_baidu():
    # (116.404, 39.915) of GCJ-02 is published as this in BD-09.
    gcj02, bd09 = (116.404, 39.915), (116.41036949371029, 39.92133699351021)
    assert metres(to_bd09(from_gcj02(gcj02)), bd09) < 0.001
    assert metres(from_bd09(bd09), from_gcj02(gcj02)) < 0.001
    # And a point of WGS 84 near Shanghai, given in all three.
    assert metres(to_bd09((121.0917077, 30.6107779)), (121.10271732371203, 30.61484572185035)) < 0.1


def test_at_university_town_gcj02_is_off_by_nearly_half_a_kilometre():
    east, north = to_gcj02(CITY) - np.array(CITY)
    assert (round(east, 4), round(north, 4)) == (0.0038, -0.0026)
    assert metres(CITY, to_gcj02(CITY)) == pytest.approx(473, abs=3)


@given(china)
def test_back_is_exact(at):
    for there, back in ((to_gcj02, from_gcj02), (to_bd09, from_bd09)):
        assert metres(back(there(at)), at) < 0.001
        assert metres(there(back(at)), at) < 0.001


def test_nothing_is_moved_outside_china_and_nothing_is_made_of_no_number():
    porto = (-51.2, -30.0)
    for way in (to_gcj02, from_gcj02, to_bd09, from_bd09):
        assert way(porto).tolist() == list(porto)
        assert np.isnan(way((np.nan, 29.5))).any()
    many = np.array([CITY, porto, (np.nan, np.nan)])
    assert to_gcj02(many)[1].tolist() == list(porto)
    assert to_gcj02(many)[0].tolist() == to_gcj02(CITY).tolist()
