"""Chunks answered by Dask's workers: on other machines too, which share a disk with this one.

Nothing is scattered: each worker opens the streets itself, by path and hash, and writes its chunks
into the folder; so a worker that dies costs the chunk it was at, which another one answers.
"""

import threading
import time
from collections.abc import Generator, Iterator
from dataclasses import replace
from functools import lru_cache
from importlib.metadata import version
from typing import Any, Final

import geopandas as gpd

from sandbox.engine.network import Network
from sandbox.errors import AnalysisError, SandboxError
from sandbox.export.chunks.folder import Folder
from sandbox.export.chunks.tasks import StreetFile, Task

_PACKAGE: Final = "science-city-sandbox"
_CONNECT_S: Final = 20.0
# So many chunks a worker's thread are on their way: it never waits, and slices are cut late.
_AHEAD: Final = 2
# Kernels use all processors already, and a network's workspace serves one search at a time.
_ONE: Final = threading.Lock()


class Cluster:
    """A scheduler of Dask with its workers; close it when the run is over.

    Parameters
    ----------
    address
        Of the scheduler, as ``tcp://10.0.0.5:8786``.

    Raises
    ------
    AnalysisError
        Dask isn't installed, nobody answers there, or the scheduler has no workers.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        try:
            from distributed import Client
        except ImportError as error:
            raise AnalysisError(
                "Calculating on a cluster needs the extra cluster, which isn't installed.",
                "Install it: pip install 'science-city-sandbox[cluster]'",
            ) from error
        try:
            self._client: Any = Client(address, timeout=_CONNECT_S, set_as_default=False)
        except (OSError, ValueError) as error:
            raise AnalysisError(
                "No Dask scheduler answers at {address}.",
                "Start one: dask scheduler; it prints its address.",
                address=address,
            ) from error
        try:
            self._client.wait_for_workers(1, timeout=_CONNECT_S)
        except TimeoutError as error:
            self.close()
            raise AnalysisError(
                "The Dask scheduler at {address} has no workers.",
                "Start one on each machine: dask worker {address} --nthreads 1",
                address=address,
            ) from error
        self.count: int = max(sum(self._client.nthreads().values()), 1)

    def close(self) -> None:
        """Leave the cluster; what its workers are at for this run is dropped."""
        self._client.close()

    def answered(
        self, task: Task, folder: Folder, slices: Iterator[tuple[int, gpd.GeoDataFrame]]
    ) -> Generator[float | None]:
        """Yield the seconds of each chunk when it is done; None for the first of a worker.

        Raises
        ------
        SandboxError
            What the question raised, a chunk that ends each worker, or workers that differ.
        """
        from distributed import as_completed

        whole = replace(folder, path=folder.path.absolute())
        known = task.streets.fingerprint(), version(_PACKAGE)
        under_way: Any = as_completed(loop=self._client.loop)
        try:
            for number, part in slices:
                under_way.add(self._sent(task, whole, known, number, part))
                if under_way.count() >= _AHEAD * self.count:
                    yield self._heard(next(under_way))
            for future in under_way:
                yield self._heard(future)
        finally:
            self._client.cancel(list(under_way.futures))

    def _sent(
        self,
        task: Task,
        folder: Folder,
        known: tuple[str, str],
        number: int,
        part: gpd.GeoDataFrame,
    ) -> Any:
        # Under a key of its own: others may ask the same scheduler.
        return self._client.submit(answer_chunk, task, folder, known, number, part, pure=False)

    def _heard(self, future: Any) -> float | None:
        from distributed import KilledWorker

        try:
            return future.result()
        except SandboxError:
            raise
        except KilledWorker as error:
            raise AnalysisError(
                "A chunk ended every worker that tried it.",
                "They may lack memory: give a smaller --chunk.",
            ) from error
        # Whatever a worker of another machine lacks: who asked hears of it in one line.
        except Exception as error:
            raise AnalysisError(
                "The workers at {address} can't answer: {reason}.",
                "Each needs this program, the network file at the same path, and the folder.",
                address=self._address,
                reason=f"{type(error).__name__}: {error}",
            ) from error


def answer_chunk(
    task: Task, folder: Folder, known: tuple[str, str], number: int, part: gpd.GeoDataFrame
) -> float | None:
    """Answer a chunk and write it; called on a worker.

    Parameters
    ----------
    task, folder, number, part
        What is asked, where the answer goes, and of whom.
    known
        Hash of the streets and version of the program where the run was begun.

    Returns
    -------
    float or None
        Seconds that it took; None where the streets were opened first.

    Raises
    ------
    SandboxError
        What the question raises; the worker has other streets or another version.
    """
    streets, program = known
    if version(_PACKAGE) != program:
        raise AnalysisError(
            "A worker has version {theirs} of the program, this is {ours}.",
            "Install the same version everywhere.",
            theirs=version(_PACKAGE),
            ours=program,
        )
    with _ONE:
        began_s, before = time.monotonic(), _opened.cache_info().misses
        network = _opened(task.streets, streets)
        first = _opened.cache_info().misses > before
        folder.write(number, task.work(network, part))
        return None if first else time.monotonic() - began_s


@lru_cache(1)
def _opened(streets: StreetFile, fingerprint: str) -> Network:
    """Return the streets of a run, opened once in a worker's process.

    Raises
    ------
    AnalysisError
        The file at this path is another one here.
    """
    if streets.fingerprint() != fingerprint:
        raise AnalysisError(
            "A worker has other streets at {path}.",
            "Copy the network file to the same path on each machine.",
            path=streets.file or "–",
        )
    return streets.open()
