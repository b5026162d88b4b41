"""Street edits of a session: drawn, tried, undone, opened, and what is told of them."""

from dataclasses import replace
from queue import Queue

import pandas as pd
import pytest
import shapely

from sandbox.analysis.isochrone import isochrone
from sandbox.analysis.places.access import access_points
from sandbox.analysis.within_reach import within_reach
from sandbox.app import places, street_edits
from sandbox.app.answers import compare
from sandbox.app.answers.circles import CirclesAnswer, CirclesQuestion
from sandbox.app.asking import Asker
from sandbox.app.jobs import Jobs
from sandbox.app.opening import state_over
from sandbox.app.questions import Against, ReachQuestion, Selected
from sandbox.app.session import Session
from sandbox.app.settings import Settings
from sandbox.app.street_edits import Editing, edited
from sandbox.draw.marks import source_line
from sandbox.edits.street_edits import MAX_EDITS, StreetEdit, StreetEdits, apply
from sandbox.edits.street_edits_file import as_geojson
from sandbox.errors import NetworkError
from sandbox.export.compare import write_against
from sandbox.geo.shapes import to_metric
from tests.support.asked import by
from tests.support.atlas import CRS, at, small_atlas, small_state

# Streets run each 120 m from the middle; the pin stands at their crossing there.
PIN = at(0, 0)
WIDE = StreetEdit("avoid", shapely.Polygon([at(60, -300), at(500, -300), at(500, 300)]))
BRIDGE = StreetEdit("footbridge", shapely.LineString([at(0, 0), at(600, 600)]), "Bridge")


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


class Desk:
    """A session with all that listens to its edits, and a loop that the test turns."""

    def __init__(self, atlas, **fields):
        self.posted, self.told, self.standing = Queue(), [], {}
        asked = ReachQuestion(PIN, (5.0, 10.0))
        self.session = Session(atlas, small_state(atlas, reach=asked, language="en", **fields))
        self.jobs = Jobs(self.posted.put)
        self.asker = Asker(self.session, self.jobs, self.report)
        self.editing = Editing(self.session, self.jobs, self.report)
        self.asker.start()
        self.editing.start()
        self.settle()

    def report(self, lane, error):
        self.standing[lane] = error
        if error is not None:
            self.told.append(error)

    def settle(self):
        while self.jobs.busy:
            self.posted.get(timeout=600)()

    def draw(self, kind, *spots):
        self.editing.begin(kind)
        self.point(*spots)
        self.editing.finish()
        self.settle()

    def point(self, *spots):
        for spot in spots:
            sketch = self.session.state.gesture.sketch or ()
            self.session.change(sketch=(*sketch, at(*spot)))

    @property
    def edits(self):
        return self.session.state.document.edits.edits

    @property
    def answer(self):
        return self.session.state.answers.reach_answer


@pytest.fixture
def desk(atlas):
    made = []

    def make(**fields):
        made.append(Desk(atlas, **fields))
        return made[-1]

    yield make
    for one in made:
        one.jobs.close()


def test_the_answer_is_that_of_the_network_with_the_edits(desk, atlas):
    made = desk()
    before = made.answer
    made.session.change(undoable=True, edits=StreetEdits((WIDE, BRIDGE)))
    made.settle()
    network = apply(atlas.network, made.session.state.document.edits)
    found = isochrone(network, PIN, (5.0, 10.0))
    assert made.answer.isochrone.areas_km2 == found.areas_km2
    tied = access_points(network, places.all_places(atlas.layers))
    assert made.answer.places == within_reach(found, tied)
    assert made.answer.question.edits == made.session.state.document.edits
    assert made.answer.isochrone.areas_km2 != before.isochrone.areas_km2
    made.session.undo()
    made.settle()
    assert made.answer.isochrone.areas_km2 == before.isochrone.areas_km2
    assert made.answer.places == before.places
    made.session.redo()
    made.settle()
    assert made.answer.isochrone.areas_km2 == found.areas_km2
    assert made.told == []


