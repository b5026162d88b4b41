"""A layer's look as QGIS keeps it (QML): one symbol, values or classes, names, scales."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final
from xml.etree import ElementTree

from sandbox import files, paths
from sandbox.catalog.layer import Layer
from sandbox.catalog.symbology import NAME, Symbology

# QGIS counts scales by pixels of this size (0.28 mm, OGC 06-042, clause 7.2.4.6.9).
_PIXEL_M: Final = 0.00028
_SYMBOLS: Final = {"marker": "SimpleMarker", "line": "SimpleLine", "fill": "SimpleFill"}
_KINDS: Final = {"Point": "marker", "LineString": "line", "Polygon": "fill"}
_MM_PER_PX: Final = 25.4 / 96.0
_FILL_ALPHA: Final = 82  # of 255, as on the map
_METHODS: Final = {"natural": "Jenks", "quantiles": "Quantile", "equal": "EqualInterval"}
# Lines of the program's own layers: token of their colour, millimetres.
_LINES: Final = {"road": ("road_arterial", 0.9), "tunnel": ("casing_arterial", 0.6),
                 "river": ("water", 1.0), "boundary": ("label_2", 0.4),
                 "metro": ("label", 0.8)}  # fmt: skip
_OTHER_LINE: Final = ("label_2", 0.5)

Options = Mapping[str, str]


def qml(layer: Layer, symbology: Symbology, language: str = "zh") -> str:
    """Return the style document of the look that a user chose for a layer.

    Layers of several kinds of shapes have the symbol of the most frequent kind, those without
    features that of points.

    Parameters
    ----------
    layer
        What is drawn.
    symbology
        Its colours, names and scales.
    language
        Whose names stand beside the features, where the symbology says names.
    """
    kind = _kind(layer) or "marker"
    root = _root(labels=bool(symbology.label))
    if symbology.finest_m_px is not None or symbology.coarsest_m_px is not None:
        root.set("hasScaleBasedVisibilityFlag", "1")
        root.set("minScale", f"{(symbology.coarsest_m_px or 0.0) / _PIXEL_M:.0f}")
        root.set("maxScale", f"{(symbology.finest_m_px or 0.0) / _PIXEL_M:.0f}")
    _classes(root, kind, symbology)
    if symbology.label:
        _chosen_labels(root, symbology, language)
    return _text(root, kind)


def theme_qml(layer: Layer) -> str | None:
    """Return the style document of a layer in the look of its kind on the map, in light colours.

    None where it has no features.
    """
    kind = _kind(layer)
    if kind is None:
        return None
    root = _root(labels=layer.style.label)
    symbols = ElementTree.SubElement(_renderer(root, "singleSymbol"), "symbols")
    _symbol(symbols, 0, kind, _THEME_OPTIONS[kind](layer))
    if layer.style.label:
        _theme_labels(root, layer)
    return _text(root, kind)


def _kind(layer: Layer) -> str | None:
    if layer.features is None or not len(layer.features):
        return None
    kinds = layer.features.geom_type.str.removeprefix("Multi").value_counts()
    return _KINDS.get(str(kinds.index[0])) if len(kinds) else None


def _root(*, labels: bool) -> ElementTree.Element:
    return ElementTree.Element(
        "qgis",
        version="3.34.0",
        styleCategories="Symbology|Labeling|Rendering",
        labelsEnabled=str(int(labels)),
    )


def _text(root: ElementTree.Element, kind: str) -> str:
    ElementTree.SubElement(root, "layerGeometryType").text = str(list(_SYMBOLS).index(kind))
    text = ElementTree.tostring(root, encoding="unicode")
    return f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{text}\n"


# --- symbols -------------------------------------------------------------------------------


def _renderer(root: ElementTree.Element, form: str) -> ElementTree.Element:
    return ElementTree.SubElement(
        root, "renderer-v2", type=form, forceraster="0", symbollevels="0", enableorderby="0"
    )


def _classes(root: ElementTree.Element, kind: str, symbology: Symbology) -> None:
    """Write the symbols that a user chose: one, or one for each class of a column."""
    form = "singleSymbol"
    if symbology.colours:
        form = "graduatedSymbol" if symbology.breaks else "categorizedSymbol"
    made = _renderer(root, form)
    colours: tuple[str, ...] = (symbology.colour,)
    if symbology.breaks:
        made.set("attr", symbology.column)
        made.set("graduatedMethod", "GraduatedColor")
        ranges = ElementTree.SubElement(made, "ranges")
        lower = "-1e+300"
        for number, upper in enumerate(symbology.breaks):
            end = f"{upper:.15g}"
            said = f"≤ {upper:g}" if not number else f"{symbology.breaks[number - 1]:g} – {upper:g}"
            ElementTree.SubElement(
                ranges, "range", symbol=str(number), lower=lower, upper=end, label=said,
                render="true",
            )  # fmt: skip
            lower = end
        name = _METHODS.get(symbology.method)
        if name is not None:
            ElementTree.SubElement(made, "classificationMethod", id=name)
        colours = symbology.colours
    elif symbology.colours:
        made.set("attr", symbology.column)
        listed = ElementTree.SubElement(made, "categories")
        for number, value in enumerate(symbology.values):
            ElementTree.SubElement(
                listed, "category", symbol=str(number), value=value, label=value or "–",
                render="true", type="string",
            )  # fmt: skip
        rest = str(len(symbology.values))
        ElementTree.SubElement(
            listed, "category", symbol=rest, value="", label="…", render="true", type="string"
        )
        colours = (*symbology.colours, symbology.colour)
    symbols = ElementTree.SubElement(made, "symbols")
    for number, colour in enumerate(colours):
        _symbol(symbols, number, kind, _chosen_options(kind, colour, symbology.size_px))


def _symbol(symbols: ElementTree.Element, number: int, kind: str, told: Options) -> None:
    made = ElementTree.SubElement(
        symbols, "symbol", type=kind, name=str(number), alpha="1", clip_to_extent="1"
    )
    layer = ElementTree.SubElement(
        made, "layer", {"class": _SYMBOLS[kind], "enabled": "1", "locked": "0", "pass": "0"}
    )
    options = ElementTree.SubElement(layer, "Option", type="Map")
    for key, value in told.items():
        ElementTree.SubElement(options, "Option", type="QString", name=key, value=value)
    # Releases before 3.20 read these.
    for key, value in told.items():
        ElementTree.SubElement(layer, "prop", k=key, v=value)


def _chosen_options(kind: str, colour: str, size_px: float) -> Options:
    full = _rgba(colour)
    if kind == "marker":
        return {
            "name": "circle", "color": full, "size": f"{size_px * _MM_PER_PX:.2f}",
            "size_unit": "MM", "outline_color": "255,255,255,255", "outline_width": "0.25",
            "outline_style": "solid",
        }  # fmt: skip
    if kind == "line":
        return {
            "line_color": full, "line_width": "0.58", "line_width_unit": "MM",
            "line_style": "solid",
        }  # fmt: skip
    return {
        "color": _rgba(colour, _FILL_ALPHA), "style": "solid", "outline_color": full,
        "outline_width": "0.29", "outline_style": "solid",
    }  # fmt: skip


def _marker(layer: Layer) -> Options:
    category = _tokens()["category"].get(layer.style.category)
    colour = category["light"] if isinstance(category, dict) else _colour("label_2")
    return {
        "name": "circle", "color": _rgba(str(colour)),
        "size": "2.6" if layer.style.category else "1.2", "size_unit": "MM",
        "outline_color": "255,255,255,255", "outline_width": "0.3",
    }  # fmt: skip


def _line(layer: Layer) -> Options:
    token, width = _LINES.get(layer.style.line, _OTHER_LINE)
    return {
        "line_color": _rgba(_colour(token)), "line_width": str(width), "line_width_unit": "MM",
        "line_style": "dash" if layer.schematic else "solid",
    }  # fmt: skip


def _fill(layer: Layer) -> Options:
    border = layer.style.line == "boundary"
    edge = _colour("label_2" if border else "shore" if layer.style.fill == "water" else "park_line")
    return {
        "color": _rgba(_colour(layer.style.fill or "ground_high")),
        "style": "solid" if layer.style.fill else "no",
        "outline_color": _rgba(edge), "outline_width": "0.4" if border else "0.1",
        "outline_style": "dash dot" if border else "solid",
    }  # fmt: skip


_THEME_OPTIONS: Final = {"marker": _marker, "line": _line, "fill": _fill}


# --- names ---------------------------------------------------------------------------------


def _theme_labels(root: ElementTree.Element, layer: Layer) -> None:
    below = layer.style.below_m_px
    limit = {} if below == float("inf") else {"scaleMin": f"{below / _PIXEL_M:.0f}"}
    text = {
        "fieldName": 'coalesce("name_zh", "name_en")', "isExpression": "1", "fontSize": "8",
        "textColor": _rgba(_colour("label")),
    }  # fmt: skip
    _labels(root, text, ("0.6", _rgba(_colour("halo"))), limit)


def _chosen_labels(root: ElementTree.Element, symbology: Symbology, language: str) -> None:
    column = f"name_{language}" if symbology.label == NAME else symbology.label
    text = {
        "fieldName": column, "isExpression": "0", "fontSize": "9", "fontSizeUnit": "Point",
        "textColor": "48,55,60,255", "fontFamily": "Noto Sans CJK SC",
    }  # fmt: skip
    settings = _labels(root, text, ("0.8", "255,255,255,255"), {})
    ElementTree.SubElement(settings, "placement", placement="6", dist="1")


def _labels(
    root: ElementTree.Element, text: Options, halo: tuple[str, str], limit: Options
) -> ElementTree.Element:
    """Write how names stand beside features; `halo` is its width in millimetres, and its colour."""
    made = ElementTree.SubElement(root, "labeling", type="simple")
    settings = ElementTree.SubElement(made, "settings", calloutType="simple")
    style = ElementTree.SubElement(settings, "text-style", dict(text))
    ElementTree.SubElement(
        style, "text-buffer", bufferDraw="1", bufferSize=halo[0], bufferColor=halo[1]
    )
    ElementTree.SubElement(
        settings, "rendering", {"drawLabels": "1", "scaleVisibility": str(len(limit)), **limit}
    )
    return settings


# --- colours -------------------------------------------------------------------------------


@cache
def _tokens() -> dict[str, Any]:
    return files.read_toml(paths.assets() / "themes" / "tokens.toml", 1 << 20)


def _colour(token: str) -> str:
    look = _tokens()["theme"]["planner_light"]
    found = look.get(token, look["ground_high"])
    return str(found[0] if isinstance(found, list) else found)


def _rgba(colour: str, alpha: int = 255) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{alpha}"
