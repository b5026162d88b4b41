"""The map's pictures, pixel by pixel where that can be known."""

import threading
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from sandbox.analysis.coverage import coverage
from sandbox.analysis.isochrone import isochrone
from sandbox.app.answers.circles import CirclesAnswer, CirclesQuestion
from sandbox.app.changes import changed
from sandbox.app.questions import ReachAnswer, ReachQuestion, Selected
from sandbox.app.state import LayerShown, View
from sandbox.draw.answers.bands import BandPainter, contour_colour
from sandbox.draw.answers.circles import hatch_phase
from sandbox.draw.answers.wave import Wave
from sandbox.draw.lettering.icon_atlas import IconAtlas, Line
from sandbox.draw.lettering.labels import lay_out
from sandbox.draw.lettering.named import Name
from sandbox.draw.map import MapPainter
from sandbox.draw.marks import bar_length_m, foot_px, marks
from sandbox.draw.raster.tiles import Plate, Tile
from sandbox.draw.theme import band_alphas, band_colours, circles_colour, rgb, theme
from sandbox.draw.viewport import Viewport
from sandbox.projects.project import Approval
from sandbox.ui.parts import icons
from tests.support.asked import by
from tests.support.atlas import CRS, MIDDLE_XY, at, small_atlas, small_state

SIZE = (900, 700)


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


@pytest.fixture(scope="module")
def answer(atlas):
    question = ReachQuestion(at(30, 0))
    return ReachAnswer(question, isochrone(atlas.network, at(30, 0), question.minutes), ())


@pytest.fixture
def painter_of(qapp, atlas):
    made = []

    def make(**more):
        made.append(MapPainter(atlas, **more))
        return made[-1]

    yield make
    for one in made:
        one.close()


