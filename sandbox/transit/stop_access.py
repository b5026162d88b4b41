"""Where stops meet the streets: their entrances, or they themselves."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.engine.graph import Graph
from sandbox.engine.kernel import Ints
from sandbox.engine.network import Network
from sandbox.engine.snap import ANYWHERE, with_drawn
from sandbox.streets.attachments import Attachments
from sandbox.streets.modes import Access
from sandbox.streets.streets import AccessBits
from sandbox.units import MS_PER_M_AT_1_KMH, NEVER_MS

# How far to look for another street if that of a stop is closed.
_DOOR_M: Final = 500.0
_FIELDS: Final = ("segment", "fraction", "street_xy", "distance_m")


@dataclass(frozen=True, slots=True, eq=False)
class Doors:
    """Where stops meet the streets: rows of doors, each row of one stop.

    The doors of a row are as far from their platform as one another, so that of two ways
    through them the one with the shorter walk is also the sooner. A stop has as many rows as
    it needs.

    Attributes
    ----------
    stops
        How many stops there are.
    stop
        Stop of each row, int32.
    offsets
        First door of each row, int32, shape ``(rows + 1,)``.
    at
        Street point of each door.
    in_ms, out_ms
        From a door to its platform and back, int32; `NEVER_MS` where one may not go that way.
    """

    stops: int
    stop: Ints
    offsets: Ints
    at: Attachments
    in_ms: Ints
    out_ms: Ints

    def walk_ms(self, graph: Graph) -> Ints:
        """Return the walk from each street point to its door, endless where one may not go in."""
        walk = np.rint(self.at.distance_m * (MS_PER_M_AT_1_KMH / graph.speed_kmh))
        walk[self.in_ms == NEVER_MS] = NEVER_MS
        return np.minimum(walk, NEVER_MS - 1).astype(np.int32)

    def step_ms(self, graph: Graph) -> Ints:
        """Return the time from each door's street point to the platform."""
        inside_ms = self.in_ms.astype(np.int64)
        return np.minimum(self.walk_ms(graph) + inside_ms, NEVER_MS - 1).astype(np.int32)

    def on_copies(self, graph: Graph) -> "Doors":
        """Return the doors on all copies of their streets too."""
        at, which = graph.on_copies(self.at)
        if len(which) == len(self.in_ms):
            return self
        row = np.repeat(np.arange(len(self.stop)), np.diff(self.offsets))[which]
        order = np.argsort(row, kind="stable")
        which = which[order]
        return replace(
            self,
            offsets=np.searchsorted(row[order], np.arange(len(self.offsets))).astype(np.int32),
            at=at[order],
            in_ms=self.in_ms[which],
            out_ms=self.out_ms[which],
        )

    def turned(self) -> "Doors":
        """Return the access points for the opposite direction: in where these lead out."""
        return replace(self, in_ms=self.out_ms, out_ms=self.in_ms)

    def joined(self, more: "Doors") -> "Doors":
        """Return these rows with more rows after them."""
        pairs = ((getattr(self.at, k), getattr(more.at, k)) for k in _FIELDS)
        return Doors(
            max(self.stops, more.stops),
            np.concatenate([self.stop, more.stop]),
            np.concatenate([self.offsets, more.offsets[1:] + self.offsets[-1]]).astype(np.int32),
            Attachments(*(np.concatenate(pair) for pair in pairs)),
            np.concatenate([self.in_ms, more.in_ms]),
            np.concatenate([self.out_ms, more.out_ms]),
        )


def doors(
    stops: int,
    stop: npt.NDArray[np.int32],
    at: Attachments,
    in_ms: npt.NDArray[np.int32],
    out_ms: npt.NDArray[np.int32] | None = None,
) -> Doors:
    """Return doors with rows for each stop that has some; those without a street are left out.

    The way out takes what the way in does where it isn't given.
    """
    out_ms = in_ms if out_ms is None else out_ms
    kept = np.flatnonzero(at.segment >= 0)
    order = kept[np.lexsort((out_ms[kept], in_ms[kept], stop[kept]))]
    keys = np.column_stack([stop[order], in_ms[order], out_ms[order]])
    rows, counts = np.unique(keys, axis=0, return_counts=True)
    return Doors(
        stops,
        rows[:, 0].astype(np.int32),
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int32),
        at[order],
        in_ms[order].astype(np.int32),
        out_ms[order].astype(np.int32),
    )


def by_number(number: Ints, count: int) -> tuple[Ints, Ints]:
    """Return entries by their numbers, and where those of each number begin; without -1."""
    order = np.argsort(number, kind="stable").astype(np.int32)
    return order, np.searchsorted(number[order], np.arange(count + 1)).astype(np.int32)


def tied_again(
    network: Network, doors: Attachments, xy: npt.NDArray[np.float64] | None = None
) -> tuple[Attachments, npt.NDArray[np.int64]]:
    """Return the doors of stops on edited streets, and which door before each was, ascending.

    A door keeps its street, and meets each drawn line that is nearer as well, as places do.
    Where its street is cut or closed it goes on to the nearest one that was built.

    Parameters
    ----------
    network
        The edited streets.
    doors
        Where the doors met the streets before.
    xy
        Where the doors themselves are, metres, shape ``(d, 2)``; NaN where that isn't known.
        Such a door goes on from its street point, with the step to that besides.
    """
    access = network.streets.access[doors.segment]
    kept = (doors.segment < 0) | ((access & AccessBits(Access.WALK)) != 0)
    lost = np.flatnonzero(~kept)
    own_xy = np.full_like(doors.street_xy, np.nan) if xy is None else xy
    known = np.isfinite(own_xy[:, 0])
    where = np.where(known[:, None], own_xy, doors.street_xy)
    step_m = np.where(known, 0.0, doors.distance_m)
    columns = [np.array(getattr(doors, key)) for key in _FIELDS]
    if len(lost):
        again = _farther(
            network.snap_built(where[lost], _DOOR_M, structures=ANYWHERE), step_m[lost]
        )
        for column, key in zip(columns, _FIELDS, strict=True):
            column[lost] = getattr(again, key)
    drawn = network.snap_drawn(where, _DOOR_M, structures=ANYWHERE)
    return with_drawn(Attachments(*columns), [_farther(line, step_m) for line in drawn])


def _farther(at: Attachments, more_m: npt.NDArray[np.float64]) -> Attachments:
    return replace(at, distance_m=at.distance_m + more_m)
