"""`sandbox siting` on files made by hand, and on the sample."""

import json

import geopandas as gpd
import pyogrio
import pytest
import python_calamine
import shapely

from sandbox.cli import main
from sandbox.geo import crs as geo
from tests.support.paged import page_data


@pytest.fixture
def town(tmp_path):
    """Return files of four homes and three parcels on the shipped streets."""
    at = [(106.305 + 0.003 * i, 29.605) for i in range(4)]
    homes = gpd.GeoDataFrame(
        {"id": ["a", "b", "c", "d"], "人口": [100, 200, 300, 400]},
        geometry=[shapely.Point(one) for one in at],
        crs=geo.WGS84,
    )
    parcels = gpd.GeoDataFrame(
        {"id": ["p", "q", "r"]}, geometry=[shapely.Point(at[i]) for i in (0, 2, 3)], crs=geo.WGS84
    )
    homes.to_file(tmp_path / "homes.geojson")
    parcels.to_file(tmp_path / "parcels.geojson")
    return tmp_path


def asked(capsys, *arguments: str) -> dict:
    with pytest.raises(SystemExit) as ended:
        main(["--lang", "en", "siting", *arguments, "--json"])
    assert ended.value.code in (0, None)
    return json.loads(capsys.readouterr().out)


def test_all_candidates_are_needed_where_each_home_has_one_of_its_own(town, capsys):
    # 60 m is less than from home to home, so each parcel serves the home it stands at.
    out = town / "plan.gpkg"
    told = asked(
        capsys,
        *("--homes", str(town / "homes.geojson"), "--people", "人口"),
        *("--candidates", str(town / "parcels.geojson"), "--metres", "60", "--share", "0.7"),
        *("-o", str(out)),
    )
    # b has no parcel; c and d are 700 of 1,000.
    assert sorted(one["id"] for one in told["sites"]) == ["q", "r"]
    assert (told["share"], told["bound"], told["gap"], told["proven"]) == (0.7, 2.0, 0.0, True)
    assert {name for name, _ in pyogrio.list_layers(out)} == {"sites", "homes", "ways"}
    homes = pyogrio.read_dataframe(out, layer="homes").set_index("id")
    assert homes["served_after"].tolist() == [False, False, True, True]
    assert len(pyogrio.read_dataframe(out, layer="ways")) == 2


def test_a_plan_is_handed_over_as_workbook_page_and_pdf(qapp, town, capsys):
    asked_for = (
        *("--homes", str(town / "homes.geojson"), "--people", "人口"),
        *("--candidates", str(town / "parcels.geojson"), "--metres", "60", "--share", "0.7"),
    )
    for name in ("plan.xlsx", "plan.html", "plan.pdf"):
        asked(capsys, *asked_for, "-o", str(town / name))
    with python_calamine.CalamineWorkbook.from_path(str(town / "plan.xlsx")) as book:
        sites = book.get_sheet_by_name("Sites of the plan").to_python()
        summary = {
            row[0]: row[1] for row in book.get_sheet_by_name(book.sheet_names[0]).to_python()
        }
    # Below the titles and units.
    assert sorted(row[0] for row in sites[2:]) == ["q", "r"]
    assert (summary["Value of the plan"], summary["Proof"]) == ("2 sites", "proven best")
    html = (town / "plan.html").read_text("utf-8")
    # The page is the map: today and the plan are swiped, each site is a mark.
    groups = {one["id"]: one for one in page_data(html)["groups"]}
    assert {"siting_before", "siting_after", "siting_sites"} <= groups.keys()
    assert sum(len(part["features"]) for part in groups["siting_sites"]["parts"]) == 2
    for words in ("Bound that no plan can better", "within 60 m of one live 0.0%", "60 米内有设施"):
        assert words in html, words
    assert (town / "plan.pdf").read_bytes().startswith(b"%PDF")


def test_with_a_number_of_sites_the_most_people_are_served(town, capsys):
    told = asked(
        capsys,
        *("--homes", str(town / "homes.geojson"), "--people", "人口", "--sites", "1"),
        *("--candidates", str(town / "parcels.geojson"), "--metres", "60"),
        *("--facilities", str(town / "parcels.geojson")),
    )
    # All parcels are built already: nothing comes to it.
    assert told["aim"] == "most"
    assert told["share_before"] == told["share"] == 0.8
    assert told["proven"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "run: "),
        (("--homes", "talent_housing", "--people", "heads"), "have no column heads"),
        (("--homes", "talent_housing", "--share", "2"), "a share of 2"),
        (("--homes", "talent_housing", "-o", "plan.csv"), ".gpkg"),
        (("--homes", "talent_housing", "--metres", "500", "--minutes", "9"), "one of the two"),
    ],
)
def test_what_cannot_be_asked_is_told_in_one_line(arguments, said, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--lang", "en", "siting", *arguments])
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1
