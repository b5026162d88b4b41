"""How a network file stores its arrays: deflated to be handed on, or plain to be mapped.

Plain arrays begin at multiples of `ALIGNED` bytes of the file, so they can be used where the
file is mapped into memory, without a copy.
"""

import zlib
from collections.abc import Iterator
from typing import Any, Final, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from sandbox.streets.streets import AccessBits

Storage: TypeAlias = Literal["deflated", "plain"]
STORAGES: Final = ("deflated", "plain")
# As much as a line of the processor's cache; kernels may load whole lines of numbers at once.
ALIGNED: Final = 64
_LEVEL: Final = 6
# The type of arrays of `Access` bits; the file sets their width.
BITS: Final = "bits"
_BITS_KIND: Final = np.dtype(AccessBits).newbyteorder("<").str
_Piece: TypeAlias = bytes | memoryview


class Blobs:
    """Arrays and texts in the order in which a file holds them, as they are to be written."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self._blobs: list[_Piece] = []

    def add(self, array: npt.NDArray[Any], kind: str) -> int:
        """Take an array as numbers of a kind; return how many bytes of the file it takes."""
        dtype = _BITS_KIND if kind == BITS else kind
        flat = np.ascontiguousarray(array, dtype=dtype).reshape(-1)
        if self.storage == "plain":
            self._blobs.append(flat.view(np.uint8).data)
            return flat.nbytes
        # Bytes sorted by significance deflate to half the size.
        sorted_ = flat.view(np.uint8).reshape(-1, flat.itemsize).T.tobytes()
        return self._added(zlib.compress(sorted_, _LEVEL))

    def add_text(self, text: bytes) -> int:
        """Take a text; return as `add`."""
        return self._added(text if self.storage == "plain" else zlib.compress(text, _LEVEL))

    def pieces(self) -> Iterator[_Piece]:
        """Return what stands in the file, one piece after the other."""
        for blob in self._blobs:
            yield blob
            if self.storage == "plain":
                yield bytes(-len(blob) % ALIGNED)

    def _added(self, blob: bytes) -> int:
        self._blobs.append(blob)
        return len(blob)


class Stored:
    """Arrays and texts of a file, taken in the order in which `Blobs` got them.

    Parameters
    ----------
    content
        The file.
    start
        Where they begin in it.
    storage
        How they are stored.
    bits_kind
        What kind of numbers hold `Access` bits; older files have bytes.

    Raises
    ------
    ValueError
        Plain arrays don't begin where they can be used.
    """

    def __init__(
        self, content: memoryview, start: int, storage: Storage, bits_kind: str = _BITS_KIND
    ) -> None:
        if storage not in STORAGES or (storage == "plain" and start % ALIGNED):
            raise ValueError("storage")
        self._content = content
        self._start = start
        self._plain = storage == "plain"
        self._bits_kind = bits_kind

    def take(self, size: Any, kind: str, count: int) -> npt.NDArray[Any]:
        """Return the next array, of so many numbers; raise ValueError where it isn't so."""
        if kind == BITS:
            return self.take(size, self._bits_kind, count).astype(AccessBits, copy=False)
        blob, item = self._next(size), np.dtype(kind).itemsize
        if not self._plain:
            raw = np.frombuffer(_inflate(blob, count * item), dtype=np.uint8)
            # A copy, as the search wants arrays of its own that can be written to.
            return np.array(raw.reshape(item, count).T, order="C").reshape(-1).view(kind)
        if len(blob) != count * item:
            raise ValueError("size")
        if not count:
            return np.zeros(0, dtype=kind)
        array = np.frombuffer(blob, dtype=kind)
        return array if array.flags.writeable else array.copy()

    def take_text(self, size: Any, raw_size: int) -> bytes:
        """Return the next text, of so many bytes; raises as `take`."""
        blob = self._next(size)
        if not self._plain:
            return _inflate(blob, raw_size)
        if len(blob) != raw_size:
            raise ValueError("size")
        return bytes(blob)

    def _next(self, size: Any) -> memoryview:
        begin, end = self._start, self._start + whole(size, 0, len(self._content) - self._start)
        self._start = end + (-end % ALIGNED if self._plain else 0)
        return self._content[begin:end]


def whole(value: Any, low: int, high: int) -> int:
    """Return a whole number from low to high; raise ValueError for all else."""
    if type(value) is not int or not low <= value <= high:
        raise ValueError("number")
    return value


def text(value: Any) -> str:
    """Return a text; raise ValueError for all else."""
    if not isinstance(value, str):
        raise ValueError("text")
    return value


def _inflate(blob: memoryview, size: int) -> bytes:
    """Return deflated bytes, which must be as many as announced; raise ValueError for others."""
    stream = zlib.decompressobj()
    raw = stream.decompress(blob, size + 1)
    if len(raw) != size or not stream.eof:
        raise ValueError("size")
    return raw
