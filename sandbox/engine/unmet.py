"""Streets that lie nearest to places, and that no place meets: closed by edits, or left out."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from sandbox.engine import snap
from sandbox.engine.snap import FARTHER_M, GROUND, SegmentIndex
from sandbox.errors import NetworkError
from sandbox.streets.attachments import Attachments
from sandbox.streets.modes import ACCESS, Access
from sandbox.streets.streets import Streets, Structure
from sandbox.words import Text

# Streets are equally near to a place within this.
_ROUNDED_M = 1e-6


class UnmetStreets:
    """What of a network's streets places lie at and don't meet; indexes are made when asked for.

    Parameters
    ----------
    streets
        The streets; they aren't changed.
    """

    def __init__(self, streets: Streets) -> None:
        self._streets = streets
        self._indexes: dict[tuple[str, str, tuple[Structure, ...]], SegmentIndex] = {}

    def shut(
        self,
        xy: npt.ArrayLike,
        limit_m: float,
        mode: str,
        structures: tuple[Structure, ...] = GROUND,
    ) -> Attachments | None:
        """Return where places meet streets that an edit closed; None where there are none."""
        streets, shut = self._streets, self._streets.shut
        if shut is None:
            return None

        def make(access: Access) -> SegmentIndex:
            # A line that was drawn and closed again was nobody's street.
            left = shut if streets.built is None else shut * (streets.built >= 0)
            return snap.index(replace(streets, access=left), access, structures)

        return self._nearest("shut", make, xy, limit_m, mode, structures)

    def alone(
        self,
        xy: npt.ArrayLike,
        limit_m: float,
        mode: str,
        structures: tuple[Structure, ...] = GROUND,
    ) -> Attachments | None:
        """Return where places meet streets that were left out; None where there are none."""
        pieces = self._streets.pieces
        if pieces is None:
            return None

        def make(access: Access) -> SegmentIndex:
            return snap.pieces_index(pieces, access, structures)

        return self._nearest("alone", make, xy, limit_m, mode, structures)

    def unless_shut(
        self,
        found: Attachments,
        xy: npt.ArrayLike,
        limit_m: float,
        mode: str,
        structures: tuple[Structure, ...],
    ) -> Attachments:
        """Return where places meet streets, if none that an edit closed is nearer.

        A place at a closed street gets no other one instead: over open ground the next street
        could be a short cut, and closing a street would make a way faster.
        """
        shut = self.shut(xy, limit_m, mode, structures)
        if shut is None:
            return found
        # A place at a crossing keeps the streets that are left there.
        between = np.hypot(*(shut.street_xy - found.street_xy).T)
        nearer = shut.distance_m + _ROUNDED_M < found.distance_m
        lost = nearer & ~(between <= snap.AT_NODE_M)
        # A line that is drawn in its stead may lie a little farther off.
        return replace(
            found,
            segment=np.where(lost, np.int32(-1), found.segment),
            distance_m=np.where(lost, shut.distance_m + FARTHER_M, found.distance_m),
        )

    def unless_alone(
        self,
        found: Attachments,
        xy: npt.ArrayLike,
        limit_m: float,
        mode: str,
        structures: tuple[Structure, ...],
    ) -> Attachments:
        """Return where places meet streets, if none that hangs alone is so much nearer."""
        alone = self.alone(xy, limit_m, mode, structures)
        if alone is None:
            return found
        cut_off = alone.distance_m + FARTHER_M < found.distance_m
        return Attachments(
            np.where(cut_off, np.int32(-1), found.segment),
            found.fraction,
            found.street_xy,
            np.where(cut_off, np.inf, found.distance_m),
        )

    def hanging_alone(self, alone: Attachments, nearest: Attachments, mode: str) -> NetworkError:
        """Return what is said of a place at a piece that was left out, and the next street."""
        pieces = self._streets.pieces
        row = int(alone.segment[0])
        name = int(pieces.name[row]) if pieces is not None else -1
        piece_m = float(pieces.piece_m[row]) if pieces is not None else 0.0
        return NetworkError(
            "The nearest street, {street}, is {distance} m away, but it belongs to {length} "
            "m of streets that are not connected to the others in both directions ({mode}); "
            "the nearest other street is {farther} m away.",
            "Choose a place nearer to another street.",
            street=self._streets.names[name] if name >= 0 else Text("unnamed"),
            distance=round(float(alone.distance_m[0])),
            length=f"{piece_m:,.0f}",
            mode=mode,
            farther=round(float(nearest.distance_m[0])),
        )

    def _nearest(  # noqa: PLR0917
        self,
        which: str,
        make: Callable[[Access], SegmentIndex],
        xy: npt.ArrayLike,
        limit_m: float,
        mode: str,
        structures: tuple[Structure, ...],
    ) -> Attachments | None:
        made = self._indexes.get((which, mode, structures))
        if made is None:
            ahead, back = ACCESS[mode]
            made = self._indexes[which, mode, structures] = make(ahead | back)
        return made.nearest(xy, limit_m) if len(made.segment) else None
