"""Small OpenStreetMap files drawn as letters on a grid, 100 m from letter to letter."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import osmium
import osmium.osm.mutable as osm

from sandbox.geo import crs as geo_crs

STEP_M = 100.0
ORIGIN_LONLAT = (106.3, 29.5)

Tags = Mapping[str, str]


def positions(drawing: str) -> dict[str, tuple[float, float]]:
    """Return the WGS 84 position of each letter: a column east, a line north, is 100 m."""
    crs = geo_crs.metric_crs(ORIGIN_LONLAT)
    x0, y0 = geo_crs.to_metric(ORIGIN_LONLAT, crs)
    lines = drawing.strip("\n").splitlines()
    xy = {
        letter: (x0 + STEP_M * column, y0 + STEP_M * (len(lines) - 1 - row))
        for row, line in enumerate(lines)
        for column, letter in enumerate(line)
        if letter.isalnum()
    }
    return {
        letter: (float(lon), float(lat))
        for letter, (lon, lat) in (
            (letter, geo_crs.to_lonlat(place, crs)) for letter, place in xy.items()
        )
    }


def write_pbf(
    path: Path,
    drawing: str,
    ways: Mapping[str, Tags],
    nodes: Mapping[str, Tags] | None = None,
    *,
    without: str = "",
    same: Mapping[str, str] | None = None,
    rules: Sequence[tuple[Tags, Sequence[tuple[str, str]]]] = (),
    timestamp: str = "2024-05-06T07:08:09Z",
) -> dict[str, tuple[float, float]]:
    """Write ways named by their letters (``"ABC"``; ``"ABC#2"`` for a second one).

    `nodes` gives letters their tags; letters of `without` are left out of the file,
    as at the cut edge of an extract; `same` gives letters that aren't drawn the place of
    another one. Each of `rules` is a relation: its tags, and its
    members as (role, letters), one letter for a node, more for the way of that name.
    Returns the positions.
    """
    placed = positions(drawing)
    placed |= {letter: placed[other] for letter, other in (same or {}).items()}
    ids = {letter: index + 1 for index, letter in enumerate(sorted(placed))}
    with osmium.SimpleWriter(str(path), overwrite=True) as writer:
        for letter, node_id in ids.items():
            if letter in without:
                continue
            writer.add_node(
                osm.Node(
                    id=node_id,
                    location=placed[letter],
                    tags=dict((nodes or {}).get(letter, {})),
                    version=1,
                    timestamp=timestamp,
                )
            )
        for index, (letters, tags) in enumerate(ways.items()):
            refs = [ids[letter] for letter in letters.split("#")[0]]
            writer.add_way(
                osm.Way(id=index + 1, nodes=refs, tags=dict(tags), version=1, timestamp=timestamp)
            )
        way_ids = {letters: index + 1 for index, letters in enumerate(ways)}
        for index, (tags, members) in enumerate(rules):
            listed = [
                ("n", ids[name], role) if len(name) == 1 else ("w", way_ids[name], role)
                for role, name in members
            ]
            writer.add_relation(
                osm.Relation(
                    id=index + 1, members=listed, tags=dict(tags), version=1, timestamp=timestamp
                )
            )
    return placed
