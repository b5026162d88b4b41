"""One pair of places has one travel time in the whole program, whichever room is asked.

Over every shipped layer that holds places: an area and a point of each are asked from all, by
the window's list, its card, the command line's functions, tables, comparison, commute, circles,
kiosk and page, in every mode, from and to, on edited streets and with a scenario.
"""

import json
import re
from dataclasses import replace
from datetime import datetime

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from shapely import LineString, Point
from shapely.geometry import mapping

import sandbox
from sandbox.analysis.commute import Peak, commute
from sandbox.analysis.coverage import coverage
from sandbox.analysis.isochrone import cutoff_ms
from sandbox.analysis.itinerary import itinerary
from sandbox.analysis.origins import reach
from sandbox.analysis.places.access import access_points
from sandbox.analysis.route import route
from sandbox.analysis.searched import Way, reached_by
from sandbox.analysis.times import times
from sandbox.analysis.within_reach import within_reach
from sandbox.app import moving, places
from sandbox.app.answering import answer
from sandbox.app.answers.comparing import compare_questions
from sandbox.app.answers.nearest import NearestQuestion
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job
from sandbox.app.kiosk.answer_card import answer_blocks, whole
from sandbox.app.kiosk.blocks import Row
from sandbox.app.kiosk.scenes.facts import frame_of, minutes_between
from sandbox.app.kiosk.show import ShowState
from sandbox.app.questions import JourneyQuestion, ReachAnswer, ReachQuestion, Selected
from sandbox.app.street_edits import edited
from sandbox.catalog.folder import load_all
from sandbox.catalog.scenarios import read as read_scenario
from sandbox.catalog.scenes import load_scenes
from sandbox.catalog.search import search_index
from sandbox.cli import sandbox as command
from sandbox.edits.line_edits import apply
from sandbox.edits.street_edits import StreetEdit, StreetEdits
from sandbox.engine.network import Network
from sandbox.export.page import panel
from sandbox.export.page.features import key
from sandbox.export.page.html import page_html
from sandbox.geo import crs as geo
from sandbox.geo.crs import WGS84
from sandbox.streets.travel import Ride, Travel
from sandbox.words import Bilingual
from tests.support.atlas import small_state

MINUTES = 30.0
# Every minute, as commands ask.
RIDE = Ride(datetime(2026, 11, 23, 8, 0), window_min=3, draws=2)
SCENARIO = read_scenario("today", load_all())
MODES = ("walk", "bike", "drive", "transit")
MS = 60_000.0
NOBODY = Bilingual("", "")


@pytest.fixture(scope="module")
def atlas():
    """The shipped map with an area and a point of each layer of places, and both if it has them."""
    kept = {}
    for name, layer in load_all().items():
        features = layer.features
        if places.is_place_layer(layer):
            area = features.geom_type.isin(["Polygon", "MultiPolygon"])
            point = features.geom_type == "Point"
            chosen = [*features.index[area][:1], *features.index[point][:1]]
            kept[name] = replace(layer, features=gpd.GeoDataFrame(features.loc[chosen]))
        elif layer.features is None:
            kept[name] = layer
    return Atlas(kept, Network.open())


@pytest.fixture(scope="module")
def frame(atlas):
    """All of its places as a table, ids as the layer and the feature."""
    every = places.all_places(atlas.layers)
    ids = [f"{a}/{b}" for a, b in zip(every["layer"], every["id"], strict=True)]
    return gpd.GeoDataFrame(every.assign(id=ids), geometry="geometry", crs=WGS84)


def selected(name):
    layer, identity = name.split("/", 1)
    return Selected(layer, identity)


def question(atlas, name, mode, towards=False):
    place = places.place(atlas.layers, selected(name))
    asked = ReachQuestion(place.lonlat, place=place.where)
    if mode == "transit":
        asked = replace(asked, travel=asked.travel.riding(RIDE), scenario=SCENARIO)
    else:
        asked = moving.by_mode(asked, mode, atlas)
    travel = replace(asked.travel, towards=towards)
    return replace(asked, minutes=(MINUTES,), travel=travel)


