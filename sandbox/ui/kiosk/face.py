"""What stands over the kiosk's map: title, buttons, captions, cards, kept as pictures."""

import math
import time
from collections.abc import Callable
from dataclasses import fields
from functools import partial
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from sandbox.app.kiosk import cards
from sandbox.app.kiosk.blocks import Block, Card, Note, Pair, pair, untold
from sandbox.app.kiosk.scenes.scenes import caption_of, reach_of
from sandbox.app.kiosk.show import Show
from sandbox.app.session import Session
from sandbox.app.state import Document
from sandbox.catalog.description import Said
from sandbox.catalog.scenes import Caption
from sandbox.draw.theme import tokens
from sandbox.ui.kiosk import panels
from sandbox.ui.kiosk.cards.card import Target
from sandbox.ui.kiosk.director import Director
from sandbox.ui.kiosk.layout import CARD_W, GUTTER, Grid, grid, larger_by
from sandbox.ui.kiosk.lettering import ink
from sandbox.ui.kiosk.lock import Lock
from sandbox.ui.kiosk.overlay import counted
from sandbox.ui.kiosk.wall.instruments import Instruments
from sandbox.ui.parts.pieces import Pieces
from sandbox.ui.visitor.finder import Finder
from sandbox.ui.visitor.keyboard import keyboard_box, paint_button, paint_keyboard
from sandbox.ui.visitor.told import VisitorAnswer

_Told = tuple[tuple[Block, ...], tuple[Block, ...]]
# All that a card may tell of a map; where it is looked at is none of it.
_KEPT: Final = tuple(one.name for one in fields(Document) if one.name != "view")
# Between an upright screen's caption and the card beneath it.
_CAPTION_GAP: Final = 22.0
# As high as a card becomes that tells of wherever a finger presses, with a list of four.
_PRESSED_H: Final = 700.0
# Panels of all scenes in one language at 1080p take half of it.
_PAINTED_BYTES: Final = 64 * 2**20


