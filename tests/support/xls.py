"""Workbooks of Excel 97 as bytes, by the published formats, as no library here writes them."""

import struct

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def xls(rows, sheet="Sheet1", merged=()):
    """A workbook of one sheet: texts and numbers, and ranges of merged cells [MS-XLS]."""
    body = b"".join(
        _cell(row, column, value)
        for row, cells in enumerate(rows)
        for column, value in enumerate(cells)
        if value not in ("", None)
    )
    if merged:
        ranges = b"".join(struct.pack("<4H", a, c, b, d) for (a, b), (c, d) in merged)
        body += _record(0x00E5, struct.pack("<H", len(merged)) + ranges)
    body = _record(0x0809, struct.pack("<4H2I", 0x0600, 0x0010, 0, 0, 0, 0)) + body
    body += _record(0x000A, b"")
    name = struct.pack("<2B", len(sheet), 1) + sheet.encode("utf-16-le")
    begin = _record(0x0809, struct.pack("<4H2I", 0x0600, 0x0005, 0, 0, 0, 0))
    size = len(begin) + 4 + 6 + len(name) + 4
    bound = _record(0x0085, struct.pack("<I2B", size, 0, 0) + name)
    return _compound(begin + bound + _record(0x000A, b"") + body)


def _record(kind, data):
    return struct.pack("<2H", kind, len(data)) + data


def _cell(row, column, value):
    head = struct.pack("<3H", row, column, 0)
    if isinstance(value, str):
        text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
        return _record(0x0204, head + text)
    return _record(0x0203, head + struct.pack("<d", value))


def _compound(stream):
    """A file of one stream called Workbook [MS-CFB]; streams below 4 kB would be kept apart."""
    stream = stream.ljust(4096, b"\0")
    stream += b"\0" * (-len(stream) % _SECTOR)
    count = len(stream) // _SECTOR
    fat = [_FAT, _END, *(number + 3 for number in range(count - 1)), _END]
    fat += [_FREE] * (_SECTOR // 4 - len(fat))
    entries = _entry("Root Entry", 5, _END, 0, child=1) + _entry("Workbook", 2, 2, len(stream))
    entries = entries.ljust(_SECTOR, b"\0")
    head = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16
    head += struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    head += struct.pack("<109I", 0, *[_FREE] * 108)
    return head + struct.pack("<128I", *fat) + entries + stream


def _entry(name, kind, start, size, child=_FREE):
    text = (name + "\0").encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<H2B", len(text), kind, 1)
    return head + struct.pack("<3I", _FREE, _FREE, child) + b"\0" * 36 + struct.pack(
        "<IQ", start, size
    )  # fmt: skip
