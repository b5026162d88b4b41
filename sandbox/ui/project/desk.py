"""The window's project: open, save, recent, the journal, and the question before it closes."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from sandbox.app import settings as kept_settings
from sandbox.app.jobs import Job, Jobs
from sandbox.app.project.opening import Opened
from sandbox.app.project.work import (
    Work,
    begun,
    journal_values,
    open_work,
    restored,
    save_work,
)
from sandbox.app.session import Session
from sandbox.app.settings import Settings
from sandbox.app.state import Document
from sandbox.app.street_edits import Report
from sandbox.errors import SandboxError
from sandbox.projects import lock
from sandbox.projects.journal import Journal, Left, left_behind
from sandbox.projects.store import SUFFIX
from sandbox.ui.crash import guarded
from sandbox.ui.parts.widgets import words
from sandbox.ui.planner.messages import Message
from sandbox.ui.project.approval import Approving
from sandbox.ui.project.new import NewProjectDialog
from sandbox.words import Text

JOURNAL_S: Final = 4.0
_RECENT: Final = 10
_LANE: Final = "project"


class Desk:
    """Opens and saves the project of a window, and keeps a journal of what isn't saved.

    Parameters
    ----------
    window
        What is closed; its title says which project is open.
    under_dialogs
        What dialogs belong to.
    session, jobs
        What is on screen, and where files are read and written.
    settings
        Where maps stand; recent projects are kept there.
    report, say
        Told what went wrong, and what is worth a line.
    """

    def __init__(
        self,
        window: QWidget,
        under_dialogs: QWidget,
        session: Session,
        jobs: Jobs,
        settings: Settings,
        *,
        report: Report,
        say: Callable[[str, Message | None], None],
    ) -> None:
        self._window, self._under = window, under_dialogs
        self._session, self._jobs, self._settings = session, jobs, settings
        self._report, self._say = report, say
        self._work = Work(session.state.document, session.atlas.layers)
        self._journal = Journal()
        self._noted: tuple[Document, object] | None = None
        self._ticks = 0
        self._approving = Approving(session, jobs, under_dialogs, window, say)
        self._timer = QTimer(window)
        self._timer.setInterval(round(JOURNAL_S * 1000))
        self._timer.timeout.connect(self._tick)

    def calls(self) -> dict[str, Callable[[], object]]:
        """Return what the actions with projects do."""
        return {
            "new_project": lambda: self._with_nothing_to_lose(self._make_new),
            "open_project": self._choose,
            "recent_project": self._choose_recent,
            "save_project": self.save,
            "save_project_as": self._choose_name,
            **self._approving.calls(),
        }

    @property
    def path(self) -> Path | None:
        """The project's file, where there is one."""
        return self._work.path

    @property
    def changed(self) -> bool:
        """Whether something isn't saved."""
        return self._work.changed(self._session.atlas, self._session.state.document)

    def begin(self, opened: Opened, network_file: Path | None) -> None:
        """Keep a journal of a map from now on, and offer what a crash left behind."""
        self._work = begun(opened, network_file, None)
        self._timer.start()

        def prepare(_job: Job) -> tuple[lock.Lock | lock.Owner | None, list[Left]]:
            path = opened.stored.path if opened.stored is not None else None
            return (lock.acquire(path) if path is not None else None), left_behind()

        def done(found: tuple[lock.Lock | lock.Owner | None, list[Left]]) -> None:
            held, left = found
            self._start(begun(opened, network_file, held))
            if left:
                self._offer(left[0])

        self._jobs.ask(_LANE, prepare, done, self._failed)

    def choose_network(self, then: Callable[[Path], object]) -> None:
        """Ask for a network file, and have it opened."""
        said = words(self._session)
        kinds = said("Street networks") + " (*.sandnet)"
        chosen, _ = QFileDialog.getOpenFileName(self._under, said("Load network"), "", kinds)
        if chosen:
            then(Path(chosen))

    def take_network(self, file: Path) -> None:
        """Note that other streets are under the map."""
        work = self._work
        layers = self._session.atlas.layers if work.stored is None else work.layers
        self._work = Work(work.saved, layers, file, work.saved_network, work.stored, work.held)

    def open(self, path: Path) -> None:
        """Open a project in place of the map, once what isn't saved is saved or given up."""
        self._with_nothing_to_lose(lambda: self._open(path))

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Save to the project's file; without one, or read-only, ask for a name."""
        path = self._work.path
        if path is None or self._work.reads_only:
            self._choose_name(then)
        else:
            self.save_to(path, then)

    def save_to(self, path: Path, then: Callable[[], object] | None = None) -> None:
        """Save to a file, and go on working on that one."""
        atlas, document = self._session.atlas, self._session.state.document
        work = partial(save_work, self._work, atlas, document, path)

        def done(made: Work) -> None:
            self._report(_LANE, None)
            self._work = made
            self._clear_journal()
            self._remember(path)
            self._entitle()
            self._say(_LANE, Message("info", Text("Saved to {file}", {"file": path.name})))
            if then is not None:
                then()

        self._jobs.write(_LANE, work, done, self._failed)

    def may_close(self) -> bool:
        """Return whether the window may close now; ask where something would be lost."""
        if self._timer.isActive() and self.changed:
            answer = self._asked()
            if answer is QMessageBox.StandardButton.Save:
                self.save(self._window.close)
                return False
            if answer is not QMessageBox.StandardButton.Discard:
                return False
        self._timer.stop()
        self._journal.clear()
        if isinstance(self._work.held, lock.Lock):
            self._work.held.release()
        return True

    def _with_nothing_to_lose(self, go_on: Callable[[], object]) -> None:
        answer = self._asked() if self._timer.isActive() and self.changed else None
        if answer is QMessageBox.StandardButton.Save:
            self.save(go_on)
        elif answer is None or answer is QMessageBox.StandardButton.Discard:
            go_on()

    def _asked(self) -> QMessageBox.StandardButton:
        said = words(self._session)
        box = QMessageBox(self._under)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(said("Project"))
        box.setText(said("Save the changes to {name}?", name=self._name()))
        box.setInformativeText(said("Otherwise they are lost."))
        buttons = QMessageBox.StandardButton
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        for button, text in (
            (buttons.Save, said("Save")),
            (buttons.Discard, said("Don't save")),
            (buttons.Cancel, said("Cancel")),
        ):
            box.button(button).setText(text)
        box.setDefaultButton(buttons.Save)
        chosen = QMessageBox.StandardButton(box.exec())
        box.deleteLater()
        return chosen

    def _choose(self) -> None:
        said = words(self._session)
        kinds = said("Projects") + f" (*{SUFFIX})"
        chosen, _ = QFileDialog.getOpenFileName(self._under, said("Open a project"), "", kinds)
        if chosen:
            self.open(Path(chosen))

    def _choose_recent(self) -> None:
        said, menu = words(self._session), QMenu(self._under)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        recent = [one for one in self._settings.recent if one != self._work.path]
        for path in recent:
            menu.addAction(f"{path.stem}    {path.parent}").triggered.connect(
                lambda _checked=False, chosen=path: self.open(chosen)
            )
        if not recent:
            menu.addAction(said("No project was open before.")).setEnabled(False)
        menu.popup(QCursor.pos())

    def _choose_name(self, then: Callable[[], object] | None = None) -> None:
        said = words(self._session)
        kinds = said("Projects") + f" (*{SUFFIX})"
        first = str(self._work.path or f"{self._name()}{SUFFIX}")
        chosen, _ = QFileDialog.getSaveFileName(
            self._under, said("Save the project as"), first, kinds
        )
        if chosen:
            path = Path(chosen)
            self.save_to(path if path.suffix else path.with_suffix(SUFFIX), then)

    def _make_new(self) -> None:
        made = NewProjectDialog(
            self._session, self._jobs, self._work.network_file, self._open, self._under
        )
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.open()

    def _open(self, path: Path) -> None:
        work = partial(open_work, path, self._settings, self._session.state.language)

        def done(found: tuple[Opened, lock.Lock | lock.Owner | None]) -> None:
            opened, held = found
            self._show(opened, begun(opened, None, held))
            self._remember(path)

        self._jobs.ask(_LANE, work, done, self._failed)

    def _show(self, opened: Opened, work: Work) -> None:
        """Put a map on screen in place of the one that is there."""
        self._report(_LANE, None)
        if isinstance(self._work.held, lock.Lock) and self._work.held is not work.held:
            self._work.held.release()
        self._clear_journal()
        self._session.open(opened.atlas, opened.state)
        self._start(work)

    def _start(self, work: Work) -> None:
        self._work = work
        self._entitle()
        if isinstance(work.held, lock.Owner):
            said = Text(
                "{name} is open read-only: {user} has had it open at {host} since {since}.",
                {
                    "name": self._name(),
                    "user": work.held.user,
                    "host": work.held.host,
                    "since": work.held.since.replace("T", " ")[:16],
                },
            )
            self._warn(_LANE, Message("warn", said, Text("Save as…"), self._choose_name))
        elif work.stored is not None and work.stored.notes:
            self._warn(_LANE, Message("warn", work.stored.notes[0]))

    def _offer(self, left: Left) -> None:
        name = left.project.stem if left.project is not None else ""
        values = {"name": name, "at": left.at.replace("T", " ")[:16]}
        said = (
            Text("The program ended before {name} was saved, last at {at}.", values)
            if name
            else Text("The program ended before the map was saved, last at {at}.", values)
        )
        self._warn("recovery", Message("warn", said, Text("Restore"), partial(self._restore, left)))

    def _warn(self, lane: str, message: Message) -> None:
        # That streets are schematic stands in the status line too; this stands here alone.
        self._say("schematic", None)
        self._say(lane, message)

    def _restore(self, left: Left) -> None:
        self._say("recovery", None)
        state, atlas = self._session.state, self._session.atlas
        work = partial(restored, left, self._settings, state, atlas)

        def done(found: tuple[Opened, Work]) -> None:
            self._show(*found)
            left.remove()
            self._tick()

        self._jobs.ask(_LANE, work, done, self._failed)

    @guarded
    def _tick(self) -> None:
        """Write the journal where something isn't saved, and keep the lock fresh."""
        self._ticks += 1
        if isinstance(self._work.held, lock.Lock) and not (
            self._ticks % max(1, round(lock.TOUCH_S / JOURNAL_S))
        ):
            held = self._work.held
            self._jobs.write("lock", lambda _job: held.touch(), lambda _done: None, self._failed)
        self._entitle()
        atlas, document = self._session.atlas, self._session.state.document
        now = (document, atlas.layers)
        before = self._noted
        same = before is not None and before[0] == now[0] and before[1] is now[1]
        if same or not self.changed:
            return
        self._noted = now
        work, fresh, journal = self._work, self._work.fresh(atlas), self._journal

        def note(_job: Job) -> None:
            values = journal_values(document)
            journal.write(work.path, work.network_file, values, atlas.layers, fresh)

        self._jobs.write("journal", note, lambda _done: None, self._failed)

    def _clear_journal(self) -> None:
        self._noted = None
        journal, self._journal = self._journal, Journal()
        self._jobs.write("journal", lambda _job: journal.clear(), lambda _: None, self._failed)

    def _remember(self, path: Path) -> None:
        whole = path.absolute()
        others = [one for one in self._settings.recent if one != whole]
        recent = (whole, *others)[:_RECENT]
        self._settings = self._settings.model_copy(update={"recent": recent})
        if self._timer.isActive():
            keep = partial(kept_settings.keep, recent=recent)
            self._jobs.write("settings", lambda _job: keep(), lambda _: None, self._failed)

    def _name(self) -> str:
        if self._work.path is not None:
            return self._work.path.stem
        return words(self._session)("the map")

    def _entitle(self) -> None:
        """Have the window say which project is open, and whether it is changed."""
        path = self._work.path
        self._window.setWindowFilePath(str(path) if path is not None else "")
        self._window.setWindowModified(path is not None and self.changed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, SandboxError):
            raise error
        self._report(_LANE, error)