def picture(painter: MapPainter, state, *, size=SIZE, dpr=1.0, **more) -> np.ndarray:
    """Return the whole map as red, green, blue."""
    painter.complete(state, size, dpr)
    image = QImage(round(size[0] * dpr), round(size[1] * dpr), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(dpr)
    brush = QPainter(image)
    painter.paint(brush, state, size, dpr, **more)
    brush.end()
    return pixels(image)


def pixels(image: QImage) -> np.ndarray:
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return raw[..., 2::-1].copy()


def pixel(shown: np.ndarray, state, lonlat, *, size=SIZE, dpr=1.0):
    x, y = Viewport.of(state.document.view, CRS, size, dpr).px_of_lonlat(lonlat)
    return tuple(int(v) for v in shown[int(y * dpr), int(x * dpr)])


def test_a_hidden_layer_is_really_hidden(painter_of, atlas):
    painter, state = painter_of(), small_state(atlas)
    hidden = changed(
        state,
        layers=tuple(LayerShown(e.id, visible=e.id != "water") for e in state.document.layers),
    )
    wet, dry = at(660, 540), picture(painter, hidden)
    shown = picture(painter, state)
    assert pixel(shown, state, wet) == rgb(theme("light").colour("water"))
    assert pixel(dry, state, wet) != rgb(theme("light").colour("water"))
    # Nothing of the lake is left, its name neither.
    water = rgb(theme("light").colour("label_water"))
    assert (shown == water).all(axis=-1).any()
    assert not (dry == water).all(axis=-1).any()


def test_opacity_lets_the_ground_through(painter_of, atlas):
    painter, state = painter_of(), small_state(atlas)
    half = changed(
        state,
        layers=tuple(
            LayerShown(e.id, opacity=0.5 if e.id == "water" else 1) for e in state.document.layers
        ),
    )
    full = np.array(pixel(picture(painter, state), state, at(660, 540)), dtype=int)
    shown = np.array(pixel(picture(painter, half), state, at(660, 540)), dtype=int)
    # Between the water and the park beneath it.
    assert (shown != full).any()
    assert abs(shown - full).max() < 60


@pytest.mark.parametrize("name", ["light", "dark"])
def test_bands_have_their_colours_over_the_ground(qapp, atlas, answer, name):
    look = theme(name)
    state = small_state(atlas, m_per_px=2.0)
    viewport = Viewport.of(state.document.view, CRS, SIZE, 1.0)
    overlay = BandPainter().overlay(answer.isochrone, viewport, look, 1.0)
    # The middle of a block near the origin: no street, no contour.
    x, y = viewport.px_of_lonlat(at(90, 60))
    got = overlay.image.pixelColor(int(x), int(y))
    expected, alpha = rgb(band_colours(look, 3)[0]), band_alphas(look, 3)[0]
    assert got.alphaF() == pytest.approx(alpha, abs=0.006)
    assert (got.red(), got.green(), got.blue()) == pytest.approx(expected, abs=4)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("opacity", [0.05, 0.5, 1.0])
def test_at_half_opacity_half_of_the_bands_own_colour_lies_over_the_map(
    painter_of, atlas, answer, name, opacity
):
    bare = small_state(atlas, m_per_px=2.0, theme=name)
    state = changed(bare, reach=answer.question, reach_answer=answer, reach_opacity=opacity)
    # Beside a street, within its reach: no lit street, no contour, and the pin's glow ends before.
    below, shown = (
        np.array(pixel(picture(painter_of(), one), one, at(150, 60)), dtype=float)[:3]
        for one in (bare, state)
    )
    own = np.array(rgb(band_colours(name, 3)[0]), dtype=float)
    assert shown == pytest.approx(below + opacity * (own - below), abs=3.0)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_swatch_of_a_band_is_as_the_map_is_at_its_opacity(qapp, name):
    look = theme(name)
    ground, own = (np.array(rgb(c)) for c in (look.colour("ground"), band_colours(look, 3)[1]))
    swatch = icons.area_picture(band_colours(look, 3)[1], "", 18, 0.5, look.colour("ground"))
    middle = swatch.toImage().pixelColor(swatch.width() // 2, swatch.height() // 2)
    got = (middle.red(), middle.green(), middle.blue())
    assert got == pytest.approx(tuple((ground + own) / 2), abs=2)


@pytest.mark.parametrize("dpr", [1.0, 2.0])
@pytest.mark.parametrize("m_per_px", [2.0, 3.7, 9.0])
def test_the_drawn_outline_is_the_computed_one_within_half_a_pixel(
    qapp, atlas, answer, dpr, m_per_px
):
    look = theme("light")
    state = small_state(atlas, m_per_px=m_per_px)
    viewport = Viewport.of(state.document.view, CRS, SIZE, dpr)
    overlay = BandPainter().overlay(answer.isochrone, viewport, look, 1.0)
    shown = pixels(overlay.image).astype(int)
    width = 2.4 * dpr
    for index, area in enumerate(answer.isochrone.areas):
        ink = rgb(contour_colour(band_colours(look, 3)[index], look))
        drawn = np.argwhere((abs(shown - ink) <= 1).all(axis=-1))[:, ::-1] + 0.5
        assert len(drawn) > 50
        line = shapely.transform(area.boundary, lambda xy: viewport.px(xy) * dpr)
        # Every pixel in full ink lies within half the width, give or take half a pixel …
        assert shapely.distance(line, shapely.points(drawn)).max() <= width / 2 + 0.5
        # … and along all of the line that is on the picture there is such a pixel.
        # (Holes of less than 24 pixels are left out.)
        loops = shapely.get_parts(line)
        size = [shapely.Polygon(loop).area for loop in loops]
        large = shapely.multilinestrings(loops[np.array(size) >= 24 * dpr**2])
        seen = shapely.clip_by_rect(large, 4, 4, SIZE[0] * dpr - 4, SIZE[1] * dpr - 4)
        along = shapely.points(shapely.get_coordinates(shapely.segmentize(seen, 1.0)))
        ink_at = shapely.multipoints(drawn)
        others = shapely.union_all(
            [
                shapely.transform(a.boundary, lambda xy: viewport.px(xy) * dpr)
                for j, a in enumerate(answer.isochrone.areas)
                if j < index
            ]
        )
        apart = shapely.distance(others, along) > 6 * dpr if index else np.ones(len(along), bool)
        assert shapely.distance(ink_at, along[apart]).max() <= width / 2 + 0.5


def test_tiles_of_another_state_never_lie_over_those_of_this(painter_of, atlas):
    painter, light = painter_of(), small_state(atlas)
    dark = replace(light, theme="dark")
    alone = picture(painter_of(), light)
    picture(painter, dark)
    picture(painter, small_state(atlas, m_per_px=9.0))
    again = picture(painter, light)
    assert np.array_equal(again, alone)


def test_a_map_is_the_same_picture_each_time(painter_of, atlas, answer):
    state = small_state(atlas, reach=answer.question, reach_answer=answer)
    one, two = picture(painter_of(), state), picture(painter_of(), state)
    assert np.array_equal(one, two)


def test_panning_shows_the_same_ground_as_painting_anew(painter_of, atlas, answer):
    state = small_state(atlas, reach=answer.question, reach_answer=answer)
    there = changed(state, view=replace(state.document.view, center_lonlat=at(200, 120)))
    painter = painter_of()
    picture(painter, state)
    panned, anew = picture(painter, there), picture(painter_of(), there)
    viewport = Viewport.of(there.document.view, CRS, SIZE, 1.0)
    # Names may keep their places; ground and bands are the same to a grey level.
    for x, y in ((90, 60), (-150, 90), (450, -210), (-30, 330)):
        px, py = viewport.px_of_lonlat(at(x, y))
        a, b = panned[int(py), int(px)].astype(int), anew[int(py), int(px)].astype(int)
        assert abs(a - b).max() <= 1


def test_threads_end_with_the_painter(qapp, atlas):
    before = set(threading.enumerate())
    painter = MapPainter(atlas)
    picture(painter, small_state(atlas))
    assert set(threading.enumerate()) != before
    painter.close()
    assert set(threading.enumerate()) == before


def test_a_map_whose_names_cannot_be_laid_out_says_so_once_and_goes_on(
    painter_of, atlas, monkeypatch
):
    tried = []

    def fail(*asked):
        tried.append(asked)
        raise KeyError("a name")

    monkeypatch.setattr("sandbox.draw.map.lay_out", fail)
    asked = threading.Event()
    painter, state = painter_of(arrived=asked.set), small_state(atlas)
    painter.complete(state, SIZE, 1.0)
    asked.clear()
    image = QImage(*SIZE, QImage.Format.Format_RGB32)

    def paint():
        brush = QPainter(image)
        try:
            painter.paint(brush, state, SIZE, 1.0)
        finally:
            brush.end()

    with pytest.raises(KeyError):
        paint()
    assert asked.is_set(), "nothing asks for the picture that is missing now"
    for _ in range(3):
        image.fill(0)
        paint()
    assert pixel(pixels(image), state, at(660, 540)) == rgb(theme("light").colour("water"))
    assert len(tried) == 1


def names_at(places):
    return [
        Name(
            ("test", str(number)),
            float(number),
            np.array([MIDDLE_XY[0] + x, MIDDLE_XY[1] + y]),
            (Line(f"{number}号地点", 14, "#000000"), Line(f"Place {number}", 10, "#444444")),
            theme("light").category("lab"),
        )
        for number, (x, y) in enumerate(places)
    ]


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.tuples(st.integers(-700, 700), st.integers(-500, 500)), min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 700), st.integers(0, 500), st.integers(20, 300)), max_size=3),
)
def test_names_never_overlap_are_never_cut_and_never_lie_under_panels(qapp, places, panels):
    viewport = Viewport.of(small_state_view(), CRS, SIZE, 1.0)
    obstacles = [QRectF(x, y, w, 120) for x, y, w in panels]
    layout = lay_out(names_at(places), viewport, IconAtlas(theme("light"), 1.0), obstacles, {})
    boxes = []
    for one in layout.placed:
        x, y = viewport.px(one.xy)
        boxes += [b.translated(x + one.offset.x(), y + one.offset.y()) for b in one.boxes]
    window = QRectF(0, 0, *SIZE)
    for index, box in enumerate(boxes):
        assert window.contains(box)
        assert not any(box.intersects(panel) for panel in obstacles)
        assert not any(box.intersects(other) for other in boxes[:index])


