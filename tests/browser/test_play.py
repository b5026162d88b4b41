"""A page that is asked: slider, divide, search, address, paper, keyboard and screen reader."""

import re
from contextlib import ExitStack
from typing import Any

import numpy as np
import pytest
import shapely
from axe_playwright_python.sync_playwright import Axe

from sandbox.analysis.isochrone import isochrone
from sandbox.app.answering import answer
from sandbox.app.answers.finding import headline
from sandbox.app.questions import ReachQuestion
from sandbox.export.page.html import write_page
from sandbox.geo.shapes import to_metric
from sandbox.words import both
from tests.browser.conftest import DESK, PHONE, RINGS, settled, slide
from tests.support.answered import full_state, reach_state
from tests.support.atlas import at, small_atlas, small_state
from tests.support.compared import compared_places, compared_result


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


@pytest.fixture(scope="module")
def files(atlas: Any, tmp_path_factory: Any):
    folder = tmp_path_factory.mktemp("pages")
    state = reach_state(atlas, language="en")
    beside = [answer(atlas, ReachQuestion(at(500, -200)))]
    write_page(folder / "reach.html", atlas, state, others=beside)
    write_page(folder / "full.html", atlas, full_state(atlas, language="en"))
    write_page(folder / "compared.html", atlas, small_state(atlas), compared_result(atlas))
    return folder


@pytest.fixture(scope="module")
def pages(opened: Any, files: Any):
    """Return the pages, each opened once."""
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(opened(files / f"{name}.html", PHONE))
            for name in ("reach", "full", "compared")
        }


@pytest.mark.parametrize("minutes", [5, 15, 20, 28])
def test_the_sliders_contour_is_the_programs_to_one_cell_and_its_area_to_the_digit(
    pages: Any, atlas: Any, minutes: Any
):
    page = pages["reach"].page
    slide(page, minutes)
    found = isochrone(atlas.network, at(-300, 100), (float(minutes),), reach_m=50.0)
    cell_m = page.evaluate("sandbox.play.grid.cellM")
    drawn = [shapely.LinearRing(ring) for ring in page.evaluate(RINGS, minutes)]
    rings = to_metric(shapely.MultiLineString(drawn), found.crs)
    assert shapely.hausdorff_distance(rings, found.areas[0].boundary, densify=0.5) < 1.42 * cell_m
    told = page.inner_text("#told")
    if minutes not in (5, 15):
        assert f"{found.areas_km2[0]:.2f} km²" in told
    assert f"within {minutes} min" in told
    assert f"{minutes} min on foot" in page.inner_text("#title")
    listed = page.evaluate(
        "[...document.querySelectorAll('#places .minutes b')].map(b => Number(b.textContent))"
    )
    assert listed == sorted(listed)
    assert max(listed, default=0) <= minutes


def test_a_second_origin_can_be_looked_at_compared_and_swiped(pages: Any):
    page = pages["reach"].page
    page.click("[data-view=side1]")
    assert page.evaluate("sandbox.shownSide().id") == "o1"
    lon, lat = at(500, -200)
    shown = page.evaluate("(({lat, lng}) => [lng, lat])(sandbox.pin.getLatLng())")
    assert shown == pytest.approx([lon, lat])
    page.click("[data-view=swipe]")
    assert page.is_visible("#divide_grip")
    page.click("[data-view=side0]")
    assert not page.is_visible("#divide_grip")


