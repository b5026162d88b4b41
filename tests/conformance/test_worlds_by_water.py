"""Small worlds by the water, and the right answers as they are derived by hand.

Written as text and asked as a user does, as those of `test_small_worlds`. On foot 6 km/h are
100 m a minute, by bike 15 km/h are 250, by car 0.9 of a limit of 60 km/h are 900.
"""

import json

import pytest

import sandbox
from tests.conformance.test_small_worlds import PACE, World, at, near, pbf, run, said

MOVES = {
    "walk": PACE,
    "bike": ("--mode", "bike", "--bike-kmh", "15", *PACE),
    "drive": ("--mode", "drive", *PACE),
}
SHORES = """
a -200 0
b 1000 0
c 3000 0
d 4200 0
a-b highway=residential maxspeed=60
c-d highway=residential maxspeed=60
"""
WEST, EAST = (-200, 0), (4200, 0)


@pytest.fixture
def world(tmp_path):
    def build(text):
        made = tmp_path / "water.sandnet"
        run("network", "build", pbf(tmp_path / "water.osm.pbf", text), "-o", made)
        return World(made)

    return build


# Ten minutes to cross, and ten to wait for what leaves each twenty.
TIMED = "b-c route=ferry duration=00:10 interval=00:20 bicycle=yes motor_vehicle=yes"


@pytest.mark.parametrize(
    ("mode", "ashore"),
    # 1,200 m on either side.
    [("walk", 24), ("bike", 9.6), ("drive", 2400 / 900)],
)
def test_a_ferry_takes_what_its_tags_say_in_every_mode(world, mode, ashore):
    made = world(SHORES + TIMED)
    for ends in ((WEST, EAST), (EAST, WEST)):
        assert made.minutes(*ends, *MOVES[mode]) == near(ashore + 10 + 10)
    more = {"mode": mode, "speed_kmh": 6} | ({"bike_kmh": 15} if mode == "bike" else {})
    assert made.table(WEST, EAST, **more) == near(ashore + 10 + 10)
    # From the landing itself: waiting and crossing, and no street.
    assert made.minutes((1000, 0), (3000, 0), *MOVES[mode]) == near(20)


@pytest.mark.parametrize(("mode", "ashore"), [("walk", 24), ("bike", 9.6)])
def test_a_ferry_without_times_goes_by_the_table(world, mode, ashore):
    # 2 km at 15 km/h, and ten minutes to wait.
    assert world(f"{SHORES}b-c route=ferry").minutes(WEST, EAST, *MOVES[mode]) == near(ashore + 18)


@pytest.mark.parametrize(
    ("tags", "rides"),
    [
        ("foot=no bicycle=yes motor_vehicle=yes", {"bike", "drive"}),
        ("motor_vehicle=no bicycle=no", {"walk"}),
        ("access=no", set()),
    ],
)
def test_who_may_not_ride_stays_ashore(world, tags, rides):
    made = world(f"{SHORES}b-c route=ferry duration=00:10 interval=00:20 {tags}")
    for mode, how in MOVES.items():
        if mode in rides:
            assert made.minutes(WEST, EAST, *how) is not None
        else:
            ends = ("--from", said(WEST), "--to", said(EAST))
            told = run("route", "--network", made.file, *ends, *how, code=2)
            assert "no route" in told.lower(), told
        # On its own shore everyone gets about.
        assert made.minutes(WEST, (500, 0), *how) is not None


def test_who_stays_aboard_waits_once_and_nobody_gets_off_on_the_water(world):
    two = "".join(
        f"\n{way} route=ferry name=Line duration=00:05 interval=00:20" for way in ("b-m", "m-c")
    )
    made = world(f"{SHORES}m 2000 0{two}")
    assert made.minutes(WEST, EAST, *PACE) == near(12 + 10 + 5 + 5 + 12)
    # The pier of another line on the way: who changes waits again.
    other = "\nn 2000 -900\nn-o highway=footway\no 2000 -2000\nm-n route=ferry duration=00:05"
    made = world(f"{SHORES}m 2000 0{two}{other} interval=00:20")
    assert made.minutes(WEST, (2000, -2000), *PACE) == near(12 + 10 + 5 + 10 + 5 + 11)
    said_no = run(
        *("route", "--network", made.file, "--from", said(WEST), "--to", said((2000, 0)), *PACE),
        code=2,
    )
    assert "900 m away" in said_no


def test_water_is_crossed_by_ferries_alone_and_ground_on_it_is_none(world, tmp_path):
    # At the ferry after 12 minutes, aboard after 22, on the other side after 32. Until then
    # ground is the shore and 50 m round it: 1200 * 100 + pi 50^2 m².
    made, out = world(SHORES + TIMED), tmp_path / "a.geojson"
    asked = ("--network", made.file, "--from", said(WEST), *PACE)
    run("isochrone", *asked, "--minutes", "31", "-o", out)
    (area,) = json.loads(out.read_text("utf-8"))["features"]
    assert area["properties"]["area_km2"] == pytest.approx(0.12 + 0.00785, rel=0.01)
    # Until 44 minutes all of the other shore too: two areas, and none between.
    run("isochrone", *asked, "--minutes", "44.5", "-o", out)
    (area,) = json.loads(out.read_text("utf-8"))["features"]
    assert area["geometry"]["type"] == "MultiPolygon"
    assert len(area["geometry"]["coordinates"]) == 2
    assert area["properties"]["area_km2"] == pytest.approx(2 * (0.12 + 0.00785), rel=0.01)


def test_a_shore_without_a_ferry_is_a_world_of_its_own(world):
    # An isle of 300 m of streets, 200 m off the shore, is left out; whoever is on it is not
    # moved over the water, however near the shore is.
    isle = "\ne 800 200\nf 1100 200\ne-f highway=residential name=Isle"
    made = world(SHORES + isle)
    asked = ("--network", made.file, "--from", said(WEST), *PACE)
    told = run("route", *asked, "--to", said((900, 195)), code=2)
    assert "Isle" in told
    net = sandbox.open_network(made.file)
    ends = {"isle": at(900, 195), "east": at(*EAST), "town": at(500, 0)}
    found = sandbox.travel_times(net, {"west": at(*WEST)}, ends, speed_kmh=6, minutes=240)
    rows = found.set_index("to_id")
    assert "Isle" in rows.loc["isle", "reason"]
    assert rows.loc[["isle", "east"], "minutes"].isna().all()
    assert rows.loc["town", "minutes"] == near(7)


@pytest.mark.parametrize(
    "ways",
    [
        "a-d route=ferry duration=00:10 interval=00:20",
        # A ring of them.
        "a-b route=ferry\nb-c route=ferry\nc-a route=ferry\nd-a route=ferry",
    ],
)
def test_a_map_of_ferries_alone_has_no_streets(tmp_path, ways):
    nodes = "\n".join(line for line in SHORES.splitlines() if "highway" not in line)
    file = pbf(tmp_path / "boats.osm.pbf", f"{nodes}\n{ways}")
    told = run("network", "build", file, "-o", tmp_path / "boats.sandnet", code=2)
    assert "no connected street" in told
    assert not (tmp_path / "boats.sandnet").exists()


def test_only_ferries_join_what_is_short(world):
    # Two landings of 300 m each, joined by a boat: together less than a kilometre, and all there
    # is. 3 + 10 + 10 + 3 minutes.
    made = world(
        "a 0 0\nb 300 0\nc 2300 0\nd 2600 0\na-b highway=footway\nc-d highway=footway\n"
        "b-c route=ferry duration=00:10 interval=00:20"
    )
    assert made.minutes((0, 0), (2600, 0), *PACE) == near(26)
