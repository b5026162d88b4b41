"""A field for one number with its unit."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from sandbox.ui.parts.widgets import label


class NumberField(QFrame):
    """A field for one number with its unit; it takes effect on Enter or when left.

    What is no number within the limits falls back to what was there.
    """

    def __init__(
        self, limits: tuple[float, float], on_number: Callable[[float], None], unit: str = ""
    ) -> None:
        super().__init__()
        self._limits, self._on_number = limits, on_number
        self._number = limits[0]
        self.setObjectName("number")
        self.setFixedHeight(34)
        self._field = QLineEdit()
        self._field.setMaxLength(8)
        self.setFocusProxy(self._field)
        self._field.editingFinished.connect(self._finished)
        line = QHBoxLayout(self)
        line.setContentsMargins(10, 0, 10, 0)
        line.addWidget(self._field, 1)
        self._unit = label("body", "second", unit)
        line.addWidget(self._unit)

    def show_number(self, number: float) -> None:
        """Show a number, unless one is being typed."""
        self._number = number
        if not self._field.hasFocus() or not self._field.isModified():
            self._field.setText(f"{number:g}")

    def name(self, text: str, unit: str | None = None) -> None:
        """Name the number and its unit, for screen readers.

        Parameters
        ----------
        text
            What it is.
        unit
            Its unit in the language of `text`; None leaves the one it was made with.
        """
        if unit is not None:
            self._unit.setText(unit)
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
