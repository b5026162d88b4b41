"""The page in a browser without a network: what a visitor sees and can touch."""

from dataclasses import replace

import pytest

from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.state import LayerShown
from sandbox.cli import main
from sandbox.draw.theme import band_colours
from sandbox.engine.network import Network
from sandbox.export.page.html import write_page
from sandbox.words import Bilingual
from tests.browser.conftest import DESK, PHONE, settled
from tests.support.answered import full_state, reach_state
from tests.support.atlas import small_atlas, small_state
from tests.support.compared import compared_result

MARKUP = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
NASTY = (
    MARKUP,
    "${document.title='taken'} `a` {{ 7*7 }} \\u007b \u2028",
    "a</script><b id=taken><!-- {% include 'x' %} {# gone",
)
SCREENS = [pytest.param(PHONE, id="phone"), pytest.param(DESK, id="desk")]


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


@pytest.fixture(scope="module")
def full(atlas, tmp_path_factory):
    file = tmp_path_factory.mktemp("pages") / "full.html"
    write_page(file, atlas, full_state(atlas))
    return file


@pytest.fixture(scope="module")
def reach(atlas, tmp_path_factory):
    file = tmp_path_factory.mktemp("pages") / "reach.html"
    write_page(file, atlas, reach_state(atlas, language="en"))
    return file


def with_name(atlas, name):
    """Return the city with the same name on places, layers, streets, and what they rest on."""
    layers, same = {}, Bilingual(name, name)
    for one in atlas.layers.values():
        layer = replace(one, title=same, provenance=same, licence=name)
        if layer.features is not None:
            features = layer.features.copy()
            for column in ("name_zh", "name_en", "note_zh", "note_en", "source"):
                features[column] = name
            layers[layer.id] = replace(layer, features=features)
        else:
            layers[layer.id] = layer
    streets = atlas.network.streets
    told = replace(streets.provenance, title=name, source=name, licence=name, date=name)
    return Atlas(layers, Network(replace(streets, provenance=told)))


def boxes(page, ids):
    """Return the rectangles of the panels that can be seen."""
    return page.evaluate(
        """ids => ids.map(id => [id, document.getElementById(id)])
            .filter(([id, e]) => e && !e.hidden && getComputedStyle(e).visibility !== "hidden")
            .map(([id, e]) => { const b = e.getBoundingClientRect();
                return [id, b.left, b.top, b.right, b.bottom]; })""",
        ids,
    )


def overlapping(found):
    return [
        (a[0], b[0])
        for i, a in enumerate(found)
        for b in found[i + 1 :]
        if a[1] < b[3] - 0.5 and b[1] < a[3] - 0.5 and a[2] < b[4] - 0.5 and b[2] < a[4] - 0.5
    ]


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_page_with_everything_on_asks_for_nothing_and_complains_of_nothing(
    opened, full, screen, theme
):
    file = full
    with opened(file, screen, color_scheme=theme) as watched:
        page = watched.page
        for switch in page.query_selector_all("[data-layer]"):
            switch.evaluate("box => box.click()")
            switch.evaluate("box => box.click()")
        page.click("#language")
        page.evaluate("void sandbox.map.setZoom(17, {animate: false})")
        page.evaluate("void sandbox.places.forEach(place => sandbox.openCard(place.told))")
        page.evaluate("void sandbox.map.setZoom(11, {animate: false})")
        settled(page)
        asked = [url for url in watched.requests if not url.startswith("data:")]
        assert asked == [file.as_uri()]
        assert watched.faults == []


def test_even_script_that_gets_into_the_page_can_not_run_or_call_out(opened, reach):
    with opened(reach) as watched:
        page = watched.page
        page.evaluate(
            """() => { const box = document.createElement("div"); document.body.append(box);
                box.innerHTML = "<img src='data:,' onerror='window.taken = 1'>";
                const script = document.createElement("script");
                script.textContent = "window.taken = 1"; document.body.append(script); }"""
        )
        page.wait_for_timeout(100)
        assert page.evaluate("window.taken") is None
        refused = "fetch('https://example.org/').then(() => 'sent', () => 'refused')"
        assert page.evaluate(refused) == "refused"
        assert any("Content Security Policy" in fault for fault in watched.faults)