def test_drawn_edits_have_their_shape_a_number_and_what_they_begin_with(desk):
    made = desk()
    made.draw("avoid", (300, 0), (500, 0), (500, 200))
    made.draw("slow", (-500, 0), (-300, 0), (-300, 200))
    made.draw("footbridge", (0, 0), (600, 600))
    made.draw("path", (0, -200), (30, -400), (60, -600))
    made.draw("path", (0, 200), (60, 600))
    assert [(one.kind, one.name, one.time_factor, one.on) for one in made.edits] == [
        ("avoid", "Area to avoid 1", 1.0, True),
        ("slow", "Slow zone 1", 2.0, True),
        ("footbridge", "Footbridge 1", 1.0, True),
        ("path", "Path 1", 1.0, True),
        ("path", "Path 2", 1.0, True),
    ]
    for edit, spots in (
        (made.edits[0], [(300, 0), (500, 0), (500, 200), (300, 0)]),
        (made.edits[3], [(0, -200), (30, -400), (60, -600)]),
    ):
        wanted = [at(*spot) for spot in spots]
        drawn = shapely.get_coordinates(edit.shape).tolist()
        assert [tuple(one) for one in drawn] == [pytest.approx(one, abs=1e-6) for one in wanted]
    assert made.session.state.gesture.sketch is None
    for count in (4, 3, 2, 1, 0):
        made.session.undo()
        assert len(made.edits) == count


def test_who_asks_by_bike_draws_for_bikes_too(desk):
    made = desk()
    asked = by(made.session.state.document.reach, mode="bike")
    made.session.change(reach=asked)
    made.draw("footbridge", (0, 0), (600, 600))
    made.draw("avoid", (300, 0), (500, 0), (500, 200))
    assert [one.modes for one in made.edits] == [("walk", "bike"), ()]


def test_each_touch_closes_a_street_and_the_next_another(desk, atlas):
    made = desk()
    made.editing.begin("closed")
    # The second touch comes before the first is tried; the third means no street.
    made.point((60, 4), (-60, 3), (60, 60), (4, 60))
    made.settle()
    assert [one.shape.geom_type for one in made.edits] == ["Point"] * 3
    assert len(made.told) == 1
    assert "within 40 m" in str(made.told[0])
    assert made.session.state.gesture.sketch == ()
    # Each closes the block of 120 m that was touched.
    closed = street_edits.closed(made.session.state)
    for line, spot in zip(closed, ((60, 0), (-60, 0), (0, 60)), strict=True):
        middle = line.centroid
        assert (middle.x, middle.y) == pytest.approx(at(*spot), abs=2e-6)
        assert to_metric(line, CRS).length == pytest.approx(120, abs=0.1)


def test_what_fits_no_street_is_refused_and_its_drawing_stays_to_be_mended(desk):
    made = desk()
    before = made.session.state.document.edits
    made.draw("path", (5000, 5000), (5200, 5000))
    assert made.session.state.document.edits == before
    assert len(made.session.state.gesture.sketch) == 2
    assert "no street is within 40 m of its ends" in str(made.told[0])
    # A point taken back and set elsewhere, and it fits.
    made.editing.undo()
    made.editing.undo()
    made.point((0, 0), (300, 300))
    made.editing.finish()
    made.settle()
    assert [one.kind for one in made.edits] == ["path"]
    made.draw("avoid", (0, 0), (100, 100), (100, 0), (0, 100))
    assert "its outline intersects itself" in str(made.told[-1])
    assert made.standing[street_edits.EDITS] is made.told[-1]
    # Whatever is done next, what was refused isn't said any longer.
    made.session.change(view=replace(made.session.state.document.view, m_per_px=9.0))
    assert made.standing[street_edits.EDITS] is made.told[-1]
    made.asker.ask(by(made.session.state.document.reach, walk_kmh=4.0))
    assert made.standing[street_edits.EDITS] is None
    made.settle()
    assert len(made.edits) == 1


def test_of_two_touches_tried_at_once_the_one_that_fits_hides_no_refusal(desk):
    made = desk()
    made.editing.begin("closed")
    for spot in ((60, 0), (5000, 5000)):
        made.session.change(sketch=(at(*spot),))
    made.settle()
    assert len(made.edits) == 1
    assert made.standing[street_edits.EDITS] is not None


