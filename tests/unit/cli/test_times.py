import json
import os
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from click.testing import CliRunner
from shapely import Point, Polygon

from sandbox.catalog.place_file import places_in
from sandbox.cli import main, sandbox
from sandbox.errors import AnalysisError
from sandbox.streets.sandnet import save
from tests.support.grid_city import at, grid_city


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    file = tmp_path_factory.mktemp("city") / "city.sandnet"
    save(grid_city().streets, file)
    return file


@pytest.fixture
def placed(tmp_path):
    def written(name, points, ids=None, crs="EPSG:4326"):
        data = {} if ids is None else {"id": ids}
        shapes = [point if hasattr(point, "geom_type") else Point(at(*point)) for point in points]
        gpd.GeoDataFrame(data, geometry=shapes, crs=crs).to_file(tmp_path / name)
        return tmp_path / name

    return written


def said(*arguments, language="en"):
    result = CliRunner().invoke(sandbox, ["--lang", language, *map(str, arguments)])
    assert result.exception is None, result.output
    return result.output


def refused(capsys, *arguments):
    with pytest.raises(SystemExit) as stopped:
        main(["--lang", "en", *map(str, arguments)])
    out, err = capsys.readouterr()
    assert stopped.value.code == 2
    assert out == ""
    assert err.count("\n") == 1, err
    return err


def test_a_table_of_pairs_is_written(city, placed, tmp_path):
    homes = placed("homes.geojson", [(3, 3), (5, 5)], ["甲", "乙"])
    schools = placed("schools.gpkg", [(3, 5), (5, 6), (18, 18)])
    out = tmp_path / "times.csv"
    asked = ("times", "--from", homes, "--to", schools, "--network", city, "--speed-kmh", 6)
    told = said(*asked, "--minutes", 10, "-o", out)
    assert "4 of 6 pairs are within 10 minutes." in told
    assert f"Saved to {out}." in told
    table = pd.read_csv(out, dtype={"to_id": str})
    assert list(table.columns) == [
        "from_id",
        "from_layer",
        "from_name_zh",
        "from_name_en",
        "to_id",
        "to_layer",
        "to_name_zh",
        "to_name_en",
        "minutes",
        "metres",
        "measured_from",
        "measured_to",
    ]
    assert table["from_id"].tolist() == ["甲"] * 3 + ["乙"] * 3
    assert table["to_id"].tolist() == ["1", "2", "3"] * 2
    # Blocks of 100 m, a minute each.
    assert table["minutes"].round(1).tolist()[:2] == [2.0, 5.0]
    assert table["metres"].round(-1).tolist()[3:5] == [200, 100]
    assert table["minutes"].isna().tolist() == [False, False, True] * 2
    facts = json.loads(said(*asked, "-o", out, "--json"))
    told = {name: facts[name] for name in ("mode", "speed_kmh", "departure", "percentile")}
    assert told == {"mode": "walk", "speed_kmh": 6.0, "departure": None, "percentile": None}
    assert (facts["pairs"], facts["pairs_reached"]) == (6, 6)
    # The rows are those of the table, by the names of its columns; what isn't reached is null.
    assert [list(row) for row in facts["rows"]] == [list(table.columns)] * 6
    short = json.loads(said(*asked, "--minutes", 4, "-o", out, "--json"))["rows"]
    first = short[0]
    assert (first["from_id"], first["to_id"], round(first["minutes"], 1)) == ("甲", "1", 2.0)
    assert (first["measured_from"], first["to_layer"]) == ("point", "schools")
    # Within 4 minutes: 2 to (3, 5) from both, 1 to (5, 6) from 乙; 5 from 甲 are too many.
    assert [row["minutes"] is None for row in short] == [False, True, True, False, False, True]
    assert "6" in said(*asked, "-o", out, language="zh")


@pytest.mark.parametrize(
    ("ends", "english", "chinese"),
    [
        ([(3, 5)], "The pair is within 4 minutes.", "这对地点在 4 分钟内可达。"),
        ([(18, 18)], "The pair is not within 4 minutes.", "这对地点在 4 分钟内不可达。"),
        (
            [(3, 5), (18, 18)],
            "1 of 2 pairs is within 4 minutes.",
            "2 对地点中，4 分钟内只可达 1 对。",
        ),
    ],
)
def test_one_pair_is_told_as_one(city, placed, tmp_path, ends, english, chinese):
    homes, schools = placed("homes.geojson", [(3, 3)]), placed("schools.geojson", ends)
    asked = ("times", "--from", homes, "--to", schools, "--network", city, "--speed-kmh", 6)
    for language, told in (("en", english), ("zh", chinese)):
        lines = said(*asked, "--minutes", 4, "-o", tmp_path / "t.csv", language=language)
        assert told in lines.splitlines()


