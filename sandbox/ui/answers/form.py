"""What panels of analyses ask with: a titled list of choices, titled buttons, titled facts."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from sandbox.ui.parts.widgets import Elided, column, label, row

Options = Sequence[tuple[str, Any]]


class Choice(QWidget):
    """A question with a list of answers.

    Parameters
    ----------
    on_chosen
        Called with the value of the answer that was chosen.
    """

    def __init__(self, on_chosen: Callable[[Any], None]) -> None:
        super().__init__()
        self._title, self.list = label("small", "third"), QComboBox()
        self._title.setBuddy(self.list)
        # A long name must not widen the dock.
        self.list.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.list.setMinimumContentsLength(8)
        self.list.activated.connect(lambda at: on_chosen(self._values[at]))
        self._values: list[Any] = []
        inside = column(self, (0, 0, 0, 0), 4)
        inside.addWidget(self._title)
        inside.addWidget(self.list)

    def show_options(self, title: str, options: Options, chosen: Any) -> None:
        """Show the question, its answers, and which is chosen."""
        self._title.setText(title)
        self.list.setAccessibleName(title)
        texts = [text for text, _ in options]
        if texts != [self.list.itemText(at) for at in range(self.list.count())]:
            self.list.clear()
            self.list.addItems(texts)
        self._values = [value for _, value in options]
        at = self._values.index(chosen) if chosen in self._values else -1
        self.list.setCurrentIndex(at)
        self.list.setToolTip(texts[at] if at >= 0 else "")


def titled(widget: QWidget) -> tuple[Any, QWidget]:
    """Return a title for a widget, and both as one."""
    title, whole = label("small", "third"), QWidget()
    title.setBuddy(widget)
    inside = column(whole, (0, 0, 0, 0), 4)
    inside.addWidget(title)
    inside.addWidget(widget)
    return title, whole


def add_fact(layout: QVBoxLayout, title: str, figure: str) -> None:
    """Add a line with a fact's name and its figure."""
    name = Elided("small", "second")
    name.setText(title)
    line = row(name, label("small", text=figure))
    line.setStretch(0, 1)
    layout.addLayout(line)
