"""OpenStreetMap's tags as rules for moving: one rule a mode, and the keys that they read.

What each may use is in the module of its mode, `walking`, `cycling` and `driving`; kinds of
ways are in `highways`, access keys in `access_tags`, gates and walls in `barriers`.
Ferries (``route=ferry``) take people and bikes unless their tags say otherwise; ``oneway``
binds everybody aboard.
"""

from typing import Final

from sandbox.sources.osm import speed_limits
from sandbox.sources.osm.access_tags import (
    CLOSING_WITHOUT_MOTOR,
    ONE_WAY_IMPLIED,
    OWN_KEYS,
    SHARED_KEYS,
)
from sandbox.sources.osm.cycling import CONTRAFLOW, CYCLE_LANES, cycling
from sandbox.sources.osm.driving import driving
from sandbox.sources.osm.highways import WALKWAYS
from sandbox.sources.osm.walking import ONE_WAY, SIDEWALKS, walking

RULES: Final = {"walk": walking, "bike": cycling, "drive": driving}

# fmt: off
# All keys that ways, relations and nodes are read by.
KEYS: Final = frozenset({
    "highway", "route", "ferry", "name", "type", "landuse", "place", "tunnel", "bridge",
    "barrier", "locked", "duration", "interval", "conveying", "maxspeed:conditional", "except",
    *(key for key, _ in (*WALKWAYS, *ONE_WAY)),
    *CLOSING_WITHOUT_MOTOR, *SIDEWALKS, *CYCLE_LANES, *ONE_WAY_IMPLIED, *CONTRAFLOW,
    *(key for mode in OWN_KEYS for key in OWN_KEYS[mode] + SHARED_KEYS[mode]),
    *(f"{key}:{side}" for key in ("vehicle", "bicycle", "motor_vehicle", "motorcar")
      for side in speed_limits.SIDES),
    *(f"oneway{who}" for who in ("", ":bicycle", ":vehicle", ":motorcar", ":motor_vehicle")),
    *(f"restriction{who}" for who in ("", ":motorcar", ":motor_vehicle")),
    *speed_limits.LIMITS, *speed_limits.ZONES,
    *(f"{limit}:{side}" for limit in speed_limits.LIMITS for side in speed_limits.SIDES),
})
# fmt: on
