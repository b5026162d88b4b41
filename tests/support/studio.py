"""Pictures of a kiosk's scenes, taken as the program takes them, and how alike two of them are.

Two pictures are alike where people would say so: both are averaged over blocks of a few
pixels in CIELAB, and blocks differ by their distance there (ΔE 1976). Averaging forgives
another edge of a letter and a lossy file; what is missing, in another place or in another
language is too large for it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job, Jobs
from sandbox.app.kiosk.scenes.playable import playable
from sandbox.app.kiosk.show import Show
from sandbox.app.opening import open_atlas
from sandbox.app.session import Session
from sandbox.app.settings import Settings
from sandbox.catalog.scenes import load_scenes
from sandbox.ui.kiosk.picture import kiosk_window, picture
from sandbox.ui.kiosk.run import begun
from sandbox.ui.kiosk.window import KioskWindow
from sandbox.ui.post import Post
from sandbox.ui.screenshot import until
from sandbox.ui.start import application
from sandbox.words import Language

REFERENCES: Final = Path(__file__).parents[1] / "references"
SIZES: Final = ((1080, 1920), (1920, 1080), (3840, 2160), (7680, 2160))
# A scene's later steps change its card and layers, not its layout: one size shows them.
STEPS_AT: Final = (1920, 1080)
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
WIDEST_PX: Final = {True: 540, False: 640}
BLOCK_PX: Final = 8
# Blocks this far apart are told apart at a glance; so large a part of them may be.
APART: Final = 5.0
ALLOWED: Final = 0.003
_QUALITY: Final = 88

# Linear sRGB to XYZ under D65 (IEC 61966-2-1); rows add up to the white point.
_TO_XYZ: Final = np.array([
    [0.4124564, 0.3575761, 0.1804375],
    [0.2126729, 0.7151522, 0.0721750],
    [0.0193339, 0.1191920, 0.9503041],
])  # fmt: skip


class Look(NamedTuple):
    """One picture: a scene's step, from 1, in a language on a screen."""

    scene: str
    step: int
    language: Language
    size: tuple[int, int]

    @property
    def name(self) -> str:
        step = f"-{self.step}" if self.step > 1 else ""
        return f"{self.scene}{step}-{self.language}-{self.size[0]}x{self.size[1]}"

    @property
    def file(self) -> Path:
        return REFERENCES / f"{self.name}.webp"


def looks() -> list[Look]:
    """Return every picture there is a reference of, in an order that is quick to take."""
    return list(_looks())


def _looks() -> Iterator[Look]:
    shipped = load_scenes().scenes
    for size in SIZES:
        for scene in shipped:
            last = scene.steps if size == STEPS_AT else 1
            for step in range(1, max(1, last) + 1):
                for language in LANGUAGES:
                    yield Look(scene.id, step, language, size)


class Studio:
    """One window with the shipped scenes, in which nothing moves by itself."""

    def __init__(self, atlas: Atlas) -> None:
        self._post = Post()
        self._jobs = Jobs(self._post)
        self._atlas = atlas
        self._begin()

    def _begin(self) -> None:
        good, faults = playable(load_scenes().scenes, self._atlas)
        assert not faults
        self.show = Show(good, "zh")
        self.session = Session(self._atlas, begun(self._atlas, Settings(), "zh"))
        self.window = kiosk_window(self.show, self.session, self._jobs)

    def take(self, look: Look) -> QImage:
        """Return a picture, as small as references are.

        Its window is a new one: names stay where they stood, so a picture of the same window
        would look as what was shown before has it.
        """
        self.window.leave()
        self._begin()
        self._put_on(look)
        return self.again(look.size)

    def set_up(self, look: Look) -> KioskWindow:
        """Return the window in which all of a picture has its place, with no ground painted."""
        self._put_on(look)
        window = self.window
        with_tiles, window._map._flat.complete = window._map._flat.complete, _nothing
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        window.resize(*look.size)
        window.show()
        until(lambda: not self._jobs.busy)
        window.complete()
        QApplication.processEvents()
        window.complete()
        window._map._flat.complete = with_tiles
        return window

    def _put_on(self, look: Look) -> None:
        self.show.do("scene", look.scene)
        self.show.do("language", look.language)
        if self.show.scene.steps:
            self.show.do("stage", str(look.step))

    def again(self, size: tuple[int, int]) -> QImage:
        """Return a picture of what is on now."""
        return small(picture(self.window, self._jobs, size))

    def close(self) -> None:
        """End window and threads."""
        self.window.leave()
        self._jobs.close()
        self._post.close()


def _nothing(*_: object) -> None:
    """Do nothing."""


def shipped_atlas() -> Atlas:
    """Return the shipped data, opened as the program opens them."""
    application("zh")
    return open_atlas(None, Settings(), Job("opening", lambda _: None))


def small(taken: QImage) -> QImage:
    """Return a picture as wide as references are."""
    width = WIDEST_PX[taken.height() > taken.width()]
    return taken.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)


def keep(taken: QImage, file: Path) -> None:
    """Write a reference."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert taken.save(buffer, "WEBP", _QUALITY)  # type: ignore[call-overload]
    file.write_bytes(held.data())


def apart(taken: QImage, reference: QImage) -> float:
    """Return `between` of two pictures."""
    return between(blocks(taken), blocks(reference))


def between(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Return which part of two pictures' blocks differ at a glance, 0 to 1; 1 of other sizes."""
    if one.shape != other.shape:
        return 1.0
    return float((np.linalg.norm(one - other, axis=-1) > APART).mean())


def pixels(image: QImage) -> NDArray[np.uint8]:
    """Return a picture as red, green, blue, shape (height, width, 3)."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    raw = np.frombuffer(plain.constBits(), np.uint8)
    return raw.reshape(plain.height(), plain.width(), 4)[..., 2::-1].copy()


def blocks(image: QImage) -> NDArray[np.float64]:
    """Return the mean CIELAB of a picture's blocks, shape (rows, columns, 3)."""
    code = pixels(image) / 255.0
    light = np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)
    high, wide = (side // BLOCK_PX for side in light.shape[:2])
    cut = lab(light[: high * BLOCK_PX, : wide * BLOCK_PX])
    return cut.reshape(high, BLOCK_PX, wide, BLOCK_PX, 3).mean((1, 3))


def lab(light: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return CIELAB (CIE 15:2004) of linear sRGB, both (…, 3)."""
    xyz = light @ _TO_XYZ.T / _TO_XYZ.sum(axis=1)
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.stack(
        [116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1
    )
