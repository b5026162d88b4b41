"""What draws, compiled beforehand, so that the first picture doesn't wait for it."""

from sandbox.draw.raster import band_fill, line_raster
from sandbox.draw.sandtable import table


def compile_kernels() -> None:
    """Compile every kernel, or read it from disk where an earlier start compiled it."""
    band_fill.compile_kernels()
    line_raster.compile_kernels()
    table.compile_kernels()
