"""What draws, compiled beforehand, so that the first picture doesn't wait for it."""

from sandbox.draw.raster import ink, wash


def compile_kernels() -> None:
    """Compile every kernel, or read it from disk where an earlier start compiled it."""
    ink.compile_kernels()
    wash.compile_kernels()
