"""What is reached from places: areas, and how much lies in them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Unpack

import geopandas as gpd
import numpy as np
import pandas as pd

from sandbox.analysis.comparison.why import without_lines
from sandbox.analysis.isochrone import Isochrone, check_question
from sandbox.analysis.isodistance import Isodistance, check_metres, isodistance
from sandbox.analysis.origins import How, Reach, isochrone_from, reach
from sandbox.analysis.places.access import SNAP_M
from sandbox.analysis.places.place import Place
from sandbox.analysis.table import as_table
from sandbox.analysis.transit import check_ride
from sandbox.api.answers import cutoffs_of, figure, keywords, objects, reasons, renamed
from sandbox.api.given import Places, given
from sandbox.api.language import said
from sandbox.api.network import Network, engine_of, rests_on
from sandbox.api.places import Given
from sandbox.api.travel import (
    Moving,
    Supply,
    Travel,
    moved,
    supply_of,
    travel_of,
)
from sandbox.engine.network import Network as Engine
from sandbox.errors import AnalysisError
from sandbox.geo import crs as geo
from sandbox.streets import travel as travels
from sandbox.streets.modes import reach_of

_TOGETHER: Final = ("each", "any", "all")


@renamed(origins_lonlat="origins")
@keywords
def isochrones(
    network: Network,
    origins: Places,
    minutes: Sequence[float] | float | None = None,
    *,
    metres: Sequence[float] | float | None = None,
    together: How = "each",
    reach_m: float | None = None,
    snap_m: float = SNAP_M,
    names: Sequence[str] | None = None,
    travel: Travel | None = None,
    **moving: Unpack[Moving],
) -> gpd.GeoDataFrame:
    """Return what is reached from places within travel times, or distances, as areas.

    An isochrone is all ground within `reach_m` of a street part that is reached in
    time, the step from the place to its street counted.

    Parameters
    ----------
    network
        From `open_network`.
    origins
        A GeoDataFrame or GeoSeries in any coordinate system, shapely geometries, pairs of
        longitude and latitude, the name of a layer or of a place, a file. An area is left at
        the best point of its edge, and is itself reached at once.
    minutes
        Cutoffs, 1 to 240; by default 5, 10 and 15.
    metres
        Cutoffs by distance along the streets instead, 10 to 100,000.
    together
        ``each`` place by itself; ``any``: near any of them; ``all``: where all can meet.
    reach_m
        How far from a street ground still counts, 10 to 500 metres; by default 50, for
        driving 100.
    snap_m
        How far a place may lie from its street, metres.
    names
        Names of the places for the column `origin`.
    travel, **moving
        How one moves: a `Travel`, its fields as keywords, or both.

    Returns
    -------
    geopandas.GeoDataFrame
        In WGS 84, one row a place and cutoff, the larger area holding the smaller: `id`,
        `origin`, `contour` (minutes or metres by `metric`; the same as `cutoff_min` or
        `cutoff_m`), `area_km2`, how one moves, and the area. A place that can't be used has
        one row with the `reason`. `.attrs` say what the answer rests on.

    Raises
    ------
    sandbox.errors.AnalysisError
        If a value can't be meant, or none of the places can be used.
    sandbox.errors.NetworkError
        If the only place lies farther than `snap_m` from a street, or there is no such mode.
    sandbox.errors.TransitError
        By transit: nothing runs, or there is no such scenario.

    Examples
    --------
    >>> import sandbox
    >>> net = sandbox.open_network()
    >>> found = sandbox.isochrones(net, {"lab": (106.305, 29.612), "sea": (0, 0)}, [5, 10])
    >>> found[["id", "cutoff_min"]].values.tolist()
    [['lab', 5.0], ['lab', 10.0], ['sea', nan]]
    >>> found["reason"].tolist()[2][:46]
    '0.0,0.0 lies outside the network Schematic str'
    """
    engine, how = engine_of(network), travel_of(travel, moving)
    if minutes is not None and metres is not None:
        raise AnalysisError("Minutes and metres are both given.", "Use one of them at a time.")
    if together not in _TOGETHER:
        raise AnalysisError(
            "{name} is {value} ({known} are possible).",
            "Change this value.",
            name="together",
            value=repr(together),
            known=", ".join(_TOGETHER),
        )
    by = moved(how)
    ask = _Asked(
        engine,
        by,
        tuple(cutoffs_of(minutes, metres)),
        metres is not None,
        reach_of(by.mode) if reach_m is None else figure("reach_m", reach_m),
        figure("snap_m", snap_m),
        supply_of(how),
    ).checked()
    places = given(origins, "origins").on(engine, by.near_far[0], snap_m)
    called = _called(places, names)
    if together == "each":
        found: list[Isochrone | Isodistance | Reach] = [
            ask.of(place) for number, place in enumerate(places.places()) if number in places.usable
        ]
        table = as_table(engine, found, [called[number] for number in places.usable])
        ids = [places.ids[number] for number in places.usable]
        table.insert(0, "id", np.repeat(objects(ids), len(ask.contours)))
    else:
        chosen = [places.places()[number] for number in places.usable]
        answers = ask.together(chosen, together)
        table = as_table(engine, answers, [one.name for one in answers])
        table.insert(0, "id", together)
    table.insert(2, "cutoff_m" if ask.by_distance else "cutoff_min", table["contour"])
    table["reason"] = None
    table = _with_faults(table, places, called)
    notes = without_lines(engine, [(by.by_transit, ask.supply)], ask.contours[-1])
    table.attrs.update(rests_on(network, how, notes=notes, reach_m=ask.reach_m, snap_m=ask.snap_m))
    return table


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question of reach: the same of every place."""

    engine: Engine
    travel: travels.Travel
    contours: tuple[float, ...]
    by_distance: bool
    reach_m: float
    snap_m: float
    supply: Supply | None

    def checked(self) -> "_Asked":
        """Return the question with its cutoffs ascending.

        Raises
        ------
        SandboxError
            With all faults at once.
        """
        ride = self.travel.by_transit
        if self.by_distance:
            if ride is not None:
                raise AnalysisError(
                    "Public transport is calculated by time; arrive shows from where places "
                    "can be reached.",
                    "Omit metres.",
                )
            return replace(self, contours=check_metres(self.contours, self.reach_m))
        contours = check_question(self.contours, self.reach_m, self.travel)
        if ride is not None:
            check_ride(self.engine, ride, self.supply)
        else:
            self.engine.moving(self.travel)
        return replace(self, contours=contours)

    def of(self, place: Place) -> Isochrone | Isodistance:
        """Return what is reached from one place."""
        by, usual = self.travel, {"reach_m": self.reach_m, "snap_m": self.snap_m}
        if self.by_distance:
            return isodistance(
                self.engine, place, self.contours, mode=by.mode, towards=by.towards, **usual
            )
        supply = self.supply
        return isochrone_from(self.engine, place, self.contours, by, supply=supply, **usual)

    def together(self, places: Sequence[Place], how: How) -> tuple[Reach, ...]:
        """Return what is reached from several places together."""
        return reach(
            self.engine,
            places,
            self.contours,
            self.travel,
            how=how,
            metric="distance" if self.by_distance else "time",
            reach_m=self.reach_m,
            snap_m=self.snap_m,
            supply=self.supply,
        ).found


