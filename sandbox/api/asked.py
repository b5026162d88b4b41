"""What a call of life circles asks, of all homes at once or a chunk at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import geopandas as gpd

from sandbox.analysis.access import measures
from sandbox.analysis.access.cells import Cells, cells_over
from sandbox.analysis.access.decay import Decay, Shape
from sandbox.analysis.access.given import places_of
from sandbox.analysis.access.sweep import Moving
from sandbox.analysis.circles.audit import homes_within
from sandbox.analysis.circles.given import facilities_of, homes_of
from sandbox.analysis.circles.question import AuditQuestion, By
from sandbox.analysis.places.access import SNAP_M
from sandbox.analysis.places.own import missing_column
from sandbox.api.answers import figure
from sandbox.api.given import Places, given, several, table_of
from sandbox.api.travel import Travel, moved_onward, supply_of
from sandbox.catalog import standards
from sandbox.errors import AnalysisError
from sandbox.words import Text


@dataclass(frozen=True, slots=True)
class Audited:
    """What an audit asks.

    Attributes
    ----------
    question
        Standard, walker and rules' settings.
    homes, facilities, units
        Tables that were given; no units are None.
    """

    question: AuditQuestion
    homes: gpd.GeoDataFrame
    facilities: gpd.GeoDataFrame
    units: gpd.GeoDataFrame | None


def audit_asked(
    crs: str,
    homes: Places,
    facilities: Places,
    standard: object,
    *,
    people: str | None,
    floor_area: str | None,
    m2_per_person: float,
    units: Places | None,
    by: By,
    who: str,
    speed_kmh: float | None,
    usable: bool,
    absent: Literal["skip", "fail"],
    snap_m: float = SNAP_M,
) -> Audited:
    """Return what a call of an audit asks, on streets of a metric system.

    Raises
    ------
    AnalysisError
        With all faults of a value at once.
    """
    question = AuditQuestion(
        standards.read(str(standard)),
        standards.walker_named(who),
        by,
        None if speed_kmh is None else figure("speed_kmh", speed_kmh),
        usable=usable,
        absent=absent,
        snap_m=figure("snap_m", snap_m),
    )
    lived = homes_of(
        table_of(given(homes, "homes")),
        people=people,
        floor_area=floor_area,
        m2_per_person=figure("m2_per_person", m2_per_person),
        crs=crs,
    )
    there = facilities_of(
        table_of(given(facilities, "facilities")), standards.facility_named, crs=crs
    )
    return Audited(
        question, lived, there, None if units is None else table_of(given(units, "units"))
    )


@dataclass(frozen=True, slots=True)
class Measured:
    """What measures of access ask.

    Attributes
    ----------
    question
        Measures, times and how one moves.
    homes, places
        Tables that were given.
    """

    question: measures.AccessQuestion
    homes: gpd.GeoDataFrame
    places: gpd.GeoDataFrame


def access_asked(
    crs: str,
    how: Travel,
    homes: Places | None,
    places: Places,
    measure: measures.Measure | Sequence[measures.Measure],
    *,
    minutes: float | Sequence[float],
    kinds: Sequence[str] | str,
    people: str | None,
    supply: str | None,
    decay: Shape | Sequence[Shape],
    half_min: float | None,
    ranks: int | Sequence[int],
    spread_min: float | None = None,
    floor_area: str | None = None,
    m2_per_person: float = 35.0,
    group: str | None = None,
    area: Places | None = None,
    cells: Cells | None = None,
) -> Measured:
    """Return what a call of measures of access asks, on streets of a metric system.

    Raises
    ------
    AnalysisError
        With all faults of a value at once.
    """
    cutoffs = several(minutes)
    reach = Moving(max(cutoffs, default=0.0), moved_onward(how), supply_of(how))
    question = measures.AccessQuestion(
        several(measure),
        cutoffs,
        reach,
        tuple(Decay(one, reach.minutes, half_min, spread_min) for one in several(decay)),
        several(ranks),
    )
    inside = None if area is None else areas_of(table_of(given(area, "area")))
    if homes is None and cells is not None and inside is not None:
        read = cells_over(inside, cells, crs)
    elif homes is None:
        raise AnalysisError("No homes are given.", "Give homes; or an area, with cells.")
    else:
        read = table_of(given(homes, "homes"))
    if group is not None and group not in read.columns:
        raise missing_column(group, read, Text("The homes have no column {column}."))
    lived = homes_of(
        read if group is None else gpd.GeoDataFrame(read.assign(group=read[group])),
        people=people,
        floor_area=floor_area,
        m2_per_person=figure("m2_per_person", m2_per_person),
        crs=crs,
    )
    if inside is not None:
        lived = homes_within(lived, inside)
    return Measured(question, lived, places_of(table_of(given(places, "places", kinds)), supply))


def areas_of(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the areas of a table.

    Raises
    ------
    AnalysisError
        There are none.
    """
    areas = table[table.geometry.geom_type.isin(["Polygon", "MultiPolygon"])]
    if areas.empty:
        raise AnalysisError("What is given as area holds no areas.", "Give polygons.")
    return gpd.GeoDataFrame(areas.reset_index(drop=True))