def test_markup_and_code_in_data_is_shown_as_text(opened, atlas, tmp_path):
    for name in NASTY:
        nasty = with_name(atlas, name)
        file = tmp_path / "map.html"
        write_page(file, nasty, full_state(nasty))
        with opened(file) as watched:
            page = watched.page
            shown = page.evaluate(
                """() => { const place = sandbox.places.find(each => each.told.icon);
                    sandbox.openCard(place.told);
                    const popup = document.querySelector(".popup");
                    return [popup.querySelector("h2").textContent,
                        popup.querySelector("p").textContent]; }"""
            )
            assert shown == [name, name]
            assert page.query_selector("#taken") is None
            assert page.evaluate("document.title") != "taken"
            assert page.query_selector(".popup script, .name script, .places script") is None
            assert name in page.inner_text("#sheet .places")
            assert watched.faults == []


def test_a_touch_on_a_mark_says_what_the_layer_knows(opened, reach):
    with opened(reach) as watched:
        page = watched.page
        page.evaluate(
            "sandbox.places.find(p => p.told.en === 'Mathematics Centre')"
            ".box.querySelector('.icon').dispatchEvent(new MouseEvent('click', {bubbles: true}))"
        )
        said = page.inner_text(".popup")
        for part in (
            "Mathematics Centre",
            "数学中心",
            "Operating",
            "made by hand",
            "accurate to 10 m",
        ):
            assert part in said, part
        assert "min" in page.inner_text(".popup dl div:first-child")
        page.keyboard.press("Escape")
        assert not page.is_visible(".popup")


def test_each_switch_takes_its_layer_off_the_map_and_puts_it_back(opened, full):
    with opened(full) as watched:
        page = watched.page
        ids = page.evaluate("Object.keys(sandbox.groups)")
        assert {"parks", "water", "metro", "labs", "relief", "reach", "circles"} <= set(ids)
        switched = page.evaluate(
            "[...document.querySelectorAll('[data-layer]')].map(box => box.dataset.layer)"
        )
        assert set(ids) - {"streets"} == set(switched)
        for layer in switched:
            on = f"sandbox.map.hasLayer(sandbox.groups[{layer!r}])"
            press = f"document.querySelector('[data-layer={layer}]').click()"
            assert page.evaluate(on)
            page.evaluate(press)
            assert not page.evaluate(on)
            page.evaluate(press)
            assert page.evaluate(on)


def test_a_hidden_layer_starts_hidden_and_can_be_switched_on(opened, atlas, tmp_path):
    state = small_state(atlas)
    shown = tuple(LayerShown(layer.id, layer.id != "labs") for layer in state.document.layers)
    write_page(tmp_path / "map.html", atlas, changed(state, layers=shown))
    seen = "sandbox.places.filter(p => p.told.layer === 'labs' && !p.box.matches('.out')).length"
    with opened(tmp_path / "map.html") as watched:
        page = watched.page
        assert page.evaluate(seen) == 0
        assert not page.is_checked("[data-layer=labs]")
        page.evaluate("document.querySelector('[data-layer=labs]').click()")
        settled(page)
        assert page.evaluate(seen) == 2


