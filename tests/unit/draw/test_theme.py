"""Tokens, and the colours made from them."""

import colorsys
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from sandbox.draw.lettering.symbols import symbol_svg
from sandbox.draw.theme import (
    band_alphas,
    band_colours,
    circles_colour,
    left_out_colour,
    mixed,
    readable_on,
    rgb,
    theme,
)

NAMES = ("planner_light", "planner_dark", "kiosk_dark", "print")
KEYS = (
    "ground", "ground_high", "rock", "hill_light", "water", "shore", "park", "park_line", "green",
    "site", "building", "building_edge", "road_expressway", "road_arterial", "road_collector",
    "road_street", "road_local", "path", "casing", "casing_expressway", "casing_arterial", "halo",
    "label", "label_2", "label_water", "label_green", "label_road", "label_mountain", "ink",
    "ink_2", "panel", "origin",
)  # fmt: skip


def lightness(colour: str) -> float:
    linear = [
        v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4
        for v in (channel / 255 for channel in rgb(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((lightness(one), lightness(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("key", KEYS)
def test_every_theme_has_every_colour_that_the_map_uses(name, key):
    colour = theme(name).colour(key)
    assert len(colour) == 7
    assert rgb(colour)


def test_themes_do_without_qt():
    code = (
        "import sys; from sandbox.draw.theme import band_colours; band_colours('light', 5);"
        "from sandbox.draw.lettering.symbols import symbol_svg;"
        "sys.exit(any(m.startswith(('PySide6', 'shiboken6')) for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(("name", "first"), [("light", "#5A2A83"), ("dark", "#FFE3A0")])
def test_three_bands_have_the_chosen_colours(name, first):
    colours = band_colours(name, 3)
    assert colours[0] == first
    assert len(colours) == 3


@pytest.mark.parametrize("count", range(1, 13))
def test_bands_grow_steadily_lighter_on_light_and_darker_on_dark(count):
    light = [lightness(colour) for colour in band_colours("light", count)]
    dark = [lightness(colour) for colour in band_colours("dark", count)]
    assert light == sorted(light)
    assert dark == sorted(dark, reverse=True)
    assert len(set(band_colours("light", count))) == count
    assert len(band_alphas("dark", count)) == count


def test_interpolation_runs_through_its_ends():
    assert mixed("#5A2A83", "#F2A65A", 0.0) == "#5A2A83"
    assert mixed("#5A2A83", "#F2A65A", 1.0) == "#F2A65A"


@pytest.mark.parametrize("name", ["planner_light", "planner_dark", "kiosk_dark", "print"])
def test_names_can_be_read_on_their_halo(name):
    look = theme(name)
    for key in ("label", "label_2", "label_water", "label_green", "label_road"):
        assert contrast(look.colour(key), look.colour("halo")) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("count", [1, 2, 3, 5, 8])
def test_minutes_can_be_read_on_their_band(name, count):
    for colour in band_colours(name, count):
        assert contrast(readable_on(colour), colour) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
def test_each_category_has_a_shape_of_its_own_and_a_mark_that_is_well_formed(name):
    categories = theme(name).categories()
    assert len({category.shape for category in categories}) == len(categories) == 10
    for category in categories:
        root = ElementTree.fromstring(symbol_svg(category, "#FFFFFF"))  # noqa: S314
        fills = [element.get("fill") for element in root]
        assert fills[:2] == ["#FFFFFF", category.colour]
        assert len(fills) > 2
        assert "currentColor" not in symbol_svg(category, "#FFFFFF")


def test_an_unknown_line_is_drawn_all_the_same():
    assert theme("light").metro("99").colour == theme("light").colour("ink_2")
    assert theme("light").metro("1", "planned").dash == (2.5, 4.5)
    assert theme("light").metro("1").dash == ()


def test_circles_have_one_hue_in_light_and_dark():
    light, dark = (colorsys.rgb_to_hls(*(v / 255 for v in rgb(circles_colour(name))))
                   for name in ("light", "dark"))  # fmt: skip
    assert abs(light[0] - dark[0]) < 2 / 360
    assert light[1] < dark[1]


@pytest.mark.parametrize("name", ["light", "dark"])
def test_circles_are_told_apart_from_bands_and_from_the_ground_they_leave_out(name):
    def apart(one: str, other: str) -> float:
        return sum((a - b) ** 2 for a, b in zip(rgb(one), rgb(other), strict=True)) ** 0.5

    colours = (*band_colours(name, 3), left_out_colour(name))
    assert min(apart(circles_colour(name), colour) for colour in colours) > 60
    assert min(apart(left_out_colour(name), colour) for colour in band_colours(name, 3)) > 60
