"""How soon pages answer a touch: `python -m tests.benchmark.page PAGE.html…`, in Chromium.

What counts is the work of the page's thread, from the touch to the first picture after it:
processor time of its tasks, which other programs on the machine don't change. A telephone is
taken to be four times as slow. Each figure is the median of five; what is over 100 ms is marked.
"""

import json
import statistics
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import ARGUMENTS, BINARIES, PHONE, settled

SLOWER = 4
TIMES = 5
LIMIT_MS = 100
CATEGORIES = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"]
_CLICK = "document.querySelector({!r})?.click()"
# What a reader does, and what undoes it; what isn't on a page isn't measured there.
ACTIONS = {
    "mark": (
        "(sandbox.places.find(one => one.told.icon && !one.box.matches('.out')) ?? {box: null}).box"
        "?.querySelector('.icon')?.dispatchEvent(new MouseEvent('click', {bubbles: true}))",
        "sandbox.closeCard()",
    ),
    "slider": (
        "(one => { one.value = Number(one.value) > 1 ? Number(one.value) - 1 : 2;"
        "one.dispatchEvent(new Event('input')); })(document.getElementById('cutoff'))",
        "void 0",
    ),
    "year": (
        "(one => { one.value = Number(one.value) - 1; one.dispatchEvent(new Event('input')); })"
        "(document.getElementById('year'))",
        "void 0",
    ),
    "language": (_CLICK.format("#language"), "void 0"),
    "theme": (_CLICK.format("#look"), "void 0"),
    "sources": (_CLICK.format("#sources_button"), "sandbox.stand('mid')"),
    "sheet": (_CLICK.format("#handle"), "sandbox.stand('mid')"),
    "table": (_CLICK.format("details.result:not(#behind) summary"), "void 0"),
    "map as tables": (_CLICK.format("#behind summary"), "void 0"),
    "sort": (_CLICK.format(".result thead button"), "void 0"),
    "layers": (_CLICK.format("#layers_button"), "sandbox.showPanel(null)"),
    "layer": (_CLICK.format("[data-layer]"), "void 0"),
    "search": (
        "(one => { sandbox.showPanel('find'); one.value = 'ji';"
        "one.dispatchEvent(new Event('input')); })(document.getElementById('find_input'))",
        "sandbox.showPanel(null)",
    ),
    "swipe": (_CLICK.format("#facts_swipe, [data-view=swipe]"), "void 0"),
    "divide": (
        "(one => { one.value = one.value === '40' ? 60 : 40;"
        "one.dispatchEvent(new Event('input')); })(document.getElementById('divide'))",
        "void 0",
    ),
}


def work_ms(trace, since):
    """Return the work of the page's thread from a mark to the end of the next picture, in ms."""
    events = json.loads(trace)["traceEvents"]
    (mark,) = [one for one in events if one["name"] == since and one["ph"] in "RIn"][:1]
    thread = [one for one in events if (one["pid"], one["tid"]) == (mark["pid"], mark["tid"])]
    ends = [
        one["ts"] + one.get("dur", 0)
        for one in thread
        if one["name"] == "Commit" and one["ts"] > mark["ts"]
    ]
    end = min(ends, default=float("inf"))
    tasks = [
        one.get("tdur", 0)
        for one in thread
        if one["name"] == "RunTask"
        and one["ts"] + one.get("dur", 0) > mark["ts"]
        and one["ts"] < end
    ]
    return sum(tasks) / 1000


def measured(browser, page, act, undo):
    """Return the median of an action's first answers on a telephone, in ms."""
    found = []
    for number in range(TIMES):
        browser.start_tracing(page=page, categories=[*CATEGORIES, "blink.user_timing"])
        page.evaluate(f"void (performance.mark('touch{number}'), {act})")
        page.evaluate(
            "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
        )
        trace = browser.stop_tracing()
        found.append(work_ms(trace, f"touch{number}"))
        settled(page)
        page.evaluate(f"void ({undo})")
        settled(page)
    return SLOWER * statistics.median(found)


def main(files):
    """Print a table of all pages and actions."""
    names = list(ACTIONS)
    print("page".ljust(14), *(name.rjust(max(8, len(name))) for name in names))
    with sync_playwright() as driver:
        binary = next(path for name in BINARIES if (path := Path("/usr/bin") / name).exists())
        browser = driver.chromium.launch(executable_path=binary, args=list(ARGUMENTS))
        for file in files:
            page = browser.new_context(offline=True, **PHONE).new_page()
            page.goto(Path(file).resolve().as_uri())
            page.wait_for_selector("html[data-ready]", state="attached")
            page.wait_for_timeout(1500)
            row = []
            for act, undo in ACTIONS.values():
                part = act.split("querySelector(")[-1].split(")?.")[0]
                there = not act.startswith("document.query") or page.evaluate(
                    f"Boolean(document.querySelector({part}))"
                )
                there = there and all(
                    page.evaluate(f"Boolean(document.getElementById({name!r}))")
                    for name in ("cutoff", "year", "divide")
                    if f"getElementById('{name}')" in act
                )
                row.append(measured(browser, page, act, undo) if there else None)
            said = ["–" if ms is None else f"{ms:.0f}{'!' * (ms > LIMIT_MS)}" for ms in row]
            cells = (text.rjust(max(8, len(name))) for text, name in zip(said, names, strict=True))
            print(Path(file).stem.ljust(14), *cells, flush=True)
            page.context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
