"""Buttons side by side of which one is pressed."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QPushButton

from sandbox.ui.crash import guarded
from sandbox.ui.parts.widgets import button

_RIM_PX: Final = 2


class Segment(QFrame):
    """Buttons side by side of which one is pressed; in rows where they are wider than a panel.

    Parameters
    ----------
    values
        What each button stands for.
    on_chosen
        Called with the value of the button that was pressed.
    """

    def __init__(self, values: tuple[Any, ...], on_chosen: Callable[[Any], None]) -> None:
        super().__init__()
        self.setProperty("room", "segment")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(_RIM_PX, _RIM_PX, _RIM_PX, _RIM_PX)
        self._grid.setSpacing(_RIM_PX)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        group = QButtonGroup(self)
        self.buttons: dict[Any, QPushButton] = {}
        for number, value in enumerate(values):
            made = self.buttons[value] = button()
            made.setCheckable(True)
            made.clicked.connect(lambda _checked=False, v=value: on_chosen(v))
            group.addButton(made)
            self._grid.addWidget(made, 0, number)
            self._grid.setColumnStretch(number, 1)
        self._columns = len(values)

    def show_value(self, value: Any, texts: dict[Any, str]) -> None:
        """Press the button of a value, and say all of them."""
        for one, made in self.buttons.items():
            made.setText(texts[one])
            made.setChecked(one == value)
        self.updateGeometry()
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """As narrow as its widest button."""
        hints = [one.sizeHint() for one in self.buttons.values()]
        widest = max((one.width() for one in hints), default=0)
        return QSize(widest + 2 * _RIM_PX, self.heightForWidth(self.width()))

    def heightForWidth(self, width: int) -> int:
        """As high as its rows are then."""
        rows = -(-len(self.buttons) // self._fitting(width))
        high = max((one.sizeHint().height() for one in self.buttons.values()), default=0)
        return rows * (high + _RIM_PX) + _RIM_PX

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in as few rows as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def _fitting(self, width: int) -> int:
        """Return how many buttons fit side by side: all, or as many in each row."""
        every = len(self.buttons)
        wide = [one.sizeHint().width() + _RIM_PX for one in self.buttons.values()]
        for rows in range(1, every + 1):
            columns = -(-every // rows)
            needed = [max(wide[at::columns]) for at in range(columns)]
            if sum(needed) + _RIM_PX <= width:
                return columns
        return 1

    def _arrange(self) -> None:
        columns = self._fitting(self.width())
        if columns == self._columns:
            return
        self._columns = columns
        for number, one in enumerate(self.buttons.values()):
            self._grid.addWidget(one, number // columns, number % columns)
            self._grid.setColumnStretch(number, 1 if number < columns else 0)
        self.updateGeometry()
