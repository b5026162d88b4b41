"""Access keys of OpenStreetMap: which tag decides who may use a way, and in which direction.

A tag of the way itself goes before its default, and the tag for fewer before the tag for more,
as the page *Key:access* orders them: ``foot`` before ``access``; ``bicycle`` before ``vehicle``
before ``access``; ``motorcar`` before ``motor_vehicle`` before ``vehicle`` before ``access``.

Some readings are the program's own. A blanket ``access=yes`` or ``vehicle=yes`` says that
a way is public, not that one may walk on a motorway: what is closed by default opens
only by the tag of those who move, or by a sidewalk or cycle lane. What is ``private``,
or for ``destination`` or ``customers``, serves as the first and last stretch of who lives or
goes there, and is no way through. Restrictions by hour or by weight (``*:conditional``) aren't
read.
"""

from collections.abc import Mapping
from typing import Final

from sandbox.sources.osm.highways import Tags, kind_of

# fmt: off
# Values of access keys; another value says nothing, and the default stands.
OPEN: Final = frozenset({
    "yes", "designated", "official", "permissive", "public", "destination", "customers",
    "discouraged",
})
CLOSED: Final = frozenset({
    "no", "private", "residents", "permit", "employees", "staff", "delivery", "emergency",
    "military", "restricted", "agricultural", "forestry", "agricultural;forestry",
    "use_sidepath",
})

# Tags of a way that close it, unless the tag of those who move opens it, or for people on
# foot a sidewalk, for bikes a lane.
CLOSING: Final = {
    "construction": frozenset({"yes"}),
    "abandoned":    frozenset({"yes"}),
    "disused":      frozenset({"yes"}),
}
CLOSING_WITHOUT_MOTOR: Final = {"motorroad": frozenset({"yes"}), **CLOSING}

# What `oneway` and its forms for fewer say to vehicles: along the way, against it.
ONE_WAY_VEHICLES: Final = {
    "yes": (True, False), "true": (True, False), "1": (True, False),
    "-1": (False, True), "reverse": (False, True),
    "no": (True, True), "false": (True, True), "0": (True, True), "alternating": (True, True),
    "reversible": (False, False),
}
# One way without a tag.
ONE_WAY_IMPLIED: Final = {
    "junction": frozenset({"roundabout", "circular"}),
    "highway":  frozenset({"motorway"}),
}

# Keys of each mode: its own, the most particular first, and those it shares.
OWN_KEYS: Final = {
    "walk": ("foot",), "bike": ("bicycle",), "drive": ("motorcar", "motor_vehicle"),
}
SHARED_KEYS: Final = {
    "walk": ("access",), "bike": ("vehicle", "access"), "drive": ("vehicle", "access"),
}
# fmt: on


def ruled(
    tags: Tags,
    mode: str,
    default: bool,
    closing: Mapping[str, frozenset[str]],
    opening: Mapping[str, frozenset[str]],
) -> tuple[bool, str]:
    """Return whether a way is open to a mode in any direction, and the tag that decided."""
    row, named = kind_of(tags)
    if row is None:
        return False, named
    for key in OWN_KEYS[mode] + SHARED_KEYS[mode]:
        value = tags.get(key, "")
        if value in CLOSED or (value == "dismount" and mode == "bike"):
            return False, f"{key}={value}"
        if value in OPEN:
            if key in OWN_KEYS[mode]:
                return True, f"{key}={value}"
            break
    closed = found_tag(tags, closing) or ("" if default else named)
    opened = found_tag(tags, opening) if closed else ""
    if closed and not opened:
        return False, closed
    return True, opened or named


def found_tag(tags: Tags, table: Mapping[str, frozenset[str]]) -> str:
    """Return the first tag of a way that a table names, as ``"key=value"``; empty for none."""
    for key, values in table.items():
        if tags.get(key) in values:
            return f"{key}={tags[key]}"
    return ""


def one_way(tags: Tags, keys: tuple[str, ...]) -> tuple[bool, bool]:
    """Return whether vehicles may go along a way and against it, by the first key that says so."""
    for key in keys:
        if tags.get(key) in ONE_WAY_VEHICLES:
            return ONE_WAY_VEHICLES[tags[key]]
    return True, not found_tag(tags, ONE_WAY_IMPLIED)


def one_sided(tags: Tags, keys: tuple[str, ...], ahead: bool, back: bool) -> tuple[bool, bool]:
    """Apply access that is tagged for one direction only; the most particular key comes last."""
    for key in keys:
        for side in ("forward", "backward"):
            value = tags.get(f"{key}:{side}")
            if value in OPEN or value in CLOSED:
                ahead, back = (value in OPEN, back) if side == "forward" else (ahead, value in OPEN)
    return ahead, back
