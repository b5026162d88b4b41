"""Texts whose encoding isn't known: strict UTF-8, then strict GB18030, by the whole file."""

import codecs
from collections.abc import Iterable, Sequence
from typing import Final

from charset_normalizer import from_bytes

from sandbox import files
from sandbox.words import Text

# UTF-8 comes first, whatever a file says of itself: text in another encoding is next to never
# also valid UTF-8, while UTF-8 often passes for Chinese of the older kind, as signs that mean
# nothing.
_UTF8: Final = "utf-8"
_CHINESE: Final = "gb18030"
# What these decode without a fault needn't be meant.
_ANYTHING: Final = frozenset({"iso8859-1", "latin_1", "cp1252", "ascii", "cp437"})
_LATIN_ENDS: Final = 0x24F
_TWO_BYTES_END: Final = 0x7FF
_USUAL_ENDS: Final = 0xD7
_GUESSED_BYTES: Final = 1 << 20
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(pieces: Sequence[bytes], stated: str = "") -> str:
    """Return the encoding that pieces of text of one file are in.

    Parameters
    ----------
    pieces
        All of the file's texts; ends that a column's width cut off do no harm.
    stated
        What the file, or one beside it, calls its encoding.

    Raises
    ------
    files.Unreadable
        It is none that is known.
    """
    held = [one for one in pieces if not one.isascii()]
    named = _known(stated)
    tried = [_UTF8]
    if named and named not in _ANYTHING:
        tried.append(named)
    tried.append(_CHINESE)
    if named:
        tried.append(named)
    for encoding in tried:
        if _decodes(held, encoding):
            return _of_two(held, named) if encoding == _UTF8 else encoding
    best = from_bytes(b"\n".join(held)[:_GUESSED_BYTES]).best()
    if best is None or not _decodes(held, best.encoding):
        raise files.Unreadable(
            Text("the encoding of its texts is unknown"),
            hint=Text("Save it as UTF-8."),
        )
    return best.encoding


def _of_two(pieces: Sequence[bytes], named: str) -> str:
    """Return which of UTF-8 and GB18030 a few signs are in that are valid in both.

    Chinese signs take three bytes in UTF-8. Where all take two there, they'd be letters of
    alphabets from Greek to Arabic, and where all of them are also among the 3,755 usual Chinese
    signs (GB 2312, rows 16 to 55), they are Chinese.
    """
    signs = {sign for one in pieces for sign in one.decode(_UTF8, "ignore") if ord(sign) > 0x7F}
    other = named == _CHINESE or any(ord(sign) > _LATIN_ENDS for sign in signs)
    if not signs or not other or any(ord(sign) > _TWO_BYTES_END for sign in signs):
        return _UTF8
    leads = {sign.encode(_UTF8)[0] for sign in signs}
    usual = all(lead <= _USUAL_ENDS for lead in leads) and _decodes(pieces, _CHINESE)
    return _CHINESE if usual else _UTF8


def decoded(content: bytes, stated: str = "") -> tuple[str, str]:
    """Return a file's text and its encoding, by its byte order mark or as `encoding_of`."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding), encoding.removesuffix("-sig")
            except UnicodeDecodeError as error:
                raise files.Unreadable(
                    Text("the encoding of its texts is unknown"), hint=Text("Save it as UTF-8.")
                ) from error
    encoding = encoding_of([content], stated)
    return content.decode(encoding, errors="ignore"), encoding


def text_of(piece: bytes, encoding: str) -> str:
    """Return bytes as text; a sign that the column's width cuts off at the end is left out."""
    return codecs.getincrementaldecoder(encoding)().decode(piece)


def note_of(encoding: str) -> Text:
    """Return the note that names the encoding in which texts were read."""
    return Text("Texts are read as {encoding}.", {"encoding": encoding.upper()})


def _known(stated: str) -> str:
    try:
        found = codecs.lookup(stated.strip()).name if stated.strip() else ""
    except LookupError:
        # A .cpg file may hold a bare number of a code page.
        number = stated.strip().lower().removeprefix("ansi").strip(" _-")
        try:
            found = codecs.lookup(f"cp{number}").name if number.isdecimal() else ""
        except LookupError:
            return ""
    # The later standard holds the earlier ones.
    return _CHINESE if found in ("gb2312", "gbk", "cp936", "gb18030") else found


def _decodes(pieces: Iterable[bytes], encoding: str) -> bool:
    try:
        for one in pieces:
            text_of(one, encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True
