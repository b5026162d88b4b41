"""Places of a call: their shapes, what they are called, and what is wrong with some."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sandbox.analysis.places.access import SNAP_M, access_of, access_points
from sandbox.analysis.places.place import Place, places_of
from sandbox.api.language import said
from sandbox.engine.network import Network as Engine
from sandbox.errors import AnalysisError, SandboxError
from sandbox.geo import crs as geo
from sandbox.words import Bilingual, Text, both

FAULTS_SAID: Final = 20
_METRES_A_DEGREE: Final = 111_000.0


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """Places of a call: their shapes, what they are called, and what is wrong with some.

    Attributes
    ----------
    role
        The parameter that they were given as.
    frame
        One row a place: `id` (its number), `layer`, `kind`, `name_zh`, `name_en`,
        `accuracy_m`, `gates` and its shape in WGS 84, empty where that is wrong.
    ids
        What the caller calls them.
    faults
        By number, why a place can't be used.
    columns
        The caller's own columns, where there are any.
    """

    role: str
    frame: gpd.GeoDataFrame
    ids: list[Any]
    faults: dict[int, SandboxError] = field(default_factory=dict[int, SandboxError])
    columns: pd.DataFrame | None = None

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.ids)

    @property
    def names(self) -> list[str]:
        """Return what people call them; by default their ids."""
        return [str(name) for name in self.frame["name_zh"]]

    @property
    def usable(self) -> list[int]:
        """Return the numbers of those that can be used."""
        return [number for number in range(len(self)) if number not in self.faults]

    @property
    def shaped(self) -> list[int]:
        """Return the numbers of those that have a shape.

        Some have no street, and can be used from what touches them.
        """
        return np.flatnonzero(~shapely.is_empty(self.frame.geometry.to_numpy())).tolist()

    @property
    def reasons(self) -> list[str | None]:
        """Return why each place can't be used; None where it can."""
        return [
            said(self.faults[number]) if number in self.faults else None
            for number in range(len(self))
        ]

    def places(self) -> list[Place]:
        """Return all of them as the engine knows places."""
        return list(places_of(self.frame, self.names))

    def rows(self, numbers: Sequence[int]) -> gpd.GeoDataFrame:
        """Return some rows of the table."""
        return gpd.GeoDataFrame(self.frame.iloc[list(numbers)], geometry="geometry")

    def on(
        self, engine: Engine, mode: str, snap_m: float = SNAP_M, beside: "Given | None" = None
    ) -> "Given":
        """Return the same places, those that no street is near enough to among the faults.

        These keep their shapes: who touches one of them is there, with or without a street.

        Parameters
        ----------
        engine, mode, snap_m
            The streets, whose streets count, and how far a place may lie from them.
        beside
            The other end of what is asked, if there is one.

        Raises
        ------
        SandboxError
            None of them can be used, and none touches any place beside: what is wrong with it,
            or with the first of them.
        """
        faults, places = dict(self.faults), self.places()
        west, south, east, north = engine.bounds_lonlat
        lat = snap_m / _METRES_A_DEGREE
        lon = lat / max(float(np.cos(np.radians(max(abs(south), abs(north))))), 0.01)
        around = shapely.box(west - lon, south - lat, east + lon, north + lat)
        shapes = self.frame.geometry.to_numpy()
        here = self.usable
        far = [number for number in here if not shapely.intersects(around, shapes[number])]
        near = [number for number in here if number not in set(far)]
        if near:
            tied = access_points(engine, self.rows(near), snap_m=snap_m, mode=mode)
            far += [int(number) for _, number in tied.without_street]
        for number in sorted(far):
            try:
                access_of(engine, places[number], snap_m, mode)
            except SandboxError as error:
                faults[number] = error
        found = replace(self, faults=faults)
        tree = shapely.STRtree([] if beside is None else beside.frame.geometry.to_numpy())
        if not tree.query(shapes, predicate="intersects").size:
            found.check()
        return found

    def check(self) -> None:
        """Refuse places of which none can be used.

        Raises
        ------
        SandboxError
            What is wrong with the only one, or with the first of them.
        """
        if len(self.faults) < len(self):
            return
        errors = [self.faults[number] for number in range(len(self))]
        if len(errors) == 1:
            raise errors[0]
        raise AnalysisError(
            "None of the {count} places given as {role} can be used",
            "Correct them, then try again.",
            faults=[
                Text("{id}: {why}", {"id": name, "why": _unstopped(error)})
                for name, error in zip(self.ids[:FAULTS_SAID], errors, strict=False)
            ],
            count=len(self),
            role=self.role,
        )

    def only(self) -> Place:
        """Return the one place that was given.

        Raises
        ------
        SandboxError
            There are several, or it can't be used.
        """
        if len(self) != 1:
            raise AnalysisError(
                "{count} places are given as {role}; only one is allowed.",
                "Give one at a time, or use travel_times.",
                count=len(self),
                role=self.role,
            )
        self.check()
        return self.places()[0]

    def emptied(self, faults: Mapping[int, SandboxError]) -> gpd.GeoDataFrame:
        """Return the table with empty shapes where something is wrong."""
        frame = self.frame.copy()
        shapes: Any = frame.geometry.to_numpy().copy()
        shapes[list(faults)] = shapely.Point()
        frame["geometry"] = shapes
        return gpd.GeoDataFrame(frame, geometry="geometry", crs=geo.WGS84)


def _unstopped(error: SandboxError) -> Bilingual:
    """Return what happened without the stop at its end, for a list."""
    said = both(error.message)
    return Bilingual(said.zh.rstrip("。"), said.en.rstrip("."))
