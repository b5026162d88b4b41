"""Network files of any content under a right checksum: refused, or safe to search.

Kernels check no index, so whatever a file brings past the reader has to lie inside its arrays.
"""

import json
import struct
from dataclasses import fields, replace
from datetime import datetime

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.engine.contours import areas
from sandbox.engine.network import Network
from sandbox.engine.search import search
from sandbox.errors import NetworkError
from sandbox.streets.modes import Access
from sandbox.streets.sandnet import load, read, read_mapped, save, save_plain
from sandbox.streets.streets import Ferries, Pieces, StreetClass, Traffic, Turns
from sandbox.streets.travel import Ride, Travel
from sandbox.transit.search import find_journeys
from tests.support.grid_city import at, grid_city
from tests.support.timetables import timetable
from tests.unit.streets.test_sandnet import resealed, with_header

CITY = grid_city(5, 4)
SEGMENTS = len(CITY.streets.segment_nodes)
NODES = len(CITY.streets.node_xy)
EIGHT_S = 8 * 3600


def _ferry():
    street_class = CITY.streets.street_class.copy()
    street_class[-1] = StreetClass.FERRY
    return street_class


STREETS = replace(
    CITY.streets,
    street_class=_ferry(),
    access=np.full(SEGMENTS, int(Access.WALK | Access.DRIVE), dtype=np.uint16),
    traffic=Traffic(
        ("primary", "path"),
        (np.arange(SEGMENTS) % 2).astype(np.uint8),
        np.full((SEGMENTS, 2), 50, dtype=np.uint8),
    ),
    climb_m=np.ones((SEGMENTS, 2), dtype=np.float32),
    turns=Turns(
        np.array([0, 3], dtype=np.int32),
        np.array([0, 1, 2], dtype=np.int32),
        np.array([False]),
    ),
    ferries=Ferries(
        np.array([SEGMENTS - 1], dtype=np.int32),
        np.array([60], dtype=np.float32),
        np.array([np.nan], dtype=np.float32),
    ),
    private=np.full(SEGMENTS, int(Access.DRIVE), dtype=np.uint16),
    pieces=Pieces(
        ends_xy=np.tile(CITY.streets.node_xy[:2].reshape(1, 4), (2, 1)),
        access=np.full(2, int(Access.WALK), dtype=np.uint16),
        structure=np.zeros(2, dtype=np.uint8),
        name=np.array([-1, 0], dtype=np.int32),
        piece_m=np.full(2, 100, dtype=np.float32),
    ),
)
TIMETABLE = timetable(
    CITY,
    (("a", *at(1, 1)), ("b", *at(3, 1)), ("c", *at(3, 2))),
    (
        ("L", 0, [(0, EIGHT_S, EIGHT_S + 30), (1, EIGHT_S + 300, EIGHT_S + 300, 1)]),
        ("M", 0, [(1, EIGHT_S + 400, EIGHT_S + 400), (2, EIGHT_S + 500, EIGHT_S + 500)]),
    ),
    lines=("L", "M"),
    frequencies=((0, EIGHT_S, EIGHT_S + 1200, 600, 1),),
    transfers=((0, 1, 0, 120), (1, 1, 1, 0)),
    stays=((0, 1, 0),),
)
PARTS = {
    "streets": STREETS,
    "traffic": STREETS.traffic,
    "turns": STREETS.turns,
    "ferries": STREETS.ferries,
    "pieces": STREETS.pieces,
    "timetable": TIMETABLE,
    "doors": TIMETABLE.doors,
}
COLUMNS = [
    (part, field.name)
    for part, whole in PARTS.items()
    for field in fields(whole)
    if isinstance(getattr(whole, field.name), np.ndarray) and getattr(whole, field.name).size
]


def saved(path, part, column, values, write=save):
    """Write the file with other values in one column."""
    changed = {part: replace(PARTS[part], **{column: values})}
    streets = changed.get("streets", STREETS)
    if part in ("traffic", "turns", "ferries", "pieces"):
        streets = replace(STREETS, **changed)
    table = replace(TIMETABLE, **changed) if part == "doors" else TIMETABLE
    write(streets, path, changed.get("timetable", table))


def asked(opened):
    """Ask of what a file holds what kernels answer."""
    network = Network(*opened)
    streets = network.streets
    middle = tuple(streets.node_xy[streets.segment_nodes[0]].mean(axis=0))
    for mode in network.modes:
        graph = network.moving(Travel(mode=mode))
        start = network.snap(middle, 1e6, mode)
        reached = search(graph, start, 300_000)
        reached.times_ms(start.as_many())
        areas(reached, [60_000, 300_000], 50.0)
    if "walk" in network.modes:
        first = datetime.fromisoformat(network.timetable.first_day)
        start = network.snap(middle, 1e6)
        find_journeys(network, start, Ride(first.replace(hour=8), window_min=2), 900_000)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("crafted")


