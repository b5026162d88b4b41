"""The parts of a project that are no layers, as rows of its tables, and what is wrong with them."""

import json
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, cast

from sandbox import files
from sandbox.catalog.layer import Layer
from sandbox.errors import ProjectError
from sandbox.projects import careful, schema, streets, tables
from sandbox.projects.described import described, read_described
from sandbox.projects.project import NOT_APPROVED, Approval, Project, Streets, faults_of
from sandbox.words import Bilingual, Text

_GRID_AT_MOST: Final = 256 << 20
_GRID: Final = "grid:"
_NAMES_AT_MOST: Final = 10_000


def check_format(path: Path, made_with: object) -> None:
    """Raise a ProjectError for a format that is unknown here."""
    if not isinstance(made_with, int) or isinstance(made_with, bool) or made_with < 0:
        raise careful.unreadable(path, files.DAMAGED)
    if made_with > schema.FORMAT:
        raise ProjectError(
            "{path} was saved by a newer version of the program.",
            "Update the program, then open it again.",
            path=path,
        )


def read_parts(path: Path, database: sqlite3.Connection) -> dict[str, Any]:
    """Return the parts of a project by name; none where the file is no project yet."""
    if schema.PARTS not in schema.tables_of(database):
        return {}
    found: dict[str, Any] = {}
    rows = database.execute(
        f"SELECT part, typeof(value), length(CAST(value AS BLOB)) FROM {schema.PARTS}"  # noqa: S608
    ).fetchmany(_NAMES_AT_MOST)
    for part, kind, size in rows:
        if kind != "text" or size > careful.TEXT_AT_MOST:
            reason = Text("its part {name} is too large or no text", {"name": str(part)[:80]})
            raise careful.unreadable(path, reason)
        (value,) = database.execute(
            f"SELECT value FROM {schema.PARTS} WHERE part=?",  # noqa: S608
            (part,),
        ).fetchone()
        try:
            found[str(part)] = json.loads(value, parse_constant=_no_number)
        except (ValueError, RecursionError) as error:
            reason = Text("its part {name} is damaged", {"name": str(part)[:80]})
            raise careful.unreadable(path, reason) from error
    return found


def _no_number(said: str) -> float:
    raise ValueError(said)


def read_grids(
    path: Path, database: sqlite3.Connection, parts: Mapping[str, Any]
) -> dict[str, bytes]:
    """Return the grids that a project holds, as files, by the names of their tables."""
    if schema.BLOBS not in schema.tables_of(database) or "layers" not in parts:
        return {}
    found: dict[str, bytes] = {}
    rows = database.execute(
        f"SELECT name, length(data), typeof(data) FROM {schema.BLOBS} WHERE name LIKE ?",  # noqa: S608
        (f"{_GRID}%",),
    ).fetchmany(_NAMES_AT_MOST)
    for name, size, kind in rows:
        if kind != "blob" or size > _GRID_AT_MOST:
            raise careful.unreadable(path, files.DAMAGED)
        (data,) = database.execute(
            f"SELECT data FROM {schema.BLOBS} WHERE name=?",  # noqa: S608
            (name,),
        ).fetchone()
        found[str(name).removeprefix(_GRID)] = data
    return found


def streets_of(path: Path, said: Any) -> Streets:
    """Return where a project says that its streets are."""
    told = cast("dict[str, Any]", said) if isinstance(said, dict) else {}
    kind, file, digest = (told.get(key, "") for key in ("kind", "path", "sha256"))
    if (
        kind not in ("shipped", "held", "linked")
        or not isinstance(file, str)
        or not isinstance(digest, str)
    ):
        raise careful.unreadable(path, Text("it doesn't say which streets it has"))
    return Streets(kind, file, digest)


def described_of(said: Any) -> tuple[list[Any], list[Text]]:
    """Return what is said of each layer, and what is wrong with it."""
    if not isinstance(said, list):
        return [], [Text("layers: {why}", {"why": Text("a list is needed")})]
    found: list[Any] = []
    faults: list[Text] = []
    for number, one in enumerate(cast("list[Any]", said)):
        made, wrong = read_described(one)
        where = f"layers[{number}]"
        faults += [Text("{name}: {why}", {"name": where, "why": why}) for why in wrong]
        if made is not None:
            found.append(made)
    ids = [one.id for one in found]
    if len(set(ids)) < len(ids):
        faults.append(Text("two layers have the same id"))
    return found, faults


