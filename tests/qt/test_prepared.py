"""What is compiled once a machine: noted when it is there, and asked for again after changes."""

import pytest

from sandbox import paths
from sandbox.cli import main
from sandbox.ui import prepared


@pytest.fixture(autouse=True)
def own_cache(monkeypatch, tmp_path):
    monkeypatch.setattr(paths, "user_cache", lambda: tmp_path / "cache")


def test_the_doctor_prepares_and_that_is_noted(capsys):
    assert not prepared.is_done()
    with pytest.raises(SystemExit) as stopped:
        main(["doctor", "--prepare"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out == ""
    assert prepared.is_done()


def test_another_version_is_prepared_anew(tmp_path):
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "prepared").write_text("of another version", "utf-8")
    assert not prepared.is_done()


def test_a_folder_that_cannot_be_written_hinders_nothing(tmp_path):
    (tmp_path / "cache").write_text("no folder", "utf-8")
    prepared.finish()
    assert not prepared.is_done()
