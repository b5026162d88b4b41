"""A disk that takes no more: one error, the old file stays, and nothing lies beside."""

import gc
import tempfile
from contextlib import contextmanager

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QGuiApplication, QImage

from sandbox.engine.surface import Grid
from sandbox.errors import ExportError
from sandbox.export.raster import write_surfaces
from sandbox.export.sheets.document import write_pdf
from sandbox.export.sheets.sheet import Field, Report, Sheet
from sandbox.export.sheets.workbook import write_workbook
from sandbox.export.tables import write_areas, write_csv, write_layers, write_parquet

resource = pytest.importorskip("resource", reason="a system without limits for files")
ROWS = 3000
RANDOM = np.random.default_rng(5)
AREAS = gpd.GeoDataFrame(
    {"n": np.arange(ROWS)}, geometry=shapely.points(RANDOM.random((ROWS, 2))), crs="EPSG:4326"
)
TABLE = pd.DataFrame({"x": RANDOM.random(30 * ROWS)})

FIELDS = tuple(Field(name, name, form=6) for name in "abcd")
SHEET = Sheet("s", "s", FIELDS, pd.DataFrame(RANDOM.random((ROWS, 4)), columns=list("abcd")))
REPORT = Report("A report", (("fact", "told"),), (), (SHEET,), "en")


def noise_png():
    pixels = RANDOM.integers(0, 256, (400, 400, 4), dtype=np.uint8)
    held = QBuffer()
    image = QImage(pixels.tobytes(), 400, 400, QImage.Format.Format_RGB32)
    image.save(held, "PNG")
    return bytes(held.data().data())


NOISE = noise_png()


@pytest.fixture(autouse=True)
def letters(request):
    """Have Qt's letters ready, as documents need them; pages before may have started Qt."""
    if QGuiApplication.instance() is None:
        request.getfixturevalue("qapp")


def surface(path):
    values = RANDOM.random((1, 300, 300)).astype(np.float32)
    write_surfaces(path, Grid(0.0, 0.0, 10.0, 300, 300), values, "EPSG:32648", ["a"], "s", {})


WRITERS = {
    "a.geojson": lambda path: write_areas(path, AREAS),
    "a.gpkg": lambda path: write_areas(path, AREAS),
    "layers.gpkg": lambda path: write_layers(path, {"a": AREAS.head(10), "b": AREAS}),
    "a.csv": lambda path: write_csv(path, TABLE),
    "a.parquet": lambda path: write_parquet(path, TABLE),
    "a.tif": surface,
    "a.xlsx": lambda path: write_workbook(path, REPORT),
    "a.pdf": lambda path: write_pdf(path, REPORT, NOISE),
}


@contextmanager
def no_file_above(size):
    """Have the system refuse what goes beyond a size, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


# The library of workbooks leaves files open that it can't finish.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("size", [1_000, 20_000, 120_000])
@pytest.mark.parametrize("name", WRITERS)
def test_the_old_file_stays(tmp_path, name, size, monkeypatch):
    (held := tmp_path / "held").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(held))
    path = tmp_path / name
    path.write_text("old")
    with no_file_above(size), pytest.raises(ExportError, match="can't be written") as caught:
        WRITERS[name](path)
    assert len(str(caught.value)) < 400
    del caught
    gc.collect()
    held.rmdir()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", WRITERS)
def test_with_room_all_is_there(tmp_path, name):
    WRITERS[name](tmp_path / name)
    assert [file.name for file in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).stat().st_size > 120_000
