"""The theme in the words of Leaflet and CSS: the page has the colours of the screen."""

import math
from typing import Any, Final

from sandbox.catalog.layer import Layer
from sandbox.draw.answers.bands import contour_colour
from sandbox.draw.answers.edits import edit_colour
from sandbox.draw.ground.streets import ROAD_CLASSES, casing_pen, street_pen, tunnel_pen, width_px
from sandbox.draw.theme import (
    LineStyle,
    Theme,
    band_alphas,
    band_colours,
    lines_share,
    readable_on,
    theme,
    tokens,
)
from sandbox.streets.streets import StreetClass

MIN_ZOOM: Final = 9
MAX_ZOOM: Final = 18
ROAD_ZOOM_STEP: Final = 0.5
# Ferries lie on the water, under every street.
ROAD_ORDER: Final = (StreetClass.FERRY, *(kind for kind in StreetClass if kind.name != "FERRY"))
_EQUATOR_M_PX: Final = 156_543.03392
# Street edits whose areas are hatched.
HATCHED: Final = ("avoid", "slow")
_LIVING_GREEN: Final = ("park", "green")
_VARIABLES: Final = (
    "ground", "panel", "ink", "ink_2", "ink_3", "line", "field", "selected", "accent", "halo",
    "label", "label_2", "label_water", "label_green", "label_road", "label_mountain", "origin",
)  # fmt: skip


def m_per_px(zoom: float, latitude: float) -> float:
    """Return metres per logical pixel of a web mercator zoom."""
    return _EQUATOR_M_PX * math.cos(math.radians(latitude)) / 2.0**zoom


def zoom_of(metres_per_px: float, latitude: float) -> float:
    """Return the web mercator zoom of a scale."""
    return math.log2(_EQUATOR_M_PX * math.cos(math.radians(latitude)) / metres_per_px)


def variables(bands: int) -> str:
    """Return both themes as CSS; the reader's device chooses, unless the page's root says which.

    Custom properties, and a class for each category and each of so many bands.
    """
    light, dark = (_variables(theme(name), bands) for name in ("light", "dark"))
    return (
        f":root{{color-scheme:light;{light}}}"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light])"
        f"{{color-scheme:dark;{dark}}}}}"
        f":root[data-theme=dark]{{color-scheme:dark;{dark}}}"
        + "".join(
            f".cat-{one.key}{{--shape:var(--cat-{one.key});--glyph:var(--cat-ink)}}"
            for one in theme("light").categories()
        )
        + "".join(f".band-{i}{{background:var(--band-{i})}}" for i in range(bands))
    )


def _variables(theme: Theme, bands: int) -> str:
    float_key = "planner_float_dark" if theme.dark else "planner_float"
    told = {key.replace("_", "-"): theme.colour(key) for key in _VARIABLES}
    told["mark"] = theme.colour("accent") if theme.name.startswith("kiosk") else _mark(theme)
    told["float"] = ", ".join(_shadow(text) for text in tokens()["elevation"][float_key])
    for category in theme.categories():
        told[f"cat-{category.key}"], told["cat-ink"] = category.colour, category.ink
    for i, colour in enumerate(band_colours(theme, bands) if bands else ()):
        told[f"band-{i}"] = colour
    change = tokens()["difference"]["dark" if theme.dark else "light"]
    told |= {f"change-{name}": colour for name, colour in change.items()}
    told |= {f"edit-{kind}": edit_colour(kind, theme) for kind in HATCHED}
    return "".join(f"--{key}:{value};" for key, value in told.items())


def bands(theme: Theme, count: int, opacity: float | None) -> dict[str, Any]:
    """Return how isochrones are drawn in a theme, in the words of a canvas.

    `opacity` is that of the bands' areas, 0-1; None leaves it to the theme.
    """
    told, lines = tokens()["bands"], lines_share(opacity)
    change = tokens()["difference"]
    colours = band_colours(theme, count)
    glow = zip(told["glow_px"], told["glow_alpha"], strict=True) if theme.dark else ()
    return {
        "colours": colours,
        "alphas": band_alphas(theme, count, opacity),
        "contours": [contour_colour(colour, theme) for colour in colours],
        "inks": [readable_on(colour) for colour in colours],
        "lines": lines,
        "linePx": told["outline_px"],
        "haloPx": told["outline_halo_px"],
        "halo": theme.colour("halo"),
        "glow": list(glow),
        "dim": "#000000" if theme.dark else theme.colour("ground"),
        "dimAlpha": theme.number("dim_outside", 0.2) * lines,
        "ground": theme.colour("ground"),
        "ink": theme.colour("label"),
        "panel": theme.colour("panel"),
        "change": change["dark" if theme.dark else "light"],
        "changeAlpha": change["alpha"],
    }


