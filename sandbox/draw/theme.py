"""Design tokens as themes: every colour, dash and size that the map is drawn with.

Nothing here needs Qt, so pages and tables take their colours from the same place as the
screen. Colours are sRGB hex texts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sandbox import files, paths
from sandbox.app.state import REACH_OPACITY

_MAX_BYTES: Final = 1 << 20
_SHORT_NAMES: Final = {"light": "planner_light", "dark": "planner_dark"}
_FALLBACK: Final = {
    "road_collector": "road_arterial",
    "road_street": "road_collector",
    "road_local": "road_street",
    "casing_expressway": "casing",
    "casing_arterial": "casing",
    "building_edge": "building",
    "green": "park",
    "site": "ground_high",
    "hill_light": "ground_high",
    "origin": "accent",
    "label": "ink",
    "label_2": "ink_2",
    "label_green": "label",
    "label_road": "label_2",
    "label_mountain": "label_2",
    "rock": "ground_high",
    "park_line": "park",
    "window": "panel",
}
# Service circles keep to hues that no band of an isochrone has, so both can be distinguished
# on one map; the ground they leave out is a neutral that no band could be taken for.
# One hue, dark on light ground and light on dark.
_CIRCLES: Final = {False: "#9B3FD6", True: "#D79BFF"}
_LEFT_OUT: Final = {False: "#6F6A60", True: "#BDB4A4"}


@dataclass(frozen=True, slots=True)
class Category:
    """How places of a category are marked: shape carries the meaning, colour helps.

    Attributes
    ----------
    key
        Name of the category, as ``"lab"``.
    shape, glyph
        Outline of the mark and the small drawing within it.
    colour, ink
        Colour of the outline's area and of the drawing on it.
    """

    key: str
    shape: str
    glyph: str
    colour: str
    ink: str


@dataclass(frozen=True, slots=True)
class LineStyle:
    """Colour, width in logical pixels, and dashes in line widths (empty: solid)."""

    colour: str
    width_px: float
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """One look of the map.

    Attributes
    ----------
    name
        Key in the tokens, as ``"planner_light"``.
    dark
        Whether answers are lighter than the ground.
    table
        The theme's own keys and those it inherits.
    label_scale
        Factor on the map's label sizes.
    symbol_px
        Height of a place's mark, logical pixels.
    """

    name: str
    dark: bool
    table: Mapping[str, Any]
    label_scale: float
    symbol_px: float

    def colour(self, key: str) -> str:
        """Return the colour of a key; a theme without it uses its nearest relative.

        Raises
        ------
        KeyError
            The tokens know no such key.
        """
        value = self.table.get(key)
        while value is None:
            key = _FALLBACK[key]
            value = self.table.get(key)
        return str(value if isinstance(value, str) else value[0])

    def number(self, key: str, default: float) -> float:
        """Return a figure of the theme, as ``dim_outside``."""
        return float(self.table.get(key, default))

    def category(self, key: str) -> Category:
        """Return how places of a category are marked."""
        entry = tokens()["category"][key]
        tone = "dark" if self.dark else "light"
        ink = tokens()["category"]["glyph_ink"][tone]
        return Category(key, entry["shape"], entry["glyph"], entry[tone], ink)

    def categories(self) -> tuple[Category, ...]:
        """Return all categories, in the order of the tokens."""
        return tuple(
            self.category(key)
            for key, entry in tokens()["category"].items()
            if isinstance(entry, dict) and "shape" in entry
        )

    def metro(self, line: str, status: str = "operating") -> LineStyle:
        """Return how a metro line is drawn; lines without a colour of their own are ink."""
        metro = tokens()["metro"]
        dash = tuple(metro["dash"].get(status, metro["dash"]["planned"]))
        tone = "dark" if self.dark else "print" if self.name == "print" else "light"
        entry = metro.get(line)
        colour = entry[tone] if isinstance(entry, dict) and tone in entry else self.colour("ink_2")
        return LineStyle(colour, 3.2, dash)

    def corridor(self, corridor_class: str) -> LineStyle:
        """Return how a rail corridor of a class is drawn."""
        entry = tokens()["corridor"].get(corridor_class, tokens()["corridor"]["passage"])
        colour = entry["color"] if self.dark else entry["light"]
        return LineStyle(colour, float(entry["px"]), tuple(entry["dash"]))


@cache
def tokens() -> dict[str, Any]:
    """Return the design tokens as written in ``assets/themes/tokens.toml``."""
    return files.read_toml(paths.assets() / "themes" / "tokens.toml", _MAX_BYTES)


@cache
def theme(name: str) -> Theme:
    """Return a theme by name; ``"light"`` and ``"dark"`` are the planner's.

    Raises
    ------
    KeyError
        The tokens know no such theme.
    """
    name = _SHORT_NAMES.get(name, name)
    own = tokens()["theme"][name]
    table = {**tokens()["theme"].get(own.get("inherits", ""), {}), **own}
    kiosk = name.startswith("kiosk")
    return Theme(
        name=name,
        dark=name.endswith("dark"),
        table=table,
        label_scale=1.0 if kiosk else 0.7,
        symbol_px=float(tokens()["category"]["size_px"]["kiosk" if kiosk else "planner"]),
    )


def band_colours(theme_or_name: Theme | str, count: int) -> list[str]:
    """Return the colours of an isochrone's bands, nearest first.

    Three and eight bands have chosen colours; other counts are interpolated in OKLab,
    so lightness stays monotonic and grey prints stay readable.

    Parameters
    ----------
    theme_or_name
        A theme, or its name.
    count
        How many bands, at least 1.
    """
    chosen = theme(theme_or_name) if isinstance(theme_or_name, str) else theme_or_name
    bands, tone = tokens()["bands"], "dark" if chosen.dark else "light"
    few, many = bands[f"{tone}_3"], bands[f"{tone}_8"]
    if count in (len(few), len(many)):
        return list(few if count == len(few) else many)
    anchors = few if count <= 4 else bands[f"{tone}_anchors"]
    at = np.linspace(0.0, 1.0, count) if count > 1 else np.array([0.5])
    lab = np.array([_oklab(colour) for colour in anchors])
    where = np.linspace(0.0, 1.0, len(anchors))
    mixed = np.stack([np.interp(at, where, lab[:, axis]) for axis in range(3)], axis=-1)
    return [_hex(row) for row in mixed]


def band_alphas(
    theme_or_name: Theme | str, count: int, opacity: float | None = None
) -> list[float]:
    """Return how opaque each band's area is, 0-1, nearest first.

    Parameters
    ----------
    theme_or_name
        A theme, or its name.
    count
        How many bands, at least 1.
    opacity
        Chosen for all bands, 0-1; None leaves it to the theme.
    """
    if opacity is not None:
        return [opacity] * count
    chosen = theme(theme_or_name) if isinstance(theme_or_name, str) else theme_or_name
    if "band_alpha" in chosen.table:
        return [chosen.number("band_alpha", 0.3)] * count
    few = tokens()["bands"]["fill_alpha_dark" if chosen.dark else "fill_alpha_light"]
    at = np.linspace(0.0, len(few) - 1.0, count) if count > 1 else np.array([1.0])
    return [float(alpha) for alpha in np.interp(at, np.arange(len(few)), few)]


def lines_share(opacity: float | None) -> float:
    """Return how opaque an answer's lines are, 0-1, where its areas have an opacity.

    They are whole unless the areas are fainter than at first; then they fade with them.
    """
    return 1.0 if opacity is None else min(1.0, opacity / REACH_OPACITY)


def circles_colour(theme_or_name: Theme | str) -> str:
    """Return the colour of the ground that service circles cover."""
    chosen = theme(theme_or_name) if isinstance(theme_or_name, str) else theme_or_name
    return _CIRCLES[chosen.dark]


def left_out_colour(theme_or_name: Theme | str) -> str:
    """Return the colour that hatches the ground outside all service circles."""
    chosen = theme(theme_or_name) if isinstance(theme_or_name, str) else theme_or_name
    return _LEFT_OUT[chosen.dark]


def mixed(colour: str, other: str, share: float) -> str:
    """Return a colour moved towards another by a share, 0-1, in OKLab."""
    return _hex((1.0 - share) * _oklab(colour) + share * _oklab(other))


# Björn Ottosson, "A perceptual color space for image processing", 2020.
_TO_LMS: Final = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB: Final = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def rgb(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue, 0-255, of a hex text."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def readable_on(colour: str) -> str:
    """Return near-black or white, whichever contrasts more with a colour (WCAG 2.2)."""
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255.0 for channel in rgb(colour))
    ]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#FFFFFF" if 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.055 else "#0A1013"


def _oklab(colour: str) -> npt.NDArray[np.float64]:
    srgb = np.array(rgb(colour)) / 255.0
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    return _TO_LAB @ np.cbrt(_TO_LMS @ linear)


def _hex(lab: npt.NDArray[np.float64]) -> str:
    linear = np.clip(np.linalg.solve(_TO_LMS, np.linalg.solve(_TO_LAB, lab) ** 3), 0.0, 1.0)
    srgb = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    red, green, blue = (round(float(value) * 255) for value in srgb)
    return f"#{red:02X}{green:02X}{blue:02X}"
