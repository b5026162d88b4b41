"""The dock: one tab a question that the map can be asked."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QWidget

from sandbox.app.asking import Asker
from sandbox.app.session import Session
from sandbox.app.state import LINE_SKETCHES, LineSketch
from sandbox.app.street_edits import Editing
from sandbox.edits.street_edits import KINDS, Kind
from sandbox.ui.crash import guarded
from sandbox.ui.panels.circles import CirclesPanel
from sandbox.ui.panels.compare import ComparePanel
from sandbox.ui.panels.edits import EditsPanel
from sandbox.ui.panels.reach import ReachPanel
from sandbox.ui.panels.scenario import ScenarioPanel
from sandbox.ui.parts.widgets import column, follow, look, rule, words

REACH_TAB, CIRCLES_TAB, COMPARE_TAB, SCENARIO_TAB, EDITS_TAB = 0, 1, 2, 3, 4


class Dock(QFrame):
    """Reach, service circles, comparison, scenario, edits of the streets.

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
        self.circles = CirclesPanel(session)
        self._tabs, self._stack = QTabBar(), QStackedWidget()
        self._tabs.setExpanding(False)
        reaching, compared = ReachPanel(session, asker, actions), ComparePanel(session, actions)
        scenario = ScenarioPanel(session, asker, actions)
        streets = EditsPanel(session, editing, actions)
        drawn: dict[LineSketch | Kind, Callable[[], None]] = dict.fromkeys(KINDS, editing.finish)
        self._finish = drawn | dict.fromkeys(LINE_SKETCHES, scenario.finish_drawing)
        self._panels = (reaching, self.circles, compared, scenario, streets)
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
        self.parts: tuple[QWidget, ...] = (head, line_below, *self._panels)
        whole.addWidget(self._stack, 1)
        follow(session, self, ("language",), self._show)
        self._show()

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the line to the map."""
        theme, painter = look(self._session), QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.colour("panel")))
        painter.fillRect(0, 0, 1, self.height(), QColor(theme.colour("line")))
        painter.end()

    def open_tab(self, tab: int) -> None:
        """Bring a tab to the front."""
        self._tabs.setCurrentIndex(tab)

    def take_focus(self) -> None:
        """Let the keys go to the tab in front; Tab leads from there into its panel."""
        self._tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def finish_drawing(self) -> None:
        """Make what was drawn on the map into what it is meant to be, if it has enough points."""
        self._finish[self._session.state.sketch_kind]()

    def _show(self) -> None:
        said = words(self._session)
        self._tabs.setTabText(REACH_TAB, said("Reach"))
        self._tabs.setTabText(CIRCLES_TAB, said("Circles"))
        self._tabs.setTabToolTip(CIRCLES_TAB, said("Service circles"))
        self._tabs.setTabText(COMPARE_TAB, said("Compare"))
        self._tabs.setTabText(SCENARIO_TAB, said("Scenario"))
        self._tabs.setTabText(EDITS_TAB, said("Edits"))
        self._tabs.setTabToolTip(EDITS_TAB, said("Street edits"))
        for tab, panel in enumerate(self._panels):
            # Panels take the focus too, to be scrolled.
            panel.setAccessibleName(self._tabs.tabToolTip(tab) or self._tabs.tabText(tab))
