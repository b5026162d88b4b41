"""Where things lie: in a checkout, when installed, when frozen; and the user's own folders."""

import sys
from functools import cache
from pathlib import Path

import platformdirs

_APP = "science-city-sandbox"


@cache
def _share() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen)
    package = Path(__file__).parent
    installed = package / "share"
    return installed if installed.is_dir() else package.parent


def layers() -> Path:
    """Return the folder of the shipped layers."""
    return _share() / "layers"


def assets() -> Path:
    """Return the folder of icons, themes, translations and page templates."""
    return _share() / "assets"


@cache
def command() -> str:
    """Return what a person types to start the program: in a checkout its own starter."""
    top = _share()
    if top == Path(__file__).parent.parent and (top / "packaging" / "run").is_file():
        return r"packaging\run.ps1" if sys.platform == "win32" else "packaging/run"
    return "sandbox"


def user_config() -> Path:
    """Return the user's configuration folder; it may not exist yet."""
    return Path(platformdirs.user_config_dir(_APP, appauthor=False))


def user_cache() -> Path:
    """Return the user's cache folder; it may not exist yet."""
    return Path(platformdirs.user_cache_dir(_APP, appauthor=False))


def user_log() -> Path:
    """Return the user's log folder; it may not exist yet."""
    return Path(platformdirs.user_log_dir(_APP, appauthor=False))


def user_state() -> Path:
    """Return the user's folder for what a program remembers of itself; it may not exist yet."""
    return Path(platformdirs.user_state_dir(_APP, appauthor=False))