def test_an_edit_that_comes_to_mean_nothing_is_told_until_it_is_mended(desk):
    made = desk()
    made.draw("path", (0, 0), (300, 300))
    made.draw("closed", (60, 0))
    before = made.answer.isochrone.areas_km2
    # Nobody rides in this city.
    made.editing.change(0, modes=("bike",))
    made.settle()
    assert made.answer is None
    assert any(made.standing.values())
    made.editing.change(0, on=False)
    made.settle()
    assert made.answer is not None
    assert not any(made.standing.values())
    made.session.undo()
    made.session.undo()
    made.settle()
    assert made.answer.isochrone.areas_km2 == before
    assert not any(made.standing.values())


def test_too_few_points_make_nothing(desk):
    made = desk()
    for kind, spots in (("avoid", 2), ("slow", 2), ("path", 1), ("footbridge", 1), ("closed", 0)):
        made.draw(kind, *[(40 * number, 0) for number in range(spots)])
        assert made.session.state.gesture.sketch_kind == kind
        assert len(made.session.state.gesture.sketch) == spots
        made.editing.end()
        assert (made.session.state.gesture.sketch, made.session.state.gesture.sketch_kind) == (
            None,
            "line",
        )
    assert made.edits == ()
    assert made.told == []


def test_undo_takes_back_points_first_then_edits(desk):
    made = desk()
    made.draw("path", (0, 0), (300, 300))
    made.editing.begin("path")
    made.point((0, 0), (100, 300))
    made.editing.undo()
    assert len(made.session.state.gesture.sketch) == 1
    made.editing.undo()
    assert made.session.state.gesture.sketch == ()
    assert len(made.edits) == 1
    made.editing.undo()
    assert made.edits == ()


def test_edits_are_switched_named_slowed_and_removed_each_a_step(desk):
    made = desk()
    made.draw("slow", (-500, -500), (500, -500), (500, 500), (-500, 500))
    slowed = made.answer.isochrone.areas_km2
    made.editing.change(0, on=False)
    made.settle()
    assert made.answer.isochrone.areas_km2[-1] > slowed[-1]
    made.editing.change(0, on=True)
    made.editing.change(0, time_factor=4.0)
    made.editing.change(0, name="Roadworks")
    made.settle()
    assert made.answer.isochrone.areas_km2[-1] < slowed[-1]
    made.editing.remove(0)
    assert made.edits == ()
    for said in (
        ("Roadworks", 4.0, True),
        ("Slow zone 1", 4.0, True),
        ("Slow zone 1", 2.0, True),
        ("Slow zone 1", 2.0, False),
        ("Slow zone 1", 2.0, True),
    ):
        made.session.undo()
        (edit,) = made.edits
        assert (edit.name, edit.time_factor, edit.on) == said
    made.settle()
    assert made.answer.isochrone.areas_km2 == slowed


def test_service_circles_are_of_the_edited_streets_too(desk, atlas):
    asked = CirclesQuestion("labs", minutes=10.0)
    made = desk(analyses=(asked,))
    before = made.session.state.answers.result(CirclesAnswer).coverage.area_km2
    made.session.change(edits=StreetEdits((WIDE,)))
    made.settle()
    found = made.session.state.answers.result(CirclesAnswer)
    assert found.question.edits == made.session.state.document.edits
    assert found.coverage.area_km2 < before


def test_the_way_to_a_place_takes_the_path_that_is_drawn_there(desk):
    made = desk(selected=Selected("parks", "parks_0"))
    walked = made.session.state.answers.journey_answer.route
    # One gets off a bridge at its ends only, off a path anywhere.
    made.session.change(edits=StreetEdits((BRIDGE,)))
    made.settle()
    assert made.session.state.answers.journey_answer.route.minutes == walked.minutes
    made.session.change(edits=StreetEdits((replace(BRIDGE, kind="path", name="Path"),)))
    made.settle()
    by_path = made.session.state.answers.journey_answer.route
    assert by_path.minutes < walked.minutes
    assert "Path" in [step.street for step in by_path.steps]


