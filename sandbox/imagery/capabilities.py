"""What a WMTS or WMS service says of itself → base maps that can be shown.

OGC 07-057r7 (WMTS 1.0.0) and OGC 06-042 (WMS 1.3.0).
"""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from xml.etree import ElementTree

from sandbox import files
from sandbox.geo import crs as geo
from sandbox.geo.systems import WEB_MERCATOR, System, system_named
from sandbox.imagery.known import Named
from sandbox.imagery.service import TileService
from sandbox.imagery.tile_grid import Level, TileGrid, web_mercator
from sandbox.words import Bilingual, Text

_PIXEL_M: Final = 0.00028  # size of a pixel that scales are given for (WMTS, 6.1)
_DEGREE_M: Final = 6_378_137.0 * 3.141592653589793 / 180.0
_LEVELS: Final = 30
_MERCATORS: Final = frozenset({3857, 900913, 102100, 102113, 3785})
_FINEST: Final = 20
_LAYERS: Final = 500
_IMAGES: Final = ("image/png", "image/jpeg", "image/jpg", "tiles", "image/webp")

Element = ElementTree.Element


def read_capabilities(content: bytes, address: str) -> list[Named]:
    """Return the base maps that a service offers.

    Parameters
    ----------
    content
        What it answered.
    address
        What it was asked by; a key is a place in it.

    Raises
    ------
    files.Unreadable
        It is no answer of such a service, or offers nothing that can be shown.
    """
    if b"<!ENTITY" in content:
        raise files.Unreadable(files.DAMAGED)
    try:
        root = ElementTree.fromstring(content)  # noqa: S314 - no entities, and of a limited size
    except (ElementTree.ParseError, ValueError, RecursionError) as error:
        raise files.Unreadable(Text("the answer is not from a WMTS or WMS service")) from error
    name = root.tag.rsplit("}", 1)[-1]
    if name == "Capabilities":
        found = list(_wmts(root, address))
    elif name in ("WMS_Capabilities", "WMT_MS_Capabilities"):
        found = list(_wms(root, address))
    else:
        raise files.Unreadable(Text("the answer is not from a WMTS or WMS service"))
    if not found:
        raise files.Unreadable(Text("the service offers no layer that can be shown"))
    return found[:_LAYERS]


def _text(parent: Element | None, name: str) -> str:
    found = None if parent is None else parent.find(f"{{*}}{name}")
    return "" if found is None or found.text is None else " ".join(found.text.split())


def _wmts(root: Element, address: str) -> Iterator[Named]:
    grids = {
        name: grid
        for one in root.findall("{*}Contents/{*}TileMatrixSet")
        if (name := _text(one, "Identifier")) and (grid := _grid(one)) is not None
    }
    credit = _text(root.find("{*}ServiceProvider"), "ProviderName")
    for layer in root.findall("{*}Contents/{*}Layer"):
        sets = [_text(one, "TileMatrixSet") for one in layer.findall("{*}TileMatrixSetLink")]
        usable = [one for one in sets if one in grids]
        if not usable:
            continue
        usable.sort(key=lambda one: grids[one].code != WEB_MERCATOR)
        found = _tile_address(layer, usable[0], address)
        if found is None:
            continue
        name = _text(layer, "Identifier")
        title = _text(layer, "Title") or name
        made = TileService(found, grids[usable[0]], credit=credit[:200], ends=_ends(layer))
        yield Named(Bilingual(title, title), made)


def _tile_address(layer: Element, matrices: str, address: str) -> str | None:
    """Return the address of a layer's tiles, by its own template or by keys and values."""
    styles = layer.findall("{*}Style")
    style = next((one for one in styles if one.get("isDefault") == "true"), None)
    style_name = _text(style if style is not None else (styles or [None])[0], "Identifier")
    for one in layer.findall("{*}ResourceURL"):
        template = one.get("template", "")
        if one.get("resourceType") != "tile" or one.get("format") not in _IMAGES:
            continue
        said = {
            "style": style_name, "tilematrixset": matrices, "tilematrix": "{z}", "tilerow": "{y}",
            "tilecol": "{x}", "time": _default(layer),
        }  # fmt: skip
        return _filled(template, said)
    formats = [(one.text or "").strip() for one in layer.findall("{*}Format")]
    usable = [one for one in _IMAGES if one in formats]
    if not usable:
        return None
    rest = {
        "SERVICE": "WMTS", "REQUEST": "GetTile", "VERSION": "1.0.0",
        "LAYER": _text(layer, "Identifier"), "STYLE": style_name, "TILEMATRIXSET": matrices,
        "FORMAT": usable[0], "TILEMATRIX": "{z}", "TILEROW": "{y}", "TILECOL": "{x}",
    }  # fmt: skip
    return _asking(address, rest)


def _filled(template: str, said: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: said.get(found[1].lower(), found[0]), template)


def _default(layer: Element) -> str:
    return _text(layer.find("{*}Dimension"), "Default")


