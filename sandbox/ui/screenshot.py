"""The real window drawn into a PNG, with or without a display."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from sandbox.app import moving, places
from sandbox.app.analyses import ANALYSES
from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.framing import result_view
from sandbox.app.jobs import Jobs
from sandbox.app.opening import first_state
from sandbox.app.questions import (
    NO_EDITS,
    Against,
    AnalysisQuestion,
    LonLat,
    ReachQuestion,
    Selected,
)
from sandbox.app.session import Session
from sandbox.app.state import LayerShown, MapState, View
from sandbox.edits.scenario import Scenario
from sandbox.edits.street_edits import StreetEdits
from sandbox.errors import ExportError
from sandbox.export.files import replacing
from sandbox.streets.travel import ON_FOOT, Travel
from sandbox.ui import crash
from sandbox.ui.panels.dock import COMPARE_TAB
from sandbox.ui.planner.window import Planner
from sandbox.ui.post import Post
from sandbox.ui.start import Start, application, has_display

# From this width on a picture shows the look of a 4K screen: every pixel twice as fine.
FINE_FROM_PX: Final = 3200
_PATIENCE_S: Final = 300.0
_QUIET_S: Final = 0.3
# Between two looks at what is awaited: without it the waiting takes a whole processor, and
# Python's lock, from the threads that make it.
_LOOK_EVERY_S: Final = 0.005


@dataclass(frozen=True, slots=True)
class Scene:
    """What a screenshot shows that differs from the first map.

    Attributes
    ----------
    origin, origin_place
        Where the walk begins; a place of the map, where it is one.
    minutes
        Cutoffs.
    m_per_px
        Metres a logical pixel; None keeps the first map's, and frames a comparison and what
        vehicles reach.
    center
        Middle of the map; None is the origin.
    layers
        Ids of the layers that show; None keeps the first map's.
    analyses
        What is asked beside reach, or then instead of it.
    selected
        A place whose card is open.
    travel
        How one moves; without a ride, public transport is asked for when the city's lines run.
    scenario
        By transit: what runs; None keeps what the mode begins with.
    against
        What the answer is compared with.
    edits
        How the streets are changed.
    begin
        The map of a project, which stays as it is but for what is asked beside; None for the
        first map.
    tilt_deg, bearing_deg
        How the map is tilted over its relief, 0 for flat, and what is up then.
    hour
        By the clock, that its light follows; None for the light of maps.
    """

    origin: LonLat | None = None
    origin_place: Selected | None = None
    minutes: tuple[float, ...] = (5.0, 10.0, 15.0)
    m_per_px: float | None = None
    center: LonLat | None = None
    layers: tuple[str, ...] | None = None
    analyses: tuple[AnalysisQuestion[Any], ...] = ()
    selected: Selected | None = None
    travel: Travel = ON_FOOT
    scenario: Scenario | None = None
    against: Against | None = None
    edits: StreetEdits = NO_EDITS
    begin: MapState | None = None
    tilt_deg: float = 0.0
    bearing_deg: float = 0.0
    hour: float | None = None


def state_of(scene: Scene, atlas: Atlas, start: Start) -> MapState:
    """Return the map state that a scene asks for."""
    state = scene.begin or first_state(atlas, start.settings, start.language)
    if scene.begin is not None and scene.origin is None and not scene.analyses:
        view = state.document.view
        return changed(
            state,
            view=replace(
                view,
                center_lonlat=scene.center or view.center_lonlat,
                m_per_px=scene.m_per_px or view.m_per_px,
                tilt_deg=scene.tilt_deg or view.tilt_deg,
                bearing_deg=scene.bearing_deg or view.bearing_deg,
            ),
            layers=_visible(scene, state),
            selected=scene.selected,
            hour=scene.hour,
        )
    if scene.origin is not None:
        asked = ReachQuestion(scene.origin, scene.minutes, place=scene.origin_place)
        state = changed(state, reach=asked, view=View(scene.origin, state.document.view.m_per_px))
    elif state.document.reach is not None:
        state = changed(state, reach=replace(state.document.reach, minutes=scene.minutes))
    if state.document.reach is not None:
        asked = moving.by_mode(state.document.reach, scene.travel.mode, atlas)
        asked = replace(
            asked,
            travel=replace(scene.travel, ride=scene.travel.ride or asked.travel.ride),
            scenario=scene.scenario or asked.scenario,
        )
        state = changed(state, reach=asked)
    if scene.selected is not None:
        found = places.place(atlas.layers, scene.selected)
        if found is not None and scene.origin is None:
            state = changed(state, view=View(found.lonlat, state.document.view.m_per_px))
    center = scene.center or state.document.view.center_lonlat
    m_per_px = scene.m_per_px or state.document.view.m_per_px
    view = View(center, m_per_px, scene.tilt_deg, scene.bearing_deg)
    layers = _visible(scene, state)
    if scene.analyses:
        state = changed(state, reach=None)
    return changed(
        state,
        view=view,
        layers=layers,
        analyses=scene.analyses,
        against=scene.against,
        edits=scene.edits,
        selected=scene.selected,
        hour=scene.hour,
    )


def _visible(scene: Scene, state: MapState) -> tuple[LayerShown, ...]:
    if scene.layers is None:
        return state.document.layers
    return tuple(
        replace(shown, visible=shown.id in scene.layers) for shown in state.document.layers
    )


def screenshot(
    file: Path,
    size_px: tuple[int, int],
    start: Start,
    open_atlas: Callable[[], Atlas],
    scene: Callable[[Atlas], Scene],
) -> None:
    """Draw the planner's window into a PNG, once all of the map is there.

    Parameters
    ----------
    file
        PNG of the window, SVG of the map alone, or PDF of a sheet; it is replaced whole, or not
        at all.
    size_px
        Width and height of the picture.
    start
        Settings, language and theme.
    open_atlas
        Opens layers and streets.
    scene
        Says what to show of them.

    Raises
    ------
    ExportError
        The file can't be written, or an answer didn't come.
    SandboxError
        What the scene asks can't be answered.
    """
    if not has_display():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    fine = 2 if size_px[0] >= FINE_FROM_PX else 1
    os.environ["QT_SCALE_FACTOR"] = str(fine)
    application(start.language)
    crash.start_log()
    atlas = open_atlas()
    post = Post()
    jobs = Jobs(post)
    shown = scene(atlas)
    session = Session(atlas, state_of(shown, atlas, start))
    still = start.settings.model_copy(update={"motion": False})
    planner = Planner(session, jobs, still, remember=False)
    try:
        # What is gained and lost may lie far from the origin, and so does what vehicles reach:
        # it is what the picture is of.
        far = shown.against is not None or shown.travel.mode != ON_FOOT.mode
        framed = far and shown.m_per_px is None
        size = size_px[0] // fine, size_px[1] // fine
        picture = _picture(planner, session, size, framed=framed)
        if file.suffix.lower() != ".png":
            _write_map(file, planner, session, size_px)
            return
    finally:
        planner.close()
        post.close()
    write_png(
        picture.scaled(QSize(*size_px)) if picture.size() != QSize(*size_px) else picture, file
    )


def _write_map(file: Path, planner: Planner, session: Session, size_px: tuple[int, int]) -> None:
    """Write the map alone: as a sheet of paper, or as a picture without the window."""
    from sandbox.export.own.map_files import write_map, write_sheet
    from sandbox.ui.own.map_out import order_of

    canvas = planner.map.canvas
    seen = (float(canvas.width()), float(canvas.height()))
    if file.suffix.lower() == ".pdf":
        write_sheet(file, session.atlas, session.state, order_of(session, seen))
    else:
        write_map(file, session.atlas, session.state, size_px, seen)


def _picture(
    planner: Planner, session: Session, size: tuple[int, int], *, framed: bool = False
) -> QImage:
    planner.setMinimumSize(0, 0)
    planner.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    planner.resize(*size)
    planner.show()
    for one in ANALYSES:
        if session.state.document.asked(one.question) is not None:
            planner.show_tab(one.id)
    if session.state.document.against is not None:
        planner.show_tab(COMPARE_TAB)
    until(lambda: planner.settled)
    for refusal in planner.refusals:
        raise refusal
    canvas = planner.map.canvas
    view = result_view(session.atlas, session.state, size_px=(canvas.width(), canvas.height()))
    if framed and view is not None:
        now = session.state.document.view
        there = replace(now, center_lonlat=view.center_lonlat, m_per_px=view.m_per_px)
        session.change(view=there)
        until(lambda: planner.settled)
    planner.map.canvas.complete()
    settle()
    planner.map.canvas.complete()
    picture = planner.grab().toImage()
    picture.setDevicePixelRatio(1.0)
    return picture.convertToFormat(QImage.Format.Format_RGB32)


def until(there: Callable[[], bool]) -> None:
    """Let the window work until something is there.

    Raises
    ------
    ExportError
        It didn't come in time.
    """
    end = time.monotonic() + _PATIENCE_S
    while not there():
        QApplication.processEvents()
        time.sleep(_LOOK_EVERY_S)
        if time.monotonic() > end:
            raise ExportError(
                "The map wasn't ready in time.",
                "Reduce the time, the area or the number of places.",
            )
    QApplication.processEvents()


def settle() -> None:
    """Let what is laid out a moment later, as the legend and names, take its place."""
    end = time.monotonic() + _QUIET_S
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(_LOOK_EVERY_S)


def write_png(picture: QImage, file: Path) -> None:
    """Write a picture, whole or not at all."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    with replacing(file) as beside:
        beside.write_bytes(held.data())
