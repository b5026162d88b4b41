"""Chunks of many origins: the same rows however many processes, and nothing lost but a chunk."""

import json
import os
import signal
import threading
import time
from dataclasses import dataclass, replace

import geopandas as gpd
import pandas as pd
import pytest

import sandbox
from sandbox.analysis.access.measures import AccessQuestion, access
from sandbox.analysis.access.sweep import Moving
from sandbox.analysis.circles.audit import audit
from sandbox.analysis.circles.question import AuditQuestion
from sandbox.analysis.circles.results import homes_table
from sandbox.analysis.times import times
from sandbox.edits.street_edits import StreetEdits
from sandbox.errors import AnalysisError, ExportError
from sandbox.export.chunks import crew
from sandbox.export.chunks.run import left_s, run
from sandbox.export.chunks.tasks import AccessTask, AuditTask, StreetFile, TimesTask
from sandbox.streets.sandnet import save
from sandbox.streets.travel import Travel
from tests.support.grid_city import grid_city
from tests.support.life_circle import (
    ADULT,
    SCHOOL,
    facilities,
    homes,
    placed,
    standard,
)

# Every crossing is a home; the school stands at (10, 10).
CELLS = [(column, row) for row in range(21) for column in range(21)]
TRAVEL = Travel("walk", 6.0, slope="flat")


@pytest.fixture(scope="module")
def streets(tmp_path_factory):
    file = tmp_path_factory.mktemp("streets") / "grid.sandnet"
    save(grid_city().streets, file)
    return StreetFile(file, StreetEdits())


@pytest.fixture(scope="module")
def lived():
    return homes(CELLS, [float(number) for number in range(len(CELLS))])


@pytest.fixture(scope="module")
def task(streets):
    there = facilities([("school", (10, 10))])
    return AuditTask(streets, there, AuditQuestion(standard(SCHOOL), ADULT))


@pytest.fixture(scope="module")
def whole(streets, lived, task):
    return homes_table(audit(streets.open(), lived, task.facilities, task.question))


def rows_of(folder):
    return gpd.read_parquet(folder)


def bytes_of(folder):
    return {file.name: file.read_bytes() for file in sorted(folder.glob("part-*.parquet"))}


@pytest.fixture(scope="module")
def alone(tmp_path_factory, task, lived):
    folder = tmp_path_factory.mktemp("runs") / "alone"
    done = run(folder, task, lived, chunk=100, workers=1)
    assert (done.count, done.made, done.rows) == (5, 5, 441)
    return folder


def test_chunks_together_are_the_audit_of_all_homes(alone, whole):
    found = rows_of(alone)
    pd.testing.assert_frame_equal(pd.DataFrame(found), pd.DataFrame(whole), check_dtype=False)
    # By hand: crossings within ten blocks of the middle one, 1 + 4 × (1 + … + 10).
    assert int((found["failed"] == 0).sum()) == 1 + 4 * 55


def test_several_processes_give_the_same_bytes(tmp_path, alone, task, lived):
    told = []
    done = run(tmp_path / "two", task, lived, chunk=100, workers=2, tell=told.append)
    assert (done.made, done.count) == (5, 5)
    assert bytes_of(tmp_path / "two") == bytes_of(alone)
    assert [one.done for one in told] == [0, 1, 2, 3, 4, 5]
    assert told[0].left_s is None
    assert told[-1].left_s == (0.0, 0.0)


def test_a_stopped_run_goes_on_and_makes_only_what_is_missing(tmp_path, alone, task, lived):
    folder = tmp_path / "stopped"

    def stop(progress):
        if progress.done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(folder, task, lived, chunk=100, workers=1, tell=stop)
    assert len(bytes_of(folder)) == 2
    before = {name: (folder / name).stat().st_mtime_ns for name in bytes_of(folder)}
    assert run(folder, task, lived, chunk=100, workers=1).made == 3
    assert bytes_of(folder) == bytes_of(alone)
    assert all((folder / name).stat().st_mtime_ns == at for name, at in before.items())


