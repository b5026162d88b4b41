"""Base maps on the map: found by what a person types, put below all else, never fetched unasked."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sandbox import files
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job
from sandbox.app.own.layers import unique_id
from sandbox.app.session import Session
from sandbox.app.state import LayerShown
from sandbox.catalog.importing.pictures import layer_over
from sandbox.catalog.layer import Layer
from sandbox.errors import LayerError
from sandbox.imagery import access
from sandbox.imagery.archive import TileArchive
from sandbox.imagery.found import Found, find_base_maps
from sandbox.imagery.service import TileService
from sandbox.words import Text


def find(said: str, key: str, job: Job) -> list[Found]:
    """Return the base maps that are meant by a name, an address or a file.

    Raises
    ------
    LayerError
        Nothing is known by it, or its service can't be reached.
    """
    job.report(-1.0, Text("Looking for the base map"))
    return found_for(said, key)


def found_for(said: str, key: str = "") -> list[Found]:
    """Return the base maps that are meant; raises as `find`."""
    try:
        return find_base_maps(said, key)
    except files.Unreadable as error:
        raise LayerError(
            "{said} can't be used as a base map: {reason}.",
            (error.hint or _HINT).template,
            said=shortened(said),
            reason=error.reason,
        ) from error


_HINT = Text(
    "Give a name as Tianditu.Vector, an address with {{x}}, {{y}} and {{z}}, the address of a WMTS "
    "or WMS service, or an MBTiles or PMTiles file."
)


def shortened(said: str) -> str:
    """Return an address without what stands after its path: a key may be among it."""
    return said.split("?", maxsplit=1)[0][:120]


def base_map_layers(found: Sequence[Found], taken: Sequence[str]) -> tuple[Layer, ...]:
    """Return layers of base maps, with ids that no other has."""
    made: list[Layer] = []
    for title, picture in found:
        known = {*taken, *(one.id for one in made)}
        source = picture.host if isinstance(picture, TileService) else picture.path.name
        record: dict[str, Any] = {
            "file": source,
            "format": "tiles",
            "imported_at": datetime.now(UTC).isoformat(timespec="seconds"),
            **({"terms": picture.terms} if isinstance(picture, TileService) else {}),
        }
        made.append(layer_over(picture, unique_id(title.en, known), title, source, record))
    return tuple(made)


def put_below(session: Session, layers: Sequence[Layer]) -> None:
    """Put base maps below all other layers, over those that are there; one step to take back."""
    atlas = session.atlas
    shown = session.state.document.layers
    at = 0
    while at < len(shown) and _is_base(atlas, shown[at]):
        at += 1
    session.extend(replace(atlas, layers={**atlas.layers, **{one.id: one for one in layers}}))
    added = tuple(LayerShown(one.id) for one in layers)
    session.change(undoable=True, layers=(*shown[:at], *added, *shown[at:]))


def _is_base(atlas: Atlas, shown: LayerShown) -> bool:
    layer = atlas.layers.get(shown.id)
    return layer is not None and isinstance(layer.picture, TileService | TileArchive)


def hosts_of(layers: Mapping[str, Layer]) -> tuple[str, ...]:
    """Return the hosts that base maps among layers are fetched from."""
    found = (one.picture for one in layers.values())
    return tuple(sorted({one.host for one in found if isinstance(one, TileService)}))


def hosts_to_allow(layers: Mapping[str, Layer]) -> tuple[str, ...]:
    """Return those of the hosts that the user hasn't agreed to."""
    return tuple(one for one in hosts_of(layers) if not access.is_allowed(one))


def agree(found: Found, key: str) -> None:
    """Remember that the user agrees to fetch a base map, and the key that was given for it.

    Raises
    ------
    LayerError
        The user's settings can't be written.
    """
    service = found[1]
    if not isinstance(service, TileService):
        return
    with _writing():
        if key and service.key_name:
            access.set_key(service.key_name, key)
        access.allow(service.host)
    service.try_again()


def allow_layers(layers: Mapping[str, Layer]) -> None:
    """Remember that the user agrees to fetch all base maps among layers; raises as `agree`."""
    with _writing():
        for host in hosts_of(layers):
            access.allow(host)
    for layer in layers.values():
        if isinstance(layer.picture, TileService):
            layer.picture.try_again()


@contextmanager
def _writing() -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise LayerError(
            "{path} can't be written: {reason}.",
            "Check that the folder can be written to.",
            path=access.access_file(),
            reason=files.reason_of(error),
        ) from error
