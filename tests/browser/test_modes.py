"""What a page says for each way of moving is what the program says, to one cell of its grid."""

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
import shapely
from shapely import Polygon

from sandbox.app.answering import answer
from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.questions import ReachQuestion
from sandbox.edits.scenario import AddLine, Edit, Scenario
from sandbox.edits.street_edits import StreetEdit, StreetEdits
from sandbox.engine.network import Network
from sandbox.export.page.html import write_page
from sandbox.geo.shapes import to_metric
from sandbox.streets.modes import Access
from sandbox.streets.travel import Ride, Travel
from sandbox.transit.lines import Line, LineStop, Period
from sandbox.words import Bilingual
from tests.browser.conftest import PHONE, RINGS, slide
from tests.support.atlas import at, small_atlas, small_state
from tests.support.timetables import timetable, with_timetable

MONDAY = 2
ORIGIN = at(-300, 100)


@pytest.fixture(scope="module")
def atlas():
    """Return the small city with a line whose vehicles leave every ten minutes."""
    plain = small_atlas()
    streets = plain.network.streets
    everyone = int(Access.WALK | Access.BIKE | Access.DRIVE)
    opened = replace(streets, access=np.full_like(streets.access, everyone))
    plain = Atlas(plain.layers, Network(opened))
    stops = [("a", *at(-300, 100)), ("b", *at(1200, 120))]
    trips = [
        ("L", 0, [(0, leave, leave), (1, leave + 240, leave + 240)])
        for leave in range(8 * 3600, 10 * 3600, 600)
    ]
    made = timetable(plain.network, stops, trips, services=((MONDAY,),))
    return Atlas(plain.layers, with_timetable(plain.network, made))


# An area west of the origin that nobody may use.
CLOSED = StreetEdits(
    (StreetEdit("avoid", Polygon([at(-700, -60), at(-420, -60), at(-420, 260), at(-700, 260)])),)
)
RIDE = Travel(mode="transit", ride=Ride(datetime(2026, 11, 23, 8), window_min=20))
# A plan's line beside the timetable, every four minutes.
PLANNED = Scenario(
    "planned",
    Bilingual("规划线", "Planned line"),
    (
        Edit(
            Bilingual("新线", "New line"),
            AddLine(
                Line(
                    "N",
                    "新线",
                    "New line",
                    "metro",
                    (
                        LineStop("n1", "甲", "A", at(-300, 100)),
                        LineStop("n2", "乙", "B", at(600, -500), 3.0),
                    ),
                    (Period(6 * 3600, 22 * 3600, 240),),
                    dwell_s=0,
                )
            ),
        ),
    ),
)
CASES = {
    "bike": ReachQuestion(ORIGIN, (2.0, 4.0), travel=Travel(mode="bike")),
    "drive": ReachQuestion(ORIGIN, (1.0, 2.0), travel=Travel(mode="drive"), reach_m=100.0),
    "towards": ReachQuestion(ORIGIN, (5.0, 10.0), travel=Travel(towards=True)),
    "slow": ReachQuestion(ORIGIN, (5.0, 10.0), travel=Travel(walk_kmh=3.0)),
    "transit": ReachQuestion(ORIGIN, (10.0, 20.0), travel=RIDE),
    "scenario": ReachQuestion(ORIGIN, (10.0, 20.0), travel=RIDE, scenario=PLANNED),
    "edited": ReachQuestion(ORIGIN, (5.0, 10.0), edits=CLOSED),
}


@pytest.fixture(scope="module")
def page(opened, tmp_path_factory):
    """Return a browser's page that shows one case after the other."""
    folder = tmp_path_factory.mktemp("modes")
    (folder / "blank.html").write_text(
        "<html data-ready><script>var sandbox = {waiting: new Set()}</script>", "utf-8"
    )
    with opened(folder / "blank.html", PHONE) as watched:
        yield watched.page, folder


@pytest.mark.parametrize("name", CASES)
def test_contours_areas_and_places_are_the_programs(page, atlas, name):
    shown, folder = page
    question = CASES[name]
    own = answer(atlas, question)
    state = changed(
        small_state(atlas, language="en", edits=question.edits), reach=question, reach_answer=own
    )
    write_page(folder / f"{name}.html", atlas, state)
    shown.goto((folder / f"{name}.html").as_uri())
    shown.wait_for_selector("html[data-ready]", state="attached")
    areas = []
    for minutes in question.minutes:
        slide(shown, minutes)
        wanted = answer(atlas, replace(question, minutes=(minutes,)))
        found = wanted.isochrone
        cell_m = shown.evaluate("sandbox.play.grid.cellM")
        drawn = [shapely.LinearRing(ring) for ring in shown.evaluate(RINGS, minutes)]
        rings = to_metric(shapely.MultiLineString(drawn), found.crs)
        far_m = shapely.hausdorff_distance(rings, found.areas[0].boundary, densify=0.5)
        assert far_m < 1.42 * cell_m
        told = shown.inner_text("#told")
        k = own.isochrone.minutes.index(minutes)
        assert f"{own.isochrone.areas_km2[k]:.2f} km²" in told
        assert f"{len(wanted.places)} places" in told
        listed = shown.evaluate(
            "[...document.querySelectorAll('#places [data-place]')].map(one => one.dataset.place)"
        )
        assert sorted(listed) == sorted(f"{one.layer}/{one.id}" for one in wanted.places)
        areas.append(own.isochrone.areas_km2[k])
    assert areas == sorted(areas)
    assert areas[0] < areas[1]


def test_a_case_differs_from_the_others(atlas):
    walk = answer(atlas, ReachQuestion(ORIGIN, (5.0, 10.0))).isochrone.areas_km2
    for name in ("slow", "edited"):
        assert answer(atlas, CASES[name]).isochrone.areas_km2 != walk
    today, planned = (answer(atlas, CASES[name]).isochrone for name in ("transit", "scenario"))
    assert all(a < b for a, b in zip(today.areas_km2, planned.areas_km2, strict=True))
