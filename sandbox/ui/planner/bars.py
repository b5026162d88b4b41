"""The bars at the window's edges: project, search and actions above; the map's facts below."""

from collections.abc import Callable

from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
)

from sandbox.app.jobs import Progress
from sandbox.app.opening import city_title
from sandbox.app.questions import LonLat
from sandbox.app.session import Session
from sandbox.geo.crs import crs_name
from sandbox.streets.facts import network_name
from sandbox.ui.crash import guarded
from sandbox.ui.parts import icons
from sandbox.ui.parts.widgets import (
    Elided,
    action_button,
    button,
    follow,
    label,
    look,
    restyle,
    row,
    words,
)
from sandbox.ui.planner.search import SearchField

_MM_PER_PX_AT_96_DPI = 25.4 / 96.0
_TITLE_FROM_PX = 900
_ROOM_FOR_CRS_PX = 900


class LanguageSwitch(QFrame):
    """Chinese or English, always both to be seen."""

    def __init__(self, session: Session, on_language: Callable[[str], None]) -> None:
        super().__init__()
        self._session = session
        self.setProperty("room", "segment")
        line = QHBoxLayout(self)
        line.setContentsMargins(2, 1, 2, 1)
        line.setSpacing(2)
        group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for language, text, name in (("zh", "中", "中文"), ("en", "EN", "English")):
            made = self._buttons[language] = button()
            made.setText(text)
            made.setToolTip(name)
            made.setAccessibleName(name)
            made.setCheckable(True)
            made.clicked.connect(lambda _checked=False, chosen=language: on_language(chosen))
            group.addButton(made)
            line.addWidget(made)
        follow(session, self, lambda s: s.language, self._show)
        self._show()

    def _show(self) -> None:
        self._buttons[self._session.state.language].setChecked(True)


class TopBar(QFrame):
    """Mark and title, search, and what can be done with the whole map."""

    def __init__(
        self,
        session: Session,
        actions: dict[str, QAction],
        search: SearchField,
        on_language: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._session = session
        self.setObjectName("topbar")
        self.setFixedHeight(48)
        self._mark = QLabel()
        self._title = label("title")
        slash = label("body", "third", "/")
        self._subject = label("body", "second")
        left = row(self._mark, self._title, slash, self._subject, None, spacing=12)
        right = row(
            None, action_button(actions["undo"]), action_button(actions["theme"]), spacing=8
        )
        right.addWidget(LanguageSwitch(session, on_language))
        take = action_button(actions["take_scene"])
        right.addWidget(take)
        right.addWidget(action_button(actions["export_html"], "primary"))
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 0, 16, 0)
        grid.setHorizontalSpacing(16)
        grid.addLayout(left, 0, 0)
        grid.addWidget(search, 0, 1)
        grid.addLayout(right, 0, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)
        self._roomy = (slash, self._subject, take)
        search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(session, self, lambda s: (s.language, s.theme), self._show)
        session.listen_atlas(lambda _atlas: self._show())
        self._show()

    def set_narrow(self, narrow: bool) -> None:
        """Leave out what can be spared where there is little room; shortcuts still work."""
        for item in self._roomy:
            item.setVisible(not narrow)

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the title out where the search would have no room beside it."""
        self._title.setVisible(self.width() >= _TITLE_FROM_PX)

    def _show(self) -> None:
        said = words(self._session)
        self._mark.setPixmap(icons.logo(look(self._session)))
        self._title.setText(said("Digital Sandbox"))
        self._subject.setText(city_title(self._session.atlas).said(said))


class StatusBar(QFrame):
    """Position under the pointer, reference system, scale, network; what is being worked on."""

    def __init__(self, session: Session, load: QAction) -> None:
        super().__init__()
        self._session = session
        self._load = action_button(load, "link")
        self._pointer: LonLat | None = None
        self.setObjectName("statusbar")
        self.setFixedHeight(28)
        self._where, self._crs = label("small", "second"), label("small", "second")
        self._scale, self._network = label("small", "second"), Elided("small", "second")
        self._work = label("small", "second")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(140)
        self._progress.hide()
        self._where.setMinimumWidth(124)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 16, 0)
        line.setSpacing(28)
        for widget in (self._where, self._crs, self._scale):
            line.addWidget(widget)
        line.addWidget(self._network, 1)
        line.addWidget(self._load)
        line.addWidget(self._work)
        line.addWidget(self._progress)
        follow(session, self, lambda s: s.document.view, self._show_view)
        follow(session, self, lambda s: s.language, self._show)
        session.listen_atlas(lambda _atlas: self._show())
        self._show()

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Without room for all, the streets' name goes before the reference system."""
        self._crs.setVisible(self.width() >= _ROOM_FOR_CRS_PX)

    def point_at(self, lonlat: LonLat | None) -> None:
        """Say where the pointer is; None says where the map's middle is."""
        self._pointer = lonlat
        self._show_view()

    def work(self, progress: Progress | None) -> None:
        """Say what is being worked on, and how long it still takes; None when all is done."""
        self._progress.setVisible(progress is not None)
        if progress is None:
            self._work.setText("")
            return
        said = words(self._session)
        self._work.setText(progress_text(progress, self._session))
        self._work.setAccessibleName(said("Working"))
        known = progress.share >= 0
        self._progress.setRange(0, 1000 if known else 0)
        self._progress.setValue(round(progress.share * 1000))

    def _show(self) -> None:
        said = words(self._session)
        atlas = self._session.atlas
        self._crs.setText(crs_name(atlas.crs))
        self._where.setToolTip(crs_name(atlas.crs))
        provenance = atlas.network.streets.provenance
        name = network_name(provenance.title, schematic=provenance.schematic).said(said)
        title = said("Streets: {title}", title=name)
        self._network.setProperty("tone", "warn" if provenance.schematic else "second")
        restyle(self._network)
        self._network.setText(title)
        self._load.setVisible(provenance.schematic)
        self._show_view()

    def _show_view(self) -> None:
        view = self._session.state.document.view
        lon, lat = self._pointer or view.center_lonlat
        self._where.setText(f"{lon:.4f}, {lat:.4f}")
        scale = view.m_per_px * 1000.0 / _MM_PER_PX_AT_96_DPI
        digits = max(0, len(str(int(scale))) - 3)
        self._scale.setText(f"1:{round(scale, -digits):,.0f}")


def progress_text(progress: Progress, session: Session) -> str:
    """Return what a job is doing, with the estimate of what is left where there is one."""
    return said_progress(progress, words(session))


def said_progress(progress: Progress, said: Callable[..., str]) -> str:
    """Return what a job is doing in some words."""
    text = said(progress.text.template, **progress.text.values)
    if progress.left_s < 1:
        return text
    return said("{what} · about {seconds} s", what=text, seconds=round(progress.left_s))
