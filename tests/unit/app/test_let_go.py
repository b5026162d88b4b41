"""Who drops a network or an atlas has its memory back, whatever was asked of it before."""

import gc
import weakref
from dataclasses import replace
from datetime import datetime

from shapely import LineString, Point

from sandbox.analysis.coverage import coverage
from sandbox.app import moving, places
from sandbox.app.questions import ReachQuestion
from sandbox.app.street_edits import edited
from sandbox.catalog.folder import load_all
from sandbox.catalog.scenarios import read
from sandbox.draw.answers import scenario_lines
from sandbox.edits.street_edits import StreetEdit, StreetEdits
from sandbox.streets.travel import Ride
from tests.support.atlas import at, placed, small_atlas


def ask_everything(atlas):
    """Ask an atlas what windows and commands ask: by foot, by line, on edited streets."""
    edits = StreetEdits((StreetEdit("path", LineString([at(-200, -130), at(210, 170)])),))
    scenario = read("today", load_all())
    ride = Ride(datetime(2026, 11, 23, 8, 0), window_min=2, draws=1)
    plain = replace(moving.by_mode(ReachQuestion(at(0, 0)), "walk", atlas), minutes=(5.0,))
    by_line = replace(plain, travel=plain.travel.riding(ride), scenario=scenario)
    for asked in (plain, replace(plain, edits=edits), by_line, replace(by_line, edits=edits)):
        found, _ = moving.ask(atlas, asked)
        assert found.areas[0].area > 0
        places.tied_for(atlas, asked)
    assert edited(atlas, edits).network.before is atlas.network
    moving.scenarios(atlas)
    scenario_lines._own_lines(atlas, scenario)
    services = next(one for one in atlas.layers.values() if places.is_place_layer(one))
    coverage(atlas.network, services.features, 5.0)
    assert atlas.kept
    assert atlas.network.kept
    return edited(atlas, edits)


def test_an_atlas_that_nobody_uses_is_let_go_with_its_network_and_layers():
    atlas = small_atlas()
    held = [weakref.ref(atlas.network), weakref.ref(ask_everything(atlas).network)]
    held += [
        weakref.ref(one.features) for one in atlas.layers.values() if places.is_place_layer(one)
    ]
    gc.collect()
    assert all(one() is not None for one in held)
    del atlas
    gc.collect()
    assert [one() for one in held] == [None] * len(held)


def test_the_last_answers_are_kept_and_older_ones_are_let_go():
    atlas = small_atlas()
    made = []
    for east in (50, 60, 70):
        edits = StreetEdits((StreetEdit("avoid", placed(Point(east, 10).buffer(30))),))
        made.append((edits, edited(atlas, edits)))
    assert edited(atlas, made[2][0]) is made[2][1]
    assert edited(atlas, made[1][0]) is made[1][1]
    assert edited(atlas, made[0][0]) is not made[0][1]
    # Asked for again it is the latest: the one not asked for since goes first.
    assert edited(atlas, made[1][0]) is made[1][1]
    assert edited(atlas, made[2][0]) is not made[2][1]
