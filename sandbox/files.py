"""Files read within limits, and written whole or not at all.

What people, editors and other programs leave behind is read in one place, so that a byte order
mark, a pipe, a number of five thousand digits or a key of fifty thousand parts means the same
everywhere. Whoever reads says what the file was to be; why it can't be read is said here.
"""

import codecs
import errno
import glob
import json
import math
import os
import re
import secrets
import socket
import stat
import time
import tomllib
import zipfile
import zlib
from collections.abc import Generator
from contextlib import contextmanager, suppress
from lzma import LZMAError
from pathlib import Path
from typing import Any, Final, cast

from sandbox.words import Text

# No file of the program nests deeper; Python itself would fail only when its stack ends.
_DEEPEST: Final = 64
# Whole numbers beyond 64 bits are none that anything here counts.
_LARGEST: Final = 1 << 64
# Strings of all four kinds, and comments: dots in them separate nothing.
_STRING: Final = re.compile(
    r'"""(?:[^\\]|\\.)*?"""|"(?:[^"\\\n]|\\.)*"|#[^\n]*' + r"|'''.*?'''|'[^'\n]*'", re.DOTALL
)
# The parser takes memory by the square of a dotted key's parts, so it never sees long ones.
_LONG_KEY: Final = re.compile(rf"(?<![\w-])[\w-]++(?:[ \t]*+\.[ \t]*+[\w-]++){{{_DEEPEST},}}")
_HALF_SIGN: Final = re.compile(r"\\u[dD][89a-fA-F]")
_TOML_PLACE: Final = re.compile(r"\(at line (\d+), column (\d+)\)")
_KILOBYTE: Final = 1 << 10
_PIECE_BYTES: Final = 1 << 20
# What a killed run left beside a file is taken away by the next that writes it, later than
# any that still writes would take.
_LEFT_S: Final = 3600.0
_STEM_SIGNS: Final = 40


class Unreadable(Exception):  # noqa: N818 - named after what happened
    """A file can't be read.

    Attributes
    ----------
    reason
        Why, as a part of a sentence.
    missing
        Whether there is none.
    hint
        What makes of it a file that can be read, where that is known.
    """

    def __init__(self, reason: Text, *, missing: bool = False, hint: Text | None = None) -> None:
        self.reason = reason
        self.missing = missing
        self.hint = hint
        super().__init__(str(reason))


def check_ordinary(path: Path) -> int:
    """Return the size of a file that a library is to read, in bytes.

    Raises
    ------
    Unreadable
        It isn't there, or is a folder, pipe, socket or device: reading one may never end;
        or nothing is in it, or it may not be read.
    """
    try:
        told = path.stat()
        _check(told)
        # Libraries say of a file that may not be read whatever they like, or nothing.
        os.close(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _BINARY))
    except (OSError, ValueError) as error:
        raise _refused(error) from error
    if told.st_size == 0:
        raise Unreadable(_EMPTY)
    return told.st_size


def check_utf8(path: Path) -> None:
    """Refuse an ordinary file that isn't text in UTF-8, which some libraries take all the same.

    Raises
    ------
    Unreadable
        It isn't, or it can't be read.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE_BYTES):
                decoder.decode(piece)
        decoder.decode(b"", final=True)
    except OSError as error:
        raise _refused(error) from error
    except UnicodeDecodeError as error:
        raise Unreadable(_NOT_UTF8) from error


@contextmanager
def zipped(path: Path) -> Generator[zipfile.ZipFile]:
    """Give an archive to read; whatever is wrong with it is told as one reason.

    Raises
    ------
    Unreadable
        It is damaged, locked with a password or packed in a way that nobody unpacks here, or the
        system refuses; found when it is opened, or while it is read.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (EOFError, LZMAError, zipfile.BadZipFile, zlib.error) as error:
        raise Unreadable(DAMAGED) from error
    # What `zipfile` says of a way of packing that it doesn't know.
    except NotImplementedError as error:
        raise Unreadable(_PACKED_ODDLY) from error
    except OSError as error:
        # A library that unpacks has no number for what it says.
        raise Unreadable(reason_of(error) if error.errno else DAMAGED) from error
    except (RuntimeError, ValueError) as error:
        # Errors of the program's own are of these kinds too.
        if type(error) not in (RuntimeError, ValueError):
            raise
        # A name that no file can have; or no password was given.
        raise Unreadable(LOCKED if "encrypted" in str(error) else DAMAGED) from error


def reason_of(error: Exception) -> Text:
    """Return why the system, or a library for it, refuses, as a part of a sentence.

    The system tells it in its own language, or always in English.
    """
    if isinstance(error, socket.gaierror):
        return _NO_SUCH_NAME
    if isinstance(error, TimeoutError):
        return _NO_ANSWER
    if not isinstance(error, OSError):
        return _BAD_NAME
    if error.errno is None or error.errno == 0:
        return _NOT_ORDINARY
    return _REASONS.get(error.errno) or Text("system error {number}", {"number": error.errno})


