"""Any file of another program → its layers; zipped folders and folders too."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from sandbox import files
from sandbox.formats import recognise
from sandbox.formats.archive import unpacked
from sandbox.formats.cells import table_of
from sandbox.formats.features import Raster, Read, check_columns, no_shapes
from sandbox.formats.positions import placed
from sandbox.formats.postgis.address import address_of, is_address
from sandbox.formats.postgis.reading import read_table
from sandbox.formats.raster import read_raster
from sandbox.formats.sheets import Sheet, read_spreadsheet, read_text_table
from sandbox.formats.vector import read_vector
from sandbox.words import Text

_TABLES: Final = {".xlsx": "XLSX", ".xlsm": "XLSX", ".xls": "XLS", ".ods": "ODS", ".tsv": "TSV"}
# Those that go with another file.
_PARTS: Final = frozenset(
    (".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".xml", ".qix", ".aux", ".ovr", ".tfw", ".jgw",
     ".pgw", ".bpw", ".wld", ".qml", ".sld", ".lyr", ".qmd", ".atx", ".ixs", ".mxs", ".txt", ".md",
     ".pdf", ".doc", ".docx", ".png", ".jpg", ".jpeg", ".htm", ".html", ".ini", ".db", ".fix")
)  # fmt: skip


def read(path: Path, layer: str | None = None, position: Sequence[str] = ()) -> list[Read]:
    """Return the layers of a file, as they stand there.

    Parameters
    ----------
    path
        A file, a folder of a file geodatabase, a zipped folder, or the address of a database.
    layer
        Only the layer, sheet or table of this name.
    position
        Columns of a table that say where its rows lie, where their names don't: eastings and
        northings, or one column.

    Raises
    ------
    files.Unreadable
        It can't be read, or is a raster; a hint says what to do where that is known.
    """
    if is_address(path):
        address = address_of(path)
        return [read_table(address if layer is None else replace(address, table=layer))]
    kind = recognise.recognised(path)
    match kind:
        case recognise.ARCHIVE | recognise.KMZ:
            found = _zipped(path, kind, layer, position)
        case recognise.FOLDER:
            raise files.Unreadable(Text("it is a folder"))
        case recognise.RASTER:
            read_raster(path)
            raise files.Unreadable(
                Text("it is a raster without features"),
                hint=Text(
                    "Put it on the map with sandbox layers import; give elevation data with --dem "
                    "when streets are built."
                ),
            )
        case recognise.DXF:
            from sandbox.formats.drawing import read_drawing  # slow, and few files are drawings

            found = [read_drawing(path)]
        case recognise.TEXT_TABLE | recognise.SPREADSHEET:
            found = _tables(path, kind, layer, position)
        case _:
            found = [placed(one, position) for one in read_vector(path, kind, layer)]
    if not found:
        raise files.Unreadable(Text("it contains no features"))
    return found


def raster(path: Path) -> Raster | None:
    """Return what a raster is and where it lies; None where a file is no raster.

    Raises
    ------
    files.Unreadable
        It can't be read, or lies nowhere.
    """
    if is_address(path):
        return None
    return read_raster(path) if recognise.recognised(path) == recognise.RASTER else None


def within(folder: Path) -> list[Path]:
    """Return the files of a folder, and of those in it, that may hold layers, in their order."""
    if recognise.recognised(folder) == recognise.GEODATABASE:
        return [folder]
    found: list[Path] = []
    for one in sorted(folder.iterdir()):
        if one.name.startswith((".", "~$")):
            continue
        if one.is_dir():
            found += within(one)
        elif one.suffix.lower() not in _PARTS and one.is_file():
            found.append(one)
    return found


def _zipped(path: Path, kind: str, layer: str | None, position: Sequence[str]) -> list[Read]:
    found: list[Read] = []
    faults: list[files.Unreadable] = []
    with unpacked(path) as folder:
        inside = within(folder)
        if kind == recognise.KMZ:
            # The first file at the top is the document (KMZ, section "doc.kml").
            inside = [one for one in inside if one.suffix.lower() == ".kml"][:1]
        for one in inside:
            try:
                if recognise.recognised(one) == recognise.ARCHIVE:
                    raise files.Unreadable(Text("an archive in an archive isn't read"))
                parts = read(one, layer, position)
            except files.Unreadable as error:
                name = one.relative_to(folder).as_posix()
                told = Text("{file}: {reason}", {"file": name, "reason": error.reason})
                faults.append(files.Unreadable(told, hint=error.hint))
                continue
            found += [replace(part, path=path, name=_renamed(part, path, kind)) for part in parts]
    if not found:
        raise faults[0] if faults else files.Unreadable(Text("it contains no features"))
    told = [Text("Skipped in {file}: {reason}.", {"file": path.name, "reason": one.reason})
            for one in faults]  # fmt: skip
    return [found[0].noting(*told), *found[1:]]


def _renamed(part: Read, path: Path, kind: str) -> str:
    return path.stem if kind == recognise.KMZ else part.name


def _tables(path: Path, kind: str, layer: str | None, position: Sequence[str]) -> list[Read]:
    sheets = read_text_table(path) if kind == recognise.TEXT_TABLE else read_spreadsheet(path)
    if layer is not None and len(sheets) > 1:
        named = [one for one in sheets if one.name == layer]
        if not named:
            values = {"layer": layer, "layers": ", ".join(one.name for one in sheets)}
            raise files.Unreadable(Text("it has no layer “{layer}”, but {layers}", values))
        sheets = named
    default = "XLSX" if kind == recognise.SPREADSHEET else "CSV"
    called = _TABLES.get(path.suffix.lower(), default)
    made = [_table(path, sheet, called, len(sheets) > 1, position) for sheet in sheets]
    held = [one for one in made if one is not None]
    if not held:
        raise files.Unreadable(Text("it contains no rows"))
    # Sheets that say where their rows lie are the layers; the others explain them.
    lying = [one for one in held if one.sources]
    if lying and len(lying) < len(held):
        others = ", ".join(one.name for one in held if not one.sources)
        told = Text("Sheets without positions are skipped: {sheets}.", {"sheets": others})
        return [lying[0].noting(told), *lying[1:]]
    return held


def _table(
    path: Path, sheet: Sheet, called: str, several: bool, position: Sequence[str]
) -> Read | None:
    found = table_of(sheet)
    if found is None:
        return None
    check_columns(len(found.table.columns))
    name = sheet.name if several and sheet.name else path.stem
    read_ = Read(
        path,
        name,
        called,
        found.table,
        no_shapes(len(found.table)),
        rows=found.rows,
        notes=tuple(found.notes),
        encoding=sheet.encoding,
    )
    usable = position if all(one in found.table.columns for one in position) else ()
    return placed(read_, usable)
