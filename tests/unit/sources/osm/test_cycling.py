"""The rules for bikes and cars; those for walking are held in `test_walking`."""

import pytest

from sandbox.sources.osm.barriers import BARRIERS_BIKE, PASSED_BY_CARS, lets_through
from sandbox.sources.osm.cycling import cycling
from sandbox.sources.osm.driving import driving
from sandbox.sources.osm.highways import HIGHWAYS
from sandbox.sources.osm.speed_limits import maxspeed_kmh
from sandbox.sources.osm.walking import walking
from sandbox.streets.modes import Access

# The columns bicycle and motorcar of the worldwide table on the wiki's page "OSM tags for
# routing/Access restrictions", typed anew.
WORLDWIDE = """
motorway no yes | trunk yes yes | primary yes yes | secondary yes yes | tertiary yes yes
unclassified yes yes | residential yes yes | living_street yes yes | road yes yes
path yes no | bridleway no no | cycleway yes no | footway no no | pedestrian no no
"""
NONE, AHEAD, BACK, BOTH = "none", "ahead", "back", "both"


def tagged(text):
    return dict(tag.split("=") for tag in text.split())


def ways_of(access, mode):
    bits = {
        "bike": (Access.BIKE_FORWARD, Access.BIKE_BACKWARD),
        "drive": (Access.DRIVE_FORWARD, Access.DRIVE_BACKWARD),
    }[mode]
    ahead, back = (bool(access & bit) for bit in bits)
    return {(False, False): NONE, (True, False): AHEAD, (False, True): BACK, (True, True): BOTH}[
        ahead, back
    ]


@pytest.mark.parametrize(
    ("highway", "bicycle", "motorcar"),
    [row.split() for row in WORLDWIDE.strip().replace("\n", "|").split("|")],
)
def test_defaults_are_those_of_the_wiki(highway, bicycle, motorcar):
    row = HIGHWAYS[highway]
    assert (row.bicycle, row.motorcar) == (bicycle == "yes", motorcar == "yes")
    assert bool(driving({"highway": highway})[0]) == (motorcar == "yes")
    ridden, _ = cycling({"highway": highway})
    assert bool(ridden and not ridden & Access.BIKE_PUSHED) == (bicycle == "yes")


@pytest.mark.parametrize(
    ("tags", "bike", "drive"),
    [
        ("highway=residential", BOTH, BOTH),
        ("highway=residential access=private", NONE, NONE),
        ("highway=residential vehicle=no", NONE, NONE),
        ("highway=residential vehicle=no bicycle=yes", BOTH, NONE),
        ("highway=residential motor_vehicle=no", BOTH, NONE),
        ("highway=residential motor_vehicle=no motorcar=yes", BOTH, BOTH),
        ("highway=residential motor_vehicle=yes motorcar=no", BOTH, NONE),
        ("highway=residential motor_vehicle=destination", BOTH, BOTH),
        ("highway=residential access=no vehicle=yes", BOTH, BOTH),
        ("highway=residential access=no motor_vehicle=permit", NONE, NONE),
        ("highway=residential foot=no", BOTH, BOTH),
        ("highway=residential bicycle=use_sidepath", NONE, BOTH),
        ("highway=service access=customers", BOTH, BOTH),
        ("highway=motorway", NONE, AHEAD),
        ("highway=motorway bicycle=yes", AHEAD, AHEAD),
        ("highway=motorway vehicle=yes", NONE, AHEAD),
        ("highway=trunk motorroad=yes", NONE, BOTH),
        ("highway=trunk motorroad=yes cycleway=track", BOTH, BOTH),
        ("highway=path motor_vehicle=yes", BOTH, BOTH),
        ("highway=path vehicle=yes", BOTH, NONE),
        ("highway=residential construction=yes", NONE, NONE),
        ("highway=construction construction=primary", NONE, NONE),
        ("highway=bus_guideway", NONE, NONE),
        ("highway=busway bicycle=yes", BOTH, NONE),
        ("route=ferry", BOTH, NONE),
        ("route=ferry motorcar=yes", BOTH, BOTH),
        ("route=ferry motor_vehicle=yes bicycle=no", NONE, BOTH),
        ("route=ferry motor_vehicle=no motorcar=yes", BOTH, BOTH),
        ("route=ferry ferry=secondary", BOTH, BOTH),
        ("route=ferry ferry=secondary motor_vehicle=no", BOTH, NONE),
        ("route=ferry ferry=express_boat", BOTH, NONE),
        ("route=ferry access=yes", BOTH, NONE),
        ("route=ferry motor_vehicle=yes oneway=yes", AHEAD, AHEAD),
    ],
)
def test_the_tag_for_fewer_goes_before_the_tag_for_more(tags, bike, drive):
    ridden, driven = cycling(tagged(tags))[0], driving(tagged(tags))[0]
    assert (ways_of(ridden, "bike"), ways_of(driven, "drive")) == (bike, drive)
    assert not ridden & Access.BIKE_PUSHED


