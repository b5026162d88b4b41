"""A measure of access on the map: times and shares of a town that are worked out by hand."""

from dataclasses import replace

import pytest

from sandbox.app.answering import answer, with_results
from sandbox.app.answers.access import (
    CLASSES,
    AccessAnswer,
    AccessQuestion,
    class_texts,
    classes_of,
    edges_of,
)
from sandbox.app.document_json import document_values, read_document
from sandbox.app.questions import Selected
from sandbox.app.session import Session
from sandbox.draw.answers.access import PICTURE
from sandbox.draw.theme import theme
from sandbox.draw.viewport import Viewport
from sandbox.export.page.analyses.access import PAGE
from sandbox.streets.travel import Travel
from sandbox.ui.answers.access import PANEL
from tests.support.grid_city import at
from tests.support.life_town import np_array, town, town_state

# 6 km/h is 100 m a minute. Kindergarten and school are 7 and 3, 9 and 13, 31 and 27 minutes away.
QUESTION = AccessQuestion("homes", "people", "places", minutes=10.0, travel=Travel("walk", 6.0))


@pytest.fixture(scope="module")
def atlas():
    return town()


@pytest.fixture(scope="module")
def state(atlas):
    return with_results(atlas, town_state(atlas, analyses=(QUESTION,), language="en"))


def test_map_table_page_and_curve_say_what_hands_find(qapp, atlas, state):
    found = state.answers.result(AccessAnswer)
    # Within 10 minutes home 0 reaches both, home 1 the kindergarten, home 2 none.
    assert found.table["id"].tolist() == ["h2", "h1", "h0"]
    assert found.table["value"].tolist() == [0.0, 1.0, 2.0]
    mean = (100 * 2 + 50) / 157
    assert found.share["mean"] == pytest.approx(mean)
    # Lorenz: 7 of 157 people have nothing, the next 50 have 50 of 250.
    assert found.curve.tolist() == [
        pytest.approx(one) for one in ((0, 0), (7 / 157, 0), (57 / 157, 50 / 250), (1, 1))
    ]
    area = 0.5 * (50 / 157) * 0.2 + 0.5 * (100 / 157) * 1.2
    assert found.share["gini"] == pytest.approx(1 - 2 * area)
    session = Session(atlas, state)
    table = PANEL.table(session)
    assert [line.cells for line in table.lines] == [
        ("h2", "7", "0"), ("h1", "50", "1"), ("h0", "100", "2"),
    ]  # fmt: skip
    assert table.line_of(Selected("homes", "h0")) == 2
    (page,) = PAGE.result(atlas, state, theme("light")).tables
    assert [row[2] for row in page.rows] == ["0", "1", "2"]
    facts = dict(PANEL.explain(session, Selected("homes", "h0"), "")[0].facts)
    assert facts["Opportunities in reach"] == "A = 2 supply"
    assert facts["Formula"].startswith("A = Σ Oⱼ f(tᵢⱼ)")
    assert "6 km/h" in facts["Travel"]
    viewport = Viewport.of(state.document.view, atlas.crs, (800.0, 600.0), 1.0)
    assert PICTURE.pick(state, viewport, viewport.px_of_lonlat(at(5, 5))) == Selected("homes", "h0")


def test_of_times_less_is_better(atlas):
    found = answer(atlas, replace(QUESTION, measure="dual", count=2, minutes=15.0))
    # The second nearest is 7 and 13 minutes away; home 2 has none, and comes first.
    assert found.table["id"].tolist() == ["h2", "h1", "h0"]
    assert found.table["value"].tolist()[1:] == pytest.approx([13.0, 7.0])
    assert found.of.tolist() == [CLASSES, 4, 0]


def test_classes_hold_as_many_homes_each():
    values = np_array([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    edges = edges_of(values)
    assert edges == (1.0, 3.0, 5.0, 7.0)
    assert classes_of(values, edges, less_is_better=True).tolist() == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert classes_of(values, edges, less_is_better=False).tolist() == [
        4,
        4,
        3,
        3,
        2,
        2,
        1,
        1,
        0,
        0,
    ]
    assert len(class_texts(edges, "min")) == 5
    assert edges_of(np_array([2, 2, 2])) == ()
    assert [str(one) for one in class_texts((), "")] == ["all alike"]


def test_it_is_kept_in_files(state):
    assert read_document(document_values(state.document)) == state.document
