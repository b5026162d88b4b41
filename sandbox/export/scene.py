"""A scene into the folder that the kiosk reads, beside those that are there."""

from pathlib import Path

from sandbox import files
from sandbox.catalog.scene_text import as_toml
from sandbox.catalog.scenes import Scene, id_of
from sandbox.errors import ExportError
from sandbox.export.files import replacing


def same_scene(folder: Path, scene_id: str) -> Path | None:
    """Return the file of a folder that holds a scene of an id, None where none does."""
    found = (file for file in sorted(folder.glob("*.toml")) if id_of(file) == scene_id)
    return next(found, None)


def write_scene(scene: Scene, file: Path, *, replace: bool = False) -> Path:
    """Write a scene, whole or not at all; return its file.

    Parameters
    ----------
    scene
        What is written.
    file
        Its file; the folder is made where there is none.
    replace
        Whether a scene of the same id may be replaced: its file keeps its name then.

    Raises
    ------
    ExportError
        There is a scene of that id, its narration is missing, or the folder can't be written.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(
            "The folder {folder} can't be created: {reason}.",
            "Choose another folder.",
            folder=file.parent,
            reason=files.reason_of(error),
        ) from error
    there = same_scene(file.parent, scene.id)
    if there is not None and not replace:
        raise ExportError(
            "{file} already contains the scene {id}.",
            "Give another name, or allow it to be replaced.",
            id=scene.id,
            file=there,
        )
    if scene.narration and not (file.parent / scene.narration).is_file():
        raise ExportError(
            "The narration {name} is not in the folder {folder}.",
            "Copy it there first.",
            name=scene.narration,
            folder=file.parent,
        )
    target = there or file
    with replacing(target) as beside:
        beside.write_text(as_toml(scene), encoding="utf-8")
    return target
