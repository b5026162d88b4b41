import csv
import json

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

from sandbox.catalog.folder import load_all
from sandbox.cli import main

MORNING = ("--mode", "transit", "--depart", "2026-11-23T08:00", "--model", "expected")
# At Metro 1's station in University Town.
CAMPUS = ("--at", "106.299,29.612")
COLUMNS = [
    *("place_id", "name_zh", "base", "plan", "base_name_zh", "plan_name_en", "cutoff_min"),
    *("area_base_km2", "area_plan_km2", "area_diff_km2"),
    *("places_base", "places_plan", "places_diff"),
]


def run(*arguments):
    with pytest.raises(SystemExit) as ended:
        main(("--lang", "en", *arguments))
    return int(ended.value.code or 0)


def read(file):
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def test_a_row_a_place_scenario_and_cutoff(tmp_path, capsys):
    file = tmp_path / "c.csv"
    asked = ("--with", "metro7", "--with", "jinfeng_hub", "--from", "talent_housing", *CAMPUS)
    assert run("compare", *asked, *MORNING, "--minutes", "45,30", "-o", str(file)) == 0
    rows = read(file)
    assert set(COLUMNS) <= set(rows[0])
    keys = [(row["place_id"], row["plan"], float(row["cutoff_min"])) for row in rows]
    assert keys == [
        (place, scenario, minutes)
        for place in ("boya", "106.299000,29.612000")
        for scenario in ("metro7", "jinfeng_hub")
        for minutes in (30.0, 45.0)
    ]
    for row in rows:
        area = {name: float(row[f"area_{name}_km2"]) for name in ("base", "plan", "diff")}
        assert area["plan"] - area["base"] == pytest.approx(area["diff"], abs=2e-6)
        assert float(row["lost_km2"]) == 0.0
        assert int(row["places_plan"]) - int(row["places_base"]) == int(row["places_diff"]) >= 0
    assert f"Saved to {file}." in capsys.readouterr().out


def test_a_scenario_with_itself_is_all_zero(capsys):
    assert run("compare", "--base", "metro7", "--with", "metro7", *MORNING, *CAMPUS, "--json") == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["base"] == "metro7"
    for row in facts["rows"]:
        changes = {key: value for key, value in row.items() if key.endswith(("_diff", "_diff_km2"))}
        assert changes
        assert set(changes.values()) == {0}
        assert row["gained_km2"] == row["lost_km2"] == 0.0


def test_a_scenario_file_that_adds_nothing_changes_nothing(tmp_path, capsys):
    file = tmp_path / "same.toml"
    file.write_text('base = "today"\ntitle = { zh = "同", en = "Same" }\n', encoding="utf-8")
    assert run("compare", "--with", str(file), *MORNING, *CAMPUS, "--json") == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert {row["plan"] for row in rows} == {"same"}
    assert {row["area_diff_km2"] for row in rows} == {0.0}


def test_areas_and_points_are_layers_of_one_geopackage(tmp_path):
    file = tmp_path / "c.gpkg"
    asked = ("--with", "metro_7_15_17_27", *MORNING, *CAMPUS, "--minutes", "30,45")
    assert run("compare", *asked, "-o", str(file)) == 0
    places, ground, saved = (
        gpd.read_file(file, layer=name) for name in ("places", "ground", "minutes_saved")
    )
    assert set(COLUMNS) <= set(places.columns)
    assert set(places.geometry.to_wkb()) == {Point(106.299, 29.612).wkb}
    assert {frame.crs.to_epsg() for frame in (places, ground, saved)} == {4326}
    area = ground.set_index(["cutoff_min", "change"]).to_crs(32648).area / 1e6
    for row in places.to_dict("records"):
        gained = area.get((row["cutoff_min"], "gained"), 0.0)
        assert gained == pytest.approx(row["gained_km2"], rel=3e-3)
        assert area[row["cutoff_min"], "base"] == pytest.approx(row["area_base_km2"], rel=3e-3)
    assert set(saved["change"]) == {"sooner"}
    sizes = saved.to_crs(32648).area.to_numpy()
    assert list(sizes) == sorted(sizes, reverse=True)


def test_a_page_shows_the_comparison(tmp_path):
    file = tmp_path / "c.html"
    asked = ("--with", "metro7", *MORNING, *CAMPUS, "--minutes", "45")
    assert run("compare", *asked, "-o", str(file)) == 0
    html = file.read_text(encoding="utf-8")
    for words in (
        "Metro Line 7",
        "轨道交通7号线开通",
        "2026-11-23 08:00",
        "url(#hatch-gained)",
    ):
        assert words in html, words


def test_hours_percentiles_and_modes_stand_beside_the_base(capsys):
    asked = ("--with-percentile", "90", "--with-depart", "2026-11-23T03:00", "--with-mode", "bike")
    ride = ("--mode", "transit", "--depart", "2026-11-23T08:00", "--draws", "2")
    assert run("compare", *asked, *ride, *CAMPUS, "--minutes", "45", "--json") == 0
    facts = json.loads(capsys.readouterr().out)
    rows = {row["plan"]: row for row in facts["rows"]}
    assert list(rows) == ["bike", "2026-11-23T03:00", "P90"]
    # At three in the morning no train runs; late ones reach less than the median.
    assert rows["2026-11-23T03:00"]["lost_km2"] > rows["P90"]["lost_km2"] > 0.0
    assert rows["2026-11-23T03:00"]["gained_km2"] == rows["P90"]["gained_km2"] == 0.0


