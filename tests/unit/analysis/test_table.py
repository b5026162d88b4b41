"""What every table says of how one moves and over which streets."""

from dataclasses import replace

import shapely

from sandbox.analysis.isochrone import isochrone
from sandbox.analysis.table import as_table, moving_told, network_told
from sandbox.edits.street_edits import StreetEdit, StreetEdits, apply
from sandbox.streets import speed_table
from sandbox.streets.travel import Travel
from tests.support.grid_city import at, grid_city


def test_what_cars_lose_at_crossings_and_in_parking_stands_in_tables(monkeypatch) -> None:
    assert "turn_left_s" not in moving_told(Travel("drive"))
    shipped = speed_table.load()
    turns = speed_table.TurnTimes(left_s=12, right_s=3)
    drive = shipped.drive.model_copy(update={"turns": turns, "reach_car_s": 60, "park_s": 90})
    table = shipped.model_copy(update={"drive": drive})
    monkeypatch.setattr(speed_table, "_shipped", lambda: table)
    told = moving_told(Travel("drive"))
    assert (told["turn_left_s"], told["turn_right_s"], told["turn_straight_s"]) == (12, 3, 0)
    assert (told["reach_car_s"], told["park_s"]) == (60, 90)
    assert "turn_left_s" not in moving_told(Travel("walk"))


def test_edits_of_the_streets_stand_in_the_table_itself() -> None:
    plain = grid_city(9, 9)
    closed = StreetEdit("closed", shapely.LineString([at(3.5, 3.5), at(3.5, 4.5)]))
    network = apply(plain, StreetEdits((closed, replace(closed, on=False))))
    table = as_table(network, [isochrone(network, at(4, 4), [5])])
    assert set(table["street_edits"]) == {1}
    assert "street_edits" not in network_told(plain)
