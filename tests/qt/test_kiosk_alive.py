"""The real kiosk under the real supervisor, with content, disk and folders broken under it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from sandbox import paths
from sandbox.app.kiosk import supervise
from sandbox.catalog.scenes import load_scenes
from sandbox.errors import ControlError
from sandbox.ui.remote.local import tell
from tests.support.processes import child, children, status, until, was_soon

START_S = 120.0
BACK_WITHIN_S = 5.0
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals and processes of Linux")


class Watched:
    """A supervisor under test, and what it said so far."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.lines: list[str] = []

    def read(self) -> None:
        assert self.process.stderr is not None
        self.lines.extend(self.process.stderr)

    def said(self, words: str) -> int:
        return sum(words in line for line in self.lines)

    def strike(self, blow: int) -> float:
        """Strike the kiosk that shows; return how long it takes to be gone."""
        struck = child(self.process.pid, "kiosk")
        os.kill(struck, blow)
        return until(lambda: struck not in children(self.process.pid, "kiosk"))


@contextmanager
def supervised(
    config: str, folder: Path, *, program: Path | None = None, before: tuple[str, ...] = (),
    **env: str,
) -> Iterator[Watched]:  # fmt: skip
    """Run `sandbox supervise`, with the package below `program`, after a command `before`."""
    file = folder / "kiosk.toml"
    file.write_text(config, "utf-8")
    root = program or Path(__file__).parents[2]
    call = [*before, sys.executable, "-m", "sandbox", "supervise", "--config", str(file)]
    with subprocess.Popen(
        [*call, "--windowed"],
        stderr=subprocess.PIPE,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), **env},
        encoding="utf-8",
    ) as process:
        watched = Watched(process)
        reader = threading.Thread(target=watched.read)
        reader.start()
        try:
            yield watched
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
            reader.join(30)
    assert process.returncode == 0
    assert watched.said("Traceback") == 0


def logged() -> str:
    file = paths.user_log() / "sandbox.log"
    return file.read_text("utf-8") if file.exists() else ""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The program with layers of its own, which a test may break."""
    root = tmp_path / "program"
    root.mkdir()
    here = Path(__file__).parents[2]
    for name in ("sandbox", "assets"):
        (root / name).symlink_to(here / name)
    shutil.copytree(here / "layers", root / "layers")
    return root


def test_broken_content_is_left_out_and_the_rest_is_shown(program: Path, tmp_path: Path) -> None:
    """Layers gone and broken, a broken scene, no such streets; then all of it goes away."""
    layers = program / "layers"
    shutil.rmtree(layers / "hub_corridors")
    (layers / "innovation_supports" / "layer.toml").write_text("id = ", "utf-8")
    (layers / "scenes" / "070_commute.toml").write_text('[title]\nzh = "半', "utf-8")
    # Each of these shows in one scene alone.
    hurt = ("hub", "supports", "commute")
    left = [one.id for one in load_scenes().scenes if one.id not in hurt]
    assert len(left) >= 5
    config = f'network = "{tmp_path}/gone.sandnet"\nlanguage = "en"\n'
    with supervised(config, tmp_path, program=program) as watched:
        until(lambda: f"scene={left[0]}" in status(), START_S)
        for gone in hurt:
            with pytest.raises(ControlError, match=f"There is no scene {gone}"):
                tell("en", f"scene {gone}")
        said = logged()
        for fault in (
            "there is no layer hub_corridors", "innovation_supports: ",
            "The scene 070_commute.toml", "gone.sandnet",
        ):  # fmt: skip
            assert fault in said
        until(lambda: watched.said("another stands by") == 1, START_S)
        # Now all that it has opened goes away under it, and under the one that stands by.
        shutil.rmtree(layers)
        for one in left:
            assert tell("en", f"scene {one}") == "ok"
            until(lambda: f"scene={one}" in status())  # noqa: B023
        back_s = watched.strike(signal.SIGKILL)
        back_s += until(lambda: f"scene={left[-1]}" in status(), 60.0)
        print(f"back after {back_s:.1f} s")
        assert was_soon(back_s, BACK_WITHIN_S)
    assert "Traceback" not in logged()


def test_with_a_full_disk_it_shows_and_comes_back(tmp_path: Path) -> None:
    """No process may write a byte into any file; what was kept before stays whole."""
    paths.user_state().mkdir(parents=True)
    supervise.scene_file().write_text("labs", "utf-8")
    full = ("sh", "-c", 'ulimit -f 0; exec "$@"', "sh")
    with supervised('language = "en"\n', tmp_path, before=full) as watched:
        until(lambda: "scene=labs" in status(), START_S)
        assert tell("en", "scene hub") == "ok"
        until(lambda: watched.said("the scene can't be kept") > 0)
        assert supervise.kept_scene() == "labs"
        watched.strike(signal.SIGKILL)
        until(lambda: "scene=hub" in status(), START_S)
        assert "language=en" in status()
    assert logged() == ""


def test_with_folders_that_cannot_be_written_it_shows_and_comes_back(tmp_path: Path) -> None:
    """Not even its own socket can be made: central control still reaches it."""
    nowhere = tmp_path / "a_file"
    nowhere.touch()
    own = {f"XDG_{name}_HOME": str(nowhere / name) for name in ("CONFIG", "STATE", "CACHE")}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    number = [one.id for one in load_scenes().scenes].index("hub") + 1

    def ask(order: str) -> str:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1.0) as line:
            line.sendall(order.encode() + b"\n")
            return line.recv(400).decode()
        return ""

    with supervised(f"[control]\ntcp = {port}\n", tmp_path, **own) as watched:
        until(lambda: "scene=city" in ask("status"), START_S)
        assert ask(f"scene {number}") == "ok\r\n"
        until(lambda: watched.said("the scene can't be kept") > 0)
        watched.strike(signal.SIGKILL)
        until(lambda: "scene=hub" in ask("status"), START_S)