def _called(places: Given, names: Sequence[str] | None) -> list[str]:
    if names is None:
        return places.names
    if isinstance(names, str) or len(names) != len(places):
        raise AnalysisError(
            "{names} names are given for {places} places.",
            "Give one weight for each place.",
            names=1 if isinstance(names, str) else len(names),
            places=len(places),
        )
    return [str(name) for name in names]


def _with_faults(table: gpd.GeoDataFrame, places: Given, called: Sequence[str]) -> gpd.GeoDataFrame:
    """Return a table of areas with a row for each place that can't be used, in their order."""
    if not places.faults:
        return table
    rows = pd.DataFrame(
        {
            "id": objects([places.ids[number] for number in places.faults]),
            "origin": [called[number] for number in places.faults],
            "reason": [said(error) for error in places.faults.values()],
        }
    )
    whole = pd.concat([pd.DataFrame(table), rows], ignore_index=True)
    if len(table) and len(places.usable):
        of_each = len(table) // len(places.usable)
        order = [*np.repeat(places.usable, of_each), *places.faults]
        if len(order) == len(whole):
            whole = whole.iloc[np.argsort(order, kind="stable")].reset_index(drop=True)
    whole["reason"] = reasons([one if isinstance(one, str) else None for one in whole["reason"]])
    return gpd.GeoDataFrame(whole, geometry="geometry", crs=geo.WGS84)