def test_the_divide_shows_the_base_to_its_left_and_the_plan_to_its_right(pages: Any):
    watched = pages["compared"]
    page = watched.page
    page.click("[data-view=swipe]")
    settled(page)
    grip = page.locator("#divide_grip").bounding_box()
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 90, y, steps=3)
    page.mouse.up()
    divide = page.evaluate("sandbox.divide")
    assert divide == pytest.approx((x - 90) / 390, abs=0.02)
    assert page.input_value("#divide") == str(round(divide * 100))
    edges = page.evaluate(
        """["left", "right"].map(side => {
            const clip = sandbox.map.getPane(side).style.clipPath.match(/-?[\\d.]+(?=px)/g);
            const xs = clip.filter((_, i) => i % 2 === 0).map(Number);
            const at = x => sandbox.map.layerPointToContainerPoint([x, 0]).x;
            return [at(Math.min(...xs)), at(Math.max(...xs))]; })"""
    )
    assert edges[0][1] == pytest.approx(x - 90, abs=2)
    assert edges[1][0] == pytest.approx(x - 90, abs=2)
    # Each side says its name and the area that the program computed for it.
    sides, at = page.evaluate("[sandbox.play.sides, sandbox.play.at]")
    for label, side in zip(("#divide_left", "#divide_right"), sides, strict=True):
        name, area = page.locator(label).inner_text().splitlines()
        assert name == side["title"]["zh"]
        assert float(area.split()[0]) == pytest.approx(side["km2"][str(at)], abs=0.005)
    page.click("[data-view=change]")
    assert watched.faults == []


def test_a_card_of_a_comparison_says_no_mode_that_it_wasnt_asked_by(pages: Any):
    page = pages["compared"].page
    key = page.evaluate("sandbox.play.named.find(one => Object.keys(one.minutes).length).key")
    page.evaluate("key => void sandbox.showPlace(key, null)", key)
    page.evaluate("sandbox.speak('en')")
    heads = page.locator("#card dt").all_inner_texts()
    assert "Travel time" in heads
    assert not {"on foot", "On foot"} & set(heads)
    page.evaluate("(sandbox.closeCard(), sandbox.speak('zh'))")
    settled(page)


def test_ground_gained_is_told_as_the_program_computed_it(pages: Any, atlas: Any):
    page = pages["compared"].page
    page.click("[data-view=change]")
    told = page.evaluate("sandbox.play")
    plan = told["sides"][1]["id"]
    for minutes in (2, 4):
        slide(page, minutes)
        gained, _ = told["changes"][plan][str(minutes)]
        assert f"{gained:.2f}" in page.inner_text("#told .gained")
        # The cells say nearly the same.
        cells = page.evaluate(
            "minutes => { const { play } = sandbox, kept = play.changes; play.changes = null;"
            "const found = sandbox.changeOf(minutes); play.changes = kept; return found; }",
            minutes,
        )
        assert cells["gained"] == pytest.approx(gained, rel=0.05)
        assert cells["about"]
    page.click("[data-view=saved]")
    assert page.is_visible("#saved_legend")
    page.click("[data-view=change]")


def test_the_first_sentence_of_a_comparison_follows_the_slider(pages: Any, atlas: Any):
    page = pages["compared"].page
    _, found, _ = compared_places(atlas)
    read = """['zh', 'en'].map(language =>
        document.querySelector('.finding .' + language).textContent)"""
    for k, minutes in enumerate((2, 4)):
        slide(page, minutes)
        said = both(headline(atlas.layers, found, k))
        assert page.evaluate(read) == [said.zh, said.en]
    # Between the cutoffs that were asked for it is this place's own.
    slide(page, 3)
    change = page.evaluate("sandbox.changeOf(3)")
    zh, en = page.evaluate(read)
    assert change["gained"] > 0
    assert f"{change['gained']:.1f} km² within 3 minutes" in en
    assert "3 分钟内可达面积新增" in zh
    slide(page, 4)


def test_names_are_found_by_name_pinyin_and_initials(pages: Any):
    page = pages["full"].page
    for typed in ("光学", "optics", "guangxue", "GXSYS", "gxsy"):
        found = page.evaluate("typed => sandbox.find(typed).map(one => one.told.zh)", typed)
        assert "光学实验室" in found, typed
    assert page.evaluate("sandbox.find('<img src=x>').length") == 0
    page.click("#find_button")
    page.fill("#find_input", "xi yi yuan")
    page.fill("#find_input", "chengxi")
    page.press("#find_input", "Enter")
    assert page.inner_text("#card_name") == "West Hospital"
    page.keyboard.press("Escape")


