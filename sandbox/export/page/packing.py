"""Data of a page, deflated: a telephone inflates it sooner than it would read it long."""

import base64
import json
import zlib
from typing import Any, Final

_LEVEL: Final = 9
# No header and no checksum: what browsers call "deflate-raw".
_WINDOW: Final = -15


def packed(data: bytes) -> str:
    """Return bytes deflated, as text that can stand in a page."""
    made = zlib.compressobj(_LEVEL, zlib.DEFLATED, _WINDOW)
    return base64.b64encode(made.compress(data) + made.flush()).decode("ascii")


def packed_json(value: Any) -> str:
    """Return a value of JSON deflated, as text that can stand in a page."""
    told = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return packed(told.encode("utf-8", "surrogatepass"))
