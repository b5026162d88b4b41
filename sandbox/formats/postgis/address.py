"""Addresses of tables in a database, as people write them and as options carry them.

``postgresql://planner@db.example:5432/city?table=public.clinics&bbox=106.2,29.3,106.6,29.8``: what
libpq knows, and behind it which table, and what of it. An address stands wherever a file does, so
it travels as a path, which turns its two slashes into one. It never holds a password.
"""

import math
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from sandbox import files
from sandbox.words import Text

Bounds = tuple[float, float, float, float]
_BEGINS: Final = re.compile(r"postgres(?:ql)?:/+", re.IGNORECASE)
_PORT: Final = 5432
# What of libpq's own an address may say: how the connection is secured.
_SECURED: Final = ("sslmode", "sslrootcert", "sslcert", "sslkey")
_OWN: Final = ("table", "bbox", "limit", "exists")
EXISTS: Final = ("refuse", "replace", "add")


@dataclass(frozen=True, slots=True)
class Address:
    """A table in a database.

    Attributes
    ----------
    host, port, database, user
        Where it is, and as whom one reads it; empty for what libpq takes then.
    table
        As ``schema.table``, or ``table``; empty for the only one.
    bounds_lonlat
        West, south, east, north in degrees: only what meets them is read; None for all.
    limit
        The most rows that are read; None for all.
    exists
        What becomes of a table of this name that is there when rows are written.
    secured
        Options of libpq for the connection.
    """

    host: str
    port: int = _PORT
    database: str = ""
    user: str = ""
    table: str = ""
    bounds_lonlat: Bounds | None = None
    limit: int | None = None
    exists: str = EXISTS[0]
    secured: tuple[tuple[str, str], ...] = ()

    @property
    def server(self) -> str:
        """Return where the database is, without who reads it."""
        port = "" if self.port == _PORT else f":{self.port}"
        return f"postgresql://{_host(self.host)}{port}/{quote(self.database, safe='')}"

    @property
    def title(self) -> str:
        """Return what people call the table: its own name."""
        return self.table.rpartition(".")[2] or self.database

    @property
    def text(self) -> str:
        """Return it as it is written."""
        user = f"{quote(self.user, safe='')}@" if self.user else ""
        said = self.server.replace("://", f"://{user}", 1)
        more = [(key, value) for key, value in self.secured]
        if self.table:
            more.append(("table", self.table))
        if self.bounds_lonlat is not None:
            more.append(("bbox", ",".join(f"{one:.10g}" for one in self.bounds_lonlat)))
        if self.limit is not None:
            more.append(("limit", str(self.limit)))
        if self.exists != EXISTS[0]:
            more.append(("exists", self.exists))
        tail = "&".join(f"{key}={quote(value, safe=',:._-')}" for key, value in more)
        return f"{said}?{tail}" if tail else said

    @property
    def origin(self) -> str:
        """Return what is kept of it where rows come from: all but who reads it, and how."""
        return replace(self, user="", secured=()).text

    @property
    def path(self) -> Path:
        """Return it as a path, as which it stands where files do."""
        return Path(self.text)


def is_address(said: "str | Path") -> bool:
    """Return whether a text, or a path that was made of one, is the address of a database."""
    text = said.as_posix() if isinstance(said, Path) else said
    return _BEGINS.match(text) is not None


def address_of(said: "str | Path") -> Address:
    """Return the address that a text or path is.

    Raises
    ------
    files.Unreadable
        It is none, or says what it must not, as a password.
    """
    text = said.as_posix() if isinstance(said, Path) else said.strip()
    begun = _BEGINS.match(text)
    if begun is None:
        raise files.Unreadable(
            Text("it is not the address of a database"),
            hint=Text("Write it as postgresql://USER@HOST/DATABASE?table=TABLE."),
        )
    try:
        parts = urlsplit("postgresql://" + text[begun.end() :])
        port = parts.port or _PORT
        told = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError as error:
        raise _wrong() from error
    if parts.password is not None or any(key == "password" for key, _ in told):
        raise files.Unreadable(
            Text("a password stands in the address, where others can read it"),
            hint=Text(
                "Remove it: the password comes from PGPASSWORD, ~/.pgpass or the keyring, or from "
                "a prompt."
            ),
        )
    found = Address(
        parts.hostname or "",
        port,
        unquote(parts.path.strip("/")),
        unquote(parts.username or ""),
        secured=tuple((key, value) for key, value in told if key in _SECURED),
    )
    unknown = [key for key, _ in told if key not in (*_SECURED, *_OWN)]
    if unknown or not found.database or "/" in parts.path.strip("/"):
        raise _wrong()
    own = dict(told)
    return restricted(
        replace(found, table=own.get("table", ""), exists=_one_of(own.get("exists", EXISTS[0]))),
        _bounds(own["bbox"]) if "bbox" in own else None,
        _whole(own["limit"]) if "limit" in own else None,
    )


def restricted(address: Address, bounds: Bounds | None, limit: int | None) -> Address:
    """Return an address with what of the table is read, where that is given."""
    return replace(
        address,
        bounds_lonlat=address.bounds_lonlat if bounds is None else bounds,
        limit=address.limit if limit is None else limit,
    )


def split_layer(text: str) -> tuple[str, str, str]:
    """Return an address, the table and the coordinate system that a text names after it.

    As ``postgresql://planner@db/city:clinics@gcj02``, like a file's.
    """
    authority, slash, rest = text.partition("?")[0].rpartition("/")
    query = text[len(authority) + len(slash) + len(rest) :]
    whole, at, crs = (rest + query).rpartition("@")
    if not at:
        whole, crs = crs, ""
    base, colon, table = whole.rpartition(":")
    if not colon:
        base, table = table, ""
    return f"{authority}{slash}{base}", table, crs


def _host(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _wrong() -> files.Unreadable:
    return files.Unreadable(
        Text("the address isn't written as it should be"),
        hint=Text(
            "Write it as postgresql://USER@HOST:PORT/DATABASE?table=TABLE&bbox=W,S,E,N&limit=ROWS."
        ),
    )


def _bounds(said: str) -> Bounds:
    try:
        west, south, east, north = (float(one) for one in said.split(","))
    except ValueError as error:
        raise _wrong() from error
    held = (west, south, east, north)
    inside = -180 <= west < east <= 180 and -90 <= south < north <= 90
    if not inside or not all(map(math.isfinite, held)):
        raise _wrong()
    return held


def _whole(said: str) -> int:
    if not said.isdecimal() or len(said) > 9 or int(said) == 0:
        raise _wrong()
    return int(said)


def _one_of(said: str) -> str:
    if said not in EXISTS:
        raise _wrong()
    return said
