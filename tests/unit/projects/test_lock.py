"""Locks of projects: one writer, who is told to the second, and nothing left behind holds."""

import json
import os
import subprocess
import sys
from pathlib import Path

from sandbox.projects.lock import Lock, Owner, acquire, lock_file


def test_the_second_learns_who_has_it_open_and_gets_it_afterwards(tmp_path: Path) -> None:
    project = tmp_path / "城.gpkg"
    first = acquire(project)
    assert isinstance(first, Lock)
    assert first.held
    second = acquire(project)
    assert isinstance(second, Owner)
    assert (second.user, second.pid) == (first.owner.user, os.getpid())
    first.release()
    assert list(tmp_path.iterdir()) == []
    assert isinstance(acquire(project), Lock)


def test_a_lock_of_a_process_that_is_gone_is_taken_over(tmp_path: Path) -> None:
    project = tmp_path / "city.gpkg"
    code = (
        "import sys, pathlib; from sandbox.projects.lock import acquire;"
        " acquire(pathlib.Path(sys.argv[1]))"
    )
    subprocess.run([sys.executable, "-c", code, project], check=True)
    assert lock_file(project).exists()
    assert isinstance(acquire(project), Lock)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_lock_of_another_machine_holds_until_it_was_not_touched_for_long(tmp_path: Path) -> None:
    project = tmp_path / "city.gpkg"
    file = lock_file(project)
    said = {
        "user": "wang",
        "host": "elsewhere",
        "since": "2026-11-30T09:00",
        "pid": 1,
        "token": "x",
    }
    file.write_text(json.dumps(said))
    held = acquire(project)
    assert isinstance(held, Owner)
    assert (held.user, held.host, held.since) == ("wang", "elsewhere", "2026-11-30T09:00")
    old = file.stat().st_mtime - 3600
    os.utime(file, (old, old))
    mine = acquire(project)
    assert isinstance(mine, Lock)
    file.write_text(json.dumps(said))
    assert not mine.held
    mine.release()
    assert file.exists()


def test_a_lock_that_says_nothing_holds_as_that_of_a_stranger(tmp_path: Path) -> None:
    project = tmp_path / "city.gpkg"
    for content in ("", "[]", "{", '{"user": 3, "pid": "x"}'):
        lock_file(project).write_text(content)
        assert isinstance(acquire(project), Owner)


def test_no_lock_where_nothing_can_be_written(tmp_path: Path) -> None:
    assert acquire(tmp_path / "nowhere" / "city.gpkg") is None
