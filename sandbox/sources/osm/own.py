"""Ways and gates of OpenStreetMap for residents and visitors only, with no way through."""

from typing import Final

from sandbox.sources.osm.access_tags import CLOSED, OPEN, OWN_KEYS, SHARED_KEYS
from sandbox.sources.osm.highways import Tags
from sandbox.sources.osm.rules import RULES
from sandbox.streets.modes import Access

# Values by which a way, or a gate, serves who lives there or goes there, and isn't a way
# through (page Key:access: "with permission of the owner", "only when travelling to this
# element", "only for customers", "with a permit").
OWN: Final = frozenset(
    {
        "private",
        "residents",
        "permit",
        "employees",
        "staff",
        "destination",
        "customers",
    }
)


def own_access(tags: Tags, mode: str) -> Access:
    """Return the bits of a mode that hold only for residents and visitors: see `OWN`.

    Examples
    --------
    >>> own_access({"highway": "service", "access": "private"}, "walk")
    <Access.WALK: 3>
    >>> own_access({"highway": "service", "access": "private", "foot": "yes"}, "walk")
    <Access: 0>
    >>> own_access({"highway": "residential", "motor_vehicle": "destination"}, "drive")
    <Access.DRIVE: 48>
    """
    key = _own_key(tags, mode)
    return RULES[mode]({**tags, key: "yes"})[0] if key else Access(0)


def _own_key(tags: Tags, mode: str) -> str:
    """Return the key that leaves a mode to residents and visitors; empty where none does."""
    for key in OWN_KEYS[mode] + SHARED_KEYS[mode]:
        value = tags.get(key, "")
        if value in OWN:
            return key
        if value in OPEN or value in CLOSED or value == "dismount":
            break
    return ""


def lets_own_through(tags: Tags, mode: str = "walk") -> bool:
    """Return whether a node lets a mode through only where one lives or goes behind it.

    Examples
    --------
    >>> lets_own_through({"barrier": "gate", "access": "private"})
    True
    >>> lets_own_through({"barrier": "gate"}), lets_own_through({"barrier": "wall"})
    (False, False)
    """
    return "barrier" in tags and bool(_own_key(tags, mode))
