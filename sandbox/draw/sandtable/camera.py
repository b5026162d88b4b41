"""Where one looks from: a camera over the table whose upright lines stay upright."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]

# How much nearer the lower edge of the picture is than its middle, at a tilt of 60 degrees:
# the depth there is 1 / (1 + this) of the middle's. It falls to 0 with the tilt, so that a
# table that is tilted back becomes the flat map without a jump.
_PERSPECTIVE_AT_60: Final = 0.62


@dataclass(frozen=True)
class Camera:
    """A view camera: its picture plane is upright, so columns of pixels are upright planes.

    Heights are drawn without convergence, as photographers of buildings do it with a shift
    lens; each column of the picture can then be filled from front to back on its own. In the
    middle of the picture it agrees with a camera that is turned down: ground is shortened by
    the sine of the angle to the ground, heights by its cosine.

    Attributes
    ----------
    target
        Metres of the point in the middle of the picture, east, north and up.
    m_per_px
        Metres per pixel there, across.
    tilt_deg
        From looking straight down, above 0.
    bearing_deg
        The compass direction that is up in the picture.
    exaggeration
        By how much heights are stretched.
    width_px, height_px
        Size of the picture.
    """

    target: tuple[float, float, float]
    m_per_px: float
    tilt_deg: float
    bearing_deg: float
    exaggeration: float
    width_px: int
    height_px: int

    @cached_property
    def focal_px(self) -> float:
        """Pixels that an object as far away as it is wide takes."""
        strength = _PERSPECTIVE_AT_60 * self.tilt_deg / 60.0
        return self.height_px / 2.0 / (strength * self.sin_e)

    @cached_property
    def sin_e(self) -> float:
        """Sine of the angle between ground and line of sight."""
        return math.cos(math.radians(self.tilt_deg))

    @cached_property
    def cos_e(self) -> float:
        """Cosine of that angle."""
        return math.sin(math.radians(self.tilt_deg))

    @cached_property
    def forward(self) -> tuple[float, float]:
        """Direction on the ground that is up in the picture."""
        turn = math.radians(self.bearing_deg)
        return math.sin(turn), math.cos(turn)

    @cached_property
    def depth_m(self) -> float:
        """Metres along the ground from below the camera to the target."""
        return self.focal_px * self.m_per_px

    @cached_property
    def eye(self) -> tuple[float, float, float]:
        """Metres of the camera: east, north, and up in stretched heights."""
        x, y, z = self.target
        ahead_x, ahead_y = self.forward
        up = z * self.exaggeration + self.depth_m * self.sin_e / self.cos_e
        return x - ahead_x * self.depth_m, y - ahead_y * self.depth_m, up

    def px(self, xyz: npt.ArrayLike) -> Doubles:
        """Return pixels and depth in metres of points, shape ``(..., 3)``.

        What lies beside or behind the camera comes far out of the picture.
        """
        points = np.asarray(xyz, dtype=np.float64)
        eye_x, eye_y, eye_z = self.eye
        ahead_x, ahead_y = self.forward
        east, north = points[..., 0] - eye_x, points[..., 1] - eye_y
        depth = east * ahead_x + north * ahead_y
        depth = np.maximum(depth, self.depth_m * 0.02)
        across = east * ahead_y - north * ahead_x
        down = self.cos_e * (eye_z - points[..., 2] * self.exaggeration) / depth - self.sin_e
        return np.stack(
            [
                self.width_px / 2.0 + self.focal_px * across / depth,
                self.height_px / 2.0 + self.focal_px * down,
                depth,
            ],
            axis=-1,
        )

    def line_at(self, px: tuple[float, float], depth_m: Doubles) -> tuple[Doubles, Doubles]:
        """Return where a pixel's line of sight is at depths: metres ``(..., 2)``, and its height.

        Heights are true metres, not stretched.
        """
        ahead_x, ahead_y = self.forward
        eye_x, eye_y, eye_z = self.eye
        across = (px[0] - self.width_px / 2.0) / self.focal_px
        down = (px[1] - self.height_px / 2.0) / self.focal_px + self.sin_e
        east = eye_x + depth_m * (ahead_x + across * ahead_y)
        north = eye_y + depth_m * (ahead_y - across * ahead_x)
        up = (eye_z - depth_m * down / self.cos_e) / self.exaggeration
        return np.stack([east, north], axis=-1), up

    def depths(self, low_m: float, high_m: float) -> tuple[float, float]:
        """Return the least and the most depth at which ground between two heights is seen."""
        over = self.eye[2] - high_m * self.exaggeration, self.eye[2] - low_m * self.exaggeration
        half = self.height_px / 2.0 / self.focal_px
        nearest = self.cos_e * over[0] / (self.sin_e + half)
        farthest = self.cos_e * over[1] / max(self.sin_e - half, 1e-3)
        return max(nearest, self.depth_m * 0.02), farthest

    def values(self) -> Doubles:
        """Return what the kernel needs, in the order of its names there."""
        return np.array(
            [
                *self.eye,
                *self.forward,
                self.focal_px,
                self.cos_e,
                self.sin_e,
                self.depth_m,
                self.exaggeration,
                self.m_per_px,
            ]
        )