def _asking(address: str, rest: dict[str, str]) -> str:
    """Return an address with these parameters; others (a key, a map file) stay in it."""
    parts = urlsplit(address)
    own = {"service", "request", "version", *(one.lower() for one in rest)}
    kept = [(one, value) for one, value in parse_qsl(parts.query) if one.lower() not in own]
    query = urlencode([*kept, *rest.items()], safe="{}/:,")
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def _grid(said: Element) -> TileGrid | None:
    system = _system(_text(said, "SupportedCRS"))
    if system is None:
        return None
    in_degrees = system.in_degrees
    unit_m = _DEGREE_M if in_degrees else 1.0
    levels: list[Level] = []
    for one in said.findall("{*}TileMatrix")[:_LEVELS]:
        try:
            step = float(_text(one, "ScaleDenominator")) * _PIXEL_M / unit_m
            first, second = (float(part) for part in _text(one, "TopLeftCorner").split())
            wide, high = int(_text(one, "TileWidth")), int(_text(one, "TileHeight"))
            columns, rows = int(_text(one, "MatrixWidth")), int(_text(one, "MatrixHeight"))
        except ValueError:
            return None
        if not step > 0 or wide != high or not 0 < wide <= 1024:
            return None
        # Geographic systems name the latitude first, as EPSG has it; some services don't.
        swapped = in_degrees and abs(first) <= 90.0 < abs(second)
        left, top = (second, first) if swapped else (first, second)
        levels.append(Level(_text(one, "Identifier"), step, left, top, columns, rows, wide))
    levels.sort(key=lambda one: -one.step)
    return TileGrid(system.code, tuple(levels)) if levels else None


def _system(said: str) -> System | None:
    number = re.search(r"(\d{3,6})$", said.strip())
    if number is None:
        return None
    code = int(number[1])
    if code in _MERCATORS:
        return System(WEB_MERCATOR)
    if "CRS84" in said.upper() or code == 84:
        return System(geo.WGS84)
    return system_named(f"EPSG:{code}")


def _ends(layer: Element) -> tuple[float, float, float, float] | None:
    box = layer.find("{*}WGS84BoundingBox")
    try:
        west, south = (float(one) for one in _text(box, "LowerCorner").split())
        east, north = (float(one) for one in _text(box, "UpperCorner").split())
    except ValueError:
        return None
    return _world(west, south, east, north)


def _world(
    west: float, south: float, east: float, north: float
) -> tuple[float, float, float, float] | None:
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        return None
    # All the world is no place to go to.
    return None if east - west > 300 else (west, south, east, north)


def _wms(root: Element, address: str) -> Iterator[Named]:
    version = root.get("version", "1.3.0")
    newer = version >= "1.3"
    request = root.find("{*}Capability/{*}Request/{*}GetMap")
    formats = [] if request is None else [(one.text or "") for one in request.findall("{*}Format")]
    image = next((one for one in ("image/png", "image/jpeg") if one in formats), "image/png")
    top = root.find("{*}Capability/{*}Layer")
    if top is None:
        return
    credit = _text(root.find("{*}Service"), "Title")
    for layer, systems in _layers(top, ()):
        name = _text(layer, "Name")
        if not name:
            continue
        mercator = next((f"EPSG:{one}" for one in systems if one in _MERCATORS), None)
        if mercator is None and 4326 not in systems:
            continue
        code = mercator or "EPSG:4326"
        box = "{yxbox}" if newer and mercator is None else "{bbox}"
        rest = {
            "SERVICE": "WMS", "REQUEST": "GetMap", "VERSION": version, "LAYERS": name,
            "STYLES": "", "CRS" if newer else "SRS": code, "BBOX": box, "WIDTH": "256",
            "HEIGHT": "256", "FORMAT": image, "TRANSPARENT": "TRUE",
        }  # fmt: skip
        title = _text(layer, "Title") or name
        own = _text(layer.find("{*}Attribution"), "Title")
        grid = web_mercator(0, _FINEST) if mercator else _degrees()
        made = TileService(
            _asking(address, rest), grid, credit=(own or credit)[:200], ends=_geographic(layer)
        )
        yield Named(Bilingual(title, title), made)


def _layers(layer: Element, above: tuple[int, ...]) -> Iterator[tuple[Element, tuple[int, ...]]]:
    """Yield layers with the codes of the systems that they or those above them are offered in."""
    said = [(one.text or "") for name in ("CRS", "SRS") for one in layer.findall(f"{{*}}{name}")]
    codes = tuple(int(one) for text in said for one in re.findall(r"EPSG:(\d{3,6})", text))
    yield layer, (*above, *codes)
    for one in layer.findall("{*}Layer"):
        yield from _layers(one, (*above, *codes))


def _geographic(layer: Element) -> tuple[float, float, float, float] | None:
    box = layer.find("{*}EX_GeographicBoundingBox")
    names = ("westBoundLongitude", "southBoundLatitude", "eastBoundLongitude", "northBoundLatitude")
    try:
        west, south, east, north = (float(_text(box, one)) for one in names)
    except ValueError:
        return None
    return _world(west, south, east, north)


def _degrees() -> TileGrid:
    levels = tuple(
        Level(str(z), 180.0 / 256 / 2**z, -180.0, 90.0, 2 ** (z + 1), 2**z) for z in range(_FINEST)
    )
    return TileGrid(geo.WGS84, levels)
