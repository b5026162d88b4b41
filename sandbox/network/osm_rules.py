"""OpenStreetMap's tags as rules for walking: one table, to be held beside the OSM wiki.

The defaults are those of the wiki's page *OSM tags for routing/Access restrictions*,
section *Worldwide*, column *foot*. Ways that the page has no row for (``service``,
``steps``, ``corridor``, ``elevator``, ``platform``) follow the page of their own tag. A
tag of the way itself goes before its default, ``foot`` before ``access``, as the page
*Key:access* says.

Two readings are the program's own. A blanket ``access=yes`` says that a way is public,
not that one may walk on a motorway: what is closed on foot by default opens only by
``foot`` or by a sidewalk. And ``destination`` and ``customers`` count as open, since a
catchment asks for ways to a place and those are ways to a place.

Only walking is ruled here; cycling and driving will be further columns of `HIGHWAYS`
and further keys beside ``foot``.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from sandbox.network.streets import Access, StreetClass, Structure

Tags = Mapping[str, str]


class Highway(NamedTuple):
    """A row of the table: what a ``highway`` value is on the map, and its default on foot."""

    street_class: StreetClass
    foot: bool


# fmt: off
# highway value -> class on the map, open on foot by default. A value that is not here
# (construction, proposed, abandoned, raceway, via_ferrata, bus_guideway …) is no way to walk.
HIGHWAYS: Final[dict[str, Highway]] = {
    "motorway":       Highway(StreetClass.EXPRESS,   False),
    "motorway_link":  Highway(StreetClass.EXPRESS,   False),
    "trunk":          Highway(StreetClass.EXPRESS,   True),
    "trunk_link":     Highway(StreetClass.EXPRESS,   True),
    "primary":        Highway(StreetClass.ARTERIAL,  True),
    "primary_link":   Highway(StreetClass.ARTERIAL,  True),
    "secondary":      Highway(StreetClass.COLLECTOR, True),
    "secondary_link": Highway(StreetClass.COLLECTOR, True),
    "tertiary":       Highway(StreetClass.STREET,    True),
    "tertiary_link":  Highway(StreetClass.STREET,    True),
    "unclassified":   Highway(StreetClass.LOCAL,     True),
    "residential":    Highway(StreetClass.LOCAL,     True),
    "living_street":  Highway(StreetClass.LOCAL,     True),
    "road":           Highway(StreetClass.LOCAL,     True),
    "service":        Highway(StreetClass.LOCAL,     True),
    "pedestrian":     Highway(StreetClass.LOCAL,     True),
    "track":          Highway(StreetClass.PATH,      True),
    "path":           Highway(StreetClass.PATH,      True),
    "footway":        Highway(StreetClass.PATH,      True),
    "cycleway":       Highway(StreetClass.PATH,      False),
    "bridleway":      Highway(StreetClass.PATH,      False),
    "busway":         Highway(StreetClass.STREET,    False),
    "corridor":       Highway(StreetClass.PATH,      True),
    "elevator":       Highway(StreetClass.PATH,      True),
    "platform":       Highway(StreetClass.PATH,      True),
    "steps":          Highway(StreetClass.STEPS,     True),
}

# Values of `foot` and `access`; another value says nothing, and the default stands.
OPEN: Final = frozenset({
    "yes", "designated", "official", "permissive", "public", "destination", "customers",
    "discouraged",
})
CLOSED: Final = frozenset({
    "no", "private", "residents", "permit", "employees", "staff", "delivery", "emergency",
    "military", "restricted", "agricultural", "forestry", "agricultural;forestry",
    "use_sidepath",
})

# Tags of a way that close it on foot, unless `foot` or a sidewalk opens it.
CLOSING: Final = {
    "motorroad":    frozenset({"yes"}),
    "construction": frozenset({"yes"}),
    "abandoned":    frozenset({"yes"}),
    "disused":      frozenset({"yes"}),
}

# A sidewalk beside the carriageway opens it; one that is mapped by itself does not.
SIDEWALKS: Final = {
    "sidewalk":       frozenset({"yes", "both", "left", "right"}),
    "sidewalk:both":  frozenset({"yes"}),
    "sidewalk:left":  frozenset({"yes"}),
    "sidewalk:right": frozenset({"yes"}),
}

# One way on foot, by tag and value; moving stairs and walks count. `oneway` alone binds
# vehicles only.
ONE_WAY: Final = {
    ("oneway:foot", "yes"):   Access.WALK_FORWARD,
    ("oneway:foot", "-1"):    Access.WALK_BACKWARD,
    ("foot:backward", "no"):  Access.WALK_FORWARD,
    ("foot:forward", "no"):   Access.WALK_BACKWARD,
    ("conveying", "forward"): Access.WALK_FORWARD,
    ("conveying", "backward"): Access.WALK_BACKWARD,
}

# Barriers on a node that let nobody through by default (linear barriers, page
# Key:barrier); gates, bollards, stiles, turnstiles and all others let people on foot pass.
BARRIERS: Final = frozenset({
    "fence", "wall", "hedge", "city_wall", "retaining_wall", "ditch", "guard_rail",
})
# fmt: on


def walking(tags: Tags) -> tuple[Access, str]:
    """Return who may walk a way, and the tag that decided, as ``"foot=no"``.

    Examples
    --------
    >>> walking({"highway": "footway"})
    (<Access.WALK: 3>, 'highway=footway')
    >>> walking({"highway": "service", "access": "private"})
    (<Access: 0>, 'access=private')
    >>> walking({"highway": "service", "access": "private", "foot": "permissive"})
    (<Access.WALK: 3>, 'foot=permissive')
    """
    highway = tags.get("highway", "")
    row = HIGHWAYS.get(highway)
    if row is None:
        return Access(0), f"highway={highway}"
    for key in ("foot", "access"):
        value = tags.get(key, "")
        if value in CLOSED:
            return Access(0), f"{key}={value}"
        if key == "foot" and value in OPEN:
            return _directions(tags), f"foot={value}"
    closing = _found(tags, CLOSING) or ("" if row.foot else f"highway={highway}")
    sidewalk = _found(tags, SIDEWALKS) if closing else ""
    if closing and not sidewalk:
        return Access(0), closing
    return _directions(tags), sidewalk or f"highway={highway}"


def _found(tags: Tags, table: Mapping[str, frozenset[str]]) -> str:
    for key, values in table.items():
        if tags.get(key) in values:
            return f"{key}={tags[key]}"
    return ""


def _directions(tags: Tags) -> Access:
    access = Access.WALK
    for (key, value), allowed in ONE_WAY.items():
        if tags.get(key) == value:
            access &= allowed
    return access


def lets_through(tags: Tags) -> bool:
    """Return whether people on foot may pass a node with these tags.

    ``foot`` goes before ``access``, that before ``locked``, that before the kind of
    the barrier. A node without a barrier lets everybody through.

    Examples
    --------
    >>> lets_through({"barrier": "gate"}), lets_through({"barrier": "gate", "locked": "yes"})
    (True, False)
    """
    barrier = tags.get("barrier")
    if barrier is None:
        return True
    for key in ("foot", "access"):
        if tags.get(key) in OPEN:
            return True
        if tags.get(key) in CLOSED:
            return False
    return tags.get("locked") != "yes" and barrier not in BARRIERS


def structure(tags: Tags) -> Structure:
    """Return how a way lies; a passage through a building is on the ground.

    What a bridge crosses it does not meet, since ways meet only where they share a node.
    """
    if tags.get("tunnel", "no") not in {"no", "building_passage", "covered"}:
        return Structure.TUNNEL
    if tags.get("bridge", "no") != "no":
        return Structure.BRIDGE
    return Structure.GROUND
