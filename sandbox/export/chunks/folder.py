"""The folder of a run: one Parquet a chunk, and what the run was asked."""

import json
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from sandbox import files
from sandbox.errors import ExportError
from sandbox.export.chunks.tasks import PARTS, Task, fingerprint
from sandbox.export.files import replacing
from sandbox.export.tables import write_parquet
from sandbox.words import Text

# Names with a line below in front are no data for who reads the folder.
RUN: Final = "_run.json"
STREETS: Final = "_streets-"
_MOST_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Folder:
    """Where a run writes its chunks.

    Attributes
    ----------
    path
        The folder.
    count
        How many chunks there are.
    """

    path: Path
    count: int

    def part(self, number: int) -> Path:
        """Return the file of a chunk."""
        return self.path / f"part-{number:05d}.parquet"

    def missing(self) -> list[int]:
        """Return the chunks that aren't there yet."""
        return [number for number in range(self.count) if not self.part(number).is_file()]

    def write(self, number: int, table: pd.DataFrame) -> None:
        """Write a chunk, whole or not at all.

        Raises
        ------
        ExportError
            It can't be written.
        """
        if not isinstance(table, gpd.GeoDataFrame):
            write_parquet(self.part(number), table)
            return
        with replacing(self.part(number)) as beside:
            table.to_parquet(beside, index=False, compression="zstd")


def made(path: Path) -> list[str]:
    """Make a folder where there is none, and return what it holds.

    Raises
    ------
    ExportError
        It can't be made or read.
    """
    try:
        path.mkdir(exist_ok=True)
        return [one.name for one in path.iterdir() if not one.name.startswith(".")]
    except OSError as error:
        raise ExportError(
            "The folder {folder} can't be used: {reason}.",
            "Choose a folder that can be written to; the one around it must be there.",
            folder=path,
            reason=files.reason_of(error),
        ) from error


def opened(path: Path, task: Task, origins: gpd.GeoDataFrame, chunk: int) -> Folder:
    """Return the folder of a run, new or gone on with.

    Raises
    ------
    ExportError
        It holds another run, or other files; it can't be made.
    """
    asked: dict[str, Any] = {
        "task": task.name,
        "version": version("science-city-sandbox"),
        "chunk": chunk,
        "rows": len(origins),
        "origins": fingerprint(origins),
        **task.parts(),
    }
    there = made(path)
    count = max(-(-len(origins) // chunk), 1)
    if RUN not in there:
        if any(not name.startswith(STREETS) for name in there):
            raise ExportError(
                "{folder} holds other files.", "Choose a new or an empty folder.", folder=path
            )
        with replacing(path / RUN) as beside:
            beside.write_text(json.dumps(asked, indent=1), "utf-8")
        return Folder(path, count)
    others = _others(path, asked)
    if others:
        raise ExportError(
            "{folder} holds another run: other {parts}.",
            "Choose another folder, or empty this one to begin anew.",
            folder=path,
            parts=Text(", ".join(f"{{{name}}}" for name in others), {n: PARTS[n] for n in others}),
        )
    return Folder(path, count)


def _others(path: Path, asked: dict[str, Any]) -> list[str]:
    """Return what of a run is another than what is asked now."""
    try:
        told = files.read_json(path / RUN, _MOST_BYTES)
    except files.Unreadable as error:
        raise ExportError(
            "{path} can't be read: {reason}.",
            "Choose another folder, or empty this one to begin anew.",
            path=path / RUN,
            reason=error.reason,
        ) from error
    said: dict[str, Any] = told if isinstance(told, dict) else {}
    # Other rows are other origins.
    return [name for name in PARTS if name in asked and said.get(name) != asked[name]]
