"""A page as it is read aloud, walked by keys, and asked by its years and departures."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import pytest

from sandbox.analysis.transit import at_departure
from sandbox.app.answering import answer
from sandbox.app.answers.departures import moments
from sandbox.app.atlas import Atlas
from sandbox.app.questions import ReachQuestion
from sandbox.export.page.html import write_page
from sandbox.streets.travel import Ride, Travel
from tests.browser.conftest import DESK, PHONE, settled
from tests.support.answered import full_state
from tests.support.atlas import at, small_atlas, small_state
from tests.support.timetables import timetable, with_timetable

NAMED = {"button", "slider", "checkbox", "combobox", "searchbox", "region", "img", "table"}
YEARS = ("2019", "2021", "2021-05", "2024-11-02")
MONDAY = 2


def with_years(atlas):
    labs = atlas.layers["labs"]
    opened = [YEARS[number % len(YEARS)] for number in range(len(labs.features))]
    layers = {**atlas.layers, "labs": replace(labs, features=labs.features.assign(opened=opened))}
    return Atlas(layers, atlas.network)


@pytest.fixture(scope="module")
def city():
    return with_years(small_atlas())


@pytest.fixture(scope="module")
def riding():
    """Return a map that asks by a line whose vehicles leave every ten minutes."""
    plain = small_atlas()
    stops = [("a", *at(-300, 100)), ("b", *at(1200, 120))]
    trips = [
        ("L", 0, [(0, leave, leave), (1, leave + 240, leave + 240)])
        for leave in range(8 * 3600, 10 * 3600, 600)
    ]
    network = plain.network
    made = timetable(network, stops, trips, services=((MONDAY,),))
    atlas = Atlas(plain.layers, with_timetable(network, made))
    ride = Ride(datetime(2026, 11, 23, 8), window_min=20)
    question = ReachQuestion(at(-300, 100), (10.0, 20.0), travel=Travel(mode="transit", ride=ride))
    found = answer(atlas, question)
    return atlas, small_state(atlas, reach=question, reach_answer=found, language="en")


@pytest.fixture(scope="module")
def pages(opened, city, riding, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    write_page(folder / "full.html", city, full_state(city, language="en"))
    write_page(folder / "riding.html", *riding)
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(opened(folder / f"{name}.html", screen))
            for name, screen in (("full", DESK), ("riding", PHONE))
        }


def tables(page):
    """Return the pictures' tables by their names, as texts."""
    page.evaluate("void (document.getElementById('behind').open = true)")
    page.wait_for_selector("#behind_tables table", state="attached")
    return page.evaluate(
        """Object.fromEntries([...document.querySelectorAll('#behind_tables table')].map(table =>
            [table.caption.textContent, [...table.rows].map(row =>
                [...row.cells].map(cell => cell.textContent))]))"""
    )


def test_a_table_stands_behind_the_map_with_the_programs_figures(pages, city):
    page = pages["full"].page
    made = tables(page)
    assert list(made) == ["Reach by minutes", "Places by year of opening", "Places on the map"]
    head, *rows = made["Reach by minutes"]
    assert head == ["Minutes", "km²", "Places"]
    found = full_state(city).answers.reach_answer
    areas = {float(minutes): float(km2) for minutes, km2, _ in rows}
    for minutes, km2 in zip(found.isochrone.minutes, found.isochrone.areas_km2, strict=True):
        assert areas[minutes] == pytest.approx(km2, abs=0.005)
    counts = {float(minutes): int(number) for minutes, _, number in rows}
    assert counts[found.isochrone.minutes[-1]] == len(
        [one for one in found.places if (one.layer, one.id) != ("labs", "labs_0")]
    )
    names = {row[0] for row in made["Places on the map"][1:]}
    assert {"Optics Laboratory", "Mathematics Centre", "Lakeside Park"} <= names
    # A layer that is switched off leaves the table, too.
    page.evaluate("document.querySelector('[data-layer=labs]').click()")
    settled(page)
    assert "Optics Laboratory" not in {row[0] for row in tables(page)["Places on the map"]}
    page.evaluate("document.querySelector('[data-layer=labs]').click()")
    settled(page)


