"""The map's official review: entered in a dialog, and a warning where the map changed after it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from sandbox.app.jobs import Job, Jobs
from sandbox.app.project.approving import changes_since, content_of
from sandbox.app.session import Session
from sandbox.app.state import Document, MapState
from sandbox.errors import ProjectError
from sandbox.projects.project import LEVELS, LONGEST, Approval, faults_of
from sandbox.ui.crash import guarded
from sandbox.ui.parts.widgets import Wrapped, button, label, row, words
from sandbox.ui.planner.messages import Message
from sandbox.words import Text

LANE: Final = "approval"
_WIDTH_PX: Final = 520


class ApprovalDialog(QDialog):
    """Asks what the official review says of the map.

    Parameters
    ----------
    session, jobs
        Whose map it is, and where its content is read.
    parent
        The window over which it opens.
    """

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._jobs = session, jobs
        said, now = words(session), session.state.document.approval
        self.setWindowTitle(said("Map approval"))
        self.setFixedWidth(_WIDTH_PX)
        about = Wrapped("small", "second")
        about.setText(
            said(
                "It stands on the map, on sheets and on pages. Without a level the map is marked"
                " for internal demonstration; kiosks and pages don't show a level that isn't"
                " public."
            )
        )
        self.number, self.compiler = QLineEdit(now.number), QLineEdit(now.compiler)
        self.date, self.base_map = QLineEdit(now.date), QLineEdit(now.base_map)
        self.number.setPlaceholderText("渝S（2026）001号")
        self.date.setPlaceholderText("2026-11-30")
        self.level = QComboBox()
        for key, text in LEVELS.items():
            self.level.addItem(text.said(said), key)
        self.level.setCurrentIndex(list(LEVELS).index(now.level))
        self.as_now = QCheckBox(said("The map as it is now was approved"))
        self.as_now.setVisible(session.state.answers.approval_outdated)
        self.fault = Wrapped("small", "error")
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for at, (name, field) in enumerate(
            (
                (said("Approval number"), self.number),
                (said("Compiled by"), self.compiler),
                (said("Approved on"), self.date),
                (said("Base map"), self.base_map),
                (said("Secrecy level"), self.level),
            )
        ):
            named = label(text=name)
            named.setBuddy(field)
            field.setAccessibleName(name)
            if isinstance(field, QLineEdit):
                field.setMaxLength(LONGEST)
            grid.addWidget(named, at, 0)
            grid.addWidget(field, at, 1)
        self._take, cancel = button("primary"), button()
        self._take.setText(said("Apply"))
        self._take.setDefault(True)
        self._take.clicked.connect(self.take)
        cancel.setText(said("Cancel"))
        cancel.clicked.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 16)
        whole.setSpacing(12)
        whole.addWidget(about)
        whole.addLayout(grid)
        whole.addWidget(self.as_now)
        whole.addWidget(self.fault)
        whole.addLayout(row(None, cancel, self._take))

    def typed(self) -> Approval:
        """Return what has been entered."""
        return Approval(
            self.number.text().strip(),
            self.compiler.text().strip(),
            self.date.text().strip(),
            self.base_map.text().strip(),
            self.level.currentData(),
        )

    def take(self) -> None:
        """Put what was entered on the map, or say what is wrong with it."""
        said, typed = words(self._session), self.typed()
        faults = faults_of(typed)
        if faults:
            self.fault.setText("; ".join(one.said(said) for one in faults))
            return
        before = self._session.state.document.approval
        same = (typed.number, typed.date) == (before.number, before.date)
        if not typed.number:
            self._done(typed)
        elif same and before.content and not self.as_now.isChecked():
            self._done(replace(typed, content=before.content))
        else:
            # A number is given to the map as it is.
            atlas, document = self._session.atlas, self._session.state.document
            self._take.setEnabled(False)

            def read(job: Job) -> Approval:
                job.report(-1.0, Text("Reading layers"))
                return replace(typed, content=content_of(atlas, document))

            self._jobs.ask(LANE, read, self._done, self._failed)

    def _done(self, approval: Approval) -> None:
        self.accept()
        self._session.change(undoable=True, approval=approval, approval_outdated=False)

    def _failed(self, error: Exception) -> None:
        self._take.setEnabled(True)
        raise error


class Approving:
    """Watches whether the map is still the one that was approved, and has its review entered.

    Parameters
    ----------
    session, jobs
        Whose map it is, and where its content is read.
    under_dialogs, window
        What dialogs belong to.
    say
        Told that the map changed after its approval.
    """

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        under_dialogs: QWidget,
        window: QWidget,
        say: Callable[[str, Message | None], None],
    ) -> None:
        self._session, self._jobs, self._under, self._say = session, jobs, under_dialogs, say
        self._said: tuple[Text, ...] = ()
        # A window that opens on a project has no message bar yet.
        first = QTimer(window)
        first.setSingleShot(True)
        first.timeout.connect(self.look)
        first.start(0)
        session.listen(self._changed)
        session.listen_atlas(lambda _atlas: self.look())

    def calls(self) -> dict[str, Callable[[], object]]:
        """Return what the action does."""
        return {"approval": self.ask}

    def ask(self) -> None:
        """Ask what the review says."""
        made = ApprovalDialog(self._session, self._jobs, self._under)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.open()

    @guarded
    def look(self) -> None:
        """Compare the map with what was approved, where that is known."""
        atlas, document = self._session.atlas, self._session.state.document
        if not document.approval.content:
            self._found(())
            return

        def read(_job: Job) -> tuple[Text, ...]:
            return changes_since(document.approval, content_of(atlas, document))

        self._jobs.ask(LANE, read, self._found, _raise)

    def _found(self, changes: tuple[Text, ...]) -> None:
        self._session.change(approval_outdated=bool(changes))
        if changes == self._said:
            return
        self._said = changes
        if not changes:
            self._say(LANE, None)
            return
        told = ProjectError("The map was changed after its approval", faults=changes)
        # That streets are schematic stands in the status line too; this stands here alone.
        self._say("schematic", None)
        self._say(LANE, Message("warn", told, Text("Map approval…"), self.ask))

    def _changed(self, before: MapState, after: MapState) -> None:
        if _content_fields(before.document) != _content_fields(after.document):
            self.look()


def _content_fields(document: Document) -> tuple[object, ...]:
    return document.layers, document.edits, document.opened_by, document.approval


def _raise(error: Exception) -> None:
    raise error
