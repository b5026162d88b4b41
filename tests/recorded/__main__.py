"""Record what commands and functions answer, or say where they answer differently now.

    python -m tests.recorded --write     record
    python -m tests.recorded             compare; exit status 1 where an answer moved

A recording proves nothing about truth: it only shows that numbers, geometry and ids stayed as
they were while the code moved. What is true is held by the other tests. A wanted change is a
commit of its own that records anew.
"""

import contextlib
import csv
import hashlib
import io
import json
import math
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely

import sandbox
from sandbox.cli import main as run_command
from tests.recorded.questions import COMMANDS, FUNCTIONS, SETTING_UP

KEPT: Final = Path(__file__).with_name("answers.json")
# Rows of a table that are kept whole; of longer ones only these and the sums of columns.
WHOLE_ROWS: Final = 25
# What differs from run to run or from machine to machine.
PASSING: Final = ("computed_at", "made", "built", "path", "file", "seconds")


def number(value: float) -> float | str:
    """Return a number without the last digits, in which processors may differ."""
    if not math.isfinite(value):
        return str(value)
    return float(f"{value:.10g}")


def plain(value: Any) -> Any:
    """Return a value as JSON has it, without what passes."""
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items() if str(k) not in PASSING}
    if isinstance(value, list | tuple):
        return whole([plain(one) for one in value])
    if isinstance(value, shapely.Geometry):
        return shape(value)
    if hasattr(value, "item") and getattr(value, "ndim", 1) == 0:
        value = value.item()
    if isinstance(value, bool | int | str) or value is None:
        return value
    return number(value) if isinstance(value, float) else str(value)


def whole(values: list[Any]) -> list[Any]:
    """Return a list; of a long one its first entries, its length and a digest of the rest."""
    if len(values) <= WHOLE_ROWS:
        return values
    rest = json.dumps(values[WHOLE_ROWS:], ensure_ascii=False).encode()
    return [*values[:WHOLE_ROWS], len(values), hashlib.sha256(rest).hexdigest()[:16]]


def shape(geometry: shapely.Geometry) -> list[Any]:
    """Return measures of a shape that no other shape is likely to share."""
    if geometry is None or shapely.is_empty(geometry):
        return ["empty"]
    around = shapely.get_coordinates(geometry)
    return [
        geometry.geom_type,
        int(shapely.get_num_coordinates(geometry)),
        *map(number, (shapely.area(geometry), shapely.length(geometry), *geometry.bounds)),
        *map(number, map(float, around.mean(axis=0))),
    ]


def table(frame: pd.DataFrame) -> dict[str, Any]:
    """Return a table column by column; of a long one its first rows and its sums."""
    kept: dict[str, Any] = {"rows": len(frame)}
    for name in frame.columns:
        if str(name) in PASSING:
            continue
        column = frame[name]
        values = [plain(one) for one in column.head(WHOLE_ROWS)]
        kept[str(name)] = values
        if len(frame) > WHOLE_ROWS and pd.api.types.is_numeric_dtype(column):
            kept[f"{name} sum"] = number(float(column.astype(float).sum()))
            kept[f"{name} empty"] = int(column.isna().sum())
    return kept


def read(file: Path) -> Any:
    """Return what a written file says, as values."""
    if file.suffix == ".csv":
        rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
        return table(pd.DataFrame(rows))
    if file.suffix in {".geojson", ".gpkg"}:
        layers = [str(name) for name, _ in pyogrio.list_layers(file)]
        return {name: table(gpd.read_file(file, layer=name)) for name in layers}
    if file.suffix == ".toml":
        return whole(file.read_text("utf-8").splitlines())
    return {"bytes": file.stat().st_size > 0}


def said(text: str) -> Any:
    """Return what was printed: values where it is JSON, lines where it isn't."""
    try:
        return plain(json.loads(text))
    except json.JSONDecodeError:
        return whole(text.splitlines())


def command(arguments: str, folder: Path) -> Any:
    """Return what a command prints and writes."""
    words = [word.replace("@", f"{folder.as_posix()}/") for word in arguments.split()]
    out, err, status = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            run_command(["--lang", "en", *words])
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 0
    told: dict[str, Any] = {"status": status}
    hidden = folder.as_posix()
    told["said"] = said(out.getvalue().replace(hidden, "@"))
    told["complained"] = err.getvalue().replace(hidden, "@").splitlines()
    if "-o" in words:
        file = Path(words[words.index("-o") + 1])
        told["file"] = file.suffix
        told["holds"] = read(file) if file.is_file() else None
    return told


def function(ask: Callable[[Any, Path], Any], folder: Path) -> Any:
    """Return what a function of the Python interface answers."""
    found = ask(sandbox, folder)
    if isinstance(found, pd.DataFrame):
        return table(found)
    return plain(found.tolist() if hasattr(found, "tolist") else found)


def answers() -> Iterator[tuple[str, Any]]:
    """Yield every question with its answer."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for set_up in SETTING_UP:
            set_up(folder)
        for line in COMMANDS:
            yield line, command(line, folder)
        for name, ask in FUNCTIONS.items():
            yield name, function(ask, folder)


def differences(before: Any, now: Any, where: str = "") -> Iterator[str]:
    """Yield each place where two answers differ."""
    if isinstance(before, dict) and isinstance(now, dict):
        for key in before.keys() | now.keys():
            if key not in before or key not in now:
                yield f"{where}/{key}: {'gone' if key in before else 'new'}"
            else:
                yield from differences(before[key], now[key], f"{where}/{key}")
    elif isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        for index, pair in enumerate(zip(before, now, strict=True)):
            yield from differences(*pair, f"{where}/{index}")
    elif before != now and not (
        isinstance(before, float)
        and isinstance(now, float)
        and math.isclose(before, now, rel_tol=1e-9, abs_tol=1e-9)
    ):
        yield f"{where}: {str(before)[:90]} -> {str(now)[:90]}"


def main() -> int:
    """Record, or compare with what is recorded."""
    now = dict(answers())
    if "--write" in sys.argv:
        lines = ",\n".join(
            f"{json.dumps(k, ensure_ascii=False)}: {json.dumps(v, ensure_ascii=False)}"
            for k, v in now.items()
        )
        KEPT.write_text("{\n" + lines + "\n}\n", "utf-8")
        print(f"{len(now)} answers recorded in {KEPT.name}, {KEPT.stat().st_size / 1e3:.0f} kB")
        return 0
    before = json.loads(KEPT.read_text("utf-8"))
    moved = list(differences(before, json.loads(json.dumps(now))))
    for line in moved[:60]:
        print(line)
    print(f"{len(now)} answers, {len(moved)} values moved")
    return 1 if moved else 0


if __name__ == "__main__":
    sys.exit(main())
