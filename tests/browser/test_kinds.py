"""Pages of every kind of answer: looked at by axe, swiped, and given hostile names."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from sandbox.analysis.commute import Peak, commute, summary
from sandbox.analysis.housing import beside_each_other
from sandbox.analysis.origins import reach
from sandbox.analysis.places.place import places_of
from sandbox.app.answering import with_results
from sandbox.app.answers.access import AccessQuestion
from sandbox.app.answers.audit import AuditQuestion
from sandbox.app.answers.circles import CirclesQuestion
from sandbox.app.answers.hidden import HiddenQuestion
from sandbox.app.answers.housing import HousingQuestion
from sandbox.app.answers.nearest import NearestQuestion
from sandbox.app.answers.siting import SitingQuestion
from sandbox.app.atlas import Atlas
from sandbox.export.page.analyses.areas import areas_within
from sandbox.export.page.analyses.commute import commuting
from sandbox.export.page.analyses.ranked import ranked_homes
from sandbox.export.page.html import write_page
from sandbox.streets.travel import Ride, Travel
from sandbox.transit.lines import Line, LineStop, Period, Supply
from sandbox.words import Bilingual
from tests.browser.conftest import DESK, PHONE, settled
from tests.support.grid_city import at
from tests.support.life_circle import placed
from tests.support.life_town import layer, standard_file, town, town_state

HOSTILE = "</script><img src=x onerror=\"document.title='taken'\"><b id=taken>{{ 7*7 }} ${1}"
KINDS = (
    *("audit", "siting", "hidden", "access", "housing", "nearest", "circles"),
    *("commute", "ranked", "areas"),
)
# Waits until the address says something.
WRITTEN = """said => new Promise(done => {
    const look = () => (location.hash.includes(said) ? done() : setTimeout(look, 20));
    look(); })"""
PEAK = Peak(
    Travel().riding(Ride(datetime(2026, 11, 23, 8), window_min=1, model="expected")),
    datetime(2026, 11, 23, 18),
    minutes=10.0,
    modes=("walk", "transit"),
)


def commuted(atlas: Any):
    """Return a commute of the town: a line of few vehicles, and one of many."""
    homes, works = (
        atlas.layers[name].features.assign(layer=name, accuracy_m=0.0, counted_as="housing")
        for name in ("homes", "places")
    )
    # From the home that is too far to walk, past the kindergarten.
    stops = LineStop("a", HOSTILE, HOSTILE, at(20, 20)), LineStop("b", HOSTILE, "B", at(8, 1), 1.0)
    lines = {
        name: Line(name, HOSTILE, HOSTILE, "metro", stops, (Period(0, 80_000, every_s),), dwell_s=0)
        for name, every_s in {"today": 3600, "plan": 120}.items()
    }
    running = {name: Supply((one,)) for name, one in lines.items()}
    found = commute(atlas.network, homes, works, running, PEAK)
    names = {name: Bilingual(f"{name} {HOSTILE}", f"{name} {HOSTILE}") for name in running}
    return found, commuting(found, homes, works, PEAK, names=names)


def ranked(atlas: Any):
    """Return the town's homes ranked by their minutes to its places."""
    homes, ways = atlas.layers["homes"].features, (Travel(),)
    found = beside_each_other(
        atlas.network, homes, {"places": atlas.layers["places"].features}, ways, {"": None}
    )
    names = homes.set_index("id")[["name_zh", "name_en"]]
    return ranked_homes(atlas, found.join(names, on="id"), homes, "homes", ["places"], ways, {})


def within(atlas: Any):
    """Return what the town's homes reach together."""
    homes = atlas.layers["homes"].features
    found = reach(atlas.network, places_of(homes), (5, 10), Travel(), how="any").found
    names = {one: Bilingual(HOSTILE, HOSTILE) for one in homes["id"]}
    return areas_within(found, names, Travel(), None)


def hostile(atlas: Any):
    """Return the town with hostile names on all that has one."""
    same, layers = Bilingual(HOSTILE, HOSTILE), {}
    for one in atlas.layers.values():
        features = one.features.assign(
            **dict.fromkeys(("name_zh", "name_en", "note_zh", "note_en", "source"), HOSTILE)
        )
        layers[one.id] = replace(
            one, title=same, provenance=same, licence=HOSTILE, features=features
        )
    return Atlas(layers, atlas.network)


@pytest.fixture(scope="module")
def atlas():
    plain = town()
    sites = layer("sites", placed(["c0", "c1"], [(2, 12), (18, 18)]), "service")
    return hostile(Atlas({**plain.layers, "sites": sites}, plain.network))


