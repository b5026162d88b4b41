"""Base maps by name: Tianditu's, and those that xyzservices lists."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sandbox.imagery.archive import plain
from sandbox.imagery.service import TileService
from sandbox.imagery.tile_grid import web_mercator
from sandbox.words import Bilingual

TIANDITU: Final = "tianditu"
_TIANDITU_TERMS: Final = "https://www.tianditu.gov.cn/about/contact.html"
# What people look for first; all other names of xyzservices can be typed.
FIRST: Final = (
    "OpenStreetMap.Mapnik", "Esri.WorldImagery", "Esri.WorldTopoMap", "OpenTopoMap",
    "Gaode.Normal", "Gaode.Satellite",
)  # fmt: skip
_LAYERS: Final[Mapping[str, tuple[str, Bilingual]]] = {
    "Tianditu.Vector": ("vec", Bilingual("天地图 · 矢量", "Tianditu · map")),
    "Tianditu.VectorLabels": ("cva", Bilingual("天地图 · 矢量注记", "Tianditu · map labels")),
    "Tianditu.Imagery": ("img", Bilingual("天地图 · 影像", "Tianditu · imagery")),
    "Tianditu.ImageryLabels": ("cia", Bilingual("天地图 · 影像注记", "Tianditu · imagery labels")),
    "Tianditu.Terrain": ("ter", Bilingual("天地图 · 地形", "Tianditu · terrain")),
    "Tianditu.TerrainLabels": ("cta", Bilingual("天地图 · 地形注记", "Tianditu · terrain labels")),
}
_FINEST: Final = 18
_FINEST_AT_MOST: Final = 22
# Sources in China whose tiles are shifted.
_SHIFTED: Final = ("gaode", "amap", "autonavi", "tencent", "qq.com")
_SECRET: Final = re.compile(r"\{(apikey|api_key|accessToken|access_token|key|token|app_code|ak)\}")


@dataclass(frozen=True, slots=True)
class Named:
    """A base map that can be shown.

    Attributes
    ----------
    title
        What its layer is called.
    picture
        The service.
    """

    title: Bilingual
    picture: TileService


def names() -> tuple[str, ...]:
    """Return the names that are known, those that are asked for first in front."""
    every = _providers()
    first = [one for one in FIRST if one in every]
    return (*_LAYERS, *first, *sorted(one for one in every if one not in first))


def named(name: str) -> Named | None:
    """Return the base map of a name; None where nothing is known by it."""
    by_name = {one.lower(): one for one in _LAYERS}
    if name.lower() in by_name:
        return _tianditu(by_name[name.lower()])
    return _listed(name)


def is_shifted(address: str) -> bool:
    """Return whether an address is of a source whose tiles are shifted to GCJ-02."""
    return any(one in address.lower() for one in _SHIFTED)


def _tianditu(name: str) -> Named:
    layer, title = _LAYERS[name]
    # Its grid “w” is web mercator; CGCS2000 differs from WGS 84 by centimetres.
    address = (
        f"https://t{{s}}.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0"
        f"&LAYER={layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles"
        "&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk={key}"
    )
    made = TileService(
        address,
        web_mercator(1, _FINEST),
        credit="国家地理信息公共服务平台 天地图",
        terms=_TIANDITU_TERMS,
        key_name=TIANDITU,
        servers=tuple("01234567"),
    )
    return Named(title, made)


def _listed(name: str) -> Named | None:
    every = _providers()
    same = {one.lower(): one for one in every}
    found = every.get(same.get(name.lower(), ""))
    if found is None:
        return None
    told: dict[str, Any] = dict(found)
    url = str(told["url"])
    size = int(told.get("tileSize", 256))
    offset = int(told.get("zoomOffset", 0))
    places = {key: str(one) for key, one in told.items() if not str(one).startswith("<insert")}

    def filled(match: re.Match[str]) -> str:
        place = match[1]
        if place in ("x", "y", "z", "s", "-y"):
            return match[0]
        return "" if place == "r" else places.get(place, "{key}")

    address = re.sub(r"\{([^{}]+)\}", filled, url)
    needs_key = "{key}" in address
    datum = "gcj02" if is_shifted(address) else "wgs84"
    low, high = int(told.get("min_zoom", 0)), int(told.get("max_zoom", _FINEST))
    # Where tiles are twice as large, their levels are counted from one less.
    finest = max(low, min(high, _FINEST_AT_MOST)) + offset
    grid = web_mercator(max(0, low + offset), finest, tile_px=size, datum=datum)
    servers = told.get("subdomains", "abc" if "{s}" in address else ())
    full = str(told["name"])
    made = TileService(
        address,
        grid,
        credit=plain(str(told.get("html_attribution") or told.get("attribution", "")))[:200],
        key_name=full.split(".", maxsplit=1)[0].lower() if needs_key else "",
        servers=tuple(map(str, servers)),
    )
    return Named(Bilingual(full, full), made)


def known_by_address(address: str) -> Named | None:
    """Return the listed service whose tiles an address asks for, with its name and credit."""
    wanted = _bare(address)
    same = (name for name, one in _providers().items() if _bare(str(one.get("url", ""))) == wanted)
    name = next(same, None)
    return None if name is None else _listed(name)


def _bare(address: str) -> str:
    """Return an address without what may differ where the tiles are the same."""
    return re.sub(r"^https?://|\{s\}\.|\{r\}", "", address.strip(), flags=re.IGNORECASE).lower()


def _providers() -> dict[str, Any]:
    # It reads a list of a thousand services, which most maps never ask for.
    import xyzservices

    return dict(xyzservices.providers.flatten())


def with_secret_taken(address: str) -> tuple[str, str]:
    """Return an address with a place for its key, and the key that stood in it, if any."""
    address = _SECRET.sub("{key}", address)
    if "{key}" in address:
        return address, ""
    found = _IN_QUERY.search(address)
    if found is None:
        return address, ""
    return address[: found.start(2)] + "{key}" + address[found.end(2) :], found[2]


_IN_QUERY: Final = re.compile(
    r"([?&](?:tk|key|apikey|api_key|api-key|access_token|access-token|accesstoken|token|ak|appid"
    r"|signature|sig)=)([^&{}]+)",
    re.IGNORECASE,
)
