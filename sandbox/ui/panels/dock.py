"""The dock: one tab a question that the map can be asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QWidget

from sandbox.app.analyses import ANALYSES
from sandbox.app.answers import parts
from sandbox.app.asking import Asker
from sandbox.app.session import Session
from sandbox.app.state import LINE_SKETCHES, POINT_SKETCHES, LineSketch
from sandbox.app.street_edits import Editing
from sandbox.edits.street_edits import KINDS, Kind
from sandbox.ui.answers.chooser import Chooser
from sandbox.ui.answers.compare import ComparePanel
from sandbox.ui.answers.panel import Panel
from sandbox.ui.answers.reach import ReachPanel
from sandbox.ui.crash import guarded
from sandbox.ui.panels.edits import EditsPanel
from sandbox.ui.panels.scenario import ScenarioPanel
from sandbox.ui.parts.widgets import column, follow, look, rule, words
from sandbox.words import Text

REACH_TAB, COMPARE_TAB, SCENARIO_TAB, EDITS_TAB = "reach", "compare", "scenario", "edits"
ANALYSES_TAB: Final = "analyses"
_PANELS: Final = parts("sandbox.ui.answers", Panel)


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab: its icon where the dock is folded, its short name, and what it is called."""

    icon: str
    name: Text
    title: Text


TABS: Final[Mapping[str, Tab]] = {
    REACH_TAB: Tab("reach", Text("Reach"), Text("Reach")),
    ANALYSES_TAB: Tab("circles", Text("Life circles"), Text("Life circles")),
    COMPARE_TAB: Tab("compare", Text("Compare"), Text("Compare")),
    SCENARIO_TAB: Tab("scenario", Text("Scenario"), Text("Scenario")),
    EDITS_TAB: Tab("streets", Text("Edits"), Text("Street edits")),
}
# The names that actions show panels by: all analyses share a tab.
SHOWN: Final = tuple(
    name
    for tab in TABS
    for name in (tuple(one.id for one in ANALYSES) if tab == ANALYSES_TAB else (tab,))
)


class Dock(QFrame):
    """Reach, the analyses, comparison, scenario, edits of the streets.

    Attributes
    ----------
    parts
        What has a style sheet of its own.
    """

    def __init__(
        self, session: Session, asker: Asker, editing: Editing, actions: dict[str, QAction]
    ) -> None:
        super().__init__()
        self._session = session
        self.setObjectName("dock")
        self._tabs, self._stack = QTabBar(), QStackedWidget()
        self._tabs.setExpanding(False)
        reaching, compared = ReachPanel(session, asker, actions), ComparePanel(session, actions)
        scenario = ScenarioPanel(session, asker, actions)
        streets = EditsPanel(session, editing, actions)
        drawn: dict[LineSketch | Kind, Callable[[], None]] = dict.fromkeys(KINDS, editing.finish)
        self._finish = drawn | dict.fromkeys(LINE_SKETCHES, scenario.finish_drawing)
        self._chooser = Chooser(session, _PANELS)
        made: dict[str, QWidget] = {
            REACH_TAB: reaching,
            ANALYSES_TAB: self._chooser,
            COMPARE_TAB: compared,
            SCENARIO_TAB: scenario,
            EDITS_TAB: streets,
        }
        self._panels = tuple(made[name] for name in TABS)
        for panel in self._panels:
            self._tabs.addTab("")
            self._stack.addWidget(panel)
        self._tabs.currentChanged.connect(self._stack.setCurrentIndex)
        head = QWidget()
        head.setFixedHeight(40)
        line = QHBoxLayout(head)
        line.setContentsMargins(16, 0, 16, 0)
        line.addWidget(self._tabs, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        whole = column(self, (1, 0, 0, 0))
        line_below = rule()
        whole.addWidget(head)
        whole.addWidget(line_below)
        # What wears a style sheet; one for the whole dock would take too long at a time.
        single = [panel for panel in self._panels if panel is not self._chooser]
        self.parts: tuple[QWidget, ...] = (head, line_below, *single, *self._chooser.parts)
        whole.addWidget(self._stack, 1)
        follow(session, self, lambda s: s.language, self._show)
        self._show()

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the line to the map."""
        theme, painter = look(self._session), QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.colour("panel")))
        painter.fillRect(0, 0, 1, self.height(), QColor(theme.colour("line")))
        painter.end()

    @property
    def shown(self) -> str:
        """Return the name, in `SHOWN`, of the panel in front."""
        tab = list(TABS)[self._stack.currentIndex()]
        return self._chooser.chosen if tab == ANALYSES_TAB else tab

    def open_tab(self, tab: str) -> int:
        """Bring a panel to the front, by its name in `SHOWN`; return the number of its tab."""
        if tab in _PANELS:
            self._chooser.choose(tab)
            tab = ANALYSES_TAB
        at = list(TABS).index(tab)
        self._tabs.setCurrentIndex(at)
        return at

    def take_focus(self) -> None:
        """Let the keys go to the tab in front; Tab leads from there into its panel."""
        self._tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def finish_drawing(self) -> None:
        """Make what was drawn on the map into what it is meant to be, if it has enough points."""
        kind = self._session.state.gesture.sketch_kind
        if kind not in POINT_SKETCHES:
            self._finish[kind]()

    def _show(self) -> None:
        said = words(self._session)
        for at, (tab, panel) in enumerate(zip(TABS.values(), self._panels, strict=True)):
            self._tabs.setTabText(at, tab.name.said(said))
            self._tabs.setTabToolTip(at, tab.title.said(said))
            # Panels take the focus too, to be scrolled.
            panel.setAccessibleName(tab.title.said(said))
