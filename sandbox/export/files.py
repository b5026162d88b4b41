"""Files written whole or not at all."""

import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from sandbox.errors import ExportError


@contextmanager
def replacing(path: Path) -> Generator[Path]:
    """Give a place beside `path` to write to; what is there at the end takes its name.

    Whatever goes wrong before the end leaves the old file, or none, and no remains.

    Raises
    ------
    ExportError
        The folder is missing, is no folder, or can't be written to; the disk is full.
    """
    folder = path.parent
    if not folder.is_dir():
        raise ExportError(
            "The folder {folder} isn't there.",
            "Make it first, or write to another.",
            folder=folder,
        )
    if path.is_dir():
        raise ExportError("{path} is a folder.", "Give the name of a file.", path=path)
    beside: Path | None = None
    try:
        handle, name = tempfile.mkstemp(suffix=path.suffix, prefix=f".{path.stem}-", dir=folder)
        os.close(handle)
        beside = Path(name)
        yield beside
        beside.chmod(0o666 & ~_umask())
        beside.replace(path)
    except OSError as error:
        raise ExportError(
            "{path} can't be written: {reason}.",
            "Check the permissions and the space left, or write elsewhere.",
            path=path,
            reason=error.strerror or error,
        ) from error
    finally:
        if beside is not None:
            with suppress(OSError):
                beside.unlink(missing_ok=True)


def _umask() -> int:
    """Return the process's file mode mask; asking for it means setting it for a moment."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
