"""Systems by the names that people type; zones; there and back to the millimetre."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS

from sandbox.geo import crs as geo
from sandbox.geo.systems import SERIES, System, located, series_of, system_named

CITY = np.array([(106.30, 29.50), (106.35, 29.65), (106.51, 29.55)])
SYSTEMS = [
    *("EPSG:4544", "EPSG:4545", "EPSG:4523", "EPSG:4524", "EPSG:4507", "EPSG:4496", "EPSG:3857"),
    *("EPSG:4490", "EPSG:32648", "EPSG:2380", "EPSG:2359", "EPSG:2432", "EPSG:2411", "gcj02"),
    *("bd09", "EPSG:4544/yx", "EPSG:4326/yx", "gcj02/yx"),
]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        *(("EPSG:4544", "EPSG:4544"), ("4544", "EPSG:4544"), ("epsg 4544", "EPSG:4544")),
        *(("gcj02", "gcj02"), ("GCJ-02", "gcj02"), ("火星坐标系", "gcj02"), ("高德", "gcj02")),
        *(("bd09", "bd09"), ("BD-09", "bd09"), ("百度", "bd09"), ("bd09ll", "bd09")),
        *(("WGS84", "EPSG:4326"), ("WGS 84", "EPSG:4326"), ("CGCS2000", "EPSG:4490")),
        *(("国家2000", "EPSG:4490"), ("web mercator", "EPSG:3857")),
    ],
)
def test_systems_are_known_by_usual_names(said, code):
    assert system_named(said) == System(code)
    assert system_named(f"{said}/yx") == System(code, swapped=True)


@pytest.mark.parametrize("said", ["", "nonsense", "EPSG:99999", "4", "EPSG:5703", "4544abc", "°"])
def test_what_is_no_system_of_places_is_none(said):
    assert system_named(said) is None


def test_well_known_text_is_a_system():
    wkt = CRS.from_epsg(4544).to_wkt("WKT1_ESRI")
    named = system_named(wkt)
    assert named is not None
    assert named.epsg in (0, 4544)
    assert np.allclose(named.from_lonlat(CITY), System("EPSG:4544").from_lonlat(CITY), atol=1e-3)


@pytest.mark.parametrize(
    "series", SERIES, ids=lambda one: f"{one.datum}-{one.width}-{one.numbered}"
)
def test_zones_have_the_codes_of_the_registry(series):
    for number in range(series.first, series.first + series.count):
        known = CRS.from_epsg(series.code_of(number))
        assert known.name.startswith(series.datum)
        assert ("3-degree" in known.name) == (series.width == 3)
        assert known.name.endswith(
            f"zone {number}" if series.numbered else f"CM {series.meridian(number)}E"
        )
        assert series_of(series.code_of(number)) is series
    assert series.code_of(series.first - 1) == series.code_of(series.first + series.count) == 0


@pytest.mark.parametrize("said", SYSTEMS)
@given(at=st.tuples(st.floats(105.0, 107.9), st.floats(28.0, 31.0)))
def test_there_and_back_is_exact_to_a_millimetre(said, at):
    system = system_named(said)
    back = system.to_lonlat(system.from_lonlat([at]))
    assert geo.length_m(back, [at])[0] < 0.001


def test_eastings_of_two_zones_may_stand_in_one_file():
    west, east = System("EPSG:4523"), System("EPSG:4524")
    xy = np.concatenate([west.from_lonlat(CITY[:2]), east.from_lonlat(CITY[2:])])
    lonlat, inside = located(xy, west)
    assert inside.all()
    assert (geo.length_m(lonlat, CITY) < 0.001).all()


def test_what_lies_far_off_a_region_is_marked():
    xy = System("EPSG:4544").from_lonlat(CITY)
    lonlat, inside = located([*xy, (1e9, 1e9), (np.nan, 0.0), (106.3, 29.5)], System("EPSG:4544"))
    # Degrees called metres lie within the zone, in the sea at the equator.
    assert inside.tolist() == [True, True, True, False, False, False]
    assert lonlat.shape == (6, 2)


def test_older_datums_are_named_as_inexact():
    inexact = {
        code: system_named(code).inexact_m
        for code in ("EPSG:4544", "EPSG:2380", "EPSG:2432", "EPSG:4610", "EPSG:4214", "gcj02")
    }
    assert inexact == {
        **{"EPSG:4544": 0.0, "EPSG:2380": 50.0, "EPSG:2432": 100.0},
        **{"EPSG:4610": 50.0, "EPSG:4214": 100.0, "gcj02": 0.0},
    }
