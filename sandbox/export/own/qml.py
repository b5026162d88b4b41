"""A layer's look as QGIS keeps it (QML): one symbol, values or classes, names, scales."""

from typing import Final
from xml.etree import ElementTree

from sandbox.catalog.layer import Layer
from sandbox.catalog.symbology import NAME, Symbology

# QGIS counts scales by pixels of this size (0.28 mm, OGC 06-042).
_PIXEL_M: Final = 0.00028
_KINDS: Final = {"point": "marker", "line": "line", "polygon": "fill"}
_MM_PER_PX: Final = 25.4 / 96.0
_FILL_ALPHA: Final = 82  # of 255, as on the map
_METHODS: Final = {"natural": "Jenks", "quantiles": "Quantile", "equal": "EqualInterval"}


def qml(layer: Layer, symbology: Symbology, language: str = "zh") -> str:
    """Return the style document of a layer, as ``.qml`` files and GeoPackages hold it.

    Layers of several kinds of shapes have the symbol of points, which QGIS shows for those.
    """
    root = ElementTree.Element(
        "qgis",
        version="3.34.0",
        styleCategories="Symbology|Labeling|Rendering",
        labelsEnabled="1" if symbology.label else "0",
    )
    if symbology.finest_m_px is not None or symbology.coarsest_m_px is not None:
        root.set("hasScaleBasedVisibilityFlag", "1")
        root.set("minScale", f"{(symbology.coarsest_m_px or 0.0) / _PIXEL_M:.0f}")
        root.set("maxScale", f"{(symbology.finest_m_px or 0.0) / _PIXEL_M:.0f}")
    kind = _KINDS.get(layer.geometry, "marker")
    _renderer(root, kind, symbology)
    if symbology.label:
        _labels(root, symbology, language)
    text = ElementTree.tostring(root, encoding="unicode")
    return f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{text}\n"


def _renderer(root: ElementTree.Element, kind: str, symbology: Symbology) -> None:
    form = "singleSymbol"
    if symbology.colours:
        form = "graduatedSymbol" if symbology.breaks else "categorizedSymbol"
    made = ElementTree.SubElement(
        root, "renderer-v2", type=form, forceraster="0", symbollevels="0", enableorderby="0"
    )
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
        _symbol(symbols, number, kind, colour, symbology.size_px)


def _symbol(
    symbols: ElementTree.Element, number: int, kind: str, colour: str, size_px: float
) -> None:
    made = ElementTree.SubElement(
        symbols, "symbol", type=kind, name=str(number), alpha="1", clip_to_extent="1"
    )
    full, faint = _rgba(colour, 255), _rgba(colour, _FILL_ALPHA)
    if kind == "marker":
        name, told = "SimpleMarker", {
            "name": "circle", "color": full, "size": f"{size_px * _MM_PER_PX:.2f}",
            "size_unit": "MM", "outline_color": "255,255,255,255", "outline_width": "0.25",
            "outline_style": "solid",
        }  # fmt: skip
    elif kind == "line":
        name, told = "SimpleLine", {
            "line_color": full, "line_width": "0.58", "line_width_unit": "MM",
            "line_style": "solid",
        }  # fmt: skip
    else:
        name, told = "SimpleFill", {
            "color": faint, "style": "solid", "outline_color": full, "outline_width": "0.29",
            "outline_style": "solid",
        }  # fmt: skip
    layer = ElementTree.SubElement(
        made, "layer", {"class": name, "enabled": "1", "locked": "0", "pass": "0"}
    )
    options = ElementTree.SubElement(layer, "Option", type="Map")
    for key, value in told.items():
        ElementTree.SubElement(options, "Option", type="QString", name=key, value=value)
    # Releases before 3.20 read these.
    for key, value in told.items():
        ElementTree.SubElement(layer, "prop", k=key, v=value)


def _labels(root: ElementTree.Element, symbology: Symbology, language: str) -> None:
    column = f"name_{language}" if symbology.label == NAME else symbology.label
    made = ElementTree.SubElement(root, "labeling", type="simple")
    settings = ElementTree.SubElement(made, "settings", calloutType="simple")
    style = ElementTree.SubElement(
        settings, "text-style", fieldName=column, isExpression="0", fontSize="9",
        fontSizeUnit="Point", textColor="48,55,60,255", fontFamily="Noto Sans CJK SC",
    )  # fmt: skip
    ElementTree.SubElement(
        style, "text-buffer", bufferDraw="1", bufferSize="0.8", bufferColor="255,255,255,255"
    )
    ElementTree.SubElement(settings, "placement", placement="6", dist="1")
    ElementTree.SubElement(settings, "rendering", drawLabels="1", scaleVisibility="0")


def _rgba(colour: str, alpha: int) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{alpha}"