def test_figures_of_places_can_be_counted_as_jobs(capsys):
    teams = pd.to_numeric(load_all()["labs"].features["teams"]).sum()
    asked = ("--with", "metro7", "--jobs", "labs:teams", "--from", "talent_housing")
    assert run("compare", *asked, *MORNING, "--minutes", "60", "--json") == 0
    (row,) = json.loads(capsys.readouterr().out)["rows"]
    assert 0 < row["jobs_base"] <= teams


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (MORNING, "There is nothing to compare with."),
        (("--with", "metro7"), "scenarios only concern public transport"),
        (("--with", "nope", *MORNING), "There is no scenario named nope"),
        (("--with-percentile", "90"), "only apply to public transport"),
        (("--with-hour", "8"), "congestion only affects driving"),
        (
            ("--with", "metro7", "--mode", "transit", "--depart", "9999-12-31T23:59"),
            "the year 9999 (1900 to 2200 are possible)",
        ),
        (("--with", "metro7", "--mode", "transit"), "needs a departure or arrival time"),
        (("--with", "metro7", *MORNING, "--from", "relief"), "No layer of places is named relief"),
        (("--with", "metro7", *MORNING, "--jobs", "labs"), "has the numeric column labs"),
        (("--with", "metro7", *MORNING, "--minutes", "0"), "0 minutes (1 to 240"),
        (("--with", "metro7", *MORNING, "--percentile", "0"), "the percentile 0"),
        (("--with", "metro7", *MORNING, "-o", "c.txt"), "End the name in"),
        (("--with", "metro7", *MORNING, "-o", "none/c.csv"), "doesn't exist"),
        (("--with", "metro7", *MORNING, "--at", "0,0"), "There is no street near any"),
    ],
)
def test_what_cannot_be_asked_is_one_line_and_exit_2(asked, said, capsys):
    assert run("compare", *asked) == 2
    told = capsys.readouterr().err
    assert told.startswith("sandbox: ")
    assert len(told.splitlines()) == 1
    assert said in told


def test_lines_are_compared_with_none_at_all(capsys):
    asked = ("--base", "timetable", "--with", "today", *MORNING, *CAMPUS, "--minutes", "45")
    assert run("compare", *asked, "--json") == 0
    facts = json.loads(capsys.readouterr().out)
    (row,) = facts["rows"]
    assert (row["base"], row["base_name_en"], row["plan"]) == ("timetable", "No lines", "today")
    assert row["gained_km2"] > 0.0 == row["lost_km2"]
    (told,) = facts["findings"]
    assert told["finding"].startswith(f"Today: Metro Line 1 would add {row['gained_km2']:.1f} km²")
    # The other way round the same ground is lost.
    turned = ("--base", "today", "--with", "timetable", *MORNING, *CAMPUS, "--minutes", "45")
    assert run("compare", *turned, "--json") == 0
    (back,) = json.loads(capsys.readouterr().out)["rows"]
    assert (back["lost_km2"], back["gained_km2"]) == (row["gained_km2"], 0.0)
    assert (back["area_base_km2"], back["area_plan_km2"]) == (
        row["area_plan_km2"], row["area_base_km2"],
    )  # fmt: skip


def test_streets_are_compared_before_and_after_their_edits(tmp_path, capsys):
    edits, out = tmp_path / "edits.geojson", tmp_path / "c.geojson"
    ring = [
        [106.30, 29.611],
        [106.33, 29.611],
        [106.33, 29.613],
        [106.30, 29.613],
        [106.30, 29.611],
    ]
    shut = {"type": "Feature", "properties": {"kind": "avoid"}}
    shut["geometry"] = {"type": "Polygon", "coordinates": [ring]}
    edits.write_text(json.dumps({"type": "FeatureCollection", "features": [shut]}), "utf-8")
    asked = ("--with-edits", str(edits), *CAMPUS, "--minutes", "30", "-o", str(out))
    assert run("compare", *asked) == 0
    assert "Edited streets would lose" in capsys.readouterr().out
    found = gpd.read_file(out)
    assert set(found["change"]) >= {"base", "plan", "lost"}
    assert set(found["base_street_edits"]) == {0}
    assert set(found["plan_street_edits"]) == {1}


def test_a_scenario_of_ones_own_is_begun_and_never_written_over(tmp_path, capsys):
    file = tmp_path / "own.toml"
    assert run("scenarios", "new", str(file), "--title", "Mine") == 0
    assert run("scenarios", "check", str(file)) == 0
    assert "Saved to" in capsys.readouterr().out
    assert run("compare", "--with", str(file), *MORNING, *CAMPUS, "--minutes", "30", "--json") == 0
    (row,) = json.loads(capsys.readouterr().out)["rows"]
    assert (row["plan"], row["plan_name_zh"], row["area_diff_km2"]) == ("own", "Mine", 0.0)
    assert run("scenarios", "new", str(file)) == 2
    assert "it already exists" in capsys.readouterr().err


def test_invented_places_are_counted_by_name_alone(capsys):
    asked = ("--with", "metro7", *MORNING, *CAMPUS, "--minutes", "30", "--json")
    assert run("compare", *asked, "--count", "demo_facilities") == 0
    (row,) = json.loads(capsys.readouterr().out)["rows"]
    assert row["demo_facilities_base"] > row["places_base"] > 0
    assert run("compare", *asked, "--count", "labs") == 2
    assert "not a schematic layer of places" in capsys.readouterr().err