def test_times_on_edited_streets_say_so(city, placed, tmp_path):
    homes, schools = placed("a.geojson", [(3, 3)], ["a"]), placed("b.geojson", [(5, 5)], ["b"])
    row = {"type": "Feature", "properties": {"kind": "path"}}
    row["geometry"] = {"type": "LineString", "coordinates": [at(3, 3), at(5, 5)]}
    edits = tmp_path / "edits.geojson"
    edits.write_text(json.dumps({"type": "FeatureCollection", "features": [row]}), "utf-8")
    asked = ("times", "--from", homes, "--to", schools, "--network", city, "-o", tmp_path / "t.csv")
    plain = said(*asked)
    assert "Street edits" not in plain
    before = pd.read_csv(tmp_path / "t.csv")["metres"][0]
    assert "Street edits: 1" in said(*asked, "--edits", edits)
    # Two blocks east and two north, or straight across.
    metres = pd.read_csv(tmp_path / "t.csv")["metres"][0]
    assert (before, metres) == (pytest.approx(400, abs=1), pytest.approx(200 * 2**0.5, abs=1))
    assert json.loads(said(*asked, "--edits", edits, "--json"))["network"]["street_edits"] == 1


def test_places_in_another_system_and_off_the_streets(city, placed, tmp_path):
    away = placed("away.gpkg", [Point(1000, 1000)], ["nowhere"], crs="EPSG:32648")
    homes = placed("homes.geojson", [(3, 3)], ["here"])
    out = tmp_path / "times.csv"
    told = said("times", "--from", homes, "--to", away, "--network", city, "-o", out)
    assert "There is no street near: nowhere. Their rows are empty." in told
    assert out.read_text("utf-8-sig").splitlines()[1] == (
        "here,homes,,,nowhere,away,,,,,point,point"
    )


@pytest.mark.parametrize("ending", ["geojson", "gpkg"])
def test_areas_of_a_file_are_left_by_their_gates(city, placed, tmp_path, ending):
    # A park of four blocks by two, with one gate, at its north-western corner.
    corners = [at(2, 2), at(6, 2), at(6, 4), at(2, 4)]
    parks = gpd.GeoDataFrame(
        {"id": ["gated", "open"], "gates": [json.dumps([at(2, 4)]), None]},
        geometry=[Polygon(corners)] * 2,
        crs="EPSG:4326",
    )
    file, school = tmp_path / f"parks.{ending}", placed("school.geojson", [(7, 2)], ["school"])
    if ending == "gpkg":
        parks.to_file(file)
    else:
        rows = json.loads(parks.to_json())
        for row, gates in zip(rows["features"], [[at(2, 4)], None], strict=True):
            row["properties"]["gates"] = gates
        file.write_text(json.dumps(rows), "utf-8")
    out = tmp_path / "times.csv"
    asked = ("--network", city, "--speed-kmh", "6")
    said("times", "--from", file, "--to", school, *asked, "-o", out)
    table = pd.read_csv(out)
    assert table["measured_from"].tolist() == ["gate", "edge"]
    # From the gate five blocks east and two south, from the edge one block.
    assert table["minutes"].round(1).tolist() == [7.0, 1.0]
    found = json.loads(said("isochrone", "--from", file, *asked, "--minutes", "3", "--json"))
    assert [one["measured"] for one in found["origins"]] == ["gate", "edge"]


def test_gates_that_are_no_positions_are_told_with_all_who_have_them(city, placed, tmp_path):
    rows = json.loads(
        Path(placed("homes.geojson", [(3, 3), (4, 4)], ["a", "b"])).read_text("utf-8")
    )
    for row in rows["features"]:
        row["properties"]["gates"] = "north, south"
    file = tmp_path / "odd.geojson"
    file.write_text(json.dumps(rows), "utf-8")
    with pytest.raises(AnalysisError) as caught:
        places_in(file)
    for who in ("a", "b"):
        assert f"gates is not a list of [longitude, latitude] ({who})" in str(caught.value)


@pytest.mark.parametrize(
    ("ids", "called"),
    [
        # A column of numbers with a gap: 1.0 and nan as a table holds them.
        ([1, None, 7], ["1", "2", "7"]),
        (["a", None, ""], ["a", "2", "3"]),
        ([None, None, None], ["1", "2", "3"]),
        # The number of the first is the third's id.
        ([None, "x", "1"], ["#1", "x", "1"]),
        ([1.5, 2.0, "NA"], ["1.5", "2.0", "NA"]),
        (["001", "nan", 10**15], ["001", "nan", "1000000000000000"]),
    ],
)
def test_a_place_without_an_id_is_called_by_its_number(tmp_path, ids, called):
    rows = [
        {
            "type": "Feature",
            "properties": {"id": one},
            "geometry": {"type": "Point", "coordinates": at(2 + number, 2)},
        }
        for number, one in enumerate(ids)
    ]
    file = tmp_path / "places.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": rows}), "utf-8")
    assert places_in(file)["id"].tolist() == called


