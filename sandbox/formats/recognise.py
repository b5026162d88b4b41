"""What a file is, by what it begins with; its ending counts only where that says nothing."""

from pathlib import Path
from typing import Final, NamedTuple

from sandbox import files
from sandbox.words import Text

SHAPEFILE, GEODATABASE, GEOPACKAGE = "Shapefile", "FileGDB", "GeoPackage"
GEOJSON, KML, KMZ, DXF = "GeoJSON", "KML", "KMZ", "DXF"
FLATGEOBUF, PARQUET = "FlatGeobuf", "GeoParquet"
TEXT_TABLE, SPREADSHEET, RASTER, ARCHIVE = "CSV", "spreadsheet", "raster", "ZIP"
FOLDER: Final = "folder"

_HEAD_BYTES: Final = 4096


class Foreign(NamedTuple):
    """A kind of file that isn't read, and what makes of it one that is."""

    reason: Text
    hint: Text


_DWG: Final = Foreign(
    Text("it is a DWG drawing, which isn't supported"),
    Text(
        "Save it as DXF: in AutoCAD or ZWCAD with “Save as”, or with the free ODA File Converter."
    ),
)
_DGN: Final = Foreign(
    Text("it is a DGN drawing, which isn't supported"),
    Text("Save it as DXF in MicroStation."),
)
_OTHER: Final = Foreign(
    Text("it is map data in a format that isn't supported"),
    Text("Open it in QGIS and save it as a GeoPackage."),
)
_OSM: Final = Foreign(
    Text("it is OpenStreetMap data"),
    Text("Build streets from it: sandbox network build FILE.osm.pbf -o FILE.sandnet"),
)
_PACKED: Final = Foreign(
    Text("it is an archive of a kind that isn't supported"),
    Text("Unpack it, or pack it as ZIP."),
)
_DOCUMENT: Final = Foreign(
    Text("it is a document or an image without geometry"),
    Text("Give the file from which it was made: a Shapefile, GeoPackage, DXF or table."),
)
_BESIDE: Final = Foreign(
    Text("it is one part of a Shapefile"),
    Text("Give the .shp file, and keep this file beside it."),
)
_WORKBOOK: Final = Foreign(
    Text("it is a spreadsheet of a kind that isn't supported"),
    Text("Save it as XLSX."),
)
_FOREIGN: Final[tuple[tuple[Foreign, tuple[str, ...]], ...]] = (
    (_DWG, (".dwg",)),
    (_DGN, (".dgn",)),
    (_OTHER, (".gml", ".tab", ".mif", ".mid", ".mdb", ".topojson", ".e00", ".gpx", ".mbtiles")),
    (_OSM, (".osm", ".o5m", ".osc", ".pbf")),
    (_PACKED, (".rar", ".7z", ".tar", ".tgz", ".gz", ".bz2", ".xz")),
    (_DOCUMENT, (".pdf", ".svg", ".doc", ".docx", ".ppt", ".pptx", ".wps", ".html", ".htm")),
    (_BESIDE, (".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx")),
    (_WORKBOOK, (".et", ".xlsb", ".numbers")),
)
_BY_ENDING: Final = {one: foreign for foreign, every in _FOREIGN for one in every}
_BEGINS: Final[tuple[tuple[bytes, str | Foreign], ...]] = (
    (b"\x00\x00\x27\x0a", SHAPEFILE),
    (b"SQLite format 3\x00", GEOPACKAGE),
    (b"fgb\x03fgb", FLATGEOBUF),
    (b"PAR1", PARQUET),
    (b"AutoCAD Binary DXF", DXF),
    (b"II*\x00", RASTER),
    (b"MM\x00*", RASTER),
    (b"II+\x00", RASTER),
    (b"MM\x00+", RASTER),
    (b"\x89PNG", RASTER),
    (b"\xff\xd8\xff", RASTER),
    (b"BM", RASTER),
    (b"AC10", _DWG),
    (b"%PDF", _DOCUMENT),
    (b"\x1f\x8b", _PACKED),
    (b"Rar!", _PACKED),
    (b"7z\xbc\xaf", _PACKED),
    (b"BZh", _PACKED),
)
_WORD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_EXCEL: Final = (".xls", ".et", ".xlt")
_GRIDS: Final = (".asc", ".img", ".hgt", ".vrt", ".tif", ".tiff")
_TABLES: Final = (".csv", ".tsv", ".txt", ".xls", ".xlsx", ".ods", ".tab", "")
# Programs of GDAL in a text, which would have it read, or write, other files.
_PROGRAMS: Final = (b"gdal_streamed_alg", b"<OGRVRT", b"<VRTDataset", b"<GDAL_WMS")
ENDINGS: Final = frozenset(
    (".shp", ".gdb", ".gpkg", ".geojson", ".json", ".geojsonl", ".geojsons", ".jsonl", ".ndjson",
     ".kml", ".kmz", ".dxf", ".fgb", ".parquet", ".geoparquet", ".csv", ".tsv", ".txt", ".xlsx",
     ".xlsm", ".xls", ".ods", ".tif", ".tiff", ".png", ".jpg", ".jpeg", ".bmp", ".asc", ".zip")
)  # fmt: skip