@pytest.fixture(scope="module")
def files(qapp: Any, atlas: Any, tmp_path_factory: Any):
    folder = tmp_path_factory.mktemp("kinds")
    standard = standard_file(folder)
    asked = {
        "audit": AuditQuestion("homes", "people", standard, ("places",)),
        "siting": SitingQuestion(
            "homes", "people", "places", ("school_primary",), "sites", sites=1
        ),
        "hidden": HiddenQuestion("places", homes="homes", people="people"),
        "access": AccessQuestion("homes", "people", "places"),
        "housing": HousingQuestion("homes", "people", at_lonlat=at(3, 3)),
        "nearest": NearestQuestion("places", homes="homes"),
        "circles": CirclesQuestion("places", minutes=10.0, straight_line=True),
    }
    handed = {"commute": commuted(atlas)[1], "ranked": ranked(atlas), "areas": within(atlas)}
    assert (*asked, *handed) == KINDS
    for name, result in handed.items():
        write_page(folder / f"{name}.html", atlas, town_state(atlas, language="en"), result)
    for name, question in asked.items():
        state = with_results(atlas, town_state(atlas, analyses=(question,), language="en"))
        write_page(folder / f"{name}.html", atlas, state)
    return folder


@pytest.fixture(scope="module")
def pages(opened: Any, files: Any):
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(opened(files / f"{name}.html", DESK, bypass_csp=True))
            for name in KINDS
        }


@pytest.mark.parametrize("name", KINDS)
def test_hostile_names_are_read_as_text_and_run_nothing(pages: Any, name: Any):
    page = pages[name].page
    page.evaluate("void document.querySelectorAll('details').forEach(one => { one.open = true; })")
    page.evaluate("void sandbox.places.forEach(place => sandbox.openCard(place.told))")
    page.evaluate("void (sandbox.closeCard(), sandbox.showPanel('layers'))")
    for _ in range(2):
        page.evaluate("void document.getElementById('language').click()")
        settled(page)
    assert page.evaluate("document.title") != "taken"
    assert page.locator("#taken, img[src=x]").count() == 0
    assert HOSTILE in page.inner_text("body")
    assert pages[name].faults == []


@pytest.mark.parametrize("name", KINDS)
def test_axe_finds_nothing_serious_on_any_kind_of_page(pages: Any, name: Any):
    page = pages[name].page
    acts = {
        "start, light": "sandbox.showPanel('layers')",
        "open, dark, Chinese": "(document.querySelectorAll('details').forEach(one => "
        "{ one.open = true; }), document.getElementById('look').click(), sandbox.speak('zh'))",
    }
    for act, script in acts.items():
        page.evaluate(f"void {script}")
        settled(page)
        serious = [
            (act, one["id"], one["nodes"][0]["html"][:150], len(one["nodes"]))
            for one in Axe().run(page).response["violations"]
            if one["impact"] in ("serious", "critical")
        ]
        assert serious == []
    page.evaluate("void (document.getElementById('look').click(), sandbox.speak('en'))")


@pytest.mark.parametrize("name", ["audit", "siting", "access"])
def test_each_chart_has_its_figures_and_follows_the_theme(pages: Any, name: Any):
    page = pages[name].page
    charts, tables = page.locator(".charted"), page.locator(".charted table")
    assert 0 < charts.count() == tables.count()
    seen = "[...document.querySelectorAll('.chart')].filter(one => one.checkVisibility()).length"
    for _ in range(2):
        page.evaluate("void document.getElementById('look').click()")
        settled(page)
        assert page.evaluate(seen) == charts.count()


# What of each kind's question changes its numbers, as the line at the foot says it.
ASSUMED = {
    "audit": "km/h",
    "siting": "up to 500 m along streets",
    "hidden": "km/h",
    "access": "Walking 4.8 km/h",
    "housing": "Walking 4.8 km/h",
    "nearest": "Walking 4.8 km/h",
    "circles": "Walking 4.8 km/h",
    "commute": "Public transport, leaving 2026-11-23 08:00",
    "ranked": "Walking 4.8 km/h",
    "areas": "Walking 4.8 km/h",
}


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_page_says_its_marks_on_any_screen(
    opened: Any, files: Any, atlas: Any, name: Any
):
    for screen in (PHONE, DESK):
        with opened(files / f"{name}.html", screen) as watched:
            page = watched.page
            page.evaluate("sandbox.showPanel(null)")
            settled(page)
            box = page.locator("#approval").bounding_box()
            size = screen["viewport"]
            assert box["x"] < 20
            assert box["x"] + box["width"] < size["width"]
            assert size["height"] / 3 < box["y"] < size["height"] - box["height"]
            assert "not reviewed" in page.inner_text("#approval").lower()
            if screen is PHONE:
                page.evaluate("sandbox.stand('high')")
            line = page.locator("#terms" if screen is DESK else "#sheet .scroll > .line")
            assert line.is_visible()
            said = line.inner_text()
            streets = atlas.network.streets.provenance.title
            for one in (ASSUMED[name], streets, "created on", "works offline"):
                assert one in said, one
            assert "· ·" not in said.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("name", ["audit", "siting", "commute"])
