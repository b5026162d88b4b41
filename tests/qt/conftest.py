"""What holds for all tests of windows: kernels are compiled, and no step takes long."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from sandbox.draw import warm as drawing
from sandbox.transit import warm as network
from tests.support.steps import check, watched_loops


@pytest.fixture(scope="session")
def kernels() -> None:
    """Compile what a program compiles before its window shows, or read it from disk."""
    drawing.compile_kernels()
    network.compile_rides()
    network.compile_kernels()


@pytest.fixture(autouse=True)
def no_long_steps(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Fail a test in which the main thread was busy for too long at a time.

    Processor time counts, and a test is done again before it fails, so that other work on the
    machine fails none. All that tests before it and their tools have made is no part of the
    program: it is kept from the sweeps through memory, as the program keeps what it has opened
    (`sandbox.app.opening`).
    """
    if "qtbot" not in request.fixturenames or request.node.get_closest_marker("unwatched"):
        yield
        return
    request.getfixturevalue("qapp")
    request.getfixturevalue("kernels")
    # Windows of the test before, which go with the next round of the loop.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.freeze()
    with watched_loops(monkeypatch) as steps:
        yield
    gc.unfreeze()
    check(steps)
