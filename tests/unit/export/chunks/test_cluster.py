"""Chunks on Dask's workers: the same rows as processes and one core, whatever dies."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import pytest
from distributed import Client, LocalCluster

from sandbox.analysis.circles.question import AuditQuestion
from sandbox.edits.street_edits import StreetEdits
from sandbox.errors import AnalysisError
from sandbox.export.chunks import cluster
from sandbox.export.chunks.run import run
from sandbox.export.chunks.tasks import AuditTask, StreetFile
from sandbox.streets.sandnet import save
from tests.support.grid_city import grid_city
from tests.support.life_circle import ADULT, SCHOOL, facilities, homes, standard

CELLS = [(column, row) for row in range(21) for column in range(21)]


@pytest.fixture(scope="module")
def task(tmp_path_factory):
    file = tmp_path_factory.mktemp("streets") / "grid.sandnet"
    save(grid_city().streets, file)
    there = facilities([("school", (10, 10))])
    return AuditTask(StreetFile(file, StreetEdits()), there, AuditQuestion(standard(SCHOOL), ADULT))


@pytest.fixture(scope="module")
def lived():
    return homes(CELLS, [float(number) for number in range(len(CELLS))])


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    beside = str(tmp_path_factory.mktemp("dask"))
    with LocalCluster(
        n_workers=1, threads_per_worker=2, processes=False, dashboard_address=":0",
        local_directory=beside,
    ) as made:  # fmt: skip
        yield made.scheduler_address


def bytes_of(folder):
    return {file.name: file.read_bytes() for file in sorted(folder.glob("part-*.parquet"))}


@pytest.fixture(scope="module")
def alone(tmp_path_factory, task, lived):
    folder = tmp_path_factory.mktemp("runs") / "alone"
    run(folder, task, lived, chunk=100, workers=1)
    return folder


def test_a_cluster_gives_the_bytes_of_one_core_and_goes_on(tmp_path, address, task, lived, alone):
    folder, told = tmp_path / "run", []
    done = run(folder, task, lived, chunk=100, cluster=address, tell=told.append)
    assert (done.made, done.count) == (5, 5)
    assert bytes_of(folder) == bytes_of(alone)
    assert [one.done for one in told] == [0, 1, 2, 3, 4, 5]
    (folder / "part-00002.parquet").unlink()
    assert run(folder, task, lived, chunk=100, cluster=address).made == 1
    assert bytes_of(folder) == bytes_of(alone)
    # With nothing left to do nobody is asked.
    assert run(folder, task, lived, chunk=100, cluster="tcp://127.0.0.1:1").made == 0


def test_what_a_question_raises_on_a_worker_is_raised_here(tmp_path, address, task, lived):
    wrong = replace(task, question=replace(task.question, speed_kmh=-1.0))
    with pytest.raises(AnalysisError, match="speed"):
        run(tmp_path / "wrong", wrong, lived.head(9), chunk=3, cluster=address)
    assert not bytes_of(tmp_path / "wrong")


@dataclass(frozen=True)
class Breaks(AuditTask):
    """Meets what nobody foresaw."""

    def work(self, network, origins):
        raise ZeroDivisionError("by nothing")


def test_what_a_worker_lacks_is_told_in_one_line(tmp_path, address, task, lived):
    breaks = Breaks(task.streets, task.facilities, task.question)
    with pytest.raises(AnalysisError, match=r"can't answer: ZeroDivisionError: by nothing"):
        run(tmp_path / "breaks", breaks, lived.head(2), chunk=2, cluster=address)


def test_nobody_there_no_package_and_others_streets_are_told(tmp_path, task, monkeypatch):
    monkeypatch.setattr(cluster, "_CONNECT_S", 0.3)
    with pytest.raises(AnalysisError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:1"):
        cluster.Cluster("tcp://127.0.0.1:1")
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(AnalysisError, match=r"extra cluster.*science-city-sandbox\[cluster\]"):
        cluster.Cluster("tcp://127.0.0.1:1")
    with pytest.raises(AnalysisError, match="other streets"):
        cluster.answer_chunk(
            task, None, ("0" * 64, cluster.version("science-city-sandbox")), 0, None
        )
    with pytest.raises(AnalysisError, match="version"):
        cluster.answer_chunk(task, None, ("", "0.0.0"), 0, None)


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers, each a process of its own, as the README starts them."""
    told = tmp_path / "scheduler.json"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([os.getcwd(), *sys.path])}
    quiet = {"env": env, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    dask = [sys.executable, "-m", "dask"]
    where = ["--scheduler-file", str(told)]
    scheduler = subprocess.Popen(
        [*dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", *where],
        **quiet,
    )
    worker = [*dask, "worker", *where, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    worker += ["--local-directory", str(tmp_path / "dask")]
    workers = [subprocess.Popen(worker, **quiet) for _ in range(2)]
    try:
        until = time.monotonic() + 60
        while not told.is_file() and time.monotonic() < until:
            time.sleep(0.1)
        yield json.loads(told.read_text("utf-8"))["address"], workers
    finally:
        for one in (*workers, scheduler):
            one.kill()
            one.wait()


@dataclass(frozen=True)
class Slow(AuditTask):
    """Takes a while, so that a worker can be killed in the middle of it."""

    def work(self, network, origins: gpd.GeoDataFrame):
        time.sleep(0.2)
        return super().work(network, origins)


@pytest.mark.long
def test_a_worker_that_is_killed_half_way_costs_its_chunk(tmp_path, processes, task, lived, alone):
    address, workers = processes
    until = time.monotonic() + 60
    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
    slow = Slow(task.streets, task.facilities, task.question)
    killed = threading.Event()

    def tell(progress):
        if progress.done >= 8 and not killed.is_set():
            killed.set()
            os.kill(workers[0].pid, signal.SIGKILL)

    folder = tmp_path / "killed"
    done = run(folder, slow, lived, chunk=20, cluster=address, tell=tell)
    assert killed.is_set()
    assert (done.made, done.count) == (23, 23)
    run(tmp_path / "same", task, lived, chunk=20, workers=2)
    assert bytes_of(folder) == bytes_of(tmp_path / "same")
    assert time.monotonic() < until + 120
