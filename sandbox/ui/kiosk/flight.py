"""Flights of the camera: the ground before glides into the ground after.

Only ground flies: answers and names fade out before it does, and in after it has landed.
Tiles belong to one scale, so a flight moves two finished pictures instead of painting the
map anew at every step.
"""

import math
from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QElapsedTimer, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QLinearGradient, QPainter

from sandbox.app.state import MapState, View
from sandbox.draw.theme import tokens
from sandbox.geo.crs import to_lonlat, to_metric
from sandbox.ui.kiosk.lettering import ink

# Flights of this length or more take longest: widths of the screen plus doublings of the scale.
_FAR: Final = 3.0
# At which share of the flight the next picture begins to show.
_SHOWS_FROM: Final = 0.2
_SOFT_EDGE: Final = 0.16
# How long what lies over the ground takes to fade out, and to fade in.
FADE_MS: Final = 200.0


class Flight:
    """One flight between two views.

    Parameters
    ----------
    ground
        Paints the ground before; it is called when the ground is first seen.
    before, after
        Where the camera was, and where it goes.
    crs
        Metric system of the ground.
    size_px
        The screen in design pixels.
    whole
        The ground before with the answers and names that lay over it.

    Attributes
    ----------
    airborne, landed
        Whether its first frame is painted, and its last one.
    there
        Whether the picture after is there with all its tiles.
    """

    def __init__(  # noqa: PLR0917
        self,
        ground: Callable[[], QImage],
        before: View,
        after: View,
        crs: str,
        size_px: tuple[float, float],
        whole: QImage | None = None,
    ) -> None:
        self.after = after
        self.airborne = self.there = self.landed = False
        self._flown = QElapsedTimer()
        self._ground, self._old, self._new = ground, QImage(), QImage()
        self._whole = QImage() if whole is None else whole
        self._before, self._crs, self._size = before, crs, size_px
        self._from = to_metric(before.center_lonlat, crs)
        self._to = to_metric(after.center_lonlat, crs)
        motion = tokens()["motion"]
        least, most = float(motion["camera_min"]), float(motion["camera_max"])
        east, north = self._to[0] - self._from[0], self._to[1] - self._from[1]
        wide_m = max(before.m_per_px, after.m_per_px) * size_px[0]
        zoomed = abs(math.log2(after.m_per_px / before.m_per_px))
        self.length_ms = least + (most - least) * min(
            1.0, (math.hypot(east, north) / wide_m + zoomed) / _FAR
        )

    def elapsed_ms(self) -> int:
        """Return for how long it has flown; it begins with its first frame."""
        if not self.airborne:
            self._flown.start()
        return self._flown.elapsed() if self.airborne else 0

    @property
    def arrives(self) -> bool:
        """Whether it has a picture after."""
        return not self._new.isNull()

    def arrive(self, image: QImage) -> None:
        """Take the picture after, as it is now; its edges are made soft where it comes nearer."""
        self._new = image
        if self.after.m_per_px < self._before.m_per_px:
            _soften(self._new)

    def view(self, share: float) -> View:
        """Return where the camera is after a share of the flight: slow at both ends."""
        eased = share * share * (3.0 - 2.0 * share)
        m0, m1 = self._before.m_per_px, self.after.m_per_px
        m_per_px = m0 * (m1 / m0) ** eased
        # The map moves as its scale changes, so that one point of it stays in place.
        along = eased if abs(m1 - m0) < 1e-6 * m0 else (m0 - m_per_px) / (m0 - m1)
        x = self._from[0] + (self._to[0] - self._from[0]) * along
        y = self._from[1] + (self._to[1] - self._from[1]) * along
        lon, lat = to_lonlat((x, y), self._crs)
        return View((float(lon), float(lat)), m_per_px)

    def paint(self, painter: QPainter, share: float) -> None:
        """Paint the flight after a share of it, in design pixels.

        At its beginning what was there is painted and nothing more: it answers a touch.
        """
        self.airborne = True
        now = self.view(share)
        if share <= 0.0 and not self._whole.isNull():
            painter.drawImage(self._place(self._before, now), self._whole)
            return
        if self._old.isNull():
            self._old = self._ground()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(QRectF(0, 0, *self._size), ink("ground"))
        painter.drawImage(self._place(self._before, now), self._old)
        if not self._new.isNull():
            since = max(0.0, (share - _SHOWS_FROM) / (1.0 - _SHOWS_FROM))
            painter.setOpacity(min(1.0, 1.4 * since))
            painter.drawImage(self._place(self.after, now), self._new)
        gone = share * self.length_ms / FADE_MS
        if gone < 1.0 and not self._whole.isNull():
            painter.setOpacity(1.0 - gone)
            painter.drawImage(self._place(self._before, now), self._whole)
        painter.restore()

    def veil(self, painter: QPainter, elapsed_ms: float) -> bool:
        """Paint the bare ground over the map that it has landed on, fainter by the time since.

        Return whether any of it is left.
        """
        since_ms = elapsed_ms - self.length_ms
        if self._new.isNull() or since_ms >= FADE_MS:
            return False
        painter.save()
        painter.setOpacity(1.0 - max(0.0, since_ms) / FADE_MS)
        painter.drawImage(QRectF(0, 0, *self._size), self._new)
        painter.restore()
        return True

    def _place(self, of: View, now: View) -> QRectF:
        """Return where the picture of a view lies on the screen now."""
        x0, y0 = to_metric(of.center_lonlat, self._crs)
        x1, y1 = to_metric(now.center_lonlat, self._crs)
        scale = of.m_per_px / now.m_per_px
        size = QSizeF(self._size[0] * scale, self._size[1] * scale)
        middle = QPointF(
            self._size[0] / 2 + (x0 - x1) / now.m_per_px,
            self._size[1] / 2 - (y0 - y1) / now.m_per_px,
        )
        return QRectF(middle - QPointF(size.width() / 2, size.height() / 2), size)


