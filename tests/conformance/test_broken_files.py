"""Whatever is wrong with a file, a command says it in one line of the user's language.

Every argument of every command that names a file is given each broken file, or each place
that takes none. It must end with exit status 2 and one line on stderr, in Chinese without an
English sentence, with what to do next; and leave no file that wasn't there.
"""

import os
import re
import shutil
import signal
from contextlib import contextmanager

import geopandas as gpd
import numpy as np
import pytest
import rasterio
from shapely import LineString, Point

from sandbox import cli, paths
from sandbox.streets.sandnet import save
from tests.support import feeds, osm_map
from tests.support.grid_city import at, grid_city

resource = pytest.importorskip("resource", reason="a system without limits for files")
PATIENCE_S = 240
EDIT = """{"type": "FeatureCollection", "features": [{"type": "Feature", "properties":
 {"kind": "path", "name": "桥"}, "geometry": {"type": "LineString",
 "coordinates": [[106.3, 29.5], [106.31, 29.5]]}}]}"""
DEPART = ("--mode", "transit", "--depart", "2026-11-23T08:00", "--window", "2", "--draws", "1")
HERE, THERE = (",".join(f"{one:.6f}" for one in at(*place)) for place in ((5, 5), (9, 9)))
SHIPPED = "106.305,29.612"


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """A folder with a good file of every kind."""
    folder = tmp_path_factory.mktemp("good")
    save(grid_city().streets, folder / "city.sandnet")
    osm_map.write_pbf(folder / "city.osm.pbf", "AB\nCD", {"ABDC": {"highway": "residential"}})
    feeds.write(folder / "feed.zip", feeds.tables() | {"notes": "x" * 5000})
    places = gpd.GeoDataFrame(
        {"id": [f"大学城{k}号住宅" for k in range(40)]},
        geometry=[Point(at(k % 10, k // 10)) for k in range(40)],
        crs="EPSG:4326",
    )
    for name in ("places.geojson", "places.gpkg"):
        places.to_file(folder / name)
    lines = gpd.GeoDataFrame(
        {"name": ["大学城南路"] * 20, "fclass": ["residential"] * 20},
        geometry=[LineString([at(0, k), at(20, k)]) for k in range(20)],
        crs="EPSG:4326",
    )
    for name in ("lines.geojson", "lines.gpkg", "lines.shp"):
        lines.to_file(folder / name, encoding="utf-8")
    lines.to_file(folder / "lines.geojsonl", driver="GeoJSONSeq")
    (folder / "edits.geojson").write_text(EDIT, "utf-8")
    speeds = (paths.assets() / "speeds.toml").read_text("utf-8")
    (folder / "speeds.toml").write_text(f"# 各级道路的速度\n{speeds}", "utf-8")
    (folder / "own.toml").write_text('title = { zh = "试", en = "Trial" }\n', "utf-8")
    west, north = at(-2, 22)
    with rasterio.open(
        folder / "dem.tif", "w", driver="GTiff", width=60, height=60, count=1, dtype="float32",
        crs="EPSG:4326", transform=rasterio.Affine(5e-4, 0, west, 0, -5e-4, north),
    ) as file:  # fmt: skip
        file.write(np.full((60, 60), 300.0, "float32"), 1)
    (folder / "N29E106.hgt").write_bytes(np.full((1201, 1201), 300, ">i2").tobytes())
    return folder


# Each reading argument: the command with {file} for it, and the good files it takes.
CITY = ("--network", "{good}/city.sandnet")
ON_FOOT = ("isochrone", "--at", HERE, "--minutes", "5")
READS = {
    "times --from": (("times", "--from", "{file}", "--to", "{good}/places.geojson", *CITY, "-o",
                      "{out}/t.csv"), ("places.geojson", "places.gpkg")),
    "times --to": (("times", "--to", "{file}", "--from", "{good}/places.geojson", *CITY, "-o",
                    "{out}/t.parquet"), ("places.geojson",)),
    "isochrone --from": (("isochrone", "--from", "{file}", *CITY, "--minutes", "5", "-o",
                          "{out}/a.geojson"), ("places.geojson", "places.gpkg")),
    "isochrone --network": ((*ON_FOOT, "--network", "{file}"), ("city.sandnet",)),
    "isochrone --edits": ((*ON_FOOT, *CITY, "--edits", "{file}"), ("edits.geojson",)),
    "isochrone --speeds": ((*ON_FOOT, *CITY, "--speeds", "{file}"), ("speeds.toml",)),
    "isochrone --scenario": (("isochrone", "--at", SHIPPED, *DEPART, "--scenario", "{file}"),
                             ("own.toml",)),
    "route --edits": (("route", "--from", HERE, "--to", THERE, *CITY, "--edits", "{file}"),
                      ("edits.geojson",)),
    "route --speeds": (("route", "--from", HERE, "--to", THERE, *CITY, "--speeds", "{file}"),
                       ("speeds.toml",)),
    "circles --network": (("circles", "--network", "{file}"), ("city.sandnet",)),
    "commute --network": (("commute", "--depart", "2026-11-23T08:00", "--network",
                           "{file}"), ("city.sandnet",)),
    "commute --scenario": (("commute", "--depart", "2026-11-23T08:00", "--scenario", "{file}"),
                           ("own.toml",)),
    "compare --network": (("compare", "--at", HERE, "--with-mode", "bike", "--network", "{file}"),
                          ("city.sandnet",)),
    "compare --with-edits": (("compare", "--at", HERE, *CITY, "--with-edits", "{file}"),
                             ("edits.geojson",)),
    "compare --base": (("compare", "--at", SHIPPED, *DEPART, "--base", "{file}", "--with", "today"),
                       ("own.toml",)),
    "compare --with": (("compare", "--at", SHIPPED, *DEPART, "--with", "{file}"), ("own.toml",)),
    "export --network": (("export", "html", "{out}/a.html", "--at", HERE, "--network", "{file}"),
                         ("city.sandnet",)),
    "export --edits": (("export", "html", "{out}/a.html", "--edits", "{file}"),
                       ("edits.geojson",)),
    "export --scenario": (("export", "html", "{out}/a.html", *DEPART, "--scenario", "{file}"),
                          ("own.toml",)),
    "network info": (("network", "info", "{file}"), ("city.sandnet",)),
    "network build": (("network", "build", "{file}", "-o", "{out}/a.sandnet"),
                      ("city.osm.pbf", "lines.geojson", "lines.gpkg", "lines.shp",
                       "lines.geojsonl", "city.sandnet")),
    "network build --dem": (("network", "build", "{good}/city.sandnet", "--dem", "{file}", "-o",
                             "{out}/a.sandnet"), ("dem.tif", "N29E106.hgt")),
    "network build --gtfs": (("network", "build", "{good}/city.sandnet", "--gtfs", "{file}", "-o",
                              "{out}/a.sandnet"), ("feed.zip",)),
    "network check-feed": (("network", "check-feed", "{file}", *CITY), ("feed.zip",)),
    "scenarios show": (("scenarios", "show", "{file}"), ("own.toml",)),
    "scenarios new --base": (("scenarios", "new", "{out}/n.toml", "--base", "{file}"),
                             ("own.toml",)),
    "screenshot --network": (("screenshot", "-o", "{out}/a.png", "--network", "{file}"),
                             ("city.sandnet",)),
    "screenshot --edits": (("screenshot", "-o", "{out}/a.png", "--edits", "{file}"),
                           ("edits.geojson",)),
    "screenshot --scenario": (("screenshot", "-o", "{out}/a.png", *DEPART, "--scenario",
                               "{file}"), ("own.toml",)),
    "screenshot --against": (("screenshot", "-o", "{out}/a.png", *DEPART, "--against", "{file}"),
                             ("own.toml",)),
}  # fmt: skip
SPOILED = ("missing", "empty", "truncated", "gbk", "folder", "pipe", "noise", "picture", "words",
           "zip", "links", "long")  # fmt: skip
# One argument a reader is given every fault; the others show that they have that reader.
THOROUGH = {"times --from", "isochrone --edits", "isochrone --speeds", "network info",
            "network build", "network build --dem", "network check-feed",
            "scenarios show"}  # fmt: skip
BRIEF = ("missing", "noise")
# A black dot as PNG.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)
TEXTS = (".geojson", ".toml", ".geojsonl")


def spoil(how, sound, file):
    """Put a file that is spoiled in one way where a sound one should be."""
    content = sound.read_bytes()
    if how == "empty":
        file.write_bytes(b"")
    elif how == "truncated":
        file.write_bytes(content[: len(content) * 2 // 3])
    elif how == "gbk":
        file.write_bytes(content.decode().encode("gbk"))
    elif how == "folder":
        file.mkdir()
    elif how == "pipe":
        os.mkfifo(file)
    elif how == "noise":
        file.write_bytes(np.random.default_rng(7).bytes(3000))
    elif how == "picture":
        file.write_bytes(PICTURE)
    elif how == "words":
        file.write_text("这是一份说明。\n第二行, 有逗号\n" * 9, "utf-8")
    elif how == "zip":
        feeds.write(file, {"读我": "一份说明"})
    elif how == "links":
        file.symlink_to(file)


def cases():
    for argument, (command, sounds) in READS.items():
        for sound in sounds:
            for how in SPOILED:
                if how == "gbk" and not sound.endswith(TEXTS):
                    continue
                if argument not in THOROUGH and how not in BRIEF:
                    continue
                # Places and streets are read in the encoding of Chinese offices, and say so.
                if how == "gbk" and (argument == "times --from" or sound.startswith("lines.")):
                    continue
                yield pytest.param(command, sound, how, id=f"{argument}-{sound}-{how}")


@pytest.fixture
def alarm():
    """Fail what hangs, as on a pipe that nobody writes to."""

    def ring(*_):
        raise AssertionError("it hangs")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(PATIENCE_S)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def run(said, *arguments):
    """Return the exit status and what was said on stderr and stdout."""
    said.readouterr()
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    told = said.readouterr()
    return ended.value.code, told.err, told.out


# What is no English sentence though written in Latin letters.
NAMES = re.compile(
    r"(?<![\w])(/[^\s：；，。“”（）]*|--[a-z-]+|[\w.…|]+\.(?:geojsonl?|gpkg|csv|html|tif|hgt|toml|"
    r"sandnet|zip|pbf|shp|png|parquet|txt)|(?:packaging/run|python -m sandbox|sandbox) [a-z -]+)"
)
SENTENCE = re.compile(r"[A-Za-z'’]{2,}[;:]? [a-z'’]{2,}")


def check_said(err, language):
    assert err.startswith("sandbox: "), err
    assert err.count("\n") == 1, err
    assert "Traceback" not in err
    assert len(err) < 700, err
    said = NAMES.sub("", err.removeprefix("sandbox: "))
    if language == "zh":
        assert not SENTENCE.search(said), err
        assert re.search(r"。.{4,}", err), err
    else:
        assert re.search(r"\. .{8,}", err), err
        assert not re.search(r"[\u4e00-\u9fff]", said), err


@pytest.mark.usefixtures("alarm")
@pytest.mark.parametrize(("command", "sound", "how"), [*cases()])
def test_a_spoiled_file_is_told_in_one_line(good, tmp_path, capfd, command, sound, how):
    made, out = tmp_path / "made", tmp_path / "out"
    made.mkdir(), out.mkdir()
    file = made / (f"{'a' * 300}{sound}" if how == "long" else sound)
    if sound.endswith(".shp"):
        for other in good.glob("lines.*"):
            if other.suffix in {".dbf", ".shx", ".prj", ".cpg"}:
                shutil.copy(other, made)
    spoil(how, good / sound, file)
    before = sorted(tmp_path.rglob("*"))
    for language in ("zh", "en"):
        filled = [one.format(file=file, good=good, out=out) for one in command]
        status, err, printed = run(capfd, "--lang", language, *filled)
        assert status == 2, err + printed
        check_said(err, language)
        assert printed == ""
    assert sorted(tmp_path.rglob("*")) == before


# Each writing argument: the command with {file} for the place, and the endings it takes.
WALK = ("isochrone", "--at", HERE, *CITY, "--minutes", "30")
WRITES = {
    "isochrone": ((*WALK, "-o", "{file}"), (".geojson", ".gpkg", ".tif")),
    "route": (("route", "--from", HERE, "--to", THERE, *CITY, "-o", "{file}"),
              (".geojson", ".gpkg")),
    "times": (("times", "--from", "{good}/places.geojson", "--to", "{good}/places.geojson", *CITY,
               "-o", "{file}"), (".csv", ".parquet")),
    "circles": (("circles", "--minutes", "5", "-o", "{file}"), (".geojson", ".gpkg")),
    "compare": (("compare", "--at", SHIPPED, "--with-mode", "bike", "--minutes", "5", "-o",
                 "{file}"), (".csv", ".geojson", ".gpkg", ".html")),
    "commute": (("commute", "--depart", "2026-11-23T08:00", "--window", "1", "--draws", "1",
                 "--modes", "walk", "--from", "talent_housing", "--to", "labs", "--scenario",
                 "today", "-o", "{file}"), (".csv", ".gpkg", ".html")),
    "export html": (("export", "html", "{file}", "--layers", "labs", "--minutes", "5"),
                    (".html",)),
    "network build": (("network", "build", "{good}/city.osm.pbf", "-o", "{file}"), (".sandnet",)),
    "network build --report": (("network", "build", "{good}/lines.gpkg", "-o", "{out}/a.sandnet",
                                "--report", "{file}"), (".geojson", ".gpkg")),
    "network check-feed": (("network", "check-feed", "{good}/feed.zip", *CITY, "-o", "{file}"),
                           (".csv", ".geojson", ".gpkg")),
    "scenarios show": (("scenarios", "show", "today", "-o", "{file}"), (".toml",)),
    "scenarios new": (("scenarios", "new", "{file}"), (".toml",)),
    "screenshot": (("screenshot", "-o", "{file}", "--size", "800x600"), (".png",)),
}  # fmt: skip
QUICK = {"isochrone", "route", "network build", "network check-feed"}
PLACES = ("no folder", "folder", "pipe", "long name", "file as folder", "full disk")


@contextmanager
def no_file_above(size):
    """Have the system refuse what goes beyond a size, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def place(how, out, ending):
    """Return a place for a file that takes none."""
    file = out / f"a{ending}"
    if how == "no folder":
        return out / "none" / file.name
    if how == "folder":
        file.mkdir()
    elif how == "pipe":
        os.mkfifo(file)
    elif how == "long name":
        return out / f"{'a' * 300}{ending}"
    elif how == "file as folder":
        (out / "b").write_text("a file")
        return out / "b" / file.name
    elif how == "full disk":
        file.write_text("old")
    return file


def written():
    for argument, (command, endings) in WRITES.items():
        for ending in endings:
            for how in PLACES:
                if argument not in QUICK and how not in {"folder", "full disk"}:
                    continue
                if argument != "scenarios new" or how != "full disk":
                    yield pytest.param(command, ending, how, id=f"{argument}-{ending}-{how}")


@pytest.mark.usefixtures("alarm")
@pytest.mark.parametrize(("command", "ending", "how"), [*written()])
def test_a_place_that_takes_no_file_is_told_in_one_line(
    good, tmp_path, tmp_path_factory, capsys, command, ending, how
):
    file = place(how, tmp_path, ending)
    out = tmp_path_factory.mktemp("out")
    before = sorted(tmp_path.rglob("*"))
    filled = [one.format(file=file, good=good, out=out) for one in command]
    for language in ("zh", "en"):
        # A small file can be written even where the disk is nearly full.
        with no_file_above(60 if how == "full disk" else resource.RLIM_INFINITY):
            status, err, _ = run(capsys, "--lang", language, *filled)
        assert status == 2, err
        check_said(err, language)
        if how == "full disk":
            assert file.read_text() == "old"
    assert sorted(tmp_path.rglob("*")) == before
