"""Streets as a table of lines, held against what the map says."""

from pathlib import Path
from typing import Any

import numpy as np

from sandbox.sources.osm.build import build_osm
from sandbox.streets import speed_table
from sandbox.streets.as_lines import as_lines
from tests.support.osm_map import write_pbf

# Columns are a hundred metres apart, so streets are two hundred long.
SQUARE = """
A-B-C
|   |
D-E-F
  |
  G
  |
  H
"""


def test_each_street_says_what_the_map_does(tmp_path: Path) -> None:
    path = tmp_path / "square.osm.pbf"
    ways = {
        "AB": {"highway": "residential", "name": "North", "maxspeed": "30"},
        "CB": {"highway": "primary", "oneway": "yes", "maxspeed": "50"},
        "CF": {"highway": "primary", "oneway": "-1", "bridge": "yes"},
        "FE": {"highway": "residential"},
        "EGH": {"highway": "residential"},
        "AE": {"highway": "footway"},
        "ED": {"highway": "residential", "maxspeed:forward": "20"},
        "DA": {"highway": "residential"},
    }
    # Cars don't get past G, where walkers go on by a link without a length.
    placed = write_pbf(path, SQUARE, ways, nodes={"G": {"barrier": "bollard"}})
    streets = build_osm(path)
    assert (streets.length_m == 0).any()
    table = as_lines(streets)
    assert table.crs == "EPSG:4326"
    assert min(table["length_m"]) > 0
    assert min(one.length for one in table.geometry) > 0
    rows: dict[str, Any] = {}
    for row in table.to_dict("records"):
        ends = [
            min(placed, key=lambda one, at=at: np.hypot(*np.subtract(placed[one], at)))
            for at in row["geometry"].coords
        ]
        rows["".join(sorted(ends))] = (row, "".join(ends))
    assert len(table) == len(rows) == 9
    assert set(rows) == {"AB", "BC", "CF", "EF", "DE", "AD", "AE", "EG", "GH"}

    def along(name: str, way: str, column: str, back: str) -> tuple[float, float]:
        """Return a column along a way of the map and against it, however the line lies."""
        row, drawn = rows[name]
        both = row[column], row[back]
        return both if drawn == way else both[::-1]

    north = rows["AB"][0]
    assert (north["name"], north["kind"], north["structure"]) == ("North", "residential", "ground")
    assert rows["CF"][0]["structure"] == "bridge"
    assert (rows["AD"][0]["name"], rows["AE"][0]["kind"]) == ("", "footway")
    assert [bool(rows[name][0]["drive"]) for name in ("AB", "BC", "AE")] == [True, True, False]
    assert along("AB", "AB", "maxspeed_kmh", "maxspeed_back_kmh") == (30.0, 30.0)
    ahead, back = along("DE", "ED", "maxspeed_kmh", "maxspeed_back_kmh")
    assert ahead == 20.0
    assert np.isnan(back)
    # One-way from C to B, and against the way as it is drawn: from F to C.
    for name, way in (("BC", "CB"), ("CF", "FC")):
        row, drawn = rows[name]
        assert row["drive_oneway"] == ("yes" if drawn == way else "-1")
        assert row["walk_oneway"] == "no"
        ahead, back = along(name, way, "drive_kmh", "drive_back_kmh")
        assert ahead > 0
        assert np.isnan(back)
    assert rows["AB"][0]["drive_oneway"] == "no"
    share = speed_table.load().drive.limit_share
    assert along("AB", "AB", "drive_kmh", "drive_back_kmh") == (30.0 * share, 30.0 * share)
    assert np.isnan([rows["AE"][0]["drive_kmh"], north["ascent_m"]]).all()
