"""Commute and housing on the map: minutes and gains of a town that are worked out by hand."""

import json
from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pytest
from click.testing import CliRunner

import sandbox
from sandbox.analysis.housing import beside_each_other, ranked
from sandbox.app.answering import answer, with_results
from sandbox.app.answers.housing import HousingAnswer, HousingQuestion
from sandbox.app.document_json import document_values, read_document
from sandbox.app.questions import Selected
from sandbox.app.session import Session
from sandbox.cli.housing import _lines, housing
from sandbox.draw.answers.housing import PICTURE, charts, class_texts
from sandbox.draw.theme import theme
from sandbox.draw.viewport import Viewport
from sandbox.errors import AnalysisError
from sandbox.export.page.analyses.housing import PAGE
from sandbox.streets.travel import Travel
from sandbox.ui.answers.housing import PANEL
from sandbox.words import words_of
from tests.support.grid_city import at
from tests.support.life_town import town, town_state

# 6 km/h is 100 m, one block, a minute.
WALK = Travel("walk", 6.0)
# Work at (5, 0): home 0 at (5, 5), home 1 at (0, 0), home 2 at (20, 20).
LIVE = HousingQuestion("homes", "people", at_lonlat=at(5, 0), ways=(WALK,))
# A place more at (2, 0). Today the nearest is 3, 9 and 27 minutes away.
GAIN = replace(LIVE, ask="gain", at_lonlat=at(2, 0), works="places")


@pytest.fixture(scope="module")
def atlas():
    return town()


def on_map(atlas, question):
    return with_results(atlas, town_state(atlas, analyses=(question,), language="en"))


def test_homes_are_ranked_by_their_minutes_to_work(qapp, atlas):
    state = on_map(atlas, LIVE)
    found = state.answers.result(HousingAnswer)
    assert found.table["id"].tolist() == ["h0", "h1", "h2"]
    # Home 0 is as far as home 1; the one that stands first comes first.
    assert found.table["minutes"].tolist() == pytest.approx([5.0, 5.0, 35.0])
    # Up to 15 minutes, and 30 to 45.
    assert found.of.tolist() == [0, 0, 2]
    session = Session(atlas, state)
    assert [line.cells for line in PANEL.table(session).lines][2] == (
        "3", "h2", "7", "35.0", "On foot",
    )  # fmt: skip
    (chart,) = charts(found, words_of("en"))
    assert chart.counts == (150, 0, 7, 0, 0)
    assert len(PANEL.legend(session).lines) == len(class_texts(found)) == 5
    (page,) = PAGE.result(atlas, state, theme("light")).tables
    assert [row[1] for row in page.rows] == ["5.0", "5.0", "35.0"]
    viewport = Viewport.of(state.document.view, atlas.crs, (800.0, 600.0), 1.0)
    assert PICTURE.pick(state, viewport, viewport.px_of_lonlat(at(5, 5))) == Selected("homes", "h0")
    assert read_document(document_values(state.document)) == state.document


def test_who_gains_is_who_was_farther_from_what_is_there(atlas):
    state = on_map(atlas, GAIN)
    found = state.answers.result(HousingAnswer)
    # The new place is 8, 2 and 38 minutes away: only home 1 saves, 9 - 2 minutes.
    assert found.table[["id", "before", "saved"]].values.tolist() == [
        ["h1", pytest.approx(9.0), pytest.approx(7.0)],
        ["h0", pytest.approx(3.0), 0.0],
        ["h2", pytest.approx(27.0), 0.0],
    ]
    # 5 to 10 minutes saved, and nothing.
    assert found.of.tolist() == [2, 4, 4]
    facts = dict(PANEL.explain(Session(atlas, state), Selected("homes", "h1"), "")[0].facts)
    assert facts["Saved (min)"] == "max(0, 9.00 − 2.00) = 7.00"


def test_the_fastest_way_counts(atlas):
    slow = replace(WALK, walk_kmh=3.0)
    found = answer(atlas, replace(LIVE, ways=(slow, WALK)))
    assert found.table["minutes"].tolist() == pytest.approx([5.0, 5.0, 35.0])
    with pytest.raises(AnalysisError, match="No place is chosen"):
        answer(atlas, replace(LIVE, at_lonlat=None))


def test_homes_are_ranked_by_all_they_need(atlas):
    lived, there = (atlas.layers[name].features for name in ("homes", "places"))
    wanted = {
        "school": gpd.GeoDataFrame(there[there["id"] == "s0"]),
        "nursery": gpd.GeoDataFrame(there[there["id"] == "k0"]),
    }
    table = ranked(atlas.network, lived, wanted, (WALK,), None)
    assert table["school_min"].tolist() == pytest.approx([3.0, 13.0, 27.0])
    assert table["nursery_min"].tolist() == pytest.approx([7.0, 9.0, 31.0])
    assert table["mean_min"].tolist() == pytest.approx([5.0, 11.0, 29.0])
    assert table["rank"].tolist() == [1, 2, 3]
    both = beside_each_other(atlas.network, lived, wanted, (WALK,), {"a": None, "b": None})
    assert both["scenario"].tolist() == ["a"] * 3 + ["b"] * 3
    assert both["saved_min"].tolist() == [0.0] * 6
    told = sandbox.housing(
        sandbox.Network(atlas.network), lived, wanted, modes=["walk"], speed_kmh=6.0
    )
    assert told["mean_min"].tolist() == pytest.approx([5.0, 11.0, 29.0])


def test_the_command_refuses_an_unknown_mode_and_lines_without_a_time():
    asked = ["--from", "talent_housing", "--to", "labs"]
    done = CliRunner().invoke(housing, [*asked, "--modes", "walk,transit", "--json"])
    assert isinstance(done.exception, AnalysisError)
    assert "needs a departure" in str(done.exception)
    done = CliRunner().invoke(housing, ["--from", "talent_housing", "--modes", "fly", "--json"])
    assert isinstance(done.exception, AnalysisError)


def test_the_command_ranks_the_shipped_homes(tmp_path):
    file = tmp_path / "homes.csv"
    done = CliRunner().invoke(
        housing, ["--from", "talent_housing", "--to", "labs", "--to", "parks", "--modes", "walk",
                  "-o", str(file), "--json"],
    )  # fmt: skip
    assert done.exception is None, done.output
    (row,) = json.loads(done.output)["rows"]
    assert (row["rank"], row["reached"]) == (1, 2)
    assert row["mean_min"] == pytest.approx((row["labs_min"] + row["parks_min"]) / 2)
    assert "labs_min" in file.read_text(encoding="utf-8-sig").splitlines()[0]


def test_scenarios_stand_side_by_side_a_row_a_home():
    rows = [
        ("today", "a", "甲", 2, 30.0, 30.0), ("today", "b", "乙", 1, 12.0, 12.0),
        ("metro7", "a", "甲", 1, 9.5, 9.5), ("metro7", "b", "乙", 2, float("nan"), 12.0),
    ]  # fmt: skip
    columns = ["scenario", "id", "name_en", "rank", "labs_min", "mean_min"]
    found = pd.DataFrame(rows, columns=columns).assign(name_zh="")
    head, first, second = [line.split() for line in _lines(found, ["labs"])]
    assert " ".join(head) == "Rank Name labs · today labs · metro7 Mean · today Mean · metro7"
    assert first == ["1", "乙", "12.0", "–", "12.0", "12.0"]
    assert second == ["2", "甲", "30.0", "9.5", "30.0", "9.5"]
