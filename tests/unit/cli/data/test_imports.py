"""Files into a GeoPackage by command and from Python; what is refused, mended, remembered."""

import json

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
from click.testing import CliRunner
from shapely import Point

import sandbox as program
from sandbox.cli import main, sandbox
from sandbox.formats.geopackage import layer_names, provenance_of
from sandbox.geo.systems import System
from sandbox.streets.sandnet import save
from tests.support.corpus import packed, shapefile, text, workbook
from tests.support.grid_city import at, grid_city

ROWS = (
    "名称,类型,床位数,建成年份,经度,纬度\n北院,综合医院,300,2001,106.31,29.52\n"
    "南站,卫生站,很多,2010,106.32,29.53\n东园,幼儿园,270,很久,106.33,29.54\n"
    "西站,社康,5,2019,106.34,29.55\n"
)


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    file = tmp_path_factory.mktemp("city") / "city.sandnet"
    save(grid_city().streets, file)
    return file


def said(*arguments, language="en", status=0):
    result = CliRunner().invoke(sandbox, ["--lang", language, *map(str, arguments)])
    assert result.exit_code == status, result.output
    return result.output


def refused(capsys, *arguments, language="en"):
    with pytest.raises(SystemExit) as stopped:
        main(["--lang", language, *map(str, arguments)])
    out, err = capsys.readouterr()
    assert stopped.value.code == 2
    assert err.count("\n") == 1, err
    return out, err


def test_a_table_becomes_a_layer_and_its_faulty_rows_a_table_to_mend(tmp_path):
    into = tmp_path / "city.gpkg"
    told = said("layers", "import", text("设施.csv", ROWS, "gbk")(tmp_path), "--into", into)
    assert "设施: 2 features (CSV, WGS 84)" in told
    assert "Columns: name_zh ← 名称, kind ← 类型, capacity ← 床位数, opened ← 建成年份" in told
    assert "Texts are read as GB18030." in told
    assert "社康 (1)" in told
    assert "row 3: 床位数: “很多” is not a number" in told
    assert "row 4: 建成年份: “很久” is neither a date nor a year" in told
    rows = pyogrio.read_dataframe(into)
    assert rows["id"].tolist() == ["2", "5"]
    assert rows["name_en"].tolist() == ["北院", "西站"]
    assert rows["kind"].tolist() == ["hospital", "社康"]
    # Mended, the rows come to the others, by the command that was printed.
    mend = tmp_path / "city-设施-mend.csv"
    assert f"layers import {mend} --into {into} --name 设施 --if-exists add --crs EPSG:4326" in told
    assert pd.read_csv(mend)["row"].tolist() == [3, 4]
    mended = mend.read_text("utf-8-sig").replace(",很多,", ",30,").replace(",很久,", ",1999,")
    mend.write_text(mended, "utf-8-sig")
    said("layers", "import", mend, "--into", into, "--name", "设施", "--if-exists", "add",
         "--crs", "EPSG:4326")  # fmt: skip
    rows = pyogrio.read_dataframe(into).sort_values("id")
    assert rows["id"].tolist() == ["2", "3", "4", "5"]
    assert rows["capacity"].tolist() == [300.0, 30.0, 270.0, 5.0]
    assert rows["kind"].tolist() == ["hospital", "clinic", "kindergarten", "社康"]
    assert provenance_of(into)["设施"]["earlier"]["file"] == "设施.csv"


def test_a_file_that_doesn_t_say_where_it_lies_is_refused_with_the_command_to_choose(
    tmp_path, capsys
):
    points = [Point(one) for one in System("EPSG:4544").from_lonlat([(106.31, 29.52)])]
    table = gpd.GeoDataFrame({"名称": ["甲"]}, geometry=points, crs=4544)
    path, into = shapefile(prj=False, table=table)(tmp_path), tmp_path / "city.gpkg"
    ask = ("layers", "import", path, "--into", into)
    out, err = refused(capsys, *ask)
    assert out == ""
    assert "1. EPSG:4544 (CGCS2000 / 3-degree Gauss-Kruger CM 105E)" in err
    assert "older datum" in err
    assert err.rstrip().endswith(f"layers import {path} --into {into} --crs EPSG:4544")
    assert not into.exists()
    out, err = refused(capsys, *ask, "--json", language="zh")
    assert "没有说明坐标系" in err
    first = json.loads(out)["candidates"][0]
    assert (first["crs"], first["lon"], first["lat"]) == ("EPSG:4544", 106.31, 29.52)
    found = json.loads(said(*ask, "--crs", "EPSG:4544", "--json"))["layers"][0]
    assert found["crs"]["chosen_by"] == "user"
    # The choice stays with the layer.
    kept = provenance_of(into)["医疗"]
    assert kept["crs"]["code"] == kept["told"]["crs"] == "EPSG:4544"
    assert kept["sha256"]


