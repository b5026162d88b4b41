"""Building a network from the centre lines of a large city, as planners' Shapefiles have them.

Run with ``python -m tests.benchmark.lines [LINES]``; it measures and asserts nothing.
"""

import os
import resource
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import numpy as np
import shapely

from sandbox.sources.lines.build import build_lines
from sandbox.sources.lines.planar import planar
from tests.support.drawn import Row, shapefile

_BLOCK_M = 120.0
_POINTS = 6


def city(lines: int) -> list[Row]:
    """Return streets of a crooked grid; one in ten is drawn short or long by some decimetres."""
    count = max(2, round((lines / 2) ** 0.5))
    random = np.random.default_rng(7)
    x, y = np.meshgrid(*[np.arange(count + 1) * _BLOCK_M] * 2, indexing="ij")
    corner = np.stack([x, y], axis=-1) + random.normal(0, 8, (count + 1, count + 1, 2))
    start = np.concatenate([corner[:-1].reshape(-1, 2), corner[:, :-1].reshape(-1, 2)])
    stop = np.concatenate([corner[1:].reshape(-1, 2), corner[:, 1:].reshape(-1, 2)])
    share = np.linspace(0, 1, _POINTS)[None, :, None]
    xy = start[:, None] * (1 - share) + stop[:, None] * share
    xy[:, 1:-1] += random.normal(0, 2, xy[:, 1:-1].shape)
    off = random.random(len(xy)) < 0.1
    xy[off, -1] += random.normal(0, 0.8, (int(off.sum()), 2))
    kinds = random.choice(["主干路", "次干路", "支路", "步道"], len(xy))
    one_way = random.choice(["双向", "单行"], len(xy), p=[0.9, 0.1])
    level = (random.random(len(xy)) < 0.02).astype(int)
    return [
        (line, {"名称": f"科学大道{i % 900}号路", "等级": kinds[i], "单行": one_way[i],
                "层级": int(level[i])})
        for i, line in enumerate(xy)
    ]  # fmt: skip


def main() -> None:
    """Print how long the whole way from file to streets takes, and the most memory held."""
    rows = city(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    with TemporaryDirectory() as folder:
        path = shapefile(Path(folder) / "city.shp", rows)
        began, spent = perf_counter(), process_time()
        built = build_lines(path)
        took, spent = perf_counter() - began, process_time() - spent
    lines = [shapely.LineString(line) for line, _ in rows]
    alone = process_time()
    exact = planar(np.array(lines, dtype=object), np.zeros(len(lines), dtype=np.int64))
    alone, union = process_time() - alone, process_time()
    shapely.unary_union(lines)
    union = process_time() - union
    told = built.streets.provenance.report
    print(f"{len(rows):,} lines, {len(rows) * _POINTS:,} points, in GBK without a .cpg")
    print(f"{len(built.streets.segment_nodes):,} edges; {told['lines_joined']:,} ends moved, "
          f"{told['lines_near_miss']:,} near misses")  # fmt: skip
    print(f"{took:.1f} s, of processor {spent:.1f} s; most memory "
          f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")  # fmt: skip
    print(f"Cutting alone, to {len(exact.segment_nodes):,} edges: {alone:.1f} s; "
          f"shapely's unary_union: {union:.1f} s")  # fmt: skip
    print("Load on", os.cpu_count(), "cores:", *(f"{load:.1f}" for load in os.getloadavg()))


if __name__ == "__main__":
    main()
