import os
import sys

import pytest

from sandbox.errors import ExportError
from sandbox.export.files import replacing


def test_the_new_file_takes_the_old_ones_place(tmp_path):
    path = tmp_path / "map.html"
    path.write_text("old")
    with replacing(path) as beside:
        assert beside.parent == tmp_path
        assert path.read_text() == "old"
        beside.write_text("new")
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_what_fails_halfway_leaves_the_old_file_and_no_remains(tmp_path):
    path = tmp_path / "map.html"
    path.write_text("old")

    def write():
        with replacing(path) as beside:
            beside.write_text("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_named(tmp_path):
    with (
        pytest.raises(ExportError, match="nowhere") as caught,
        replacing(tmp_path / "nowhere" / "map.html"),
    ):
        pass
    assert "Create it first" in str(caught.value.hint)
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(ExportError, match="is a folder"), replacing(tmp_path):
        pass


def test_a_full_or_closed_disk_is_one_error(tmp_path):
    def write():
        with replacing(tmp_path / "map.html"):
            raise OSError(28, "No space left on device")

    with pytest.raises(ExportError, match="the disk is full"):
        write()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="file modes are a Unix matter")
def test_the_file_is_as_readable_as_any_other_new_file(tmp_path):
    before = os.umask(0o022)
    try:
        with replacing(tmp_path / "map.html") as beside:
            beside.write_text("new")
    finally:
        os.umask(before)
    assert (tmp_path / "map.html").stat().st_mode & 0o777 == 0o644