def test_what_was_said_of_columns_is_remembered_for_files_with_the_same(tmp_path):
    first = text("a.csv", "名称,经度,纬度,甲数,类\n甲,106.31,29.52,120,社康\n")(tmp_path)
    second = text("b.csv", "名称,经度,纬度,甲数,类\n乙,106.31,29.52,90,社康\n")(tmp_path)
    into = tmp_path / "city.gpkg"
    columns = (
        "--columns",
        "capacity=甲数",
        "--columns",
        "kind=类",
        "--meaning",
        "社康=卫生服务中心",
    )
    said("layers", "import", first, "--into", into, *columns)
    told = said("layers", "import", second, "--into", into)
    assert "as they were given for such a file before" in told
    rows = pyogrio.read_dataframe(into, layer="b")
    assert (rows["capacity"][0], rows["kind"][0]) == (90.0, "health_centre")


def test_several_files_come_whole_or_not_at_all(tmp_path, capsys):
    folder = tmp_path / "资料"
    folder.mkdir()
    text("a.csv", "名称,经度,纬度\n甲,106.31,29.52\n")(folder)
    workbook([["名称", "经度", "纬度"], ["乙", 106.32, 29.53]], name="b.xlsx")(folder)
    text("c.dwg", b"AC1032" + bytes(60))(folder)
    text("d.csv", "名称,电话\n丁,1\n")(folder)
    into = tmp_path / "city.gpkg"
    _, err = refused(capsys, "layers", "import", folder, "--into", into)
    assert "2 files can't be imported" in err
    assert "c.dwg" in err
    assert "d.csv" in err
    assert not into.exists()
    told = said("layers", "import", folder, "--into", into, "--skip", status=2)
    assert "Skipped: " in told
    assert "Save it as DXF" in told
    assert layer_names(into) == ["a", "b"]


def test_a_layer_that_is_there_is_kept_unless_one_says_so(tmp_path, capsys):
    path, into = text("a.csv", "名称,经度,纬度\n甲,106.31,29.52\n")(tmp_path), tmp_path / "c.gpkg"
    said("layers", "import", path, "--into", into)
    before = into.read_bytes()
    _, err = refused(capsys, "layers", "import", path, "--into", into)
    assert "already has a layer a" in err
    assert into.read_bytes() == before
    said("layers", "import", path, "--into", into, "--if-exists", "replace")
    said("layers", "import", path, "--into", into, "--name", "b")
    assert layer_names(into) == ["a", "b"]
    _, err = refused(capsys, "layers", "import", path, "--into", tmp_path / "c.shp")
    assert "End the name in .gpkg" in err


def test_a_raster_becomes_a_picture_of_the_project(capsys, tmp_path):
    import numpy as np
    import rasterio

    from sandbox.projects.store import read

    place = rasterio.Affine(0.001, 0, 106.3, 0, -0.001, 29.6)
    size = {"driver": "GTiff", "width": 5, "height": 4, "count": 1, "dtype": "float32"}
    with rasterio.open(tmp_path / "dem.tif", "w", **size, crs=4326, transform=place) as file:
        file.write(np.ones((1, 4, 5), np.float32))
    into = tmp_path / "c.gpkg"
    told = said("layers", "import", tmp_path / "dem.tif", "--into", into)
    assert "elevation, 5 × 4 cells, 1 bands, WGS 84, 106.3, 29.596 to 106.305, 29.6" in told
    assert "--dem" in told
    layer = read(into).project.layers["dem"]
    assert layer.picture.bounds_lonlat == pytest.approx((106.3, 29.596, 106.305, 29.6))
    _, clash = refused(capsys, "layers", "import", tmp_path / "dem.tif", "--into", into)
    assert "already has a layer dem" in clash
    again = ("layers", "import", tmp_path / "dem.tif", "--into", into, "--if-exists", "replace")
    (found,) = json.loads(said(*again, "--json"))["rasters"]
    assert (found["kind"], found["crs"]) == ("elevation", "EPSG:4326")