def test_a_card_keeps_origin_and_bands_in_view(pages: Any):
    page = pages["full"].page
    page.evaluate("sandbox.showPlace('labs/labs_1', null)")
    settled(page)
    inside = page.evaluate(
        """() => { const free = sandbox.free(), seen = at => {
                const p = sandbox.map.latLngToContainerPoint(at);
                return p.x >= free.left && p.y >= free.top && p.x <= free.right && p.y <= free.bottom; };
            const b = L.latLngBounds(sandbox.page.bounds);
            return [b.getNorthWest(), b.getSouthEast(), sandbox.page.pin,
                sandbox.whereIs("labs/labs_1")].map(seen); }"""  # noqa: E501
    )
    assert inside == [True] * 4
    page.keyboard.press("Escape")


def test_the_address_carries_the_view_and_runs_nothing(opened: Any, files: Any):
    address = "#lang=zh&look=dark&min=9&at=29.535,106.29,14.5&place=labs/labs_1&off=parks"
    with opened(files / "full.html", PHONE, address) as watched:
        page = watched.page
        assert page.evaluate("[sandbox.play.at, sandbox.map.getZoom()]") == [9, 14.5]
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        assert page.inner_text("#card_name") == "数学中心"
        assert not page.is_checked("[data-layer=parks]")
        page.wait_for_timeout(400)
        assert "min=9" in page.evaluate("location.hash")
    nasty = (
        "#lang=<script>&min=1e9&at=NaN,1,2&look=x&place=</script><img src=x onerror=alert(1)>"
        "&view=__proto__&side=-1&leaving=5&year=zz&off=%22]"
    )
    with opened(files / "full.html", PHONE, nasty) as watched:
        assert watched.page.evaluate("sandbox.play.at") == 15
        assert watched.page.title().startswith("Optics Laboratory")
        assert watched.faults == []


# In points, as PDF has them.
PAPERS = {
    "a4-portrait": (595, 842), "a4-landscape": (842, 595),
    "a3-portrait": (842, 1191), "a3-landscape": (1191, 842),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "paper"),
    [("full", "a4-portrait"), ("full", "a3-landscape"), ("compared", "a4-landscape")],
)
def test_the_page_prints_on_one_sheet_of_any_paper_with_its_map(pages: Any, name: Any, paper: Any):
    page = pages[name].page
    page.evaluate("paper => void sandbox.setPaper(paper)", paper)
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    assert pdf.count(b"/Type /Page\n") == 1
    (box,) = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert tuple(map(float, box)) == pytest.approx(PAPERS[paper], abs=1.5)
    # Ground, streets and answer are pictures that lie over each other, none of them opaque.
    assert len(re.findall(rb"/Subtype /Image[^>]*/SMask", pdf)) >= 3
    settled(page)
    assert not page.evaluate("document.documentElement.classList.contains('printing')")
    assert page.locator(".cut").count() == 0


def test_who_turns_the_paper_in_the_printers_dialog_gets_one_sheet_too(pages: Any):
    page = pages["full"].page
    page.evaluate("paper => void sandbox.setPaper(paper)", "a4-portrait")
    pdf = page.pdf(landscape=True, format="A4", print_background=True)
    assert pdf.count(b"/Type /Page\n") == 1


def test_a_sheet_holds_whole_rows_and_says_what_it_leaves_out(pages: Any):
    page = pages["full"].page
    page.evaluate("paper => void sandbox.setPaper(paper)", "a4-landscape")
    page.evaluate("void window.dispatchEvent(new Event('beforeprint'))")
    boxes = page.evaluate(
        """() => { const box = document.querySelector('#sheet .scroll'), end = box.getBoundingClientRect();
            const seen = [...box.querySelectorAll('.places li, .result tr, .told, .sources p, .chip')]
                .filter(one => one.checkVisibility()).map(one => one.getBoundingClientRect().bottom);
            const body = document.body.getBoundingClientRect(), map = sandbox.map.getContainer()
                .getBoundingClientRect();
            return [Math.max(...seen) <= end.bottom + 1, end.bottom <= body.bottom + 1,
                map.right < end.left + 30, sandbox.map.getSize().x, map.width]; }"""  # noqa: E501
    )
    page.evaluate("void window.dispatchEvent(new Event('afterprint'))")
    settled(page)
    assert boxes[:3] == [True] * 3
    assert boxes[3] == pytest.approx(boxes[4], abs=3)
    assert page.locator("#places li").count() > 0