def small_state_view():
    return View(at(0, 0), 2.0)


def test_the_more_urgent_of_two_names_stands(qapp):
    viewport = Viewport.of(small_state_view(), CRS, SIZE, 1.0)
    candidates = names_at([(0, 0), (4, 4)])
    layout = lay_out(candidates, viewport, IconAtlas(theme("light"), 1.0), [], {})
    assert {one.key for one in layout.placed} == {("test", "0")}


def test_a_click_on_a_mark_picks_its_place_and_beside_it_nothing(painter_of, atlas):
    painter, state = painter_of(), small_state(atlas)
    picture(painter, state)
    viewport = Viewport.of(state.document.view, CRS, SIZE, 1.0)
    on = viewport.px_of_lonlat(at(-300, 100))
    assert painter.pick(state, SIZE, 1.0, on) == Selected("labs", "labs_0")
    assert painter.pick(state, SIZE, 1.0, (5.0, 5.0)) is None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_map_says_what_it_must(qapp, atlas, answer, language):
    state = small_state(atlas, language=language, reach=answer.question)
    viewport = Viewport.of(state.document.view, CRS, SIZE, 1.0)
    said = {mark.kind: mark.text for mark in marks(atlas, state, viewport, theme("light"))}
    assert set(said) == {"approval", "schematic", "scale", "north", "source"}
    assert ("未经地图审核" in said["approval"]) == (language == "zh")
    assert ("4.8 公里/小时" if language == "zh" else "4.8 km/h") in said["source"]
    numbered = changed(state, approval=Approval("渝S(2026)001号", level="public"))
    (number,) = (
        one.text
        for one in marks(atlas, numbered, viewport, theme("light"))
        if one.kind == "approval"
    )
    assert "渝S(2026)001号" in number
    assert "未经地图审核" not in number
    assert "not reviewed" not in number
    hidden = changed(
        state, layers=tuple(LayerShown(e.id, visible=False) for e in state.document.layers)
    )
    assert any(m.kind == "schematic" for m in marks(atlas, hidden, viewport, theme("light")))


