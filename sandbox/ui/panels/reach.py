"""The reach panel: where from, how long, how fast; how much ground and which places."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from sandbox.analysis.isochrone import REACH_M_LIMITS, WALK_KMH_LIMITS
from sandbox.app import places
from sandbox.app.questions import SLIDER_MINUTES, Reach
from sandbox.app.session import Session
from sandbox.app.state import ReachAnswer, ReachQuestion
from sandbox.draw.theme import band_colours
from sandbox.ui import icons
from sandbox.ui.cutoffs import CutoffSlider
from sandbox.ui.parts import (
    Elided,
    action_button,
    column,
    empty,
    follow,
    label,
    look,
    row,
    rule,
    words,
    wrapped,
)

_NAMES_SHOWN: Final = 4


class Bar(QWidget):
    """A bar of a share in a colour, on a quiet track."""

    def __init__(self, share: float, colour: str, track: str) -> None:
        super().__init__()
        self._share, self._colour, self._track = share, colour, track
        self.setFixedHeight(10)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint track and bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._track))
        painter.drawRoundedRect(QRectF(self.rect()), 2, 2)
        painter.setBrush(QColor(self._colour))
        painter.drawRoundedRect(QRectF(0, 0, max(2.0, self.width() * self._share), 10), 2, 2)
        painter.end()


class NumberField(QFrame):
    """A field for one number with its unit; it takes effect on Enter or when left.

    What is no number within the limits falls back to what was there.
    """

    def __init__(
        self, limits: tuple[float, float], unit: str, on_number: Callable[[float], None]
    ) -> None:
        super().__init__()
        self._limits, self._on_number = limits, on_number
        self._number = limits[0]
        self.setObjectName("number")
        self.setFixedHeight(34)
        self._field = QLineEdit()
        self._field.setMaxLength(8)
        self._field.editingFinished.connect(self._finished)
        line = QHBoxLayout(self)
        line.setContentsMargins(10, 0, 10, 0)
        line.addWidget(self._field, 1)
        line.addWidget(label("body", "second", unit))

    def show_number(self, number: float) -> None:
        """Show a number, unless one is being typed."""
        self._number = number
        if not self._field.hasFocus() or not self._field.isModified():
            self._field.setText(f"{number:g}")

    def name(self, text: str) -> None:
        """Say what the number is, for those who hear the window."""
        low, high = self._limits
        self._field.setAccessibleName(text)
        self._field.setToolTip(f"{text}  {low:g}–{high:g}")

    def _finished(self) -> None:
        low, high = self._limits
        try:
            typed = float(self._field.text().replace(",", ".").strip())
        except ValueError:
            typed = float("nan")
        self._field.setModified(False)
        if not low <= typed <= high:
            self._field.setText(f"{self._number:g}")
        elif typed != self._number:
            self._on_number(typed)


class ReachPanel(QScrollArea):
    """Asks the reach question and shows its answer.

    Parameters
    ----------
    session, reach
        Whose question, and who answers it.
    actions
        ``pick_origin`` and ``clear_origin``.
    """

    def __init__(self, session: Session, reach: Reach, actions: dict[str, QAction]) -> None:
        super().__init__()
        self._session = session
        self._reach = reach
        self._actions = actions
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        self.setWidget(inner)
        whole = column(inner, (16, 14, 16, 16), 10)
        self._empty = wrapped(tone="second")
        self._body = QWidget()
        whole.addLayout(self._origin_box())
        whole.addWidget(self._empty)
        whole.addWidget(self._body)
        whole.addStretch(1)
        inside = column(self._body, (0, 4, 0, 0), 12)
        inside.addLayout(self._cutoff_box())
        inside.addLayout(self._number_box())
        inside.addWidget(rule())
        self._results = QVBoxLayout()
        self._results.setSpacing(10)
        inside.addLayout(self._results)
        fields = ("reach", "reach_answer", "language", "theme")
        follow(session, self, fields, self._show)
        self._show()

    def _origin_box(self) -> QVBoxLayout:
        self._origin_title = label("small", "third")
        pick = action_button(self._actions["pick_origin"], "link")
        clear = action_button(self._actions["clear_origin"], "link")
        self._clear = clear
        box = QFrame()
        box.setObjectName("origin")
        box.setFixedHeight(34)
        self._origin_picture = QLabel()
        self._origin_name = Elided()
        self._origin_where = label("small", "second")
        line = QHBoxLayout(box)
        line.setContentsMargins(10, 0, 10, 0)
        line.setSpacing(8)
        line.addWidget(self._origin_picture)
        line.addWidget(self._origin_name, 1)
        line.addWidget(self._origin_where)
        self._origin_frame = box
        made = QVBoxLayout()
        made.setSpacing(6)
        made.addLayout(row(self._origin_title, None, clear, pick, spacing=10))
        made.addWidget(box)
        return made

    def _cutoff_box(self) -> QVBoxLayout:
        self._cutoff_title = label("small", "third")
        self._cutoff_value = label()
        self._slider = CutoffSlider(self._set_minutes, SLIDER_MINUTES)
        made = QVBoxLayout()
        made.setSpacing(6)
        made.addLayout(row(self._cutoff_title, None, self._cutoff_value))
        made.addWidget(self._slider)
        return made

    def _number_box(self) -> QHBoxLayout:
        self._speed_title, self._reach_title = label("small", "third"), label("small", "third")
        self._speed = NumberField(WALK_KMH_LIMITS, "km/h", lambda kmh: self._set(speed_kmh=kmh))
        self._width = NumberField(REACH_M_LIMITS, "m", lambda m: self._set(reach_m=m))
        made = QHBoxLayout()
        made.setSpacing(12)
        for title, field in ((self._speed_title, self._speed), (self._reach_title, self._width)):
            part = QVBoxLayout()
            part.setSpacing(6)
            part.addWidget(title)
            part.addWidget(field)
            made.addLayout(part, 1)
        return made

    def _set(self, **fields: float) -> None:
        question = self._session.state.reach
        if question is not None:
            self._reach.ask(replace(question, **fields))

    def _set_minutes(self, minutes: tuple[float, ...], moving: bool) -> None:
        question = self._session.state.reach
        if question is not None:
            self._reach.ask(replace(question, minutes=minutes), moving)

    def _show(self) -> None:
        said, question = words(self._session), self._session.state.reach
        self._origin_title.setText(said("Origin"))
        self._cutoff_title.setText(said("Cutoffs"))
        self._speed_title.setText(said("Walking speed"))
        self._reach_title.setText(said("Reach beside streets"))
        self._speed.name(said("Walking speed"))
        self._width.name(said("Reach beside streets"))
        self._slider.setAccessibleName(said("Cutoffs"))
        self._empty.setText(
            said("Click anywhere on the map to see what a walk from there reaches.")
        )
        self._empty.setVisible(question is None)
        self._body.setVisible(question is not None)
        self._clear.setVisible(question is not None)
        self._origin_frame.setVisible(question is not None)
        if question is not None:
            self._show_question(question)
        self._show_answer(self._session.state.reach_answer)

    def _show_question(self, question: ReachQuestion) -> None:
        theme, language = look(self._session), self._session.state.language
        lon, lat = question.origin_lonlat
        place = places.place(self._session.atlas.layers, question.place) if question.place else None
        if place is not None:
            self._origin_picture.setPixmap(icons.layer_picture(place.layer, theme))
            self._origin_name.setText(place.name(language))
            self._origin_where.setText(f"{lon:.4f}, {lat:.4f}")
        else:
            self._origin_picture.setPixmap(icons.picture("pin", theme.colour("ink_2")))
            self._origin_name.setText(f"{lon:.5f}, {lat:.5f}")
            self._origin_where.setText("")
        minutes = " · ".join(f"{minute:g}" for minute in question.minutes)
        self._cutoff_value.setText(words(self._session)("{minutes} minutes", minutes=minutes))
        self._slider.show_minutes(question.minutes, theme)
        self._speed.show_number(question.speed_kmh)
        self._width.show_number(question.reach_m)

    def _show_answer(self, answer: ReachAnswer | None) -> None:
        empty(self._results)
        if answer is None or self._session.state.reach is None:
            return
        said, theme = words(self._session), look(self._session)
        network = self._session.atlas.network.streets.provenance
        name = said("schematic streets") if network.schematic else network.title
        took = said("{ms} ms · {network}", ms=f"{answer.isochrone.took_ms:.1f}", network=name)
        source = Elided("small", "third")
        source.setAlignment(Qt.AlignmentFlag.AlignRight)
        source.setText(took)
        head = row(label("small", "third", said("Area")), source)
        head.setStretch(1, 1)
        self._results.addLayout(head)
        areas = answer.isochrone.areas_km2
        colours = band_colours(theme, len(areas))
        most = max(areas, default=0.0) or 1.0
        for minute, km2, colour in zip(answer.isochrone.minutes, areas, colours, strict=True):
            title = label(text=said("{minutes} minutes", minutes=f"{minute:g}"))
            title.setFixedWidth(72)
            figure = label(text=f"{km2:.2f} km²")
            figure.setFixedWidth(70)
            figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            bar = Bar(km2 / most, colour, theme.colour("field"))
            self._results.addLayout(row(title, bar, figure))
        step = answer.isochrone.attachment
        note = said(
            "The nearest street is {distance} m from the origin: {seconds} s of the time.",
            distance=f"{step.distance_m:.0f}",
            seconds=f"{step.walk_s:.0f}",
        )
        hint = wrapped("small", "third")
        hint.setText(note)
        self._results.addWidget(hint)
        self._results.addWidget(rule())
        self._show_places(answer)

    def _show_places(self, answer: ReachAnswer) -> None:
        said, theme = words(self._session), look(self._session)
        language, layers = self._session.state.language, self._session.atlas.layers
        last = f"{answer.isochrone.minutes[-1]:g}"
        title = label("small", "third", said("Within {minutes} min", minutes=last))
        self._results.addWidget(title)
        by_layer: dict[str, list[str]] = {}
        doubtful: set[str] = set()
        for reached in answer.places:
            by_layer.setdefault(reached.layer, []).append(reached.id)
            if reached.indicative:
                doubtful.add(reached.layer)
        if not by_layer:
            nothing = wrapped("small", "second")
            nothing.setText(said("No place of the layers lies within reach."))
            self._results.addWidget(nothing)
        for layer_id in (one for one in layers if one in by_layer):
            layer, ids = layers[layer_id], by_layer[layer_id]
            picture = QLabel()
            picture.setPixmap(icons.layer_picture(layer, theme))
            name = Elided()
            name.setText(layer.title.said(language))
            count = label(text=("≈ " if layer_id in doubtful else "") + str(len(ids)))
            line = row(picture, name, count)
            line.setStretch(1, 1)
            self._results.addLayout(line)
            names = wrapped("small", "second")
            names.setText(_names(self._session, layer_id, ids))
            names.setContentsMargins(26, 0, 0, 2)
            self._results.addWidget(names)
        if doubtful:
            hint = wrapped("small", "third")
            hint.setText(said("≈ indicative: positions known less well than the reach."))
            self._results.addWidget(hint)

    def sizeHint(self) -> QSize:
        """Return the dock's width."""
        return QSize(360, 600)


def _names(session: Session, layer_id: str, ids: list[str]) -> str:
    language, said = session.state.language, words(session)
    features = session.atlas.layers[layer_id].features
    if features is None:
        return ""
    column_name = "name_zh" if language == "zh" else "name_en"
    named = features.set_index("id")[column_name].to_dict()
    known = [str(named.get(place_id, place_id)) for place_id in ids]
    known = list(dict.fromkeys(known))
    shown = ("、" if language == "zh" else ", ").join(known[:_NAMES_SHOWN])
    more = len(known) - _NAMES_SHOWN
    return said("{names} and {count} more", names=shown, count=more) if more > 0 else shown
