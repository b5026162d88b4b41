"""Where compiled kernels are kept, so that none outlives the sources it was made from.

numba keeps a compiled function until the function's own file changes. Our kernels call kernels
of other files and hold constants of yet others, so that rule would keep old code. Here one
folder holds all of them, and its name is a hash of everything that goes into them.
"""

import hashlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Final

import llvmlite
import numba
import numpy as np
from llvmlite import binding
from numba.core.caching import CompileResultCacheImpl, FunctionCache

from sandbox import paths

PACKAGE: Final = Path(__file__).parents[1]
# The rooms that have kernels.
ROOMS: Final = ("engine", "transit", "analysis", "sources", "draw")
NAME: Final = "sandbox-kernels-"
# Versions that are used in turn (two Pythons, two branches) don't sweep each other's.
KEPT: Final = 4
_IMPORT: Final = re.compile(rb"^\s*from (sandbox[\w.]*) import (\([^)]*\)|.*)$", re.MULTILINE)


def sources(package: Path = PACKAGE) -> list[Path]:
    """Return the files that go into kernels: those with kernels, and what these import.

    Parameters
    ----------
    package
        The folder of the package `sandbox`.
    """
    read: dict[Path, bytes] = {}
    for room in ROOMS:
        for file in (package / room).rglob("*.py"):
            text = file.read_bytes()
            if re.search(rb"^\s*@kernel\b", text, re.MULTILINE):
                read[file] = text
    ahead = list(read)
    while ahead:
        for module, names in _IMPORT.findall(read[ahead.pop()]):
            # A name that is imported may be a module of its own.
            below = [module + b"." + name for name in re.findall(rb"\w+", names)]
            # The package itself only lends names, of rooms that no kernel sees.
            for dotted in below if module == b"sandbox" else (module, *below):
                file = _file(package, dotted.decode())
                if file is not None and file not in read:
                    read[file] = file.read_bytes()
                    ahead.append(file)
    return sorted(read)


def _file(package: Path, module: str) -> Path | None:
    path = package.joinpath(*module.split(".")[1:])
    for file in (path.with_suffix(".py"), path / "__init__.py"):
        if file.is_file():
            return file
    return None


def key(package: Path = PACKAGE) -> str | None:
    """Return a hash of all that goes into compiled kernels; None where it can't be seen.

    Parameters
    ----------
    package
        The folder of the package `sandbox`.
    """
    # A frozen program holds its modules in its executable.
    files = [Path(sys.executable)] if getattr(sys, "frozen", False) else sources(package)
    if not files:
        return None
    made_with = [
        *(numba.__version__, llvmlite.__version__, np.__version__, sys.version),
        *(binding.get_process_triple(), binding.get_host_cpu_name()),
        binding.get_host_cpu_features().flatten(),
        # Such as NUMBA_BOUNDSCHECK or NUMBA_OPT: numba itself doesn't tell these apart.
        *sorted(f"{name}={value}" for name, value in os.environ.items() if _changes_code(name)),
    ]
    hashed = hashlib.sha256("\0".join(made_with).encode("utf-8", "surrogateescape"))
    for file in files:
        # The same files in another place make the same kernels.
        name = file.relative_to(package).as_posix() if file.is_relative_to(package) else ""
        with file.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        hashed.update(f"\0{name}\0{digest}".encode())
    return hashed.hexdigest()[:20]


def _changes_code(variable: str) -> bool:
    return variable.startswith("NUMBA_") and "CACHE" not in variable and "THREAD" not in variable


@cache
def folder() -> Path | None:
    """Return the folder of the kernels of this very program, made where it was missing.

    It lies beside the package, else in the user's cache, or in `NUMBA_CACHE_DIR` where that
    is set. None where nothing can be written: then each start compiles for itself.
    """
    try:
        name = key()
    except OSError:
        return None
    if name is None:
        return None
    found = choose(f"{NAME}{name}", _places())
    if found is not None:
        sweep(found)
    return found


def _places() -> list[Path]:
    if named := os.environ.get("NUMBA_CACHE_DIR"):
        return [Path(named)]
    users = paths.user_cache()
    return [users] if getattr(sys, "frozen", False) else [PACKAGE / "__pycache__", users]


def choose(name: str, places: list[Path]) -> Path | None:
    """Return the folder of that name in the first place that can be written; None for none."""
    for place in places:
        try:
            (place / name).mkdir(parents=True, exist_ok=True)
            # Asking for permissions isn't enough: a file system may be read-only.
            tempfile.TemporaryFile(dir=place / name).close()
            os.utime(place / name)
        except OSError:
            continue
        return place / name
    return None


def kept(where: Path | None) -> int:
    """Return how many kernels a folder keeps; none without a folder."""
    return 0 if where is None else sum(1 for _ in where.glob("*.nbi"))


def sweep(used: Path) -> None:
    """Remove the folders beside `used` that were in use longest ago, but the latest few."""
    with suppress(OSError):
        beside = [path for path in used.parent.glob(f"{NAME}*") if path != used and path.is_dir()]
        beside.sort(key=lambda path: path.stat().st_mtime, reverse=True)
        for old in beside[KEPT - 1 :]:
            shutil.rmtree(old, ignore_errors=True)


class _Locator:
    """What numba asks about the place of one kernel."""

    def __init__(self, function: Callable[..., object]) -> None:
        # numba names the file where it warns of code that it can't keep.
        self._py_file = function.__code__.co_filename
        self._name = f"{function.__module__}-{function.__code__.co_firstlineno}"

    @classmethod
    def from_function(cls, function: Callable[..., object], file: str) -> "_Locator | None":
        del file
        return cls(function) if folder() is not None else None

    def ensure_cache_path(self) -> None:
        os.makedirs(self.get_cache_path(), exist_ok=True)

    def get_cache_path(self) -> str:
        return str(folder())

    def get_source_stamp(self) -> str:
        return Path(self.get_cache_path()).name

    def get_disambiguator(self) -> str:
        return self._name


class _Files(CompileResultCacheImpl):
    _locator_classes: Final = [_Locator]


class KernelCache(FunctionCache):
    """numba's cache of one kernel, in our folder.

    A file that can't be read is compiled anew, and a disk that is full ends no search.
    """

    _impl_class = _Files

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """Return the kernel for these types as it was kept; None where it has to be compiled."""
        try:
            kept = super().load_overload(sig, target_context)
        # A torn file raises whatever its bytes mean to the reader that numba itself uses.
        except Exception:
            with suppress(OSError):
                self.flush()
            return None
        # Two processes that kept kernels at once may have swapped their files.
        types = getattr(sig, "args", sig)
        return kept if kept is not None and tuple(kept.signature.args) == tuple(types) else None

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep a compiled kernel for the next start."""
        with suppress(OSError):
            super().save_overload(sig, data)
