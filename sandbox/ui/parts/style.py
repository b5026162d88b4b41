"""The look of the chrome: a theme's tokens as a Qt style sheet and palette."""

from collections.abc import Callable
from string import Template
from typing import Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

from sandbox import paths
from sandbox.draw.theme import Theme, tokens

_SHEET: Final = Template("""
* { outline: none; }
QWidget { color: $ink; font-size: ${body}px; }
QWidget#planner, QWidget#splash { background: $window; }
QFrame[room="panel"] { background: $panel; border: none; }
QFrame#topbar { background: $panel; border-bottom: 1px solid $line; }
QFrame#statusbar { background: $panel; border-top: 1px solid $line; }
QFrame#layers { background: $panel; border-right: 1px solid $line; }
QFrame#table { background: $panel; border-top: 1px solid $line; }
QFrame#foldstrip { background: $panel; }
QFrame[room="float"] { background: $panel; border: 1px solid $line; border-radius: ${panel_r}px; }
QFrame#messagebar { border-radius: ${panel_r}px; }
QFrame#messagebar[kind="warn"] { background: $warn_field; border: 1px solid $warn_line; }
QFrame#messagebar[kind="error"] { background: $panel; border: 1px solid $error; }
QFrame#messagebar[kind="info"] { background: $panel; border: 1px solid $line; }
QFrame#messagebar[kind="warn"] QLabel { color: $warn; }
QFrame#messagebar[kind="error"] QLabel { color: $error; }
QFrame[room="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QLabel { background: transparent; }
QLabel[size="title"] { font-size: ${title}px; }
QLabel[size="small"] { font-size: ${small}px; }
QLabel[size="micro"] { font-size: ${micro}px; }
QLabel[tone="second"] { color: $ink_2; }
QLabel[tone="third"] { color: $ink_3; }
QLabel[tone="error"] { color: $error; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tag="true"] { border: 1px solid $line; border-radius: ${tag_r}px; padding: 0 5px;
    font-size: ${micro}px; color: $ink_2; background: $panel; }
QPushButton { background: $panel; border: 1px solid $line; border-radius: ${control_r}px;
    padding: 0 12px; min-height: 30px; }
QPushButton:hover { background: $field; }
QPushButton:pressed { background: $selected; }
QPushButton:focus { border-color: $accent; }
QPushButton:disabled { color: $ink_3; background: $panel; }
QPushButton:checked { background: $selected; color: $accent; border-color: $accent; }
QPushButton[look="primary"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[look="primary"]:hover { background: $accent_hover; }
QPushButton[look="primary"]:focus { border-color: $ink; }
QPushButton[look="primary"]:disabled { background: $field; border-color: $line; color: $ink_3; }
QPushButton[look="link"] { border: none; background: transparent; color: $accent; padding: 0 2px;
    min-height: 22px; }
QPushButton[look="link"]:hover, QPushButton[look="link"]:focus { text-decoration: underline; }
QPushButton[look="link"]:checked { text-decoration: underline; }
QPushButton[look="warn"] { background: $panel; border-color: $warn_line; color: $ink; }
QPushButton[look="warn"]:focus { border-color: $accent; }
QToolButton { background: transparent; border: 1px solid transparent;
    border-radius: ${control_r}px; }
QToolButton:hover { background: $field; }
QToolButton:focus { border-color: $accent; }
QToolButton:checked { background: $selected; }
QFrame[room="segment"] { background: $field; border: 1px solid $line;
    border-radius: ${segment_r}px; }
QFrame[room="segment"] QPushButton { border: 1px solid transparent; background: transparent;
    color: $ink_2; min-height: 26px; padding: 0 10px; border-radius: ${control_r}px; }
QFrame[room="segment"] QPushButton:checked { background: $panel; border: 1px solid $line;
    color: $ink; }
QFrame[room="segment"] QPushButton:focus { border-color: $accent; }
QLineEdit, QComboBox, QDateTimeEdit { background: $field; border: 1px solid $line;
    border-radius: ${control_r}px; min-height: 30px; padding: 0 10px;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QComboBox:focus, QDateTimeEdit:focus { border-color: $accent; }
QFrame#origin, QFrame#number { background: $field; border: 1px solid $line;
    border-radius: ${control_r}px; }
QFrame#search { background: $field; border: 1px solid $line; border-radius: ${control_r}px; }
QFrame#search[focused="true"] { border-color: $accent; }
QFrame#search QLineEdit, QFrame#number QLineEdit { background: transparent; border: none;
    padding: 0; }
QComboBox::drop-down, QDateTimeEdit::drop-down { border: none; width: 26px; }
QComboBox::down-arrow, QDateTimeEdit::down-arrow { image: url("$icons/chevron.svg");
    width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $panel; border: 1px solid $line; padding: 4px;
    selection-background-color: $selected; selection-color: $ink; }
QCheckBox { spacing: 8px; background: transparent; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid $ink_3; border-radius: 4px;
    background: $panel; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent;
    image: url("$icons/tick_$tone.svg"); }
QCheckBox:focus { color: $accent; }
QRadioButton { spacing: 8px; background: transparent; }
QRadioButton::indicator { width: 12px; height: 12px; border: 1px solid $ink_3;
    border-radius: 7px; background: $panel; margin: 1px; }
QRadioButton::indicator:checked { border: 4px solid $accent; width: 6px; height: 6px; }
QRadioButton:focus { color: $accent; }
QSlider { background: transparent; min-height: 22px; }
QSlider::groove:horizontal { height: 4px; background: $line; border-radius: 2px; }
QSlider::sub-page:horizontal { height: 4px; background: $accent; border-radius: 2px; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -6px 0; border-radius: 8px;
    border: 2px solid $accent; background: $panel; }
QSlider::handle:horizontal:focus { background: $accent; }
QProgressBar { background: $line; border: none; border-radius: 2px; max-height: 4px;
    min-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $ink_2; padding: 0 0; margin: 0 10px 0 0;
    height: 38px; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $ink; border-bottom-color: $accent; }
QTabBar::tab:hover { color: $ink; }
QTabBar::tab:focus { color: $accent; }
QTableView { background: $panel; border: none; gridline-color: transparent;
    selection-background-color: $selected; selection-color: $ink; }
QTableView:focus { border: 1px solid $accent; }
QTableView::item { border-bottom: 1px solid $line; padding: 0 10px 0 16px; }
QTableView::item:selected { background: $selected; color: $ink; }
QHeaderView { background: $panel; border: none; }
QHeaderView::section { background: $panel; color: $ink_2; border: none;
    border-bottom: 1px solid $line; padding: 0 10px 0 16px; height: 27px; font-weight: normal; }
QTableCornerButton::section { background: $panel; border: none; }
QListView { background: $panel; border: none; }
QListView::item { border-radius: ${control_r}px; padding: 0 8px; }
QListView::item:selected { background: $selected; color: $ink; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QScrollArea:focus { border: 1px solid $accent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar::handle:vertical { background: $scroll; border-radius: 3px; min-height: 28px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle:horizontal { background: $scroll; border-radius: 3px; min-width: 28px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QFrame[room="row"] { background: transparent; border: none; }
QFrame[room="row"]:focus { border: 1px solid $accent; }
QFrame[room="row"]:hover { background: $field; }
QFrame[room="row"][chosen="true"] { background: $selected; }
QFrame[room="row"][drop="above"] { border-top: 2px solid $accent; }
QFrame[room="row"][drop="below"] { border-bottom: 2px solid $accent; }
QToolTip { background: $panel; color: $ink; border: 1px solid $line; padding: 4px 6px; }
QFileDialog, QDialog, QMessageBox { background: $window; }
QTreeView { background: $panel; color: $ink; alternate-background-color: $panel;
    border: 1px solid $line; selection-background-color: $selected; selection-color: $ink; }
QTreeView:focus { border-color: $accent; }
QTreeView::item:selected { background: $selected; color: $ink; }
QFileDialog QListView { color: $ink; border: 1px solid $line; }
QFileDialog QListView:focus { border-color: $accent; }
QFileDialog QHeaderView::section { padding: 0 8px; }
/* Qt draws their signs for light ground in any theme. */
QFileDialog QToolButton { background: #E6E6E2; border-radius: ${tag_r}px; padding: 3px; }
QFileDialog QToolButton:focus { border: 1px solid $accent; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $field; min-height: 38px; }
QCalendarWidget QToolButton { color: $ink; padding: 4px 8px; min-height: 24px; }
QCalendarWidget QToolButton::menu-indicator { image: none; }
QCalendarWidget QSpinBox { background: $panel; color: $ink; border: 1px solid $line;
    selection-background-color: $accent; selection-color: $on_accent; }
QCalendarWidget QTableView { background: $panel; color: $ink;
    alternate-background-color: $panel; selection-background-color: $accent;
    selection-color: $on_accent; }
QCalendarWidget QTableView:disabled { color: $ink_3; }
QCalendarWidget QTableView::item { padding: 0; border: none; }
QCalendarWidget QTableView::item:selected { background: $accent; color: $on_accent; }
QMenuBar { background: $panel; padding: 2px 8px 0 8px; }
QMenuBar::item { background: transparent; color: $ink_2; padding: 4px 9px;
    border-radius: ${tag_r}px; }
QMenuBar::item:selected { background: $field; color: $ink; }
QMenu { background: $panel; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 18px; border-radius: ${tag_r}px; }
QMenu::item:selected { background: $selected; }
QMenu::item:disabled { color: $ink_3; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
""")


