"""Edits of the streets on screen: drawn, tried on the streets, kept as a step to take back."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job, Jobs
from sandbox.app.questions import LonLat
from sandbox.app.session import Session
from sandbox.app.state import LINE_SKETCHES, POINT_SKETCHES, MapState
from sandbox.edits import street_edits_file
from sandbox.edits.street_edits import (
    ADDING,
    KINDS,
    MAX_EDITS,
    NEAR_M,
    Kind,
    StreetEdit,
    StreetEdits,
    apply,
)
from sandbox.engine.snap import ANYWHERE
from sandbox.errors import NetworkError, SandboxError
from sandbox.geo.crs import to_metric
from sandbox.kept import keep
from sandbox.words import Text, words_of

EDITS: Final = "street_edits"
# How many points a drawing needs to be one.
POINTS: Final[dict[Kind, int]] = {
    "closed": 1,
    "avoid": 3,
    "slow": 3,
    "footbridge": 2,
    "path": 2,
}
TITLES: Final[dict[Kind, Text]] = {
    "closed": Text("Closed street"),
    "avoid": Text("Area to avoid"),
    "slow": Text("Slow zone"),
    "footbridge": Text("Footbridge"),
    "path": Text("Path"),
}
_SLOW_FACTOR: Final = 2.0
_NAMES: Final[dict[Kind, str]] = {
    "closed": "Closed street {number}",
    "avoid": "Area to avoid {number}",
    "slow": "Slow zone {number}",
    "footbridge": "Footbridge {number}",
    "path": "Path {number}",
}
# Degrees: a tenth of a metre, and files stay short.
_DECIMALS: Final = 6

Report = Callable[[str, SandboxError | None], None]


# Editing, and tying streets to an index again, takes longer than an answer.
@keep(2)
def edited(atlas: Atlas, edits: StreetEdits) -> Atlas:
    """Return an atlas over its edited streets; the last two are kept, as a hand drags over them.

    Raises
    ------
    NetworkError
        The edits don't fit the streets.
    """
    network = apply(atlas.network, edits)
    return atlas if network is atlas.network else Atlas(atlas.layers, network, atlas.title)


def kinds_on(edits: StreetEdits) -> tuple[Kind, ...]:
    """Return the kinds of the edits that count, each once, as legends list them."""
    on = {edit.kind for edit in edits.edits if edit.on}
    return tuple(kind for kind in KINDS if kind in on)


def closed(state: MapState) -> tuple[BaseGeometry | None, ...]:
    """Return the streets that each edit closes as lines, WGS 84, once they are known."""
    found = state.answers.edits_answer
    if found is None or found.edits != state.document.edits:
        return (None,) * len(state.document.edits.edits)
    return found.closed


def told(edits: StreetEdits) -> Text | None:
    """Return what everything that follows from edited streets must say; None without edits."""
    count = sum(edit.on for edit in edits.edits)
    return Text("Street edits: {count}", {"count": count}) if count else None


class Editing:
    """Turns what a hand draws, or a file holds, into edits of the session's streets.

    An edit is tried off the UI thread before it counts: one that means no street is
    refused with the reason, and the map stays as it was.

    Parameters
    ----------
    session
        Whose streets are edited.
    jobs
        Where edits are tried.
    report
        Told what went wrong, and None once it is right again.
    """

    def __init__(self, session: Session, jobs: Jobs, report: Report) -> None:
        self._session, self._jobs, self._report = session, jobs, report
        self._waiting: tuple[StreetEdit, ...] = ()
        session.listen_atlas(lambda _atlas: self._forget())
        self._refused = False
        session.listen(self._changed)

    def _changed(self, before: MapState, after: MapState) -> None:
        if self._refused and _done(before) != _done(after):
            self._say(None)
        self.start()

    def _say(self, refused: SandboxError | None) -> None:
        """Say why an edit was refused, until the next thing is done."""
        self._refused = refused is not None
        self._report(EDITS, refused)

    def start(self) -> None:
        """Take up what was drawn."""
        state = self._session.state
        # A street is closed by one touch, and the next touch closes another.
        if state.gesture.sketch and state.gesture.sketch_kind == "closed":
            self._session.change(sketch=())
            self._add("closed", _shape("closed", state.gesture.sketch[-1:]))

    def begin(self, kind: Kind) -> None:
        """Have the next touches of the map draw an edit of a kind."""
        self._say(None)
        self._session.change(sketch=(), sketch_kind=kind)

    def undo(self) -> None:
        """Take back the last point that was drawn, else the session's last change."""
        self._say(None)
        sketch = self._session.state.gesture.sketch
        if sketch:
            self._session.change(sketch=sketch[:-1])
        else:
            self._session.undo()

    def end(self) -> None:
        """Draw no more; what was begun is forgotten."""
        self._say(None)
        self._session.change(sketch=None, sketch_kind="line")

    def finish(self) -> None:
        """Make an edit of what has been drawn; nothing while it has too few points."""
        state = self._session.state
        kind, points = state.gesture.sketch_kind, state.gesture.sketch or ()
        if kind in POINT_SKETCHES or kind in LINE_SKETCHES or len(points) < POINTS[kind]:
            return
        self._add(kind, _shape(kind, points))

    def change(self, number: int, **fields: object) -> None:
        """Change one of the edits, such as its name, factor, or whether it counts."""
        edits = list(self._session.state.document.edits.edits)
        edits[number] = replace(edits[number], **fields)  # type: ignore[arg-type]
        self._session.change(undoable=True, edits=StreetEdits(tuple(edits)))

    def remove(self, number: int) -> None:
        """Take one of the edits away."""
        self._session.change(
            undoable=True, edits=self._session.state.document.edits.without(number)
        )

    def open(self, file: Path) -> None:
        """Put the edits of a file in the place of those on the map."""
        self._forget()
        work = partial(_read, self._session.atlas, file)
        self._jobs.ask(EDITS, work, self._opened, self._failed)

    def _add(self, kind: Kind, shape: BaseGeometry) -> None:
        state = self._session.state
        known = [*state.document.edits.edits, *self._waiting]
        number = 1 + sum(edit.kind == kind for edit in known)
        name = words_of(state.language)(_NAMES[kind], number=number)
        factor = _SLOW_FACTOR if kind == "slow" else 1.0
        # When cycling is asked for, what is drawn is open to bikes too.
        rides = (
            kind in ADDING
            and state.document.reach is not None
            and state.document.reach.travel.mode == "bike"
        )
        modes = ("walk", "bike") if rides else ()
        # A touch that comes while another is tried is tried with it.
        self._waiting = (*self._waiting, StreetEdit(kind, shape, name, modes, factor))
        work = partial(_tried, self._session.atlas, state.document.edits, self._waiting)
        self._jobs.ask(EDITS, work, self._fits, self._failed)

    def _fits(self, tried: tuple[tuple[StreetEdit, ...], SandboxError | None]) -> None:
        added, refused = tried
        self._waiting = ()
        # Where nothing fits, what was drawn stays, so that its points can be mended.
        if added:
            if self._session.state.gesture.sketch:
                self._session.change(sketch=None, sketch_kind="line")
            edits = self._session.state.document.edits.edits
            self._session.change(undoable=True, edits=StreetEdits((*edits, *added)))
        # Last, because every change of the map clears the message.
        self._say(refused)

    def _opened(self, edits: StreetEdits) -> None:
        self._say(None)
        self._session.change(undoable=True, edits=edits)

    def _failed(self, error: Exception) -> None:
        self._waiting = ()
        if not isinstance(error, SandboxError):
            raise error
        self._say(error)

    def _forget(self) -> None:
        self._waiting = ()
        self._jobs.cancel(EDITS)


