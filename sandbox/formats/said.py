"""Files of places and lines as people write them: with a layer and a coordinate system."""

from pathlib import Path
from typing import Final, NamedTuple

from sandbox.formats.postgis.address import address_of, is_address, split_layer

_AT: Final = "@"
_LAYER: Final = ":"


class Said(NamedTuple):
    """A file of places as people write it: ``FILE``, ``FILE:LAYER``, ``FILE@CRS`` or all three."""

    path: Path
    layer: str | None = None
    crs: str | None = None

    @property
    def called(self) -> str:
        """Return what the places are called in tables: by the layer, else by the file."""
        if self.layer is not None or not is_address(self.path):
            return self.layer or self.path.stem
        return address_of(self.path).title


def file_said(text: str) -> Said:
    """Return the file, its layer and its coordinate system that a text names.

    As ``city.gpkg:clinics`` and ``clinics.xlsx@gcj02``. A file that is there by the whole text
    is that file. A table of a database is named in the same way, or by ``?table=`` in its address.
    """
    if is_address(text):
        address, table, system = split_layer(text)
        return Said(Path(address), table or None, system or None)
    if Path(text).exists():
        return Said(Path(text))
    rest, at, crs = text.rpartition(_AT)
    if not at:
        rest, crs = text, ""
    path, layer = rest, ""
    if not Path(rest).exists():
        before, colon, after = rest.rpartition(_LAYER)
        if colon and Path(before).suffix:
            path, layer = before, after
    return Said(Path(path), layer or None, crs or None)
