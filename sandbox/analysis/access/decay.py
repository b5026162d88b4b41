"""How much an opportunity counts by how far away it is: the decays in common use.

`half_min` is the time at which a smooth decay has fallen to one half, so that decays of different
shape can be compared. Beyond the cutoff nothing counts, whatever the decay.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from sandbox.words import Text

Doubles = npt.NDArray[np.float64]
Shape = Literal["step", "linear", "logistic", "exponential", "gaussian"]
SHAPES: Final[tuple[Shape, ...]] = ("step", "linear", "logistic", "exponential", "gaussian")
HALF_LIMITS: Final = (0.1, 240.0)
# Weights of the three equal zones of the enhanced catchment (Luo and Qi, "An enhanced two-step
# floating catchment area (E2SFCA) method", Health & Place 15, 2009: 0-10, 10-20, 20-30 minutes).
ZONES: Final = (1.0, 0.68, 0.22)


@dataclass(frozen=True, slots=True)
class Decay:
    """How much an opportunity counts by its time.

    Attributes
    ----------
    shape
        ``step``: f = 1. ``linear``: f = 1 - t / T. ``exponential``: f = exp(-ln 2 · t / h).
        ``gaussian``: f = exp(-ln 2 · (t / h)²). ``logistic``: f = 1 / (1 + exp((t - h) π /
        (s √3))), with the standard deviation s = h / 4 where none is given.
    cutoff_min
        T: nothing later counts.
    half_min
        h; by default half the cutoff.
    spread_min
        s of the logistic decay.
    zones
        Weights of equally long zones up to T, in place of a shape; empty for none.
    """

    shape: Shape
    cutoff_min: float
    half_min: float | None = None
    spread_min: float | None = None
    zones: tuple[float, ...] = ()

    @property
    def half(self) -> float:
        """Return the time at which a smooth decay has fallen to one half."""
        return self.cutoff_min / 2.0 if self.half_min is None else self.half_min

    @property
    def spread(self) -> float:
        """Return the standard deviation of the logistic decay."""
        return self.half / 4.0 if self.spread_min is None else self.spread_min

    def weight(self, minutes: Doubles) -> Doubles:
        """Return what opportunities at these times count, 0 to 1."""
        t = np.asarray(minutes, dtype=np.float64)
        if self.zones:
            zone = np.ceil(t / self.cutoff_min * len(self.zones)).astype(np.int64) - 1
            made = np.array(self.zones)[np.clip(zone, 0, len(self.zones) - 1)]
        elif self.shape == "step":
            made = np.ones_like(t)
        elif self.shape == "linear":
            made = 1.0 - t / self.cutoff_min
        elif self.shape == "exponential":
            made = np.exp(-math.log(2.0) * t / self.half)
        elif self.shape == "gaussian":
            made = np.exp(-math.log(2.0) * (t / self.half) ** 2)
        else:
            steep = np.clip((t - self.half) * math.pi / (self.spread * math.sqrt(3.0)), -700, 700)
            made = 1.0 / (1.0 + np.exp(steep))
        return np.where(t <= self.cutoff_min, made, 0.0)

    @property
    def formula(self) -> str:
        """Return it as reviewers write it, with its numbers."""
        within = f"t ≤ {self.cutoff_min:g}"
        if self.zones:
            edges = [self.cutoff_min * (i + 1) / len(self.zones) for i in range(len(self.zones))]
            return "f = " + ", ".join(
                f"{weight:g} (t ≤ {edge:g})" for weight, edge in zip(self.zones, edges, strict=True)
            )
        return {
            "step": f"f = 1 ({within})",
            "linear": f"f = 1 − t/{self.cutoff_min:g} ({within})",
            "exponential": f"f = exp(−ln2·t/{self.half:g}) ({within})",
            "gaussian": f"f = exp(−ln2·(t/{self.half:g})²) ({within})",
            "logistic": f"f = 1/(1+exp((t−{self.half:g})π/({self.spread:g}√3))) ({within})",
        }[self.shape]


def faults_of(decay: Decay) -> list[Text]:
    """Return every fault of a decay's figures, as words."""
    faults: list[Text] = []
    low, high = HALF_LIMITS
    for value in (decay.half, decay.spread if decay.shape == "logistic" else decay.half):
        if not low / 10 <= value <= high:
            faults.append(
                Text(
                    "a decay of {value} minutes ({low} to {high} are possible)",
                    {"value": f"{value:g}", "low": f"{low:g}", "high": f"{high:g}"},
                )
            )
    if decay.shape not in SHAPES:
        faults.append(
            Text(
                "a decay “{value}” (step, linear, logistic, exponential, gaussian)",
                {"value": decay.shape},
            )
        )
    return list({str(fault): fault for fault in faults}.values())


SOURCES: Final[Mapping[str, str]] = {
    "cumulative": "Wickstrom 1971; Geurs & van Wee, J. Transport Geography 12, 2004",
    "gravity": "Hansen, J. American Institute of Planners 25, 1959",
    "nearest": "Ingram, Regional Studies 5, 1971",
    "dual": "Cui & Levinson, J. Transport Geography 85, 2020",
    "2sfca": "Luo & Wang, Environment and Planning B 30, 2003",
    "e2sfca": "Luo & Qi, Health & Place 15, 2009",
    "completeness": "TD/T 1062-2021 (elements of a life circle)",
    "gini": "Gini 1912; Delbosc & Currie, J. Transport Geography 19, 2011",
}
