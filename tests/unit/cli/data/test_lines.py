"""Own streets from the command line: what it says, writes and refuses."""

import json
import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import rasterio
from click.testing import CliRunner
from ezdxf import filemanagement as document

from sandbox.catalog.folder import check, load
from sandbox.cli import main, sandbox
from sandbox.cli.data import lines
from sandbox.sources.lines import source_file
from sandbox.streets.sandnet import load as load_network
from tests.support.drawn import drawn, place, shapefile, table
from tests.support.worlds import CRS, SOUTH, WEST
from tests.unit.cli.data.test_network import refused, said

ROWS = [
    (
        [(-500, 0), (500, 0)],
        {"名称": "大学城中路", "道路等级": "主干路", "限速": 50, "单行": "双向"},
    ),
    ([(0, -500), (0, 500)], {"名称": "学府路", "道路等级": "支路", "限速": 30, "单行": "双向"}),
    ([(300, 5), (300, 400)], {"名称": "近路", "道路等级": "支路", "限速": 30, "单行": "单行"}),
]


@pytest.fixture
def roads(tmp_path: Path):
    return shapefile(tmp_path / "roads.shp", ROWS)


def test_a_network_is_written_beside_and_what_was_guessed_is_told(roads: Any, tmp_path: Path):
    report = tmp_path / "look.gpkg"
    told = said("network", "build", roads, "--report", report)
    # The third line misses the first by 5 m: it is an island, and not of the network.
    assert f"{tmp_path / 'roads.sandnet'}: 5 nodes, 4 edges, 2.0 km." in told
    assert "Kept 3 of 3 lines." in told
    assert "class = 道路等级 (guessed), speed = 限速 (guessed), one-way = 单行 (guessed)" in told
    assert "支路 → residential 2, 主干路 → primary 1" in told
    assert "Created 1 junctions where lines cross; moved 0 ends by up to 1 m." in told
    assert f"To check (see {report}): 1 near misses within 10 m, 1 islands, 5 loose ends." in told
    assert "For driving: 4 edges kept; 1 dropped in" in told
    places: Any = gpd.read_file(report)
    assert places["kind"].value_counts().to_dict() == {"dangling": 5, "near_miss": 1, "island": 1}
    assert places.geometry[0].distance(place(300, 5)) < 1e-7


def test_in_chinese(roads: Any):
    made = CliRunner().invoke(sandbox, ["--lang", "zh", "network", "build", str(roads)])
    assert made.exception is None, made.output
    assert "字段：等级 = 道路等级（推断）" in made.output
    assert "--report 文件名 可查看位置" in made.output


def test_the_tolerance_can_be_widened(roads: Any):
    told = said("network", "build", roads, "--snap-m", "6")
    assert "moved 1 ends by up to 6 m" in told
    assert "near misses" not in told


@pytest.mark.parametrize("ending", [".geojson", ".gpkg"])
def test_doubtful_places_are_a_layer_of_the_map(roads: Any, tmp_path: Path, ending: Any):
    folder = tmp_path / "doubtful"
    folder.mkdir()
    said("network", "build", roads, "--report", folder / f"doubtful{ending}")
    (folder / "layer.toml").write_text(
        f"""id = "doubtful"
group = "transport"
geometry = "mixed"
data = "doubtful{ending}"
order = 90
licence = "none"
title = {{ zh = "路网核查", en = "Streets to look at" }}
provenance = {{ zh = "建网报告", en = "Report of the network build" }}
style = {{ line = "boundary", category = "support" }}
legend = [{{ zh = "核查处", en = "To look at" }}]
[[columns]]
name = "row"
type = "integer"
zh = "行"
en = "Row"
[[columns]]
name = "near_row"
type = "integer"
zh = "邻近行"
en = "Row near"
[[columns]]
name = "level"
type = "integer"
zh = "层级"
en = "Level"
[[columns]]
name = "distance_m"
type = "number"
zh = "距离"
en = "Distance"
unit = "m"
""",
        encoding="utf-8",
    )
    if ending == ".geojson":
        assert [str(fault) for fault in check(folder)] == []
        features: Any = load(folder).features
        assert len(features) == 7
    else:
        assert set(gpd.read_file(folder / f"doubtful{ending}").geom_type) == {
            "Point", "MultiLineString",
        }  # fmt: skip


