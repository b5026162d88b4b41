"""Coverage, ledger, score cards, areas and crowding of a town drawn by hand."""

import math

import pytest

from sandbox.analysis.circles import results
from sandbox.analysis.circles.audit import audit
from sandbox.analysis.circles.question import AuditQuestion
from tests.support.grid_city import grid_city
from tests.support.life_circle import (
    ADULT,
    CONFIRMED,
    facilities,
    homes,
    rule,
    square,
    standard,
    units,
    within,
)

SCHOOL = rule("school", "t15", "school", within(1000), places_per_1000=100.0)
CLINIC = rule("clinic", "t5", "clinic", within(300), standing=CONFIRMED)
PARK = rule("park", "t5", "park", m2_per_1000=1000.0)


@pytest.fixture(scope="module")
def found():
    # Blocks to the school at (5, 5): 2, 10, 20; to the clinic at (5, 8): 1, 13, 17.
    lived = homes([(5, 7), (0, 0), (15, 15)], [100, 300, 600], land_m2=[1000, 2000, 3000])
    there = facilities(
        [("school", (5, 5)), ("clinic", (5, 8)), ("park", (0, 1))],
        places=[20, None, None],
        land_m2=[None, None, 5000],
    )
    areas = units(south=square(-1, -1, 9), north=square(10, 10, 9))
    question = AuditQuestion(standard(SCHOOL, CLINIC, PARK), ADULT)
    return audit(grid_city(), lived, there, question, areas)


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


def test_the_ledger_names_clause_formula_and_date(found):
    rows = results.ledger(found)
    assert rows["home_id"].tolist() == ["h2", "h2", "h1"]
    assert rows["people"].tolist() == [600, 600, 300]
    school, _, clinic = (rows.iloc[row] for row in range(3))
    assert (school["rule"], school["metres"], school["over"]) == ("school", 2000.0, 1000.0)
    assert school["formula"] == "d = 2,000 m > 1000 m"
    assert (clinic["rule"], clinic["lacks"], clinic["clause"]) == (
        "clinic",
        "none_near",
        "table clinic",
    )
    assert math.isnan(clinic["metres"])
    assert clinic["formula"] == "d > 3 × 300 m"
    assert clinic["mark"] == "confirmed"
    assert set(rows["data_date"]) == {"2026-01-01"}


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


def test_a_converted_limit_shows_what_it_was_made_of():
    lived, there = homes([(0, 0)]), facilities([("shop", (0, 7))])
    five = rule("shop", "t5", "shop", within(minutes=5))
    question = AuditQuestion(standard(five), ADULT, by="metres")
    rows = results.ledger(audit(grid_city(), lived, there, question))
    assert rows["formula"].tolist() == ["d = 700 m > 500 m (= 5 min × 6 km/h)"]
    assert rows["basis"].tolist() == ["converted"]


def test_without_people_shares_are_of_homes():
    lived, there = homes([(0, 0), (0, 1)]), facilities([("shop", (0, 5))])
    question = AuditQuestion(standard(rule("shop", "t5", "shop", within(400))), ADULT)
    made = audit(grid_city(), lived, there, question)
    (row,) = results.coverage(made).to_dict("records")
    assert row["homes_share"] == 0.5
    assert math.isnan(row["people_share"])
    assert results.summary(made)["people"] is None
    assert results.rooms(made).empty


def test_rows_of_the_ledger_that_read_alike_say_their_own_figures():
    # Homes at 11, 12 and 13 blocks by metres, and by minutes at 6 km/h; each row's formula is
    # that of its own walk, as it stands when one row is explained.
    lived = homes([(11, 0), (12, 0), (13, 0), (14, 0)], [1, 2, 3, 4])
    there = facilities([("school", (0, 0)), ("shop", (0, 0))])
    shop = rule("shop", "t5", "shop", within(minutes=10))
    made = audit(grid_city(), lived, there, AuditQuestion(standard(SCHOOL, shop), ADULT))
    ledger = results.ledger(made)
    said = dict(
        zip(zip(ledger["rule"], ledger["home_id"], strict=True), ledger["formula"], strict=True)
    )
    for number, one in enumerate(made.rules):
        check = made.checks[number][0]
        for home, blocks in enumerate((11, 12, 13, 14)):
            told = blocks * 100.0 if check.by == "metres" else float(blocks)
            assert said[one.id, f"h{home}"] == results.formula(made, check, told, 1)
    assert said["school", "h0"] == "d = 1,100 m > 1000 m"
    assert said["shop", "h3"] == "d = 14.0 min > 10 min"


def test_a_formula_rounds_once():
    made = audit(
        grid_city(), homes([(5, 5)]), facilities([("school", (0, 0))]),
        AuditQuestion(standard(SCHOOL), ADULT),
    )  # fmt: skip
    check = made.checks[0][0]
    # 1000.46 becomes 1,000: never 1000.5 first.
    assert results.formula(made, check, 1000.46, 1) == "d = 1,000 m > 1000 m"
    assert results.formula(made, check, 1000.54, 1) == "d = 1,001 m > 1000 m"