class Before:
    """The map as it was before the camera flies: its ground, and what lay over it.

    Parameters
    ----------
    ground
        Paints the bare ground of a state.
    whole
        Paints the map as it is now.
    """

    def __init__(self, ground: Callable[[MapState], QImage], whole: Callable[[], QImage]) -> None:
        self._ground, self._whole = ground, whole
        self._seen: tuple[MapState, QImage] | None = None
        self._old: tuple[Callable[[], QImage], QImage | None, View] | None = None

    def seen(self, state: MapState) -> QImage:
        """Return the map as it is now, and keep it.

        Under a finger on a button it is painted so: what that lets go of may fly from here, and
        to paint the map twice was half of the time of the slowest touches.
        """
        self._seen = state, self._whole()
        return self._seen[1]

    def forget_seen(self) -> None:
        """Let go of the picture that was seen."""
        self._seen = None

    def keep(self, state: MapState, *, flies: bool) -> None:
        """Keep what is on the map, to fly from; its ground is painted when it is first seen.

        On a map that flies already, answers and names aren't shown yet.
        """
        ground = partial(self._ground, state)
        if state.document.view.tilt_deg > 0.0:
            # A table has no tiles that stay: its picture will be another one.
            ground = partial(QImage, ground())
        if self._seen is not None and self._seen[0] is state:
            whole = self._seen[1]
        else:
            whole = None if flies else self._whole()
        self._old = ground, whole, state.document.view

    def take(self) -> tuple[Callable[[], QImage], QImage | None, View] | None:
        """Return what was kept, once: its ground, the whole of it, and the view of it."""
        old, self._old = self._old, None
        return old


def _soften(image: QImage) -> None:
    """Let a picture's four edges fade out."""
    dpr = image.devicePixelRatio()
    wide, high = image.width() / dpr, image.height() / dpr
    painter = QPainter(image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    for end in (QPointF(wide, 0.0), QPointF(0.0, high)):
        fade = QLinearGradient(QPointF(0.0, 0.0), end)
        for at, alpha in ((0.0, 0.0), (_SOFT_EDGE, 1.0), (1.0 - _SOFT_EDGE, 1.0), (1.0, 0.0)):
            fade.setColorAt(at, ink("panel", alpha))
        painter.fillRect(QRectF(0, 0, wide, high), fade)
    painter.end()


def blank(width: int, height: int, dpr: float) -> QImage:
    """Return an empty picture for the map before or after."""
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(dpr)
    image.fill(Qt.GlobalColor.transparent)
    return image


def painted(size: QSize, dpr: float, scale: float, paint: Callable[[QPainter], None]) -> QImage:
    """Return a picture of a window's size; what paints it knows design pixels only."""
    image = blank(round(size.width() * dpr), round(size.height() * dpr), dpr)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    paint(painter)
    painter.end()
    return image