def listed(atlas, asked):
    """Return what the window's list says, milliseconds by place."""
    found, _ = moving.ask(atlas, asked)
    rows = within_reach(found, places.tied_for(atlas, asked))
    return {f"{one.layer}/{one.id}": one.minutes * MS for one in rows}


def tabled(atlas, frame, mode, towards=False, edits=None):
    """Return what a table of times says, milliseconds by pair; NaN beyond the time."""
    network = edited(atlas, edits).network if edits else atlas.network
    supply = apply(SCENARIO).supply if mode == "transit" else None
    travel = Travel(mode, ride=replace(RIDE, arrive=towards))
    rows = times(network, frame, frame, MINUTES, travel, supply=supply).pairs
    pairs = zip(rows["from_id"], rows["to_id"], rows["minutes"] * MS, strict=True)
    return {(a, b): ms for a, b, ms in pairs}


def said(*arguments):
    result = CliRunner().invoke(command, ["--lang", "en", *arguments])
    assert result.exception is None, result.output
    return json.loads(result.output)


def beside_a_street(network, mode):
    """Return a point 50 to 90 m from its street, and a table of it alone."""
    west, south, east, north = network.streets.bounds
    x, y = np.meshgrid(np.linspace(west, east, 100), np.linspace(south, north, 100))
    xy = np.column_stack([x.ravel(), y.ravel()])
    far_m = network.snap_all(xy, 90.0, mode).distance_m
    there = geo.to_lonlat(tuple(xy[np.flatnonzero((far_m > 50) & (far_m <= 90))[0]]), network.crs)
    there = tuple(map(float, there))
    return there, gpd.GeoDataFrame({"id": ["it"]}, geometry=[Point(there)], crs=WGS84)


def test_every_layer_of_areas_and_of_points_is_asked(frame):
    areas = frame[frame.geom_type != "Point"]["layer"]
    assert len(set(areas)) >= 7
    assert len(set(frame[frame.geom_type == "Point"]["layer"])) >= 6


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("towards", [False, True])
def test_list_table_and_comparison_agree(atlas, frame, mode, towards):
    # A row of the table leads from its first place to its second.
    frame = frame.iloc[::3] if mode == "transit" else frame
    table = tabled(atlas, frame, mode, towards)
    asked = question(atlas, frame["id"].iloc[0], mode, towards=towards)
    travel = Travel(mode, towards=towards, ride=replace(RIDE, arrive=towards))
    way = Way("", travel, apply(asked.scenario).supply)
    starts = access_points(atlas.network, frame, mode=way.near)
    ends = access_points(atlas.network, frame, mode=way.far)
    reached = 0
    for number, name in enumerate(frame["id"]):
        rows = listed(atlas, question(atlas, name, mode, towards=towards))
        searched = reached_by(atlas.network, starts, number, way, MINUTES).times_ms(ends)
        for other, ms in zip(ends.id, searched, strict=True):
            told = table[(other, name) if towards else (name, other)]
            # In the list exactly where the time is within the cutoff.
            assert (other in rows) == (not np.isnan(told)) == (ms <= cutoff_ms(MINUTES))
            if other in rows:
                reached += 1
                assert rows[other] == pytest.approx(ms, abs=1e-6)
                assert told == pytest.approx(ms, abs=1e-6)
    assert reached > len(frame)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("towards", [False, True])
