"""Landmarks drawn by hand from public descriptions: simple forms at their published places."""

import math
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import shapely

from sandbox.streets.footprints import BuildingKind, Footprints, footprints_of

Doubles = npt.NDArray[np.float64]


class Form(NamedTuple):
    """A part of a landmark about its place: its form, where, how large, turned, how high."""

    form: str
    east_m: float
    north_m: float
    wide_m: float
    deep_m: float
    height_m: float
    turn_deg: float = 0.0


def _tower(height_m: float, wide_m: float = 42.0) -> tuple[Form, ...]:
    return (
        Form("box", 0, 0, wide_m * 2.2, wide_m * 1.7, 18.0),
        Form("box", 0, 0, wide_m, wide_m, height_m),
    )


def _halls(count: int, wide_m: float, deep_m: float, height_m: float) -> tuple[Form, ...]:
    """Return halls in two rows about a court."""
    side = math.ceil(count / 2)
    return tuple(
        Form(
            "box",
            (i % side - (side - 1) / 2) * (wide_m + 34.0),
            (1 if i < side else -1) * (deep_m + 36.0) / 2,
            wide_m,
            deep_m,
            height_m,
        )
        for i in range(count)
    )


_COURT: Final = (
    Form("box", 0, 48, 150, 26, 22),
    Form("box", 0, -48, 150, 26, 22),
    Form("box", -62, 0, 26, 70, 22),
    Form("box", 62, 0, 26, 70, 22),
)
_LIBRARY: Final = (Form("box", 0, 0, 96, 72, 14), Form("box", 0, 6, 60, 46, 42))
_STADIUM: Final = (Form("ring", 0, 0, 190, 140, 24),)
_STATION: Final = (Form("box", 0, 0, 300, 120, 28), Form("box", 0, 74, 180, 28, 36))

# Layer and id of the place at which each stands. Sizes are rounded, and follow photographs
# and plain descriptions that anyone can read; none was surveyed.
FORMS: Final[Mapping[tuple[str, str], tuple[Form, ...]]] = {
    # A round hall with a wide roof beside a lower wing.
    ("landmarks", "science_hall"): (
        Form("disc", 0, 0, 176, 128, 34), Form("box", 128, -30, 90, 60, 20, 18.0)),
    # Six laboratory blocks in two rows, joined by a spine, with a taller head.
    ("labs", "jinfeng_laboratory"): (
        *_halls(6, 84, 34, 30), Form("box", 0, 0, 330, 12, 16), Form("box", -200, 0, 46, 60, 56)),
    ("labs", "jinfeng_bgi_omics"): _halls(2, 70, 30, 26),
    ("labs", "jialing_river_laboratory"): (*_halls(4, 70, 28, 34), Form("box", 0, 0, 24, 24, 60)),
    ("labs", "bgi_southwest"): _halls(3, 64, 28, 28),
    ("labs", "cas_chongqing"): (*_halls(4, 74, 30, 30), Form("disc", 140, 0, 60, 60, 24)),
    ("labs", "cumec"): _halls(4, 120, 60, 24),
    ("labs", "neutron_source"): (
        Form("disc", 0, 0, 110, 110, 30),
        Form("box", 120, 0, 120, 40, 18)),
    ("labs", "quality_base"): _halls(6, 66, 26, 26),
    ("labs", "sjtu_ai"): _tower(72),
    ("labs", "pku_big_data"): _tower(60),
    ("labs", "connected_vehicles"): (
        Form("box", 0, 0, 130, 50, 24),
        Form("ring", 0, 110, 200, 120, 6)),
    ("landmarks", "exchange_centre"): (
        Form("box", 0, 0, 150, 70, 36), Form("box", 60, 60, 44, 44, 110)),
    ("landmarks", "science_valley_site"): (*_halls(6, 60, 24, 40), Form("box", 0, 0, 36, 36, 96)),
    ("landmarks", "beibei_museum"): (
        Form("box", 0, 0, 190, 60, 26, 25.0), Form("disc", 90, 60, 80, 60, 32)),
    ("landmarks", "jiangbei_airport"): (
        Form("box", 0, 0, 620, 150, 36, 20.0), Form("box", -320, -180, 60, 380, 24, 20.0),
        Form("box", 320, -180, 60, 380, 24, 20.0)),
    ("services", "talent_port"): (Form("box", 0, 0, 90, 46, 22), Form("box", 30, 0, 30, 30, 60)),
    ("services", "international_port"): _tower(84),
    ("services", "government_service"): (
        Form("box", 0, 0, 150, 60, 30),
        Form("box", 0, 60, 60, 26, 54)),
    ("services", "torch_southwest"): _tower(66),
    ("services", "drug_device_review"): _tower(48),
    ("services", "ucity_mall"): (Form("box", 0, 0, 190, 120, 26),),
    ("services", "bishan_outlet"): _halls(6, 80, 36, 14),
    ("services", "chenjiaqiao_hospital"): (
        Form("box", 0, 0, 110, 40, 54),
        Form("box", 0, 50, 130, 44, 18)),
    ("services", "cqu_huxi_gym"): (Form("disc", 0, 0, 110, 90, 26),),
    ("services", "luozhongli_museum"): (Form("box", 0, 0, 96, 54, 24, 12.0),),
    ("services", "gele_culture"): (Form("disc", 0, 0, 90, 90, 14),),
    ("services", "nankai"): _COURT,
    ("services", "qingmuguan_school"): _COURT,
    ("universities", "cqu_huxi"): _LIBRARY,
    ("universities", "cqnu"): _LIBRARY,
    ("universities", "cqmu_jinyun"): _LIBRARY,
    ("universities", "scfai"): (
        Form("box", 0, 0, 120, 30, 22, 30.0),
        Form("box", 40, 60, 90, 30, 18, -20.0)),
    ("universities", "cqust"): _LIBRARY,
    ("universities", "cqcvc"): _LIBRARY,
    ("universities", "swu"): _LIBRARY,
    ("universities", "cqu_a"): _COURT,
    ("universities", "sisu"): _LIBRARY,
    ("industry_parks", "sk_hynix"): (
        Form("box", 0, 0, 260, 150, 28),
        Form("box", 200, 0, 90, 120, 20)),
    ("industry_parks", "cr_micro"): _halls(4, 110, 60, 22),
    ("industry_parks", "sanan_st"): (Form("box", 0, 0, 300, 130, 28),),
    ("industry_parks", "gongxiang_building"): _tower(98),
    ("industry_parks", "cetc_chips"): _tower(60),
    ("rail_existing", "chongqing_west"): _STATION,
    ("rail_existing", "shapingba_rail"): _STATION,
    ("rail_existing", "chongqing_north"): _STATION,
}  # fmt: skip


