"""Coverage, score cards, gaps, areas and crowding of a town drawn by hand."""

import math

import pytest

from sandbox.analysis.circles import results
from sandbox.analysis.circles.audit import audit
from sandbox.analysis.circles.question import AuditQuestion
from tests.support.grid_city import grid_city
from tests.support.life_circle import (
    ADULT,
    audited_town,
    facilities,
    homes,
    rule,
    standard,
    within,
)


@pytest.fixture(scope="module")
def found():
    return audited_town()


def test_coverage_counts_homes_people_and_land_the_weakest_first(found):
    table = results.coverage(found)
    assert table["rule"].tolist() == ["clinic", "school"]
    clinic, school = (table.iloc[row] for row in (0, 1))
    # The school is within 1000 m of the first two homes: exactly ten blocks.
    assert (school["homes_met"], school["people_met"], school["land_met_m2"]) == (2, 400, 3000)
    assert school["homes_share"] == pytest.approx(2 / 3)
    assert school["people_share"] == pytest.approx(0.4)
    assert school["land_share"] == pytest.approx(0.5)
    assert clinic["people_share"] == pytest.approx(0.1)
    assert table["met"].tolist() == [False, False]
    assert table["mark"].tolist() == ["confirmed", "memory"]
    assert clinic["confirmed_by"] == "Li Hua"


def test_the_summary_is_the_mean_of_the_shares(found):
    told = results.summary(found)
    assert told["score"] == pytest.approx((0.4 + 0.1) / 2)
    assert (told["homes_complete"], told["people_complete"], told["failures"]) == (1, 100, 3)
    assert told["rules_unconfirmed"] == 1


def test_units_get_a_score_card_each(found):
    card = results.score_card(found).set_index("unit")
    # The south has homes 0 and 1, the north home 2.
    assert card.loc["south", "homes"] == 2
    assert card.loc["south", "school"] == 1.0
    assert card.loc["south", "clinic"] == pytest.approx(100 / 400)
    assert card.loc["south", "score"] == pytest.approx(0.625)
    assert card.loc["north", "score"] == 0.0


def test_every_figure_of_the_ledger_is_a_gap_too(found):
    gaps = results.gaps(found)
    assert sorted(zip(gaps["rule"], gaps["home_id"], strict=True)) == [
        ("clinic", "h1"),
        ("clinic", "h2"),
        ("school", "h2"),
    ]
    table = results.homes_table(found)
    assert table["failed"].tolist() == [0, 1, 2]
    assert table["failed_rules"].tolist() == ["", "clinic", "school,clinic"]
    assert table["school_m"].tolist() == [200.0, 1000.0, 2000.0]


def test_areas_are_held_against_the_table(found):
    (row,) = results.areas(found).to_dict("records")
    # 5,000 m² for 1,000 people.
    assert (row["m2"], row["people"], row["m2_per_1000"], row["met"]) == (5000, 1000, 5000.0, True)


def test_covered_is_not_served(found):
    (row,) = results.rooms(found).to_dict("records")
    # A hundred places for a thousand: 10 and 30 and 60 are needed, 10 + 30 are covered; 20 seats
    # go to the nearest 10, and 10 of the next 30.
    assert row["asked"] == pytest.approx(100)
    assert row["covered"] == pytest.approx(40)
    assert row["served"] == pytest.approx(20)
    assert row["left_over"] == pytest.approx(0)
    serving = results.facilities_table(found)
    school = serving[serving["id"] == "f0"].iloc[0]
    assert (school["homes_served"], school["people_served"]) == (2, 400)
    assert school["places_needed"] == pytest.approx(40)
    assert bool(school["crowded"])


def test_without_people_shares_are_of_homes():
    lived, there = homes([(0, 0), (0, 1)]), facilities([("shop", (0, 5))])
    question = AuditQuestion(standard(rule("shop", "t5", "shop", within(400))), ADULT)
    made = audit(grid_city(), lived, there, question)
    (row,) = results.coverage(made).to_dict("records")
    assert row["homes_share"] == 0.5
    assert math.isnan(row["people_share"])
    assert results.summary(made)["people"] is None
    assert results.rooms(made).empty
