"""The ledger of a town drawn by hand, and the formulas that decided."""

import math

import pytest

from sandbox.analysis.circles.audit import audit
from sandbox.analysis.circles.ledger import formula, ledger_of
from sandbox.analysis.circles.question import AuditQuestion
from tests.support.grid_city import grid_city
from tests.support.life_circle import (
    ADULT,
    SCHOOL,
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


def test_the_ledger_names_clause_formula_and_date(found):
    rows = ledger_of(found)
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


def test_a_converted_limit_shows_what_it_was_made_of():
    lived, there = homes([(0, 0)]), facilities([("shop", (0, 7))])
    five = rule("shop", "t5", "shop", within(minutes=5))
    question = AuditQuestion(standard(five), ADULT, by="metres")
    rows = ledger_of(audit(grid_city(), lived, there, question))
    assert rows["formula"].tolist() == ["d = 700 m > 500 m (= 5 min × 6 km/h)"]
    assert rows["basis"].tolist() == ["converted"]


def test_rows_of_the_ledger_that_read_alike_say_their_own_figures():
    # Homes at 11, 12 and 13 blocks by metres, and by minutes at 6 km/h; each row's formula is
    # that of its own walk, as it stands when one row is explained.
    lived = homes([(11, 0), (12, 0), (13, 0), (14, 0)], [1, 2, 3, 4])
    there = facilities([("school", (0, 0)), ("shop", (0, 0))])
    shop = rule("shop", "t5", "shop", within(minutes=10))
    made = audit(grid_city(), lived, there, AuditQuestion(standard(SCHOOL, shop), ADULT))
    ledger = ledger_of(made)
    said = dict(
        zip(zip(ledger["rule"], ledger["home_id"], strict=True), ledger["formula"], strict=True)
    )
    for number, one in enumerate(made.rules):
        check = made.checks[number][0]
        for home, blocks in enumerate((11, 12, 13, 14)):
            told = blocks * 100.0 if check.by == "metres" else float(blocks)
            assert said[one.id, f"h{home}"] == formula(made, check, told, 1)
    assert said["school", "h0"] == "d = 1,100 m > 1000 m"
    assert said["shop", "h3"] == "d = 14.0 min > 10 min"


def test_a_formula_rounds_once():
    made = audit(
        grid_city(), homes([(5, 5)]), facilities([("school", (0, 0))]),
        AuditQuestion(standard(SCHOOL), ADULT),
    )  # fmt: skip
    check = made.checks[0][0]
    # 1000.46 becomes 1,000: never 1000.5 first.
    assert formula(made, check, 1000.46, 1) == "d = 1,000 m > 1000 m"
    assert formula(made, check, 1000.54, 1) == "d = 1,001 m > 1000 m"
