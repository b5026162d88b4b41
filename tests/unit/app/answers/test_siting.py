"""Sites on the map: a town whose best plan can be read off, with its audit before and after."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from sandbox.analysis.siting.problem import Plan
from sandbox.app.answering import answer, with_results
from sandbox.app.answers.siting import (
    ANALYSIS,
    SitingAnswer,
    SitingQuestion,
    gap_said,
    keep_plan,
    plan_said,
    show_tried,
)
from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.document_json import document_values, read_document
from sandbox.app.jobs import Cancelled, Job, Jobs
from sandbox.app.questions import Selected
from sandbox.app.session import Session
from sandbox.draw.answers.siting import NEW_LAYER, PICTURE
from sandbox.draw.report.siting_charts import charts
from sandbox.draw.theme import theme
from sandbox.draw.viewport import Viewport
from sandbox.export.page.analyses.siting import PAGE
from sandbox.geo.crs import to_metric
from sandbox.ui.answers.siting import PANEL
from sandbox.words import words_of
from tests.support.grid_city import at
from tests.support.life_circle import placed
from tests.support.life_town import layer, town, town_state

QUESTION = SitingQuestion(
    "homes", "people", "places", ("kindergarten",), candidates="offered", sites=1, seconds=5.0
)


@pytest.fixture(scope="module")
def atlas():
    # 100, 60 and 10 people; a kindergarten 200 m from the 60. Of the candidates one stands 200 m
    # from the 100, one 800 m from the 10, which is too far.
    lived = placed(["h0", "h1", "h2"], [(2, 10), (18, 10), (10, 2)], people=[100.0, 60.0, 10.0])
    there = placed(["k0"], [(18, 12)], kind=["kindergarten"])
    made = town(homes=lived, facilities=there)
    offered = layer("offered", placed(["c0", "c1"], [(2, 12), (10, 10)]), "service")
    return Atlas({**made.layers, "offered": offered}, made.network)


@pytest.fixture(scope="module")
def state(atlas):
    return with_results(atlas, town_state(atlas, analyses=(QUESTION,), language="en"))


def test_map_table_charts_audit_and_page_say_what_hands_find(qapp, atlas, state):
    known = state.answers.result(SitingAnswer)
    found = known.found
    assert (found.value, found.bound, found.proven) == (160.0, 160.0, True)
    assert (found.share_before, found.share) == pytest.approx((60 / 170, 160 / 170))
    # Served only with the plan, today, not.
    (sheet,) = PICTURE.sheets(state, "light")
    assert sheet.layers[0].of.tolist() == [1, 0, 2]
    # The national standard asks for a kindergarten within 300 m.
    (rule,) = known.audited.to_dict("records")
    assert (rule["limit"], rule["by"]) == (300.0, "metres")
    assert (rule["before"], rule["after"]) == pytest.approx((60 / 170, 160 / 170))
    session = Session(atlas, state)
    cells = [line.cells[:4] for line in PANEL.table(session).lines]
    assert cells == [("1  New site c0", "new", "1", "100"), ("k0", "kept", "1", "60")]
    served, before, after, _ = charts(known, words_of("en"))
    assert [bar.figure for bar in served.bars] == ["35.3%", "94.1%", "94.1%"]
    # 200 m are in the second fifth of 500 m; whoever is farther stands last.
    assert before.counts == (0, 0, 60, 0, 0, 110)
    assert after.counts == (0, 0, 160, 0, 0, 10)
    page = PAGE.result(atlas, state, theme("light"))
    sites, audit = page.tables
    assert [(row[0].en, where) for row, where in zip(sites.rows, sites.places, strict=True)] == [
        ("Site 1", "siting_sites/c0"), ("k0", "places/k0"),
    ]  # fmt: skip
    assert page.finding.en == (
        "1 new sites: within 500 m of one live 35.3% of the people today, 94.1% with the plan."
    )
    # Today lies left of the divide, the plan right of it; the site is a mark of its own.
    assert [(one.id, one.pane) for one in page.layers[:2]] == [
        ("siting_after", "right"), ("siting_before", "left"),
    ]  # fmt: skip
    (mark,) = page.layers[2].marks
    assert mark["geometry"]["coordinates"] == pytest.approx(at(2, 12), abs=1e-5)
    assert audit.rows[0][2:4] == ("35.3%", "94.1%")


def test_what_is_shown_is_no_other_search(atlas, state):
    known = state.answers.result(SitingAnswer)
    today = ANALYSIS.at_once(replace(QUESTION, before=True), known)
    assert today.found is known.found
    state = town_state(atlas, results=(today,))
    (sheet,) = PICTURE.sheets(state, "light")
    assert sheet.layers[0].of.tolist() == [2, 0, 2]
    assert ANALYSIS.at_once(replace(QUESTION, sites=2), known) is None


def test_sites_and_homes_are_pressed_and_say_how_they_were_computed(atlas, state):
    viewport = Viewport.of(state.document.view, atlas.crs, (800.0, 600.0), 1.0)
    session = Session(atlas, state)
    new = PICTURE.pick(state, viewport, viewport.px_of_lonlat(at(2, 12)))
    assert new == Selected(NEW_LAYER, "c0")
    assert dict(PANEL.explain(session, new, "")[0].facts)["Gap"].endswith("= 0.00%")
    home = PICTURE.pick(state, viewport, viewport.px_of_lonlat(at(2, 10)))
    assert home == Selected("homes", "h0")
    facts = dict(PANEL.explain(session, home, "")[0].facts)
    assert (facts["Today"], facts["With the plan"]) == ("> 500 m", "200 m ≤ 500")
    assert PANEL.explain(session, Selected("parks", "p"), "") == ()


def test_it_is_kept_in_files_and_ends_when_nobody_waits(atlas, state):
    assert read_document(document_values(state.document)) == state.document
    job = Job("siting", lambda _progress: None)
    job.cancel()
    with pytest.raises(Cancelled):
        ANALYSIS.work(atlas, QUESTION, job, None)


def test_the_incumbent_is_told_while_it_works(atlas):
    told = []
    job = Job("siting", lambda progress: told.append(str(progress.text)))
    ANALYSIS.work(atlas, replace(QUESTION, candidates="grid", sites=2), job, None)
    assert any(text.startswith("best plan so far: ") for text in told)


def test_who_stops_keeps_the_best_plan_so_far(atlas):
    question, heard = replace(QUESTION, sites=2), []

    def hear(progress):
        heard.append(str(progress.text))
        if heard[-1].startswith("best plan so far"):
            keep_plan(atlas, question)

    stopped = answer(atlas, question, Job("siting", hear)).found
    assert stopped.stopped
    assert list(stopped.sites["state"]).count("new") >= 1
    # Asked again it is searched to its end.
    assert not answer(atlas, question, Job("siting", lambda _: None)).found.stopped


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        # Where no bound is known, 100 % would say more than anybody knows.
        (Plan(np.ones(1, bool), 160.0, np.inf, False), "160 people; how near it is to the best"),
        (Plan(np.ones(1, bool), 160.0, 400.0, False), "160 people; how near it is to the best"),
        (Plan(np.ones(1, bool), 160.0, 168.0, False), "160 people, at most 5.0 % from the best"),
        (Plan(np.ones(1, bool), 160.0, 160.0, True), "160 people, at most 0.0 % from the best"),
    ],
)
def test_how_near_a_plan_is_to_the_best_is_said_only_where_it_is_known(plan, said):
    assert said in str(plan_said(QUESTION, plan))
    if "how near" in said:
        assert str(gap_said(plan.gap, proven=plan.proven)).startswith("not known")


def test_the_fewest_sites_for_a_share(atlas):
    found = answer(atlas, replace(QUESTION, aim="fewest", share=0.9)).found
    assert (found.value, found.proven) == (1.0, True)


def test_while_it_is_searched_the_map_rings_the_best_plan_so_far(qapp, atlas, state):
    told = []
    answer(atlas, replace(QUESTION, seconds=4.0), Job("siting", told.append))
    tried = [one for one in told if one.tried]
    # The candidate near the 100; the kindergarten that stands is none of the plan's own.
    assert tried[-1].tried == (pytest.approx(at(2, 12)),)
    session = Session(atlas, town_state(atlas, analyses=(QUESTION,)))
    jobs = Jobs(lambda call: call())
    show_tried(session, jobs, tried[-1])
    assert session.state.gesture.tried == tried[-1].tried
    viewport = Viewport.of(session.state.document.view, atlas.crs, (800, 600), 1.0)

    def ringed(shown) -> bool:
        image = QImage(800, 600, QImage.Format.Format_RGB32)
        image.fill(0)
        painter = QPainter(image)
        PICTURE.over(painter, atlas, shown, viewport, theme("light"))
        painter.end()
        ((x, y),) = viewport.px(to_metric(np.array(shown.gesture.tried), atlas.crs)).tolist()
        # From the site outwards one meets the ring, wherever it lies between pixels; a
        # numbered site is filled.
        names = [image.pixelColor(round(x) + far, round(y)).name() for far in range(12)]
        accent = theme("light").colour("accent").lower()
        return accent in names[5:] and accent not in names[:4]

    assert ringed(session.state)
    # Once the plan is there its numbered sites stand on the map instead.
    assert not ringed(changed(state, tried=tried[-1].tried))
    # Any report once the search has ended takes them away.
    show_tried(session, jobs, replace(tried[-1], lane="audit", tried=()))
    assert session.state.gesture.tried == ()
    jobs.close()
