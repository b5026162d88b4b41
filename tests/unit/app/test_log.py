"""Log files: with a full disk what went wrong is told where somebody reads."""

import logging
import sys

import pytest

from sandbox import paths
from sandbox.app.log import file_handler


@pytest.mark.skipif(sys.platform != "linux", reason="a device that is always full")
def test_with_a_full_disk_errors_go_to_the_error_stream(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(paths, "user_log", lambda: tmp_path)
    (tmp_path / "full.log").symlink_to("/dev/full")
    log = logging.Logger("full")
    handler = file_handler("full.log", at_most_bytes=1000, kept=1)
    log.addHandler(handler)
    log.info("a scene was shown")
    log.error("the layer is broken")
    said = capsys.readouterr().err
    assert said.count("the layer is broken") == 1
    assert "a scene was shown" not in said
    assert "Traceback" not in said
    handler.close()


@pytest.mark.skipif(sys.platform != "linux", reason="a device that is always full")
def test_what_is_said_elsewhere_already_is_not_said_twice(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(paths, "user_log", lambda: tmp_path)
    (tmp_path / "full.log").symlink_to("/dev/full")
    log, lost = logging.Logger("full"), []
    handler = file_handler("full.log", at_most_bytes=1000, kept=1, lost=lost.append)
    log.addHandler(handler)
    log.error("the layer is broken")
    assert len(lost) == 1
    assert capsys.readouterr().err == ""
    handler.close()
