"""Pictures that were copied in part: refused at once, whatever their head still says."""

import numpy as np
import pytest
import rasterio

from sandbox import files
from sandbox.formats.raster import CUT_OFF, read_raster

SIDE = 300
PLACE = rasterio.Affine(10, 0, 620_000, 0, -10, 3_270_000)


def picture(path, **made):
    """Write noise, which no packing makes small, and return the file."""
    cells = np.random.default_rng(3).integers(0, 255, (3, SIDE, SIDE), dtype=np.uint8)
    said = {"crs": "EPSG:4544", "transform": PLACE} if path.suffix == ".tif" else {}
    with rasterio.open(
        path, "w", width=SIDE, height=SIDE, count=3, dtype="uint8", **made, **said
    ) as raster:
        raster.write(cells)
    if not said:
        world = "\n".join(str(one) for one in (10, 0, 0, -10, 620_000, 3_270_000))
        path.with_suffix(".pgw" if path.suffix == ".png" else ".jgw").write_text(world, "ascii")
    return path


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("a.tif", {"driver": "GTiff"}),
        ("a.tif", {"driver": "GTiff", "tiled": True, "compress": "deflate"}),
        ("a.tif", {"driver": "GTiff", "interleave": "pixel", "compress": "lzw"}),
        ("a.tif", {"driver": "COG"}),
        ("a.png", {"driver": "PNG"}),
        ("a.jpg", {"driver": "JPEG"}),
    ],
)
def test_a_picture_that_ends_before_its_cells_is_refused(tmp_path, name, made):
    file = picture(tmp_path / name, **made)
    assert read_raster(file).size == (SIDE, SIDE)
    whole = file.read_bytes()
    for share in (0.99, 0.5):
        file.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(files.Unreadable) as told:
            read_raster(file)
        assert told.value.reason == CUT_OFF
        assert told.value.hint


def test_blocks_that_were_never_written_are_no_fault(tmp_path):
    file = tmp_path / "sparse.tif"
    with rasterio.open(
        file, "w", driver="GTiff", width=SIDE, height=SIDE, count=1, dtype="uint8", tiled=True,
        SPARSE_OK=True, crs="EPSG:4544", transform=PLACE,
    ) as raster:  # fmt: skip
        raster.write(np.ones((1, 10, 10), np.uint8), window=rasterio.windows.Window(0, 0, 10, 10))
    assert read_raster(file).size == (SIDE, SIDE)