def test_the_slider_of_years_says_what_the_layers_say(pages, city):
    page = pages["full"].page
    opened = [int(text[:4]) for text in city.layers["labs"].features["opened"]]
    slider = page.locator("#year")
    low, high = int(slider.get_attribute("min")), int(slider.get_attribute("max"))
    assert (low, high - 1) == (min(opened), max(opened))
    for year in range(low, high):
        page.evaluate(
            """year => { const slider = document.getElementById('year');
                slider.value = year; slider.dispatchEvent(new Event('input')); }""",
            year,
        )
        settled(page)
        new, so_far = opened.count(year), sum(one <= year for one in opened)
        assert page.inner_text("#year_said") == f"{year}: {new} opened, {so_far} so far"
        assert page.locator("#year_list li").count() == new
        marks = page.evaluate(
            "sandbox.places.filter(one => one.told.layer === 'labs'"
            " && !one.box.matches('.out')).map(one => one.told.year)"
        )
        assert all(one <= year for one in marks)
    slider.press("End")
    settled(page)


def test_the_slider_of_departures_says_what_the_program_computed(pages, riding):
    page = pages["riding"].page
    found = riding[1].answers.reach_answer.isochrone
    when = moments(found)
    assert len(when) > 2
    told = page.evaluate("sandbox.play.departures.map(one => one.id)")
    slider = page.locator("#departure")
    assert slider.get_attribute("max") == str(len(told))
    areas = set()
    for stop, name in enumerate(told, start=1):
        slider.press("ArrowRight")
        page.wait_for_function("stop => sandbox.play.departure === stop - 1", arg=stop)
        settled(page)
        number = int(name[1:])
        assert f"{when[number]:%H:%M}" in page.inner_text("#departure_said")
        own = at_departure(found, number)
        assert f"{own.areas_km2[-1]:.2f} km²" in page.inner_text("#told")
        row = tables(page)["Reach by departure"][stop + 1]
        assert row[1:] == [f"{km2:.2f}" for km2 in own.areas_km2]
        areas.add(row[-1])
    assert len(areas) > 1
    slider.press("Home")
    page.wait_for_function("sandbox.play.departure === -1")


@pytest.mark.parametrize("name", ["full", "riding"])
def test_all_that_is_read_aloud_has_a_role_a_name_and_a_place(pages, name):
    page = pages[name].page
    page.evaluate("void (sandbox.stand('high'), document.getElementById('behind').open = true)")
    settled(page)
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    heard = [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in tree
        if not node.get("ignored") and "role" in node
    ]
    assert [role for role, said in heard if role in NAMED and not said.strip()] == []
    roles = [role for role, _ in heard]
    for landmark in ("banner", "main", "contentinfo"):
        assert roles.count(landmark) == 1, landmark
    said = {role: {name for kind, name in heard if kind == role} for role in set(roles)}
    assert {"Map", "Answer"} <= said["region"]
    assert {"The map as tables", "Sources and terms"} <= said["heading"]
    assert "Travel time" in said["slider"]
    assert "Reach by minutes" in said["table"]
    levels = [
        prop["value"]["value"]
        for node in tree
        if not node.get("ignored") and node.get("role", {}).get("value") == "heading"
        for prop in node["properties"]
        if prop["name"] == "level"
    ]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_mark_has_a_role_and_shows_its_name_to_who_stands_on_it(pages):
    page = pages["full"].page
    page.evaluate("sandbox.closeCard()")
    settled(page)
    marks = page.evaluate(
        """[...document.querySelectorAll('.leaflet-marker-icon[tabindex="0"]')]
            .filter(one => one.checkVisibility()).map(one => { one.focus();
                const name = one.querySelector('.name, .badge'), box = name.getBoundingClientRect();
                return [one.getAttribute('role'), one.getAttribute('aria-label'),
                    (one.querySelector('.badge') ?? name).textContent, box.width > 0]; })"""
    )
    assert len(marks) >= 4
    for role, label, seen, _ in marks:
        assert role == "button"
        assert label
        assert seen.startswith(label) or len(seen) <= 3, (label, seen)