def test_who_stops_a_run_ends_its_processes_at_once(tmp_path, monkeypatch, task, lived):
    begun, every = crew.Worker.__init__, []

    def begin(self, *args):
        begun(self, *args)
        every.append(self._process)

    monkeypatch.setattr(crew.Worker, "__init__", begin)

    def stop(progress):
        if progress.done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "ended", task, lived, chunk=20, workers=2, tell=stop)
    # Each is dead when the run is over, whatever was stopped in its middle.
    assert every
    assert all(one.poll() is not None for one in every)
    assert len(bytes_of(tmp_path / "ended")) < 23


def test_a_killed_worker_costs_its_chunk_and_no_more(tmp_path, monkeypatch, alone, task, lived):
    killed = threading.Event()
    begun = crew.Worker.__init__

    def begin(self, *args):
        begun(self, *args)
        if not killed.is_set():
            killed.set()
            # It is killed while it reads its first chunk.
            threading.Timer(0.3, os.kill, (self._process.pid, signal.SIGKILL)).start()

    monkeypatch.setattr(crew.Worker, "__init__", begin)
    done = run(tmp_path / "killed", task, lived, chunk=100, workers=2)
    assert killed.is_set()
    assert done.made == 5
    assert bytes_of(tmp_path / "killed") == bytes_of(alone)


@dataclass(frozen=True)
class Ends(AuditTask):
    """Ends the process that answers, as one that lacks memory does."""

    def work(self, network, origins):
        os._exit(9)


def test_a_chunk_that_ends_every_worker_ends_the_run_with_what_to_do(
    tmp_path, task, lived, monkeypatch
):
    monkeypatch.setenv(
        "PYTHONPATH", os.pathsep.join([os.getcwd(), os.environ.get("PYTHONPATH", "")])
    )
    monkeypatch.setattr(crew, "_TRIES", 1)
    ends = Ends(task.streets, task.facilities, task.question)
    with pytest.raises(AnalysisError, match=r"ended 1 times.*smaller --chunk"):
        run(tmp_path / "ends", ends, lived.head(4), chunk=2, workers=2)


@pytest.mark.long
def test_what_a_question_raises_in_a_process_is_raised_here(tmp_path, task, lived):
    wrong = replace(task, question=replace(task.question, speed_kmh=-1.0))
    with pytest.raises(AnalysisError, match="speed"):
        run(tmp_path / "wrong", wrong, lived, chunk=100, workers=2)
    assert not bytes_of(tmp_path / "wrong")


def test_another_run_is_refused_and_says_what_is_another(tmp_path, task, lived):
    folder = tmp_path / "run"
    run(folder, task, lived.head(10), chunk=5, workers=1)
    for other, rows, chunk, what in (
        (
            replace(task, question=replace(task.question, by="minutes")),
            lived.head(10),
            5,
            "question",
        ),
        (task, lived.head(9), 5, "origins"),
        (task, lived.head(10), 4, "chunk"),
        (
            replace(task, facilities=facilities([("school", (9, 9))])),
            lived.head(10),
            5,
            "facilities",
        ),
    ):
        with pytest.raises(ExportError, match=f"another run: other {what}"):
            run(folder, other, rows, chunk=chunk, workers=1)
    (folder / "_run.json").write_text("[", "utf-8")
    with pytest.raises(ExportError, match="can't be read"):
        run(folder, task, lived.head(10), chunk=5, workers=1)
    full = tmp_path / "full"
    full.mkdir()
    (full / "own.txt").write_text("mine", "utf-8")
    with pytest.raises(ExportError, match="holds other files"):
        run(full, task, lived.head(10), workers=1)
    with pytest.raises(ExportError, match="can't be used"):
        run(tmp_path / "no" / "where", task, lived.head(10), workers=1)
    with pytest.raises(AnalysisError, match=r"0 origins a chunk.*0 workers"):
        run(tmp_path / "none", task, lived.head(10), chunk=0, workers=0)
    assert not (tmp_path / "none").exists()