def read_bytes(path: Path, at_most: int) -> bytes:
    """Return what an ordinary file holds.

    Parameters
    ----------
    path
        The file.
    at_most
        Most bytes that it may hold.

    Raises
    ------
    Unreadable
        It isn't there, isn't an ordinary file, is too large, or may not be read.
    """
    try:
        # A pipe that nobody writes to would hold up a plain call for ever.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _BINARY)
        with os.fdopen(handle, "rb") as file:
            told = os.fstat(handle)
            _check(told)
            # One byte more than expected means that the file is growing.
            content = file.read(min(told.st_size, at_most) + 1)
    except (OSError, ValueError) as error:
        # Some systems don't open a folder at all.
        raise Unreadable(_FOLDER) if path.is_dir() else _refused(error) from error
    if len(content) > at_most:
        raise Unreadable(Text("it is larger than {limit}", {"limit": _size(at_most)}))
    return content


def read_text(path: Path, at_most: int) -> str:
    """Return a text in UTF-8, with or without a byte order mark; raises as `read_bytes`."""
    try:
        return read_bytes(path, at_most).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(_NOT_UTF8) from error


def read_toml(path: Path, at_most: int) -> dict[str, Any]:
    """Return what a TOML file says.

    Raises
    ------
    Unreadable
        As `read_text`; and where it isn't TOML, or nested or numbered beyond all use.
    """
    return parse_toml(read_text(path, at_most))


def parse_toml(text: str) -> dict[str, Any]:
    """Return what a text in TOML says; raises as `read_toml`."""
    if _LONG_KEY.search(_STRING.sub(lambda one: "" if one[0][0] == "#" else "s", text)):
        raise Unreadable(_TOO_DEEP)
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(_broken_toml(error)) from error
    except RecursionError as error:
        raise Unreadable(_TOO_DEEP) from error
    except ValueError as error:  # more digits than Python reads
        raise Unreadable(_TOO_LARGE) from error
    _check_values(told)
    return told