def test_a_picture_without_a_system_is_asked_where_it_lies(capsys, tmp_path):
    from sandbox.projects.store import read
    from tests.support.plans import about, write_plan

    plan = write_plan(tmp_path / "plan.png", about((106.3149, 29.5149), "EPSG:4544", 2.0))
    into = tmp_path / "c.gpkg"
    assert "--crs EPSG:4544" in refused(capsys, "layers", "import", plan, "--into", into)[1]
    assert not into.exists()
    said("layers", "import", plan, "--into", into, "--crs", "EPSG:4544")
    west, south, east, north = read(into).project.layers["plan"].picture.bounds_lonlat
    assert west < 106.3149 < east
    assert south < 29.5149 < north


def test_what_was_imported_opens_wherever_places_are_asked_for(city, tmp_path):
    rows = "".join(f"{name},{lon},{lat}\n" for name, (lon, lat) in
                   (("北诊所", at(3, 3)), ("南诊所", at(5, 5))))  # fmt: skip
    clinics = text("诊所.csv", "名称,经度,纬度\n" + rows)(tmp_path)
    into, out = tmp_path / "city.gpkg", tmp_path / "times.csv"
    said("layers", "import", clinics, "--into", into, "--name", "clinics")
    ask = ("--network", city, "--speed-kmh", 6, "-o", out)
    said("times", "--from", into, "--to", f"{into}:clinics", *ask)
    table = pd.read_csv(out)
    assert table["from_name_zh"].tolist()[0] == "北诊所"
    assert table["minutes"].tolist() == [0.0, 4.0, 4.0, 0.0]
    # So does the table itself, with what it doesn't say noted beside the answer; and shifted ones.
    told = said("times", "--from", clinics, "--to", into, *ask)
    assert "read as WGS 84" in told
    lonlat = System("gcj02").from_lonlat([at(3, 3), at(5, 5)])
    shifted = "名称,经度,纬度\n" + "".join(f"某,{lon!r},{lat!r}\n" for lon, lat in lonlat.tolist())
    moved = text("moved.csv", shifted)(tmp_path)
    said("times", "--from", f"{moved}@gcj02", "--to", into, *ask)
    assert pd.read_csv(out)["minutes"].tolist() == [0.0, 4.0, 4.0, 0.0]
    # Of several layers one is named.
    said("layers", "import", clinics, "--into", into, "--name", "again")
    assert "has several layers: clinics, again" in said(
        "times", "--from", into, "--to", into, *ask, status=2
    )


def test_python_reads_and_imports_the_same(tmp_path):
    path = text("设施.csv", ROWS)(tmp_path)
    layer = program.read_layer(path, kinds={"社康": "health_centre"})
    assert layer["kind"].tolist() == ["hospital", "health_centre"]
    assert layer.attrs["mend"]["problem"].tolist()[0] == (
        "床位数：“很多”不是数字 / 床位数: “很多” is not a number"
    )
    assert layer.attrs["provenance"]["crs"]["code"] == "EPSG:4326"
    archive = packed("包.zip", {"": shapefile("gbk")})(tmp_path)
    into = tmp_path / "city.gpkg"
    report = program.import_layers([path, archive], into)
    assert report["name"].tolist() == ["设施", "医疗"]
    assert report["features"].tolist() == [2, 2]
    assert report["to_mend"].tolist() == [2, 0]
    assert layer_names(into) == ["设施", "医疗"]
    with pytest.raises(program.LayerError, match="several layers"):
        program.read_layer(into)
    assert len(program.read_layer(into, layer="医疗")) == 2
    with pytest.raises(program.LayerError, match="doesn't state") as caught:
        program.read_layer(text("x.csv", "名称,x,y\n甲,625000,3266000\n")(tmp_path))
    assert caught.value.candidates