TAPS = {
    "the cutoff": "document.getElementById('cutoff').value = 4;"
    "document.getElementById('cutoff').dispatchEvent(new Event('input'))",
    "a layer": "document.querySelector('[data-layer=labs]').click()",
    "a mark": "sandbox.openCard(sandbox.places.find(one => one.told.icon).told)",
    "the language": "document.getElementById('language').click()",
    "the theme": "document.getElementById('look').click()",
    "the sheet": "sandbox.stand(document.body.dataset.sheet === 'high' ? 'mid' : 'high')",
}


@pytest.mark.parametrize("tapped", TAPS)
def test_a_taps_first_answer_waits_for_no_name_no_road_no_picture_and_no_list(
    pages: Any, tapped: Any
):
    page = pages["reach"].page
    settled(page)
    done = page.evaluate(
        """act => { const done = [], kept = {};
            for (const name of ["placeNames", "redrawRoads", "repaint"]) {
                kept[name] = sandbox[name];
                sandbox[name] = (...how) => { done.push(name); kept[name](...how); }; }
            const list = document.getElementById("places"), first = list.firstChild;
            new Function(act)();
            const early = [...done, ...(list.firstChild === first ? [] : ["list"])];
            return new Promise(found => {
                const look = () => sandbox.waiting.size ? setTimeout(look, 10)
                    : (Object.assign(sandbox, kept), found([early, done]));
                look(); }); }""",
        TAPS[tapped],
    )
    page.keyboard.press("Escape")
    assert done[0] == []
    assert "placeNames" in done[1] or tapped in ("the cutoff", "the theme")


def test_what_isnt_shown_has_no_pixels_and_a_coarse_picture_becomes_fine(pages: Any):
    page = pages["compared"].page
    widths = """Object.fromEntries(Object.entries(sandbox.play.painters).map(([name, one]) =>
        [name, one._container.width / parseFloat(one._container.style.width)]))"""
    page.click("[data-view=change]")
    settled(page)
    # Two pixels of the screen to each of the page, as the telephone has them.
    assert page.evaluate(widths) == pytest.approx({"bands": 2, "left": 0, "right": 0}, abs=0.01)
    page.evaluate("sandbox.setCutoff(2)")
    settled(page)
    page.evaluate(
        "new Promise(done => { const look = () => (sandbox.coarse ? setTimeout(look, 20) : done());"
        " look(); })"
    )
    assert page.evaluate(widths) == pytest.approx({"bands": 2, "left": 0, "right": 0}, abs=0.01)
    page.click("[data-view=swipe]")
    settled(page)
    assert page.evaluate(widths) == pytest.approx({"bands": 0, "left": 2, "right": 2}, abs=0.01)
    page.click("[data-view=change]")
    settled(page)


def test_its_own_inflating_is_as_good_as_the_browsers(pages: Any):
    page = pages["full"].page
    assert page.evaluate(
        """async () => { const bytes = sandbox.bytes(document.getElementById("data").textContent);
            const [own, theirs] = [sandbox.inflate(bytes), await sandbox.inflated(bytes)];
            return own.length === theirs.length && own.every((one, i) => one === theirs[i]); }"""
    )


def test_the_pages_own_letters_are_there(pages: Any):
    page = pages["full"].page
    assert page.evaluate("document.fonts.check('15px \\'Page Latin\\'', 'Aa09km²·–')")
    assert page.evaluate(
        "document.fonts.load('15px \\'Page Quotes\\'', '’').then(all => all.length)"
    )
    # Chinese keeps its wide marks; English, and English within Chinese, has its own.
    families = (
        "language => { sandbox.speak(language); const first = one => getComputedStyle(one)"
        ".fontFamily.split(',')[0].replaceAll('\"', '');"
        "return [document.getElementById('sheet'), ...document.querySelector('#title').children]"
        ".map(first); }"
    )
    assert page.evaluate(families, "zh") == ["Page Latin", "Page Latin", "Page Quotes"]
    assert page.evaluate(families, "en") == ["Page Quotes", "Page Latin", "Page Quotes"]


