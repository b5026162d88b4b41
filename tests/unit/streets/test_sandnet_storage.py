"""Arrays of a network file: taken again as they were added, deflated or plain."""

from itertools import count

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.streets.sandnet_storage import ALIGNED, BITS, STORAGES, Blobs, Stored

KINDS = ["|u1", "<i4", "<f4", "<f8", BITS]


@given(
    rows=st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 40)), max_size=6),
    storage=st.sampled_from(STORAGES),
    start=st.integers(0, 3).map(lambda n: n * ALIGNED),
)
def test_what_is_added_is_taken_again(rows, storage, start):
    blobs, number = Blobs(storage), count()
    arrays = [np.array([next(number) for _ in range(n)]) % 100 for _, n in rows]
    sizes = [blobs.add(array, kind) for array, (kind, _) in zip(arrays, rows, strict=True)]
    sizes.append(blobs.add_text("道路".encode()))
    content = bytes(start) + b"".join(blobs.pieces())
    stored = Stored(memoryview(content), start, storage)
    for array, (kind, n), size in zip(arrays, rows, sizes, strict=False):
        got = stored.take(size, kind, n)
        assert got.dtype == np.dtype(np.uint16 if kind == BITS else kind)
        assert got.tolist() == array.tolist()
        assert got.flags.writeable
    assert stored.take_text(sizes[-1], 6).decode() == "道路"


def test_plain_arrays_lie_where_they_can_be_used():
    blobs = Blobs("plain")
    sizes = [blobs.add(np.arange(3), "|u1"), blobs.add(np.arange(5), "<f8")]
    content = b"".join(blobs.pieces())
    # Three bytes, filled up to 64; forty, filled up to 64.
    assert len(content) == 128
    assert sizes == [3, 40]
    assert np.frombuffer(content, "<f8", 5, 64).tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("size", [-1, 2, 4, 65, 10**12, 3.0, "3", None, True])
@pytest.mark.parametrize("storage", STORAGES)
def test_sizes_that_are_wrong_are_refused(storage, size):
    blobs = Blobs(storage)
    blobs.add(np.arange(3), "|u1")
    stored = Stored(memoryview(b"".join(blobs.pieces())), 0, storage)
    with pytest.raises((ValueError, __import__("zlib").error)):
        stored.take(size, "|u1", 3)


def test_plain_arrays_that_begin_anywhere_are_refused():
    with pytest.raises(ValueError, match="storage"):
        Stored(memoryview(bytes(200)), 63, "plain")
    with pytest.raises(ValueError, match="storage"):
        Stored(memoryview(bytes(200)), 64, "packed")