def test_panels_push_the_marks_aside(qapp, atlas):
    state = small_state(atlas)
    viewport = Viewport.of(state.document.view, CRS, SIZE, 1.0)
    panel = QRectF(0, 500, 220, 200)
    placed = marks(atlas, state, viewport, theme("light"), [panel])
    assert {m.kind for m in placed} >= {"approval", "schematic", "scale", "north"}
    assert not any(m.box.intersects(panel) for m in placed)


@pytest.mark.parametrize(
    ("m_per_px", "zh", "en"), [(4.0, "500 米", "500 m"), (40.0, "5 公里", "5 km")]
)
def test_the_scale_bar_has_its_unit_in_the_map_s_language(qapp, atlas, m_per_px, zh, en):
    for language, said in (("zh", zh), ("en", en)):
        state = small_state(atlas, language=language)
        viewport = Viewport.of(replace(state.document.view, m_per_px=m_per_px), CRS, SIZE, 1.0)
        (bar,) = [
            m.text for m in marks(atlas, state, viewport, theme("light")) if m.kind == "scale"
        ]
        assert bar == said


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width_px", [304, 568, 760, 1600])
def test_marks_without_room_in_the_row_stand_above_it(qapp, atlas, language, width_px):
    state = small_state(atlas, language=language)
    narrow = (width_px, 600)
    rows = set()
    for m_per_px in (0.6, 3.4, 9.9, 40.0):
        state = changed(state, view=replace(state.document.view, m_per_px=m_per_px))
        viewport = Viewport.of(state.document.view, CRS, narrow, 1.0)
        placed = marks(atlas, state, viewport, theme("light"))
        row = [m for m in placed if m.kind in {"approval", "schematic", "scale", "north"}]
        assert len(row) == 4
        assert all(m.box.left() >= 0 and m.box.right() <= width_px for m in row)
        assert foot_px(placed, 600, whole=False) == 600 - min(m.box.top() for m in row)
        assert foot_px(placed, 600, whole=True) == 600 - min(m.box.top() for m in placed)
        for a, b in combinations(placed, 2):
            assert not a.box.intersects(b.box), (a, b)
        rows.add(tuple(m.box.top() for m in row))
    # No zooming moves a mark to another row.
    assert len(rows) == 1
    assert (len(set(rows.pop())) == 1) == (width_px >= (760 if language == "en" else 568))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width_px", [500, 700, 900, 1600])
def test_openstreetmap_is_credited_whole_at_any_width(qapp, atlas, language, width_px):
    layer = replace(atlas.layers["parks"], licence="CC BY 4.0; ridges after OSM (ODbL)")
    credited = replace(atlas, layers={**atlas.layers, "parks": layer})
    state = small_state(atlas, language=language)
    viewport = Viewport.of(state.document.view, CRS, (width_px, 600), 1.0)
    wanted = (
        "© OpenStreetMap 贡献者（ODbL）"
        if language == "zh"
        else "© OpenStreetMap contributors (ODbL)"
    )
    assert any(wanted in m.text for m in marks(credited, state, viewport, theme("light")))
    assert not any("ODbL" in m.text for m in marks(atlas, state, viewport, theme("light")))
    hidden = tuple(replace(e, visible=e.visible and e.id != "parks") for e in state.document.layers)
    bare = changed(state, layers=hidden)
    assert not any("ODbL" in m.text for m in marks(credited, bare, viewport, theme("light")))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width_px", [500, 760, 1080, 1920])
