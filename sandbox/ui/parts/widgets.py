"""Small widgets that panels are made of, each with one look from the style sheet."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsOpacityEffect,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sandbox.app.session import Session
from sandbox.app.state import MapState
from sandbox.draw.answers.picture import OLDER_OPACITY
from sandbox.draw.theme import Theme, theme
from sandbox.ui.crash import guarded
from sandbox.words import Words, words_of

# Of a window's frame and a desktop's bar.
_FRAME: Final = QSize(16, 48)


def words(session: Session) -> Words:
    """Return the words that the session's map speaks now."""
    return words_of(session.state.language)


def look(session: Session) -> Theme:
    """Return the theme that the session's map wears now."""
    return theme(session.state.theme)


def follow(
    session: Session,
    owner: QWidget,
    part: Callable[[MapState], object],
    show: Callable[[], None],
) -> None:
    """Call `show` when the `part` of the state changes, for as long as `owner` lives."""

    def changed(before: MapState, after: MapState) -> None:
        if part(before) != part(after):
            show()

    end = session.listen(changed)
    owner.destroyed.connect(lambda *_: end())


def minutes(state: MapState) -> tuple[float, ...] | None:
    """Return the cutoffs asked for; None without an origin."""
    return state.document.reach.minutes if state.document.reach is not None else None


def answered(state: MapState) -> object:
    """Return what is on the map: the answer, and where there is none the question.

    A dragged pin's question alone changes nothing here: its answer comes right after.
    """
    return (
        state.document.reach if state.answers.reach_answer is None else state.answers.reach_answer
    )


def calm(owner: QWidget, show: Callable[[], None], pause_ms: int = 90) -> Callable[[], None]:
    """Return a `show` that runs soon, and then at most once in a while, the last time too.

    Panels use it for what changes with every move of a pointer: the map is painted
    first, and a panel follows while the map has nothing to do.
    """
    soon, pause, last = (QTimer(owner) for _ in range(3))
    for timer, wait_ms in ((soon, 0), (pause, pause_ms), (last, pause_ms // 2)):
        timer.setSingleShot(True)
        timer.setInterval(wait_ms)
    late: list[bool] = []

    def now() -> None:
        last.stop()
        pause.start()
        show()

    def rested() -> None:
        # The next answer's painting is a better moment than any, if one comes.
        if late:
            late.clear()
            last.start()

    def asked() -> None:
        if pause.isActive():
            late[:] = [True]
        else:
            soon.start()

    soon.timeout.connect(now)
    pause.timeout.connect(rested)
    last.timeout.connect(now)
    return asked


def label(size: str = "body", tone: str = "first", text: str = "") -> QLabel:
    """Return a label in one of the type sizes and ink levels; it never reads markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("size", size)
    made.setProperty("tone", tone)
    return made


# Shown beside an answer to an older question than the current one.
OLDER: Final = "A new result is being computed. The previous one is shown."


def dimming(widget: QWidget) -> QGraphicsOpacityEffect:
    """Return what shows a widget as dim as the map shows older answers, while it is enabled."""
    made = QGraphicsOpacityEffect(widget)
    made.setOpacity(OLDER_OPACITY)
    made.setEnabled(False)
    widget.setGraphicsEffect(made)
    return made


class Wrapped(QLabel):
    """A label that breaks its lines, and asks for no more height than its width needs.

    Qt's own asks for the height of its narrowest shape, which pulls rows apart.
    """

    def __init__(self, size: str = "body", tone: str = "first", text: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("size", size)
        self.setProperty("tone", tone)
        self.setWordWrap(True)
        self.setText(text)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Return the height for the width that it has."""
        return QSize(0, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """Return the same as `sizeHint`: less would cut text."""
        return self.sizeHint()

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for another height where the width is another."""
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class Elided(QLabel):
    """A label of one line that ends in an ellipsis where its room ends; the tip has all.

    With `whole` it shows all or nothing, as fits a remark that can be done without.
    """

    def __init__(self, size: str = "body", tone: str = "first", *, whole: bool = False) -> None:
        super().__init__()
        self._whole, self._all_or_none = "", whole
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("size", size)
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        """Show as much of a text as there is room for."""
        self._whole = text
        self._elide()

    @guarded
    def resizeEvent(self, event: object) -> None:
        """Show as much as there is room for now."""
        self._elide()

    def _elide(self) -> None:
        metrics = self.fontMetrics()
        shown = metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, max(0, self.width()))
        super().setText("" if self._all_or_none and shown != self._whole else shown)
        self.setToolTip(self._whole if shown != self._whole else "")
        self.setAccessibleName(self._whole)


def rule() -> QFrame:
    """Return a hair line between sections."""
    made = QFrame()
    made.setProperty("room", "rule")
    return made


def button(text_look: str = "plain") -> QPushButton:
    """Return a push button: ``plain``, ``primary``, ``link`` or ``warn``."""
    made = QPushButton()
    made.setProperty("look", text_look)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def action_button(action: QAction, text_look: str = "plain") -> QPushButton:
    """Return a push button that does an action and takes its words and state from it."""
    made = button(text_look)

    def changed() -> None:
        made.setText(action.text())
        made.setEnabled(action.isEnabled())
        made.setToolTip(action.toolTip())
        made.setCheckable(action.isCheckable())
        made.setChecked(action.isChecked())

    action.changed.connect(changed)
    made.clicked.connect(action.trigger)
    changed()
    return made


def icon_button(size: int = 28) -> QToolButton:
    """Return a square button for an icon."""
    made = QToolButton()
    made.setFixedSize(size, size)
    made.setIconSize(QSize(18, 18))
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def row(*widgets: QWidget | None, spacing: int = 8) -> QHBoxLayout:
    """Return widgets side by side; None is room that stretches."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    for widget in widgets:
        if widget is None:
            made.addStretch(1)
        else:
            made.addWidget(widget)
    return made


def column(widget: QWidget, margins: tuple[int, int, int, int], spacing: int = 0) -> QVBoxLayout:
    """Return a layout for what stands one below the other in `widget`."""
    made = QVBoxLayout(widget)
    made.setContentsMargins(*margins)
    made.setSpacing(spacing)
    return made


def add_fields(grid: QGridLayout, *fields: tuple[str, QWidget]) -> None:
    """Put fields into the first two columns, a line each behind its name, which is read aloud."""
    for line, (name, field) in enumerate(fields):
        named = label(text=name)
        named.setBuddy(field)
        field.setAccessibleName(name)
        grid.addWidget(named, line, 0)
        grid.addWidget(field, line, 1)


def resize_on_screen(dialog: QWidget, wide_px: int, high_px: int) -> None:
    """Give a dialog a size, but none that leaves the screen."""
    screen = dialog.screen().availableSize() - _FRAME
    dialog.resize(QSize(wide_px, high_px).boundedTo(screen))


class Scrolled(QScrollArea):
    """A panel of the dock: a column that scrolls up and down only.

    Attributes
    ----------
    inside
        The column.
    """

    def __init__(self, spacing: int = 12) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        self.setWidget(inner)
        self.inside = column(inner, (16, 14, 16, 16), spacing)


def restyle(widget: QWidget) -> None:
    """Have the style sheet look again after a property has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def empty(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
            continue
        inner = item.layout()
        if isinstance(inner, (QVBoxLayout, QHBoxLayout)):
            empty(inner)
