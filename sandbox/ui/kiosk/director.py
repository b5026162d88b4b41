"""Puts what the show is at onto the map: a scene's layers, ground, question and figures."""

import logging
import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeVar, cast

from sandbox.app.answers import audit, compare, reach
from sandbox.app.answers.compare import lonlat_beside, place_beside
from sandbox.app.asking import Asker
from sandbox.app.jobs import Jobs
from sandbox.app.kiosk.answer_card import MINUTES
from sandbox.app.kiosk.pace import Pace
from sandbox.app.kiosk.scenes import scenes
from sandbox.app.kiosk.show import Show, ShowState
from sandbox.app.kiosk.subjects.seen import ground_spots
from sandbox.app.kiosk.subjects.told import says_here, stands_alone, subjects, subjects_of
from sandbox.app.questions import (
    Against,
    AgainstAnswer,
    LonLat,
    ReachAnswer,
    ReachQuestion,
    Selected,
)
from sandbox.app.session import Session
from sandbox.app.state import MapState, Subject, View
from sandbox.catalog.scenes import Scene
from sandbox.draw.answers.outlines import outlines_for
from sandbox.draw.theme import tokens
from sandbox.draw.viewport import moved
from sandbox.errors import SandboxError
from sandbox.geo.crs import to_lonlat
from sandbox.streets.modes import MODES, Mode
from sandbox.ui.kiosk.figures import Figures
from sandbox.ui.kiosk.layout import Grid
from sandbox.ui.kiosk.subjects.shown_in import shown_in
from sandbox.ui.visitor.seen import view_of_both
from sandbox.words import Text, words_of

_LOG: Final = logging.getLogger("sandbox.kiosk")
K = TypeVar("K")
V = TypeVar("V")
_ANSWERS_KEPT: Final = 16
# An answer that the camera shows gets this much room; smaller changes of scale aren't worth
# a flight.
_ROUND: Final = 1.06
_MUCH: Final = 0.25
# How far the map drifts a second while nobody touches it, in design pixels.
DRIFT_PX_S: Final = 6.0


