"""A field for a date and a time of the day, with a calendar to choose from."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QDateTime
from PySide6.QtWidgets import QDateTimeEdit

from sandbox.draw.theme import Theme
from sandbox.ui.parts.calendar import Calendar
from sandbox.words import Language


class MomentField(QDateTimeEdit):
    """Asks for a date and a time, whole minutes.

    Parameters
    ----------
    on_chosen
        Called with the moment that was chosen.
    """

    def __init__(self, on_chosen: Callable[[datetime], None]) -> None:
        super().__init__()
        self._on_chosen = on_chosen
        self.setDisplayFormat("yyyy-MM-dd HH:mm")
        self.setCalendarPopup(True)
        self._calendar = Calendar()
        self.setCalendarWidget(self._calendar)
        self.setKeyboardTracking(False)
        self.dateTimeChanged.connect(self._chosen)

    def show_moment(self, when: datetime, look: Theme, language: Language) -> None:
        """Show a moment; nobody chose it."""
        self._calendar.show_look(look, language)
        moment = QDateTime(when)  # type: ignore[call-overload]
        if self.dateTime() != moment:
            self.blockSignals(True)
            self.setDateTime(moment)
            self.blockSignals(False)

    def _chosen(self, moment: QDateTime) -> None:
        when: Any = moment.toPython()
        self._on_chosen(when.replace(second=0, microsecond=0))