def test_the_network_answers_as_any_other(roads: Any, tmp_path: Path):
    out = tmp_path / "own.sandnet"
    said("network", "build", roads, "-o", out, "--snap-m", "6")
    west, north = place(-500, 0), place(300, 400)
    for mode in ("walk", "bike", "drive"):
        told = said(
            "isochrone", "--network", out, "--at", f"{west.x},{west.y}", "--mode", mode, "--json"
        )
        assert json.loads(told)
    # One way: on foot both ways, 800 m east and 400 m north; by car one way only, and whoever
    # can't come back isn't taken along.
    told = json.loads(
        said("route", "--network", out, "--from", f"{west.x},{west.y}", "--to",
             f"{north.x},{north.y}", "--speed-kmh", "6", "--json")
    )  # fmt: skip
    assert told["metres"] == pytest.approx(1200, rel=2e-3)
    assert told["minutes"] == pytest.approx(12, rel=2e-3)
    assert load_network(out).provenance.report["parts"]["drive"]["segments_outside"] == 1


def test_what_isnt_understood_stops_before_anything_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    rows = [([(0, 0), (9, 0)], {"道路等级": "大路"}), ([(9, 0), (9, 9)], {"道路等级": "窄路"})]
    roads = drawn(tmp_path / "roads.gpkg", rows)
    report = tmp_path / "look.gpkg"
    told = refused(capsys, "network", "build", roads, "--report", report)
    assert "“大路”" in told
    assert "“窄路”" in told
    assert [path.name for path in tmp_path.iterdir()] == ["roads.gpkg"]
    assert "大路 → primary 1, 窄路 → residential 1" in said(
        "network", "build", roads, "--class", "大路=primary", "--kind", "*=residential"
    )


def test_a_column_can_be_named_or_left_out(tmp_path: Path):
    rows = [([(0, 0), (9, 0)], {"类型": "沥青", "DJ": "支路"})]
    roads = drawn(tmp_path / "roads.gpkg", rows)
    told = said("network", "build", roads, "--field", "class=DJ")
    assert "Columns: class = DJ." in told
    assert "支路 → residential 1" in told
    told = said("network", "build", roads, "--field", "class=")
    assert "Columns: none." in told
    assert "(none) → road 1" in told


def test_options_of_lines_are_refused_elsewhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    other = tmp_path / "town.osm.pbf"
    told = refused(capsys, "network", "build", other, "--crs", "EPSG:4544", "--field", "name=x")
    assert "--field, --crs only applies to files of lines" in told
    told = refused(capsys, "network", "build", other, "--field", "name")
    assert "ROLE=COLUMN" in told


def test_without_a_system_it_says_which_it_may_be(roads: Any, capsys: pytest.CaptureFixture[str]):
    roads.with_suffix(".prj").unlink()
    assert "--crs EPSG:4544" in refused(capsys, "network", "build", roads)
    assert "Kept 3 of 3" in said("network", "build", roads, "--crs", "EPSG:4544")


def test_slopes_come_from_elevation_files(roads: Any, tmp_path: Path):
    # A metre up for every ten metres east.
    dem, x = tmp_path / "dem.tif", np.arange(120) * 10.0 + 5.0
    with rasterio.open(
        dem, "w", driver="GTiff", width=120, height=120, count=1, dtype="float32", crs=CRS,
        transform=rasterio.Affine(10, 0, WEST - 600, 0, -10, SOUTH + 600),
    ) as file:  # fmt: skip
        file.write(np.tile(x / 10.0, (120, 1)).astype("float32"), 1)
    out = tmp_path / "own.sandnet"
    told = said("network", "build", roads, "-o", out, "--dem", dem)
    assert "Climbing: " in told
    climb: Any = load_network(out).climb_m
    # The street that runs east rises by 100 m in all, the other not at all.
    assert float(climb.max(axis=1).sum()) == pytest.approx(100, rel=0.02)


