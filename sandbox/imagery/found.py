"""What a person types for a base map → the base maps that are meant."""

from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from sandbox import files
from sandbox.imagery import access
from sandbox.imagery.archive import TileArchive, open_archive
from sandbox.imagery.capabilities import read_capabilities
from sandbox.imagery.fetch import Unfetched, fetch
from sandbox.imagery.known import (
    Named,
    is_shifted,
    known_by_address,
    named,
    with_secret_taken,
)
from sandbox.imagery.service import TileService
from sandbox.imagery.tile_grid import web_mercator
from sandbox.words import Bilingual, Text

ARCHIVES: Final = (".mbtiles", ".pmtiles")
_CAPABILITIES_BYTES: Final = 16 << 20
_FINEST: Final = 19
_LONGEST: Final = 2000

Found = tuple[Bilingual, TileService | TileArchive]


def find_base_maps(said: str, key: str = "") -> list[Found]:
    """Return the base maps that a name, an address or a file means.

    Parameters
    ----------
    said
        A name as ``Tianditu.Vector`` or ``OpenStreetMap.Mapnik``; the address of tiles with
        ``{x}``, ``{y}`` or ``{-y}``, and ``{z}``; the address of a WMTS or WMS service; or the
        path of an MBTiles or PMTiles file.
    key
        The user's key, to be remembered for what is found.

    Raises
    ------
    files.Unreadable
        Nothing is known by it, or the service can't be reached or offers nothing.
    """
    said = said.strip()
    if len(said) > _LONGEST:
        raise files.Unreadable(Text("it is too long"))
    if said.lower().endswith(ARCHIVES) and "://" not in said:
        path = Path(said).expanduser()
        held = open_archive(path)
        return [(Bilingual(path.stem, path.stem), held)]
    if "://" not in said:
        known = named(said)
        if known is None:
            raise files.Unreadable(Text("no base map is known by this name"))
        return [_with_key(known, key)]
    address, inside = with_secret_taken(said)
    parts = urlsplit(address.replace("{s}", "a"))
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise files.Unreadable(Text("only http and https are used"))
    name = parts.hostname if "{key}" in address else ""
    known = known_by_address(address)
    if known is not None:
        # It has a name, levels, and a credit that must be shown.
        return [_with_key(known, key or inside)]
    if "{x}" in address or "{bbox}" in address:
        grid = web_mercator(0, _FINEST, datum="gcj02" if is_shifted(address) else "wgs84")
        servers = ("a", "b", "c") if "{s}" in address else ()
        service = TileService(address, grid, key_name=name, servers=servers)
        title = Bilingual(parts.hostname, parts.hostname)
        return [_with_key(Named(title, service), key or inside)]
    secret = key or inside or (access.key(name) if name else "")
    found = _offered(address, secret)
    return [
        _with_key(Named(one.title, _keyed(one.picture, name)), secret if name else "")
        for one in found
    ]


def _offered(address: str, secret: str) -> list[Named]:
    query = urlsplit(address).query.lower()
    whole = address
    if "request=" not in query and not address.lower().endswith(".xml"):
        kind = "WMTS" if "wmts" in address.lower() else "WMS"
        joined = "&" if query else ("" if address.endswith("?") else "?")
        whole = f"{address}{joined}SERVICE={kind}&REQUEST=GetCapabilities"
    try:
        content = fetch(whole.replace("{key}", secret), _CAPABILITIES_BYTES)
    except Unfetched as error:
        raise files.Unreadable(error.reason) from error
    if content is None:
        raise files.Unreadable(Text("the server has nothing at this address"))
    return read_capabilities(content, address)


def _keyed(service: TileService, name: str) -> TileService:
    return replace(service, key_name=name) if "{key}" in service.address else service


def _with_key(found: Named, key: str) -> Found:
    """Remember a key for what is found."""
    if key and found.picture.key_name:
        try:
            access.set_key(found.picture.key_name, key)
        except OSError as error:
            raise files.Unreadable(files.reason_of(error)) from error
    return found.title, found.picture