def test_keys_alone_reach_everything_and_the_focus_is_seen(pages):
    page = pages["full"].page
    page.evaluate("sandbox.showPanel('layers')")
    settled(page)
    first = page.evaluate("document.querySelector('button, input, select, [tabindex]').id")
    page.locator(f"#{first}").focus()
    seen, unseen = [first], []
    for _ in range(90):
        page.keyboard.press("Tab")
        told = page.evaluate(
            """() => { const one = document.activeElement, shown = [one, one.nextElementSibling,
                    ...one.querySelectorAll('.icon, .name, .badge')].filter(Boolean);
                return [one.id || one.dataset.layer || one.getAttribute('aria-label')
                    || one.textContent.trim(), one === document.body, shown.some(each => {
                    const look = getComputedStyle(each);
                    return look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0;
                })]; }"""
        )
        if told[1]:
            break
        seen.append(told[0])
        if not told[2]:
            unseen.append(told[0])
    assert unseen == []
    wanted = {"skip", "language", "map", "find_button", "nearer", "farther", "layers_button"}
    assert wanted <= set(seen)
    assert {"labs", "cutoff", "year", "share", "print", "look"} <= set(seen)
    assert seen[0] == "skip"
    # Arrows move the cutoff, and the map.
    page.locator("#cutoff").press("ArrowLeft")
    assert page.evaluate("sandbox.play.at") == 14
    page.locator("#cutoff").press("ArrowRight")
    before = page.evaluate("sandbox.map.getCenter().lng")
    page.locator("#map").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("lng => sandbox.map.getCenter().lng > lng", arg=before)
    # Enter opens a mark's card, Escape closes it and leads back.
    mark = page.locator('.leaflet-marker-icon[aria-label="Mathematics Centre"]')
    mark.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#card_name")
    assert page.evaluate("document.activeElement.id") == "card_name"
    page.keyboard.press("Escape")
    label = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert label == "Mathematics Centre"


@pytest.mark.parametrize("zoom", [11, 14.5])
def test_rails_fade_where_the_ground_does(pages, zoom):
    page = pages["full"].page
    page.evaluate("zoom => void sandbox.map.setZoom(zoom, {animate: false})", zoom)
    settled(page)
    ramps, edge, masked = page.evaluate(
        """() => { const { map } = sandbox, [[south, west], [north, east]] = sandbox.page.edge;
            const nw = map.latLngToLayerPoint([north, west]), se = map.latLngToLayerPoint([south, east]);
            const group = document.querySelector('.leaflet-rails-pane svg > g');
            const ramps = [...document.querySelectorAll('#edge_mask rect[fill^=url]')].map(rect =>
                document.querySelector(rect.getAttribute('fill').slice(4, -1)));
            return [ramps.map(one => ['x1', 'y1', 'x2', 'y2'].map(n => Number(one.getAttribute(n)))),
                [nw.x, nw.y, se.x, se.y], group.getAttribute('mask') === 'url(#edge_mask)'
                && group.querySelectorAll('path').length > 0]; }"""  # noqa: E501
    )
    assert masked
    west, north, east, south = edge
    soft = min(east - west, south - north) * 0.06
    assert ramps == [
        pytest.approx(one)
        for one in (
            [west, 0, west + soft, 0], [east, 0, east - soft, 0],
            [0, north, 0, north + soft], [0, south, 0, south - soft],
        )
    ]  # fmt: skip
    # No line's name stands beyond its data.
    beyond = page.evaluate(
        """() => { const edge = L.latLngBounds(sandbox.page.edge);
            return sandbox.lines.filter(line => sandbox.map.hasLayer(line.marker)
                && !edge.contains(line.marker.getLatLng())).length; }"""
    )
    assert beyond == 0
