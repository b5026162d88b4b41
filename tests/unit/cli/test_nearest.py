"""The nearest places on the command line."""

import json

import geopandas as gpd
import pandas as pd
import pytest
from click.testing import CliRunner
from shapely import Point

from sandbox.cli import main, sandbox
from sandbox.streets.sandnet import save
from tests.support.grid_city import at, grid_city


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("city")
    save(grid_city().streets, folder / "city.sandnet")
    far = Point(at(5, 5)[0] + 1.0, at(5, 5)[1])

    def written(file, ids, points, **columns):
        shapes = [one if hasattr(one, "x") else Point(at(*one)) for one in points]
        table = gpd.GeoDataFrame({"id": ids, **columns}, geometry=shapes, crs="EPSG:4326")
        table.to_file(folder / file)
        return folder / file

    homes = written(
        "homes.geojson", ["h1", "h2", "h3"], [(2, 2), (9, 9), far], name=["甲", "乙", "丙"]
    )
    kinds = ["clinic", "clinic", "school"]
    near = written("near.geojson", ["c2", "c1", "s"], [(2, 5), (9, 8), (2, 2)], kind=kinds)
    city = ("--network", folder / "city.sandnet", "--speed-kmh", 6)
    return folder, ("nearest", "--from", homes, "--to", near, *city)


def said(*arguments, language="en"):
    result = CliRunner().invoke(sandbox, ["--lang", language, *map(str, arguments)])
    assert result.exception is None, result.output
    return result.output


def test_each_home_is_told_with_its_nearest(asked):
    _, ask = asked
    facts = json.loads(said(*ask, "--kind", "clinic", "--json"))
    rows = {row["place_id"]: row for row in facts["rows"]}
    assert [rows[home]["nearest_id"] for home in ("h1", "h2", "h3")] == ["c2", "c1", None]
    assert (rows["h1"]["minutes"], rows["h1"]["metres"]) == (3.0, 300.0)
    assert (rows["h3"]["minutes"], rows["h3"]["lacks"]) == (None, "street")
    assert rows["h1"]["place_name_zh"] == "甲"
    # Without a kind the school at the door is nearest.
    (first, *_) = json.loads(said(*ask, "--json"))["rows"]
    assert (first["nearest_id"], first["minutes"]) == ("s", 0.0)


def test_the_table_says_who_lacks_what_first(asked):
    _, ask = asked
    lines = said(*ask, "--kind", "clinic", language="zh").splitlines()
    table = [line for line in lines if line.startswith(("甲", "乙", "丙"))]
    assert [line[0] for line in table] == ["丙", "甲", "乙"]
    assert "附近没有道路" in table[0]
    assert any("3 处中有 2 处" in line for line in lines)


@pytest.mark.parametrize(
    ("homes", "language", "told"),
    [
        # h1 is 3 minutes from a clinic, h3 far from every street.
        (["h1"], "en", "The place has one, 3.0 minutes away."),
        (["h1"], "zh", "该地点找到了最近的地点，需 3.0 分钟。"),
        (["h3"], "en", "The place has none."),
        (["h3"], "zh", "该地点没有找到最近的地点。"),
        (["h1", "h3"], "en", "1 of 2 places has one, 3.0 minutes away."),
        (["h1", "h3"], "zh", "2 处中只有 1 处找到了最近的地点，需 3.0 分钟。"),
        (["h1", "h2"], "en", "2 of 2 places have one. Half of these need"),
    ],
)
def test_one_place_is_told_as_one(asked, tmp_path, homes, language, told):
    _, (command, option, file, *rest) = asked
    table = gpd.read_file(file)
    table[table["id"].isin(homes)].to_file(tmp_path / "some.geojson")
    ask = (command, option, tmp_path / "some.geojson", *rest, "--kind", "clinic")
    lines = said(*ask, language=language).splitlines()
    assert any(line.startswith(told) for line in lines), lines


def test_files_hold_what_is_printed(asked):
    folder, ask = asked
    rows = json.loads(said(*ask, "--count", 2, "--json", "-o", folder / "n.csv"))["rows"]
    raw = (folder / "n.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    table = pd.read_csv(folder / "n.csv")
    assert table.columns.tolist() == list(rows[0])
    assert table["nearest_id"].fillna("").tolist() == [row["nearest_id"] or "" for row in rows]
    said(*ask, "-o", folder / "n.geojson")
    lines = gpd.read_file(folder / "n.geojson")
    # h1 is at its school, h2 has a line, h3 has none.
    assert lines.geom_type.tolist() == ["Point", "LineString", "Point"]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--minutes", "0"), "0 minutes"),
        (("--count", "0"), "0 nearest places"),
        (("--kind", "bar"), "no places of the kind bar"),
        (("-o", "x.xlsx"), "files of this type can't be written"),
        (("--hour", "8"), "congestion only affects driving"),
    ],
)
def test_what_cannot_be_meant_is_refused(asked, capsys, more, told):
    _, ask = asked
    with pytest.raises(SystemExit) as ended:
        main(["--lang", "en", *map(str, (*ask, *more))])
    out, err = capsys.readouterr()
    assert (ended.value.code, out) == (2, "")
    assert told in err


def test_the_direction_is_that_of_who_is_asked_about_as_in_other_answers(asked):
    _, command = asked
    assert json.loads(said(*command, "--json"))["direction"] == "from"
    assert json.loads(said(*command, "--reverse", "--json"))["direction"] == "to"
