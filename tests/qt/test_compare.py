"""The comparison as a hand finds it: choose, see blue and orange, undo."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QComboBox, QLabel

from sandbox.analysis.compare import Compared, Way
from sandbox.analysis.difference import difference, minutes_saved
from sandbox.analysis.isochrone import isochrone
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Jobs
from sandbox.app.opening import first_state
from sandbox.app.session import Session
from sandbox.app.settings import Settings
from sandbox.app.state import Against, AgainstAnswer, ReachAnswer, ReachQuestion, View
from sandbox.catalog.folder import load_all
from sandbox.draw.difference import difference_colours
from sandbox.draw.map import MapPainter
from sandbox.draw.theme import rgb, theme
from sandbox.network.network import Network
from sandbox.ui.panels.compare import ComparePanel
from sandbox.ui.panels.legend import Legend
from sandbox.ui.planner import Planner
from sandbox.ui.post import Post
from sandbox.ui.start import application
from tests.support.atlas import at, small_atlas, small_state

SIZE = (700, 500)


def compared_state(atlas, *, turned=False, look="light"):
    """Return a state that compares a fast walk with a slow one, or turned round."""
    question = ReachQuestion(at(0, 0), (4.0,))
    slow, fast = (
        isochrone(atlas.network, question.origin_lonlat, (4.0,), speed_kmh=kmh)
        for kmh in (3.0, 6.0)
    )
    base, now = (fast, slow) if turned else (slow, fast)
    found = difference(base.reached, now.reached, (4.0,), reach_m=50.0, crs=now.crs)
    saved = minutes_saved(base.reached, now.reached, reach_m=50.0, crs=now.crs, bands_min=(1, 2))
    against = Against("mode", "bike")
    ways = Way("slow", base.travel), Way("fast", now.travel)
    reached, none = (base.reached, now.reached), np.empty((2, 0))
    one = Compared(0, *ways, reached, none, found, ({},), 50.0)
    return replace(
        small_state(atlas),
        theme=look,
        view=View(at(0, 0), 2.0),
        layers=(),
        reach=question,
        reach_answer=ReachAnswer(question, now, ()),
        against=against,
        against_answer=AgainstAnswer(against, question, question, question, one, saved, ((), ())),
    )


def picture(atlas, state):
    painter = MapPainter(atlas)
    try:
        painter.complete(state, SIZE, 1.0)
        image = QImage(*SIZE, QImage.Format.Format_RGB32)
        brush = QPainter(image)
        painter.paint(brush, state, SIZE, 1.0)
        brush.end()
    finally:
        painter.close()
    memory = np.frombuffer(image.constBits(), np.uint8).reshape(SIZE[1], SIZE[0], 4)
    return memory[:, :, 2::-1].astype(int)


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize(("turned", "change"), [(False, "gained"), (True, "lost")])
def test_gained_is_blue_and_lost_is_orange(qapp, look, turned, change):
    atlas = small_atlas()
    state = compared_state(atlas, turned=turned, look=look)
    plain = replace(state, reach_answer=None, against=None, against_answer=None)
    drawn, bare = picture(atlas, state), picture(atlas, plain)
    # Between both reaches east of the middle: 4 min are 200 m at the slow, 400 m at the fast.
    changed = np.abs(drawn - bare).sum(axis=2) > 6
    assert changed[245:256, 350 + 140 : 350 + 190].mean() > 0.9
    colour = np.array(rgb(difference_colours(theme(look))[change]))
    strip, before = (one[230:270, 350 + 140 : 350 + 190].reshape(-1, 3) for one in (drawn, bare))
    # Paint of one colour draws every pixel nearer to it.
    nearer = np.abs(strip - colour).sum(axis=1) <= np.abs(before - colour).sum(axis=1)
    assert nearer.mean() > 0.95


@pytest.mark.parametrize(("turned", "change"), [(False, "gained"), (True, "lost")])
def test_minutes_saved_grow_outward_in_colour(qapp, turned, change):
    atlas = small_atlas()
    state = replace(compared_state(atlas, turned=turned), against_minutes=True)
    plain = replace(state, reach_answer=None, against=None, against_answer=None)
    drawn, bare = picture(atlas, state), picture(atlas, plain)
    # 3 km/h against 6: a minute is saved from 100 m on, two from 200 m on, as long as the
    # slow walk of 4 minutes was searched; beyond it the fast one saves less and less.
    near, far = ((slice(246, 255), slice(350 + at_px, 350 + at_px + 8)) for at_px in (28, 110))
    saved = np.abs(drawn - bare).sum(axis=2)
    assert saved[246:255, 346:354].mean() < 3
    colour = np.array(rgb(difference_colours(theme("light"))[change]))
    away = [np.abs(drawn[part] - colour).sum(axis=2).mean() for part in (near, far)]
    assert away[1] < away[0]


def test_isochrones_give_way_to_the_difference(qapp):
    atlas = small_atlas()
    state = compared_state(atlas)
    # An answer of another question is not this map's: bands come back.
    other = replace(state, against=Against("mode", "drive"))
    assert (picture(atlas, state) != picture(atlas, other)).any()
    assert (picture(atlas, other) == picture(atlas, replace(state, against=None))).all()


@pytest.fixture(scope="module")
def city():
    return Atlas(load_all(), Network.open())


def test_choosing_compares_and_undo_takes_it_back(qtbot, city):
    application("en")
    post = Post()
    jobs = Jobs(post)
    state = first_state(city, Settings(), "en")
    session = Session(city, replace(state, reach=ReachQuestion((106.299, 29.612), (5.0, 10.0))))
    planner = Planner(session, jobs, Settings(motion=False), remember=False)
    qtbot.addWidget(planner)
    planner.resize(1920, 1080)
    planner.show()

    def settle():
        qtbot.waitUntil(lambda: not jobs.busy, timeout=60_000)

    try:
        settle()
        (panel,) = planner.findChildren(ComparePanel)
        (legend,) = planner.findChildren(Legend)
        (choice,) = panel.findChildren(QComboBox)
        offered = [choice.itemText(n) for n in range(choice.count())]
        assert offered == ["Nothing", "By bike", "By car", "By line", "To here"]
        choice.activated.emit(1)
        settle()
        answer = session.state.against_answer
        assert answer.against == Against("mode", "bike")
        texts = [one.text() for one in panel.findChildren(QLabel)]
        assert f"{answer.difference.gained.km2[-1]:.1f} km²" in texts
        # From feet, which are on screen, to the bike: it adds ground.
        assert answer.difference.gained.km2[-1] > answer.difference.lost.km2[-1]
        assert "On foot → By bike" in texts
        said = [one.text() for one in legend.findChildren(QLabel)]
        assert "Within 10 min: On foot → By bike" in said
        assert {"Added", "Lost", "Already reachable"} <= set(said)
        session.undo()
        settle()
        assert session.state.against is session.state.against_answer is None
        shown = [one for one in legend.findChildren(QLabel) if one.isVisibleTo(legend)]
        assert "Added" not in [one.text() for one in shown]
    finally:
        planner.close()
        post.close()


def test_the_comparison_is_exported_with_one_call(qtbot, city, tmp_path):
    application("zh")
    post = Post()
    jobs = Jobs(post)
    asked = ReachQuestion((106.299, 29.612), (5.0, 10.0))
    state = first_state(city, Settings(), "zh")
    state = replace(state, reach=asked, against=Against("mode", "bike"))
    session = Session(city, state)
    planner = Planner(session, jobs, Settings(motion=False), remember=False)
    qtbot.addWidget(planner)
    planner.show()
    try:
        qtbot.waitUntil(lambda: not jobs.busy, timeout=60_000)
        for name in ("c.html", "c.gpkg", "c.csv"):
            planner.files.export_comparison(tmp_path / name)
            qtbot.waitUntil(lambda: not jobs.busy, timeout=60_000)
            assert (tmp_path / name).stat().st_size > 100
        assert planner.refusals == ()
    finally:
        planner.close()
        post.close()
