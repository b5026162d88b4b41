"""A name on the map: what it is, how large, how urgent, in which words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QFontMetricsF

from sandbox.app.state import MapState, Subject
from sandbox.catalog.layer import Layer
from sandbox.draw.ground.features import Features
from sandbox.draw.lettering.fonts import font
from sandbox.draw.lettering.icon_atlas import Line
from sandbox.draw.theme import Category, Theme
from sandbox.draw.viewport import Viewport
from sandbox.words import words_of

Doubles = npt.NDArray[np.float64]
Role = Literal["city", "place", "site", "park", "water", "station", "road", "mountain"]

# Lettering in pixels where a logical pixel is up to so many metres; 0: not named.
_SCALES_M_PX: Final = (3.0, 8.0, 20.0, 60.0, float("inf"))
_SIZES: Final[Mapping[Role, tuple[float, ...]]] = {
    "city": (31, 25, 22, 21, 24),
    "place": (25, 23, 20, 18, 0),
    "site": (23, 20, 18, 0, 0),
    "park": (23, 20, 19, 17, 0),
    "water": (25, 22, 21, 21, 20),
    "station": (20, 18, 17, 0, 0),
    "road": (20, 17, 16, 15, 0),
    "mountain": (34, 32, 30, 28, 28),
}
_SECOND_LINE: Final = 0.6
# Ranks above every layer's own.
ORIGIN, SUBJECT, HUB, SELECTED, REACHED = -40.0, -36.0, -30.0, -20.0, -10.0
# What a scene is about beside its named subjects: a mark that must stand there.
MARKED: Final = -15.0
_LINE_STATUS: Final = ("planned", "construction")


@dataclass(frozen=True, eq=False)
class Name:
    """Something that may be marked and named.

    Attributes
    ----------
    key
        Layer and id; several names of one feature share it.
    rank
        Lower is placed first.
    xy
        Where it stands, metres; of a line, its points.
    lines
        Lettering, the name first; empty for a mark alone.
    mark
        Category of its mark; None for none.
    ring
        Colour of a station's ring; empty for none.
    badge
        Number of a line on its colour (text, colour); empty for none.
    along
        Whether it stands along a line instead of at a point.
    spacing
        Room between characters along a line, in sizes.
    area_px
        Half width of the room within an area that is named inside, pixels; 0 elsewhere.
    pin
        Whether the origin's pin stands there instead of a mark.
    shift_px
        How far a name without a mark may be moved to a free place, pixels.
    around_px
        Half width of a dot that the map has there already, which the name stands beside.
    mark_first
        Whether its mark is placed before the names and marks of places.
    course
        The line that a tag may stand on instead, metres.
    must
        Whether it must stand there: beside its point with a leader where that is taken.
    """

    key: tuple[str, str]
    rank: float
    xy: Doubles
    lines: tuple[Line, ...]
    mark: Category | None = None
    ring: str = ""
    badge: tuple[str, str] = ("", "")
    tag: str = ""
    along: bool = False
    spacing: float = 0.0
    area_px: float = 0.0
    pin: bool = False
    shift_px: float = 0.0
    around_px: float = 0.0
    mark_first: bool = False
    course: Doubles | None = None
    must: bool = False


@dataclass(frozen=True, eq=False)
class Asked:
    """A map to be named: its state, its canvas, its look and the metres it shows."""

    state: MapState
    viewport: Viewport
    theme: Theme
    box: tuple[float, float, float, float]

    @property
    def answered(self) -> bool:
        """Whether bands or another answer lie over a planner's map.

        A scene of the hall says itself what is placed before all else.
        """
        state, planner = self.state, self.theme.label_scale < 1.0
        shown = bool(state.document.analyses) or (
            state.document.reach is not None and state.document.reach_shown
        )
        return planner and shown

    def subject(self, key: tuple[str, str]) -> Subject | None:
        """Return what a scene says of a feature that it is about; None of any other."""
        told = self.state.gesture.subjects
        return next((one for one in told if (one.where.layer, one.where.id) == key), None)

    def size(self, role: Role) -> float:
        """Return the size of a role's lettering here, 0 where it isn't named."""
        return name_size_px(role, self.viewport.m_per_px, self.theme)


def name_size_px(role: Role, m_per_px: float, theme: Theme) -> float:
    """Return the size of a role's lettering at a scale, 0 where it isn't named."""
    index = next(i for i, limit in enumerate(_SCALES_M_PX) if m_per_px <= limit)
    size = _SIZES[role][index] * theme.label_scale
    return max(11.0, round(size)) if size else 0.0


def rank_of(layer: Layer, feature_id: str, asked: Asked) -> float:
    """Return how urgent a feature is: origin, subjects, hub, selection, in reach, the rest."""
    for at, subject in enumerate(asked.state.gesture.subjects):
        if (subject.where.layer, subject.where.id) == (layer.id, feature_id):
            return (SUBJECT if subject.named else MARKED) + at / 100.0
    selected, answer = asked.state.gesture.selected, asked.state.answers.reach_answer
    if selected is not None and (selected.layer, selected.id) == (layer.id, feature_id):
        return SELECTED
    if answer is not None and any(
        place.layer == layer.id and place.id == feature_id for place in answer.places
    ):
        return REACHED + layer.style.label_rank / 100.0
    return float(layer.style.label_rank)


def said(features: Features, row: int, asked: Asked) -> tuple[str, str]:
    """Return a feature's name in the language of the map, and in the other one."""
    zh, en = features.column("name_zh")[row], features.column("name_en")[row]
    status = features.column("status")[row]
    if status in _LINE_STATUS:
        zh, en = (_with_status(name, status, tongue) for name, tongue in ((zh, "zh"), (en, "en")))
    return (zh or en, en) if asked.state.language == "zh" else (en or zh, zh)


def _with_status(name: str, status: str, language: str) -> str:
    """Name every status that isn't open, once."""
    words = words_of(language)
    # The name may say so itself, in brackets.
    if not name or any(sign in name for sign in ("规划", "在建", "planned", "being built")):
        return name
    if status == "planned":
        return words("{name} (planned)", name=name)
    return words("{name} (under construction)", name=name)


def lettering_of(pair: tuple[str, str], size: float, colour: str, asked: Asked) -> tuple[Line, ...]:
    """Return a name and, smaller beneath it, the name in the other language."""
    if not size or not pair[0]:
        return ()
    first = Line(pair[0], size, colour)
    if not pair[1] or pair[1] == pair[0]:
        return (first,)
    second = Line(pair[1], max(9.5, round(size * _SECOND_LINE)), asked.theme.colour("label_2"))
    return first, second


def seen(names: Sequence[Name], viewport: Viewport) -> list[Name]:
    """Return the names that nothing hides; those along lines lie on the ground anyway."""
    spots = [name for name in names if not name.along]
    if not spots:
        return list(names)
    hidden = viewport.hidden(np.array([name.xy for name in spots]))
    away = {id(name) for name, behind in zip(spots, hidden, strict=True) if behind}
    return [name for name in names if id(name) not in away]


def advances(line: Line) -> list[float]:
    """Return the width of each character of a line of lettering, logical pixels."""
    metrics = QFontMetricsF(font(line.size_px))
    return [metrics.horizontalAdvance(character) for character in line.text]
