"""A kiosk's card: what has room stays, nothing is torn apart, and no name is cut."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from sandbox.app.kiosk.blocks import Block, Heading, Note, Pair, Row, Stated, Title
from sandbox.catalog.folder import load_all
from sandbox.catalog.scenes import load_scenes
from sandbox.ui.kiosk.cards.card import PAD, fitting, height_of
from sandbox.ui.kiosk.layout import BETWEEN, CARD_W, card_columns, grid, split
from sandbox.ui.kiosk.lettering import line, width_of
from sandbox.ui.kiosk.panels import (
    card_box,
    paint_caption,
    paint_card,
    paint_pin_pad,
    paint_steps,
    paint_tile,
)
from sandbox.ui.start import application

WIDTH = CARD_W - 2 * PAD

words = st.sampled_from([
    Pair("凤栖湖公园", "Fengqi Lake Park"),
    Pair("西部科学城智能网联汽车创新中心", "Western Science City Connected Vehicle Centre"),
    Pair("Over", ""),
])  # fmt: skip
block = st.one_of(
    words.map(Title),
    words.map(lambda one: Row(one, "12", Pair("分钟", "min"), "park")),
    words.map(lambda one: Stated("551", one, "S0")),
    words.map(Note),
    words.map(Heading),
)
blocks = st.lists(block, max_size=14).map(tuple)


@pytest.fixture(scope="module", autouse=True)
def fonts(qapp):
    application("zh")


def heights(told) -> float:
    return sum(height_of(one, WIDTH) for one in told)


def headed(told) -> list[bool]:
    """Whether each title has a row beneath it."""
    after = [*told[1:], None]
    return [
        isinstance(below, Row)
        for one, below in zip(told, after, strict=False)
        if isinstance(one, Title)
    ]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(blocks, st.floats(60, 900))
def test_what_is_kept_has_room_and_only_what_has_none_goes(told, room):
    kept = fitting(told, WIDTH, room)
    assert heights(kept) <= room
    left = iter(told)
    assert all(any(one is other for other in left) for one in kept)
    if heights(told) <= room:
        assert kept == told
    if all(headed(told)):
        assert all(headed(kept))


def test_long_lists_are_cut_short_before_anything_else_goes():
    row = Row(Pair("公园", "Park"), "1", Pair("分钟", "min"))
    told: tuple[Block, ...] = (Title(Pair("列", "List")), *[row] * 6, Note(Pair("注", "Note")))
    two = told[0:3] + told[-1:]
    assert fitting(told, WIDTH, heights(two)) == two


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(blocks, st.floats(60, 900))
def test_two_columns_lose_nothing_and_tear_no_list_apart(told, room):
    sides = split(told, WIDTH, room)
    assert sorted(map(repr, (*sides[0], *sides[1]))) == sorted(map(repr, told))
    followed = {(id(a), id(b)) for side in sides for a, b in pairwise(side)}
    for one, below in pairwise(told):
        if isinstance(below, Row) and isinstance(one, Row | Title):
            assert (id(one), id(below)) in followed
    # Where any cut has room for all, so has the one that was chosen.
    cuts = [
        at
        for at in range(1, len(told))
        if not (isinstance(told[at], Row) and isinstance(told[at - 1], Row | Title))
    ]
    if any(max(heights(told[:at]), heights(told[at:])) <= room for at in cuts):
        assert max(map(heights, sides)) <= room


ROOM = (56.0, 1000.0, 968.0, 424.0)
INNER = ROOM[2] - 2 * PAD


def test_a_list_alone_is_as_wide_as_an_upright_card():
    row = Row(Pair("公园", "Park"), "1", Pair("分钟", "min"))
    told = (Title(Pair("列", "List")), *[row] * 4)
    sides, box = card_columns(told, ROOM, True)
    assert sides == (told,)
    assert box.height() == sum(height_of(one, INNER) for one in told) + 2 * PAD - 12
    assert box.bottom() == ROOM[1] + ROOM[3]


def test_a_sentence_beside_a_taller_column_grows_and_no_further_than_it():
    figure = Stated("12", Pair("平台", "Platforms"), "报道")
    sentence = Note(Pair("从家到湖边五分钟。", "Five minutes to the lake."))
    (left, right), _ = card_columns((figure, sentence), ROOM, True)
    assert left == (figure,)
    (grown,) = right
    assert grown.px > sentence.px
    assert replace(grown, px=sentence.px) == sentence
    width = (INNER - BETWEEN) / 2
    assert height_of(grown, width) <= height_of(figure, width)
    # Whose it is has no second language, and stays small.
    source = Note(Pair("专版报道", ""))
    assert card_columns((figure, source), ROOM, True)[0][-1][-1] == source


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(blocks, st.floats(200, 900))
def test_an_upright_card_says_all_that_two_columns_have_room_for(told, high):
    sides, box = card_columns(tuple(told), (0.0, 0.0, 968.0, high), True)
    room = high - 2 * PAD + 12
    two = split(told, (INNER - BETWEEN) / 2, room)
    kept = [one for side in two for one in fitting(side, (INNER - BETWEEN) / 2, room)]
    assert sum(map(len, sides)) >= len(kept)
    assert box.height() <= max(high, 2 * PAD)


@contextmanager
def drawing(width: int, height: int) -> Iterator[tuple[QImage, "Told"]]:
    """Give an empty picture and what draws on it."""
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = Told(image)
    try:
        yield image, painter
    finally:
        painter.end()


class Told(QPainter):
    """Remembers what is really written, after it has been fitted."""

    def __init__(self, image: QImage) -> None:
        super().__init__(image)
        self.said: list[str] = []

    def drawText(self, *given) -> None:
        self.said.append(given[-1])
        super().drawText(*given)


def inked(image: QImage) -> np.ndarray:
    raw = np.frombuffer(image.constBits(), np.uint8)
    return raw.reshape(image.height(), image.width(), 4)[..., 3].copy() > 0


@pytest.mark.parametrize("columns", [False, True])
def test_a_card_is_drawn_where_it_says_that_it_stands(columns):
    told = (Heading(Pair("公园", "Park")), Title(Pair("列", "List")), Note(Pair("注", "Note")))
    room = QRectF(20, 30, 968 if columns else CARD_W, 424)
    with drawing(1080, 500) as (image, painter):
        drawn, _ = paint_card(painter, room, told, columns=columns)
    assert drawn == card_box(room, told, columns=columns)
    rows, across = np.nonzero(inked(image))
    assert (rows.min(), rows.max() + 1) == (drawn.top(), drawn.bottom())
    assert (across.min(), across.max() + 1) == (drawn.left(), drawn.right())


def ink_of(high: float, words_: str) -> int:
    with drawing(400, 100) as (image, painter):
        line(painter, QRectF(10, 50 - high / 2, 380, high), words_, 24, QColor("white"))
    return int(inked(image).sum())


def test_letters_that_hang_low_are_not_cut_off_by_a_low_line():
    assert ink_of(22, "Qgjpqy") == ink_of(60, "Qgjpqy") > 0


@pytest.mark.parametrize("px", [16.0, 24.0, 26.0, 36.0])
def test_a_line_fits_its_room_and_shrinks_no_further_than_it_must(px):
    words_ = "Full-cycle directory"
    with drawing(10, 10) as (_, painter):
        for room in range(100, 400, 7):
            used = line(painter, QRectF(0, 0, room, 40), words_, px, QColor("white"))
            fit = [size for size in np.arange(px, px * 0.74, -1) if width_of(words_, size) <= room]
            if fit:
                assert used == width_of(words_, fit[0])
                assert painter.said[-1] == words_
            else:
                assert painter.said[-1].endswith("…")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_name_of_the_shipped_layers_is_cut_on_a_card(language):
    unit = Pair("min", "分钟") if language == "en" else Pair("分钟", "min")
    count = 0
    with drawing(500, 800) as (_, painter):
        for layer in load_all().values():
            table = layer.features if layer.features is not None else layer.table
            if table is None or layer.geometry not in ("point", "polygon", "table"):
                continue
            for row in table.fillna("").to_dict("records"):
                if not row["name_en"]:
                    continue
                count += 1
                names = Pair(row["name_zh"], row["name_en"])
                if language == "en":
                    names = Pair(names.second, names.first)
                one: Block = Row(names, ">60", unit, "lab")
                if layer.geometry == "table":
                    value = row["value_text_zh" if language == "zh" else "value_text_en"]
                    one = Stated(str(value), names, str(row["source"]))
                paint_card(painter, QRectF(0, 0, CARD_W, 716), [one])
    assert count > 150
    assert [text for text in painter.said if "…" in text] == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(1080, 1920), (1024, 768), (1920, 1080), (7680, 2160)])
def test_no_step_and_no_tile_of_a_scene_is_cut(language, size):
    scenes = load_scenes().scenes
    laid = grid(*size, len(scenes))
    with drawing(10, 10) as (_, painter):
        for box, scene in zip(laid.tiles, scenes, strict=True):
            paint_tile(painter, box, scene, language, active=False)
            boxes = laid.steps(len(scene.stages))
            paint_steps(painter, boxes, [one.tile for one in scene.stages], 0, language)
            for caption in scene.captions:
                paint_caption(painter, laid.caption, caption, language, laid.words)
    assert len(painter.said) > 2 * len(scenes) + 12
    assert [text for text in painter.said if "…" in text] == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("asks", [{}, {"wrong": True}, {"to_end": True}], ids=str)
def test_a_pin_pad_says_what_it_asks_whole_and_within_its_edges(monkeypatch, language, asks):
    from sandbox.ui.kiosk import panels

    said = []

    def noted(painter, box, words, *rest):
        said.append((words, box, line(painter, box, words, *rest)))
        return said[-1][2]

    monkeypatch.setattr(panels, "line", noted)
    image = QImage(460, 700, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint_pin_pad(painter, QPointF(230, 350), 0, language, **{"wrong": False, **asks})
    painter.end()
    words, box, width = said[0]
    # A line that had to be cut comes out at its box's width less what an ellipsis leaves.
    assert any(
        width_of(words, px) == pytest.approx(width, abs=0.01)
        for px in (30.0 - less for less in range(12))
    )
    assert width <= box.width() <= 420 - 2 * 16
