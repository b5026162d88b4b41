"""Network files: what is written is read again; what is wrong is refused in one sentence."""

import hashlib
import json
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.engine.network import Network
from sandbox.errors import NetworkError
from sandbox.streets.sandnet import load, save
from tests.support.worlds import streets

MADE = streets(
    [(0, 0), (100, 0), (100, 100), (250, 40)],
    [(0, 1), (1, 2), (1, 3)],
    names=["学城大道", "Line\nbreak", "unused"],
    name=[0, 1, -1],
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a town.sandnet"
    save(MADE, path)
    return path


def resealed(content):
    """Return content with its checksum made right again."""
    return content[:-32] + hashlib.blake2b(content[:-32], digest_size=32).digest()


def with_header(content, change):
    """Return a file whose header was changed, with a right checksum."""
    size = struct.unpack_from("<I", content, 12)[0]
    header = json.loads(content[16 : 16 + size])
    change(header)
    told = json.dumps(header).encode()
    # Plain arrays begin at multiples of 64 bytes.
    told += b" " * (-(16 + len(told)) % 64)
    return resealed(content[:12] + struct.pack("<I", len(told)) + told + content[16 + size :])


def test_streets_come_back_bit_for_bit(file):
    got = load(file)
    for key in (
        "node_xy",
        "segment_nodes",
        "length_m",
        "street_class",
        "structure",
        "access",
        "name",
    ):
        was, now = getattr(MADE, key), getattr(got, key)
        assert now.dtype == (np.uint16 if key == "access" else was.dtype)
        assert (was == now).all()
        assert now.flags.writeable
    assert got.names == ("学城大道", "Line break")
    assert got.crs == MADE.crs
    assert got.provenance == MADE.provenance


def test_the_same_streets_give_the_same_bytes(file, tmp_path):
    save(load(file), tmp_path / "again.sandnet")
    assert (tmp_path / "again.sandnet").read_bytes() == file.read_bytes()


def test_a_network_opens_from_a_file(file):
    network = Network.open(file)
    assert network.title == "By hand"
    assert network.modes == ("walk",)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda c: b"", "is not a network file"),
        (lambda c: c[:5], "damaged or incomplete"),
        (lambda c: c[:12], "damaged or incomplete"),
        (lambda c: c[:-1], "damaged or incomplete"),
        (lambda c: c[: len(c) // 2], "damaged or incomplete"),
        (lambda c: c + b"x", "damaged or incomplete"),
        (lambda c: b"PK\x03\x04" + c, "is not a network file"),
        (lambda c: c[:8] + struct.pack("<I", 9) + c[12:], "of version 9"),
        (lambda c: resealed(c[:16] + b"}" + c[17:]), "damaged or incomplete"),
        (lambda c: with_header(c, lambda h: h.update(nodes=10**12)), "damaged or incomplete"),
        (lambda c: with_header(c, lambda h: h.update(nodes="many")), "damaged or incomplete"),
        (lambda c: with_header(c, lambda h: h.update(name_bytes=-5)), "damaged or incomplete"),
        (lambda c: with_header(c, lambda h: h.pop("crs")), "damaged or incomplete"),
        (lambda c: with_header(c, lambda h: h.update(provenance=[1])), "damaged or incomplete"),
        (lambda c: with_header(c, lambda h: h["packed_bytes"].update(name=1)), "damaged"),
    ],
)
def test_what_is_no_sound_file_is_refused(file, spoil, said):
    file.write_bytes(spoil(file.read_bytes()))
    with pytest.raises(NetworkError, match=said) as caught:
        load(file)
    assert str(caught.value.hint)


def test_a_header_that_is_no_table_is_refused(file):
    content = file.read_bytes()
    size = struct.unpack_from("<I", content, 12)[0]
    file.write_bytes(resealed(content[:12] + struct.pack("<I", 2) + b"[]" + content[16 + size :]))
    with pytest.raises(NetworkError, match="damaged"):
        load(file)


def test_numbers_that_point_outside_are_refused_though_the_checksum_is_right(file):
    # A crafted file must not make a kernel read outside its arrays.
    content = file.read_bytes()
    size = struct.unpack_from("<I", content, 12)[0]
    header = json.loads(content[16 : 16 + size])
    packed = header["packed_bytes"]
    start = 16 + size + packed["node_xy"]
    evil = np.array([[0, 1], [1, 2], [1, 4_000_000]], dtype="<i4")
    blob = zlib.compress(evil.view(np.uint8).reshape(-1, 4).T.tobytes())
    rest = content[start + packed["segment_nodes"] :]
    header["packed_bytes"]["segment_nodes"] = len(blob)
    told = json.dumps(header).encode()
    head = content[:12] + struct.pack("<I", len(told)) + told
    file.write_bytes(resealed(head + content[16 + size : start] + blob + rest))
    with pytest.raises(NetworkError, match="damaged"):
        load(file)


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_one_wrong_bit_anywhere_is_noticed(tmp_path_factory, place, bit):
    path = tmp_path_factory.mktemp("bits") / "a.sandnet"
    save(MADE, path)
    content = bytearray(path.read_bytes())
    content[place % len(content)] ^= 1 << bit
    path.write_bytes(content)
    with pytest.raises(NetworkError):
        load(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(NetworkError, match="can't be read"):
        load(tmp_path / "none.sandnet")
    with pytest.raises(NetworkError, match="can't be read"):
        load(tmp_path)


def test_a_failed_write_leaves_the_old_file_and_nothing_else(file, monkeypatch):
    before = file.read_bytes()

    def fail(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(NetworkError, match="the disk is full"):
        save(MADE, file)
    assert file.read_bytes() == before
    assert [p.name for p in file.parent.iterdir()] == [file.name]


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(NetworkError, match="can't be written"):
        save(MADE, tmp_path / "no" / "a.sandnet")
