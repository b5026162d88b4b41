"""The menu bar: every action of the window with its shortcut."""

from collections.abc import Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from sandbox.app.actions import MENUS
from sandbox.app.session import Session
from sandbox.ui.parts.widgets import follow, words


class MenuBar(QMenuBar):
    """Shows the actions by the table of menus.

    Parameters
    ----------
    session
        Whose language it speaks.
    actions
        By id.
    """

    def __init__(self, session: Session, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self._session = session
        # It stands in the window, where also a window without a frame shows it.
        self.setNativeMenuBar(False)
        self._menus: list[QMenu] = []
        for menu in MENUS:
            made = QMenu(self)
            for number, group in enumerate(menu.groups):
                if number:
                    made.addSeparator()
                for name in group:
                    made.addAction(actions[name])
            self.addMenu(made)
            self._menus.append(made)
        follow(session, self, lambda s: s.language, self._show)
        self._show()

    def _show(self) -> None:
        said = words(self._session)
        for made, menu in zip(self._menus, MENUS, strict=True):
            made.setTitle(said(menu.text))
