"""An audit on the map: the figures of a town that is worked out by hand, in every room."""

import math
from dataclasses import replace

import pytest
from shapely import Polygon

import sandbox
from sandbox.app.answering import answer, with_results
from sandbox.app.answers.audit import ANALYSIS, AuditAnswer, AuditQuestion
from sandbox.app.document_json import document_values, read_document
from sandbox.app.jobs import Cancelled, Job
from sandbox.app.questions import Selected
from sandbox.app.session import Session
from sandbox.draw.answers.audit import PICTURE
from sandbox.draw.report.audit_charts import charts
from sandbox.draw.theme import theme
from sandbox.draw.viewport import Viewport
from sandbox.errors import AnalysisError
from sandbox.export.page.analyses.audit import PAGE
from sandbox.ui.answers.audit import PANEL
from sandbox.words import Bilingual, words_of
from tests.support.grid_city import at, grid_city
from tests.support.life_circle import placed
from tests.support.life_town import standard_file, town, town_state


@pytest.fixture(scope="module")
def atlas():
    return town()


@pytest.fixture(scope="module")
def question(tmp_path_factory):
    standard = standard_file(tmp_path_factory.mktemp("standard"))
    return AuditQuestion("homes", "people", standard, ("places",))


@pytest.fixture(scope="module")
def state(atlas, question):
    return with_results(atlas, town_state(atlas, analyses=(question,), language="en"))


def test_map_table_charts_page_and_python_say_what_hands_find(qapp, atlas, question, state):
    found = state.answers.result(AuditAnswer).found
    # 700 m and 900 m are within 1000 m, 3100 m isn't; of 300 m only home 0 is that near.
    assert found.audit.met.tolist() == [[True, True, False], [True, False, False]]
    coverage = found.coverage.set_index("rule")
    assert coverage["people_share"].to_dict() == pytest.approx(
        {"primary": 100 / 157, "nursery": 150 / 157}
    )
    assert found.summary["score"] == pytest.approx((100 + 150) / 2 / 157)
    # The map: by the share of rules failed, 0, 1/2 and 1 of the ramp's fifths.
    (sheet,) = PICTURE.sheets(state, "light")
    assert sheet.layers[0].of.tolist() == [0, 2, 4]
    table = PANEL.table(Session(atlas, state))
    # Most people first; what is farther than three times the limit has no walk.
    none = "none within three times the limit"
    assert [line.cells for line in table.lines] == [
        ("h1", "Primary school, 300 m", "50", "–", none, "300 m", "1.2"),
        ("h2", "Kindergarten, 1000 m", "7", "–", none, "1000 m", "1.1"),
        ("h2", "Primary school, 300 m", "7", "–", none, "300 m", "1.2"),
    ]
    assert [table.line_of(Selected("homes", name)) for name in ("h0", "h1", "h2")] == [-1, 0, 1]
    bars, spread = charts(found.audit, found.coverage, found.card, words_of("en"))[:2]
    assert [(one.figure, round(one.share, 6)) for one in bars.bars] == [
        ("64%", round(100 / 157, 6)), ("96%", round(150 / 157, 6)),
    ]  # fmt: skip
    assert dict(zip(spread.labels, spread.counts, strict=True)) == {"0": 100, "1": 50, "2": 7}
    # Behind each chart of the page stands its table, in both languages.
    shown = PAGE.result(atlas, state, theme("light")).pictures
    assert [row[1] for row in shown[0].figures.rows] == ["64%", "96%"]
    assert shown[0].figures.rows[0][0] == Bilingual("小学 · 300 米", "Primary school · 300 m")
    assert shown[1].figures.rows == (("0", "100"), ("1", "50"), ("2", "7"))
    assert shown[0].zh[0] != shown[0].zh[1] != shown[0].en[1]
    coverage_table, weakest, ledger, *_ = PAGE.result(atlas, state, theme("light")).tables
    # 57 of 157 people lack the school, 7 the kindergarten.
    assert [(row[1].en, row[5], row[7]) for row in weakest.rows] == [
        ("Primary school", "57", "36.3%"), ("Kindergarten", "7", "4.5%"),
    ]  # fmt: skip
    assert [row[5] for row in coverage_table.rows] == ["63.7%", "95.5%"]
    assert len(ledger.rows) == 3
    told = sandbox.audit(
        sandbox.Network(atlas.network), atlas.layers["homes"].features,
        atlas.layers["places"].features, standard=question.standard, people="people",
    )  # fmt: skip
    assert told.coverage.set_index("rule")["people_share"].to_dict() == pytest.approx(
        coverage["people_share"].to_dict()
    )