def test_what_changes_a_number_is_said_whole_at_any_width(qapp, atlas, answer, language, width_px):
    asked = by(replace(answer.question, reach_m=35.0), slope="flat", towards=True)
    state = small_state(atlas, language=language, reach=asked)
    viewport = Viewport.of(state.document.view, CRS, (width_px, 600), 1.0)
    placed = marks(atlas, state, viewport, theme("light"))
    told = "".join(mark.text for mark in placed if mark.kind == "source").replace(" ", "")
    wanted = (
        ["步行4.8公里/小时", "不计坡度", "到此处", "道路两侧35米内计入"]
        if language == "zh"
        else ["Walking4.8km/h", "slopesnotincluded", "tohere", "landwithin35mofastreet"]
    )
    assert [one for one in wanted if one not in told] == []
    assert not any("…" in mark.text for mark in placed)
    for a, b in combinations(placed, 2):
        assert not a.box.intersects(b.box), (a, b)
    if width_px > 500:
        assert all(m.box.left() >= 0 and m.box.right() <= width_px for m in placed)


@given(st.floats(0.25, 400.0))
def test_the_scale_bar_is_round_and_fits(m_per_px):
    length = bar_length_m(m_per_px)
    assert 50 < length / m_per_px <= 130.0001
    assert f"{length:e}"[0] in "125"


def test_the_wave_ends_in_the_answer_and_shows_nothing_ahead_of_its_front(qapp, atlas, answer):
    look, viewport = theme("light"), Viewport.of(small_state_view(), CRS, SIZE, 1.0)
    wave, bands = Wave(answer.isochrone), BandPainter()
    at_rest = pixels(bands.overlay(answer.isochrone, viewport, look, 1.0).image.copy()).astype(int)
    settled = wave.settled(answer.isochrone.minutes, wave.length_ms)
    assert settled == [1.0, 1.0, 1.0]
    last = pixels(bands.wave(wave, viewport, look, 1.0, wave.length_ms).image.copy()).astype(int)
    for x, y in ((90, 60), (150, 180), (-210, 60)):
        px, py = (int(v) for v in viewport.px_of_lonlat(at(x, y)))
        assert abs(last[py, px] - at_rest[py, px]).max() <= 6
    # A third of the way, five of fifteen minutes have passed: 400 m.
    early = bands.wave(wave, viewport, look, 1.0, wave.run_ms / 3).image
    px, py = (int(v) for v in viewport.px_of_lonlat(at(690, 60)))
    dim = QColor(look.colour("ground"))
    ahead = early.pixelColor(px, py)
    assert ahead.alphaF() == pytest.approx(0.0, abs=0.01) or ahead.rgb() == dim.rgb()
    px, py = (int(v) for v in viewport.px_of_lonlat(at(90, 60)))
    assert early.pixelColor(px, py).alphaF() > 0.2


def test_circles_cover_what_is_near_a_service_and_hatch_what_is_not(painter_of, atlas):
    services = atlas.layers["services"].features.copy()
    services["layer"] = "services"
    found = coverage(atlas.network, services, 5.0)
    question = CirclesQuestion("services", (), 5.0, straight_line=True)
    state = small_state(atlas, analyses=(question,), results=(CirclesAnswer(question, found),))
    bare = picture(painter_of(), small_state(atlas))
    shown = picture(painter_of(), state)
    viewport = Viewport.of(state.document.view, CRS, SIZE, 1.0)
    near, far = (
        (int(v) for v in viewport.px_of_lonlat(at(x, y))) for x, y in ((-750, -270), (450, 90))
    )
    (nx, ny), (fx, fy) = tuple(near), tuple(far)
    fill = np.array(rgb(circles_colour("light")), dtype=int)
    before, after = bare[ny, nx].astype(int), shown[ny, nx].astype(int)
    assert abs(after - fill).sum() < abs(before - fill).sum()
    # Hatching: some pixels of the uncovered ground change much, others hardly.
    change = abs(
        shown[fy - 20 : fy + 20, fx - 20 : fx + 20].astype(int)
        - bare[fy - 20 : fy + 20, fx - 20 : fx + 20]
    ).sum(axis=-1)
    assert change.max() > 60
    assert np.median(change) < 40


def test_hatching_runs_on_across_tiles():
    plate = Plate("any", 3.0, 1.25)
    for column in range(-3, 4):
        here, there = hatch_phase(Tile(plate, column, 0)), hatch_phase(Tile(plate, column + 1, 0))
        step = (512 / 1.25 + there.x() - here.x()) % 8
        assert min(step, 8 - step) < 1e-6
