"""The user's settings: one table of keys, kept as TOML in the configuration folder."""

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import tomli_w
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sandbox import files, paths
from sandbox.errors import ProjectError
from sandbox.words import Language, Text

Theme = Literal["light", "dark"]
_MAX_BYTES: Final = 64 * 1024

Longitude = Annotated[float, Field(ge=-180, le=180)]
Latitude = Annotated[float, Field(ge=-90, le=90)]


class Settings(BaseModel):
    """What is remembered from one start to the next.

    Attributes
    ----------
    language, theme
        How the window speaks and looks; no language means the system's.
    network
        Network file to open; none means the shipped schematic streets.
    project
        Project to open; none means the city that comes with the program.
    recent
        Projects that were open last, the last first.
    here
        Longitude and latitude of the service complex where the sandbox stands.
    approval_number
        Number of the map's official review (审图号).
    motion
        Whether answers spread as a wave; people may ask for less motion.
    schematic_told
        Whether the user has been told that the shipped streets are schematic; from then on the
        status line alone says it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: Language | None = None
    theme: Theme = "light"
    network: Path | None = None
    project: Path | None = None
    recent: Annotated[tuple[Path, ...], Field(max_length=50)] = ()
    here: tuple[Longitude, Latitude] | None = None
    approval_number: Annotated[str, Field(max_length=60)] = ""
    motion: bool = True
    schematic_told: bool = False


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings that were read, and what was wrong with the file, if anything."""

    settings: Settings
    fault: ProjectError | None = None


def settings_file() -> Path:
    """Return where the settings lie; the file may not exist yet."""
    return paths.user_config() / "settings.toml"


def load(file: Path | None = None) -> Loaded:
    """Read the settings; a key that can't be used falls back to its default, and is named."""
    file = file or settings_file()
    try:
        table = files.read_toml(file, _MAX_BYTES)
    except files.Unreadable as error:
        return Loaded(Settings()) if error.missing else _unreadable(file, error.reason)
    try:
        return Loaded(Settings.model_validate(table))
    except ValidationError as error:
        wrong = {str(detail["loc"][0]) for detail in error.errors()}
        kept = {key: value for key, value in table.items() if key not in wrong}
        faults = [
            Text("{key}: {value} can't be used", {"key": key, "value": table.get(key)})
            for key in sorted(wrong)
        ]
        fault = ProjectError(
            "Some settings in {file} can't be used; their defaults are used instead",
            "Correct or remove them in that file.",
            faults=faults,
            file=file,
        )
        return Loaded(Settings.model_validate(kept), fault)


def save(settings: Settings, file: Path | None = None) -> None:
    """Write the settings, whole or not at all; a file that couldn't be read is kept beside.

    Raises
    ------
    ProjectError
        The file can't be written.
    """
    file = file or settings_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists() and load(file).fault is not None:
            shutil.copyfile(file, file.with_suffix(".toml.broken"))
        files.write(file, tomli_w.dumps(_table(settings)))
    except OSError as error:
        raise ProjectError(
            "The settings can't be written to {file}: {reason}.",
            "Check that the folder can be written to.",
            file=file,
            reason=files.reason_of(error),
        ) from error


def _table(settings: Settings) -> dict[str, Any]:
    return settings.model_dump(mode="json", exclude_none=True)


def _unreadable(file: Path, reason: Text) -> Loaded:
    fault = ProjectError(
        "The settings in {file} can't be read, so the defaults are used",
        "Correct or remove that file.",
        faults=[reason],
        file=file,
    )
    return Loaded(Settings(), fault)


def keep(**fields: object) -> None:
    """Change some settings, and leave all others as the file has them now.

    What was asked for once, or changed by another program meanwhile, is not written over.

    Raises
    ------
    ProjectError
        The file can't be written.
    """
    save(load().settings.model_copy(update=fields))


def remember_schematic_told() -> None:
    """Remember that the user has seen the notice about schematic streets.

    Settings that can't be read or written stay as they are: one is told again then.
    """
    loaded = load()
    if loaded.fault is None and not loaded.settings.schematic_told:
        with suppress(ProjectError):
            keep(schematic_told=True)
