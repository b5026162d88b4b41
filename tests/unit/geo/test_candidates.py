"""Systems that numbers may be in, ranked; the right one first wherever numbers can say it."""

import numpy as np
import pytest

from sandbox.geo.candidates import candidates, zone_hint
from sandbox.geo.systems import System, system_named

NEAR = (106.1, 29.3, 106.7, 29.8)
CITY = np.random.default_rng(7).uniform((106.2, 29.4), (106.6, 29.7), (40, 2))


def ranked(said, near=NEAR, stated=None, at=CITY):
    xy = system_named(said).from_lonlat(at)
    found = candidates(xy, near, None if stated is None else system_named(stated))
    return [str(one.system) for one in found], found


@pytest.mark.parametrize(
    "said",
    [
        *("EPSG:4544", "EPSG:4545", "EPSG:4523", "EPSG:4524", "EPSG:4496", "EPSG:3857"),
        *("EPSG:4326", "EPSG:4544/yx", "EPSG:4545/yx", "EPSG:4523/yx", "EPSG:4326/yx"),
    ],
)
def test_the_right_one_comes_first(said):
    codes, found = ranked(said)
    assert codes[0] == said
    middle = np.median(CITY, axis=0)
    assert np.allclose(found[0].middle_lonlat, middle, atol=1e-6)
    assert found[0].away_km == 0


def test_the_zones_on_both_sides_of_the_boundary_are_told_by_where_they_lead():
    # A zone's numbers lead to another city in the other zone, 290 km away: never offered here.
    assert "EPSG:4545" not in ranked("EPSG:4544")[0]
    assert "EPSG:4544" not in ranked("EPSG:4545")[0]


def test_a_zone_of_six_degrees_round_the_same_meridian_is_the_same():
    assert ranked("EPSG:4507")[0] == ranked("EPSG:4544")[0]
    said = str(ranked("EPSG:4507")[1][0].reasons[0])
    assert "105° E" in said
    assert "3 or 6 degrees" in said


@pytest.mark.parametrize("said", ["EPSG:2380", "EPSG:2432", "EPSG:2359", "EPSG:2411"])
def test_older_datums_are_offered_after_and_named_as_inexact(said):
    codes, found = ranked(said)
    assert said in codes[1:]
    reasons = " ".join(map(str, found[codes.index(said)].reasons))
    assert "older datum" in reasons
    assert codes[0].startswith("EPSG:45")


def test_shifted_degrees_are_offered_and_say_whose_they_are():
    codes, found = ranked("EPSG:4326")
    assert codes == ["EPSG:4326", "gcj02", "bd09"]
    assert "Amap" in str(found[1].reasons[0])
    assert "Baidu" in str(found[2].reasons[0])


def test_what_the_file_states_comes_first_unless_its_numbers_lie_elsewhere():
    assert ranked("EPSG:4545", stated="EPSG:4545")[0][0] == "EPSG:4545"
    assert ranked("EPSG:2380", stated="EPSG:2380")[0][0] == "EPSG:2380"
    # Degrees called metres, and a number of the zone that the system has none of.
    assert ranked("EPSG:4326", stated="EPSG:4544")[0][0] == "EPSG:4326"
    assert ranked("EPSG:4523", stated="EPSG:4544")[0][0] == "EPSG:4523"
    # Northings first, in the system that is stated.
    assert ranked("EPSG:4544/yx", stated="EPSG:4544")[0][0] == "EPSG:4544/yx"


def test_without_an_area_every_zone_is_possible():
    codes = ranked("EPSG:4544", near=None)[0]
    assert len(codes) == 8
    assert all(4534 <= int(code[5:]) <= 4554 for code in codes)


def test_numbers_that_are_nowhere_have_no_candidates():
    assert candidates([(1e12, 1e12)], NEAR) == []
    assert candidates([(np.nan, 1.0)], NEAR) == []
    assert candidates(np.zeros((0, 2)), NEAR) == []


def test_a_zone_that_has_no_number_is_the_same_zone():
    plain = System("EPSG:4544").from_lonlat(CITY)
    assert zone_hint(plain, System("EPSG:4523")) == System("EPSG:4544")
    assert zone_hint(System("EPSG:4523").from_lonlat(CITY), System("EPSG:4523")) is None
    assert zone_hint(plain, System("EPSG:4544")) is None
