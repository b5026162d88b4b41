"""Files that planners have and that aren't read: named for what they are, with what to do."""

from pathlib import Path
from typing import Final, NamedTuple

from sandbox import files
from sandbox.errors import NetworkError
from sandbox.formats.postgis.address import is_address


class Foreign(NamedTuple):
    """A kind of file, and what makes of it one that is read."""

    kind: str
    hint: str


_DRAWING: Final = (
    "Open it in QGIS, choose the layers of street centre lines, and save them as a GeoPackage "
    "with their coordinate system."
)
_DWG: Final = Foreign(
    "{path} is a DWG drawing, which isn't supported.",
    "Save it as DXF first; then open that in QGIS, choose the layers of street centre lines, "
    "and save them as a GeoPackage with their coordinate system.",
)
_DXF: Final = Foreign("{path} is a DXF drawing, which isn't supported.", _DRAWING)
_GEO: Final = Foreign(
    "{path} is map data in a format that isn't supported.",
    "Open it in QGIS and save it as a GeoPackage.",
)
_TABLE: Final = Foreign(
    "{path} is a table without geometry.",
    "Join it to the street lines in QGIS, and save them as a GeoPackage.",
)
_OSM: Final = Foreign(
    "{path} is OpenStreetMap data in a format that isn't supported.",
    "Turn it into PBF with osmium-tool: osmium cat {path} -o FILE.osm.pbf",
)
_PACKED: Final = Foreign(
    "{path} is an archive.",
    "Unpack it and give the file in it; a timetable is given with --gtfs.",
)
_PICTURE: Final = Foreign(
    "{path} is an image or a document without geometry.",
    "Give the file from which it was made: a Shapefile, GeoPackage or GeoJSON file.",
)
_HEIGHTS: Final = Foreign(
    "{path} is a raster.", "Give elevation data with --dem, in addition to the file of streets."
)
_BESIDE: Final = Foreign(
    "{path} is one part of a Shapefile.", "Give the .shp file, and keep this file beside it."
)
_BY_ENDING: Final[dict[Foreign, tuple[str, ...]]] = {
    _DWG: (".dwg", ".dgn"),
    _DXF: (".dxf",),
    _GEO: (
        *(".kml", ".kmz", ".gpx", ".gml", ".tab", ".mif", ".mid", ".gdb", ".mdb", ".fgb"),
        *(".topojson", ".parquet", ".geoparquet", ".sqlite", ".e00"),
    ),
    _TABLE: (".xlsx", ".xls", ".csv", ".tsv", ".txt", ".ods", ".et"),
    _OSM: (".osm", ".o5m", ".osc", ".gz", ".bz2"),
    _PACKED: (".zip", ".rar", ".7z", ".tar", ".tgz"),
    _PICTURE: (".pdf", ".png", ".jpg", ".jpeg", ".svg", ".doc", ".docx", ".ppt", ".pptx"),
    _HEIGHTS: (".tif", ".tiff", ".img", ".asc", ".hgt"),
    _BESIDE: (".dbf", ".shx", ".prj", ".cpg"),
}
_ENDINGS: Final = {one: foreign for foreign, every in _BY_ENDING.items() for one in every}
# What files begin with, whatever they are called.
_BEGINS: Final = {
    b"AC10": _DWG,
    b"AutoCAD Binary DXF": _DXF,
    b"%PDF": _PICTURE,
    b"\x89PNG": _PICTURE,
    b"II*\x00": _HEIGHTS,
    b"MM\x00*": _HEIGHTS,
    b"PK\x03\x04": _PACKED,
    b"\x1f\x8b": _PACKED,
    b"Rar!": _PACKED,
    b"7z\xbc\xaf": _PACKED,
}
_HEAD_BYTES: Final = 1024


def refuse(path: Path, known: frozenset[str]) -> None:
    """Refuse a file that isn't read, if it is of a kind that is known.

    Parameters
    ----------
    path
        The file that was given as streets.
    known
        Endings that are read; a file of these is looked at by whoever reads it.

    Raises
    ------
    NetworkError
        It says what the file is, and what to do.
    """
    ending = path.suffix.lower()
    if ending in known or is_address(path):
        return
    foreign = _ENDINGS.get(ending)
    try:
        # A file geodatabase is a folder. Whoever reads the streets says of a pipe, a device or
        # an empty file what it is.
        if not (ending == ".gdb" and path.is_dir()):
            files.check_ordinary(path)
        if foreign is None:
            with path.open("rb") as file:
                foreign = _told(file.read(_HEAD_BYTES))
    except (files.Unreadable, OSError):
        return
    if foreign is not None:
        raise NetworkError(foreign.kind, foreign.hint, path=path)


def _told(head: bytes) -> Foreign | None:
    for begin, foreign in _BEGINS.items():
        if head.startswith(begin):
            return foreign
    if b"<osm" in head:
        return _OSM
    if b"<kml" in head or b"<gpx" in head:
        return _GEO
    # A drawing in text begins so, in lines of any width.
    return _DXF if head.split()[:2] == [b"0", b"SECTION"] else None
