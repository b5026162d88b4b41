"""The calendar that a date is chosen from, and the language of all that Qt itself says."""

from typing import Any, Final, cast

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QColor, QTextCharFormat, QTransform
from PySide6.QtWidgets import QCalendarWidget, QToolButton

from sandbox.draw.theme import Theme
from sandbox.ui.parts import icons
from sandbox.words import Language, Text, words_of

LOCALES: Final = {
    "zh": QLocale(QLocale.Language.Chinese, QLocale.Country.China),
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
}
_TRANSLATOR: Final = "qtbase of the sandbox"
_TURN_DEG: Final = {"qt_calendar_prevmonth": 90.0, "qt_calendar_nextmonth": -90.0}


# What Qt's own translation leaves out of the dialogs for files, colours and messages.
_LEFT_OUT: Final = {
    text.template: text
    for text in (
        *(Text("&Look in:"), Text("Files of &type:"), Text("&Directory:")),
        *(Text("Folder"), Text("Computer"), Text("My Computer")),
    )
}


class _ChineseWords(QTranslator):
    """Qt's own translation, with what it leaves out.

    One translator for both: each that comes or goes has every widget look at its words again.
    """

    def isEmpty(self) -> bool:
        """Return that there are words here."""
        return False

    def translate(
        self,
        context: bytes | str,
        sourceText: bytes | str,  # noqa: N803 - Qt's name
        disambiguation: Any = None,
        n: int = -1,
    ) -> str:
        """Return a text in Chinese; None leaves it as it is, "" would not."""
        source, where = _text(sourceText), _text(context)
        text = _LEFT_OUT.get(source)
        if text is not None:
            return text.said(words_of("zh"))
        said = super().translate(where, source, disambiguation, n)
        return said or cast(str, None)


def _text(given: bytes | str) -> str:
    return given.decode() if isinstance(given, bytes) else given


def speak(language: Language) -> None:
    """Have Qt's own dialogs, calendars and menus speak a language from now on."""
    running = QCoreApplication.instance()
    if running is None:
        return
    QLocale.setDefault(LOCALES[language])
    for old in running.findChildren(QTranslator, _TRANSLATOR):
        running.removeTranslator(old)
        old.setParent(None)
    if language == "zh":
        made = _ChineseWords(running)
        made.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        made.setObjectName(_TRANSLATOR)
        running.installTranslator(made)


class Calendar(QCalendarWidget):
    """A month of days, each to be read in both themes, that speaks the map's language."""

    def __init__(self) -> None:
        super().__init__()
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        self.setMinimumSize(308, 260)

    def show_look(self, theme: Theme, language: Language) -> None:
        """Wear a theme and speak a language; the week begins on Monday in both."""
        self.setLocale(LOCALES[language])
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        heading = QTextCharFormat()
        heading.setForeground(QColor(theme.colour("ink_2")))
        heading.setBackground(QColor(theme.colour("panel")))
        self.setHeaderTextFormat(heading)
        day = QTextCharFormat()
        day.setForeground(QColor(theme.colour("ink")))
        for weekday in Qt.DayOfWeek:
            self.setWeekdayTextFormat(weekday, day)
        for name, angle in _TURN_DEG.items():
            arrow = self.findChild(QToolButton, name)
            if arrow is not None:
                drawn = icons.picture("chevron", theme.colour("ink"), 16)
                arrow.setIcon(drawn.transformed(QTransform().rotate(angle)))