def landmarks(places: Mapping[tuple[str, str], tuple[float, float]], crs: str) -> Footprints:
    """Return the landmarks whose places are known.

    Parameters
    ----------
    places
        Where each place is, metres.
    crs
        Their metric system.
    """
    shapes: list[Any] = []
    heights: list[float] = []
    for key, forms in FORMS.items():
        if key in places:
            for one in forms:
                shapes.append(_shape(one, places[key]))
                heights.append(one.height_m)
    kind = np.full(len(shapes), BuildingKind.LANDMARK, np.uint8)
    return footprints_of(crs, np.array(shapes, dtype=object), np.array(heights), kind)


def _shape(one: Form, at: tuple[float, float]) -> Any:
    corners = _OUTLINES[one.form]() * (one.wide_m / 2, one.deep_m / 2)
    turn = math.radians(one.turn_deg)
    cos, sin = math.cos(turn), math.sin(turn)
    moved = corners @ np.array([[cos, sin], [-sin, cos]])
    return shapely.polygons(moved + np.array([at[0] + one.east_m, at[1] + one.north_m]))


def _box() -> Doubles:
    return np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])


def _disc(count: int = 28) -> Doubles:
    turn = np.linspace(0.0, math.tau, count, endpoint=False)
    return np.stack([np.cos(turn), np.sin(turn)], axis=-1)


def _ring() -> Doubles:
    """Return a ring with a narrow gap, so that it has one outline."""
    turn = np.linspace(0.02, math.tau - 0.02, 40)
    outer = np.stack([np.cos(turn), np.sin(turn)], axis=-1)
    return np.vstack([outer, outer[::-1] * 0.66])


_OUTLINES: Final[Mapping[str, Callable[[], Doubles]]] = {
    "box": _box,
    "disc": _disc,
    "ring": _ring,
}
