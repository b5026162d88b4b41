"""Departures and arrivals as they are said on the command line."""

import json
from datetime import datetime

import pytest
from click.testing import CliRunner

from sandbox.cli import sandbox
from sandbox.cli.parts.travel import Moment
from sandbox.sources.gtfs.build import build_timetable
from sandbox.streets.sandnet import save
from tests.support import feeds
from tests.support.grid_city import at, grid_city


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("2026-11-23T08:00", datetime(2026, 11, 23, 8)),
        ("2026-11-23 08:00:30", datetime(2026, 11, 23, 8, 0, 30)),
        ("2026-11-23T08:00:30.250", datetime(2026, 11, 23, 8, 0, 30, 250_000)),
    ],
)
def test_a_moment_is_what_was_said(said, moment):
    assert Moment().convert(said, None, None) == moment


def test_half_a_minute_later_one_waits_half_a_minute_less(tmp_path):
    network = grid_city()
    timetable, _ = build_timetable([feeds.write(tmp_path / "feed.zip", feeds.tables())], network)
    save(network.streets, tmp_path / "city.sandnet", timetable)
    start, end = ("{},{}".format(*at(*place)) for place in ((2, 5), (14, 5)))
    where = ("--from", start, "--to", end, "--network", tmp_path / "city.sandnet")
    how = ("--mode", "transit", "--speed-kmh", 6, "--window", 1)
    # The bus leaves the start at 8:00 and is there at 8:06; on foot it takes 12 minutes.
    for clock, minutes in (("07:55", 11.0), ("07:55:30", 10.5), ("07:55:45", 10.25)):
        asked = ("route", *where, *how, "--depart", f"2026-11-23T{clock}", "--json")
        told = CliRunner().invoke(sandbox, ["--lang", "en", *map(str, asked)])
        facts = json.loads(told.output)
        assert facts["minutes"] == pytest.approx(minutes, abs=1e-4)
        assert facts["legs"][0]["begin_at"].startswith(f"2026-11-23T{clock}")
