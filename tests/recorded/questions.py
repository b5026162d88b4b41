"""What is asked when answers are recorded: every command, every mode, shipped and made networks."""

import contextlib
import io
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sandbox.cli import main
from tests.support import feeds
from tests.support.grid_city import at as corner
from tests.support.osm_map import write_pbf

# A small town: a ring with a cut through it, a footway, steps and a one-way street.
TOWN: Final = """
A.....B.....C.....D
..............E....
F.....G.....H.....I
...J...............
K.....L.....M.....N
"""
WAYS: Final[dict[str, dict[str, str]]] = {
    "ABCD": {"highway": "primary", "name": "北路", "maxspeed": "50"},
    "AFK": {"highway": "residential"},
    "KLMN": {"highway": "secondary", "name": "南路"},
    "DIN": {"highway": "residential", "oneway": "yes"},
    "FGHI": {"highway": "tertiary"},
    "BGL": {"highway": "footway"},
    "CHM": {"highway": "residential"},
    "CEI": {"highway": "service", "access": "private"},
    "FJL": {"highway": "cycleway"},
}


def places(folder: Path, name: str, rows: list[tuple[str, float, float]]) -> None:
    """Write points as GeoJSON."""
    features = [
        {
            "type": "Feature",
            "properties": {"id": key, "name": key.upper()},
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
        }
        for key, lon, lat in rows
    ]
    told = {"type": "FeatureCollection", "features": features}
    (folder / name).write_text(json.dumps(told), "utf-8")


def town(folder: Path) -> None:
    """Make the small town's network, and places in it."""
    at = write_pbf(folder / "town.osm.pbf", TOWN, WAYS)
    quietly("network", "build", str(folder / "town.osm.pbf"), "-o", str(folder / "town.sandnet"))
    places(folder, "town_a.geojson", [("a", *at["A"]), ("g", *at["G"]), ("e", *at["E"])])
    places(folder, "town_b.geojson", [("n", *at["N"]), ("j", *at["J"]), ("d", *at["D"])])