def _done(state: MapState) -> tuple[object, ...]:
    """Return what people change of a state by what they do."""
    return (
        state.gesture.sketch,
        state.gesture.sketch_kind,
        state.document.edits,
        state.document.reach,
        state.gesture.selected,
        state.document.analyses,
    )


def _shape(kind: Kind, points: tuple[LonLat, ...]) -> BaseGeometry:
    at = [(round(lon, _DECIMALS), round(lat, _DECIMALS)) for lon, lat in points]
    if kind == "closed":
        return shapely.Point(at[0])
    return shapely.Polygon(at) if kind in ("avoid", "slow") else shapely.LineString(at)


def _tried(
    atlas: Atlas,
    edits: StreetEdits,
    more: tuple[StreetEdit, ...],
    job: Job,
) -> tuple[tuple[StreetEdit, ...], SandboxError | None]:
    """Return those of some more edits that fit the streets, and why the last other doesn't."""
    found: tuple[StreetEdit, ...] = ()
    refused: SandboxError | None = None
    for edit in more:
        named = _named(atlas, edit)
        try:
            _check_number(len(edits.edits) + len(found) + 1)
            edited(atlas, StreetEdits((*edits.edits, *found, named)))
        except SandboxError as error:
            refused = error
        else:
            found = (*found, named)
    return found, refused


def _check_number(count: int) -> None:
    if count > MAX_EDITS:
        raise NetworkError(
            "The map can have at most {limit} street edits.",
            "Remove some of them first.",
            limit=MAX_EDITS,
        )


def _named(atlas: Atlas, edit: StreetEdit) -> StreetEdit:
    if edit.kind != "closed":
        return edit
    network = atlas.network
    at = to_metric(shapely.get_coordinates(edit.shape), network.crs)
    segment = int(network.snap_all(at, NEAR_M, network.modes[0], ANYWHERE).segment[0])
    name = network.street_name(segment) if segment >= 0 else ""
    return replace(edit, name=name) if name else edit


def _read(atlas: Atlas, file: Path, job: Job) -> StreetEdits:
    job.report(-1.0, Text("Reading the street edits"))
    found = street_edits_file.read(file)
    edited(atlas, found)
    return found
