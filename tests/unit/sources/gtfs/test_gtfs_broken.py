"""Feeds broken by chance and on purpose: a timetable with findings, or one error, never else."""

import zipfile
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.engine.network import Network
from sandbox.errors import TransitError
from sandbox.geo import crs as geo
from sandbox.sources.gtfs.build import build_timetable
from sandbox.streets.assemble import assemble
from sandbox.streets.modes import Access
from sandbox.streets.streets import Provenance
from tests.support import feeds
from tests.support.grid_city import CRS, SOUTH, WEST
from tests.unit.sources.gtfs.test_gtfs import TODAY, built, city, codes

CHANCE = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
STRANGE = st.sampled_from(
    "|".join(
        (
            "| |-1|0|1e9|nan|inf|999999999999999999999|20261332|20260230",
            '99:99:99|48:00:00|25:10:00|a|Stop a|金|t1|,|"|\n|\x00',
        )
    ).split("|")
)


def read_or_refused(path):
    """Read a feed; whatever is wrong must be told in the one kind of error."""
    try:
        made, _ = build_timetable([path], city(), today=TODAY)
    except TransitError:
        return
    assert len(made.time_stop) == made.trip_offsets[-1]
    assert (made.time_arrival_s <= made.time_departure_s).all()
    assert ((made.time_stop >= 0) & (made.time_stop < len(made.stop_id))).all()
    inner = np.ones(len(made.time_stop), dtype=bool)
    inner[made.trip_offsets[:-1]] = False
    gaps = np.diff(made.time_arrival_s, prepend=0)[inner]
    assert (gaps >= 0).all()


@CHANCE
@given(places=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=8))
def test_flipped_bytes_are_read_or_refused(tmp_path, places):
    path = feeds.write(tmp_path / "town.zip", feeds.tables())
    content = bytearray(path.read_bytes())
    for share, byte in places:
        content[int(share * len(content))] = byte
    path.write_bytes(bytes(content))
    read_or_refused(path)


@CHANCE
@given(data=st.data())
def test_strange_cells_are_read_or_refused(tmp_path, data):
    tables = {**feeds.tables(), "frequencies": FREQUENCIES, "transfers": TRANSFERS}
    for _ in range(data.draw(st.integers(1, 6))):
        name = data.draw(st.sampled_from(sorted(tables)))
        rows = [row.split(",") for row in tables[name].splitlines()]
        row = rows[data.draw(st.integers(0, len(rows) - 1))]
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(STRANGE)
        tables[name] = "\n".join(",".join(row) for row in rows) + "\n"
    read_or_refused(feeds.write(tmp_path / "town.zip", tables))


FREQUENCIES = "trip_id,start_time,end_time,headway_secs\nt1,06:00:00,09:00:00,600\n"
TRANSFERS = "from_stop_id,to_stop_id,transfer_type,min_transfer_time\na,b,2,240\n"


def test_a_damaged_member_is_refused(tmp_path):
    path = feeds.write(tmp_path / "town.zip", feeds.tables())
    with zipfile.ZipFile(path) as whole:
        begin = whole.getinfo("stop_times.txt").header_offset + 30 + len("stop_times.txt")
    content = bytearray(path.read_bytes())
    content[begin : begin + 8] = b"\xff" * 8
    path.write_bytes(bytes(content))
    with pytest.raises(TransitError, match="can't be read as a timetable"):
        build_timetable([path], city())


def test_an_entry_without_a_name_is_passed_over(tmp_path):
    path = feeds.write(tmp_path / "town.zip", feeds.tables())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(zipfile.ZipInfo("."), "x")
    assert len(build_timetable([path], city(), today=TODAY)[0].stop_id) == 4


def test_long_chains_and_rings_of_parents_take_no_longer_than_others(tmp_path):
    tables = feeds.tables()
    rows = tables["stops"].splitlines()
    count = 20_000
    chain = [f"p{n},P,{rows[1].split(',', 2)[2]},1,p{n + 1}" for n in range(count)]
    ring = [f"q{n},Q,{rows[1].split(',', 2)[2]},1,q{(n + 1) % count}" for n in range(count)]
    last = f"p{count},P,{rows[1].split(',', 2)[2]},1,"
    tables["stops"] = "\n".join(
        [f"{rows[0]},location_type,parent_station"]
        + [f"{row},0,{parent}" for row, parent in zip(rows[1:], ["p0", "q0", "", ""], strict=True)]
        + [*chain, last, *ring]
    )
    made, findings = built(tmp_path, tables)
    assert made.stop_id == ("a", "b", "c", "d")
    # The ring and the stop that leads into it; the chain ends.
    rings = [one for one in findings if one.code == "parent_loop"]
    assert codes(findings).keys() == {"parent_loop"}
    assert str(rings[-1].text) == f"… and {count + 1 - 10_000} more of this kind"


@pytest.mark.parametrize(
    ("zones", "said"),
    [(("Asia/Shanghai", "Asia/Tokyo"), "different time zones"), (("", ""), "states its time zone")],
)
def test_agencies_without_one_time_zone_are_refused(tmp_path, zones, said):
    tables = feeds.tables()
    rows = [f"{n},Town,http://example.com,{zone}" for n, zone in enumerate(zones)]
    tables["agency"] = "\n".join(["agency_id,agency_name,agency_url,agency_timezone", *rows]) + "\n"
    with pytest.raises(TransitError, match=said):
        built(tmp_path, tables)


def test_a_stop_off_the_streets_is_told_from_one_outside_them(tmp_path):
    # Two streets at right angles, 2 km each: the square's other corner is far from both.
    xy = np.array([[WEST, SOUTH], [WEST + 2000, SOUTH], [WEST + 2000, SOUTH + 2000]])
    pairs = np.array([[0, 1], [1, 2]])
    network = Network(
        assemble(
            CRS,
            geo.to_lonlat(xy, CRS),
            pairs,
            np.full(2, 3),
            np.zeros(2),
            np.full(2, int(Access.WALK)),
            np.zeros(2),
            ["Street"],
            Provenance("Corner", "hand", "CC0", "2026-01-01", False),
        )
    )
    places = {"a": (1000, 0), "b": (2000, 1000), "c": (500, 1500), "d": (-700, 0)}
    tables = feeds.tables()
    rows = ["stop_id,stop_name,stop_lat,stop_lon"]
    for name, (x, y) in places.items():
        lon, lat = geo.to_lonlat((WEST + x, SOUTH + y), CRS)
        rows.append(f"{name},{name},{lat:.7f},{lon:.7f}")
    tables["stops"] = "\n".join(rows) + "\n"
    path = feeds.write(tmp_path / "town.zip", tables)
    made, findings = build_timetable([path], network, today=date(2026, 11, 10))
    assert made.door_stop.tolist() == [0, 1]
    told = [(one.code, one.id, one.severity) for one in findings if one.code != "too_fast"]
    assert told == [("outside", "d", "note"), ("unlinked", "c", "warning")]
