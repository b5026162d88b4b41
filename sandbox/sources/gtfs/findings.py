"""What is wrong or worth knowing in a feed, one finding each."""

from dataclasses import dataclass
from typing import Literal

from sandbox.words import Text

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found in a feed.

    Attributes
    ----------
    severity
        ``error``: that part of the feed can't be used; ``warning``: it is used and may be
        wrong; ``note``: worth knowing.
    code
        Stable name of the kind of finding.
    table, id
        Where: the table, and the record's id; empty where it is of the whole feed.
    text
        What it is.
    lonlat
        Where on the map, WGS 84; None where it has no place.
    """

    severity: Severity
    code: str
    table: str
    id: str
    text: Text
    lonlat: tuple[float, float] | None = None
