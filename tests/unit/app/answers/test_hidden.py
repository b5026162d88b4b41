"""What circles hide on the map: one street through open land, worked out by hand."""

import math

import pytest

from sandbox.app.answering import answer, with_results
from sandbox.app.answers.hidden import ANALYSIS, HiddenAnswer, HiddenQuestion
from sandbox.app.document_json import document_values, read_document
from sandbox.app.jobs import Cancelled, Job
from sandbox.app.questions import Selected
from sandbox.app.session import Session
from sandbox.draw.answers.hidden import PICTURE
from sandbox.draw.report.hidden_charts import charts
from sandbox.draw.theme import theme
from sandbox.errors import AnalysisError
from sandbox.export.page.analyses.hidden import PAGE
from sandbox.ui.answers.hidden import PANEL
from sandbox.words import words_of
from tests.support.grid_city import grid_city
from tests.support.life_circle import placed
from tests.support.life_town import town, town_state

# One street of 2 km with a kindergarten in its middle. Within 500 m the circle holds π 500² m²;
# the street's ground is 50 m to both sides, cut by the circle.
CIRCLE_M2 = math.pi * 500.0**2
STRIP_M2 = 2 * (50 * math.sqrt(500**2 - 50**2) + 500**2 * math.asin(50 / 500))


@pytest.fixture(scope="module")
def atlas():
    # One home on the street, 300 m away; one in the circle, 300 m beside the street.
    lived = placed(["near", "off"], [(13, 0), (10, 3)], people=[60.0, 40.0])
    there = placed(["k0"], [(10, 0)], kind=["kindergarten"])
    return town(grid_city(columns=21, rows=1), lived, there)


QUESTION = HiddenQuestion("places", metres=500.0, homes="homes", people="people")


@pytest.fixture(scope="module")
def state(atlas):
    return with_results(atlas, town_state(atlas, analyses=(QUESTION,), language="en"))


def test_map_table_charts_and_page_say_what_hands_find(qapp, atlas, state):
    whole, only = state.answers.result(HiddenAnswer).found.table.to_dict("records")
    assert whole["straight_km2"] == pytest.approx(CIRCLE_M2 / 1e6, rel=0.002)
    assert only["slopes_km2"] == pytest.approx(STRIP_M2 / 1e6, rel=0.01)
    lost = 1 - STRIP_M2 / CIRCLE_M2
    assert only["lost_slopes"] == pytest.approx(lost, abs=0.003)
    # Who lives 300 m off the street walks 300 m to it and is there: nobody is lost.
    assert (whole["straight_people"], whole["slopes_people"]) == (100.0, 100.0)
    session = Session(atlas, state)
    (line,) = PANEL.table(session).lines
    assert line.place.where == Selected("places", "k0")
    assert float(line.cells[5].rstrip("%")) == pytest.approx(100 * lost, abs=0.3)
    assert line.cells[6:] == ("100", "0.0%")
    bars = charts(state.answers.result(HiddenAnswer).found, words_of("en"), schematic=False)
    assert bars[0].bars[2].share == pytest.approx(1 - lost, abs=0.003)
    (table,) = PAGE.result(atlas, state, theme("light")).tables
    assert [row[0] for row in table.rows][1] == "k0"
    (sheet,) = PICTURE.sheets(state, "light")
    hidden, streets, slopes, straight = sheet.layers
    areas = [sum(part.area for part in one.xy) for one in (hidden, slopes, straight)]
    # What is hidden and what is reached are the circle.
    assert areas[0] + areas[1] == pytest.approx(areas[2], rel=1e-6)
    assert len(streets.xy) == 1


def test_how_it_was_computed_has_the_numbers(atlas, state):
    (told,) = PANEL.explain(Session(atlas, state), Selected("places", "k0"), "")
    facts = dict(told.facts)
    assert facts["Walk on slopes"] == "500 m ÷ 4.8 km/h = 6.25 min"
    assert facts["Lost with slopes"].startswith("1 − 0.1")
    assert PANEL.explain(Session(atlas, state), Selected("homes", "near"), "") == ()


def test_a_tier_stands_for_its_facilities_alone(atlas):
    # Kindergartens belong to the 5-minute tier of the national standard, to no other.
    found = answer(atlas, HiddenQuestion("places", tier="t5", metres=300.0))
    assert list(found.where) == ["k0"]
    with pytest.raises(AnalysisError, match="gb50180"):
        answer(atlas, HiddenQuestion("places", tier="t10", metres=500.0))


def test_it_is_kept_in_files_and_ends_when_nobody_waits(atlas, state):
    assert read_document(document_values(state.document)) == state.document
    told = []

    def stop(progress):
        told.append(progress.share)
        if progress.share > 0:
            job.cancel()

    job = Job("hidden", stop)
    job.begin()
    with pytest.raises(Cancelled):
        ANALYSIS.work(atlas, QUESTION, job, None)
    assert len(told) < 4
