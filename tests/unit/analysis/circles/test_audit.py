"""An audit of a town drawn by hand: each figure is derived here."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point

from sandbox.analysis.circles.audit import audit, homes_within, unit_of
from sandbox.analysis.circles.ledger import ledger_of
from sandbox.analysis.circles.question import AuditQuestion
from sandbox.analysis.circles.results import homes_table
from sandbox.errors import AnalysisError
from sandbox.standards import Limit
from tests.support.grid_city import at, grid_city
from tests.support.life_circle import (
    ADULT,
    CLINIC,
    SCHOOL,
    facilities,
    homes,
    isnan,
    rule,
    square,
    standard,
    units,
    within,
)


@pytest.fixture(scope="module")
def city():
    return grid_city()


def asked(*rules, inclusive=False, **more):
    return AuditQuestion(standard(*rules, inclusive=inclusive), ADULT, **more)


def test_homes_are_led_along_streets_and_fail_by_how_much(city):
    # Home 0 is 3 + 4 blocks from the school, home 1 is 9 + 2, home 2 is 40 blocks away.
    lived = homes([(5, 5), (0, 0), (20, 20)], [100, 50, 7])
    found = audit(city, lived, facilities([("school", (8, 1))]), asked(SCHOOL))
    assert found.metres[0][:2].round(1).tolist() == [700.0, 900.0]
    # 6 km/h is 100 m a minute.
    assert found.minutes[0][:2].round(3).tolist() == [7.0, 9.0]
    assert found.met.tolist() == [[True, True, False]]
    # 12 + 19 blocks: farther than three times the limit.
    assert isnan(found.metres[0]) == [False, False, True]
    assert found.lacks.tolist() == [[0, 0, 2]]
    near = audit(city, lived, facilities([("school", (8, 1))]), asked(
        replace(SCHOOL, limits=(Limit(800.0),))
    ))  # fmt: skip
    assert near.lacks.tolist() == [[0, 1, 2]]


def test_a_limit_is_kept_to_the_millimetre(city):
    lived, there = homes([(5, 5)]), facilities([("clinic", (5, 8))])
    assert audit(city, lived, there, asked(CLINIC)).met.tolist() == [[True]]
    short = replace(CLINIC, limits=(Limit(299.9),))
    assert audit(city, lived, there, asked(short)).met.tolist() == [[False]]


def test_tiers_are_not_inclusive_unless_the_standard_says_so(city):
    lived = homes([(5, 5)])
    there = facilities([("clinic_centre", (5, 6)), ("clinic", (20, 20))])
    # The centre of the higher tier is a block away, the station of the lower one 30.
    assert audit(city, lived, there, asked(CLINIC)).met.tolist() == [[False]]
    assert audit(city, lived, there, asked(CLINIC, inclusive=True)).met.tolist() == [[True]]


def test_rules_are_measured_as_stated_by_metres_or_by_minutes(city):
    lived, there = homes([(0, 0)]), facilities([("school", (10, 4)), ("shop", (0, 7))])
    by_minutes = rule("shop", "t5", "shop", within(minutes=5))
    question = asked(SCHOOL, by_minutes)
    stated = audit(city, lived, there, question)
    assert [(row[0].by, row[0].value, row[0].basis) for row in stated.checks] == [
        ("metres", 1000.0, "stated"),
        ("minutes", 5.0, "stated"),
    ]
    # 14 blocks and 7: both fail.
    assert stated.met.tolist() == [[False], [False]]
    metres = audit(city, lived, there, replace(question, by="metres"))
    # Five minutes at 100 m a minute are 500 m.
    assert (metres.checks[1][0].value, metres.checks[1][0].basis) == (500.0, "converted")
    minutes = audit(city, lived, there, replace(question, by="minutes"))
    # The tier says the same walk both ways: 1000 m or 15 minutes. 14 minutes are within it.
    assert (minutes.checks[0][0].value, minutes.checks[0][0].basis) == (15.0, "stated")
    assert minutes.met.tolist() == [[True], [False]]
    slow = audit(city, lived, there, replace(question, by="minutes", speed_kmh=3.0))
    assert slow.met.tolist() == [[False], [False]]
    assert slow.minutes[0].round(3).tolist() == [28.0]
    # A block at 4.7 km/h is 76,596 ms, 14 are 1,072,344: tables say so too.
    odd = audit(city, lived, there, replace(question, by="minutes", speed_kmh=4.7))
    told = (homes_table(odd)["school_min"], ledger_of(odd)["minutes"][:1])
    for minutes in told:
        assert np.rint(minutes * 60_000).tolist() == [1_072_344]


def test_a_rule_is_met_by_any_of_its_limits(city):
    large, small = within(500, from_m2=5000), within(300, from_m2=2000, below_m2=5000)
    parks = rule("parks", "t5", "park", large, small)
    there = facilities(
        [("park", (0, 0)), ("park", (10, 10)), ("park", (20, 20))], land_m2=[6000, 3000, 1000]
    )
    # 4 blocks from the large park, 4 from the small one, beside one that is too small to count.
    lived = homes([(4, 0), (10, 14), (20, 19), (10, 13)])
    found = audit(city, lived, there, asked(parks))
    assert found.met.tolist() == [[True, False, False, True]]
    assert found.check[0].tolist()[:2] == [0, 1]
    assert found.facilities["id"].iloc[found.which[0, 1]] == "f1"


def test_a_kind_that_the_data_lacks_is_not_assessed_or_fails(city):
    lived, there = homes([(5, 5)]), facilities([("school", (5, 6))])
    found = audit(city, lived, there, asked(SCHOOL, CLINIC))
    assert [one.id for one in found.rules] == ["school"]
    assert [one.id for one in found.not_assessed] == ["clinic"]
    failed = audit(city, lived, there, asked(SCHOOL, CLINIC, absent="fail"))
    assert failed.lacks.tolist() == [[0], [4]]
    with pytest.raises(AnalysisError, match="None of the facilities"):
        audit(city, lived, facilities([("shop", (5, 6))]), asked(SCHOOL))


def test_what_touches_needs_no_walk_and_what_has_no_street_says_so(city):
    off = Point(at(5, 5)[0] + 1.0, at(5, 5)[1])
    lived = homes([square(4, 4, 2), off])
    there = facilities([("school", (5, 5)), ("clinic", off), ("clinic", (20, 20))])
    found = audit(city, lived, there, asked(SCHOOL, CLINIC))
    assert found.metres[0, 0] == 0.0
    # The second home lies off all streets, but in the same place as a clinic.
    assert found.lacks[:, 1].tolist() == [3, 0]
    assert found.without_street == ("f1",)


def test_only_what_can_be_used_counts_where_that_is_asked(city):
    lived = homes([(5, 5)])
    nursery = rule("nursery", "t5", "school", within(300), floor_at_most=3)
    said = [("school", (5, 6)), ("school", (5, 7)), ("school", (5, 8))]
    there = facilities(said, status=["planned", "operating", "operating"], floor=[1, 5, 3])
    every = audit(city, lived, there, asked(nursery))
    assert every.metres[0].round(1).tolist() == [100.0]
    usable = audit(city, lived, there, asked(nursery, usable=True))
    assert usable.metres[0].round(1).tolist() == [300.0]


def test_homes_belong_to_the_first_unit_that_holds_them(city):
    lived = homes([(1, 1), (8, 8), (15, 15)])
    areas = units(a=square(0, 0, 9), b=square(7, 7, 9))
    assert unit_of(lived, areas).tolist() == [0, 0, 1]
    inside = homes_within(lived, units(b=square(7, 7, 9)))
    assert inside["id"].tolist() == ["h1", "h2"]
    with pytest.raises(AnalysisError, match="None of the 3 homes"):
        homes_within(lived, units(far=square(18, 0, 1)))


def test_faults_of_a_question_come_at_once(city):
    lived, there = homes([(5, 5)]), facilities([("school", (5, 6))])
    with pytest.raises(AnalysisError) as raised:
        audit(city, lived, there, asked(SCHOOL, speed_kmh=99.0, by="feet"))
    assert len(raised.value.faults) == 2
    with pytest.raises(AnalysisError, match="no homes"):
        audit(city, lived.iloc[:0], there, asked(SCHOOL))


CELL = st.tuples(st.integers(0, 20), st.integers(0, 20))


@settings(max_examples=25, deadline=None)
@given(st.lists(CELL, min_size=1, max_size=12), st.lists(CELL, min_size=1, max_size=5), CELL)
def test_one_facility_more_never_lowers_coverage(lived, there, more):
    city = _CITY
    before = audit(city, homes(lived), facilities([("school", one) for one in there]), _ASKED)
    after = audit(
        city, homes(lived), facilities([("school", one) for one in (*there, more)]), _ASKED
    )
    assert (after.met | ~before.met).all()
    walks = [min(abs(x - a) + abs(y - b) for a, b in there) * 100.0 for x, y in lived]
    assert before.met[0].tolist() == [walk <= 1000.0 for walk in walks]
    known = ~np.isnan(before.metres[0])
    assert before.metres[0][known].round(1).tolist() == np.array(walks)[known].tolist()


_CITY, _ASKED = grid_city(), asked(SCHOOL)
