"""What isn't read as streets is named for what it is, and never held for something else."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from sandbox.errors import NetworkError, TransitError
from sandbox.sources import foreign
from sandbox.sources.gtfs.archive import opened
from sandbox.sources.lines import source_file
from sandbox.sources.osm.build import build_osm
from sandbox.sources.osm.pbf import pieces
from sandbox.sources.relief import with_climb
from tests.support.grid_city import grid_city
from tests.support.osm_map import write_pbf

pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without named pipes")
KNOWN = frozenset({".shp", ".pbf"})
LONLAT = [[106.0, 29.5], [106.001, 29.5]]


def said(path: Any):
    with pytest.raises(NetworkError) as caught:
        foreign.refuse(path, KNOWN)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "kind", "hint"),
    [
        ("plan.dwg", "a DWG drawing", "Save it as DXF first"),
        ("plan.DXF", "a DXF drawing", "save them as a GeoPackage"),
        ("roads.kml", "map data in a format", "QGIS"),
        ("roads.xlsx", "a table", "QGIS"),
        ("roads.csv", "a table", "QGIS"),
        ("city.osm", "OpenStreetMap data in a format", "osmium cat"),
        ("city.osm.bz2", "OpenStreetMap data in a format", "osmium cat"),
        ("feed.zip", "an archive", "--gtfs"),
        ("plan.pdf", "an image or a document", "was made"),
        ("dem.tif", "a raster", "--dem"),
        ("roads.dbf", "one part of a Shapefile", ".shp"),
    ],
)
def test_kinds_are_known_by_their_ending(tmp_path: Path, name: Any, kind: Any, hint: Any):
    (tmp_path / name).write_bytes(b"whatever it holds")
    told = said(tmp_path / name)
    assert kind in told
    assert hint in told


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"AC1027\x00\x00", "a DWG drawing"),
        (b"  0\r\nSECTION\r\n  2\r\nHEADER\r\n", "a DXF drawing"),
        (b'<?xml version="1.0"?>\n<osm version="0.6">', "OpenStreetMap data"),
        (b'<?xml version="1.0"?><kml xmlns="x">', "map data in a format"),
        (b"PK\x03\x04", "an archive"),
        (b"%PDF-1.7", "an image or a document"),
    ],
)
@pytest.mark.parametrize("name", ["roads", "roads.new"])
def test_kinds_are_known_by_their_first_bytes(tmp_path: Path, name: Any, head: Any, kind: Any):
    (tmp_path / name).write_bytes(head)
    assert kind in said(tmp_path / name)


@pipes
def test_what_is_read_or_unknown_or_not_there_is_left_to_who_reads_it(tmp_path: Path):
    (tmp_path / "map.shp").write_bytes(b"AC1027")
    (tmp_path / "unknown").write_bytes(b"\x00\x01")
    for name in ("pipe", "pipe.csv", "pipe.dxf", "pipe.zip"):
        os.mkfifo(tmp_path / name)
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "empty.dwg").touch()
    write_pbf(tmp_path / "map.osm.pbf", "A  B", {"AB": {"highway": "path"}})
    (tmp_path / "map.osm.pbf").rename(tmp_path / "extract")
    for path in (*tmp_path.iterdir(), tmp_path / "none.dwg", tmp_path / "none"):
        foreign.refuse(path, KNOWN)
    # A pipe is told as one, not as what its name says.
    with pytest.raises(NetworkError, match="it is not an ordinary file"):
        build_osm(tmp_path / "pipe.csv")


def test_a_folder_that_is_a_database_is_known(tmp_path: Path):
    (tmp_path / "city.gdb").mkdir()
    assert "map data in a format" in said(tmp_path / "city.gdb")


@pytest.mark.parametrize("before", ["", "\x1e"])
@pytest.mark.parametrize("ending", ["geojsonl", "geojsons", "ndjson", "jsonl"])
def test_sequences_of_features_are_read(tmp_path: Path, ending: Any, before: Any):
    row = {
        "type": "Feature",
        "properties": {"class": "主干路"},
        "geometry": {"type": "LineString", "coordinates": LONLAT},
    }
    path = tmp_path / f"roads.{ending}"
    path.write_text("".join(f"{before}{json.dumps(row)}\n" for _ in range(3)), "utf-8")
    read = source_file.read(path).table
    assert len(read) == 3
    assert read["class"].tolist() == ["主干路"] * 3


@pytest.mark.parametrize(
    ("coordinates", "crs"),
    [
        # Degrees called metres lie in the zone too: in the sea, off Africa's coast.
        (LONLAT, "EPSG:32648"),
        (LONLAT, "EPSG:4544"),
        ([[1e308, 29.5], [-1e308, 29.5]], None),
    ],
)
def test_lines_that_lie_nowhere_are_refused(
    tmp_path: Path, recwarn: pytest.WarningsRecorder, coordinates: Any, crs: Any
):
    path = tmp_path / "roads.geojson"
    row = {"type": "Feature", "properties": {}}
    row["geometry"] = {"type": "LineString", "coordinates": coordinates}
    text = json.dumps({"type": "FeatureCollection", "features": [row]})
    path.write_text(text)
    with pytest.raises(NetworkError, match="lies outside the region of"):
        source_file.read(path, crs)
    assert not list(recwarn)


def test_lines_whose_numbers_are_none_have_no_shape_and_are_told(
    tmp_path: Path, recwarn: pytest.WarningsRecorder
):
    path = tmp_path / "roads.geojson"
    row = {"type": "Feature", "properties": {}}
    row["geometry"] = {"type": "LineString", "coordinates": [["NaN", 29.5], ["NaN", 29.5]]}
    text = json.dumps({"type": "FeatureCollection", "features": [row]})
    path.write_text(text.replace('"NaN"', "NaN"))
    made, notes = source_file.read(path)
    assert made.geometry.tolist() == [None]
    assert "Skipped 1 lines" in str(notes[-1])
    assert not list(recwarn)


@pipes
def test_nothing_waits_for_a_pipe(tmp_path: Path):
    for name in ("a.geojson", "a.shp", "a.pbf", "a.zip", "a.tif"):
        os.mkfifo(tmp_path / name)
    for name in ("a.geojson", "a.shp"):
        with pytest.raises(NetworkError, match="not an ordinary file"):
            source_file.read(tmp_path / name)
    with pytest.raises(NetworkError, match="not an ordinary file"):
        next(pieces(tmp_path / "a.pbf"))
    with pytest.raises(TransitError, match="not an ordinary file"), opened(tmp_path / "a.zip"):
        pass
    with pytest.raises(NetworkError, match="not an ordinary file"):
        with_climb(grid_city(2, 2).streets, [tmp_path / "a.tif"])
