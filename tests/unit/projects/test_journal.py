"""Journals: what a killed program had not saved is found once, that of one at work never."""

import subprocess
import sys
from pathlib import Path

from sandbox.projects.journal import Journal, left_behind
from tests.support.cities import clinics, lakes

KILLED = """
import os, signal, sys
from pathlib import Path
from sandbox.projects.journal import Journal
from tests.support.cities import clinics
journal = Journal(Path(sys.argv[1]))
layers = {"clinics": clinics(4)}
journal.write(Path("city.gpkg"), None, {"n": 1}, {"lakes": None, **layers}, layers)
journal.write(Path("city.gpkg"), None, {"n": 2}, {"lakes": None, **layers}, layers)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_program_s_work_is_found_once(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, tmp_path], check=False)
    assert done.returncode == -9
    (left,) = left_behind(tmp_path)
    assert left.document == {"n": 2}
    assert left.layers == ("lakes", "clinics")
    assert left.project == Path.cwd() / "city.gpkg"
    features = left.fresh()["clinics"].features
    assert features is not None
    assert len(features) == 4
    assert left_behind(tmp_path) == []
    assert left.folder.exists()
    left.remove()
    assert list(tmp_path.iterdir()) == []


def test_work_of_a_running_program_is_its_own(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    layers = {"clinics": clinics(), "lakes": lakes()}
    journal.write(None, None, {}, layers, {})
    assert left_behind(tmp_path) == []
    journal.clear()
    assert list(tmp_path.iterdir()) == []


def test_a_spoiled_journal_is_left_out(tmp_path: Path) -> None:
    for number, content in enumerate(("{", "[]", '{"document": 3}')):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "journal.json").write_text(content)
    assert left_behind(tmp_path) == []