def test_the_sound_file_is_answered(folder):
    save(STREETS, folder / "sound.sandnet", TIMETABLE)
    asked(read(folder / "sound.sandnet"))


NASTY = [0, 1, -1, 2, 3, SEGMENTS - 1, SEGMENTS, NODES - 1, NODES, NODES + 1, 127, 128, 255]
NASTY += [2**31 - 1, -(2**31), 86_400 * 8]
REALS = [*NASTY, np.nan, np.inf, -np.inf, 1e308, -1e308, 0.5, -0.5, 1e-300, 3.4e38]


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_columns_of_any_values_are_refused_or_safe(folder, data):
    part, column = data.draw(st.sampled_from(COLUMNS))
    values = getattr(PARTS[part], column).copy()
    flat = values.reshape(-1)
    for place in data.draw(st.lists(st.integers(0, len(flat) - 1), min_size=1, max_size=3)):
        real = flat.dtype.kind == "f"
        value = np.array([data.draw(st.sampled_from(REALS if real else NASTY))])
        with np.errstate(all="ignore"):
            flat[place] = value.astype(flat.dtype)[0]
    path = folder / "column.sandnet"
    write, opened = data.draw(st.sampled_from([(save, read), (save_plain, read_mapped)]))
    saved(path, part, column, values, write)
    try:
        made = opened(path)
    except NetworkError:
        return
    asked(made)


JSONS = st.sampled_from(
    [
        *(None, True, False, 0, -1, 1, 2, 1.5, 10**9, 10**30, float("nan"), float("inf")),
        *("", "x", "1", [], {}, [1], {"a": 1}, "EPSG:4326", "EPSG:99999", "\ud800"),
    ]
)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_headers_of_any_values_are_refused_or_safe(folder, data):
    sound, path = folder / "sound.sandnet", folder / "header.sandnet"
    write, opened = data.draw(st.sampled_from([(save, read), (save_plain, read_mapped)]))
    write(STREETS, sound, TIMETABLE)

    def change(header):
        place = header
        while True:
            keys = list(place) if isinstance(place, dict) else range(len(place))
            if not keys:
                return
            key = data.draw(st.sampled_from(list(keys)))
            if isinstance(place[key], dict | list) and data.draw(st.integers(0, 3)):
                place = place[key]
                continue
            place[key] = data.draw(JSONS)
            return

    path.write_bytes(with_header(sound.read_bytes(), change))
    try:
        made = opened(path)
    except NetworkError:
        return
    asked(made)


