"""What is compiled once a machine: noted when it is there, and asked for again after changes."""

import pytest

from sandbox.cli import main
from sandbox.engine import compiled
from sandbox.ui import compiling


@pytest.fixture(autouse=True)
def own_folder(monkeypatch, tmp_path):
    (tmp_path / "kernels").mkdir()
    monkeypatch.setattr(compiled, "folder", lambda: tmp_path / "kernels")


def test_the_doctor_prepares_and_that_is_noted(capsys):
    assert not compiling.is_done()
    with pytest.raises(SystemExit) as stopped:
        main(["doctor", "--prepare"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out == ""
    assert compiling.is_done()


def test_other_kernels_are_prepared_anew(monkeypatch, tmp_path):
    compiling.finish()
    (tmp_path / "other").mkdir()
    monkeypatch.setattr(compiled, "folder", lambda: tmp_path / "other")
    assert not compiling.is_done()


def test_a_folder_that_cannot_be_written_hinders_nothing(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("no folder", "utf-8")
    monkeypatch.setattr(compiled, "folder", lambda: tmp_path / "file")
    compiling.finish()
    assert not compiling.is_done()


def test_no_process_is_started_where_nothing_can_be_kept(monkeypatch):
    monkeypatch.setattr(compiled, "folder", lambda: None)
    monkeypatch.setattr(compiling, "QProcess", None)
    compiling.begin()
    compiling.finish()
    assert not compiling.is_done()
