"""What a reach answer says: areas with bars, and the places within, each kind with its names.

Rows are kept and filled anew, never made anew: an answer comes with every move of a
dragged pin.
"""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from sandbox.app import places, street_edits
from sandbox.app.questions import ReachAnswer, Selected
from sandbox.app.session import Session
from sandbox.catalog.layer import Layer
from sandbox.draw.theme import band_colours
from sandbox.ui.crash import guarded
from sandbox.ui.parts import icons
from sandbox.ui.parts.widgets import Elided, Wrapped, column, label, look, row, words
from sandbox.words import Text

_NAMES_SHOWN: Final = 4
# How the place asked about is tied to the streets: by whether one travels towards it, and by what
# times are measured from or to.
_STEPS: Final = {
    (False, "point"): "The nearest street is {distance} m from the origin; the {seconds} s to it "
    "are included.",
    (True, "point"): "The nearest street is {distance} m from the destination; the {seconds} s "
    "from it are included.",
    (False, "gate"): "Measured from the fastest gate of the origin.",
    (True, "gate"): "Measured to the fastest gate of the destination.",
    (False, "edge"): "Measured from the fastest point on the edge of the origin.",
    (True, "edge"): "Measured to the fastest point on the edge of the destination.",
}


class Bar(QWidget):
    """A bar of a share in a colour, on a quiet track."""

    def __init__(self) -> None:
        super().__init__()
        self._share, self._colour, self._track = 0.0, "#000000", "#000000"
        self.setFixedHeight(10)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float, colour: str, track: str) -> None:
        """Show a share, 0 to 1, in a colour."""
        self._share, self._colour, self._track = share, colour, track
        self.update()

    @guarded
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


class _AreaRow(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.title, self.bar, self.figure = label(), Bar(), label()
        self.title.setFixedWidth(72)
        self.figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        inside = column(self, (0, 0, 0, 0))
        inside.addLayout(row(self.title, self.bar, self.figure))


class AreaRows(QWidget):
    """How much ground each band holds, how long the answer took, and on which streets."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._heading, self._took = label("small", "third"), Elided("small", "third")
        self._took.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._step, self._why = Wrapped("small", "third"), Wrapped("small", "second")
        self._edited = label("small")
        self._rows: list[_AreaRow] = []
        self._lines = column(self, (0, 0, 0, 0), 8)
        head = row(self._heading, self._took)
        head.setStretch(1, 1)
        self._lines.addLayout(head)
        self._lines.addWidget(self._edited)
        # Rows are put between the two.
        self._lines.addWidget(self._why)
        self._lines.addWidget(self._step)

    def show_answer(self, answer: ReachAnswer) -> None:
        """Show the figures of an answer."""
        said, theme, found = words(self._session), look(self._session), answer.isochrone
        network = self._session.atlas.network.streets.provenance
        name = said("schematic streets") if network.schematic else network.title
        self._heading.setText(said("Area"))
        self._took.setText(said("{ms} ms · {network}", ms=f"{found.took_ms:.1f}", network=name))
        edited = street_edits.told(answer.question.edits)
        self._edited.setText(edited.said(said) if edited else "")
        self._edited.setVisible(edited is not None)
        while len(self._rows) < len(found.minutes):
            self._rows.append(_AreaRow())
            self._lines.insertWidget(self._lines.count() - 1, self._rows[-1])
        most = max(found.areas_km2, default=0.0) or 1.0
        colours = band_colours(theme, len(found.minutes))
        # One width for all rows, and for figures that change while the pin is dragged.
        widest = self._heading.fontMetrics().horizontalAdvance(said("{area} km²", area="8888.88"))
        for number, line in enumerate(self._rows):
            line.setVisible(number < len(found.minutes))
            if number < len(found.minutes):
                km2 = found.areas_km2[number]
                line.title.setText(said("{minutes} minutes", minutes=f"{found.minutes[number]:g}"))
                line.bar.show_share(km2 / most, colours[number], theme.colour("field"))
                line.figure.setText(said("{area} km²", area=f"{km2:.2f}"))
                line.figure.setFixedWidth(widest)
        step = found.attachment
        distance, seconds = f"{step.distance_m:.0f}", f"{step.walk_s:.0f}"
        text = Text(
            _STEPS[answer.question.travel.towards, found.origin.measured],
            {"distance": distance, "seconds": seconds},
        )
        self._step.setText(text.said(said))
        # Of several origins each has a step of its own.
        self._step.setVisible(not answer.question.others)
        why = [
            said("Public transport is no faster than walking."),
            *(one.said(said) for one in answer.why),
        ]
        self._why.setText("\n".join(why))
        self._why.setVisible(bool(answer.why))


class _LayerRow(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.picture, self.title, self.count = QLabel(), Elided(), label()
        self.names = Wrapped("small", "second")
        self.names.setContentsMargins(26, 0, 0, 2)
        head = row(self.picture, self.title, self.count)
        head.setStretch(1, 1)
        inside = column(self, (0, 0, 0, 0), 2)
        inside.addLayout(head)
        inside.addWidget(self.names)


class PlaceRows(QWidget):
    """The places within reach by layer: how many, and which."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._heading = label("small", "third")
        self._nothing, self._hint = Wrapped("small", "second"), Wrapped("small", "third")
        self._rows: dict[str, _LayerRow] = {}
        self._lines = column(self, (0, 0, 0, 0), 8)
        for widget in (self._heading, self._nothing, self._hint):
            self._lines.addWidget(widget)

    def show_answer(self, answer: ReachAnswer) -> None:
        """Show the places of an answer."""
        said, layers = words(self._session), self._session.atlas.layers
        last = f"{answer.isochrone.minutes[-1]:g}"
        self._heading.setText(said("Within {minutes} min", minutes=last))
        by_layer: dict[str, list[str]] = {}
        found = places.reached(self._session.state)
        for one in found:
            by_layer.setdefault(one.layer, []).append(one.id)
        doubtful = {one.layer for one in found if one.indicative}
        for layer_id, layer in layers.items():
            if layer_id in by_layer:
                line = self._row(layer_id)
                self._fill(line, layer, by_layer[layer_id], indicative=layer_id in doubtful)
        for layer_id, line in self._rows.items():
            line.setVisible(layer_id in by_layer)
        self._nothing.setText(said("No place on the map is within reach."))
        self._nothing.setVisible(not by_layer)
        self._hint.setText(
            said("≈ indicative: the position is less accurate than the distance reached.")
        )
        self._hint.setVisible(bool(doubtful))

    def _row(self, layer_id: str) -> _LayerRow:
        if layer_id not in self._rows:
            self._rows[layer_id] = _LayerRow()
            self._lines.insertWidget(self._lines.count() - 1, self._rows[layer_id])
        return self._rows[layer_id]

    def _fill(self, line: _LayerRow, layer: Layer, ids: list[str], *, indicative: bool) -> None:
        said, language = words(self._session), self._session.state.language
        line.picture.setPixmap(icons.layer_picture(layer, look(self._session)))
        line.title.setText(layer.title.said(language))
        line.count.setText(("≈ " if indicative else "") + str(len(ids)))
        found = [places.place(self._session.atlas.layers, Selected(layer.id, i)) for i in ids]
        names = list(dict.fromkeys(place.name(language) for place in found if place))
        shown = ("、" if language == "zh" else ", ").join(names[:_NAMES_SHOWN])
        more = len(names) - _NAMES_SHOWN
        if more > 0:
            shown = said("{names} and {count} more", names=shown, count=more)
        line.names.setText(shown)
