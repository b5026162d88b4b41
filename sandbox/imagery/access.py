"""Which services may be used from this machine, and the user's keys for them.

Both lie in one file of the user's settings that only the user can read (mode 0600), never in a
project or a log. A key is taken from the environment first: ``SANDBOX_KEY_TIANDITU`` for
``tianditu``. A project that comes from elsewhere fetches nothing before its user agrees.
"""

import os
import re
import shutil
import threading
from pathlib import Path
from typing import Any, Final

import tomli_w

from sandbox import files, paths

_AT_MOST: Final = 64 << 10
_LOCK: Final = threading.Lock()
# What is added rests on what is there: two changes at once would lose one of them.
_CHANGING: Final = threading.Lock()
_READ: Final[dict[str, tuple[int, dict[str, Any]]]] = {}


def access_file() -> Path:
    """Return the path of the file with keys and allowed hosts; it may not exist yet."""
    return paths.user_config() / "tile_services.toml"


def is_allowed(host: str) -> bool:
    """Return whether the user agreed to fetch from a host."""
    return host.lower() in _said().get("hosts", [])


def allow(host: str) -> None:
    """Remember that the user agreed to fetch from a host; raises OSError."""
    with _CHANGING:
        said = _said()
        hosts = sorted({*said.get("hosts", []), host.lower()})
        _write({**said, "hosts": hosts})


def key(name: str) -> str:
    """Return the user's key for a service; empty where there is none."""
    given = os.environ.get("SANDBOX_KEY_" + re.sub(r"[^A-Z0-9]", "_", name.upper()), "")
    return given or str(_said().get("keys", {}).get(name, ""))


def set_key(name: str, value: str) -> None:
    """Remember a key, or forget it where it is empty; raises OSError."""
    with _CHANGING:
        said = _said()
        keys = {**said.get("keys", {}), name: value}
        _write({**said, "keys": {one: held for one, held in keys.items() if held}})


def _said() -> dict[str, Any]:
    file = access_file()
    with _LOCK:
        try:
            changed_ns = file.stat().st_mtime_ns
        except OSError:
            return {}
        known = _READ.get(str(file))
        if known is not None and known[0] == changed_ns:
            return known[1]
        try:
            said = files.read_toml(file, _AT_MOST)
        except files.Unreadable:
            said = {}
        hosts, keys = said.get("hosts"), said.get("keys")
        found = {
            "hosts": [str(one) for one in hosts] if isinstance(hosts, list) else [],
            "keys": {str(a): str(b) for a, b in keys.items()} if isinstance(keys, dict) else {},
        }
        _READ.clear()
        _READ[str(file)] = (changed_ns, found)
        return found


def _write(said: dict[str, Any]) -> None:
    """Write the file; one that couldn't be read is kept beside, with the keys that it holds."""
    file = access_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        if file.exists():
            files.read_toml(file, _AT_MOST)
    except files.Unreadable:
        # Its mode goes with it: only its user may read the keys.
        shutil.copy2(file, file.with_suffix(".toml.broken"))
    files.write(file, tomli_w.dumps(said), mode=0o600)
    with _LOCK:
        _READ.clear()