def test_tables_are_sorted_by_a_touch(pages: Any):
    page = pages["compared"].page
    page.evaluate("void document.querySelectorAll('details').forEach(one => { one.open = true; })")
    column = (
        "[...document.querySelectorAll('details.result:not(#behind) tbody tr')]"
        ".map(row => Number(row.cells[2].textContent))"
    )
    press = "document.querySelectorAll('details.result:not(#behind) thead button')[2].click()"
    page.evaluate(press)
    rising = page.evaluate(column)
    page.evaluate(press)
    assert rising == sorted(rising)
    assert page.evaluate(column) == rising[::-1]
    assert len(rising) >= 4
    assert np.isfinite(rising).all()


@pytest.mark.parametrize("screen", [pytest.param(PHONE, id="phone"), pytest.param(DESK, id="desk")])
@pytest.mark.parametrize("name", ["full", "compared"])
def test_axe_finds_nothing_serious(opened: Any, files: Any, name: Any, screen: Any):
    acts = {
        "start": "void 0",
        "card": "void sandbox.showPlace('labs/labs_1', null)",
        "layers": "(sandbox.closeCard(), sandbox.showPanel('layers'))",
        "search": "sandbox.showPanel('find')",
    }
    with opened(files / f"{name}.html", screen, bypass_csp=True) as watched:
        for act, script in acts.items():
            watched.page.evaluate(script)
            settled(watched.page)
            found = Axe().run(watched.page).response["violations"]
            serious = [
                (act, one["id"], one["nodes"][0]["html"][:150], len(one["nodes"]))
                for one in found
                if one["impact"] in ("serious", "critical")
            ]
            assert serious == []


def test_a_long_table_shows_its_first_rows_until_all_are_wanted(pages: Any):
    page = pages["full"].page
    shown = page.evaluate(
        """() => { const table = document.createElement("table");
            table.innerHTML = "<thead><tr><th><button></button></th></tr></thead><tbody>"
                + [...Array(200).keys()].map(n => `<tr><td>${200 - n}</td></tr>`).join("")
                + "</tbody>";
            document.getElementById("behind_tables").append(table);
            const show = sandbox.sortable(table), found = [];
            const look = () => found.push([table.tBodies[0].rows.length,
                table.tBodies[0].rows[0].textContent]);
            look();
            table.querySelector("thead button").click(); look();
            show(true); look();
            show(false); look();
            table.nextSibling.click(); look();
            found.push(table.nextSibling === null);
            table.remove();
            return found; }"""
    )
    # All rows are sorted, not only those that show; paper gets all of them.
    assert shown == [[60, "200"], [60, "1"], [200, "1"], [60, "1"], [200, "1"], True]


def test_an_answer_that_is_a_speck_is_looked_at_closer_and_all_of_it_stays_in_view(pages: Any):
    page = pages["reach"].page
    page.evaluate("sandbox.stand('mid')")
    slide(page, 25)
    page.evaluate("void sandbox.map.setZoom(11, {animate: false})")
    before = page.evaluate("sandbox.map.getZoom()")
    page.evaluate(
        """() => new Promise(done => { sandbox.map.once("moveend", () => done());
            document.getElementById("cutoff").dispatchEvent(new Event("change")); })"""
    )
    settled(page)
    assert page.evaluate("sandbox.map.getZoom()") > before
    inside = page.evaluate(
        """() => { const free = sandbox.free(), { play } = sandbox;
            const points = sandbox.trace(sandbox.shownSide(), 25 * play.grid.perMinute)
                .flatMap(ring => { const at = sandbox.toWorld(ring, play.grid), found = [];
                    for (let i = 0; i < at.length; i += 2) found.push(sandbox.map
                        .latLngToContainerPoint(L.CRS.EPSG3857.pointToLatLng(L.point(at[i],
                            at[i + 1]), 0))); return found; });
            return points.every(p => p.x >= free.left && p.x <= free.right && p.y >= free.top
                && p.y <= free.bottom); }"""
    )
    assert inside