@pytest.mark.parametrize("place", ["[NaN, 29.5]", "[]", "null", '["a", 1]'])
def test_a_place_without_a_position_is_refused(tmp_path, recwarn, place):
    file = tmp_path / "places.geojson"
    file.write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"id": "b"},'
        f' "geometry": {{"type": "Point", "coordinates": {place}}}}}]}}'
    )
    with pytest.raises(AnalysisError, match="b has no geometry"):
        places_in(file)
    assert not list(recwarn)


def test_a_table_of_longitudes_and_latitudes_is_read_and_an_empty_file_is_not(tmp_path):
    table = tmp_path / "places.csv"
    table.write_text("id,lon,lat\n1,106.3,29.5\n", encoding="utf-8-sig")
    found = places_in(table)
    assert found["id"].tolist() == ["1"]
    assert found.geometry[0] == Point(106.3, 29.5)
    nothing = tmp_path / "nothing.geojson"
    nothing.touch()
    with pytest.raises(AnalysisError) as refusal:
        places_in(nothing)
    assert "<DRIVER>" not in str(refusal.value)
    assert ".." not in str(refusal.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without named pipes")
def test_a_pipe_is_no_file_of_places(tmp_path):
    os.mkfifo(tmp_path / "pipe.geojson")
    with pytest.raises(AnalysisError, match="not an ordinary file"):
        places_in(tmp_path / "pipe.geojson")


def test_faults_are_one_line_and_leave_no_file(city, placed, tmp_path, capsys):
    homes = placed("homes.geojson", [(3, 3)], ["here"])
    out = tmp_path / "times.csv"

    def told(*more, start=homes, end=homes, target=out):
        command = ("times", "--from", start, "--to", end, "--network", city, "-o", target)
        return refused(capsys, *command, *more)

    text = tmp_path / "notes.geojson"
    text.write_text("no places", "utf-8")
    bow = Polygon([at(1, 1), at(2, 2), at(2, 1), at(1, 2)])
    twice = placed("twice.geojson", [(1, 1), (2, 2), bow], ["a", "a", "b"])
    empty = tmp_path / "empty.geojson"
    empty.write_text('{"type": "FeatureCollection", "features": []}', "utf-8")
    table = tmp_path / "table.csv"
    table.write_text("id,name\n1,a\n", "utf-8")
    before = sorted(tmp_path.iterdir())
    assert "none.geojson" in told(start=tmp_path / "none.geojson")
    assert "can't be read as places" in told(end=text)
    assert "contains no places" in told(start=empty)
    assert "it is a table without geometry" in told(end=table)
    both = told(start=twice)
    assert "a appears twice" in both
    assert "b intersects itself" in both
    assert "times.xlsx: files of this type can't be written" in told(target=tmp_path / "times.xlsx")
    assert "doesn't exist" in told(target=tmp_path / "no" / "times.csv")
    assert "0.5 minutes" in told("--minutes", 0.5)
    assert "speed of 99" in told("--speed-kmh", 99)
    assert "only affects driving" in told("--hour", 8)
    assert "no streets for the mode" in told("--mode", "drive")
    assert sorted(tmp_path.iterdir()) == before


def test_a_parquet_holds_what_the_csv_holds(city, placed, tmp_path):
    homes, schools = placed("homes.geojson", [(3, 3), (5, 5)]), placed("s.gpkg", [(3, 5), (18, 18)])
    ask = ("times", "--from", homes, "--to", schools, "--network", city, "--minutes", 20)
    for ending in ("csv", "parquet"):
        said(*ask, "-o", tmp_path / f"t.{ending}")
    parquet = pd.read_parquet(tmp_path / "t.parquet")
    assert parquet.columns.tolist() == [
        "from_id",
        "from_layer",
        "from_name_zh",
        "from_name_en",
        "to_id",
        "to_layer",
        "to_name_zh",
        "to_name_en",
        "minutes",
        "metres",
        "measured_from",
        "measured_to",
    ]
    # A CSV doesn't tell a name that is empty from none.
    texts = parquet.select_dtypes("category").columns
    csv = pd.read_csv(tmp_path / "t.csv", dtype=dict.fromkeys(["from_id", "to_id", *texts], str))
    csv[texts], parquet[texts] = csv[texts].fillna(""), parquet[texts].astype(str)
    pd.testing.assert_frame_equal(csv, parquet, check_dtype=False)
    assert parquet["minutes"].isna().any()


def test_a_table_can_be_piped_and_is_shown_without_a_file(city, placed):
    spots = placed("spots.geojson", [(2, 2), (2, 5)], ["a", "b"])
    ask = ("times", "--from", spots, "--to", spots, "--network", city, "--speed-kmh", 6)
    rows = json.loads(said(*ask, "--json"))["rows"]
    assert [row["minutes"] for row in rows] == [0.0, 3.0, 3.0, 0.0]
    lines = said(*ask, "-o", "-").splitlines()
    assert lines[0].startswith("from_id,")
    assert len(lines) == 5
    assert said(*ask).count("3.0") == 2
