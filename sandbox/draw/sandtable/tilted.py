"""A tilted view of the ground over its relief: from metres to pixels, and back."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.app.state import View
from sandbox.draw.ground.relief import Relief
from sandbox.draw.sandtable.camera import Camera
from sandbox.draw.viewport import Viewport
from sandbox.geo.crs import to_metric

Doubles = npt.NDArray[np.float64]

# Points along a line of sight at which the ground is looked up.
_SAMPLES: Final = 1024
# What rises before a place by less than this hides nothing of it.
_SLACK_M: Final = 12.0
# Where the middle of the picture has no relief, the ground is flat.
FLAT: Final = Relief(np.zeros((2, 2), dtype=np.float32), 0.0, 0.0, 1e7)


@dataclass(frozen=True)
class Tilted(Viewport):
    """A window of logical pixels on the ground as it lies over its relief.

    Attributes
    ----------
    camera
        From where it is seen, in logical pixels.
    relief
        Heights.
    """

    camera: Camera
    relief: Relief

    @staticmethod
    def over(
        relief: Relief, view: View, crs: str, size_px: tuple[float, float], dpr: float
    ) -> "Tilted":
        """Return the viewport of a tilted view over a relief."""
        x, y = to_metric(view.center_lonlat, crs)
        camera = Camera(
            (float(x), float(y), relief.height_m((float(x), float(y)))),
            view.m_per_px,
            view.tilt_deg,
            view.bearing_deg,
            view.exaggeration,
            round(size_px[0]),
            round(size_px[1]),
        )
        middle = float(x), float(y)
        return Tilted(crs, middle, view.m_per_px, size_px[0], size_px[1], dpr, camera, relief)

    @staticmethod
    def on_level_ground(view: View, crs: str, size_px: tuple[float, float]) -> Viewport:
        """Return a view's viewport, tilted or flat, as if the ground had no heights."""
        if view.tilt_deg > 0.0:
            return Tilted.over(FLAT, view, crs, size_px, 1.0)
        return Viewport.of(view, crs, size_px, 1.0)

    @cached_property
    def _levels(self) -> tuple[float, float]:
        return float(self.relief.heights.min()), float(self.relief.heights.max())

    @cached_property
    def _box(self) -> tuple[float, float, float, float]:
        near, far = self.camera.depths(*self._levels)
        corners = [
            self.camera.line_at((x, 0.0), np.array([near, far]))[0] for x in (0.0, self.width_px)
        ]
        xy = np.concatenate(corners)
        (west, south), (east, north) = xy.min(axis=0), xy.max(axis=0)
        return float(west), float(south), float(east), float(north)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north of the box about what is seen, in metres."""
        return self._box

    @property
    def slant(self) -> Hashable:
        """The camera."""
        return self.camera

    @property
    def bearing_deg(self) -> float:
        """The compass direction that is up."""
        return self.camera.bearing_deg

    def px(self, xy: npt.ArrayLike) -> Doubles:
        """Return logical pixels of metric points on the ground, shape ``(..., 2)``."""
        points = np.asarray(xy, dtype=np.float64)
        heights = self.relief.heights_at(points)
        return self.camera.px(np.concatenate([points, heights[..., None]], axis=-1))[..., :2]

    def xy(self, px: npt.ArrayLike) -> Doubles:
        """Return the metric points that logical pixels show, shape ``(..., 2)``.

        It is the first ground that the line of sight meets; above all ground, the farthest.
        """
        points = np.asarray(px, dtype=np.float64)
        flat = [self._met((float(x), float(y))) for x, y in points.reshape(-1, 2)]
        return np.array(flat).reshape(points.shape)

    def hidden(self, xy: Doubles) -> npt.NDArray[np.bool_]:
        """Return which points on the ground, shape ``(n, 2)``, lie behind higher ground."""
        if not len(xy):
            return np.zeros(0, dtype=np.bool_)
        own = self.relief.heights_at(xy)
        eye = np.array(self.camera.eye)
        along = np.linspace(0.0, 1.0, 160)[None, 3:-1]
        # Towards the eye; heights as they are drawn, stretched.
        at = xy[:, None, :] + (eye[:2] - xy)[:, None, :] * along[..., None]
        stretch = self.camera.exaggeration
        sight = own[:, None] * stretch + (eye[2] - own * stretch)[:, None] * along
        over = self.relief.heights_at(at) * stretch - sight
        return (over > _SLACK_M * stretch).any(axis=1)

    def _met(self, px: tuple[float, float]) -> Doubles:
        near, far = self.camera.depths(*self._levels)
        # Even in one over the depth, which is even in rows of the picture.
        depths = 1.0 / np.linspace(1.0 / near, 1.0 / far, _SAMPLES)
        for _ in range(3):
            xy, up = self.camera.line_at(px, depths)
            under = up <= self.relief.heights_at(xy)
            first = int(np.argmax(under)) if under.any() else len(depths) - 1
            depths = np.linspace(depths[max(first - 1, 0)], depths[first], 24)
        return self.camera.line_at(px, depths[-1:])[0][0]
