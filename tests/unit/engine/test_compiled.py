"""Compiled kernels are never older than what they were made from, wherever they are kept."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sandbox.engine import compiled
from sandbox.engine.kernel import KERNELS, in_threads, kernel, working_s

# Four nodes 100 m apart, a metre a second: from 50 m to 250 m it takes 200 s,
# of which the search spreads over 100 m; what is before and after it is the matrix's own.
ASK = """
import numpy as np
from sandbox.geo import crs
from sandbox.streets.assemble import assemble
from sandbox.engine.matrix import matrix
from sandbox.engine.network import Network
from sandbox.streets.modes import Access
from sandbox.streets.streets import Provenance

xy = np.array([[600_000.0 + x, 3_270_000.0] for x in (0, 100, 200, 300)])
lonlat = crs.to_lonlat(xy, "EPSG:32648")
both, walk = [0, 0, 0], [int(Access.WALK)] * 3
made = Provenance("", "", "", "", schematic=True)
lines = [[0, 1], [1, 2], [2, 3]]
network = Network(assemble("EPSG:32648", lonlat, lines, both, both, walk, [-1] * 3, [], made))
start, end = (network.snap((x, 3_270_000.0), 5.0).as_many() for x in (600_050.0, 600_250.0))
one = np.zeros(1, dtype=np.int64)
ms, _ = matrix(network.graph("walk", 3.6), start, np.array([0, 1]), end, one, 1, 900_000)
print(round(ms[0, 0] / 1000))
"""


def copied(folder: Path) -> Path:
    """A copy of the package, with what is compiled already."""
    package = folder / "sandbox"
    shutil.copytree(
        compiled.PACKAGE, package, ignore=lambda _, names: {n for n in names if n.endswith(".pyc")}
    )
    return package


def asked(folder: Path) -> int:
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        env=environment,
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_a_kernel_that_changes_changes_the_kernels_of_other_files_that_call_it(tmp_path):
    package = copied(tmp_path)
    assert asked(tmp_path) == 200
    # Each street takes twice as long for the search alone, whose file is not the matrix's.
    change(package / "engine" / "search.py", "ms + edges[k, 1]", "ms + 2 * edges[k, 1]")
    assert asked(tmp_path) == 300


def test_all_that_goes_into_kernels_is_hashed_and_nothing_else(tmp_path):
    package = copied(tmp_path)
    before = compiled.key(package)
    assert before == compiled.key()
    # A constant of a file without kernels, which kernels hold.
    for name, old, new in (
        ("units.py", "NEVER_MS", "NEVER_MS "),
        ("draw/raster/line_raster.py", "@kernel", "@kernel "),
        ("sources/schematic/trace.py", "@kernel", "@kernel "),
    ):
        change(package / name, old, new)
        changed = compiled.key(package)
        assert changed not in (None, before)
        before = changed
    (package / "ui" / "planner" / "canvas.py").write_text("pass", "utf-8")
    assert compiled.key(package) == before


def test_kernels_made_otherwise_are_others(monkeypatch):
    plain = compiled.key()
    monkeypatch.setenv("NUMBA_BOUNDSCHECK", "1")
    checked = compiled.key()
    monkeypatch.setenv("NUMBA_CACHE_DIR", "/elsewhere")
    assert compiled.key() == checked != plain
    monkeypatch.delenv("NUMBA_BOUNDSCHECK")
    monkeypatch.setattr(compiled.binding, "get_host_cpu_name", lambda: "another")
    assert compiled.key() not in (plain, checked)


def test_a_frozen_program_is_told_by_its_executable(monkeypatch, tmp_path):
    executable = tmp_path / "sandbox.exe"
    executable.write_bytes(b"one build")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(executable))
    # Its modules are no files.
    first = compiled.key(tmp_path / "nowhere")
    executable.write_bytes(b"the next build")
    assert compiled.key(tmp_path / "nowhere") not in (None, first)


def test_without_sources_nothing_is_kept(tmp_path):
    assert compiled.key(tmp_path) is None


def test_where_the_first_place_cannot_be_written_the_next_is_taken(tmp_path):
    (tmp_path / "file").touch()
    places = [tmp_path / "file", tmp_path / "cache"]
    assert compiled.choose("kernels", places) == tmp_path / "cache" / "kernels"
    assert (tmp_path / "cache" / "kernels").is_dir()
    assert compiled.choose("kernels", places[:1]) is None


@pytest.mark.parametrize("frozen", [False, True])
def test_the_folder_that_the_environment_names_goes_first(monkeypatch, tmp_path, frozen):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "named"))
    if frozen:
        monkeypatch.setattr(sys, "frozen", True, raising=False)
    found = compiled.folder.__wrapped__()
    assert found is not None
    assert found.parent == tmp_path / "named"


def test_folders_that_were_used_longest_ago_are_swept(tmp_path):
    used = [tmp_path / f"{compiled.NAME}{number}" for number in range(compiled.KEPT + 2)]
    for age, folder in enumerate(used):
        folder.mkdir()
        (folder / "kernel.nbi").touch()
        os.utime(folder, (1e9 - age, 1e9 - age))
    (tmp_path / "something else").mkdir()
    oldest = used[-1]
    compiled.sweep(oldest)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"something else", oldest.name, *(f.name for f in used[: compiled.KEPT - 1])}


def _twice(value: int) -> int:
    return 2 * value


@pytest.fixture
def own_folder(monkeypatch, tmp_path):
    monkeypatch.setattr(compiled, "folder", lambda: tmp_path)
    known = len(KERNELS)
    yield tmp_path
    del KERNELS[known:]


def test_a_torn_file_is_compiled_anew(own_folder):
    kernel(_twice)(4)
    kept = kernel(_twice)
    assert kept(4) == 8
    assert sum(kept.stats.cache_hits.values()) == 1
    for torn in (b"", b"\x80\x05", b"no pickle"):
        for file in own_folder.glob("*.nb?"):
            file.write_bytes(torn)
        again = kernel(_twice)
        assert again(4) == 8
        assert sum(again.stats.cache_hits.values()) == 0


def test_a_file_of_other_types_is_compiled_anew(own_folder):
    # As two processes leave it that keep the first kernel of two types at once.
    kernel(_twice)(4)
    (file,) = own_folder.glob("*.nbc")
    whole = file.read_bytes()
    file.unlink()
    (own_folder / file.with_suffix("").with_suffix(".nbi").name).unlink()
    kernel(_twice)(4.5)
    file.write_bytes(whole)
    assert kernel(_twice)(4.5) == 9.0


def test_a_disk_that_is_full_ends_no_search(own_folder, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(compiled.FunctionCache, "save_overload", full)
    assert kernel(_twice)(4) == 8


def test_the_time_of_an_answer_is_without_the_compilers():
    @kernel
    def added(a, b):
        return a + b

    taken_s = []
    for _ in range(2):
        began_s, worked_s = time.perf_counter(), working_s()
        assert added(2, 3) == 5
        taken_s.append((time.perf_counter() - began_s, working_s() - worked_s))
    (first_s, first_worked_s), (second_s, second_worked_s) = taken_s
    assert first_worked_s < first_s / 2
    # Nothing is compiled again: the clock runs as any other does.
    assert second_worked_s == pytest.approx(second_s, abs=0.01)


def test_what_threads_compile_is_no_time_of_who_waits_for_them():
    @kernel
    def added(a, b):
        return a + b

    began_s, worked_s = time.perf_counter(), working_s()
    assert list(in_threads(lambda number: added(number, 1), range(4), 2)) == [1, 2, 3, 4]
    assert working_s() - worked_s < (time.perf_counter() - began_s) / 2
    began_s, worked_s = time.perf_counter(), working_s()
    assert list(in_threads(lambda number: added(number, 2), range(4), 2)) == [2, 3, 4, 5]
    assert working_s() - worked_s == pytest.approx(time.perf_counter() - began_s, abs=0.01)
