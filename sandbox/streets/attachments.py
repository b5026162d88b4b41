"""Where places are tied to streets, as values."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True, eq=False)
class Attachments:
    """Places tied to their streets.

    A place at an end of its segment, where the fraction is 0 or 1, is at that node: it is
    left by every street that leaves the node, and reached by every street that leads there.

    Attributes
    ----------
    segment
        Nearest segment, int32, shape ``(k,)``; -1 where none is near enough.
    fraction
        How far along it from its from-node, 0 to 1, float64, shape ``(k,)``.
    street_xy
        That point, metres, float64, shape ``(k, 2)``.
    distance_m
        From the place to that point, float64, shape ``(k,)``; infinite where none.
    """

    segment: npt.NDArray[np.int32]
    fraction: npt.NDArray[np.float64]
    street_xy: npt.NDArray[np.float64]
    distance_m: npt.NDArray[np.float64]

    def nodes(self, segment_nodes: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
        """Return the node that each place is at, int32, shape ``(k,)``; -1 for the others.

        Parameters
        ----------
        segment_nodes
            From and to node of each segment, as `Streets` holds them.
        """
        ended = (self.segment >= 0) & ((self.fraction == 0.0) | (self.fraction == 1.0))
        node = np.full(len(self.segment), -1, dtype=np.int32)
        node[ended] = segment_nodes[self.segment[ended], self.fraction[ended].astype(np.int64)]
        return node

    def __getitem__(self, which: npt.NDArray[np.bool_] | npt.NDArray[np.int_]) -> "Attachments":
        return Attachments(
            self.segment[which],
            self.fraction[which],
            self.street_xy[which],
            self.distance_m[which],
        )


@dataclass(frozen=True, slots=True)
class Attachment:
    """One place tied to its street; fields as in `Attachments`, for one."""

    segment: int
    fraction: float
    xy: tuple[float, float]
    distance_m: float

    def as_many(self) -> Attachments:
        """Return it as attachments of one place."""
        return Attachments(
            np.array([self.segment], dtype=np.int32),
            np.array([self.fraction]),
            np.array([self.xy]),
            np.array([self.distance_m]),
        )
