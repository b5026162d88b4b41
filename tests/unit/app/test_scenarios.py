"""Lines changed by hand: what each change leaves running, and what it is called."""

from functools import cache

import pytest

from sandbox.app import moving
from sandbox.app import scenarios as changing
from sandbox.app.atlas import Atlas
from sandbox.catalog.folder import load_all
from sandbox.catalog.scenario_text import as_toml
from sandbox.catalog.scenarios import read
from sandbox.edits.line_edits import apply
from sandbox.edits.scenario import all_edits
from sandbox.engine.network import Network
from sandbox.words import Bilingual


@cache
def atlas():
    return Atlas(load_all(), Network.open())


def metro():
    """Return the scenario of Metro 1 alone and that line."""
    scenario = moving.scenarios(atlas())["today"]
    (line,) = apply(scenario).supply.lines
    return scenario, line


def running(scenario):
    return {line.id: line for line in apply(scenario).supply.lines}


def test_a_closed_line_does_not_run_and_comes_back_with_its_switch():
    scenario, line = metro()
    closed = changing.close(atlas(), scenario, line.id, Bilingual(line.name_zh, line.name_en))
    assert running(closed) == {}
    assert all_edits(closed)[-1].name.en == f"{line.name_en}: closed"
    assert closed.title.en.endswith("(edited)")
    again = changing.switch(atlas(), closed, len(all_edits(closed)) - 1, on=False)
    assert running(again)[line.id] == line


def test_a_line_runs_only_between_two_stops_and_can_be_let_run_farther_again():
    scenario, line = metro()
    ids = [stop.id for stop in line.stops]
    short = changing.shorten(atlas(), scenario, line, ids[2], ids[5])
    assert [stop.id for stop in running(short)[line.id].stops] == ids[2:6]
    assert changing.whole(short, line.id) == line
    # A wider one takes the place of the narrower; all of it is no edit at all.
    wider = changing.shorten(atlas(), short, line, ids[1], ids[6])
    assert [stop.id for stop in running(wider)[line.id].stops] == ids[1:7]
    assert len(all_edits(wider)) == len(all_edits(short))
    assert changing.shorten(atlas(), wider, line, ids[0], ids[-1]) == scenario


def test_another_way_keeps_the_stops_that_it_passes():
    scenario, line = metro()
    first, last = line.stops[0], line.stops[-1]
    between = (first.lonlat[0] + 0.02, first.lonlat[1] - 0.05)
    made = changing.reroute(atlas(), scenario, line, [first.lonlat, between, last.lonlat])
    stops = running(made)[line.id].stops
    assert [stops[0].id, stops[-1].id] == [first.id, last.id]
    assert stops[1].lonlat == pytest.approx(between, abs=1e-6)
    assert all(stop.minutes is None for stop in stops)
    assert len(stops) == 3


@pytest.mark.parametrize("at", [0, 3, -1])
def test_a_station_more_comes_where_it_is_the_least_way_round(at):
    scenario, line = metro()
    ids = [stop.id for stop in line.stops]
    here = line.stops[at].lonlat
    if at == 3:
        # In the middle between two stops.
        there = line.stops[4].lonlat
        lonlat = ((here[0] + there[0]) / 2, (here[1] + there[1]) / 2)
        want = 4
    else:
        inner = line.stops[1 if at == 0 else -2].lonlat
        lonlat = (2 * here[0] - inner[0], 2 * here[1] - inner[1])
        want = 0 if at == 0 else len(ids)
    made = changing.add_station(atlas(), scenario, line, lonlat)
    stops = running(made)[line.id].stops
    assert stops[want].lonlat == pytest.approx(lonlat, abs=1e-6)
    assert [stop.id for stop in stops if stop.id in ids] == ids
    # Another one gets another name.
    more = changing.add_station(
        atlas(), made, running(made)[line.id], (lonlat[0], lonlat[1] + 0.003)
    )
    assert len({stop.id for stop in running(more)[line.id].stops}) == len(ids) + 2


def test_a_station_gets_a_way_more_to_the_streets():
    scenario, line = metro()
    stop = line.stops[4]
    # 0.003 degrees of latitude are 333 m, at a metre a second.
    to = (stop.lonlat[0], stop.lonlat[1] + 0.003)
    made = changing.link(atlas(), scenario, stop.id, Bilingual("站", "stop"), (stop.lonlat, to))
    (link,) = apply(made).supply.links
    assert (link.stop_id, link.lonlat) == (stop.id, pytest.approx(to, abs=1e-6))
    assert link.seconds == pytest.approx(333, abs=2)
    assert "5.5 min" in all_edits(made)[-1].assumed.en


def test_what_was_changed_by_hand_is_kept_in_a_file(tmp_path):
    scenario, line = metro()
    ids = [stop.id for stop in line.stops]
    made = changing.add_station(atlas(), scenario, line, (106.31, 29.60))
    made = changing.shorten(atlas(), made, running(made)[line.id], ids[1], ids[-2])
    made = changing.link(
        atlas(), made, ids[3], Bilingual("站", "stop"), (line.stops[3].lonlat, (106.32, 29.61))
    )
    file = tmp_path / "mine.toml"
    file.write_text(as_toml(made), "utf-8")
    assert apply(read(file, atlas().layers)).supply == apply(made).supply


def test_a_line_drawn_over_a_station_stops_there():
    scenario, line = metro()
    station = line.stops[5]
    near = (station.lonlat[0] + 0.0005, station.lonlat[1])
    far = (station.lonlat[0], station.lonlat[1] + 0.02)
    drawn = running(changing.add_drawn(atlas(), scenario, [near, far]))["drawn_1"]
    assert drawn.stops[0].id == station.id
    assert drawn.stops[0].lonlat == station.lonlat
    assert drawn.stops[1].id == "drawn_1_2"