def _mark(theme: Theme) -> str:
    """Return the colour of the schematic mark: gold, as dark as the ground needs."""
    support = tokens()["category"]["support"]
    return str(support["dark" if theme.dark else "light"])


def _shadow(text: str) -> str:
    x, y, blur, colour, alpha = text.split()
    return f"{x}px {y}px {blur}px {colour}{round(float(alpha) * 255):02X}"


def roads(theme: Theme, latitude: float) -> dict[str, list[dict[str, Any]]]:
    """Return for each street class how it is drawn at each half step of zoom."""
    steps = round((MAX_ZOOM - MIN_ZOOM) / ROAD_ZOOM_STEP) + 1
    scales = [m_per_px(MIN_ZOOM + step * ROAD_ZOOM_STEP, latitude) for step in range(steps)]
    return {
        kind.name.lower(): [road(kind, scale, theme) for scale in scales] for kind in StreetClass
    }


def road(kind: StreetClass, scale: float, theme: Theme) -> dict[str, Any]:
    """Return how a street class is drawn at a scale in metres per pixel."""
    width = width_px(kind, scale)
    if width == 0.0:
        return {"width": 0}
    pen, casing = street_pen(kind, scale, theme), casing_pen(kind, scale, theme)
    # Qt counts dashes in pen widths, Leaflet in pixels.
    dash = " ".join(f"{length * pen.widthF():.1f}" for length in pen.dashPattern())
    return {
        "width": round(width, 2),
        "colour": pen.color().name(),
        "opacity": round(pen.color().alphaF(), 2),
        "dash": dash or None,
        "casing": round(casing.widthF() - width, 2) if casing else 0,
        "edge": casing.color().name() if casing else None,
        "tunnel": tunnel_pen(kind, scale, theme).color().name(),
    }


def road_class(named: str) -> StreetClass:
    """Return the class that a road's column ``road_class`` names."""
    return ROAD_CLASSES.get(named, StreetClass.ARTERIAL)


def area(layer: Layer, kind: str, status: str, theme: Theme, opacity: float) -> dict[str, Any]:
    """Return the Leaflet style of a layer's area."""
    fill = layer.style.fill
    if not fill:
        return {"fill": True, "fillOpacity": 0.0, "stroke": False}
    style: dict[str, Any] = {
        "fill": True,
        "fillColor": theme.colour(fill),
        "fillOpacity": opacity * _density(fill, kind),
        "stroke": fill == "water" or (layer.group != "base" and kind != "mountain"),
        "color": theme.colour("shore" if fill == "water" else _edge(fill)),
        "opacity": opacity,
        "weight": 1.0,
    }
    if status in ("planned", "construction"):
        style["dashArray"] = "5 4"
    return style


def _density(fill: str, kind: str) -> float:
    # A ridge is shown by its relief and tint; a flat green would hide both.
    if kind == "mountain":
        return 0.35
    return 0.85 if fill == "park" else 1.0


def _edge(fill: str) -> str:
    return "park_line" if fill in _LIVING_GREEN else "building_edge"


def boundary(theme: Theme, opacity: float) -> dict[str, Any]:
    """Return the Leaflet style of an extent's outline."""
    return {
        "fill": False,
        "color": theme.colour("label_2"),
        "weight": 1.1,
        "opacity": 0.7 * opacity,
        "dashArray": "9 3.5 1.5 3.5",
    }


def rail(layer: Layer, named: str, status: str, theme: Theme) -> LineStyle:
    """Return how a metro line or a corridor is drawn."""
    if layer.style.line == "metro":
        return theme.metro(named, status)
    return theme.corridor(named)


def line(style: LineStyle, opacity: float) -> dict[str, Any]:
    """Return a line style in Leaflet's words."""
    told: dict[str, Any] = {
        "color": style.colour,
        "weight": style.width_px,
        "opacity": opacity,
        "lineCap": "butt",
        "lineJoin": "round",
    }
    if style.dash:
        told["dashArray"] = " ".join(f"{length:g}" for length in style.dash)
    return told
