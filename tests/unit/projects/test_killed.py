"""A project killed, starved of disk or fought over while it is saved is the old or the new one."""

import os
import random
import resource
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from sandbox.errors import ExportError
from sandbox.projects.store import read, save
from tests.support.cities import city, clinics

WATCHED = frozenset(
    ("open", "os.rename", "os.remove", "os.truncate", "shutil.copyfile", "os.chmod",
     "sqlite3.connect")
)  # fmt: skip


def child(work: Callable[[], None]) -> int:
    """Run work in a process of its own, which shares what is already read; return its number."""
    number = os.fork()
    if number == 0:
        try:
            work()
        finally:
            os._exit(0)
    return number


def save_on(path: Path, tell: int) -> None:
    """Save again and again, with one clinic more each time; say so before each begins."""
    stored = read(path)
    for count in range(4, 10_000):
        os.write(tell, b"%d\n" % count)
        layers = {**stored.project.layers, "clinics": clinics(count)}
        made = replace(stored.project, layers=layers, document={"count": count})
        stored = save(path, made, stored)


def save_until(path: Path, fatal: int, tell: int) -> None:
    """Save once, killed before the system's call of a number; tell how many there were."""
    stored, seen = read(path), 0

    def watch(event: str, _arguments: tuple[object, ...]) -> None:
        nonlocal seen
        if event in WATCHED:
            seen += 1
            if seen == fatal:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    layers = {**stored.project.layers, "clinics": clinics(5)}
    save(path, replace(stored.project, layers=layers, document={"count": 5}), stored)
    os.write(tell, b"%d" % seen)


def whole(path: Path) -> int:
    """Check that a project is one of those that were saved, and return how many clinics it has."""
    held = read(path).project
    features = held.layers["clinics"].features
    assert features is not None
    assert held.document is None or held.document == {"count": len(features)}
    assert not path.with_name(path.name + "-wal").exists()
    assert not path.with_name(path.name + "-journal").exists()
    return len(features)


def kill_while_saving(path: Path, moments: int, chance: random.Random) -> None:
    """Kill a process that saves at random moments, so many times."""
    before = path.read_bytes()
    for _ in range(moments):
        hear, tell = os.pipe()
        saving = child(lambda told=tell: save_on(path, told))
        os.close(tell)
        with os.fdopen(hear) as heard:
            first = heard.readline()
            time.sleep(chance.uniform(0.0, 0.3))
            os.kill(saving, signal.SIGKILL)
            begun = [first, *heard.readlines()]
        os.waitpid(saving, 0)
        # Each was begun once the one before it was there.
        last = int(begun[-1])
        assert whole(path) in {3 if last == 4 else last - 1, last}
        path.write_bytes(before)


def test_killed_at_random_moments_it_is_the_old_or_the_new(tmp_path: Path) -> None:
    kill_while_saving(city(tmp_path / "city.gpkg").path, 10, random.Random(4))  # noqa: S311


@pytest.mark.long
def test_killed_at_200_random_moments_it_is_the_old_or_the_new(tmp_path: Path) -> None:
    kill_while_saving(city(tmp_path / "city.gpkg").path, 200, random.Random(200))  # noqa: S311


def test_killed_before_each_of_the_system_s_calls_it_is_the_old_or_the_new(tmp_path: Path) -> None:
    path = city(tmp_path / "city.gpkg").path
    before, fatal, ended = path.read_bytes(), 0, False
    while not ended:
        fatal += 1
        path.write_bytes(before)
        hear, tell = os.pipe()
        saving = child(lambda told=tell, at=fatal: save_until(path, at, told))
        os.close(tell)
        with os.fdopen(hear) as heard:
            ended = bool(heard.read())
        os.waitpid(saving, 0)
        assert whole(path) in {3, 5}
        assert not ended or whole(path) == 5
    assert fatal > 5


def test_on_a_full_disk_the_old_one_stays_and_nothing_is_left(tmp_path: Path) -> None:
    stored = city(tmp_path / "city.gpkg")
    before = stored.path.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    layers = {**stored.project.layers, "clinics": clinics(3000)}
    try:
        for room in (1000, len(before) // 2, len(before) + 4096):
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
            with pytest.raises(ExportError, match="can't be written"):
                save(stored.path, replace(stored.project, layers=layers), stored)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)
    assert stored.path.read_bytes() == before
    assert os.listdir(tmp_path) == ["city.gpkg"]


def test_two_that_save_at_once_leave_one_of_both_whole(tmp_path: Path) -> None:
    path = city(tmp_path / "city.gpkg").path
    hear, tell = os.pipe()
    both = [child(lambda: save_on(path, tell)) for _ in range(2)]
    time.sleep(1.5)
    for one in both:
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)
        os.waitpid(one, 0)
    os.close(hear)
    os.close(tell)
    assert whole(path) >= 3
