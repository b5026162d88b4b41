"""A chart in a panel; it says its figures to those who hear the screen."""

import math

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from sandbox.draw.charts import Chart, height_px, paint, said
from sandbox.draw.theme import Theme
from sandbox.ui.crash import guarded


class ChartView(QWidget):
    """Shows one chart, as wide as there is room."""

    def __init__(self, chart: Chart, look: Theme) -> None:
        super().__init__()
        self._chart, self._look = chart, look
        self.setFixedHeight(math.ceil(height_px(chart)) + 4)
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(said(chart))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chart."""
        painter = QPainter(self)
        paint(painter, QRectF(0, 0, self.width(), self.height() - 4), self._chart, self._look)
        painter.end()
