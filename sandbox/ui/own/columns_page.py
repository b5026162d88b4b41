"""What columns and words of a file mean: a list to choose from for each of the program's."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from sandbox.app.own.opening import Draft
from sandbox.app.session import Session
from sandbox.catalog.importing.kinds import facilities
from sandbox.formats.vocabulary import vocabulary
from sandbox.ui.parts.widgets import Scrolled, Wrapped, label, words


class ColumnsPage(Scrolled):
    """Columns by field, and kinds by the words that no standard names.

    Parameters
    ----------
    session
        Whose language it speaks.
    on_column
        Called with a field and the column that was chosen; an empty one takes the field away.
    on_kind
        Called with a word of the file and the kind that it means.
    """

    def __init__(
        self,
        session: Session,
        on_column: Callable[[str, str], None],
        on_kind: Callable[[str, str], None],
    ) -> None:
        super().__init__(10)
        self._session, self._on_column, self._on_kind = session, on_column, on_kind
        said = words(session)
        about = Wrapped("small", "second")
        about.setText(said("What is chosen here is remembered for files with the same columns."))
        self.inside.addWidget(about)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        language = session.state.language
        self._combos: dict[str, QComboBox] = {}
        for line, field in enumerate(vocabulary().fields.values()):
            title = field.title.said(language)
            combo = self._combos[field.id] = QComboBox()
            combo.setAccessibleName(title)
            combo.activated.connect(lambda _at, key=field.id: self._chosen(key))
            named = label(text=f"{title} ({field.unit})" if field.unit else title)
            named.setBuddy(combo)
            grid.addWidget(named, line, 0)
            grid.addWidget(combo, line, 1)
        self.inside.addLayout(grid)
        self._kinds_title = label("small", "third", said("Words for kinds that no standard names"))
        self.inside.addWidget(self._kinds_title)
        self._kinds = QWidget()
        self.inside.addWidget(self._kinds)
        self.inside.addStretch(1)

    def show_draft(self, draft: Draft) -> None:
        """Show what a layer's columns and words mean."""
        said, chosen = words(self._session), draft.columns()
        for key, combo in self._combos.items():
            combo.clear()
            combo.addItem(said("(none)"), "")
            for name in draft.read.columns:
                combo.addItem(name, name)
            combo.setCurrentIndex(max(0, combo.findData(chosen.get(key, ""))))
        self._show_kinds(draft)

    def combo(self, field: str) -> QComboBox:
        """Return the list of a field."""
        return self._combos[field]

    def _show_kinds(self, draft: Draft) -> None:
        unknown = dict(draft.imported.unknown_kinds) if draft.imported is not None else {}
        given = dict(draft.told.kinds)
        shown = {**dict.fromkeys(given, 0), **unknown}
        self._kinds_title.setVisible(bool(shown))
        old = self._kinds
        self._kinds = QWidget()
        grid = QGridLayout(self._kinds)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        said, language = words(self._session), self._session.state.language
        for line, (word, count) in enumerate(shown.items()):
            combo = QComboBox()
            combo.setAccessibleName(word)
            combo.addItem(said("(as it is)"), "")
            for kind, title in facilities().items():
                combo.addItem(title.said(language), kind)
            combo.setCurrentIndex(max(0, combo.findData(given.get(word, ""))))
            combo.activated.connect(
                lambda _at, word=word, combo=combo: self._on_kind(word, str(combo.currentData()))
            )
            named = label(text=f"{word} ({count})" if count else word)
            named.setBuddy(combo)
            grid.addWidget(named, line, 0)
            grid.addWidget(combo, line, 1)
        self.inside.replaceWidget(old, self._kinds)
        old.hide()
        old.deleteLater()

    def _chosen(self, key: str) -> None:
        self._on_column(key, str(self._combos[key].currentData()))
