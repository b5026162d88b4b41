"""Ferries of OpenStreetMap: what a crossing takes, and where one goes aboard.

Who may ride is told by `sandbox.sources.osm.rules`. The crossing time is the ``duration`` of
the way, or its share of that of its route; it counts no waiting, as the wiki's page
*Key:duration* has it. The wait before boarding is half the ``interval`` between departures,
of the way or its route (page *Key:interval*). Where the tags say neither, the table of
speeds does. Opening hours and seasons aren't read.

A ferry is no street: where it meets streets or another line, it gets a node of its own,
and a link without length leads there. Waiting is what that link costs; leaving costs nothing,
and who stays aboard at a stop doesn't wait again.
"""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from sandbox.geo import crs as geo
from sandbox.streets.modes import ACCESS
from sandbox.streets.streets import AccessBits, Ferries

Ints = npt.NDArray[np.int64]
Singles = npt.NDArray[np.float32]
_LONGEST_S: Final = 7 * 86_400
_CLOCK: Final = re.compile(r"(?:(\d{1,3}):)?(\d{1,4})(?::(\d{2}))?(?: ?min(?:utes)?)?", re.ASCII)
_ISO_8601: Final = re.compile(
    r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?", re.ASCII
)


def seconds(value: str) -> float | None:
    """Return a span of time as the map's keys ``duration`` and ``interval`` write it.

    Minutes, ``hh:mm``, ``hh:mm:ss``, or ISO 8601 up to days; None where it is none of them,
    zero, or longer than a week.

    Examples
    --------
    >>> seconds("01:30"), seconds("20"), seconds("00:07:30"), seconds("PT1H5M")
    (5400.0, 1200.0, 450.0, 3900.0)
    >>> seconds("about an hour") is None
    True
    """
    text = value.strip()
    found = _CLOCK.fullmatch(text)
    if found:
        hours, minutes, rest = (float(part or 0) for part in found.groups())
        # Two numbers are hours and minutes.
        if rest and found[1] is None:
            hours, minutes, rest = minutes, rest, 0.0
        span = 3600.0 * hours + 60.0 * minutes + rest
    else:
        found = _ISO_8601.fullmatch(text)
        if not found:
            return None
        days, hours, minutes, rest = (float(part or 0) for part in found.groups())
        span = 86_400.0 * days + 3600.0 * hours + 60.0 * minutes + rest
    return span if 0.0 < span <= _LONGEST_S else None


class Line(NamedTuple):
    """A route relation of a ferry: its tags and the ways along it."""

    tags: Mapping[str, str]
    ways: tuple[int, ...]


class Times(NamedTuple):
    """What ferry ways take, float32 seconds, shape ``(s,)``; NaN where the tags don't say.

    `ferry` tells which segments are ferries, `crossing_s` what riding each takes and
    `interval_s` how often its ferry leaves.
    """

    ferry: npt.NDArray[np.bool_]
    crossing_s: Singles
    interval_s: Singles

    def of(self, kept: npt.NDArray[np.bool_]) -> "Times":
        """Return those of some of the segments."""
        return Times(self.ferry[kept], self.crossing_s[kept], self.interval_s[kept])


@dataclass(slots=True)
class FerryWays:
    """Ferry ways of a file while it is read.

    Attributes
    ----------
    tags
        Tags of each ferry way that is kept, by its number among all kept ways.
    lines
        Route relations.
    """

    tags: dict[int, Mapping[str, str]] = field(default_factory=dict[int, Mapping[str, str]])
    lines: list[Line] = field(default_factory=list[Line])

    def bare(self, known: Container[int]) -> dict[int, Mapping[str, str]]:
        """Return the route's tags for each way of a route that isn't known yet, by its id.

        Without its duration, which is that of all its ways.
        """
        return {
            way: {key: value for key, value in line.tags.items() if key != "duration"}
            for line in self.lines
            for way in line.ways
            if way not in known
        }

    def lines_of(self, ids: Sequence[int], name: Sequence[int]) -> Ints:
        """Return a number for each way that those of its line share: by route, name, or itself.

        Parameters
        ----------
        ids, name
            Ids of all kept ways, and the number of the name of each, -1 where it has none.
        """
        names, lines = np.array(name, dtype=np.int64), len(self.lines)
        own = lines + len(names) + np.arange(len(names))
        found = np.where(names >= 0, lines + names, own)
        for number in range(lines - 1, -1, -1):
            found[np.isin(ids, self.lines[number].ways)] = number
        return found

    def times(
        self,
        ids: Sequence[int],
        node_lonlat: npt.NDArray[np.float64],
        segments: Ints,
        way_of: Ints,
    ) -> Times:
        """Return what the segments of ferries take.

        A way's time is shared among its segments by length, if the file has all its nodes,
        and a route's among its ways, if it has them all.
        """
        ferry = np.isin(way_of, list(self.tags))
        crossing_s = np.full(len(segments), np.nan, dtype=np.float32)
        interval_s = np.full(len(segments), np.nan, dtype=np.float32)
        row = np.flatnonzero(ferry)
        ends, way = node_lonlat[segments[row]], way_of[row]
        length_m = geo.length_m(ends[:, 0], ends[:, 1])
        of_way_m = np.bincount(way, length_m, len(ids)).astype(np.float64)
        spans, intervals = self._said(ids, of_way_m)
        for one in self.tags:
            mine = row[way == one]
            span, interval = spans[one], intervals[one]
            if span is not None and of_way_m[one] > 0.0:
                crossing_s[mine] = span * length_m[way == one] / of_way_m[one]
            if interval is not None:
                interval_s[mine] = interval
        return Times(ferry, crossing_s, interval_s)

    def _said(
        self, ids: Sequence[int], of_way_m: npt.NDArray[np.float64]
    ) -> tuple[dict[int, float | None], dict[int, float | None]]:
        """Return duration and interval of each way, of its route where it says neither."""
        number = {ids[way]: way for way in self.tags}
        spans = {way: seconds(tags.get("duration", "")) for way, tags in self.tags.items()}
        intervals = {way: seconds(tags.get("interval", "")) for way, tags in self.tags.items()}
        for line in self.lines:
            found = [number[way] for way in line.ways if way in number]
            whole, interval = (seconds(line.tags.get(key, "")) for key in ("duration", "interval"))
            total_m = float(of_way_m[found].sum())
            for way in found:
                intervals[way] = intervals[way] or interval
                if whole is not None and len(found) == len(line.ways) and total_m > 0.0:
                    spans[way] = spans[way] or whole * float(of_way_m[way]) / total_m
        return spans, intervals


