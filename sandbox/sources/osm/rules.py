"""OpenStreetMap's tags as rules for moving: one table, to be held beside the OSM wiki.

The defaults are those of the wiki's page *OSM tags for routing/Access restrictions*,
section *Worldwide*, columns *foot*, *bicycle* and *motorcar*. Ways that the page has no
row for (``service``, ``steps``, ``corridor``, ``elevator``, ``platform``) follow the page
of their own tag. A tag of the way itself goes before its default, and the tag for fewer
before the tag for more, as the page *Key:access* orders them: ``foot`` before ``access``;
``bicycle`` before ``vehicle`` before ``access``; ``motorcar`` before ``motor_vehicle``
before ``vehicle`` before ``access``.

Some readings are the program's own. A blanket ``access=yes`` or ``vehicle=yes`` says that
a way is public, not that one may walk on a motorway: what is closed by default opens
only by the tag of those who move, or by a sidewalk or cycle lane. What is ``private``,
or for ``destination`` or ``customers``, serves as the first and last stretch of who lives or
goes there, and is no way through. A bike is pushed where people walk and may not ride: on footways,
squares and steps, and where the sign says dismount; not where ``bicycle=no`` stands.
Piers and platforms are walked on, along their lines
or outlines, whether or not a ``highway`` value says so (pages *Tag:man_made=pier* and
*Tag:railway=platform*). Restrictions by hour or by weight (``*:conditional``) aren't read.
Ferries (``route=ferry``) take people and bikes unless their tags say otherwise, and cars
where a tag says so or ``ferry=<kind of road>`` that they carry a road on; ``oneway`` binds
everybody aboard.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from sandbox.sources.osm import speeds
from sandbox.streets.modes import Access
from sandbox.streets.streets import StreetClass, Structure

Tags = Mapping[str, str]


class Highway(NamedTuple):
    """A row of the table: what a ``highway`` value is on the map, and who may use it."""

    street_class: StreetClass
    foot: bool
    bicycle: bool
    motorcar: bool


# fmt: off
# highway value -> class on the map, open by default on foot, by bike, by car. A value that
# is not here (construction, proposed, abandoned, raceway, via_ferrata, bus_guideway …) is
# no way to move.
HIGHWAYS: Final[dict[str, Highway]] = {
    "motorway":       Highway(StreetClass.EXPRESS,   False, False, True),
    "motorway_link":  Highway(StreetClass.EXPRESS,   False, False, True),
    "trunk":          Highway(StreetClass.EXPRESS,   True,  True,  True),
    "trunk_link":     Highway(StreetClass.EXPRESS,   True,  True,  True),
    "primary":        Highway(StreetClass.ARTERIAL,  True,  True,  True),
    "primary_link":   Highway(StreetClass.ARTERIAL,  True,  True,  True),
    "secondary":      Highway(StreetClass.COLLECTOR, True,  True,  True),
    "secondary_link": Highway(StreetClass.COLLECTOR, True,  True,  True),
    "tertiary":       Highway(StreetClass.STREET,    True,  True,  True),
    "tertiary_link":  Highway(StreetClass.STREET,    True,  True,  True),
    "unclassified":   Highway(StreetClass.LOCAL,     True,  True,  True),
    "residential":    Highway(StreetClass.LOCAL,     True,  True,  True),
    "living_street":  Highway(StreetClass.LOCAL,     True,  True,  True),
    "road":           Highway(StreetClass.LOCAL,     True,  True,  True),
    "service":        Highway(StreetClass.LOCAL,     True,  True,  True),
    "pedestrian":     Highway(StreetClass.LOCAL,     True,  False, False),
    "track":          Highway(StreetClass.PATH,      True,  True,  True),
    "path":           Highway(StreetClass.PATH,      True,  True,  False),
    "footway":        Highway(StreetClass.PATH,      True,  False, False),
    "cycleway":       Highway(StreetClass.PATH,      False, True,  False),
    "bridleway":      Highway(StreetClass.PATH,      False, False, False),
    "busway":         Highway(StreetClass.STREET,    False, False, False),
    "corridor":       Highway(StreetClass.PATH,      True,  False, False),
    "elevator":       Highway(StreetClass.PATH,      True,  False, False),
    "platform":       Highway(StreetClass.PATH,      True,  False, False),
    "steps":          Highway(StreetClass.STEPS,     True,  False, False),
}
FERRY: Final =        Highway(StreetClass.FERRY,     True,  True,  False)
# What one walks on where no highway value says so: key and value -> kind of street.
WALKWAYS: Final = {
    ("man_made", "pier"):             "pier",
    ("railway", "platform"):          "platform",
    ("public_transport", "platform"): "platform",
}
WALKWAY: Final =      Highway(StreetClass.PATH,      True,  False, False)

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

# Values of `ferry` by which one carries a road on, and so takes cars.
CARRYING_ON: Final = frozenset({
    "trunk", "primary", "secondary", "tertiary", "unclassified", "residential",
})

# A sidewalk beside the carriageway opens it; one that is mapped by itself does not.
SIDEWALKS: Final = {
    "sidewalk":       frozenset({"yes", "both", "left", "right"}),
    "sidewalk:both":  frozenset({"yes"}),
    "sidewalk:left":  frozenset({"yes"}),
    "sidewalk:right": frozenset({"yes"}),
}

# A lane or a track for bikes that belongs to the carriageway opens it for them.
_LANES = frozenset({
    "lane", "track", "shared_lane", "share_busway", "opposite", "opposite_lane",
    "opposite_track", "opposite_share_busway",
})
CYCLE_LANES: Final = {
    "cycleway":       _LANES,
    "cycleway:both":  _LANES,
    "cycleway:left":  _LANES,
    "cycleway:right": _LANES,
}

# Where people walk and may not ride, a bike is pushed, if the way is one of these.
PUSHED: Final = frozenset({"footway", "pedestrian", "steps", "platform", "pier"})

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
# Bikes ride against the traffic of a one-way street.
CONTRAFLOW: Final = {
    **dict.fromkeys(
        ("cycleway", "cycleway:both", "cycleway:left", "cycleway:right"),
        frozenset({"opposite", "opposite_lane", "opposite_track", "opposite_share_busway"}),
    ),
    **dict.fromkeys(
        ("cycleway:both:oneway", "cycleway:left:oneway", "cycleway:right:oneway"),
        frozenset({"-1", "no"}),
    ),
}

# Barriers on a node, page Key:barrier. People on foot pass gates, bollards, stiles,
# turnstiles and all others but these; bikes neither these nor what one climbs or squeezes
# through.
BARRIERS: Final = frozenset({
    "fence", "wall", "hedge", "city_wall", "retaining_wall", "ditch", "guard_rail",
})
BARRIERS_BIKE: Final = BARRIERS | {
    "stile", "turnstile", "full-height_turnstile", "kissing_gate", "horse_stile",
}
# Cars pass these only.
PASSED_BY_CARS: Final = frozenset({
    "border_control", "bump_gate", "cattle_grid", "checkpoint", "entrance", "gate",
    "hampshire_gate", "height_restrictor", "kerb", "lift_gate", "no", "sally_port",
    "sliding_beam", "sliding_gate", "swing_gate", "toll_booth", "wire_gate",
})

# Keys of each mode: its own, the most particular first, and those it shares.
OWN_KEYS: Final = {
    "walk": ("foot",), "bike": ("bicycle",), "drive": ("motorcar", "motor_vehicle"),
}
SHARED_KEYS: Final = {
    "walk": ("access",), "bike": ("vehicle", "access"), "drive": ("vehicle", "access"),
}
# All keys that ways, relations and nodes are read by.
KEYS: Final = frozenset({
    "highway", "route", "ferry", "name", "type", "landuse", "place", "tunnel", "bridge",
    "barrier", "locked", "duration", "interval", "conveying", "maxspeed:conditional", "except",
    *(key for key, _ in (*WALKWAYS, *ONE_WAY)),
    *CLOSING_WITHOUT_MOTOR, *SIDEWALKS, *CYCLE_LANES, *ONE_WAY_IMPLIED, *CONTRAFLOW,
    *(key for mode in OWN_KEYS for key in OWN_KEYS[mode] + SHARED_KEYS[mode]),
    *(f"{key}:{side}" for key in ("vehicle", "bicycle", "motor_vehicle", "motorcar")
      for side in speeds.SIDES),
    *(f"oneway{who}" for who in ("", ":bicycle", ":vehicle", ":motorcar", ":motor_vehicle")),
    *(f"restriction{who}" for who in ("", ":motorcar", ":motor_vehicle")),
    *speeds.LIMITS, *speeds.ZONES,
    *(f"{limit}:{side}" for limit in speeds.LIMITS for side in speeds.SIDES),
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
    row, _ = kind_of(tags)
    default = row is not None and row.foot
    open_, decided = _ruled(tags, "walk", default, CLOSING_WITHOUT_MOTOR, SIDEWALKS)
    return (_walked(tags) if open_ else Access(0)), decided


def cycling(tags: Tags) -> tuple[Access, str]:
    """Return who may ride or push a bike along a way, and the tag that decided.

    Examples
    --------
    >>> cycling({"highway": "residential", "oneway": "yes"})
    (<Access.BIKE_FORWARD: 4>, 'highway=residential')
    >>> cycling({"highway": "residential", "oneway": "yes", "cycleway": "opposite_lane"})
    (<Access.BIKE: 12>, 'highway=residential')
    >>> cycling({"highway": "steps"})
    (<Access.BIKE_FORWARD|BIKE_BACKWARD|BIKE_PUSHED: 76>, 'highway=steps')
    """
    highway = tags.get("highway", "")
    row, named = kind_of(tags)
    default = row is not None and row.bicycle
    open_, decided = _ruled(tags, "bike", default, CLOSING_WITHOUT_MOTOR, CYCLE_LANES)
    # Nobody rides on steps, whatever they allow.
    if open_ and highway != "steps":
        return _ridden(tags), decided
    own, kind = tags.get("bicycle", ""), name_of_kind(tags)
    may_push = open_ or own == "dismount" or (kind in PUSHED and own not in CLOSED)
    walked = walking(tags)[0] if may_push else Access(0)
    if not walked:
        return Access(0), decided
    pushed = Access.BIKE_PUSHED
    if walked & Access.WALK_FORWARD:
        pushed |= Access.BIKE_FORWARD
    if walked & Access.WALK_BACKWARD:
        pushed |= Access.BIKE_BACKWARD
    return pushed, f"bicycle={own}" if own == "dismount" else named


def driving(tags: Tags) -> tuple[Access, str]:
    """Return who may drive a way, and the tag that decided.

    Examples
    --------
    >>> driving({"highway": "motorway"})
    (<Access.DRIVE_FORWARD: 16>, 'highway=motorway')
    >>> driving({"highway": "residential", "motor_vehicle": "no"})
    (<Access: 0>, 'motor_vehicle=no')
    """
    row, _ = kind_of(tags)
    default = row is not None and row.motorcar
    if row is FERRY:
        default = tags.get("ferry") in CARRYING_ON
    open_, decided = _ruled(tags, "drive", default, CLOSING, {})
    return (_driven(tags) if open_ else Access(0)), decided


def kind_of(tags: Tags) -> tuple[Highway | None, str]:
    """Return the row of a way, None where it is no way to move, and the tag that names it.

    Examples
    --------
    >>> kind_of({"route": "ferry"})[1], kind_of({"highway": "path"})[1]
    ('route=ferry', 'highway=path')
    """
    if tags.get("route") == "ferry":
        return FERRY, "route=ferry"
    highway = tags.get("highway", "")
    if highway in {"", "bus_stop"}:
        for key, value in WALKWAYS:
            if tags.get(key) == value:
                return WALKWAY, f"{key}={value}"
    return HIGHWAYS.get(highway), f"highway={highway}"


def name_of_kind(tags: Tags) -> str:
    """Return the kind of a way: its ``highway`` value, or ``ferry``, ``pier``, ``platform``.

    Examples
    --------
    >>> name_of_kind({"man_made": "pier"}), name_of_kind({"highway": "path"})
    ('pier', 'path')
    """
    row, named = kind_of(tags)
    if row is FERRY:
        return "ferry"
    key, _, value = named.partition("=")
    return WALKWAYS.get((key, value), value)


RULES: Final = {"walk": walking, "bike": cycling, "drive": driving}


def _ruled(
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
    closed = _found(tags, closing) or ("" if default else named)
    opened = _found(tags, opening) if closed else ""
    if closed and not opened:
        return False, closed
    return True, opened or named


def _found(tags: Tags, table: Mapping[str, frozenset[str]]) -> str:
    for key, values in table.items():
        if tags.get(key) in values:
            return f"{key}={tags[key]}"
    return ""


def _walked(tags: Tags) -> Access:
    access = Access.WALK
    for (key, value), allowed in ONE_WAY.items():
        if tags.get(key) == value:
            access &= allowed
    if kind_of(tags)[0] is FERRY:
        ahead, back = _one_way(tags, ("oneway",))
        if ahead != back:
            access &= Access.WALK_FORWARD if ahead else Access.WALK_BACKWARD
    return access


def _ridden(tags: Tags) -> Access:
    ahead, back = _one_way(tags, ("oneway:bicycle", "oneway:vehicle", "oneway"))
    if "oneway:bicycle" not in tags and ahead != back and _found(tags, CONTRAFLOW):
        ahead = back = True
    ahead, back = _one_sided(tags, ("vehicle", "bicycle"), ahead, back)
    access = Access.BIKE_FORWARD if ahead else Access(0)
    return access | Access.BIKE_BACKWARD if back else access


def _driven(tags: Tags) -> Access:
    keys = ("oneway:motorcar", "oneway:motor_vehicle", "oneway:vehicle", "oneway")
    ahead, back = _one_way(tags, keys)
    ahead, back = _one_sided(tags, ("vehicle", "motor_vehicle", "motorcar"), ahead, back)
    access = Access.DRIVE_FORWARD if ahead else Access(0)
    return access | Access.DRIVE_BACKWARD if back else access


def _one_way(tags: Tags, keys: tuple[str, ...]) -> tuple[bool, bool]:
    for key in keys:
        if tags.get(key) in ONE_WAY_VEHICLES:
            return ONE_WAY_VEHICLES[tags[key]]
    return True, not _found(tags, ONE_WAY_IMPLIED)


def _one_sided(tags: Tags, keys: tuple[str, ...], ahead: bool, back: bool) -> tuple[bool, bool]:
    """Apply access that is tagged for one direction only; the most particular key comes last."""
    for key in keys:
        for side in ("forward", "backward"):
            value = tags.get(f"{key}:{side}")
            if value in OPEN or value in CLOSED:
                ahead, back = (value in OPEN, back) if side == "forward" else (ahead, value in OPEN)
    return ahead, back


def lets_through(tags: Tags, mode: str = "walk") -> bool:
    """Return whether a mode may pass a node with these tags.

    Access goes before ``locked``, that before the kind of the barrier. A node without
    a barrier lets everybody through.

    Examples
    --------
    >>> lets_through({"barrier": "gate"}), lets_through({"barrier": "gate", "locked": "yes"})
    (True, False)
    >>> lets_through({"barrier": "bollard"}, "bike"), lets_through({"barrier": "bollard"}, "drive")
    (True, False)
    """
    barrier = tags.get("barrier")
    if barrier is None:
        return True
    for key in OWN_KEYS[mode] + SHARED_KEYS[mode]:
        if tags.get(key) in OPEN or (mode == "bike" and tags.get(key) == "dismount"):
            return True
        if tags.get(key) in CLOSED:
            return False
    if tags.get("locked") == "yes":
        return False
    if mode == "drive":
        return barrier in PASSED_BY_CARS
    return barrier not in (BARRIERS_BIKE if mode == "bike" else BARRIERS)


def structure(tags: Tags) -> Structure:
    """Return how a way lies; a passage through a building is on the ground.

    What a bridge crosses it does not meet, since ways meet only where they share a node.
    A ferry lies above what is below it, as a bridge does.
    """
    if kind_of(tags)[0] is FERRY:
        return Structure.BRIDGE
    if tags.get("tunnel", "no") not in {"no", "building_passage", "covered"}:
        return Structure.TUNNEL
    if tags.get("bridge", "no") != "no":
        return Structure.BRIDGE
    return Structure.GROUND
