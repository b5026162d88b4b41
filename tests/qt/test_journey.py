"""The journey by line to the place that is selected, on its card."""

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton

from sandbox.app import places
from sandbox.app.questions import ReachQuestion
from sandbox.geo import crs as geo
from sandbox.streets.travel import Ride, Travel
from sandbox.ui.panels.identify import IdentifyCard
from sandbox.ui.panels.journey import JourneyBox, Strip
from tests.support.asked import by
from tests.support.atlas import at, small_atlas, small_state
from tests.support.planner import one, planner_window
from tests.support.timetables import timetable, with_timetable

EIGHT = 8 * 3600
ORIGIN = at(-900, 0)


def goal(atlas):
    """Return the place of the map that is farthest from the origin."""
    found = places.all_places(atlas.layers)
    every = [
        places.place(atlas.layers, places.Selected(row.layer, str(row.id)))
        for row in found.itertuples()
    ]
    return max(every, key=lambda one: geo.length_m(*([[*p]] for p in (ORIGIN, one.lonlat)))[0])


@pytest.fixture(scope="module")
def atlas():
    made = small_atlas()
    # A bus from the origin's door to the place's, faster than any feet, at five past eight.
    stops = (("west", *ORIGIN), ("east", *goal(made).lonlat))
    bus = ("L", 0, [(0, EIGHT + 300, EIGHT + 300), (1, EIGHT + 360, EIGHT + 360)])
    network = with_timetable(made.network, timetable(made.network, stops, (bus,)))
    return replace(made, network=network)


@pytest.fixture
def window(qtbot, atlas):
    ride = Ride(datetime(2026, 11, 23, 8), window_min=1)
    question = ReachQuestion(ORIGIN, minutes=(30.0,), travel=Travel(mode="transit", ride=ride))
    state = small_state(atlas, reach=question, language="en")
    with planner_window(qtbot, atlas, state, (1920, 1080)) as planner:
        yield planner


def test_the_card_of_a_selected_place_tells_the_journey(window, atlas):
    box = one(window, JourneyBox)
    assert not box.isVisibleTo(window)
    window.session.change(selected=goal(atlas).where)
    window.rest()
    assert box.isVisibleTo(window)
    told = window.session.state.answers.journey_answer.itinerary
    assert [leg.kind for leg in told.legs if leg.kind != "walk"] == ["wait", "ride"]
    assert box._whole.text().startswith(f"{told.minutes:.0f} min by public transport, ")
    assert "08:05 L to east, 1 min" in box._told.text()
    # Nothing on the card lies over anything else.
    card = one(window, IdentifyCard)
    (button,) = [b for b in card.findChildren(QPushButton) if b.text() == "Reach from here"]
    assert button.y() >= card._scroll.y() + card._scroll.height()
    assert card._scroll.y() >= box.y() + box.height()
    window.session.change(selected=None)
    assert window.session.state.answers.journey_answer is None


def test_who_stays_aboard_is_told_so(qtbot, atlas):
    end = goal(atlas).lonlat
    # A short way on, from where it is far on foot.
    middle = tuple(0.9 * a + 0.1 * b for a, b in zip(ORIGIN, end, strict=True))
    stops = (("west", *ORIGIN), ("middle", *middle), ("east", *end))
    trips = (
        ("L", 0, [(0, EIGHT + 300, EIGHT + 300), (1, EIGHT + 330, EIGHT + 330)]),
        ("M", 0, [(1, EIGHT + 345, EIGHT + 345), (2, EIGHT + 360, EIGHT + 360)]),
    )
    made = timetable(atlas.network, stops, trips, lines=("L", "M"), blocks=(1, 1))
    joined = replace(atlas, network=with_timetable(atlas.network, made))
    ride = Ride(datetime(2026, 11, 23, 8), window_min=1, max_rides=1)
    question = ReachQuestion(ORIGIN, minutes=(30.0,), travel=Travel(mode="transit", ride=ride))
    state = small_state(joined, reach=question, language="zh")
    with planner_window(qtbot, joined, state, (1920, 1080)) as planner:
        planner.session.change(selected=goal(joined).where)
        planner.rest()
        told = one(planner, JourneyBox)._told.text()
        assert "08:05 不下车，车辆改作M继续开往east，0 分钟" in told
        planner.session.change(language="en")
        planner.rest()
        told = one(planner, JourneyBox)._told.text()
        assert "08:05 stay on board; it continues as M to east, 0 min" in told


def test_the_strip_rides_in_the_accents_colour(window, atlas):
    window.session.change(selected=goal(atlas).where)
    window.rest()
    strip = one(window, Strip)
    picture = QImage(strip.size(), QImage.Format.Format_RGB32)
    strip.render(picture)
    legs = window.session.state.answers.journey_answer.itinerary.legs
    before = sum(leg.minutes for leg in legs[: [leg.kind for leg in legs].index("ride")])
    whole = sum(leg.minutes for leg in legs)
    x = round(strip.width() * (before + 0.25) / whole)
    assert picture.pixelColor(x, 5).name() == "#1f5fbf"


def test_a_journey_to_a_place_that_is_walked_says_so(window, atlas):
    question = window.session.state.document.reach
    ride = replace(question.travel.ride, when=datetime(2026, 11, 24, 8))
    window.session.change(reach=by(question, ride=ride), selected=goal(atlas).where)
    window.rest()
    box = one(window, JourneyBox)
    # The place is an area, so it stands there too what the time was measured to.
    assert box._whole.text().endswith(
        "min on foot: no line with stops within 15 min is faster · to its edge"
    )
    assert not box._told.isVisibleTo(box)


def test_on_foot_the_way_takes_the_journeys_place(window, atlas):
    question = by(window.session.state.document.reach, mode="walk", ride=None)
    window.session.change(reach=question, selected=goal(atlas).where)
    window.rest()
    assert window.session.state.answers.journey_answer.itinerary is None
    assert window.session.state.answers.journey_answer.route is not None
    assert not one(window, JourneyBox).isVisibleTo(window)