def test_streets_as_they_were_are_compared_with(desk, atlas, tmp_path):
    made = desk()
    assert Against("streets", "unedited") not in compare.choices(
        atlas, made.session.state.document.reach
    )
    made.session.change(edits=StreetEdits((WIDE, BRIDGE)))
    made.settle()
    asked = Against("streets", "unedited")
    assert asked in compare.choices(atlas, made.session.state.document.reach)
    made.session.change(against=asked)
    made.settle()
    ground = compare.shown(made.session.state).difference
    plain = isochrone(atlas.network, PIN, (5.0, 10.0)).areas_km2
    assert ground.base.km2 == pytest.approx(plain, rel=2e-3)
    assert ground.plan.km2 == pytest.approx(made.answer.isochrone.areas_km2, rel=2e-3)
    assert ground.gained.km2[-1] > 0.01
    assert ground.lost.km2[-1] > 0.01
    file = tmp_path / "compared.csv"
    write_against(file, atlas, made.session.state)
    rows = pd.read_csv(file)
    assert rows["base_street_edits"].tolist() == [0, 0]
    assert rows["plan_street_edits"].tolist() == [2, 2]
    assert rows["lost_km2"].tolist() == pytest.approx(list(ground.lost.km2), abs=1e-6)
    page = tmp_path / "compared.html"
    write_against(page, atlas, made.session.state)
    html = page.read_text(encoding="utf-8")
    for words in ("Existing streets", "现状道路", "修改后的道路", "Street edits: 2", "Bridge"):
        assert words in html, words


def test_a_file_takes_the_place_of_the_edits_and_a_bad_one_changes_nothing(desk, tmp_path):
    made = desk()
    made.session.change(edits=StreetEdits((WIDE,)))
    file = tmp_path / "edits.geojson"
    file.write_text(as_geojson(StreetEdits((BRIDGE,))), encoding="utf-8")
    made.editing.open(file)
    made.settle()
    assert made.session.state.document.edits == StreetEdits((BRIDGE,))
    made.session.undo()
    assert made.session.state.document.edits == StreetEdits((WIDE,))
    far = replace(BRIDGE, shape=shapely.LineString([(10.0, 50.0), (10.1, 50.1)]))
    for text, why in (
        ("{", "can't be read as street edits"),
        (as_geojson(StreetEdits((replace(WIDE, kind="slow", time_factor=0.5),))), "1 to 100"),
        (as_geojson(StreetEdits((far,))), "no street is within 40 m"),
    ):
        file.write_text(text, encoding="utf-8")
        made.editing.open(file)
        made.settle()
        assert why in str(made.told[-1])
        assert made.session.state.document.edits == StreetEdits((WIDE,))


def test_no_more_edits_are_drawn_than_a_file_may_hold(desk):
    made = desk()
    off = replace(BRIDGE, on=False)
    made.session.change(edits=StreetEdits((off,) * MAX_EDITS))
    made.draw("path", (0, 0), (300, 300))
    assert len(made.edits) == MAX_EDITS
    assert isinstance(made.told[-1], NetworkError)


def test_what_hangs_on_edited_streets_says_so(desk, atlas):
    made = desk()
    assert street_edits.told(made.session.state.document.edits) is None
    assert "edits" not in source_line(atlas, made.session.state)
    made.session.change(edits=StreetEdits((WIDE, replace(BRIDGE, on=False))))
    # The line belongs to the answer on the map, which the edits reach with the next one.
    made.settle()
    assert "Street edits: 1" in source_line(atlas, made.session.state)
    made.session.change(language="zh")
    assert "道路修改 1 项" in source_line(atlas, made.session.state)


def test_other_streets_have_the_edits_waiting(desk):
    made = desk()
    made.session.change(edits=StreetEdits((WIDE, BRIDGE)))
    other = small_atlas()
    state = state_over(other, made.session.state, Settings())
    assert [one.shape for one in state.document.edits.edits] == [WIDE.shape, BRIDGE.shape]
    assert [one.on for one in state.document.edits.edits] == [False, False]
    assert edited(other, state.document.edits) is other
