"""A street network that can be asked: opened once, searched from anywhere."""

import math
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sandbox import paths
from sandbox.engine import costs, snap
from sandbox.engine.graph import Graph, Workspace
from sandbox.engine.snap import FARTHER_M, GROUND, SegmentIndex
from sandbox.engine.unmet import UnmetStreets
from sandbox.errors import NetworkError
from sandbox.geo import crs as geo
from sandbox.streets.attachments import Attachment, Attachments
from sandbox.streets.modes import ACCESS
from sandbox.streets.sandnet_opened import open_file
from sandbox.streets.streets import Streets, Structure
from sandbox.streets.timetable import Timetable
from sandbox.streets.travel import Travel
from sandbox.words import Text

_GRAPHS_KEPT = 8
_Key = tuple[str, float] | Travel


class Network:
    """Streets with what searches need beside them, made when first asked for.

    Searches on any number of threads may share it.

    Parameters
    ----------
    streets
        The streets; they aren't changed.
    timetable
        What runs on lines along them, where that is known.
    before
        The network before its streets were edited; None where they weren't.
    edited
        How many edits made it of that.
    """

    def __init__(
        self,
        streets: Streets,
        timetable: Timetable | None = None,
        before: "Network | None" = None,
        edited: int = 0,
    ) -> None:
        self.streets = streets
        self.timetable = timetable
        self.before = before
        self.edited = edited
        self._graphs: dict[_Key, Graph] = {}
        self._indexes: dict[tuple[str, tuple[Structure, ...]], SegmentIndex] = {}
        self._built: dict[tuple[str, tuple[Structure, ...]], tuple[SegmentIndex, ...]] = {}
        self._unmet = UnmetStreets(streets)
        self._idle: list[Workspace] = []
        self.kept: dict[str, dict[Any, Any]] = {}

    @classmethod
    def open(cls, path: str | Path | None = None) -> "Network":
        """Return the network of a ``.sandnet`` file; None opens the shipped schematic one.

        Raises
        ------
        NetworkError
            The file can't be read as a network.
        """
        return cls(*open_file(path or paths.layers() / "streets" / "streets.sandnet"))

    @property
    def crs(self) -> str:
        """Return the metric system that the network is measured in."""
        return self.streets.crs

    @property
    def title(self) -> str:
        """Return the name of the data set."""
        return self.streets.provenance.title

    @cached_property
    def bounds_lonlat(self) -> tuple[float, float, float, float]:
        """Return west, south, east and north of the streets in WGS 84."""
        lonlat = geo.to_lonlat(self.streets.node_xy, self.crs)
        (west, south), (east, north) = lonlat.min(axis=0), lonlat.max(axis=0)
        return float(west), float(south), float(east), float(north)

    @cached_property
    def modes(self) -> tuple[str, ...]:
        """Return the modes that have streets here; ferries alone are no place to begin."""
        access = self.streets.access[self.streets.walked_on]
        return tuple(m for m, (ahead, back) in ACCESS.items() if (access & (ahead | back)).any())

    def graph(self, mode: str, speed_kmh: float) -> Graph:
        """Return the graph of a mode at one speed everywhere; the last few asked for are kept.

        Raises
        ------
        NetworkError
            There is no such mode here, or the speed isn't a positive number.
        """
        self._check_mode(mode)
        if not (math.isfinite(speed_kmh) and 0 < speed_kmh <= 300):
            raise NetworkError(
                "A speed of {speed} km/h can't be used.",
                "Give a speed above 0 and up to 300 km/h.",
                speed=speed_kmh,
            )
        key = (mode, float(speed_kmh))
        made = self._graphs.get(key)
        if made is None:
            made = self._keep(key, costs.evenly(self.streets, mode, float(speed_kmh), self._idle))
        return made

    def moving(self, travel: Travel) -> Graph:
        """Return the graph for this way of moving; the last few are kept.

        Raises
        ------
        NetworkError
            There is no such mode here, a figure is out of bounds, or the table of
            speeds can't be read.
        """
        self._check_mode(travel.mode)
        travel = travel if travel.ride is None else replace(travel, ride=None)
        made = self._graphs.get(travel)
        if made is None:
            made = self._keep(travel, costs.graph(self.streets, travel, self._idle))
        return made

    def _keep(self, key: _Key, made: Graph) -> Graph:
        self._graphs[key] = made
        for old in list(self._graphs)[:-_GRAPHS_KEPT]:
            self._graphs.pop(old, None)
        return made

    def snap(self, xy: tuple[float, float], limit_m: float, mode: str = "walk") -> Attachment:
        """Return where a place on the ground meets the nearest street there that a mode may use.

        Metres. What lies in a tunnel or on a bridge isn't met. Where the nearest street is
        one that hangs together with no other, the place takes another one only if that is
        at most 50 m farther off.

        Raises
        ------
        NetworkError
            No street lies within `limit_m`, or the nearest one is connected to no other:
            the message names it and its distance. Or the mode has no street on the ground.
        """
        place = np.array([xy], dtype=np.float64)
        if not np.isfinite(place).all():
            raise NetworkError(
                "The coordinates of the place are invalid.", "Check its coordinates."
            )
        index = self._index(mode)
        found = self._nearest(place, limit_m, mode, GROUND)
        if not len(index.segment):
            raise NetworkError(
                "No ground-level street of the network {network} is open to the mode {mode}.",
                "Choose another mode.",
                network=Text(self.title),
                mode=mode,
            )
        shut = self._unmet.shut(place, limit_m, mode)
        if shut is not None and found.segment[0] < 0 <= shut.segment[0]:
            raise self._closed(shut, mode)
        alone = self._unmet.alone(place, limit_m, mode)
        if alone is not None and alone.distance_m[0] + FARTHER_M < found.distance_m[0]:
            raise self._unmet.hanging_alone(alone, index.nearest_anywhere(place), mode)
        if found.segment[0] < 0:
            raise self._too_far(index.nearest_anywhere(place), limit_m)
        return Attachment(
            int(found.segment[0]),
            float(found.fraction[0]),
            (float(found.street_xy[0, 0]), float(found.street_xy[0, 1])),
            float(found.distance_m[0]),
        )

    def snap_all(
        self,
        xy: npt.ArrayLike,
        limit_m: float,
        mode: str = "walk",
        structures: tuple[Structure, ...] = GROUND,
    ) -> Attachments:
        """Return where places meet the streets that a mode may use; segment -1 where none.

        The segment is also -1 where the nearest street is connected to no other, and the next
        one is more than 50 m farther off.

        Parameters
        ----------
        xy
            Metres, shape ``(k, 2)``.
        limit_m
            How far a street may be.
        mode
            Who moves.
        structures
            How the streets may lie: a place on the map lies on the ground, stops and
            entrances anywhere (`sandbox.engine.snap.ANYWHERE`).
        """
        found = self._nearest(xy, limit_m, mode, structures)
        return self._unmet.unless_alone(found, xy, limit_m, mode, structures)

    def doors(
        self,
        xy: npt.ArrayLike,
        limit_m: float,
        mode: str = "walk",
        structures: tuple[Structure, ...] = GROUND,
    ) -> tuple[Attachments, npt.NDArray[np.int64]]:
        """Return all doors of places, and which place each is of, ascending.

        That is where a place meets the streets as they were built, and each drawn line that is
        nearer; see `sandbox.engine.snap.with_drawn`. Parameters as for `snap_all`.
        """
        built = self.snap_built(xy, limit_m, mode, structures)
        return snap.with_drawn(built, self.snap_drawn(xy, limit_m, mode, structures))

    def snap_built(
        self,
        xy: npt.ArrayLike,
        limit_m: float,
        mode: str = "walk",
        structures: tuple[Structure, ...] = GROUND,
    ) -> Attachments:
        """Return what `snap_all` does as if nothing had been drawn."""
        index, *_ = self._by_line(mode, structures)
        found = self._unmet.unless_shut(index.nearest(xy, limit_m), xy, limit_m, mode, structures)
        return self._unmet.unless_alone(found, xy, limit_m, mode, structures)

    def snap_drawn(
        self,
        xy: npt.ArrayLike,
        limit_m: float,
        mode: str = "walk",
        structures: tuple[Structure, ...] = GROUND,
    ) -> tuple[Attachments, ...]:
        """Return what `snap_all` does for each drawn line as if there were no other street."""
        _, *lines = self._by_line(mode, structures)
        return tuple(
            self._unmet.unless_alone(line.nearest(xy, limit_m), xy, limit_m, mode, structures)
            for line in lines
        )

    def _nearest(
        self, xy: npt.ArrayLike, limit_m: float, mode: str, structures: tuple[Structure, ...]
    ) -> Attachments:
        """Return where places meet the streets; those that were drawn where they are nearer."""
        found = self._index(mode, structures).nearest(xy, limit_m)
        if self.streets.built is None:
            return self._unmet.unless_shut(found, xy, limit_m, mode, structures)
        ours, *lines = self._by_line(mode, structures)
        built = self._unmet.unless_shut(ours.nearest(xy, limit_m), xy, limit_m, mode, structures)
        if self._unmet.shut(xy, limit_m, mode, structures) is None:
            return snap.nearer(built, found)
        for line in lines:
            built = snap.nearer(built, line.nearest(xy, limit_m))
        return built

    def _by_line(self, mode: str, structures: tuple[Structure, ...]) -> tuple[SegmentIndex, ...]:
        """Return the index of the streets without what was drawn, and that of each drawn line."""
        built = self.streets.built
        if built is None:
            return (self._index(mode, structures),)
        self._check_mode(mode)
        made = self._built.get((mode, structures))
        if made is None:
            ahead, back = ACCESS[mode]
            ours, drawn = (
                snap.index(
                    replace(self.streets, access=self.streets.access * some),
                    ahead | back,
                    structures,
                )
                for some in (built >= 0, built < 0)
            )
            of = built[drawn.segment]
            lines = (drawn.only(np.flatnonzero(of == line)) for line in np.unique(of)[::-1])
            made = self._built[mode, structures] = (ours, *lines)
        return made

    def attachable(self, mode: str) -> npt.NDArray[np.bool_]:
        """Return which segments a place on the map may attach to, shape ``(s,)``."""
        self._check_mode(mode)
        ahead, back = ACCESS[mode]
        return snap.attachable(self.streets, ahead | back)

    def street_name(self, segment: int) -> str:
        """Return the name of a segment's street, empty where it has none."""
        name = int(self.streets.name[segment])
        return self.streets.names[name] if name >= 0 else ""

    def _index(self, mode: str, structures: tuple[Structure, ...] = GROUND) -> SegmentIndex:
        self._check_mode(mode)
        made = self._indexes.get((mode, structures))
        if made is None:
            ahead, back = ACCESS[mode]
            made = snap.index(self.streets, ahead | back, structures)
            self._indexes[mode, structures] = made
        return made

    def _check_mode(self, mode: str) -> None:
        if mode not in self.modes:
            raise NetworkError(
                "The network {network} has no streets for the mode {mode}.",
                "Available modes: {modes}.",
                network=Text(self.title),
                mode=mode,
                modes=", ".join(self.modes),
            )

    def _closed(self, shut: Attachments, mode: str) -> NetworkError:
        return NetworkError(
            "The street of the place, {street}, is closed by a street edit ({mode}).",
            "Choose another place, or switch the edit off.",
            street=self.street_name(int(shut.segment[0])) or Text("unnamed"),
            mode=mode,
        )

    def _too_far(self, nearest: Attachments, limit_m: float) -> NetworkError:
        name = self.street_name(int(nearest.segment[0]))
        distance, limit = round(float(nearest.distance_m[0])), round(limit_m)
        if name:
            return NetworkError(
                "The nearest street, {street}, is {distance} m away; the limit is {limit} m.",
                "Choose a place nearer to a street.",
                street=name,
                distance=distance,
                limit=limit,
            )
        return NetworkError(
            "The nearest street is {distance} m away; the limit is {limit} m.",
            "Choose a place nearer to a street.",
            distance=distance,
            limit=limit,
        )
