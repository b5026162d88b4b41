import numpy as np
import pytest
import rasterio
from rasterio.windows import Window

from sandbox.engine.surface import Grid
from sandbox.errors import ExportError
from sandbox.export.raster import write_surfaces

GRID = Grid(600_000.0, 3_270_000.0, 10.0, 700, 600)
VALUES = np.arange(2 * 600 * 700, dtype=np.float32).reshape(2, 600, 700)


def written(path):
    values = VALUES.copy()
    values[0, 0, 0] = np.nan
    write_surfaces(path, GRID, values, "EPSG:32648", ["a", "学校"], "min", {"mode": "walk"})
    return values


def test_each_point_is_the_middle_of_its_pixel(tmp_path):
    values = written(tmp_path / "a.tif")
    with rasterio.open(tmp_path / "a.tif") as file:
        assert file.crs.to_epsg() == 32648
        assert (file.count, file.width, file.height) == (2, 700, 600)
        for row, column in ((0, 0), (599, 699), (17, 400)):
            x, y = GRID.west + 10 * column, GRID.south + 10 * row
            (got,) = file.sample([(x, y)])
            np.testing.assert_array_equal(got, values[:, row, column])
        assert np.isnan(file.nodata)
        assert file.descriptions == ("a", "学校")
        assert file.units == ("min", "min")
        assert file.tags()["mode"] == "walk"


def test_it_is_laid_out_for_reading_over_a_network(tmp_path):
    written(tmp_path / "a.tif")
    with rasterio.open(tmp_path / "a.tif") as file:
        assert file.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert file.block_shapes[0] == (512, 512)
        assert [p.name for p in tmp_path.iterdir()] == ["a.tif"]
        assert file.overviews(1)
        part = file.read(2, window=Window(3, 4, 5, 6))
    np.testing.assert_array_equal(part, VALUES[1, ::-1][4:10, 3:8])


def test_nothing_is_left_where_it_can_not_be_written(tmp_path):
    with pytest.raises(ExportError, match="doesn't exist"):
        written(tmp_path / "missing" / "a.tif")
    (tmp_path / "folder.tif").mkdir()
    with pytest.raises(ExportError, match="is a folder"):
        written(tmp_path / "folder.tif")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder.tif"]