def test_rows_far_below_the_fold_can_be_heard(pages: Any, opened: Any, files: Any, name: Any):
    with opened(files / f"{name}.html", PHONE) as watched:
        page = watched.page
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        page.evaluate("sandbox.stand('high')")
        for language in ("zh", "en"):
            page.evaluate("language => sandbox.speak(language)", language)
            settled(page)
            told = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
            heard = [one for one in told if not one["ignored"]]
            rows = sum(one["role"]["value"] == "row" for one in heard)
            there = page.evaluate(
                "[...document.querySelectorAll('#sheet tr')].filter(one => one.checkVisibility())"
                ".map(one => one.getBoundingClientRect().top)"
            )
            # Some lie screens below what shows, and are told as all others.
            assert max(there) > 1.5 * PHONE["viewport"]["height"]
            assert rows == len(there)


def test_homes_are_swiped_between_today_and_the_plan(pages: Any):
    page = pages["siting"].page
    on = "id => sandbox.map.hasLayer(sandbox.groups[id])"
    assert [page.evaluate(on, one) for one in ("siting_before", "siting_after")] == [False, True]
    page.click("#facts_swipe")
    settled(page)
    assert [page.evaluate(on, one) for one in ("siting_before", "siting_after")] == [True, True]
    assert page.inner_text("#divide_left") == "Today"
    assert page.inner_text("#divide_right") == "With the plan"
    clips = page.evaluate(
        "['left', 'right'].map(side => sandbox.map.getPane(side).style.clipPath.length > 20)"
    )
    assert clips == [True, True]
    page.evaluate("sandbox.speak('zh')")
    assert page.inner_text("#divide_right") == "方案后"
    page.evaluate("sandbox.speak('en')")
    page.click("#facts_swipe")
    settled(page)
    assert [page.evaluate(on, one) for one in ("siting_before", "siting_after")] == [False, True]
    assert not page.is_visible("#divide_grip")
    # The site is a mark; the table's row leads to its card.
    page.click("#sheet .result [data-place^='siting_sites/']")
    assert page.inner_text("#card_name") == "Site 1"
    assert "People" in page.inner_text("#card dl")
    page.keyboard.press("Escape")


def test_the_address_keeps_what_is_swiped(opened: Any, files: Any):
    with opened(files / "siting.html", PHONE, "#swiped=yes&divide=30&lang=en") as watched:
        page = watched.page
        assert page.get_attribute("#facts_swipe", "aria-pressed") == "true"
        on = "['siting_before', 'siting_after'].map(id => sandbox.map.hasLayer(sandbox.groups[id]))"
        assert page.evaluate(on) == [True, True]
        assert page.evaluate("sandbox.divide") == 0.3
        page.evaluate(WRITTEN, "swiped=yes")
        assert "divide=30" in page.evaluate("location.hash")
        page.click("#facts_swipe")
        page.evaluate(WRITTEN, "siting_before")
        assert "swiped" not in page.evaluate("location.hash")
        assert page.evaluate(on) == [False, True]
        assert watched.faults == []


def test_a_commutes_shares_are_the_programs(pages: Any, atlas: Any):
    page = pages["commute"].page
    rows = page.evaluate(
        "[...document.querySelectorAll('.result:not(#behind) table')[0].tBodies[0].rows]"
        ".map(row => [...row.cells].map(cell => cell.innerText))"
    )
    wanted = summary(commuted(atlas)[0])
    told = {row[0].split()[0]: row[-3:] for row in rows}
    for row in wanted.to_dict("records"):
        shares = [row[name] for name in ("share", "share_without_car", "share_transit")]
        assert told[row["scenario"]] == [f"{share:.0%}" for share in shares]
    assert told["today"] != told["plan"]


@pytest.mark.parametrize("name", KINDS)
def test_a_phone_reads_first_what_was_found(opened: Any, files: Any, name: Any):
    with opened(files / f"{name}.html", PHONE) as watched:
        page = watched.page
        first = page.evaluate(
            "document.querySelector('#sheet .scroll').querySelector('p, dl, ol').className"
        )
        assert first == "finding"
        end = page.locator(".finding").first.bounding_box()
        assert end["y"] + end["height"] < PHONE["viewport"]["height"]


@pytest.mark.parametrize("screen", [pytest.param(PHONE, id="phone"), pytest.param(DESK, id="desk")])
def test_one_tap_leads_to_where_the_numbers_come_from(opened: Any, files: Any, screen: Any):
    with opened(files / "audit.html", screen) as watched:
        page = watched.page
        page.click("#sources_button")
        settled(page)
        heading = page.locator("#sources h2").bounding_box()
        assert 0 < heading["y"] < screen["viewport"]["height"] - 60
        assert page.evaluate("document.activeElement.textContent").endswith("Sources and terms")
        # The whole line of terms can be read on either screen, too.
        line = page.locator("#sheet .scroll > .line")
        assert line.is_visible()
        assert "Schematic" in line.inner_text() or "works offline" in line.inner_text()
