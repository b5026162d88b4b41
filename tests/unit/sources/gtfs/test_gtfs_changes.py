"""Blocks and linked trips of a feed, as the timetable and its file hold them."""

from collections import Counter
from dataclasses import fields
from datetime import date
from functools import cache

import numpy as np

from sandbox.sources.gtfs.build import build_timetable
from sandbox.streets.sandnet import read, save
from sandbox.streets.timetable import STAY_ABOARD, STAY_FORBIDDEN
from tests.support import feeds
from tests.support.grid_city import grid_city

TODAY = date(2026, 11, 10)


@cache
def city():
    return grid_city(17, 11)


def linked():
    tables = feeds.tables()
    tables["trips"] = (
        "route_id,service_id,trip_id,block_id\nr1,wk,t1,NA\nr1,wk,t2,NA\nr1,wk,t3,alone\n"
    )
    tables["stop_times"] += "t3,09:00:00,09:00:00,a,1\nt3,09:10:00,09:10:00,b,2\n"
    tables["transfers"] = (
        "from_stop_id,to_stop_id,transfer_type,min_transfer_time,from_trip_id,to_trip_id\n"
        "d,a,4,,t1,t3\nd,a,5,,t2,t3\nd,a,4,,t2,gone\nb,b,2,60,,\nb,b,2,90,t1,t2\n"
    )
    return tables


def test_blocks_and_links_are_read(tmp_path):
    path = feeds.write(tmp_path / "town.zip", linked())
    made, findings = build_timetable([path], city(), today=TODAY)
    assert Counter(one.code for one in findings) == {"unknown_link": 1, "transfer_of_trips": 1}
    # A block of a single trip is none.
    assert made.trip_block.tolist() == [0, 0, -1]
    links = zip(
        made.stay_from.tolist(), made.stay_to.tolist(), made.stay_kind.tolist(), strict=True
    )
    assert list(links) == [(0, 2, STAY_ABOARD), (1, 2, STAY_FORBIDDEN)]
    assert made.transfer_s.tolist() == [60]


def test_blocks_of_several_feeds_stay_apart_and_come_back_from_the_file(tmp_path):
    paths = [feeds.write(tmp_path / f"{n}.zip", linked()) for n in (1, 2)]
    made, _ = build_timetable(paths, city(), today=TODAY)
    assert made.trip_block.tolist() == [0, 0, -1, 1, 1, -1]
    assert made.stay_from.tolist() == [0, 1, 3, 4]
    assert made.stay_to.tolist() == [2, 2, 5, 5]
    save(city().streets, tmp_path / "town.sandnet", made)
    again = read(tmp_path / "town.sandnet")[1]
    for field in fields(made):
        was, now = getattr(made, field.name), getattr(again, field.name)
        if isinstance(was, np.ndarray):
            assert was.dtype == now.dtype, field.name
            assert np.array_equal(was, now), field.name


def test_a_file_without_blocks_has_none(tmp_path):
    path = feeds.write(tmp_path / "town.zip", feeds.tables())
    plain, _ = build_timetable([path], city(), today=TODAY)
    save(city().streets, tmp_path / "plain.sandnet", plain)
    again = read(tmp_path / "plain.sandnet")[1]
    assert (again.trip_block == -1).all()
    assert not len(again.stay_from)