def test_how_it_was_computed_names_rule_clause_speed_network_date_and_numbers(atlas, state):
    session = Session(atlas, state)
    (told,) = PANEL.explain(session, Selected("homes", "h1"), "nursery")
    facts = dict(told.facts)
    assert facts["Formula"] == "d = 900 m ≤ 1000 m"
    assert facts["Clause"] == "1.1"
    assert facts["How it is known"] == "from memory, not compared with the printed standard"
    assert facts["Who walks"] == "Adult, 4.8 km/h"
    assert (facts["Street network"], facts["Data date"]) == ("Grid city", "2026-01-01")
    # Without a rule all that fail are told; of a home that meets them, all.
    assert len(PANEL.explain(session, Selected("homes", "h2"), "")) == 2
    assert len(PANEL.explain(session, Selected("homes", "h0"), "")) == 2
    assert PANEL.explain(session, Selected("places", "k0"), "") == ()


def test_one_rule_shows_its_ground_without_another_audit(atlas, question, state):
    one = answer(atlas, replace(question, rule="primary"))
    assert one.found is state.answers.result(AuditAnswer).found
    assert one.share.tolist() == [0, 1, 1]
    # Homes are points, so there is no residential land, but ground is covered.
    assert (one.ground.land.land_m2, one.ground.land.gaps.is_empty) == (0.0, True)
    assert one.ground.covered.area > 0
    with pytest.raises(AnalysisError, match="nowhere"):
        answer(atlas, replace(question, rule="nowhere"))


def test_residential_land_is_covered_by_its_ground_not_by_estates(question):
    # One street of 2 km; from its end 1000 m are covered. An estate lies along it from 800 to
    # 1200 m, 40 m to both sides: all of it is ground. Covered are 200 m, and of the round end,
    # whose radius is 50 m, what lies within 40 m to both sides.
    corners = [(8, -0.4), (12, -0.4), (12, 0.4), (8, 0.4)]
    estate = placed(["e"], [Polygon([at(*one) for one in corners])], people=[10.0])
    there = placed(["k0"], [(0, 0)], kind=["kindergarten"])
    atlas = town(grid_city(columns=21, rows=1), estate, there)
    found = answer(atlas, replace(question, rule="nursery")).ground.land
    round_end = 2 * (20 * 30 + 1250 * math.asin(0.8))
    assert found.land_m2 == pytest.approx(400 * 80, rel=0.005)
    assert found.share == pytest.approx((200 * 80 + round_end) / (400 * 80), abs=0.01)
    assert found.gaps.area == pytest.approx(400 * 80 * (1 - found.share), rel=0.01)


def test_a_home_is_pressed_where_it_is_drawn(atlas, state):
    viewport = Viewport.of(state.document.view, atlas.crs, (800.0, 600.0), 1.0)
    x, y = viewport.px_of_lonlat(at(5, 5))
    assert PICTURE.pick(state, viewport, (x, y)) == Selected("homes", "h0")
    assert PICTURE.pick(state, viewport, (x + 60, y)) is None


def test_a_question_is_kept_in_files_and_undone(atlas, question, state):
    assert read_document(document_values(state.document)) == state.document
    session = Session(atlas, town_state(atlas))
    ANALYSIS.ask(session, question)
    assert session.state.document.asked(AuditQuestion) == question
    session.undo()
    assert session.state.document.asked(AuditQuestion) is None


def test_work_that_nobody_waits_for_ends(atlas, question):
    job = Job("audit", lambda _progress: None)
    job.cancel()
    other = replace(question, by="minutes")
    with pytest.raises(Cancelled):
        ANALYSIS.work(atlas, other, job, None)


def test_schematic_homes_mark_every_figure(qapp, question):
    atlas = town(schematic=True)
    state = with_results(atlas, town_state(atlas, analyses=(question,), language="en"))
    session, found = Session(atlas, state), state.answers.result(AuditAnswer).found
    assert "Schematic" in PANEL.legend(session).heading
    assert "Schematic" in PANEL.table(session).note
    assert "Schematic" in PANEL.explain(session, Selected("homes", "h1"), "")[0].heading
    every = charts(found.audit, found.coverage, found.card, words_of("en"))
    assert all("Schematic" in chart.title for chart in every)
    assert "made up" in PAGE.result(atlas, state, theme("light")).notes[0].en
