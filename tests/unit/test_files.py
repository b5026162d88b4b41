"""Files: read within limits whatever they are, written whole or not at all whoever else writes."""

import os
import socket
import stat
import subprocess
import sys
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from sandbox import files
from sandbox.errors import TransitError

pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without named pipes")
MARK = b"\xef\xbb\xbf"
SHADOW = Path("/etc/shadow")


def refused(read, path, *more):
    began = time.process_time()
    with pytest.raises(files.Unreadable) as caught:
        read(path, 1 << 20, *more)
    # What isn't read is known at once, however it was made.
    assert time.process_time() - began < 5
    return str(caught.value)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "a file"


def test_a_byte_order_mark_is_no_part_of_a_text(file):
    file.write_bytes(MARK + '名 = "学城"'.encode())
    assert files.read_text(file, 100) == '名 = "学城"'
    file.write_bytes(MARK + 'n = "学城"'.encode())
    assert files.read_toml(file, 100) == {"n": "学城"}
    file.write_bytes(MARK + '{"n": "学城"}'.encode())
    assert files.read_json(file, 100) == {"n": "学城"}


@pipes
@pytest.mark.parametrize("read", [files.read_bytes, files.read_text, files.read_toml])
def test_what_is_no_ordinary_file_is_refused(tmp_path, read):
    assert refused(read, tmp_path) == "it is a folder"
    assert refused(read, Path("/dev/zero")) == "it is not an ordinary file"
    # Nobody ever writes to it.
    os.mkfifo(tmp_path / "pipe")
    assert refused(read, tmp_path / "pipe") == "it is not an ordinary file"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        refused(read, tmp_path / "socket")
    refused(read, Path("with\0nothing"))


@pipes
def test_libraries_are_given_ordinary_files_only(tmp_path, file):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", Path("/dev/zero"), Path("a\0b"), tmp_path / "none"):
        with pytest.raises(files.Unreadable):
            files.check_ordinary(path)
    file.write_bytes(b"four")
    assert files.check_ordinary(file) == 4


@pytest.mark.skipif(not SHADOW.is_file(), reason="a system without a file that nobody may read")
@pytest.mark.parametrize("read", [files.check_ordinary, lambda path: files.read_bytes(path, 99)])
def test_a_file_that_may_not_be_read_is_told_before_a_library_has_it(read):
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        with pytest.raises(files.Unreadable) as caught:
            read(SHADOW)
    finally:
        if is_root:
            os.seteuid(0)
    assert str(caught.value.reason) == "the permission is missing"


def test_a_missing_file_is_told_from_others(tmp_path):
    with pytest.raises(files.Unreadable) as caught:
        files.read_bytes(tmp_path / "none", 10)
    assert caught.value.missing
    with pytest.raises(files.Unreadable) as caught:
        files.read_bytes(tmp_path, 10)
    assert not caught.value.missing


def test_the_limit_is_the_last_size_that_is_read(file):
    file.write_bytes(b"x" * 2048)
    assert len(files.read_bytes(file, 2048)) == 2048
    with pytest.raises(files.Unreadable, match="larger than 1 kB"):
        files.read_bytes(file, 2047)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (".".join(["a"] * 50_000) + " = 1", "too many nested levels"),
        ("[" + ".".join(["a"] * 50_000) + "]", "too many nested levels"),
        (" . ".join(['"a.b"', "'c'"] * 25_000) + " = 1", "too many nested levels"),
        ("a = " + "[" * 50_000, "too many nested levels"),
        ("a = " + "[" * 70 + "]" * 70, "too many nested levels"),
        ("a = " + "{b=" * 50_000, "too many nested levels"),
        ("a = " + "9" * 5_000, "too many digits"),
        ("a = " + "9" * 400, "too many digits"),
        ("a = [{b = [-18446744073709551616]}]", "too many digits"),
        ("# " + "a." * 50_000 + "\na = 1\na = 2", "a key or table appears twice"),
        ("a = ", "ends before"),
        ("a" * 1_000_000, "ends before"),
        ('a = "' + "\\\\" * 400_000, "ends before"),
        ('"""' * 100_000, ""),
    ],
)
def test_toml_beyond_all_use_is_refused_at_once(file, text, said):
    file.write_text(text)
    assert said in refused(files.read_toml, file)


def test_texts_may_hold_what_keys_may_not(file):
    said = "1.2.3.4 " + "a.b. " * 100
    quoted = (f'"{said}"', f"'{said}'", f'"""\n{said}\n"""', f"'''\n{said}\n'''")
    lines = [f"a{n} = {one} # {said}" for n, one in enumerate(quoted)]
    file.write_text("\n".join([*lines, "b = 9223372036854775807"]))
    assert files.read_toml(file, 1 << 20)["b"] == 2**63 - 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" * 50_000, "too many nested levels"),
        ('{"a":' * 50_000, "too many nested levels"),
        ("[" * 70 + "]" * 70, "too many nested levels"),
        ('{"a": ' + "9" * 5_000 + "}", "too many digits"),
        ('{"a": ' + "9" * 400 + "}", "too many digits"),
        ('{"a": NaN}', "NaN is not a number"),
        ('{"a": [-Infinity]}', "-Infinity is not a number"),
        ('{"a": 1e999}', "too many digits"),
        ('{"a": "\\ud800"}', "UTF-8"),
        ('{"a": ', "line 1, column 7 is not valid JSON"),
        ("", "it is empty"),
    ],
)
def test_json_beyond_all_use_is_refused_at_once(file, text, said):
    file.write_text(text)
    assert said in refused(files.read_json, file)


