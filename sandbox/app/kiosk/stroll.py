"""A way that walks itself: which leg it is on, and how many minutes into it, by the clock."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sandbox.analysis.route import Route

# How long a leg shows: long ways shorter than in proportion, short ones long enough to follow.
_LEAST_S: Final = 2.6
_ROOT_MINUTE_S: Final = 1.2
_PAUSE_S: Final = 1.6
_REST_S: Final = 4.0


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a stroll is.

    Attributes
    ----------
    leg
        Index of the leg that is walked, or that was walked last.
    minutes
        How far into it.
    stop
        Index of the stop reached last, the start being 0.
    """

    leg: int
    minutes: float
    stop: int


class Stroll:
    """Legs one after another, with a pause at each stop; at the end it begins anew.

    Parameters
    ----------
    legs
        The ways; None where there is none, which is left out.
    """

    def __init__(self, legs: Sequence[Route | None]) -> None:
        self.legs = tuple(legs)
        shown = (0.0 if leg is None else self._leg_s(leg) for leg in self.legs)
        self._ends_s: list[float] = []
        at = _PAUSE_S
        for length in shown:
            at += length
            self._ends_s.append(at)
            at += _PAUSE_S
        self.length_s = at - _PAUSE_S + _REST_S

    @staticmethod
    def _leg_s(leg: Route) -> float:
        return _LEAST_S + _ROOT_MINUTE_S * math.sqrt(leg.minutes)

    def at(self, elapsed_s: float) -> Stand:
        """Return where it is after some seconds; without end, where it ends."""
        if not self.legs:
            return Stand(0, 0.0, 0)
        last = len(self.legs) - 1
        if math.isinf(elapsed_s):
            return Stand(last, self._whole(last), last + 1)
        now = elapsed_s % self.length_s
        for index, end in enumerate(self._ends_s):
            leg = self.legs[index]
            if now < end:
                shown = 0.0 if leg is None else self._leg_s(leg)
                share = 0.0 if shown == 0.0 else max(0.0, 1.0 - (end - now) / shown)
                # Quick on the way, slow at both ends.
                eased = share * share * (3.0 - 2.0 * share)
                return Stand(index, self._whole(index) * eased, index)
        return Stand(last, self._whole(last), last + 1)

    def _whole(self, index: int) -> float:
        leg = self.legs[index]
        return 0.0 if leg is None else leg.minutes