def approval_of(said: Any) -> tuple[Approval, tuple[Text, ...]]:
    """Return the approval, and what is wrong with it."""
    told = cast("dict[str, Any]", said) if isinstance(said, dict) else {"": said}
    names = Approval.__slots__
    wrong = [
        Text("{name}: {why}", {"name": f"approval.{key}", "why": Text("text is needed")})
        for key, value in told.items()
        if key not in names or not isinstance(value, str)
    ]
    if wrong:
        return NOT_APPROVED, tuple(wrong)
    made = Approval(**told)
    return made, faults_of(made)


def texts_of(parts: Mapping[str, Any]) -> tuple[dict[str, Any], list[Text]]:
    """Return title, scenes and views, and what is wrong with them."""
    faults: list[Text] = []

    def named(key: str) -> dict[str, Any]:
        said = parts.get(key, {})
        if not isinstance(said, dict) or len(cast("dict[str, Any]", said)) > _NAMES_AT_MOST:
            faults.append(
                Text("{name}: {why}", {"name": key, "why": Text("named values are needed")})
            )
            return {}
        return cast("dict[str, Any]", said)

    title = named("title")
    made: Any = None
    if title:
        zh, en = title.get("zh"), title.get("en")
        if isinstance(zh, str) and isinstance(en, str):
            made = Bilingual(zh, en)
        else:
            faults.append(Text("{name}: {why}", {"name": "title", "why": Text("text is needed")}))
    scenes = named("scenes")
    faults += [
        Text("{name}: {why}", {"name": f"scenes.{key}", "why": Text("text is needed")})
        for key, one in scenes.items()
        if not isinstance(one, str)
    ]
    if parts.get("document") is not None and not isinstance(parts["document"], dict):
        faults.append(
            Text("{name}: {why}", {"name": "document", "why": Text("named values are needed")})
        )
    return {"title": made, "scenes": scenes, "views": named("views")}, faults


def write_parts(
    database: sqlite3.Connection,
    project: Project,
    names: Mapping[str, str],
    placed: Streets,
    pictures: Mapping[str, Mapping[str, Any]],
) -> None:
    """Write all that a project holds beside its layers, and what is said of their pictures."""
    said: dict[str, Any] = {
        "format": schema.FORMAT,
        "title": {"zh": project.title.zh, "en": project.title.en},
        "layers": [
            described(one, names[key], pictures.get(key)) for key, one in project.layers.items()
        ],
        "network": {name: getattr(placed, name) for name in placed.__slots__},
        "document": project.document,
        "scenes": dict(project.scenes),
        "views": dict(project.views),
        "approval": {name: getattr(project.approval, name) for name in Approval.__slots__},
        "saved_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    for part, value in said.items():
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
        database.execute(
            f"INSERT INTO {schema.PARTS} (part, value) VALUES (?, ?)"  # noqa: S608
            " ON CONFLICT (part) DO UPDATE SET value=excluded.value",
            (part, text),
        )


def write_grids(
    database: sqlite3.Connection,
    fresh: Mapping[str, Layer],
    names: Mapping[str, str],
) -> None:
    """Write the grids of layers that are new, and remove those of layers that went."""
    rows = database.execute(
        f"SELECT name FROM {schema.BLOBS} WHERE name LIKE ?",  # noqa: S608
        (f"{_GRID}%",),
    ).fetchall()
    kept = set(names.values())
    for (name,) in rows:
        if name.removeprefix(_GRID) not in kept:
            database.execute(f"DELETE FROM {schema.BLOBS} WHERE name=?", (name,))  # noqa: S608
    for key, layer in fresh.items():
        if layer.grid is not None:
            streets.put(
                database, f"{_GRID}{names[key]}", "image/tiff", tables.grid_bytes(layer.grid)
            )
