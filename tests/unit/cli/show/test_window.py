"""Bad words to the window's commands: one line, exit 2, nothing written."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox.cli import main


def told(capsys, *arguments: str) -> str:
    with pytest.raises(SystemExit) as stopped:
        main(["--lang", "en", *arguments])
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    return said


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--size", "big"], "1920x1080"),
        (["--size", "10x10"], "pixels"),
        (["--size", "100000x100000"], "pixels"),
        (["--size", "16000x16000"], "million"),
        (["--theme", "pink"], "pink"),
        (["--lang", "fr"], "fr"),
        (["--view", "wall"], "wall"),
        (["--at", "qqqq"], "qqqq"),
        (["--at", "500,29"], "Earth"),
        (["--minutes", "soon"], "soon"),
        (["--zoom", "0"], "0"),
        (["--zoom", "nan"], "nan"),
        (["--at", "106.3,29.5", "--place", "x"], "origins"),
        (["--against", "today"], "can't be compared with today"),
        (["--against", "8"], "can't be compared with 8"),
        (["--mode", "drive", "--against", "24"], "can't be compared with 24"),
        (["--mode", "drive", "--against", "2026-11-23T08:00"], "can't be compared with 2026"),
        (["--against", "walk"], "can't be compared with walk"),
        (["--against", "unedited"], "can't be compared with unedited"),
        (["--edits", "none.geojson"], "none.geojson"),
        (["--scene", "hub"], "--view kiosk"),
        (["--stage", "2"], "--view kiosk"),
        (["--no-such-option"], "--no-such-option"),
    ],
)
def test_a_value_that_cannot_be_meant_is_one_line(capsys, tmp_path, arguments, says):
    said = told(capsys, "screenshot", "-o", str(tmp_path / "map.png"), *arguments)
    assert says in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["map", "map.jpg", "none/map.png"])
def test_a_file_that_cannot_be_a_picture_is_one_line(capsys, tmp_path: Path, name):
    told(capsys, "screenshot", "-o", str(tmp_path / name))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
def test_without_a_display_the_window_says_what_to_do():
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {key: value for key, value in os.environ.items() if key not in hidden}
    done = subprocess.run(
        [sys.executable, "-m", "sandbox", "--lang", "en", "window"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "screenshot" in done.stderr


def test_a_display_that_does_not_answer_is_one_line(monkeypatch, tmp_path):
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    call = [sys.executable, "-m", "sandbox", "--lang", "en", "window"]
    for display in (":59999", "localhost:59000"):
        environment = {**os.environ, "DISPLAY": display, "XDG_CONFIG_HOME": str(tmp_path)}
        done = subprocess.run(call, env=environment, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
        assert "no display" in done.stderr
