"""The kiosk's configuration file, and the copy of the last one that was right."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sandbox import files, paths
from sandbox.app.kiosk.config import KioskConfig
from sandbox.errors import ControlError
from sandbox.words import Text

_MAX_BYTES: Final = 256 * 1024
_SECRET: Final = frozenset({"pin", "token", "password"})


@dataclass(frozen=True, slots=True)
class Loaded:
    """A configuration that can be run, and what was wrong with the file, if anything."""

    config: KioskConfig
    fault: ControlError | None = None


def config_file() -> Path:
    """Return where the configuration lies if no other file is named; it may not exist."""
    return paths.user_config() / "kiosk.toml"


def example_file() -> Path:
    """Return the shipped example, which says what each key means."""
    return paths.assets() / "kiosk.toml"


def read(file: Path) -> KioskConfig:
    """Read a configuration.

    Raises
    ------
    ControlError
        The file can't be read or used; all faults at once, PIN and passwords never shown.
    """
    try:
        table = files.read_toml(file, _MAX_BYTES)
    except files.Unreadable as error:
        # What TOML says of a broken line gives its place, not its words.
        raise _unusable(file, [error.reason]) from None
    try:
        return KioskConfig.model_validate(table)
    except ValidationError as error:
        raise _unusable(file, [_fault(detail) for detail in error.errors()]) from None


def load(file: Path | None = None) -> Loaded:
    """Return a configuration to run with, whatever the file says.

    A file that can't be used gives the last content that could, else the defaults, and
    the fault beside; no file at the usual place gives the defaults.
    """
    if file is None and not config_file().exists():
        return Loaded(KioskConfig())
    file = file or config_file()
    try:
        config = read(file)
    except ControlError as fault:
        return Loaded(_last_good(), fault)
    _keep(file)
    return Loaded(config)


def good_file() -> Path:
    """Return where the last content that could be used is kept."""
    return paths.user_config() / "kiosk.good.toml"


def own_scenes(config: KioskConfig) -> Path | None:
    """Return the folder of the hall's own scenes; None for none. It may not exist."""
    return paths.user_config() / config.scenes_folder if config.scenes_folder else None


def no_pin(config: KioskConfig) -> ControlError | None:
    """Return what an operator must know where the hall has no PIN of its own, else None."""
    if config.own_pin:
        return None
    return ControlError(
        "This kiosk has no PIN, so the operator's menu can't be opened by touch.",
        "Set pin in its configuration (4 to 8 digits). Without one, end it with Ctrl+C in "
        "its terminal, or through its service.",
    )


def not_reviewed() -> ControlError:
    """Return what an operator must know of a map that nobody has reviewed."""
    return ControlError(
        "The map has no approval number, so visitors can't take it with them.",
        "Set approval_number in the configuration once the map is reviewed, or internal = "
        "true for an internal demonstration.",
    )


def _last_good() -> KioskConfig:
    try:
        return read(good_file())
    except ControlError:
        return KioskConfig()


def _keep(file: Path) -> None:
    """Keep a copy; without room or rights for one the show goes on all the same."""
    with suppress(OSError, files.Unreadable):
        told = files.read_bytes(file, _MAX_BYTES)
        if good_file().exists() and files.read_bytes(good_file(), _MAX_BYTES) == told:
            return
        good_file().parent.mkdir(parents=True, exist_ok=True)
        files.write(good_file(), told, mode=0o600)


def _unusable(file: Path, faults: list[Text]) -> ControlError:
    return ControlError(
        "The kiosk configuration {file} can't be used",
        "Until it is corrected, the last valid configuration is used, or else the defaults.",
        faults=faults,
        file=file,
    )


def _fault(detail: ErrorDetails) -> Text:
    place = ".".join(str(p + 1) if isinstance(p, int) else p for p in detail["loc"]) or "kiosk"
    context: dict[str, Any] = detail.get("ctx", {})
    if detail["type"] == "extra_forbidden":
        return Text("there is no key {place}", {"place": place})
    if detail["type"] == "missing":
        return Text("{place} is missing", {"place": place})
    value = detail["input"]
    hidden = isinstance(value, dict | list | tuple) or bool(_SECRET & set(map(str, detail["loc"])))
    values = {
        "place": place,
        "value": "•••" if hidden else repr(value)[:80],
        "expected": context.get("expected") or _bounds(context),
    }
    if not values["expected"]:
        return Text("{place} is {value}, which is not allowed here", values)
    return Text("{place} is {value}; expected {expected}", values)


def _bounds(context: dict[str, Any]) -> str:
    signs = {"ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< ", "max_length": "≤ ", "pattern": ""}
    return ", ".join(f"{sign}{context[key]}" for key, sign in signs.items() if key in context)
