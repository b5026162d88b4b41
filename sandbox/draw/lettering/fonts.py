"""The map's typeface: one Chinese face, regular weight only."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from sandbox.errors import SandboxError

FAMILY: Final = "Noto Sans CJK SC"


@cache
def load() -> str:
    """Make the shipped typeface known to Qt and return its family.

    A QGuiApplication must run. Text steps up by size or ink, never by weight: the
    face has one weight, and a synthesised bold closes the counters of dense characters.

    Raises
    ------
    SandboxError
        The font file is missing or Qt can't read it.
    """
    if FAMILY in QFontDatabase.families():
        return FAMILY
    spec = find_spec("noto_cjk_sans_otc")
    folders = [Path(where) for where in (spec.submodule_search_locations or ())] if spec else []
    files = [file for folder in folders for file in sorted(folder.rglob("*.ttc"))]
    if not files or QFontDatabase.addApplicationFont(str(files[0])) < 0:
        raise SandboxError(
            "The font {family} can't be loaded",
            "Install the package noto-cjk-sans-otc again.",
            family=FAMILY,
        )
    return FAMILY


def font(size_px: float) -> QFont:
    """Return the map's face at a size in pixels; fractions are kept."""
    face = QFont(load())
    face.setPixelSize(max(1, round(size_px)))
    face.setWeight(QFont.Weight.Normal)
    face.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return face