def test_a_point_is_at_itself_in_every_room(atlas, mode, towards):
    """A point 50 to 90 m from its street: not the walk there and back, but no time at all."""
    network, ride = atlas.network, replace(RIDE, arrive=towards)
    travel = Travel(mode, towards=towards, ride=ride)
    there, only = beside_a_street(network, travel.ends[0])
    points = access_points(network, only, mode=travel.ends[0])
    way = Way("", travel, apply(SCENARIO).supply)
    assert reached_by(network, points, 0, way, MINUTES).times_ms(points)[0] == 0
    table = times(network, only, only, MINUTES, travel, supply=way.supply).pairs
    assert table["minutes"].tolist() == [0]
    if travel.by_transit is not None:
        assert itinerary(network, there, there, travel, supply=way.supply).minutes == 0
        return
    assert route(network, there, there, travel).minutes == 0
    counted = sandbox.reach_counts(network, [there], [there], [1], mode=mode)
    assert counted["within_1_min"].tolist() == [1]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("towards", [False, True])
def test_the_card_and_the_route_say_what_the_list_says(atlas, frame, mode, towards):
    job = Job("test", lambda _progress: None)
    compared = 0
    for name in frame["id"][1::4]:
        asked = question(atlas, name, mode, towards=towards)
        rows = {other: ms for other, ms in listed(atlas, asked).items() if other != name}
        for other in sorted(rows, key=lambda one: -rows[one])[:: max(1, len(rows) // 2)]:
            card = answer(atlas, JourneyQuestion(asked, selected(other)), job)
            told = card.itinerary if mode == "transit" else card.route
            here, there = (
                places.place(atlas.layers, selected(one)).where_from() for one in (name, other)
            )
            ends = (there, here) if towards else (here, there)
            if mode == "transit":
                supply = apply(asked.scenario).supply
                by = Travel().riding(replace(RIDE, arrive=towards))
                found = itinerary(atlas.network, *ends, by, supply=supply)
            else:
                found = route(atlas.network, *ends, Travel(mode))
            assert told.minutes == found.minutes
            assert told.measured == found.measured == (ends[0].measured, ends[1].measured)
            assert told.minutes * MS == pytest.approx(rows[other], abs=1e-6)
            compared += 1
    assert compared >= 4


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("towards", [False, True])
def test_edited_streets_have_one_time_too(atlas, frame, mode, towards):
    """By list, table, card, route, comparison and page, with a scenario where lines run."""
    home = "talent_housing/boya"
    shape = places.place(atlas.layers, selected(home)).shape
    west, south, east, north = shape.bounds
    line = LineString([(west - 0.002, south), (east + 0.002, north)])
    edits = StreetEdits(
        (
            StreetEdit("avoid", Point((west + east) / 2, south).buffer(0.0015)),
            StreetEdit("path", line, modes=("walk", "bike", "drive")),
        )
    )
    asked = replace(question(atlas, home, mode, towards=towards), edits=edits)
    rows = listed(atlas, asked)
    assert rows != listed(atlas, replace(asked, edits=StreetEdits()))
    # All layers that are within reach, and some that aren't.
    beyond = [name for name in frame["id"] if name not in rows][:4]
    some = frame[frame["id"].isin({*rows, *beyond, home})]
    table = tabled(atlas, some, mode, towards, edits)
    network, supply = edited(atlas, edits).network, apply(asked.scenario).supply
    plain = replace(asked, edits=StreetEdits())
    compared = compare_questions(atlas, plain, asked, (("", NOBODY), ("edited", NOBODY)))
    ends_ = compared.targets
    planned = dict(zip(zip(ends_.layer, ends_.id, strict=True), compared.place_ms[1], strict=True))
    job = Job("test", lambda _progress: None)
    for other in some["id"]:
        ms = table[(other, home) if towards else (home, other)]
        assert (other in rows) == (not np.isnan(ms))
        if other not in rows or other == home:
            continue
        assert rows[other] == pytest.approx(ms, abs=1e-6)
        if rows[other] > 0 and other != home:
            assert planned[tuple(other.split("/", 1))] == pytest.approx(ms, abs=1e-6)
        card = answer(atlas, JourneyQuestion(asked, selected(other)), job)
        told = card.itinerary if mode == "transit" else card.route
        assert told.minutes * MS == pytest.approx(rows[other], abs=1e-6)
        here, there = (places.place(atlas.layers, selected(one)).where_from()
                       for one in ((other, home) if towards else (home, other)))  # fmt: skip
        if mode == "transit":
            by_line = Travel().riding(replace(RIDE, arrive=towards))
            found = itinerary(network, here, there, by_line, supply=supply)
        else:
            found = route(network, here, there, Travel(mode))
        assert found.minutes == told.minutes


@pytest.mark.long
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("towards", [False, True])
def test_every_card_says_what_the_list_says(atlas, frame, mode, towards):
    """From every place to every other that is within reach, none left out."""
    job = Job("test", lambda _progress: None)
    for name in frame["id"]:
        asked = question(atlas, name, mode, towards=towards)
        for other, ms in listed(atlas, asked).items():
            if other != name:
                card = answer(atlas, JourneyQuestion(asked, selected(other)), job)
                told = card.itinerary if mode == "transit" else card.route
                assert told.minutes * MS == pytest.approx(ms, abs=1e-6), (name, other)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("towards", [False, True])
def test_the_map_of_the_nearest_says_what_the_table_says(atlas, frame, mode, towards):
    travel = Travel(mode, towards=towards, ride=RIDE if mode == "transit" else None)
    one = NearestQuestion("labs", (), "universities", 30.0, travel, SCENARIO)
    found = answer(atlas, one)
    homes = frame[frame["layer"] == "universities"]["id"]
    labs = frame[frame["layer"] == "labs"]["id"]
    more = {} if mode != "transit" else {"supply": apply(SCENARIO).supply}
    asked = Travel(mode, ride=travel.ride)
    pairs = times(atlas.network, frame, frame, 30.0, asked, **more).pairs
    ends = ["to_id", "from_id"] if towards else ["from_id", "to_id"]
    table = {(row[ends[0]], row[ends[1]]): row["minutes"] for _, row in pairs.iterrows()}
    assert {f"universities/{spot.place.where.id}" for spot in found.spots} == set(homes)
    for spot in found.spots:
        home = f"universities/{spot.place.where.id}"
        least = np.nanmin([*(table[home, lab] for lab in labs), np.inf])
        assert (spot.nearest is None) == np.isinf(least)
        if spot.nearest is not None:
            assert spot.minutes == pytest.approx(least, abs=1e-9)
            assert table[home, f"labs/{spot.nearest.where.id}"] == pytest.approx(least, abs=1e-9)


def test_circles_commute_kiosk_and_page_say_what_the_list_says(atlas, frame):
    table = tabled(atlas, frame, "walk")
    services = gpd.GeoDataFrame(frame[frame["layer"].isin(["services", "parks"])])
    found = coverage(atlas.network, services, MINUTES, homes=frame)
    within = {
        name
        for name in frame["id"]
        if any(not np.isnan(table[name, one]) for one in services["id"])
    }
    assert set(found.homes_outside) == set(frame["id"]) - within
    assert within
    assert found.homes_outside

    named = frame.assign(name_zh=frame["id"], name_en=frame["id"], counted_as="housing")
    back = datetime(2026, 11, 23, 18, 0)
    peak = Peak(Travel().riding(RIDE), back, minutes=MINUTES, modes=("walk", "bike"))
    pairs = commute(atlas.network, named, named, {"": apply(SCENARIO).supply}, peak).pairs
    tables = {"walk": table, "bike": tabled(atlas, frame, "bike")}
    for home, work, mode, there in zip(
        pairs["home_id"], pairs["work_id"], pairs["there_mode"], pairs["there_min"], strict=True
    ):
        # Of two modes that take the same time the first is named.
        soonest = np.nanmin([MINUTES * MS + 1, *(one[home, work] for one in tables.values())])
        if soonest <= MINUTES * MS:
            assert there == soonest / MS == tables[mode][home, work] / MS

    listed_places = [places.place(atlas.layers, selected(one)) for one in frame["id"]]
    ends = frame_of(listed_places)
    for mode, table in tables.items():
        told = minutes_between(atlas, ends, ends, mode, MINUTES)
        for pair, minutes in told.items():
            wanted = table[pair]
            assert (minutes is None) == bool(np.isnan(wanted))
            assert minutes is None or minutes == wanted / MS

        asked = question(atlas, "talent_housing/boya", mode)
        answer, _ = moving.ask(atlas, asked)
        rows = within_reach(answer, places.tied_for(atlas, asked))
        state = small_state(atlas, reach=asked, reach_answer=ReachAnswer(asked, answer, rows))
        for row in panel.rows(atlas, state):
            (name,) = (one for one in frame["id"] if key(*one.split("/", 1)) == row["key"])
            whole = table["talent_housing/boya", name] / MS
            assert row["minutes"] == panel.minutes_said(whole)


def test_an_isochrone_is_the_same_by_name_by_layer_by_click_and_from_python(atlas):
    asked = replace(question(atlas, "talent_housing/boya", "walk"), minutes=(15.0,))
    clicked, _ = moving.ask(atlas, asked)
    (by_layer,) = reach(
        atlas.network,
        [places.place(atlas.layers, asked.place).where_from()],
        [15.0],
        Travel(),
    ).found
    python = sandbox.isochrones(atlas.network, [clicked.origin.shape], [15.0])
    assert clicked.areas[0].equals(by_layer.areas[0])
    assert clicked.areas_km2 == pytest.approx(by_layer.areas_km2, rel=1e-9)
    assert python["area_km2"].tolist() == pytest.approx(clicked.areas_km2, rel=1e-9)
    for source in (["--place", "高远梧桐·博雅"], ["--from", "talent_housing"]):
        (told,) = said("isochrone", *source, "--minutes", "15", "--json")["origins"]
        assert told["contours"][0]["area_km2"] == pytest.approx(clicked.areas_km2[0], abs=1e-6)
        assert told["measured"] == "edge"
    # The origin's own ground belongs to it.
    assert clicked.areas[0].buffer(1e-6).covers(clicked.reached.own_ground)


# What the command line is told, for the same question as `question` puts.
BY = {
    "walk": ("--mode", "walk"),
    "bike": ("--mode", "bike"),
    "drive": ("--mode", "drive"),
    "transit": ("--mode", "transit", "--window", "3", "--draws", "2"),
}
WHEN = "2026-11-23T08:00"
# Lines of a scenario are drawn along these, so commands need them whole.
RAIL = {"rail_existing", "rail_planned"}


def by(mode, towards=False):
    if mode != "transit":
        return BY[mode]
    return (*BY[mode], "--arrive" if towards else "--depart", WHEN)


@pytest.fixture
def on_these(atlas, monkeypatch):
    """Have commands open the same map; what they do with it is theirs."""
    whole = load_all()
    told = {name: whole[name] if name in RAIL else one for name, one in atlas.layers.items()}
    monkeypatch.setattr("sandbox.catalog.folder.load_all", lambda: dict(told))
    monkeypatch.setattr(Network, "open", lambda *_: atlas.network)
    return Atlas(told, atlas.network)


@pytest.fixture
def places_file(frame, tmp_path):
    """The places as a file, as a planner has them."""
    features: list[dict] = []
    for row in frame.to_dict("records"):
        gates = row.get("gates")
        more = (
            {} if gates is None or isinstance(gates, float) else {"gates": np.array(gates).tolist()}
        )
        properties = {"id": row["id"], **more}
        geometry = mapping(row["geometry"])
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    file = tmp_path / "places.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return file


def asked_table(places_file, *arguments):
    """Return what the command `times` writes, milliseconds by pair."""
    file = places_file.with_name("times.csv")
    said("times", "--from", str(places_file), "--to", str(places_file), "--minutes",
         f"{MINUTES:g}", *arguments, "-o", str(file), "--json")  # fmt: skip
    rows = pd.read_csv(file)
    pairs = zip(rows["from_id"], rows["to_id"], rows["minutes"] * MS, strict=True)
    return {(a, b): ms for a, b, ms in pairs}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("towards", [False, True])
@pytest.mark.usefixtures("on_these")
def test_the_command_times_says_what_the_list_says(atlas, frame, places_file, mode, towards):
    scenario = ("--scenario", "today") if mode == "transit" else ()
    told = asked_table(places_file, *by(mode, towards), *scenario)
    for name in frame["id"]:
        rows = listed(atlas, question(atlas, name, mode, towards=towards))
        for other in frame["id"]:
            ms = told[(other, name) if towards else (name, other)]
            assert (other in rows) == (not np.isnan(ms)), (name, other)
            if other in rows:
                # Files hold four decimals of a minute.
                assert ms == pytest.approx(rows[other], abs=3.1)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.usefixtures("on_these")
def test_the_command_route_says_what_the_list_says(on_these, frame, mode):
    called = {
        name: places.place(on_these.layers, selected(name)).text("name_zh") for name in frame["id"]
    }
    index = search_index(on_these.layers)
    alone = {name for name in called if len(index.find(called[name], 8)) == 1}
    scenario = ("--scenario", "today") if mode == "transit" else ()
    compared = 0
    for turn, name in enumerate(sorted(alone)):
        rows = listed(on_these, question(on_these, name, mode))
        near = sorted(rows.keys() & alone - {name}, key=lambda one: rows[one])
        for other in near[turn % len(near) :][:1] if near else ():
            told = said("route", "--from", called[name], "--to", called[other], *by(mode),
                        *scenario, "--json")  # fmt: skip
            assert told["minutes"] * MS == pytest.approx(rows[other], abs=3.1)
            compared += 1
    assert compared >= 4


@pytest.mark.parametrize(
    ("base", "plan"), [("walk", "bike"), ("bike", "drive"), ("drive", "walk"), ("walk", "transit")]
)
def test_the_command_compare_counts_what_the_list_holds(on_these, frame, base, plan):
    layers = [name for name in dict.fromkeys(frame["layer"]) if name not in RAIL]
    sources = [part for name in layers for part in ("--from", name)]
    more = by("transit")[2:] if plan == "transit" else ()
    told = said("compare", *sources, "--mode", base, "--with-mode", plan, *more, "--minutes",
                f"{MINUTES:g}", "--json")["rows"]  # fmt: skip
    counted = [name for name in on_these.layers if f"{name}_base" in told[0]]
    assert len(counted) >= 6
    asked = frame[frame["layer"].isin(layers)]["id"]
    by_id = {row["place_id"]: row for row in told}
    for name in asked:
        row = by_id[name.split("/", 1)[1]]
        for side, mode in (("base", base), ("plan", plan)):
            found, _ = moving.ask(on_these, question(on_these, name, mode))
            rows = within_reach(found, places.tied_for(on_these, question(on_these, name, mode)))
            for layer in counted:
                inside = {one.id for one in rows if one.layer == layer} - {row["place_id"]}
                assert row[f"{layer}_{side}"] in {len(inside), len(inside) + (layer in name)}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.usefixtures("on_these")
def test_the_command_commute_says_what_the_table_says(frame, places_file, mode):
    homes, works = ("talent_housing", "universities"), ("labs", "industry_parks")
    file = places_file.with_name("commute.csv")
    modes = "drive,walk" if mode == "drive" else mode  # a car alone is no choice of modes
    said("commute", "--scenario", "today", "--minutes", f"{MINUTES:g}", "--depart", WHEN,
         "--window", "3", "--draws", "2", "--modes", modes,
         *(part for one in homes for part in ("--from", one)),
         *(part for one in works for part in ("--to", one)),
         "-o", str(file), "--json")  # fmt: skip
    pairs = pd.read_csv(file)
    scenario = ("--scenario", "today") if mode == "transit" else ()
    # Cars are held up by the congestion of the hour at which one leaves.
    there, back = ((("--hour", hour) if mode == "drive" else ()) for hour in ("8", "18"))
    home_to_work = by_ids(asked_table(places_file, *by(mode), *scenario, *there))
    work_to_home = by_ids(asked_table(places_file, *by(mode), *scenario, *back))
    assert len(pairs) >= 4
    for row in pairs.to_dict("records"):
        home, work = row["home_id"], row["work_id"]
        legs = [(home_to_work[home, work], row["there_min"], row["there_mode"])]
        if mode != "transit":  # by line one goes home by another timetable
            legs.append((work_to_home[work, home], row["back_min"], row["back_mode"]))
        for ms, minutes, best in legs:
            if mode == "drive" and best == "walk":
                assert not minutes * MS > ms + 3.1
            elif not np.isnan(ms):
                assert minutes * MS == pytest.approx(ms, abs=3.1)
            else:
                assert np.isnan(minutes) or minutes > MINUTES


def by_ids(table):
    """Return a table by the ids within the layers, as a commute names its places."""
    return {(a.split("/", 1)[1], b.split("/", 1)[1]): ms for (a, b), ms in table.items()}


@pytest.mark.usefixtures("on_these")
def test_the_command_circles_says_what_the_table_says(frame, places_file):
    table = asked_table(places_file)
    homes = {one for one in frame["id"] if one.startswith("talent_housing/")}
    for layer in sorted(set(frame["layer"]) - RAIL):
        told = said("circles", "--layer", layer, "--minutes", f"{MINUTES:g}", "--json")
        services = frame[frame["layer"] == layer]["id"]
        outside = {
            home.split("/", 1)[1]
            for home in homes
            if all(np.isnan(table[home, one]) for one in services)
        }
        assert set(told["homes_outside"]) == outside


def answered(atlas, name, mode, towards):
    """Return a map with the answer of a place on it, and its minutes by place but the place."""
    asked = question(atlas, name, mode, towards=towards)
    answer, _ = moving.ask(atlas, asked)
    rows = within_reach(answer, places.tied_for(atlas, asked))
    state = small_state(atlas, reach=asked, reach_answer=ReachAnswer(asked, answer, rows))
    minutes = {key(one.layer, one.id): one.minutes for one in rows}
    return state, {one: of for one, of in minutes.items() if one != key(*name.split("/", 1))}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("towards", [False, True])
def test_the_kiosks_card_shows_what_the_list_says(atlas, frame, mode, towards):
    scene = next(one for one in load_scenes().scenes if one.desks is None and one.timeline is None)
    show = ShowState((scene.id,), scene.id, language="en")
    shown = 0
    for name in frame["id"][:: 3 if mode == "transit" else 1]:
        state, minutes = answered(atlas, name, mode, towards)
        blocks = [one for one in answer_blocks(atlas, scene, show, state, None) if type(one) is Row]
        wanted = [whole(one) for one in sorted(minutes.values())]
        assert [one.value for one in blocks] == wanted[: len(blocks)]
        assert blocks or not wanted
        shown += len(blocks)
    assert shown >= 4


@pytest.mark.parametrize(
    ("mode", "towards"),
    [
        ("walk", False),
        ("drive", True),
        *(
            pytest.param(mode, towards, marks=pytest.mark.long)
            for mode in MODES
            for towards in (False, True)
            if (mode, towards) not in {("walk", False), ("drive", True)}
        ),
    ],
)
def test_the_page_shows_what_the_list_says(atlas, mode, towards):
    state, minutes = answered(atlas, "talent_housing/boya", mode, towards)
    found = dict(re.findall(r'data-place="([^"]+)".*?<b>([^<]+)</b>', page_html(atlas, state)))
    assert found
    assert found == {one: panel.minutes_said(minutes[one]) for one in found}
    assert len(found) == min(len(minutes), 40)


@pytest.mark.parametrize("mode", ["walk", "bike", "drive"])
@pytest.mark.parametrize("towards", [False, True])
def test_python_counts_what_the_table_holds(atlas, frame, mode, towards):
    points = frame[frame.geom_type == "Point"]
    table = tabled(atlas, frame, mode, towards)
    at = [(one.x, one.y) for one in points.geometry]
    told = sandbox.reach_counts(atlas.network, at, at, [MINUTES], mode=mode, towards=towards)
    for name, count in zip(points["id"], told[f"within_{MINUTES:g}_min"], strict=True):
        pairs = [(other, name) if towards else (name, other) for other in points["id"]]
        assert count == sum(not np.isnan(table[pair]) for pair in pairs)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("towards", [False, True])
@pytest.mark.parametrize("edited_streets", [False, pytest.param(True, marks=pytest.mark.long)])
def test_python_says_what_the_list_says(atlas, frame, mode, towards, edited_streets):
    """By `travel_times` and `nearest`, between areas too, with edits and scenario."""
    home = "talent_housing/boya"
    west, south, east, _ = places.place(atlas.layers, selected(home)).shape.bounds
    shut = StreetEdit("avoid", Point((west + east) / 2, south).buffer(0.0015))
    edits = StreetEdits((shut,)) if edited_streets else StreetEdits()
    asked = replace(question(atlas, home, mode, towards=towards), edits=edits)
    rows = listed(atlas, asked)
    net = sandbox.Network(atlas.network)
    net = net.edited(edits) if edited_streets else net
    how = {"mode": mode}
    if mode == "transit":
        how |= {"arrive" if towards else "depart": WHEN, "window_min": 3, "draws": 2}
        how["scenario"] = "today"
    layers = [one for one in dict.fromkeys(frame["layer"]) if one not in RAIL]
    compared = 0
    # All layers in turn: each combination asks a third of them.
    turn = MODES.index(mode) + 2 * towards + edited_streets
    for layer in layers[turn % 3 :: 3]:
        ends = (layer, "talent_housing") if towards else ("talent_housing", layer)
        told = sandbox.travel_times(net, *ends, MINUTES, **how)
        here, other = ("to_id", "from_id") if towards else ("from_id", "to_id")
        told = told[told[here] == "boya"].set_index(other)["minutes"]
        turned = {"towards": True} if towards and mode != "transit" else {}
        near = sandbox.nearest(
            net, "talent_housing", layer, minutes=MINUTES, count=20, **how, **turned
        ).set_index("nearest_id")["minutes"]
        for name in frame[frame["layer"] == layer]["id"]:
            identity = name.split("/", 1)[1]
            minutes = told.get(identity, np.nan)
            assert (name in rows) == (not np.isnan(minutes)), name
            if name in rows:
                assert minutes * MS == pytest.approx(rows[name], abs=1e-6)
                # By transit the nearest are always those that one leaves for.
                leaves = mode != "transit" or not towards
                if name != home and leaves and identity in near.index:
                    assert near[identity] * MS == pytest.approx(rows[name], abs=1e-6)
                compared += 1
    assert compared


def test_the_command_line_says_what_the_list_says(atlas):
    # 科研港 is an area round the laboratory, which is an area too.
    pair = ("高远梧桐·博雅", "科研港")
    told = said("route", "--from", pair[0], "--to", pair[1], "--json")
    full = Atlas(load_all(), atlas.network)
    asked = question(full, "talent_housing/boya", "walk")
    rows = listed(full, asked)
    (name,) = (
        f"{one.where.layer}/{one.where.id}"
        for one in (places.place(full.layers, selected(key)) for key in rows)
        if one.text("name_zh") == pair[1]
    )
    assert told["minutes"] == pytest.approx(rows[name] / MS, abs=1e-4)
    assert (told["measured_from"], told["measured_to"]) == ("edge", "edge")