def test_whole_signs_written_in_halves_are_read(file):
    file.write_text('"\\ud83d\\ude00"')
    assert files.read_json(file, 100) == "😀"


def test_text_in_another_encoding_is_refused(file):
    for encoding in ("gbk", "utf-16"):
        file.write_bytes("学城".encode(encoding))
        assert refused(files.read_text, file) == "it isn't text in UTF-8"


def test_what_is_written_is_read_again_and_nothing_lies_beside(file):
    files.write(file, "学城")
    files.write(file, b"\x00\xff")
    assert file.read_bytes() == b"\x00\xff"
    assert list(file.parent.iterdir()) == [file]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(file, monkeypatch):
    files.write(file, "old")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.write(file, "new")
    with suppress(ZeroDivisionError), files.replacing(file) as beside:
        beside.write_text("half")
        raise ZeroDivisionError
    assert file.read_text() == "old"
    assert list(file.parent.iterdir()) == [file]


def test_a_file_is_on_the_disk_before_it_takes_the_name(file, monkeypatch):
    done = []
    sync, replace = os.fsync, os.replace
    monkeypatch.setattr("os.fsync", lambda handle: (done.append("sync"), sync(handle)))
    monkeypatch.setattr("os.replace", lambda *a: (done.append("replace"), replace(*a)))
    files.write(file, "new")
    assert done[:2] == ["sync", "replace"]


def test_two_writers_at_once_have_places_of_their_own(file):
    with files.replacing(file) as one, files.replacing(file) as other:
        one.write_text("one")
        other.write_text("the other")
        assert one != other
    assert file.read_text() == "one"


WRITER = """
import sys
from pathlib import Path
from sandbox import files
from sandbox.errors import TransitError
for _ in range(150):
    files.write(Path(sys.argv[1]), sys.argv[2] * 20_000)
"""


def test_what_two_programs_write_at_once_is_never_torn(file):
    both = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(file), sign]) for sign in ("a", "b")
    ]
    while any(one.poll() is None for one in both):
        if file.exists():
            content = file.read_text()
            assert content in ("a" * 20_000, "b" * 20_000)
    assert [one.returncode for one in both] == [0, 0]
    assert list(file.parent.iterdir()) == [file]


def test_what_a_killed_run_left_is_swept_but_not_what_is_being_written(file):
    with suppress(ZeroDivisionError), files.replacing(file) as beside:
        name = beside.name
        raise ZeroDivisionError
    left, journal = file.with_name(name), file.with_name(f"{name}-journal")
    fresh, others = file.with_name(f"{name}2"), file.with_name(f".another{name}")
    for one in (left, journal, fresh, others):
        one.write_text("half")
    for one in (left, journal, others):
        os.utime(one, (time.time() - 7200,) * 2)
    files.write(file, "whole")
    assert sorted(file.parent.iterdir()) == sorted([file, fresh, others])


@pipes
def test_permissions_are_kept_or_given(file):
    files.write(file, "open")
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(file.stat().st_mode) == 0o666 & ~umask
    file.chmod(0o640)
    files.write(file, "kept")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    files.write(file, "secret", mode=0o600)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pipes
def test_a_link_stays_and_what_it_leads_to_is_written(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "file")
    files.write(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_text() == "new"


@pipes
def test_a_device_or_a_folder_is_not_replaced(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, Path("/dev/null")):
        with pytest.raises(OSError, match="not an ordinary file"):
            files.write(path, "x")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


@pipes
def test_a_name_as_long_as_a_name_may_be_is_written(tmp_path):
    longest = tmp_path / ("学" * 80 + ".geojson")
    files.write(longest, "x")
    assert list(tmp_path.iterdir()) == [longest]


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_a_damaged_archive_is_told_in_one_way_however_it_is_packed(tmp_path, method):
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w", method) as made:
        made.writestr("a.txt", "\n".join(f"{number} rows" for number in range(5000)))
    content = bytearray(file.read_bytes())
    content[60:200] = np.random.default_rng(5).bytes(140)
    file.write_bytes(content)
    with pytest.raises(files.Unreadable) as told, files.zipped(file) as archive:
        archive.read("a.txt")
    assert told.value.reason == files.DAMAGED


def test_an_archive_without_its_password_or_by_an_unknown_method_says_so(tmp_path):
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("a.txt", "text")
    plain = file.read_bytes()
    # Bit 0 of the flags means encrypted, and 97 is a method that Python doesn't know; both stand
    # in the entry's own header and in the directory at the end (PKZIP's APPNOTE, 4.3.7 and 4.3.12).
    for own, in_directory, value, said in ((6, 8, 1, "password"), (8, 10, 97, "compression")):
        content = bytearray(plain)
        content[own] = content[plain.index(b"PK\x01\x02") + in_directory] = value
        file.write_bytes(content)
        with pytest.raises(files.Unreadable, match=said), files.zipped(file) as archive:
            archive.read("a.txt")


def test_what_a_reader_of_an_archive_says_itself_passes(tmp_path):
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("a.txt", "text")
    with pytest.raises(TransitError, match="too large"), files.zipped(file):
        raise TransitError("too large", "Cut it.")
    with pytest.raises(files.Unreadable), files.zipped(tmp_path / "none.zip"):
        raise AssertionError("there is no archive to read")