class Director:
    """Keeps a session at what the show says; used in the UI thread.

    Parameters
    ----------
    show, session, jobs
        What is on, the map, and where slow work is done.
    now_s
        A clock that never jumps, seconds.
    idle_s
        So long nobody touches before scenes follow one another.
    scene_s
        How long each scene shows then; 0 leaves it to the scene.
    motion
        Whether the map drifts; people may have asked for less motion.
    """

    def __init__(
        self,
        show: Show,
        session: Session,
        jobs: Jobs,
        now_s: Callable[[], float],
        *,
        idle_s: float = 90.0,
        scene_s: float = 0.0,
        motion: bool = True,
    ) -> None:
        self._show, self._session, self.jobs = show, session, jobs
        self._now_s, self._scene_s, self._motion = now_s, scene_s, motion
        self.pace = Pace(idle_s, now_s())
        prepare = outlines_for(session)
        kinds = (reach.KIND, compare.KIND, audit.ANALYSIS.kind)
        self.asker = Asker(session, jobs, self._report, kinds, prepare)
        # Called before the camera moves on, while the map is still as it was.
        self.before_flight: Callable[[], None] = lambda: None
        self.figures = Figures(
            show, session, jobs, now_s,
            motion=motion, moving=lambda: self.asker.moving, told=self._tell,
        )  # fmt: skip
        # Answers to the scenes' own questions, so that a step that was seen comes at once.
        self._kept: OrderedDict[ReachQuestion, ReachAnswer] = OrderedDict()
        self._kept_against: OrderedDict[tuple[Against, ReachQuestion], AgainstAnswer]
        self._kept_against = OrderedDict()
        self.refusal: Text | None = None
        self._grid: Grid | None = None
        # Whether this machine is too slow for scenes in 3D.
        self.flat = False
        # Where the camera looks in each step that was shown on this screen.
        self._views: dict[tuple[str, int], View] = {}
        self._begun: View | None = None
        self._to_fit: ReachQuestion | None = None
        self._drifted_s = now_s()
        self._listeners: list[Callable[[], None]] = []
        ends = [show.listen(self._changed), session.listen(self._map_changed)]
        self._ends = ends

    def close(self) -> None:
        """Listen no more."""
        for end in self._ends:
            end()
        self._ends = []

    def listen(self, listener: Callable[[], None]) -> None:
        """Call `listener` when a scene's figures have come, or an answer was refused."""
        self._listeners.append(listener)

    def fit(self, grid: Grid) -> None:
        """Show the scene on a screen of another shape or size."""
        self._grid = grid
        self._views.clear()
        self._begin(self._show.scene)

    def touched(self) -> None:
        """Somebody is there: the loop ends at the scene that is on."""
        self.pace.touched(self._now_s())
        if self._show.state.attract:
            self._show.change(attract=False)
            view = self._begun
            if view is not None:
                self._session.change(view=view)

    def share(self) -> float:
        """Return how much of the scene's time has passed, 0 to 1."""
        return self.pace.share(self._now_s(), self._duration_s())

    def tick(self) -> None:
        """Do what is due by the clock."""
        state = self._show.state
        now = self._now_s()
        if state.frozen or state.black:
            self.pace.scene_began(now)
            self._drifted_s = now
            return
        guided = state.mode == "guided"
        due = self.pace.step(now, self._duration_s(), attract=state.attract, guided=guided)
        if due == "attract":
            self._show.reset()
            self._show.change(attract=True)
            self.pace.scene_began(now)
            self._begin(self._show.scene)
        elif due == "next":
            self._advance()
        if state.attract:
            self._drift(now)
        self._follow_sun()

    # What fingers ask.

    def press(self, lonlat: LonLat, moving: bool, place: Selected | None = None) -> None:
        """Ask from another place; while a finger drags, the answer follows it."""
        self.refusal = None
        if lonlat_beside(self._session.state.document.against) is not None:
            self._session.change(against=None)
        self.asker.move_origin(lonlat, moving, place)

    def compare(self, one: LonLat, other: LonLat, moving: bool) -> None:
        """Ask from two places at once; the map and the card then compare them."""
        self.refusal = None
        self._session.change(against=place_beside(other))
        self.asker.move_origin(one, moving)

    def find(self, lonlat: LonLat, place: Selected | None, *, compares: bool) -> None:
        """Go to a place that was searched for and ask from there, or compare it with the last."""
        asked = self._session.state.document.reach
        if self._grid is None:
            return
        now = self._session.state.document.view
        first = asked.origin_lonlat if compares and asked is not None else lonlat
        self.before_flight()
        self._begun = view_of_both(now, first, lonlat, self._grid, self._session.atlas.crs)
        self._session.change(view=self._begun)
        if compares:
            self.compare(first, lonlat, moving=False)
        else:
            self.press(lonlat, False, place)

    def choose(self, place: Selected | None) -> None:
        """Tell of one of the homes that a scene audits, or of all of them."""
        audited = scenes.audit_of(self._show.scene, self._show.state.stage)
        home = place is not None and audited is not None and place.layer == audited.homes
        self._session.change(selected=place if home else None)

    def minutes(self, longest: float) -> None:
        """Ask for other cutoffs."""
        asked = self._session.state.document.reach
        if asked is not None and longest in MINUTES:
            self._ask(replace(asked, minutes=MINUTES[longest]))

    def mode(self, name: str) -> None:
        """Ask for another way of moving; cutoffs become those that it offers."""
        mode = cast("Mode", name)
        asked = self._session.state.document.reach
        if asked is None:
            return
        atlas = self._session.atlas
        offered = MODES[mode].offered_minutes
        minutes = asked.minutes if asked.minutes[-1] in offered else MINUTES[offered[0]]
        scene, stage = self._show.scene, self._show.state.stage
        self._ask(replace(scenes.by_mode(atlas, scene, stage, asked, mode), minutes=minutes))

    def _ask(self, asked: ReachQuestion) -> None:
        """Ask something that reaches farther or less far; the camera will follow."""
        self.refusal, self._to_fit = None, asked
        self.asker.ask(asked)
        answer = self._session.state.answers.reach_answer
        if answer is not None:
            self._follow(answer)

    # The show.

    def _changed(self, before: ShowState, after: ShowState) -> None:
        if (before.scene, before.stage) != (after.scene, after.stage):
            if before.scene != after.scene:
                self.pace.scene_began(self._now_s())
            try:
                self._begin(self._show.scene)
            # Whatever a scene's data holds: the visitor sees the next scene.
            except Exception as error:
                _LOG.exception("scene %s", after.scene)
                self._show.skip(after.scene, f"{after.scene}: {error}")
        if before.language != after.language:
            self._session.change(language=after.language)

    def _advance(self) -> None:
        """Show the scene's next step where it has one, else the next scene."""
        film = self._show.scene.film
        count = self._show.scene.steps if film is None else len(film.seconds)
        if self._show.state.stage + 1 < count:
            self.pace.scene_began(self._now_s())
            self._show.change(stage=self._show.state.stage + 1)
        else:
            self.pace.scene_began(self._now_s())
            before = self._show.state
            self._show.do("next")
            if self._show.state == before:
                # A show of a single picture would drift off the map for good.
                self._begin(self._show.scene)

    def _duration_s(self) -> float:
        scene, stage = self._show.scene, self._show.state.stage
        if scene.film is not None and not self._scene_s:
            return scene.film.seconds[min(stage, len(scene.film.seconds) - 1)]
        return (self._scene_s or scene.duration_s) / max(1, scene.steps) ** 0.5

    def _begin(self, scene: Scene) -> None:
        if self._grid is None:
            return
        atlas, stage = self._session.atlas, self._show.state.stage
        self.refusal = None
        about = subjects(atlas, scene, stage)
        if (scene.id, stage) not in self._views:
            self._views[scene.id, stage] = self._view(scene, stage, about)
        self._begun = self._views[scene.id, stage]
        timeline = scene.timeline
        question, against = (
            scenes.question_of(atlas, scene, stage), scenes.against_of(scene, stage),
        )  # fmt: skip
        if self._begun != self._session.state.document.view:
            self.before_flight()
        known = None if question is None else self._kept.get(question)
        compared = None
        if question is not None and against is not None:
            compared = self._kept_against.get((against, question))
        audited = scenes.audit_of(scene, stage)
        self._session.change(
            view=self._begun,
            layers=scenes.layers_shown(atlas, scene, stage),
            language=self._show.state.language,
            reach=question,
            reach_answer=known,
            against=against,
            against_answer=compared,
            opened_by=None if timeline is None else timeline.first + stage,
            selected=None,
            analyses=() if audited is None else (audited,),
            reach_opacity=None if scenes.answer_shown(scene, stage) else 0.0,
            subjects=about,
            subjects_alone=stands_alone(scene, stage),
            hour=scenes.hour_of(scene, stage, -1),
        )
        # The ground rests until the camera has arrived.
        self._drifted_s = self._now_s() + float(tokens()["motion"]["camera_max"]) / 1e3
        self.figures.begin(scene)

    def lay_flat(self, frame_s: float) -> None:
        """Show all scenes flat from now on, and tell the operator why."""
        self.flat = True
        self._views.clear()
        said = Text("3D is off: a frame takes {ms} ms here.", {"ms": f"{frame_s * 1000:.0f}"})
        self._show.note(said.said(words_of(self._show.state.language)))
        self._begin(self._show.scene)

    def _view(self, scene: Scene, stage: int, about: tuple[Subject, ...]) -> View:
        """Return the view in which a step's ground is seen, and all that it is about."""
        assert self._grid is not None  # noqa: S101
        camera, atlas = scenes.camera_of(scene, stage), self._session.atlas
        center = scenes.middle(atlas, camera)
        tilted = camera.view == "3d" and not self.flat
        high_m = camera.height_m
        if tilted and self._grid.shape == "wall":
            # Tilted ground is seen shortened: a wide screen is filled by more of its width.
            high_m *= math.cos(math.radians(camera.tilt_deg))
        view = self._grid.view(center, camera.width_m, high_m, atlas.crs)
        if tilted:
            view = replace(view, tilt_deg=camera.tilt_deg, bearing_deg=camera.bearing_deg % 360.0)
        told = subjects_of(scene, stage) is not None
        if not about and not told:
            return view
        here = says_here(scene, stage)
        spots = ground_spots(atlas, about, here=here)
        return shown_in(view, spots, self._grid, scene, atlas.crs)

    def _map_changed(self, before: MapState, after: MapState) -> None:
        """Keep answers to the scenes' own questions; ask for the way to the desks."""
        answer, compared = after.answers.reach_answer, after.answers.against_answer
        own = self.own_question()
        if (
            answer is not None
            and answer is not before.answers.reach_answer
            and answer.question == own
        ):
            _keep(self._kept, answer.question, answer)
        fresh = compared is not None and compared is not before.answers.against_answer
        # A visitor's second place is never asked again, and its answer holds megabytes.
        wanted = scenes.against_of(self._show.scene, self._show.state.stage)
        if (
            compared is not None
            and fresh
            and (compared.question, compared.against) == (own, wanted)
        ):
            _keep(self._kept_against, (compared.against, compared.question), compared)
        if answer is not None:
            self._follow(answer)
        if after.document.reach != before.document.reach:
            self.figures.ask_desks(after.document.reach)

    def _follow(self, answer: ReachAnswer) -> None:
        """Show as much ground as an awaited answer fills, where much less or more is shown."""
        if answer.question != self._to_fit:
            return
        self._to_fit = None
        area = answer.isochrone.areas[-1] if answer.isochrone.areas else None
        if self._grid is None or area is None or area.is_empty:
            return
        crs = self._session.atlas.crs
        west, south, east, north = area.bounds
        lon, lat = to_lonlat(((west + east) / 2, (south + north) / 2), answer.isochrone.crs)
        wide, high = (east - west) * _ROUND, (north - south) * _ROUND
        view = self._grid.view((float(lon), float(lat)), wide, high, crs)
        if abs(math.log(view.m_per_px / self._session.state.document.view.m_per_px)) > _MUCH:
            self.before_flight()
            self._begun = view
            self._session.change(view=view)

    def own_question(self) -> ReachQuestion | None:
        """Return what the scene on screen asks by itself, None where it asks nothing."""
        return scenes.question_of(self._session.atlas, self._show.scene, self._show.state.stage)

    def _report(self, _lane: str, error: SandboxError | None) -> None:
        self.refusal = None if error is None else error.message
        self._tell()

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()

    def _follow_sun(self) -> None:
        """Light a day by the hour of its stop, while the table shows it."""
        if self._show.scene.day is None or self._session.state.document.view.tilt_deg <= 0.0:
            return
        hour = scenes.hour_of(self._show.scene, self._show.state.stage, self.figures.stop)
        if hour != self._session.state.gesture.hour:
            self._session.change(hour=hour)

    def _drift(self, now: float) -> None:
        """Let the ground glide along, slowly, to and fro by scenes."""
        if not self._motion or self._grid is None:
            return
        by = DRIFT_PX_S * max(0.0, now - self._drifted_s)
        view = self._session.state.document.view
        if view.tilt_deg > 0.0:
            # A table that moves is drawn coarser: it is looked at while it rests.
            return
        east = 1.0 if self._show.state.scenes.index(self._show.state.scene) % 2 else -1.0
        dx, dy = by * 0.92 * east, by * 0.39
        self._drifted_s = max(now, self._drifted_s)
        self._session.change(view=moved(view, self._session.atlas.crs, (dx, dy)))


def _keep(kept: OrderedDict[K, V], key: K, value: V) -> None:
    """Keep a value under its key; the oldest makes room."""
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > _ANSWERS_KEPT:
        kept.popitem(last=False)
