"""Timetables in network files: what is written is read again; what leads astray is refused."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.errors import NetworkError
from sandbox.streets.sandnet import read, save
from tests.support.grid_city import at, grid_city
from tests.support.timetables import timetable
from tests.unit.streets.test_sandnet import with_header

CITY = grid_city(9, 7)
EIGHT_S = 8 * 3600
MADE = timetable(
    CITY,
    (("甲", *at(1, 1)), ("b", *at(7, 1)), ("far", *at(500, 1))),
    (
        ("L", 0, [(0, EIGHT_S, EIGHT_S + 30), (1, EIGHT_S + 300, EIGHT_S + 300, 1)]),
        ("M", 1, [(1, 90_000, 90_000), (2, 91_000, 91_000)]),
    ),
    services=((1, 2), (2,)),
    lines=("L", "M"),
    frequencies=((0, EIGHT_S, EIGHT_S + 3600, 600, 1),),
    transfers=((0, 1, 0, 120), (1, 1, 1, 0)),
    door_s=20,
)


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "town.sandnet"
    save(CITY.streets, path, MADE)
    return path.read_bytes()


def opened(tmp_path, content):
    (tmp_path / "town.sandnet").write_bytes(content)
    return read(tmp_path / "town.sandnet")


def same(was, now):
    if isinstance(was, np.ndarray):
        return was.dtype == now.dtype and np.array_equal(was, now)
    return was == now


def test_a_timetable_comes_back_as_it_was(tmp_path, content):
    streets, made = opened(tmp_path, content)
    for field in fields(made):
        if field.name != "doors":
            assert same(getattr(MADE, field.name), getattr(made, field.name)), field.name
    for field in fields(made.doors):
        assert same(getattr(MADE.doors, field.name), getattr(made.doors, field.name)), field.name
    assert np.array_equal(streets.segment_nodes, CITY.streets.segment_nodes)


def test_a_file_without_a_timetable_has_none(tmp_path):
    plain = tmp_path / "plain.sandnet"
    save(CITY.streets, plain)
    assert read(plain)[1] is None


def of_timetable(change):
    return lambda header: change(header["timetable"])


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.pop("rows"),
        lambda t: t["rows"].update(stops=10**12),
        lambda t: t["rows"].update(stops=-1),
        lambda t: t["rows"].update(times=float("inf")),
        lambda t: t["rows"].update(trips=3),
        lambda t: t.update(days=0),
        lambda t: t.update(days=10**6),
        lambda t: t.update(days=4),
        lambda t: t.update(text_bytes=-1),
        lambda t: t.update(text_bytes=0),
        lambda t: t.update(text_bytes=10**12),
        lambda t: t.update(text_bytes=t["text_bytes"] - 1),
        lambda t: t.update(first_day="tomorrow"),
        lambda t: t.update(first_day=None),
        lambda t: t.update(feeds=[{"title": "x"}]),
        lambda t: t["feeds"][0].update(report=[]),
        lambda t: t["feeds"][0].update(report={"trips": {}}),
        lambda t: t["feeds"][0].update(more=1),
        lambda t: t["packed_bytes"].pop(),
        lambda t: t["packed_bytes"].insert(0, 0),
        lambda t: t["packed_bytes"].__setitem__(0, -5),
    ],
)
def test_figures_that_lead_astray_are_refused_though_the_checksum_is_right(
    tmp_path, content, change
):
    with pytest.raises(NetworkError, match="damaged"):
        opened(tmp_path, with_header(content, of_timetable(change)))


@settings(max_examples=100, deadline=None)
@given(place=st.integers(0, 10**7), bit=st.integers(0, 7))
def test_one_wrong_bit_anywhere_is_noticed(tmp_path_factory, content, place, bit):
    spoiled = bytearray(content)
    spoiled[place % len(spoiled)] ^= 1 << bit
    with pytest.raises(NetworkError):
        opened(tmp_path_factory.mktemp("bits"), bytes(spoiled))


WRONG = {
    "stop_lonlat": np.array([[0, 0], [0, np.nan], [0, 0]]),
    "door_stop": np.array([0, 3], dtype=np.int32),
    "door_s": np.array([0, -2], dtype=np.int32),
    "trip_line": np.array([0, 2], dtype=np.int32),
    "trip_service": np.array([0, 2], dtype=np.int32),
    "trip_headsign": np.array([0, -1], dtype=np.int32),
    "trip_offsets": np.array([0, 3, 2], dtype=np.int32),
    "time_stop": np.array([0, 1, 1, 3], dtype=np.int32),
    "time_arrival_s": np.array([EIGHT_S, EIGHT_S - 1, 90_000, 91_000], dtype=np.int32),
    "time_departure_s": np.array([EIGHT_S, EIGHT_S, 90_000, 90_999], dtype=np.int32),
    "frequency_trip": np.array([2], dtype=np.int32),
    "frequency_headway_s": np.array([0], dtype=np.int32),
    "transfer_to": np.array([1, 3], dtype=np.int32),
    "transfer_s": np.array([-1, 0], dtype=np.int32),
    "trip_block": np.array([0, -2], dtype=np.int32),
    "stay_to": np.array([2], dtype=np.int32),
}


@pytest.mark.parametrize("column", WRONG)
def test_a_column_that_a_search_would_stumble_over_is_refused(tmp_path, column):
    path = tmp_path / "town.sandnet"
    save(CITY.streets, path, replace(MADE, **{column: WRONG[column]}))
    with pytest.raises(NetworkError, match="damaged"):
        read(path)