def recognised(path: Path) -> str:
    """Return what a file is: one of the names above.

    Raises
    ------
    files.Unreadable
        It isn't there, is no ordinary file, is empty, or of a kind that isn't read: the hint
        says what makes of it one that is.
    """
    ending = path.suffix.lower()
    if path.is_dir():
        if ending == ".gdb" or any(path.glob("*.gdbtable")):
            return GEODATABASE
        return FOLDER
    files.check_ordinary(path)
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    for begin, kind in _BEGINS:
        if head.startswith(begin):
            return _kept(kind)
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _kept(_of_archive(path))
    if head.startswith(_WORD):
        return _kept(SPREADSHEET if ending in _OLE_EXCEL else _DOCUMENT)
    return _kept(_of_text(head, ending))


def _kept(kind: "str | Foreign") -> str:
    if isinstance(kind, Foreign):
        raise files.Unreadable(kind.reason, hint=kind.hint)
    return kind


def _of_archive(path: Path) -> "str | Foreign":
    with files.zipped(path) as packed:
        names = packed.namelist()
    if any(name.startswith("xl/") for name in names):
        return SPREADSHEET if any(name == "xl/workbook.xml" for name in names) else _WORKBOOK
    if "content.xml" in names and "mimetype" in names:
        return SPREADSHEET if path.suffix.lower() != ".odt" else _DOCUMENT
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return _DOCUMENT
    endings = {Path(name).suffix.lower() for name in names if not name.endswith("/")}
    return KMZ if ".kml" in endings and path.suffix.lower() != ".zip" else ARCHIVE


def _of_text(head: bytes, ending: str) -> "str | Foreign":
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[: len(head) // 2 * 2].decode("utf-16", "replace").encode()
    begun = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n\x1e")
    if any(program in head for program in _PROGRAMS):
        return _OTHER
    if begun[:1] in (b"{", b"[", b"<"):
        return _of_markup(begun) if begun[:1] == b"<" else GEOJSON
    # A drawing in text begins so, in lines of any width, after comments.
    words = [word for word in begun.split()[:40] if word]
    while words[:1] == [b"999"]:
        words = words[2:] if words[2:3] in ([b"999"], [b"0"]) else words[1:]
    if words[:2] == [b"0", b"SECTION"] or (ending == ".dxf" and b"SECTION" in head):
        return DXF
    table = ending in (".csv", ".tsv", ".txt") or (ending in _TABLES and _is_text(head))
    kind = RASTER if ending in _GRIDS else TEXT_TABLE if table else _BY_ENDING.get(ending)
    if kind is not None:
        return kind
    raise files.Unreadable(
        files.DAMAGED if ending in ENDINGS else Text("it is of an unknown type"),
        hint=Text("Give a Shapefile, GeoPackage, GeoJSON, DXF, KML, CSV or Excel file."),
    )


def _of_markup(begun: bytes) -> "str | Foreign":
    if b"<kml" in begun:
        return KML
    if b"<osm" in begun:
        return _OSM
    lower = begun.lower()
    # Web sites offer HTML pages as .xls files.
    if b"<html" in lower or b"<table" in lower or b"<!doctype" in lower or b"<svg" in lower:
        return _DOCUMENT
    return _OTHER


def _is_text(head: bytes) -> bool:
    return b"\x00" not in head or head[:2] in (b"\xff\xfe", b"\xfe\xff")