def stylesheet(theme: Theme) -> str:
    """Return the style sheet of the planner's chrome in a theme."""
    keys = (
        "ink", "ink_2", "ink_3", "window", "panel", "line", "field", "selected", "accent",
        "on_accent", "warn", "warn_field", "warn_line", "error",
    )  # fmt: skip
    places: dict[str, Any] = {key: theme.colour(key) for key in keys}
    kind, radius = tokens()["type"]["planner"], tokens()["radius"]["planner"]
    places |= {key: kind[key][0] for key in ("title", "body", "small", "micro")}
    places |= {f"{key}_r": radius[key] for key in ("panel", "control", "segment", "tag")}
    accent = QColor(places["accent"])
    places["accent_hover"] = (accent.lighter if theme.dark else accent.darker)(108).name()
    places["tone"] = "dark" if theme.dark else "light"
    places["icons"] = (paths.assets() / "icons" / "ui").as_posix()
    places["scroll"] = theme.colour("line") if theme.dark else "#C9C9C2"
    return _SHEET.substitute(places)


def palette(theme: Theme) -> QPalette:
    """Return the palette for what no style sheet reaches, as placeholders and file dialogs."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: "window",
        QPalette.ColorRole.Base: "panel",
        QPalette.ColorRole.AlternateBase: "field",
        QPalette.ColorRole.Button: "panel",
        QPalette.ColorRole.Text: "ink",
        QPalette.ColorRole.WindowText: "ink",
        QPalette.ColorRole.ButtonText: "ink",
        QPalette.ColorRole.PlaceholderText: "ink_3",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "on_accent",
        QPalette.ColorRole.ToolTipBase: "panel",
        QPalette.ColorRole.ToolTipText: "ink",
    }
    for role, key in roles.items():
        made.setColor(role, QColor(theme.colour(key)))
    return made


class Dress:
    """Puts a theme's style sheet onto the parts of a window, those out of sight later.

    A sheet for the whole window holds up the thread until each of its widgets has been
    looked at, and most of them stand in panels that nobody sees.

    Parameters
    ----------
    window
        The window; it wears the palette.
    parts
        Returns the widgets that have a sheet of their own.
    """

    def __init__(self, window: QWidget, parts: Callable[[], tuple[QWidget, ...]]) -> None:
        self._window, self._parts = window, parts
        self._sheet = ""
        self._bare: list[QWidget] = []
        self._seen = 0
        self._then: Callable[[], None] = lambda: None
        self._soon = QTimer(window)
        self._soon.timeout.connect(self._next)

    @property
    def done(self) -> bool:
        """Whether all parts wear the theme that was put on last."""
        return not self._bare

    def put_on(self, theme: Theme, then: Callable[[], None] = lambda: None) -> None:
        """Put a theme on: what is in sight first, a part a turn, the rest later, `then` go on.

        Nothing is painted before all that is in sight wears it: no picture is half of the older.
        """
        self._sheet, self._then = stylesheet(theme), then
        self._window.setPalette(palette(theme))
        parts = self._parts()
        seen = [part for part in parts if part.isVisible()]
        self._bare = seen + [part for part in parts if part not in seen]
        self._seen = len(seen)
        self._window.setUpdatesEnabled(not seen)
        self._soon.start(0)

    def finish(self) -> None:
        """Put on at once what will be in sight, as a window does that is shown before.

        Panels behind others follow, a part a turn.
        """
        for part in [one for one in self._bare if one.isVisibleTo(self._window)]:
            self._bare.remove(part)
            part.setStyleSheet(self._sheet)
        self._seen = 0

    def _next(self) -> None:
        if self._bare:
            self._bare.pop(0).setStyleSheet(self._sheet)
            self._seen -= 1
        if self._seen <= 0 or not self._bare:
            # It has everything in sight painted anew.
            self._window.setUpdatesEnabled(True)
        if not self._bare:
            self._soon.stop()
            self._then()
