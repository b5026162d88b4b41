"""A Chromium of this machine, without a network, and pages of a small city in it."""

import os
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

BINARIES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
TABLET: dict[str, Any] = {"viewport": {"width": 820, "height": 1180}, "has_touch": True}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
}
DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
# The rings that the page draws within some minutes, as longitudes and latitudes.
RINGS = """minutes => { const { play } = sandbox, side = sandbox.shownSide();
    return sandbox.trace(side, minutes * play.grid.perMinute).map(ring => {
        const points = sandbox.toWorld(ring, play.grid), found = [];
        for (let i = 0; i < points.length; i += 2) {
            const p = L.CRS.EPSG3857.pointToLatLng(L.point(points[i], points[i + 1]), 0);
            found.push([p.lng, p.lat]); }
        return found; }); }"""


def pytest_collection_modifyitems(items: Any):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    told = os.environ.get("CHROMIUM", "")
    binary = shutil.which(told) if told else next(filter(None, map(shutil.which, BINARIES)), None)
    if binary is None:
        pytest.skip("no Chromium is on this machine; type: sudo apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright isn't installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=binary, args=list(ARGUMENTS))
        yield browser
        browser.close()


@dataclass
class Watched:
    """A page, and everything it complained about or asked the network for."""

    page: Any
    faults: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def opened(chromium: Any) -> Callable[..., AbstractContextManager[Watched]]:
    @contextmanager
    def look(file: Any, screen: Any = DESK, address: Any = "", **more: Any):
        context = chromium.new_context(offline=True, **screen, **more)
        page = context.new_page()
        watched = Watched(page)
        page.on(
            "console",
            lambda said: (
                watched.faults.append(said.text) if said.type in ("error", "warning") else None
            ),
        )
        page.on("pageerror", lambda error: watched.faults.append(str(error)))
        page.on("requestfailed", lambda asked: watched.faults.append(f"failed {asked.url[:80]}"))
        page.on("request", lambda asked: watched.requests.append(asked.url))
        page.goto(Path(file).as_uri() + address)
        page.wait_for_selector("html[data-ready]", state="attached")
        settled(page)
        try:
            yield watched
        finally:
            context.close()

    return look


def settled(page: Any):
    """Wait until all is laid out: two frames, and what the page does after a tap's first answer."""
    page.evaluate(
        "new Promise(done => { const look = () => requestAnimationFrame(() => sandbox.waiting.size"
        " ? look() : requestAnimationFrame(() => done())); look(); })"
    )


def slide(page: Any, minutes: Any):
    """Move the slider as a hand does."""
    page.evaluate(
        """minutes => { const slider = document.getElementById("cutoff");
            slider.value = minutes; slider.dispatchEvent(new Event("input")); }""",
        minutes,
    )
    settled(page)