def test_isochrones_have_the_screens_colours_and_the_analysis_areas(opened, atlas, reach):
    for theme in ("light", "dark"):
        found = reach_state(atlas).answers.reach_answer.isochrone
        with opened(reach, color_scheme=theme) as watched:
            page = watched.page
            colours = band_colours(theme, len(found.minutes))
            assert page.evaluate("sandbox.play.bands[sandbox.tone()].colours") == colours
            tags = page.evaluate(
                "[...document.querySelectorAll('.tag:not(.out)')]"
                ".map(tag => getComputedStyle(tag).backgroundColor)"
            )
            assert tags
            assert set(tags) <= {
                f"rgb({int(c[1:3], 16)}, {int(c[3:5], 16)}, {int(c[5:], 16)})" for c in colours
            }
            bars = page.evaluate(
                "[...document.querySelectorAll('.bar')]"
                ".map(bar => getComputedStyle(bar).backgroundColor)"
            )
            assert bars == [
                f"rgb({int(c[1:3], 16)}, {int(c[3:5], 16)}, {int(c[5:], 16)})" for c in colours
            ]
            areas = page.evaluate(
                "[...document.querySelectorAll('.area')]"
                ".map(area => [area.dataset.minutes, area.firstChild.data])"
            )
            assert areas == [
                [f"{m:g}", f"{km2:.2f}"]
                for m, km2 in zip(found.minutes, found.areas_km2, strict=True)
            ]


def test_places_are_listed_soonest_first_with_their_minutes(opened, atlas, reach):
    state = reach_state(atlas)
    with opened(reach) as watched:
        rows = watched.page.evaluate(
            "[...document.querySelectorAll('#places [data-place]')]"
            ".map(row => [row.dataset.place, row.querySelector('.minutes b').textContent])"
        )
    assert rows == [
        [f"{place.layer}/{place.id}", str(max(1, round(place.minutes)))]
        for place in state.answers.reach_answer.places
        if (place.layer, place.id) != ("labs", "labs_0")
    ]
    assert len(rows) >= 3


def test_a_row_of_the_list_leads_to_its_place(opened, reach):
    with opened(reach, PHONE) as watched:
        page = watched.page
        row = page.query_selector("#places [data-place]")
        name = row.query_selector(".grow").inner_text()
        row.click()
        page.wait_for_selector(".popup h2")
        assert page.inner_text(".popup h2") in name


@pytest.mark.parametrize("screen", SCREENS)
def test_the_language_switch_changes_every_word(opened, full, screen):
    with opened(full, screen) as watched:
        page = watched.page
        assert page.evaluate("document.documentElement.lang") == "zh-CN"
        seen = "光学实验室", "分钟内", "未经地图审核", "示意", "步行"
        text = page.inner_text("body")
        assert all(word in text for word in seen)
        assert page.get_attribute("#nearer", "aria-label") == "放大"
        page.evaluate(
            "void sandbox.openCard(sandbox.places.find(p => p.told.zh === '数学中心').told)"
        )
        assert page.inner_text(".popup h2") == "数学中心"
        page.click("#language")
        settled(page)
        assert page.evaluate("document.documentElement.lang") == "en"
        assert page.inner_text(".popup h2") == "Mathematics Centre"
        assert page.title().startswith("Optics Laboratory")
        assert page.get_attribute("#nearer", "aria-label") == "Zoom in"
        page.keyboard.press("Escape")
        text = page.inner_text("body")
        for word in (
            "Optics Laboratory",
            "within 15 min",
            "Map not reviewed",
            "Schematic: streets",
            "Walking 4.8 km/h",
        ):
            assert word in text, word
        assert "地图审核" not in text
        page.evaluate("void (sandbox.closeCard(), sandbox.look())")
        settled(page)
        named = page.evaluate(
            "sandbox.places.filter(p => !p.box.matches('.out, .nameless') && p.told.en)"
            ".map(p => [p.told.en, p.name.firstChild.textContent])"
        )
        assert len(named) >= 3
        assert all(first == wanted for wanted, first in named)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("screen", SCREENS)