class Boarded(NamedTuple):
    """Raw streets in which one waits before boarding.

    `node_lonlat`, `segments`, `access` as `sandbox.streets.assemble` takes them, the links
    that lead aboard last; `links` a segment of each link's ferry. `crossing_s` and `wait_s`
    as `sandbox.streets.streets.Ferries` has them, for all segments.
    """

    node_lonlat: npt.NDArray[np.float64]
    segments: Ints
    access: npt.NDArray[AccessBits]
    links: Ints
    crossing_s: Singles
    wait_s: Singles

    def ferries(self, count: int, ferry: npt.NDArray[np.bool_]) -> Ferries | None:
        """Return what ferries take of so many segments; more than there were take nothing."""
        segment = np.flatnonzero(ferry)
        if not len(segment):
            return None
        more = np.zeros(count - len(self.wait_s), dtype=np.float32)
        return Ferries(
            segment.astype(np.int32),
            np.concatenate([self.crossing_s, more])[segment],
            np.concatenate([self.wait_s, more])[segment],
        )


def board(
    times: Times,
    line: Ints,
    node_lonlat: npt.NDArray[np.float64],
    segments: Ints,
    access: npt.NDArray[AccessBits],
) -> Boarded:
    """Return streets in which ferries have nodes of their own, and what ferries take.

    Parameters
    ----------
    times
        What the tags say.
    line
        The line of each segment: who stays on it stays aboard.
    node_lonlat, segments, access
        Raw streets.
    """
    node_lonlat, segments, access, links = _go_aboard(
        times.ferry, line, node_lonlat, segments, access
    )
    crossing_s = np.concatenate([times.crossing_s, np.zeros(len(links), dtype=np.float32)])
    nowhere = np.zeros(len(line), dtype=np.float32)
    wait_s = np.concatenate([nowhere, times.interval_s[links] / np.float32(2.0)])
    return Boarded(node_lonlat, segments, access, links, crossing_s, wait_s)


def _go_aboard(
    ferry: npt.NDArray[np.bool_],
    line: Ints,
    node_lonlat: npt.NDArray[np.float64],
    segments: Ints,
    access: npt.NDArray[AccessBits],
) -> tuple[npt.NDArray[np.float64], Ints, npt.NDArray[AccessBits], Ints]:
    """Give ferries nodes of their own where they meet streets or another line.

    Return nodes, segments and access with the links from the shore to those nodes last, and
    for each link a segment of its ferry.
    """
    ends = segments.ravel()
    on_ferry = np.repeat(ferry, 2)
    on_land = np.zeros(len(node_lonlat), dtype=np.bool_)
    on_land[ends[~on_ferry]] = True
    sea = np.flatnonzero(on_ferry)
    # Two lines that meet are a change of boats, even where no street is drawn.
    lowest = np.full(len(node_lonlat), np.iinfo(np.int64).max)
    highest = np.full(len(node_lonlat), -1)
    lines = np.repeat(line, 2)[sea]
    np.minimum.at(lowest, ends[sea], lines)
    np.maximum.at(highest, ends[sea], lines)
    landing = on_land | ((highest >= 0) & (lowest != highest))
    landed = sea[landing[ends[sea]]]
    pairs = np.stack([ends[landed], np.repeat(line, 2)[landed]], axis=1)
    boats, first, which = np.unique(pairs, axis=0, return_index=True, return_inverse=True)
    own = ends.copy()
    own[landed] = len(node_lonlat) + which.ravel()
    aboard = np.zeros(len(boats), dtype=AccessBits)
    np.bitwise_or.at(aboard, which.ravel(), np.repeat(access, 2)[landed])
    link_access = np.zeros(len(boats), dtype=AccessBits)
    for ahead, back in ACCESS.values():
        both = AccessBits(ahead | back)
        link_access[(aboard & both) != 0] |= both
    links = np.stack([boats[:, 0], len(node_lonlat) + np.arange(len(boats))], axis=1)
    return (
        np.concatenate([node_lonlat, node_lonlat[boats[:, 0]]]),
        np.concatenate([own.reshape(-1, 2), links]),
        np.concatenate([access, link_access]),
        landed[first] // 2,
    )
