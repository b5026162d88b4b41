"""Speed limits by their tags, and whether a zone says that a street lies in a town."""

import pytest

from sandbox.sources.osm.speed_limits import Limits, limits


@pytest.mark.parametrize(
    ("value", "kmh"),
    [
        ("50", 50),
        ("6.875 mph", 11.06),
        ("6,5", 6.5),
        ("6,875 mph", 11.06),
        ("30mph", 48.28),
        ("30 MPH", 48.28),
        ("60 km/h", 60),
        ("60kmh", 60),
        ("10 knots", 18.52),
        ("walk", 7),
        ("RO:urban", 50),
        ("RO:rural", 90),
        ("CN:urban", 50),
        ("CN:motorway", 120),
        ("DE:living_street", 7),
        ("BE-BRU:urban", 30),
        ("BE-WAL:urban", 50),
        ("DE:zone:30", 30),
        ("DE:zone30", 30),
        ("zone:30", 30),
        ("GB:zone:20", 32.19),
        ("GB:nsl_single", 96.56),
        ("60; 40", 40),
        ("120;none", 120),
        ("50;fünfzig", 50),
        # Words for no limit, and for limits that stand elsewhere.
        *((word, 0) for word in ("none", "signals", "variable", "implicit", "DE:motorway")),
        # No country of the table: the zone says only where the street lies.
        ("XX:urban", 0),
    ],
)
def test_a_limit_is_understood(value, kmh):
    found = limits({"maxspeed": value})
    assert found[:2] == (kmh, kmh)
    assert found.strange == ""


@pytest.mark.parametrize(
    "value", ["fünfzig", "-50", "0", "999", "50,30", "1e2", "30 furlongs", "٣٠", "50 mph 30"]
)
def test_a_limit_that_is_not_understood_is_none_and_told(value):
    assert limits({"maxspeed": value}) == Limits(0, 0, None, f"maxspeed={value}")


def test_the_key_for_fewer_and_for_one_direction_goes_first():
    tags = {
        "maxspeed": "80",
        "maxspeed:motorcar": "70",
        "maxspeed:backward": "60",
        "maxspeed:motor_vehicle:forward": "50",
        "maxspeed:hgv": "20",
        "maxspeed:lanes": "10|10",
        "maxspeed:conditional": "30 @ (22:00-06:00)",
    }
    assert limits(tags)[:2] == (50, 60)


@pytest.mark.parametrize("key", ["maxspeed:type", "source:maxspeed", "zone:maxspeed"])
def test_a_zone_stands_in_for_a_limit_that_is_not_given(key):
    assert limits({key: "DE:rural"}) == Limits(100, 100, False, "")
    assert limits({key: "DE:zone:30"}) == Limits(30, 30, True, "")
    assert limits({key: "DE:rural", "maxspeed": "70"}) == Limits(70, 70, False, "")
    assert limits({key: "DE:rural", "maxspeed": "none"}) == Limits(0, 0, False, "")
    # A source is also who looked, or a figure of no zone.
    for said in ("sign", "survey", "25", "local knowledge"):
        assert limits({key: said}) == Limits(0, 0, None, "")


def test_where_a_street_lies_is_told_by_its_zone():
    assert limits({"zone:traffic": "DE:urban"}).built_up is True
    assert limits({"maxspeed": "GB:nsl_dual"}).built_up is False
    assert limits({"maxspeed": "DE:motorway"}).built_up is None
    assert limits({"maxspeed": "50"}).built_up is None
