"""Saves the answer that a panel shows: the same tables and map that its command writes."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QWidget

from sandbox.app.jobs import Job, Jobs
from sandbox.app.session import Session
from sandbox.errors import SandboxError
from sandbox.ui.parts.widgets import Wrapped, button, column, restyle, row, words
from sandbox.ui.post import Post
from sandbox.words import Text

Write = Callable[[Path], None]
_LANE: Final = "report"


class Saving(QWidget):
    """A button that asks for a file and has the answer written, and what came of it.

    Parameters
    ----------
    session
        Whose language is spoken.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._write: Write | None = None
        self._name = ""
        self._button, self._note = button("link"), Wrapped("small", "second")
        self._button.clicked.connect(self._choose)
        self._note.hide()
        inside = column(self, (0, 0, 0, 0), 4)
        inside.addLayout(row(self._button, None))
        inside.addWidget(self._note)
        # Kept while a file is written: what comes of it is told in this thread.
        self._post = Post()

    def offer(self, name: str, write: Write | None) -> None:
        """Offer to write an answer, under a name without its ending; None offers nothing."""
        if write is None or name != self._name:
            self._note.hide()
        self._name, self._write = name, write
        self._button.setText(words(self._session)("Save tables and map…"))
        self.setVisible(write is not None)

    def _choose(self) -> None:
        said = words(self._session)
        kinds = [
            said("Workbooks") + " (*.xlsx)",
            said("Web pages") + " (*.html)",
            "PDF (*.pdf)",
            said("Layers") + " (*.gpkg)",
        ]
        chosen, _ = QFileDialog.getSaveFileName(
            self, said("Save tables and map"), f"{self._name}.xlsx", ";;".join(kinds)
        )
        if chosen:
            self.save(Path(chosen))

    def save(self, file: Path) -> None:
        """Write the answer that is offered now, beside the UI thread."""
        write, jobs = self._write, Jobs(self._post, workers=1)
        if write is None:
            return

        def work(job: Job) -> None:
            job.report(-1.0, Text("Saving"))
            write(file)

        def done(_nothing: None) -> None:
            jobs.close()
            self._tell(words(self._session)("Saved to {path}.", path=file), "second")

        def failed(error: Exception) -> None:
            jobs.close()
            if not isinstance(error, SandboxError):
                raise error
            self._tell(error.said(words(self._session)), "warn")

        self._tell(words(self._session)("Saving {path} …", path=file.name), "second")
        jobs.write(_LANE, work, done, failed)

    def _tell(self, text: str, tone: str) -> None:
        self._note.setProperty("tone", tone)
        restyle(self._note)
        self._note.setText(text)
        self._note.show()
