"""What an audit is asked, and its answer."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Literal

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from sandbox.engine.network import Network
from sandbox.standards import Limit, Rule, Standard, Walker
from sandbox.streets.travel import Slope, Travel

By = Literal["stated", "metres", "minutes"]
BYS: Final[tuple[By, ...]] = ("stated", "metres", "minutes")
# Why a home doesn't meet a rule: it does; the nearest is too far; none of this kind is near; no
# street is near the home; there is none of this kind at all.
LACKS: Final = ("", "far", "none_near", "street", "none")
MET, FAR, NONE_NEAR, STREET, NONE = range(5)
Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class AuditQuestion:
    """How a district is audited.

    Attributes
    ----------
    standard
        By which rules.
    by
        Whether walks are measured in ``metres`` or ``minutes``; ``stated`` takes each rule as
        the standard states it.
    walker
        Who walks.
    speed_kmh
        Walking speed on level ground, in place of the walker's own.
    slope
        How slopes slow one down where minutes count.
    usable
        Whether only facilities that can be used count: open, in operation, on a fitting floor.
    absent
        What becomes of a rule whose kind of facility isn't in the data at all: ``skip`` names it
        as not assessed, ``fail`` counts every home as failing it.
    snap_m
        How far a place may lie from its street.
    """

    standard: Standard
    walker: Walker
    by: By = "stated"
    speed_kmh: float | None = None
    slope: Slope = "tobler"
    usable: bool = False
    absent: Literal["skip", "fail"] = "skip"
    snap_m: float = 500.0

    @property
    def kmh(self) -> float:
        """Return the walking speed."""
        return self.walker.speed_kmh if self.speed_kmh is None else float(self.speed_kmh)

    @property
    def travel(self) -> Travel:
        """Return how one walks."""
        return Travel("walk", self.kmh, slope=self.slope)


@dataclass(frozen=True, slots=True)
class Check:
    """One limit of a rule, as it is measured.

    Attributes
    ----------
    rule, limit
        The rule, and which of its limits.
    by
        What is measured.
    value
        The longest walk, in metres or minutes.
    basis
        ``stated`` by the standard; or ``converted`` from minutes to metres or back at the
        walking speed.
    """

    rule: Rule
    limit: Limit
    by: Literal["metres", "minutes"]
    value: float
    basis: Literal["stated", "converted"]


@dataclass(frozen=True, eq=False)
class Audit:
    """A district audited by a standard.

    Attributes
    ----------
    question, network
        How, and on which streets.
    homes
        `id, layer, name_zh, name_en, people` (NaN where unknown), `land_m2` (NaN for points),
        `unit` (number of its unit, -1 for none) and geometry, WGS 84.
    facilities
        `id, layer, name_zh, name_en, facility, floor_m2, land_m2, places, usable` and geometry.
    units
        `id, name_zh, name_en` and geometry; empty where the district isn't divided.
    rules
        The rules that a walk decides, in the standard's order.
    checks
        By rule, the limit that decided, for homes that meet it by one of several.
    which
        Row of the nearest facility, int32, -1 for none, shape ``(rules, homes)``.
    check
        Which limit of the rule it was measured by, int8.
    metres, minutes
        The walk to it, NaN for none. Metres are along the streets; minutes by the speed, and
        by slopes where minutes decide.
    lacks
        Number in `LACKS`, int8.
    not_assessed
        Rules whose kind of facility isn't in the data; see `AuditQuestion.absent`.
    without_street
        Ids of facilities that no street is near enough to: they serve nobody but who touches
        them.
    schematic
        Whether streets, homes or facilities are schematic: so is every figure then.
    kept
        What was found of it and is kept with it.
    """

    question: AuditQuestion
    network: Network
    homes: gpd.GeoDataFrame
    facilities: gpd.GeoDataFrame
    units: gpd.GeoDataFrame
    rules: tuple[Rule, ...]
    checks: tuple[tuple[Check, ...], ...]
    which: npt.NDArray[np.int32]
    check: npt.NDArray[np.int8]
    metres: Doubles
    minutes: Doubles
    lacks: npt.NDArray[np.int8]
    not_assessed: tuple[Rule, ...] = ()
    without_street: tuple[str, ...] = ()
    schematic: bool = False
    kept: dict[str, dict[Any, Any]] = field(default_factory=dict[str, dict[Any, Any]], repr=False)

    @property
    def met(self) -> npt.NDArray[np.bool_]:
        """Return which homes meet which rules, shape ``(rules, homes)``."""
        return self.lacks == MET

    @cached_property
    def people(self) -> Doubles:
        """Return the people of each home; none where they aren't known."""
        return np.nan_to_num(self.homes["people"].to_numpy(dtype=np.float64))

    @property
    def people_known(self) -> bool:
        """Return whether the people of any home are known."""
        return bool(self.homes["people"].notna().any())

    @cached_property
    def land_m2(self) -> Doubles:
        """Return the residential land of each home; none for points."""
        return np.nan_to_num(self.homes["land_m2"].to_numpy(dtype=np.float64))
