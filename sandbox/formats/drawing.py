"""DXF drawings: lines, areas, points, texts and block references, with their drawing layer."""

import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely
from ezdxf import path as paths
from ezdxf.filemanagement import read, readfile
from ezdxf.lldxf.const import DXFError

from sandbox import files
from sandbox.formats.features import MAX_TEXT_BYTES, Read, check_rows, no_shapes, unique_names
from sandbox.formats.recognise import DXF
from sandbox.formats.text import decoded, note_of
from sandbox.words import Text

LAYER: Final = "layer"
_ARC_M: Final = 0.01  # curves become lines that keep so near to them
_PAGE: Final = re.compile(rb"\$DWGCODEPAGE\s+3\s+(\w+)")
_HEAD_BYTES: Final = 1 << 16
_BINARY: Final = b"AutoCAD Binary DXF"
# Signs of other alphabets, as \U+4E2D by its number and \M+5D6D0 by its bytes in a code page.
_ESCAPE: Final = re.compile(r"\\U\+([0-9A-Fa-f]{4})|\\M\+([1-5])([0-9A-Fa-f]{4})")
_PAGES: Final = {"1": "cp932", "2": "cp950", "3": "cp949", "4": "johab", "5": "gb18030"}
_AREAS: Final = ("HATCH", "MPOLYGON")
_CURVES: Final = ("LINE", "LWPOLYLINE", "POLYLINE", "ARC", "CIRCLE", "ELLIPSE", "SPLINE")
_FACES: Final = ("3DFACE", "SOLID", "TRACE")
_TEXTS: Final = ("TEXT", "MTEXT", "ATTDEF")
_POINTS: Final = ("POINT", "INSERT", *_TEXTS)


def read_drawing(path: Path) -> Read:
    """Return the features of a drawing's model space; closed lines are areas.

    Columns: `layer` (of the drawing), `entity`, `text`, `block`, `handle`, and the attributes of
    block references by their names.

    Raises
    ------
    files.Unreadable
        It is damaged, too large, or empty.
    """
    content = files.read_bytes(path, MAX_TEXT_BYTES)
    encoding = ""
    try:
        if content.startswith(_BINARY):
            drawing = readfile(path)
        else:
            # $DWGCODEPAGE is wrong as often as not: the text itself says what it is.
            text, encoding = decoded(content, _stated(content))
            drawing = read(io.StringIO(text.replace("\r\n", "\n")))
        entities = list(drawing.modelspace())
        check_rows(len(entities))
        rows = list(_rows(entities))
    except (
        DXFError,
        OSError,
        ValueError,
        IndexError,
        KeyError,
        AttributeError,
        TypeError,
    ) as error:
        raise files.Unreadable(files.DAMAGED) from error
    if not rows:
        raise files.Unreadable(Text("it contains no features"))
    shapes = no_shapes(len(rows))
    shapes[:] = [shape for shape, _ in rows]
    table: Any = pd.DataFrame([said for _, said in rows])
    table = table.loc[:, [name for name in table.columns if not _is_blank(table[name])]]
    table.columns = unique_names(list(table.columns))
    notes = [note_of(encoding)] if encoding not in ("", "utf-8", "ascii") else []
    blocks = sum(said["entity"] == "INSERT" for _, said in rows)
    if blocks:
        notes.append(Text("{count} block references are read as points.", {"count": f"{blocks:,}"}))
    numbers = np.arange(1, len(rows) + 1)
    return Read(
        path, path.stem, DXF, table, shapes, rows=numbers, notes=tuple(notes), encoding=encoding
    )


def _stated(content: bytes) -> str:
    found = _PAGE.search(content[:_HEAD_BYTES])
    return "" if found is None else found[1].decode("ascii", "ignore")


def plain_text(said: str) -> str:
    """Return a text of a drawing with its escaped signs decoded."""

    def sign(found: re.Match[str]) -> str:
        if found[1]:
            return chr(int(found[1], 16))
        return bytes.fromhex(found[3]).decode(_PAGES[found[2]], "replace")

    return _ESCAPE.sub(sign, said)


def _is_blank(column: Any) -> bool:
    return not column.map(lambda one: one not in ("", None) and one == one).any()  # noqa: PLR0124


def _rows(entities: Iterable[Any]) -> Iterator[tuple[Any, dict[str, Any]]]:
    for entity in entities:
        kind = entity.dxftype()
        if kind not in (*_AREAS, *_CURVES, *_FACES, *_POINTS):
            continue
        said = {
            LAYER: plain_text(str(entity.dxf.get("layer", "0"))),
            "entity": kind,
            "text": "",
            "block": "",
            "handle": str(entity.dxf.get("handle", "")),
        }
        if kind in _TEXTS:
            raw = entity.text if kind == "MTEXT" else entity.dxf.text
            said["text"] = plain_text(_unformatted(entity, raw))
        elif kind == "INSERT":
            said["block"] = plain_text(str(entity.dxf.name))
            for attribute in entity.attribs:
                said[plain_text(str(attribute.dxf.tag))] = plain_text(str(attribute.dxf.text))
        shape = _shape(entity, kind)
        if shape is not None:
            yield shape, said


def _unformatted(entity: Any, raw: str) -> str:
    """Return a text without its formatting; escaped signs would be taken for formats."""
    entity.dxf.text = plain_text(raw) if entity.dxftype() != "MTEXT" else raw
    if entity.dxftype() == "MTEXT":
        entity.text = plain_text(raw)
    return str(entity.plain_text())


def _shape(entity: Any, kind: str) -> Any:
    if kind in _POINTS:
        at = entity.dxf.location if kind == "POINT" else entity.dxf.insert
        if hasattr(entity, "ocs") and kind in ("INSERT", "TEXT", "ATTDEF"):
            at = entity.ocs().to_wcs(at)
        return shapely.Point(at.x, at.y)
    if kind in _FACES:
        corners = [(one.x, one.y) for one in entity.wcs_vertices()]
        return shapely.Polygon(corners) if len(set(corners)) >= 3 else None
    if kind in _AREAS:
        return _area([_points(one) for one in paths.from_hatch(entity)])
    if kind == "POLYLINE" and not (entity.is_2d_polyline or entity.is_3d_polyline):
        return None
    at = _points(paths.make_path(entity))
    if len(at) < 2:
        return None
    closed = len(at) >= 4 and bool((at[0] == at[-1]).all()) and kind != "LINE"
    return shapely.Polygon(at) if closed else shapely.LineString(at)


def _points(curve: Any) -> Any:
    return np.array([(one.x, one.y) for one in curve.flattening(_ARC_M)]).reshape(-1, 2)


def _area(rings: list[Any]) -> Any:
    """Return the area of a hatch: what an odd number of its rings hold."""
    whole: Any = None
    for ring in rings:
        if len(ring) < 3:
            continue
        part = shapely.make_valid(shapely.Polygon(ring))
        whole = part if whole is None else shapely.symmetric_difference(whole, part)
    return whole
