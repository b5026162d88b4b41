"""Cells of rasters as colours: palettes, grey, figures, and which cells are transparent."""

import warnings
from typing import Any, Final, NamedTuple

import numpy as np
import rasterio
import rasterio.errors
import rasterio.io
from rasterio.enums import ColorInterp, Resampling
from rasterio.windows import Window

from sandbox import files
from sandbox.imagery.picture import Rgba
from sandbox.words import Text

# A tile lies where its service says, and an image where its world file says; it isn't caught
# where it is raised, as filters of warnings are those of all threads.
warnings.filterwarnings("ignore", category=rasterio.errors.NotGeoreferencedWarning)

# Formats of tiles; nothing else is handed to a decoder.
_TILE_DRIVERS: Final = (
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"RIFF", "WEBP"),
)
_TILE_PX: Final = 2048
# Figures are shown from their 2nd to their 98th percentile, so that no single cell spoils it.
_SPREAD: Final = (2.0, 98.0)
_SEEN_PX: Final = 512


class Bands(NamedTuple):
    """Which bands of a raster are its colours.

    Attributes
    ----------
    colours
        One band, grey or of a palette, or three.
    alpha
        Band that says how opaque a cell is; 0 for none.
    palette
        Whether the one band counts in a table of colours.
    low, high
        Figures that are black and white; None where cells are colours.
    """

    colours: tuple[int, ...]
    alpha: int
    palette: bool
    low: float | None = None
    high: float | None = None


def bands_of(raster: Any) -> Bands:
    """Return which bands of an open raster are shown, and how."""
    kinds = list(raster.colorinterp)
    alpha = kinds.index(ColorInterp.alpha) + 1 if ColorInterp.alpha in kinds else 0
    palette = kinds[0] == ColorInterp.palette
    plain = [one for one in range(1, raster.count + 1) if one != alpha]
    rgb = (ColorInterp.red, ColorInterp.green, ColorInterp.blue)
    if all(one in kinds for one in rgb):
        colours = tuple(kinds.index(one) + 1 for one in rgb)
    else:
        colours = tuple(plain[:3]) if len(plain) >= 3 else tuple(plain[:1])
    if not colours:
        raise files.Unreadable(Text("it has no bands"))
    if palette or all(raster.dtypes[one - 1] == "uint8" for one in colours):
        return Bands(colours, alpha, palette)
    low, high = _spread(raster, colours)
    return Bands(colours, alpha, False, low, high)


def _spread(raster: Any, colours: tuple[int, ...]) -> tuple[float, float]:
    shrunk = max(1.0, max(raster.width, raster.height) / _SEEN_PX)
    shape = (len(colours), max(1, int(raster.height / shrunk)), max(1, int(raster.width / shrunk)))
    held = raster.read(colours, out_shape=shape, masked=True).astype(np.float64)
    seen = held.compressed()
    seen = seen[np.isfinite(seen)]
    if not len(seen):
        return 0.0, 1.0
    low, high = (float(one) for one in np.percentile(seen, _SPREAD))
    return (low, high) if high > low else (low, low + 1.0)


def colours(raster: Any, bands: Bands, window: Window | None, shape: tuple[int, int]) -> Rgba:
    """Return cells of an open raster as colours.

    Parameters
    ----------
    raster
        What rasterio opened.
    bands
        Which of its bands are shown.
    window
        Which of its cells; None for all.
    shape
        Rows and columns that come of them: coarser ones are read where the file has them.
    """
    how = Resampling.nearest if bands.palette else Resampling.average
    rgba = np.empty((*shape, 4), dtype=np.uint8)
    held = raster.read(
        bands.colours, window=window, out_shape=(len(bands.colours), *shape), resampling=how
    )
    if bands.alpha:
        seen = raster.read(bands.alpha, window=window, out_shape=shape, resampling=how)
        rgba[..., 3] = seen if seen.dtype == np.uint8 else np.where(seen > 0, 255, 0)
    else:
        rgba[..., 3] = raster.dataset_mask(window=window, out_shape=shape)
    if bands.palette:
        table = np.zeros((256, 4), dtype=np.uint8)
        for number, colour in raster.colormap(1).items():
            if 0 <= number < len(table):
                table[number] = colour
        found = table[held[0].astype(np.uint8)]
        rgba[..., :3] = found[..., :3]
        rgba[..., 3] = np.minimum(rgba[..., 3], found[..., 3])
        return rgba
    if bands.low is not None and bands.high is not None:
        figures = held.astype(np.float64)
        with np.errstate(invalid="ignore"):
            share = (figures - bands.low) / (bands.high - bands.low)
        rgba[..., 3][~np.isfinite(share).all(axis=0)] = 0
        held = (np.clip(np.nan_to_num(share), 0.0, 1.0) * 255.0).astype(np.uint8)
    rgba[..., :3] = np.moveaxis(held, 0, -1)
    return rgba


def tile_colours(content: bytes) -> Rgba | None:
    """Return a tile's picture as colours; None for what is no picture, or too large a one."""
    driver = next((name for begin, name in _TILE_DRIVERS if content.startswith(begin)), None)
    if driver is None:
        return None
    try:
        with (
            rasterio.io.MemoryFile(content) as memory,
            memory.open(driver=driver) as raster,
        ):
            if max(raster.width, raster.height) > _TILE_PX:
                return None
            return colours(raster, bands_of(raster), None, (raster.height, raster.width))
    except (rasterio.errors.RasterioError, files.Unreadable, ValueError, MemoryError):
        return None