@pytest.mark.parametrize(
    ("part", "column", "values"),
    [
        # Of n nodes or segments the last is number n - 1.
        ("streets", "segment_nodes", np.full((SEGMENTS, 2), NODES, dtype=np.int32)),
        ("streets", "name", np.full(SEGMENTS, len(STREETS.names), dtype=np.int32)),
        ("streets", "node_xy", np.full((NODES, 2), 1e308)),
        ("streets", "node_xy", np.full((NODES, 2), np.nan)),
        ("streets", "length_m", np.full(SEGMENTS, -1, dtype=np.float32)),
        ("streets", "length_m", np.full(SEGMENTS, np.nan, dtype=np.float32)),
        ("streets", "length_m", np.full(SEGMENTS, np.inf, dtype=np.float32)),
        # As if nodes far apart were near on the street: a search had no bounds.
        ("streets", "length_m", np.zeros(SEGMENTS, dtype=np.float32)),
        ("streets", "street_class", np.full(SEGMENTS, StreetClass.FERRY, dtype=np.uint8)),
        ("streets", "access", np.zeros(SEGMENTS, dtype=np.uint8)),
        ("streets", "access", np.full(SEGMENTS, 128, dtype=np.uint8)),
        # Bits that are free for modes to come.
        ("streets", "access", np.full(SEGMENTS, 1 + (1 << 15), dtype=np.uint16)),
        ("traffic", "kind", np.full(SEGMENTS, 2, dtype=np.uint8)),
        ("turns", "node", np.array([0, 1, NODES], dtype=np.int32)),
        ("turns", "offsets", np.array([0, 4], dtype=np.int32)),
        ("turns", "offsets", np.array([1, 3], dtype=np.int32)),
        ("ferries", "segment", np.array([SEGMENTS], dtype=np.int32)),
        ("ferries", "segment", np.array([-1], dtype=np.int32)),
        ("ferries", "segment", np.array([0], dtype=np.int32)),
        ("ferries", "crossing_s", np.array([-1], dtype=np.float32)),
        ("ferries", "wait_s", np.array([np.inf], dtype=np.float32)),
        ("streets", "private", np.full(SEGMENTS, int(Access.BIKE), dtype=np.uint8)),
        ("pieces", "name", np.array([0, len(STREETS.names)], dtype=np.int32)),
        ("pieces", "ends_xy", np.full((2, 4), np.inf)),
        ("pieces", "piece_m", np.full(2, np.nan, dtype=np.float32)),
        ("timetable", "stop_lonlat", np.full((3, 2), 1e308)),
        ("timetable", "stop_lonlat", np.full((3, 2), 90.5)),
        ("timetable", "door_stop", np.array([0, 1, 3], dtype=np.int32)),
        ("timetable", "trip_line", np.array([0, 2], dtype=np.int32)),
        ("timetable", "trip_service", np.array([0, 1], dtype=np.int32)),
        ("timetable", "trip_offsets", np.array([0, 2, 5], dtype=np.int32)),
        ("timetable", "trip_offsets", np.array([0, 2, 3], dtype=np.int32)),
        ("timetable", "trip_offsets", np.array([0, 5, 4], dtype=np.int32)),
        ("timetable", "trip_offsets", np.array([1, 2, 4], dtype=np.int32)),
        ("timetable", "time_stop", np.array([0, 1, 1, 3], dtype=np.int32)),
        ("timetable", "frequency_trip", np.array([2], dtype=np.int32)),
        ("timetable", "transfer_from", np.array([0, 3], dtype=np.int32)),
        ("timetable", "transfer_to", np.array([1, 3], dtype=np.int32)),
        ("timetable", "stay_from", np.array([2], dtype=np.int32)),
        ("timetable", "stay_to", np.array([-1], dtype=np.int32)),
        ("timetable", "trip_block", np.array([0, 2], dtype=np.int32)),
        ("timetable", "service_zone", np.array([1], dtype=np.int32)),
        ("doors", "segment", np.full(3, SEGMENTS, dtype=np.int32)),
        ("doors", "segment", np.full(3, -1, dtype=np.int32)),
        ("doors", "fraction", np.full(3, 1.01)),
        ("doors", "fraction", np.full(3, np.nan)),
        ("doors", "street_xy", np.full((3, 2), np.nan)),
        ("doors", "distance_m", np.full(3, np.inf)),
    ],
)
def test_what_lies_outside_is_refused(folder, part, column, values):
    saved(folder / "outside.sandnet", part, column, values)
    with pytest.raises(NetworkError, match="damaged"):
        read(folder / "outside.sandnet")
    saved(folder / "outside.sandnet", part, column, values, save_plain)
    with pytest.raises(NetworkError, match="damaged"):
        read_mapped(folder / "outside.sandnet")


def test_the_last_node_and_the_last_name_are_inside(folder):
    names = replace(STREETS, name=np.full(SEGMENTS, len(STREETS.names) - 1, dtype=np.int32))
    save(names, folder / "last.sandnet")
    assert load(folder / "last.sandnet").segment_nodes.max() == NODES - 1


@pytest.mark.parametrize(
    "crs", ["EPSG:4326", "EPSG:99999", "nonsense", "", 32648, None, "EPSG:2277", "EPSG:4978"]
)
def test_a_system_that_is_unknown_or_not_of_metres_is_refused(folder, crs):
    # Degrees, none, feet, and metres from the middle of the Earth.
    save(STREETS, folder / "crs.sandnet")
    content = with_header((folder / "crs.sandnet").read_bytes(), lambda h: h.update(crs=crs))
    (folder / "crs.sandnet").write_bytes(content)
    with pytest.raises(NetworkError, match="damaged"):
        load(folder / "crs.sandnet")


@pytest.mark.parametrize("digits", [400, 5_000])
def test_a_number_of_many_digits_is_refused(folder, digits):
    save(STREETS, folder / "digits.sandnet")
    content = (folder / "digits.sandnet").read_bytes()
    size = struct.unpack_from("<I", content, 12)[0]
    header = json.loads(content[16 : 16 + size])
    header["nodes"] = 0
    told = json.dumps(header).replace('"nodes": 0', f'"nodes": {"9" * digits}').encode()
    (folder / "digits.sandnet").write_bytes(
        resealed(content[:12] + struct.pack("<I", len(told)) + told + content[16 + size :])
    )
    with pytest.raises(NetworkError, match="damaged"):
        load(folder / "digits.sandnet")
