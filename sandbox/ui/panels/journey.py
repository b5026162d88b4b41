"""The journey by transit to a place: a strip of walks, waits and rides, and the same in words."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from sandbox.analysis.itinerary import Leg
from sandbox.app import places
from sandbox.app.answers.journey import shown
from sandbox.app.session import Session
from sandbox.ui.crash import guarded
from sandbox.ui.parts.widgets import Wrapped, column, look, words

_HIGH_PX: Final = 24
_GAP_PX: Final = 2


class Strip(QWidget):
    """Legs side by side, as wide as they are long: dots walk, an empty box waits, colour rides."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._legs: tuple[Leg, ...] = ()
        self.setFixedHeight(_HIGH_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_legs(self, legs: tuple[Leg, ...]) -> None:
        """Show the legs of a journey."""
        self._legs = legs
        self.update()

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the legs."""
        theme = look(self._session)
        which = 0 if self._session.state.language == "zh" else 1
        whole = sum(leg.minutes for leg in self._legs)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = 0.0
        for leg in self._legs:
            width = self.width() * leg.minutes / whole
            box = QRectF(x, 1.0, max(1.0, width - _GAP_PX), _HIGH_PX - 2.0)
            x += width
            if leg.kind in {"walk", "bike"}:
                dots = QPen(QColor(theme.colour("ink_3")), 3.0, Qt.PenStyle.DotLine)
                dots.setCapStyle(Qt.PenCapStyle.RoundCap)
                painter.setPen(dots)
                middle = box.center().y()
                painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))
                continue
            ridden = leg.kind == "ride"
            painter.setPen(Qt.PenStyle.NoPen if ridden else QPen(QColor(theme.colour("ink_3"))))
            painter.setBrush(QColor(theme.colour("accent" if ridden else "field")))
            painter.drawRoundedRect(box, 3.0, 3.0)
            if ridden and QFontMetrics(painter.font()).horizontalAdvance(leg.line[which]) < width:
                painter.setPen(QColor(theme.colour("on_accent")))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, leg.line[which])
        painter.end()


class JourneyBox(QWidget):
    """The journey to the selected place, or why there is none; nothing where none is asked for.

    Parameters
    ----------
    session
        Whose journey it shows.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._whole, self._told = Wrapped(), Wrapped("small", "second")
        self._strip = Strip(session)
        lines = column(self, (0, 0, 6, 0), 6)
        for widget in (self._whole, self._strip, self._told):
            lines.addWidget(widget)
        self.hide()

    def show_journey(self) -> None:
        """Show the journey that stands in the state."""
        answer, said = shown(self._session.state), words(self._session)
        mine = answer is not None and answer.question.travel.mode == "transit"
        self.setVisible(mine)
        if answer is None or not mine:
            return
        found = answer.itinerary
        self._strip.setVisible(found is not None)
        self._told.setVisible(found is not None and len(found.legs) > 1)
        if found is None:
            self._whole.setText(answer.refused.said(said) if answer.refused else "")
            return
        if not found.legs:
            self._whole.setText(said("You are already there."))
            self._strip.hide()
            return
        ridden = any(leg.kind == "ride" for leg in found.legs)
        minutes, share = f"{found.minutes:.0f}", f"{100 * found.wait_share:.0f}"
        walk = f"{found.ride.max_walk_min:g}"
        self._whole.setText(
            said(
                "{minutes} min by public transport, {share} % of them waiting",
                minutes=minutes,
                share=share,
            )
            if ridden
            else said(
                "{minutes} min by bike: no line with stops within {walk} min is faster",
                minutes=minutes,
                walk=walk,
            )
            if any(leg.kind == "bike" for leg in found.legs)
            else said(
                "{minutes} min on foot: no line with stops within {walk} min is faster",
                minutes=minutes,
                walk=walk,
            )
        )
        ends = [text.said(said) for text in places.measured(*found.measured)]
        self._whole.setText(" · ".join([self._whole.text(), *ends]))
        self._strip.show_legs(found.legs)
        self._told.setText("\n".join(self._leg(leg) for leg in found.legs))

    def _leg(self, leg: Leg) -> str:
        said = words(self._session)
        which = 0 if self._session.state.language == "zh" else 1
        values = {"clock": f"{leg.begin_at:%H:%M}", "minutes": f"{leg.minutes:.0f}"}
        stop = leg.to_stop[which]
        if leg.kind == "wait":
            return said("{clock} wait {minutes} min", **values)
        if leg.kind == "ride":
            line = leg.line[which] + (f" ({leg.headsign})" if leg.headsign else "")
            return (
                said(
                    "{clock} stay on board; it continues as {line} to {stop}, {minutes} min",
                    line=line,
                    stop=stop,
                    **values,
                )
                if leg.aboard
                else said("{clock} {line} to {stop}, {minutes} min", line=line, stop=stop, **values)
            )
        if leg.kind == "bike":
            if stop:
                return said("{clock} cycle to {stop}, {minutes} min", stop=stop, **values)
            return said("{clock} cycle to the destination, {minutes} min", **values)
        if stop:
            return said("{clock} walk to {stop}, {minutes} min", stop=stop, **values)
        return said("{clock} walk to the destination, {minutes} min", **values)