def city(folder: Path) -> None:
    """Make a grid of centre lines with a timetable, places on the shipped map, edits."""
    ways = [[corner(0, row), corner(20, row)] for row in range(0, 11)]
    ways += [[corner(column, 0), corner(column, 10)] for column in range(0, 21)]
    lines = [
        {
            "type": "Feature",
            "properties": {"class": "residential"},
            "geometry": {"type": "LineString", "coordinates": way},
        }
        for way in ways
    ]
    told = {"type": "FeatureCollection", "features": lines}
    (folder / "grid.geojson").write_text(json.dumps(told), "utf-8")
    feeds.write(folder / "feed.zip", feeds.tables())
    build = ("network", "build", str(folder / "grid.geojson"), "--gtfs", str(folder / "feed.zip"))
    quietly(*build, "-o", str(folder / "grid.sandnet"))
    places(folder, "grid_a.geojson", [("u", *corner(2, 4)), ("v", *corner(9, 9))])
    places(folder, "grid_b.geojson", [("w", *corner(14, 6)), ("x", *corner(20, 0))])
    places(
        folder, "west.geojson", [("p", 106.305, 29.612), ("q", 106.31, 29.6), ("r", 106.36, 29.58)]
    )
    places(folder, "east.geojson", [("s", 106.30, 29.61), ("t", 106.29, 29.62)])
    ring = [[106.300, 29.606], [106.310, 29.606], [106.310, 29.614], [106.300, 29.606]]
    slow = {
        "type": "Feature",
        "properties": {"kind": "slow", "time_factor": 2.0},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    told = {"type": "FeatureCollection", "features": [slow]}
    (folder / "edits.geojson").write_text(json.dumps(told), "utf-8")


def quietly(*arguments: str) -> None:
    """Run a command whose answer isn't asked for."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
        main(["--lang", "en", *arguments])


SETTING_UP: Final[tuple[Callable[[Path], None], ...]] = (town, city)

_AT: Final = "--at 106.305,29.612"
_WHEN: Final = "--depart 2026-11-30T08:00"
_RIDE: Final = f"--mode transit {_WHEN} --scenario metro7"
_TOWN: Final = "--network @town.sandnet"
_GRID: Final = "--network @grid.sandnet --mode transit --depart 2026-11-25T07:50 --window 30"
# A word that begins with @ lies in the folder that is set up.
COMMANDS: Final = (
    *(f"isochrone {_AT} --mode {mode} --json" for mode in ("walk", "bike", "drive")),
    f"isochrone {_AT} --mode drive --hour 8 --reverse --json",
    f"isochrone {_AT} {_RIDE} --json",
    f"isochrone {_AT} --mode transit --arrive 2026-11-30T09:00 --scenario metro7 --json",
    f"isochrone {_AT} --metres 300,500,1000 --json",
    f"isochrone {_AT} --edits @edits.geojson --json",
    "isochrone --from labs --minutes 10 --json",
    "isochrone --from talent_housing --from labs --together any --minutes 15 --json",
    "isochrone --from @east.geojson --together all --minutes 20 --json",
    "isochrone --place 金凤实验室 --minutes 5,15 -o @lab.geojson",
    f"isochrone {_AT} -o @bands.gpkg",
    f"isochrone {_AT} --as isolines -o @lines.geojson",
    f"isochrone {_AT} --as points --minutes 5 -o @points.gpkg",
    f"isochrone {_AT} -o @surface.tif",
    *(
        f"isochrone --from @town_a.geojson {_TOWN} --mode {mode} --minutes 2,5 --json"
        for mode in ("walk", "bike", "drive")
    ),
    f"isochrone --from @grid_a.geojson {_GRID} --minutes 10,20 --json",
    f"isochrone --from @grid_a.geojson {_GRID} --minutes 20 --percentile 90 -o @grid.gpkg",
    f"times --from @grid_a.geojson --to @grid_b.geojson {_GRID} -o @grid.csv",
    f"times --from @town_a.geojson --to @town_b.geojson {_TOWN} -o @town.csv",
    f"times --from @town_b.geojson --to @town_a.geojson {_TOWN} --mode drive -o @back.csv",
    *(
        f"times --from @west.geojson --to @east.geojson --mode {mode} -o @{mode}.csv"
        for mode in ("walk", "bike", "drive")
    ),
    f"times --from @west.geojson --to @east.geojson {_RIDE} -o @ride.csv",
    *(
        f"route --from 106.305,29.612 --to 106.36,29.58 --mode {mode} --json"
        for mode in ("walk", "bike", "drive")
    ),
    "route --from 金凤实验室 --to 高远梧桐·博雅 --json",
    f"route --from 金凤实验室 --to 高远梧桐·博雅 --mode transit {_WHEN} --scenario today --json",
    "route --from 106.305,29.612 --to 106.31,29.6 -o @route.geojson",
    "circles --json",
    "circles --layer services --minutes 10 -o @circles.geojson",
    f"commute {_WHEN} --json",
    f"commute {_WHEN} --scenario metro7 --modes walk,transit -o @commute.csv",
    f"compare --mode transit --with metro7 {_WHEN} --json",
    f"compare --mode transit --with metro7 {_WHEN} -o @compare.csv",
    f"compare {_AT} --with-mode bike --minutes 10,20 --json",
    f"compare {_AT} --with-edits @edits.geojson --minutes 10,20 -o @edits.gpkg",
    f"compare {_AT} --mode drive --hour 3 --with-hour 8 --minutes 10 --json",
    "layers list",
    "layers check",
    "scenarios list",
    "scenarios show metro7 --json",
    "scenarios show today -o @today.toml",
    "scenarios check",
    "network info @town.sandnet --json",
    "network info @grid.sandnet --json",
    "network check-feed @feed.zip --json",
    f"export html @map.html {_AT} --layers labs,parks",
    # What is refused.
    "isochrone --at 0,0 --json",
    "isochrone --at 106.305,29.612 --minutes 500",
    "route --from nowhere --to 金凤实验室",
    "times --from @missing.geojson --to @east.geojson -o @no.csv",
)


def _lab(_sandbox: Any) -> tuple[Any, list[tuple[float, float]]]:
    return _sandbox.open_network(), [(106.305, 29.612), (106.36, 29.58)]


def isochrones(sandbox: Any, _folder: Path) -> Any:
    """Ask for areas by bike."""
    network, places = _lab(sandbox)
    return sandbox.isochrones(network, places, minutes=[5, 15], mode="bike")


def reach_counts(sandbox: Any, _folder: Path) -> Any:
    """Ask how many places are near."""
    network, places = _lab(sandbox)
    return sandbox.reach_counts(network, places, places, minutes=[15, 120], mode="bike")


def compare(sandbox: Any, _folder: Path) -> Any:
    """Ask what a scenario changes."""
    network, places = _lab(sandbox)
    return sandbox.compare(
        network, places, [30, 45], plan="metro7", depart=datetime(2026, 11, 30, 8)
    )


FUNCTIONS: Final[dict[str, Callable[[Any, Path], Any]]] = {
    "sandbox.isochrones": isochrones,
    "sandbox.reach_counts": reach_counts,
    "sandbox.compare": compare,
}