def test_no_panel_lies_on_another(opened, full, screen, language):
    with opened(full, screen) as watched:
        page = watched.page
        if language == "en":
            page.click("#language")
        narrow = screen is PHONE
        # The desk's heading is the top of its card.
        ids = (
            ["head", "tools", "layers", "legal", "sheet"]
            if narrow
            else ["tools", "layers", "legal", "sheet"]
        )
        assert overlapping(boxes(page, ids)) == []
        if narrow:
            page.click("#layers_button")
            settled(page)
            assert "layers" in [box[0] for box in boxes(page, ids)]
            assert overlapping(boxes(page, ids)) == []
            page.click("#layers_close")
            page.press("#handle", "Enter")
            settled(page)
            assert overlapping(boxes(page, ids)) == []
        width, height = screen["viewport"]["width"], screen["viewport"]["height"]
        assert all(
            box[1] >= 0 and box[2] >= 0 and box[3] <= width and box[4] <= height
            for box in boxes(page, ids)
        )


@pytest.mark.parametrize("screen", SCREENS)
def test_names_on_the_map_lie_on_no_name_and_no_panel(opened, full, screen):
    with opened(full, screen) as watched:
        page = watched.page
        names = page.evaluate(
            """() => [...document.querySelectorAll(
                ".place:not(.out):not(.nameless) .name, .tag:not(.out)")]
                .map((e, i) => { const b = e.getBoundingClientRect();
                    return [i + e.textContent, b.left, b.top, b.right, b.bottom]; })
                .filter(b => b[3] > b[1] && b[4] > b[2])"""
        )
        assert len(names) >= 6
        panels = boxes(page, ["head", "tools", "layers", "legal", "sheet"])
        assert overlapping(names) == []
        crossed = [pair for pair in overlapping(names + panels) if pair[0] in {n[0] for n in names}]
        assert crossed == []


def test_on_a_phone_all_that_is_touched_is_at_least_44_pixels_tall(opened, full):
    with opened(full, PHONE) as watched:
        page = watched.page
        page.click("#layers_button")
        small = page.evaluate(
            """() => [...document.querySelectorAll("button, .layers label")]
                .filter(e => e.offsetParent && !e.closest("table"))
                .map(e => [e.id || e.textContent, e.getBoundingClientRect()])
                .filter(([, b]) => b.height > 0 && (b.height < 43.9 || b.width < 43.9))
                .map(([name]) => name)"""
        )
        assert small == []


def test_the_answer_is_seen_whole_on_both_screens(opened, atlas, reach):
    for screen in (PHONE, DESK):
        with opened(reach, screen) as watched:
            page = watched.page
            inside = page.evaluate(
                """() => { const free = sandbox.free(), b = L.latLngBounds(sandbox.page.bounds);
                    const nw = sandbox.map.latLngToContainerPoint(b.getNorthWest());
                    const se = sandbox.map.latLngToContainerPoint(b.getSouthEast());
                    return nw.x >= free.left && nw.y >= free.top && se.x <= free.right
                        && se.y <= free.bottom; }"""
            )
            assert inside


def test_the_shipped_map_is_light_and_opens_offline(opened, tmp_path):
    file = tmp_path / "city.html"
    with pytest.raises(SystemExit) as ended:
        main(["export", "html", str(file), "--circles", "services", "--at", "106.315,29.515"])
    assert ended.value.code == 0
    assert file.stat().st_size < 6_000_000
    with opened(file, PHONE) as watched:
        page = watched.page
        page.click("#language")
        page.evaluate("void sandbox.map.setZoom(10, {animate: false})")
        settled(page)
        assert watched.faults == []
        assert [url for url in watched.requests if not url.startswith("data:")] == [file.as_uri()]


@pytest.mark.parametrize("screen", SCREENS)
def test_a_comparison_asks_for_nothing_and_complains_of_nothing(atlas, tmp_path, opened, screen):
    file = tmp_path / "compared.html"
    write_page(file, atlas, small_state(atlas), compared_result(atlas, name=MARKUP))
    with opened(file, screen) as seen:
        page = seen.page
        assert [url for url in seen.requests if not url.startswith(("file:", "data:"))] == []
        assert page.title() != "taken"
        assert page.locator(".result table").count() == 3
        assert page.locator("#views .segment[aria-pressed=true]").count() == 1
        assert seen.faults == []