@pytest.mark.parametrize(
    ("tags", "bike", "drive"),
    [
        ("oneway=yes", AHEAD, AHEAD),
        ("oneway=-1", BACK, BACK),
        ("oneway=reverse", BACK, BACK),
        ("oneway=no", BOTH, BOTH),
        ("oneway=alternating", BOTH, BOTH),
        ("oneway=reversible", NONE, NONE),
        ("oneway=yes oneway:bicycle=no", BOTH, AHEAD),
        ("oneway=-1 oneway:bicycle=no", BOTH, BACK),
        ("oneway:bicycle=yes", AHEAD, BOTH),
        ("oneway:motor_vehicle=yes", BOTH, AHEAD),
        ("oneway=yes oneway:motorcar=no", AHEAD, BOTH),
        ("oneway=yes cycleway=opposite", BOTH, AHEAD),
        ("oneway=yes cycleway=opposite_lane", BOTH, AHEAD),
        ("oneway=yes cycleway:left=opposite_track", BOTH, AHEAD),
        ("oneway=yes cycleway:left=lane cycleway:left:oneway=-1", BOTH, AHEAD),
        ("oneway=yes cycleway=lane", AHEAD, AHEAD),
        ("oneway=yes cycleway=opposite oneway:bicycle=yes", AHEAD, AHEAD),
        ("junction=roundabout", AHEAD, AHEAD),
        ("junction=circular", AHEAD, AHEAD),
        ("junction=roundabout oneway=no", BOTH, BOTH),
        ("junction=roundabout oneway=-1", BACK, BACK),
        ("vehicle:backward=no", AHEAD, AHEAD),
        ("motor_vehicle:backward=no", BOTH, AHEAD),
        ("motorcar:forward=no", BOTH, BACK),
        ("oneway=yes bicycle:backward=yes", BOTH, AHEAD),
        ("vehicle:backward=no bicycle:backward=yes", BOTH, AHEAD),
    ],
)
def test_one_way(tags, bike, drive):
    street = {"highway": "residential", **tagged(tags)}
    assert ways_of(cycling(street)[0], "bike") == bike
    assert ways_of(driving(street)[0], "drive") == drive
    assert walking(street)[0] == Access.WALK


@pytest.mark.parametrize(
    ("tags", "bike", "pushed"),
    [
        ("highway=footway", BOTH, True),
        ("highway=pedestrian", BOTH, True),
        ("highway=pedestrian vehicle=no", BOTH, True),
        ("highway=steps", BOTH, True),
        ("highway=steps bicycle=yes", BOTH, True),
        ("highway=steps conveying=forward", AHEAD, True),
        ("highway=footway bicycle=yes", BOTH, False),
        ("highway=footway bicycle=no", NONE, False),
        ("highway=steps bicycle=no", NONE, False),
        ("highway=footway access=private", NONE, False),
        ("highway=footway foot=no", NONE, False),
        ("highway=primary bicycle=dismount", BOTH, True),
        ("highway=primary bicycle=dismount oneway=yes", BOTH, True),
        ("highway=corridor", NONE, False),
        ("highway=cycleway oneway=yes", AHEAD, False),
    ],
)
def test_a_bike_is_pushed_where_people_walk_and_may_not_ride(tags, bike, pushed):
    access, _ = cycling(tagged(tags))
    assert (ways_of(access, "bike"), bool(access & Access.BIKE_PUSHED)) == (bike, pushed)


@pytest.mark.parametrize(
    ("tags", "bike", "drive"),
    [
        ("highway=crossing", True, True),
        ("barrier=bollard", True, False),
        ("barrier=bollard motor_vehicle=yes", True, True),
        ("barrier=gate", True, True),
        ("barrier=gate access=private", False, False),
        ("barrier=gate access=private bicycle=yes", True, False),
        ("barrier=gate vehicle=no", False, False),
        ("barrier=gate motor_vehicle=private", True, False),
        ("barrier=gate locked=yes", False, False),
        ("barrier=lift_gate foot=no", True, True),
        ("barrier=stile", False, False),
        ("barrier=turnstile bicycle=dismount", True, False),
        ("barrier=cycle_barrier", True, False),
        ("barrier=toll_booth", True, True),
        ("barrier=wall", False, False),
    ],
)
def test_barriers_on_nodes(tags, bike, drive):
    assert (lets_through(tagged(tags), "bike"), lets_through(tagged(tags), "drive")) == (
        bike,
        drive,
    )


def test_no_barrier_both_opens_and_closes():
    assert not BARRIERS_BIKE & PASSED_BY_CARS


@pytest.mark.parametrize(
    ("tags", "ahead", "back"),
    [
        ({}, 0, 0),
        ({"maxspeed": "50"}, 50, 50),
        ({"maxspeed": "30 mph"}, 48.28, 48.28),
        ({"maxspeed": "60 km/h"}, 60, 60),
        ({"maxspeed": "60", "maxspeed:forward": "40"}, 40, 60),
        ({"maxspeed:backward": "40"}, 0, 40),
        ({"maxspeed": "60; 40"}, 40, 40),
        ({"maxspeed": "80", "maxspeed:motorcar": "70"}, 70, 70),
        ({"maxspeed": "none"}, 0, 0),
        ({"maxspeed": "CN:urban"}, 50, 50),
        ({"maxspeed": "0"}, 0, 0),
        ({"maxspeed": "999"}, 0, 0),
        ({"maxspeed": "fünfzig"}, 0, 0),
        ({"maxspeed": "-50"}, 0, 0),
    ],
)
def test_speed_limits(tags, ahead, back):
    assert maxspeed_kmh(tags) == (ahead, back)