def test_a_report_that_cant_be_written_is_refused_first(
    roads: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    for name in ("look.pdf", "no/look.gpkg"):
        with pytest.raises(SystemExit) as stopped:
            main(["network", "build", str(roads), "--report", str(tmp_path / name)])
        assert stopped.value.code == 2
    capsys.readouterr()
    assert not (tmp_path / "roads.sandnet").exists()


def kml(made: Any):
    lines = [" ".join(f"{x},{y}" for x, y in one.coords) for one in made.geometry]
    rows = "".join(
        f"<Placemark><name>{name}</name><LineString><coordinates>{line}</coordinates></LineString>"
        "</Placemark>"
        for name, line in zip(made["名称"], lines, strict=True)
    )
    return f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{rows}</Document></kml>'


def other(folder: Any, name: Any):
    """Write the rows to a file of the kind that its ending says."""
    path, made = folder / name, table(ROWS, "EPSG:4326")
    match path.suffix:
        case ".dxf":
            drawing = document.new("R2010")
            for line in table(ROWS).geometry:
                drawing.modelspace().add_lwpolyline(list(line.coords))
            drawing.saveas(path)
        case ".fgb":
            made.to_file(path, engine="pyogrio")
        case ".kml":
            path.write_text(kml(made), "utf-8")
        case ".kmz":
            with zipfile.ZipFile(path, "w") as packed:
                packed.writestr("doc.kml", kml(made))
        case ".parquet":
            made.to_parquet(path)
        case ".zip":
            inside = shapefile(folder / "roads.shp", ROWS)
            with zipfile.ZipFile(path, "w") as packed:
                for one in inside.parent.glob("roads.*"):
                    if one.suffix != ".zip":
                        packed.write(one, one.name)
        case _:
            plain = pd.DataFrame(made.drop(columns="geometry")).assign(
                wkt=made.to_wkt()["geometry"]
            )
            if path.suffix == ".csv":
                plain.to_csv(path, index=False, encoding="gb18030")
            else:
                plain.to_excel(path, index=False, engine="xlsxwriter")
    return path


@pytest.mark.parametrize(
    "name", ["a.dxf", "a.kml", "a.kmz", "a.fgb", "a.parquet", "roads.zip", "a.csv", "a.xlsx"]
)
def test_any_file_of_lines_makes_the_same_streets(tmp_path: Path, name: Any):
    path = other(tmp_path, name)
    # Drawings and tables state no coordinate system.
    stated = {".dxf": CRS, ".csv": "EPSG:4326", ".xlsx": "EPSG:4326"}.get(path.suffix)
    more = ("--crs", stated) if stated else ()
    told = said("network", "build", path, "-o", tmp_path / "own.sandnet", *more)
    assert "own.sandnet: 5 nodes, 4 edges, 2.0 km." in told
    if path.suffix not in (".dxf", ".kml", ".kmz"):
        assert "支路 → residential 2, 主干路 → primary 1" in told


def test_a_file_of_points_is_none_of_streets(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "a.csv").write_text("name,lon,lat\nx,106.3,29.5\n")
    assert "contains no lines" in refused(capsys, "network", "build", tmp_path / "a.csv")
    (tmp_path / "a.dxf").write_bytes(other(tmp_path, "b.dxf").read_bytes())
    assert "--crs" in refused(capsys, "network", "build", tmp_path / "a.dxf")


def test_the_command_names_all_endings_that_are_read():
    assert lines.SUFFIXES == source_file.SUFFIXES
