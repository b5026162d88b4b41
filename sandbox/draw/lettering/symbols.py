"""Marks of places as SVG: one outline and one glyph a category, the same on screen and page."""

import math
from functools import cache
from html import escape
from typing import Final

from sandbox import paths
from sandbox.draw.theme import Category, tokens

_VIEW: Final = 15.0


def symbol_svg(category: Category, halo: str) -> str:
    """Return a category's mark as an SVG document.

    Its outline stands on the same, larger outline in the halo's colour, so that it keeps
    its shape on any ground.

    Parameters
    ----------
    category
        Shape, glyph and colours.
    halo
        Colour behind.
    """
    outline = _outline(category.shape)
    ring = float(tokens()["category"]["ring"])
    glyph = _glyph(category.glyph).replace("currentColor", escape(category.ink, quote=True))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-_VIEW} {-_VIEW} {2 * _VIEW}'
        f' {2 * _VIEW}" width="{2 * _VIEW:g}" height="{2 * _VIEW:g}">'
        f'<path d="{outline}" transform="scale({ring})" fill="{halo}"/>'
        f'<path d="{outline}" fill="{category.colour}"/>{glyph}</svg>'
    )


@cache
def _glyph(name: str) -> str:
    """Return what is drawn within a mark, without its document."""
    text = (paths.assets() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return text[text.index(">") + 1 : text.rindex("</svg>")]


@cache
def _outline(shape: str) -> str:  # noqa: PLR0911
    """Return a shape's path in a box of 24 units about 0,0."""
    if shape == "circle":
        return "M-11 0a11 11 0 1 0 22 0a11 11 0 1 0-22 0z"
    if shape == "rounded_square":
        return _rounded(10.2, 10.2, 4.2)
    if shape == "square":
        return _rounded(10.0, 10.0, 1.2)
    if shape == "pill":
        return _rounded(12.0, 7.6, 7.6)
    if shape == "diamond":
        return "M0-12L12 0 0 12-12 0z"
    if shape == "triangle":
        return "M0-11.6L12 9.4H-12z"
    if shape == "shield":
        return "M-9.6-10.4H9.6V1.2C9.6 7 4.6 10.4 0 12-4.6 10.4-9.6 7-9.6 1.2z"
    if shape == "drop":
        return "M0 12C-6 5-10.4 1.6-10.4-3.2a10.4 8.6 0 0 1 20.8 0C10.4 1.6 6 5 0 12z"
    sides, turn = {"hexagon": (6, 0.0), "octagon": (8, math.pi / 8)}[shape]
    corners = [
        (11.6 * math.sin(turn + 2 * math.pi * k / sides),
         -11.6 * math.cos(turn + 2 * math.pi * k / sides))
        for k in range(sides)
    ]  # fmt: skip
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in corners) + "z"


def _rounded(half_w: float, half_h: float, radius: float) -> str:
    w, h, r = half_w - radius, half_h - radius, radius
    return (
        f"M{-w} {-half_h}H{w}A{r} {r} 0 0 1 {half_w} {-h}V{h}A{r} {r} 0 0 1 {w} {half_h}"
        f"H{-w}A{r} {r} 0 0 1 {-half_w} {h}V{-h}A{r} {r} 0 0 1 {-w} {-half_h}z"
    )