def read_json(path: Path, at_most: int) -> Any:
    """Return what a JSON file says.

    Raises
    ------
    Unreadable
        As `read_text`; and where it isn't JSON, or nested or numbered beyond all use.
    """
    text = read_text(path, at_most)
    if not text.strip():
        raise Unreadable(_EMPTY)
    try:
        told = json.loads(text, parse_constant=_no_number)
        if _HALF_SIGN.search(text):
            # Half a sign could be read, but never written again.
            json.dumps(told, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise Unreadable(
            Text("{place} is not valid JSON", _place(error.lineno, error.colno))
        ) from error
    except UnicodeEncodeError as error:
        raise Unreadable(_NOT_UTF8) from error
    except RecursionError as error:
        raise Unreadable(_TOO_DEEP) from error
    except ValueError as error:
        raise Unreadable(_TOO_LARGE) from error
    _check_values(told, finite=True)
    return told


@contextmanager
def replacing(path: Path, mode: int | None = None) -> Generator[Path]:
    """Give a place beside `path` to write to; what is there at the end takes its name.

    Each writer has a place of its own, so two at once leave the whole file of one of them.
    A kill or a power cut leaves the old file or the new one; what lies beside it then is
    swept by a later call. A link stays, and the file that it leads to is replaced.

    Parameters
    ----------
    path
        The file to make or replace, in a folder that is there.
    mode
        Its permissions; by default those of the file that is replaced, or the usual ones.

    Raises
    ------
    OSError
        It can't be written.
    """
    target = Path(os.path.realpath(path))
    with suppress(FileNotFoundError):
        told = target.stat()
        if not stat.S_ISREG(told.st_mode):
            # Its name would be written to a file that everybody on the machine can read.
            raise OSError(0, str(_NOT_ORDINARY))
        mode = stat.S_IMODE(told.st_mode) if mode is None else mode
    _sweep(target)
    stem = f"{_beside(target)}{os.getpid()}-{secrets.token_hex(4)}"
    beside = target.with_name(f"{stem}{target.suffix}")
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
    os.close(os.open(beside, flags, 0o666 if mode is None else mode))
    try:
        yield beside
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        if mode is not None:
            beside.chmod(mode)
        os.replace(beside, target)
        _keep_name(target.parent)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def write(path: Path, content: str | bytes, mode: int | None = None) -> None:
    """Write a file whole or not at all, as `replacing`; text in UTF-8."""
    with replacing(path, mode) as beside, beside.open("wb") as file:
        file.write(content.encode() if isinstance(content, str) else content)


def _check(told: os.stat_result) -> None:
    if stat.S_ISDIR(told.st_mode):
        raise Unreadable(_FOLDER)
    if not stat.S_ISREG(told.st_mode):
        raise Unreadable(_NOT_ORDINARY)


def _refused(error: Exception) -> Unreadable:
    return Unreadable(reason_of(error), missing=isinstance(error, FileNotFoundError))


def _broken_toml(error: Exception) -> Text:
    """Return where a text isn't TOML; the parser says it in English only."""
    said = str(error)
    place = _TOML_PLACE.search(said)
    twice = said.startswith(("Cannot", "Duplicate"))
    if place is None and twice:
        return Text("a key or table appears twice")
    if place is None:
        return Text("it ends before the TOML is complete")
    where = _place(int(place[1]), int(place[2]))
    if twice:
        return Text("{place}: this key or table appears twice", where)
    return Text("{place} is not valid TOML", where)


def _place(line: int, column: int) -> dict[str, Text]:
    return {"place": Text("line {line}, column {column}", {"line": line, "column": column})}


def _no_number(said: str) -> float:
    raise Unreadable(Text("{said} is not a number", {"said": said}))


def _check_values(told: object, *, finite: bool = False) -> None:
    """Refuse what goes too deep, and numbers too large for any figure of ours."""
    level: list[object] = [told]
    for _ in range(_DEEPEST):
        below: list[object] = []
        for one in level:
            if isinstance(one, dict):
                below += cast("dict[str, object]", one).values()
            elif isinstance(one, list):
                below += cast("list[object]", one)
            elif _is_beyond(one, finite):
                raise Unreadable(_TOO_LARGE)
        if not below:
            return
        level = below
    raise Unreadable(_TOO_DEEP)


def _is_beyond(one: object, finite: bool) -> bool:
    if isinstance(one, float):
        return finite and not math.isfinite(one)
    return isinstance(one, int) and not -_LARGEST < one < _LARGEST


def _size(count: int) -> str:
    kilobytes = count // _KILOBYTE
    return f"{kilobytes} kB" if kilobytes < _KILOBYTE else f"{kilobytes // _KILOBYTE} MB"


def _beside(target: Path) -> str:
    # A long name with more to it may be longer than a file system takes.
    return f".{target.stem[:_STEM_SIGNS]}-part-"


def _sweep(target: Path) -> None:
    """Remove what runs that were killed left beside a file."""
    before = time.time() - _LEFT_S
    for left in target.parent.glob(f"{glob.escape(_beside(target))}*"):
        with suppress(OSError):
            if left.stat().st_mtime < before:
                left.unlink()


def _keep_name(folder: Path) -> None:
    """Have the folder's entry written out too, where the system can be asked for it."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


_BINARY: Final[int] = getattr(os, "O_BINARY", 0)
_NOT_ORDINARY: Final = Text("it is not an ordinary file")
_TOO_DEEP: Final = Text("it has too many nested levels")
_TOO_LARGE: Final = Text("it contains a number with too many digits")
_FOLDER: Final = Text("it is a folder")
_EMPTY: Final = Text("it is empty")
_NOT_UTF8: Final = Text("it isn't text in UTF-8")
_BAD_NAME: Final = Text("its name isn't a valid file name")
_NO_SUCH_NAME: Final = Text("this host name is unknown")
_NO_ANSWER: Final = Text("it didn't answer in time")
_DENIED: Final = Text("the permission is missing")
_FULL: Final = Text("the disk is full")
_NOBODY: Final = Text("the connection was refused")
_NO_WAY: Final = Text("the network is unreachable")
_REASONS: Final = {
    errno.ENOENT: Text("it doesn't exist"),
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EISDIR: _FOLDER,
    errno.ENOTDIR: Text("part of its path is not a folder"),
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: Text("it is larger than the system allows"),
    errno.EROFS: Text("the disk is read-only"),
    errno.ENAMETOOLONG: Text("its name is too long"),
    errno.ELOOP: Text("its link forms a loop"),
    errno.EIO: Text("the disk reports an error"),
    errno.EMFILE: Text("too many files are open"),
    errno.ENFILE: Text("too many files are open"),
    errno.EBUSY: Text("another program is using it"),
    errno.EADDRINUSE: Text("another program is using this port"),
    errno.EADDRNOTAVAIL: Text("this computer has no such address"),
    errno.ECONNREFUSED: _NOBODY,
    errno.ECONNRESET: _NOBODY,
    errno.EHOSTUNREACH: _NO_WAY,
    errno.ENETUNREACH: _NO_WAY,
}
# What a library that reads files of its kind found out, without its words, which are English.
LOCKED: Final = Text("it is protected by a password")
_PACKED_ODDLY: Final = Text("its compression method is not supported")
DAMAGED: Final = Text("it is damaged, or of another type")