class Face:
    """Paints what stands over the map, and knows where a finger does something there.

    Parameters
    ----------
    show, session, director
        What is on, its map, and who puts the one onto the other.
    lock
        Asks for the PIN.
    motion
        Whether fixed elements drift.
    update
        Paints anew.
    """

    def __init__(
        self,
        show: Show,
        session: Session,
        director: Director,
        lock: Lock,
        *,
        motion: bool,
        update: Callable[[], None] = lambda: None,
    ) -> None:
        self._show, self._session, self._director = show, session, director
        self._lock, self._motion = lock, motion
        self.grid: Grid = grid(1920.0, 1080.0, len(show.state.scenes))
        self.dpr = 1.0
        self.offers_take = False
        self.told = VisitorAnswer(show, session, director)
        self.finder = Finder(show, session, director, update)
        self._instruments = Instruments(show, session, director.jobs, update)
        self.subtitle = ""
        # Whether the map still tells what the card's figures will say.
        self.waits = False
        self.pressed: Target | None = None
        self._pieces: Pieces[Target] = Pieces(_PAINTED_BYTES)
        self._known: tuple[tuple[object, ...], _Told] = (), ((), ())
        # Boxes of the cards, and the caption, as counted for what the cards say now.
        self._boxes: tuple[QRectF, QRectF] | None = None
        self._counted: tuple[tuple[object, ...], Caption] | None = None
        self._born_s = time.monotonic()

    def lay(self, laid: Grid) -> None:
        """Lay out anew."""
        self.grid = laid
        self._pieces.clear()
        if laid.shape == "wall":
            self._instruments.begin()

    def follow(self) -> None:
        """Let what stands beside the map follow its answer."""
        self._instruments.follow()

    @property
    def targets(self) -> list[Target]:
        """Where a finger does something, topmost first, in design pixels."""
        over = "dialog" if self._lock.open_ else "keyboard" if self.finder.open_ else ""
        return self._pieces.targets(over)

    @property
    def modal(self) -> bool:
        """Whether something lies over the picture that fingers are at alone."""
        return self._lock.open_ or self.finder.open_

    def shift(self) -> QPointF:
        """Return where fixed elements have drifted, so that no screen keeps their ghost."""
        if not self._motion:
            return QPointF()
        motion = tokens()["motion"]
        turn = (time.monotonic() - self._born_s) / float(motion["burn_in_period_s"]) * math.tau
        by = float(motion["burn_in_shift_px"])
        step = self.dpr
        # Whole device pixels keep lettering crisp.
        x, y = by * math.sin(turn), by * math.sin(turn / 2)
        return QPointF(round(x * step) / step, round(y * step) / step)

    def obstacles(self) -> list[QRectF]:
        """Return what names keep clear of; the edges too, so that marks keep the margin."""
        laid = self.grid
        left = laid.tiles[0].left() - 10 if laid.shape != "wall" else 54.0
        foot = QRectF(0, laid.height - 44, left, 44)
        title = panels.title_box(laid.title, self._show.scene, laid.words)
        boxes = [title, laid.language, *laid.tiles, foot,
                 foot.translated(laid.width - left, 0)]  # fmt: skip
        scene = self._show.scene
        boxes += [laid.take] if self.offers_take else []
        boxes += [laid.find] if self.finder.offered else []
        told = self._told_box()
        if scene.steps:
            boxes.append(laid.stages)
        if self._shows_caption() and (told.isEmpty() or laid.shape == "wall"):
            boxes.append(self._caption_box())
        boxes += [] if told.isEmpty() else [told]
        instrument = self._instrument_box()
        boxes += [] if instrument is None else [instrument]
        for box in self._card_boxes():
            if laid.shape == "portrait":
                # Nothing is squeezed between the card and the tiles.
                box.setBottom(laid.tiles[0].top())
            boxes += [] if box.isEmpty() else [box]
        margin = float(tokens()["motion"]["burn_in_shift_px"]) if self._motion else 0.0
        return [box.adjusted(-margin, -margin, margin, margin) for box in boxes]

    def _shows_caption(self) -> bool:
        """Return whether what the scene says stands in the caption's place: always on a wall."""
        scene = self._show.scene
        if self.grid.shape == "wall":
            return caption_of(self._show.scene, self._show.state.stage) is not None
        return not scene.steps and bool(scene.captions)

    def caption(self) -> Caption:
        """Return what the step on screen says, with how much of it the picture shows."""
        scene, view, laid = self._show.scene, self._session.state.document.view, self.grid
        about = scene, view, laid, self._show.state.stage
        if self._counted is None or self._counted[0] != about:
            caption = caption_of(self._show.scene, self._show.state.stage)
            assert caption is not None  # noqa: S101
            self._counted = about, counted(caption, self._session.atlas, view, laid)
        return self._counted[1]

    def _caption_box(self) -> QRectF:
        box, language = QRectF(self.grid.caption), self._show.state.language
        high = panels.caption_height(self.caption(), box, language, self.grid.words)
        if self.grid.shape == "wall":
            return QRectF(box.left(), box.top(), box.width(), min(high, box.height()))
        card = self._card_boxes()[0]
        if self.grid.shape == "portrait" and not card.isEmpty():
            box.moveBottom(card.top() - _CAPTION_GAP)
        return QRectF(box.left(), box.bottom() - high, box.width(), high)

    def _told_box(self) -> QRectF:
        """Return where the visitor's answer stands: instead of the caption, or above the steps."""
        laid, card = self.grid, self._card_boxes()[0]
        if self._show.scene.steps:
            return self.told.box(laid, laid.stages)
        if laid.shape == "wall":
            return self.told.box(laid)
        return self.told.box(laid, card if laid.shape == "portrait" else None)

    def _card(self) -> Card:
        figures = self._director.figures
        made = cards.card(
            self._session.atlas, self._show.scene, self._show.state, self._session.state,
            figures.facts, desks=figures.desks, stop=figures.stop,
        )  # fmt: skip
        if self._director.refusal is not None and self._session.state.answers.reach_answer is None:
            note = Note(pair(self._director.refusal, self._show.state.language))
            return Card(made.scene, (*made.answer, note))
        return made

    def paint(self, painter: QPainter) -> None:
        """Paint all of it, in design pixels."""
        laid, state, scene = self.grid, self._show.state, self._show.scene
        language = state.language
        all_scenes = self._show.scenes
        larger = laid.words
        self._pieces.dpr = self.dpr
        self._pieces.paint(painter, "title", laid.title, (scene.id, language),
                    lambda p: panels.paint_title(p, laid.title, scene, language, larger),
                    )  # fmt: skip
        self._pieces.paint(painter, "language", laid.language, language,
                    lambda p: panels.paint_languages(p, laid.language, language))  # fmt: skip
        if self.offers_take:
            self._pieces.paint(painter, "take", laid.take, language,
                        lambda p: panels.paint_take(p, laid.take, language))  # fmt: skip
        if self.finder.offered:
            self._pieces.paint(painter, "find", laid.find, language,
                        lambda p: paint_button(p, laid.find, language))  # fmt: skip
        else:
            self._pieces.take_off("find")
        for box, one in zip(laid.tiles, all_scenes, strict=False):
            # A piece each: a press on one paints two of them anew, and not the whole row.
            self._pieces.paint(
                painter, f"tile {one.id}", QRectF(box.toAlignedRect()),
                (one.id == scene.id, language),
                partial(panels.paint_tile, box=box, scene=one, active=one.id == scene.id,
                        language=language),
            )  # fmt: skip
        self._paint_steps(painter)
        self._paint_subtitle(painter)
        self._paint_told(painter)
        self._paint_cards(painter)
        self._paint_instrument(painter)
        if state.attract and scene.id in state.scenes:
            at = laid.tiles[state.scenes.index(scene.id)]
            panels.paint_progress(painter, at, self._director.share())
        self._paint_keyboard(painter)
        if self.pressed is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink("ink", 0.12))
            painter.drawRoundedRect(self.pressed.box, 14, 14)
        self._paint_lock(painter)

    def _paint_steps(self, painter: QPainter) -> None:
        laid, state, scene = self.grid, self._show.state, self._show.scene
        language, stage = state.language, state.stage
        self._pieces.take_off("caption", "said")
        if scene.timeline is not None:
            years = (scene.timeline.first, scene.timeline.last)
            self._pieces.paint(painter, "steps", laid.stages, (scene.id, stage),
                        lambda p: panels.paint_years(p, laid.stages, years, years[0] + stage),
                        )  # fmt: skip
        elif scene.stages:
            boxes = laid.steps(len(scene.stages))
            tiles: list[Said] = [one.tile for one in scene.stages]
            self._pieces.paint(painter, "steps", laid.stages, (scene.id, stage, language),
                        lambda p: panels.paint_steps(p, boxes, tiles, stage, language),
                        )  # fmt: skip
            self._paint_said(painter)
        else:
            self._pieces.take_off("steps")
        # Only on a wall what is spoken or told to a visitor leaves the caption its place.
        free = laid.shape == "wall" or (not self.subtitle and self.told.said() is None)
        if free and self._shows_caption():
            box, caption = self._caption_box(), self.caption()
            self._pieces.paint(painter, "caption", box, (caption, language),
                        lambda p: panels.paint_caption(p, box, caption, language, laid.words),
                        )  # fmt: skip

    def _paint_subtitle(self, painter: QPainter) -> None:
        """Write the sentence spoken now: in the caption's place, or above the steps' buttons."""
        text, box = self.subtitle, QRectF(self.grid.spoken)
        if not text or self.told.said() is not None:
            self._pieces.take_off("subtitle")
            return
        if self._show.scene.steps:
            box.moveBottom(self.grid.stages.top() - _CAPTION_GAP)
        self._pieces.paint(painter, "subtitle", box, text,
                    lambda p: panels.paint_subtitle(p, box, text, self.grid.words))  # fmt: skip

    def _paint_told(self, painter: QPainter) -> None:
        """Write the visitor's answer in large letters."""
        box, waits = self._told_box(), self.waits
        if box.isEmpty():
            self._pieces.take_off("told")
            return
        self._pieces.paint(painter, "told", box, self.told.key(waits=waits),
                    lambda p: self.told.paint(p, box, waits=waits))  # fmt: skip

    def _instrument_box(self) -> QRectF | None:
        """Return where a wall's instrument stands: at the foot of the words' column."""
        column = self.grid.second_card
        if column is None:
            return None
        above = self._card_boxes()[1]
        room = self._below_caption(column)
        if not above.isEmpty():
            room.setTop(above.bottom() + GUTTER)
        return self._instruments.box(room)

    def _below_caption(self, column: QRectF) -> QRectF:
        """Return what a caption leaves of a wall's column."""
        room, place = QRectF(column), self.grid.caption
        beside = column.top() - place.bottom()
        # A seam between the screens holds them farther apart.
        if self._shows_caption() and 0.0 <= beside <= 2 * GUTTER:
            room.setTop(self._caption_box().bottom() + 2 * GUTTER)
        return room

    def _paint_instrument(self, painter: QPainter) -> None:
        box, language = self._instrument_box(), self._show.state.language
        if box is None:
            self._pieces.take_off("instrument")
            return
        self._pieces.paint(painter, "instrument", box, (self._instruments.key(), language),
                    lambda p: self._instruments.paint(p, box, language))  # fmt: skip

    def _paint_keyboard(self, painter: QPainter) -> None:
        if not self.finder.open_:
            self._pieces.take_off("keyboard")
            return
        self._dim(painter)
        box, may_compare = keyboard_box(self.grid), self.told.said() is not None
        self._pieces.paint(painter, "keyboard", box, self.finder.key_of_picture(may_compare),
                    lambda p: paint_keyboard(p, box, self.finder, may_compare))  # fmt: skip

    def _paint_said(self, painter: QPainter) -> None:
        """Write a step's caption beside the buttons, where they leave room."""
        scene, state = self._show.scene, self._show.state
        room, told = (
            self.grid.beside_steps(len(scene.stages)),
            caption_of(self._show.scene, self._show.state.stage),
        )
        if room is not None and told is not None:
            self._pieces.paint(painter, "said", room, (scene.id, state.stage, state.language),
                        lambda p: panels.paint_said(p, room, told, state.language),
                        )  # fmt: skip

    def _told(self) -> _Told:
        """Return what the card says, and what the wall's second one does."""
        director, state = self._director, self._session.state
        figures = director.figures
        about = (
            self._show.scene, self._show.state, figures.facts, figures.desks, director.refusal,
            self.grid, figures.stop, self.waits,
            *(getattr(state.document, name) for name in _KEPT),
            state.answers, state.gesture, state.language, state.theme, state.document.approval,
        )  # fmt: skip
        # Asked for several times a frame, while ground glides by beneath.
        known, made = self._known
        if len(known) != len(about) or any(a is not b for a, b in zip(known, about, strict=True)):
            card, stage_caption = self._card(), self._stage_caption()
            if self.waits:
                card = Card(card.scene, tuple(untold(one) for one in card.answer))
            if self.grid.second_card is None:
                made = (*card.answer, *card.scene, *stage_caption), ()
            else:
                made = (card.answer, card.scene) if card.answer else (card.scene, ())
            self._known = about, made
            self._boxes = None
        return made

    def _card_boxes(self) -> tuple[QRectF, QRectF]:
        """Return how far the two cards reach.

        A card that changes under a finger keeps its whole room, or names would jump about it.
        """
        first, second = self._told()
        if self._boxes is None:
            self._boxes = self._fit_cards(first, second)
        card, beside = self._boxes
        return QRectF(card), QRectF(beside)

    def _fit_cards(
        self, first: tuple[Block, ...], second: tuple[Block, ...]
    ) -> tuple[QRectF, QRectF]:
        columns = self.grid.shape == "portrait"
        beside = self.grid.second_card or QRectF()
        below = self._below_caption(beside)
        other = panels.card_box(below, second, larger=self._larger(second, below))
        if self._pressed_anew():
            return QRectF(self.grid.card), other
        larger = self._larger(first, self.grid.card)
        return panels.card_box(self.grid.card, first, columns=columns, larger=larger), other

    def _pressed_anew(self) -> bool:
        """Return whether the card tells of wherever a finger presses."""
        asked = reach_of(self._show.scene, self._show.state.stage)
        return asked is not None and asked.press

    def _larger(self, blocks: tuple[Block, ...], room: QRectF) -> float:
        """Return by how much a card is larger than designed: on a wall, as much as it may be."""
        if self.grid.shape != "wall":
            return 1.0
        if self._pressed_anew() and blocks == self._told()[0]:
            # No letters that grow and shrink under a finger.
            return max(1.0, min(room.width() / CARD_W, room.height() / _PRESSED_H))
        return larger_by(blocks, room.width(), room.height())

    def _paint_cards(self, painter: QPainter) -> None:
        first, second = self._told()
        below = self._below_caption(self.grid.second_card or QRectF())
        self._card_piece(painter, "card", self.grid.card, first)
        self._card_piece(painter, "second", below, second)

    def _stage_caption(self) -> tuple[Block, ...]:
        """Return what a step's caption says as notes, where buttons take the caption's place."""
        scene, language = self._show.scene, self._show.state.language
        caption = caption_of(self._show.scene, self._show.state.stage)
        beside = scene.stages and self.grid.beside_steps(len(scene.stages)) is not None
        if caption is None or not scene.steps or beside or self.grid.shape == "wall":
            return ()
        made: list[Block] = [Note(panels.said(caption, language))]
        if caption.source is not None:
            made.append(Note(Pair(panels.said(caption.source, language).first, "")))
        return tuple(made)

    def _card_piece(
        self, painter: QPainter, name: str, box: QRectF, blocks: tuple[Block, ...]
    ) -> None:
        if not blocks:
            self._pieces.take_off(name)
            return
        columns, larger = self.grid.shape == "portrait", self._larger(blocks, box)
        self._pieces.paint(
            painter, name, box, blocks,
            lambda p: panels.paint_card(p, box, blocks, columns=columns, larger=larger)[1],
        )  # fmt: skip

    def _paint_lock(self, painter: QPainter) -> None:
        if not self._lock.open_:
            self._pieces.take_off("dialog")
            return
        self._dim(painter)
        middle = QPointF(self.grid.width / 2, self.grid.height / 2)
        language, lock = self._show.state.language, self._lock
        box = QRectF(middle.x() - 280, middle.y() - 350, 560, 700)
        about = language, lock.passed, lock.typed, lock.wrong, lock.to_end
        self._pieces.paint(painter, "dialog", box, about,
                    lambda p: panels.paint_lock(p, middle, lock, language))  # fmt: skip

    def _dim(self, painter: QPainter) -> None:
        whole = QRectF(-20, -20, self.grid.width + 40, self.grid.height + 40)
        painter.fillRect(whole, ink("panel", 0.6))

    def paint_pointer(self, painter: QPainter) -> None:
        """Paint where the guide points."""
        pointer = self._show.state.pointer
        if pointer is not None:
            panels.paint_pointer(
                painter, QPointF(pointer[0] * self.grid.width, pointer[1] * self.grid.height)
            )
