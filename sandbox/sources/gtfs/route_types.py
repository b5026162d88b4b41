"""What kind of vehicle a route has: the route types of GTFS, and its extended ones.

Sources: the reference of GTFS for ``routes.route_type`` (gtfs.org), and Google's extended
route types, whose hundreds are families of their own.
"""

from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt

Family = Literal[
    "tram",
    "metro",
    "rail",
    "bus",
    "ferry",
    "cable_tram",
    "aerial_lift",
    "funicular",
    "trolleybus",
    "monorail",
    "coach",
    "air",
    "taxi",
    "other",
]

_BASIC: Final[dict[int, Family]] = {
    0: "tram",
    1: "metro",
    2: "rail",
    3: "bus",
    4: "ferry",
    5: "cable_tram",
    6: "aerial_lift",
    7: "funicular",
    11: "trolleybus",
    12: "monorail",
}
# By hundreds; 3xx, 5xx, 6xx and 12xx are of the older list that Google's was made from.
_EXTENDED: Final[dict[int, Family]] = {
    1: "rail",
    2: "coach",
    3: "rail",
    4: "metro",
    5: "metro",
    6: "metro",
    7: "bus",
    8: "trolleybus",
    9: "tram",
    10: "ferry",
    11: "air",
    12: "ferry",
    13: "aerial_lift",
    14: "funicular",
    15: "taxi",
    16: "other",
    17: "other",
}
_EXACT: Final[dict[int, Family]] = {405: "monorail"}
# Faster than these between two stops nothing of the family goes, km/h.
FASTEST_KMH: Final[dict[Family, float]] = {
    "tram": 130.0,
    "metro": 250.0,
    "rail": 450.0,
    "bus": 130.0,
    "ferry": 110.0,
    "cable_tram": 60.0,
    "aerial_lift": 70.0,
    "funicular": 90.0,
    "trolleybus": 110.0,
    "monorail": 450.0,
    "coach": 130.0,
    "air": 1200.0,
    "taxi": 200.0,
    "other": 450.0,
}


def family(route_type: int) -> Family | None:
    """Return the family of a route type; None for a number that neither list has."""
    if route_type in _BASIC:
        return _BASIC[route_type]
    if route_type in _EXACT:
        return _EXACT[route_type]
    return _EXTENDED.get(route_type // 100) if 100 <= route_type < 1800 else None


def fastest_kmh(route_types: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Return the speed that each route's vehicles never pass, km/h, shape ``(n,)``."""
    return np.array([FASTEST_KMH[family(int(one)) or "other"] for one in route_types])
