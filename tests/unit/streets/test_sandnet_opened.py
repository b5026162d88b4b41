"""A network opened again: from its copy while the file is as it was, anew where it isn't."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sandbox import paths
from sandbox.errors import NetworkError
from sandbox.streets import sandnet_opened
from sandbox.streets.sandnet import read, save, save_plain
from sandbox.streets.sandnet_opened import open_file
from tests.unit.streets.test_sandnet_crafted import STREETS, TIMETABLE, asked
from tests.unit.streets.test_sandnet_older import same

ROOT = Path(__file__).parents[3]


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setattr(sandnet_opened, "WORTH_BYTES", 0)
    save(STREETS, tmp_path / "town.sandnet", TIMETABLE)
    return tmp_path / "town.sandnet"


@pytest.fixture
def checked(monkeypatch):
    """The files that were read and checked whole."""
    names = []

    def read_and_tell(path):
        names.append(Path(path).name)
        return read(path)

    monkeypatch.setattr(sandnet_opened, "read", read_and_tell)
    return names


def copies():
    return sorted((paths.user_cache() / "networks").glob("*.sandnet"))


def mapped(array):
    while isinstance(array, np.ndarray):
        array = array.base
    return isinstance(array, memoryview)


def test_the_second_opening_is_from_the_copy_with_the_same_in_it(file, checked):
    for _ in range(3):
        opened = open_file(file)
        assert all(map(same, (STREETS, TIMETABLE), opened))
        assert mapped(opened[0].node_xy)
        assert mapped(opened[1].time_stop)
        assert opened[0].node_xy.flags.writeable
        assert opened[0].node_xy.flags.aligned
    assert checked == ["town.sandnet"]
    assert len(copies()) == 1
    asked(opened)


def test_what_is_written_to_an_array_stays_in_it(file, checked):
    open_file(file)[0].length_m[:] = 7
    assert (open_file(file)[0].length_m == STREETS.length_m).all()
    assert checked == ["town.sandnet"]


@pytest.mark.parametrize("change", ["content", "time", "size"])
def test_a_file_that_is_another_is_checked_anew(file, checked, change):
    open_file(file)
    told = file.stat()
    if change == "time":
        os.utime(file, ns=(told.st_atime_ns, told.st_mtime_ns + 1))
    elif change == "size":
        save(replace(STREETS, names=("x" * 400, *STREETS.names[1:])), file)
        os.utime(file, ns=(told.st_atime_ns, told.st_mtime_ns))
    else:
        # As large and as old as before, with another length at its first segment.
        longer = STREETS.length_m.copy()
        longer[0] += 1
        save(replace(STREETS, length_m=longer), file, TIMETABLE)
        content = file.read_bytes()
        assert abs(len(content) - told.st_size) < 64
        os.utime(file, ns=(told.st_atime_ns, told.st_mtime_ns))
    got, held = open_file(file), read(file)
    assert all(map(same, held, got))
    assert checked == ["town.sandnet", "town.sandnet"]


def test_a_file_that_was_damaged_is_refused_though_its_copy_is_sound(file):
    open_file(file)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(NetworkError, match="damaged"):
        open_file(file)


def test_overwriting_the_file_leaves_what_is_open_alone(file):
    streets, _ = open_file(file)
    # In place, as a copying command does: the old arrays must neither change nor vanish.
    with file.open("r+b") as opened:
        opened.truncate(10)
    assert (streets.node_xy == STREETS.node_xy).all()
    with pytest.raises(NetworkError, match="damaged"):
        open_file(file)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda copy, record: copy.unlink(),
        lambda copy, record: copy.write_bytes(b""),
        lambda copy, record: copy.write_bytes(copy.read_bytes()[:-100]),
        lambda copy, record: record.write_text("{"),
        lambda copy, record: record.write_text("[1, 2]"),
        lambda copy, record: record.write_text(
            json.dumps({**json.loads(record.read_text()), "digest": "00"})
        ),
    ],
)
def test_a_copy_that_cannot_be_trusted_is_made_anew(file, checked, spoil):
    open_file(file)
    (copy,) = copies()
    spoil(copy, copy.with_suffix(".json"))
    assert same(open_file(file)[0], STREETS)
    assert same(open_file(file)[0], STREETS)
    assert checked == ["town.sandnet", "town.sandnet"]


def test_figures_of_a_copy_are_checked_though_it_is_remembered(file, checked):
    open_file(file)
    (copy,) = copies()
    record = copy.with_suffix(".json")
    save_plain(replace(STREETS, segment_nodes=STREETS.segment_nodes + 1_000_000), copy)
    told = json.loads(record.read_text())
    state = copy.stat()
    told |= {"copy_bytes": state.st_size, "copy_changed_ns": state.st_mtime_ns}
    record.write_text(json.dumps(told))
    assert same(open_file(file)[0], STREETS)
    assert checked == ["town.sandnet", "town.sandnet"]


def test_without_a_cache_the_file_itself_is_read(file, tmp_path, monkeypatch):
    (tmp_path / "no folder").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "no folder"))
    for _ in range(2):
        assert same(open_file(file)[0], STREETS)


def test_copies_of_the_networks_opened_last_are_kept(file, tmp_path):
    for number in range(7):
        save(STREETS, tmp_path / f"{number}.sandnet")
        open_file(tmp_path / f"{number}.sandnet")
        open_file(file)
    assert len(copies()) == len(list(copies()[0].parent.glob("*.json"))) == 4


def test_small_files_are_read_as_they_are(tmp_path, file, monkeypatch):
    monkeypatch.setattr(sandnet_opened, "WORTH_BYTES", file.stat().st_size + 1)
    assert same(open_file(file)[0], STREETS)
    assert not (paths.user_cache() / "networks").exists()


def test_what_is_no_file_is_told_as_ever(tmp_path):
    for wrong in (tmp_path, tmp_path / "none.sandnet"):
        with pytest.raises(NetworkError, match="can't be read"):
            open_file(wrong)


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux which pages are shared")
def test_two_processes_share_the_memory_of_the_arrays(file, tmp_path):
    program = (
        "import sys\n"
        "from sandbox.streets import sandnet_opened\n"
        "sandnet_opened.WORTH_BYTES = 0\n"
        "held = sandnet_opened.open_file(sys.argv[1])\n"
        "print(held[0].node_xy.sum(), flush=True)\n"
        "sys.stdin.readline()\n"
    )
    open_file(file)
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(file)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    try:
        for run in runs:
            assert run.stdout.readline()
        shared = []
        for run in runs:
            parts = Path(f"/proc/{run.pid}/smaps").read_text().split(str(copies()[0]))
            assert len(parts) == 2
            told = dict(line.split(":") for line in parts[1].splitlines()[1:22] if ":" in line)
            shared.append((told["Rss"].split()[0], told["Pss"].split()[0]))
        for rss_kb, pss_kb in shared:
            assert int(rss_kb) > 0
            assert int(pss_kb) <= int(rss_kb) / 2
    finally:
        for run in runs:
            run.communicate("\n", timeout=600)