@pytest.mark.long
def test_the_fingerprint_is_the_same_in_another_process(tmp_path, task, lived):
    first, second = tmp_path / "first", tmp_path / "second"
    script = (
        "import pickle, sys; from pathlib import Path; from sandbox.export.chunks.run import run\n"
        "task, lived = pickle.load(open(sys.argv[1], 'rb'))\n"
        "run(Path(sys.argv[2]), task, lived, chunk=5, workers=1)\n"
    )
    import pickle
    import subprocess
    import sys

    held = tmp_path / "held"
    held.write_bytes(pickle.dumps((task, lived.head(5))))
    env = {**os.environ, "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", script, str(held), str(second)], env=env, check=True)
    run(first, task, lived.head(5), chunk=5, workers=1)
    assert json.loads((first / "_run.json").read_text()) == json.loads(
        (second / "_run.json").read_text()
    )
    assert bytes_of(first) == bytes_of(second)


def test_times_and_access_are_those_of_all_origins_at_once(tmp_path, streets, lived):
    there = placed(["a", "b"], [(0, 0), (20, 20)])
    matrix = TimesTask(streets, there, 15.0, TRAVEL)
    run(tmp_path / "times", matrix, lived, chunk=50, workers=1)
    found = pd.read_parquet(tmp_path / "times")
    # 15 blocks from either corner: 1 + 2 + … + 16 crossings each.
    assert len(found) == 2 * 136
    all_at_once = times(streets.open(), lived, there, 15.0, TRAVEL).pairs.dropna(subset=["minutes"])
    assert sorted(zip(found["from_id"], found["to_id"], found["minutes"], strict=True)) == sorted(
        zip(
            all_at_once["from_id"],
            all_at_once["to_id"],
            all_at_once["minutes"].round(5),
            strict=True,
        )
    )
    places = there.assign(kind=["x", "y"], supply=[1.0, 2.0], layer="", name_zh="", name_en="")
    question = AccessQuestion(("cumulative", "nearest"), (15.0,), Moving(15.0, TRAVEL))
    run(tmp_path / "access", AccessTask(streets, places, question), lived, chunk=60, workers=1)
    made = rows_of(tmp_path / "access")
    once = access(streets.open(), lived, places, question).homes
    for name in ("cumulative_all_15", "cumulative_y_15", "nearest_all_1"):
        pd.testing.assert_series_equal(made[name], once[name])
    with pytest.raises(AnalysisError, match="2sfca can't be calculated a chunk"):
        AccessTask(streets, places, replace(question, measures=("2sfca",)))


def test_how_long_the_rest_takes_is_said_from_the_quickest_and_the_slowest():
    assert left_s([], 4, 2) is None
    assert left_s([1.0, 2.0, 3.0], 4, 2) is None
    # Two workers, five chunks left: at best 5 × 1 / 2, at worst three rounds of 4 s.
    assert left_s([1.0, 2.0, 3.0, 4.0], 5, 2) == (2.5, 12.0)
    assert left_s([1.0, 2.0, 3.0, 4.0], 0, 2) == (0.0, 0.0)


def test_from_python_edits_go_with_the_streets(tmp_path):
    net = sandbox.Network(grid_city())
    cells = placed(["h"], [(0, 0)])
    there = placed(["s"], [(3, 0)])
    began = time.monotonic()
    done = sandbox.times_into(
        tmp_path / "py", net, cells, there, 30, workers=1, speed_kmh=6.0, slope="flat"
    )
    assert (done.made, done.rows) == (1, 1)
    assert pd.read_parquet(tmp_path / "py")["minutes"].tolist() == [3.0]
    again = sandbox.times_into(
        tmp_path / "py", net, cells, there, 30, workers=1, speed_kmh=6.0, slope="flat"
    )
    assert again.made == 0
    assert done.seconds <= time.monotonic() - began
