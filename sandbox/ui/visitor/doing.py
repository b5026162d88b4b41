"""What a finger or a key does in the hall: one name of an action, one deed."""

from collections.abc import Callable

from sandbox.app.kiosk.show import Show
from sandbox.errors import SandboxError
from sandbox.ui.kiosk.director import Director
from sandbox.ui.kiosk.lock import Lock
from sandbox.ui.visitor.finder import Finder


class Doing:
    """Does what targets and keys stand for.

    Parameters
    ----------
    show, director, lock, finder
        What is done something to.
    on_leave
        Ends the program.
    """

    def __init__(
        self,
        show: Show,
        director: Director,
        lock: Lock,
        finder: Finder,
        on_leave: Callable[[], None],
    ) -> None:
        self._show, self._director, self._lock, self._finder = show, director, lock, finder
        self._on_leave = on_leave
        # Gives the map to take along.
        self.take: Callable[[], None] = lambda: None

    def do(self, action: str, argument: str) -> None:
        """Do what a target or a key stands for."""
        if action == "minutes":
            self._director.minutes(float(argument))
        elif action == "mode":
            self._director.mode(argument)
        elif action == "take":
            self.take()
        elif action == "find":
            self._finder.open()
        elif action == "letter":
            self._finder.key(argument)
        elif action == "found":
            self._finder.choose(int(argument))
        elif action == "key":
            self._lock.key(argument)
            if self._lock.may_end:
                self._lock.close()
                self._on_leave()
        elif action == "operator":
            self._operate(argument)
        elif self._show.state.mode != "guided" or action not in ("scene", "stage"):
            try:
                self._show.do(action, argument)
            except SandboxError as error:
                self._show.note(str(error))

    def _operate(self, argument: str) -> None:
        if argument == "leave":
            self._lock.ask_to_end()
        else:
            self._lock.close()
        if argument == "restart":
            self._show.do("restart")
