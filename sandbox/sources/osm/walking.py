"""Who may walk a way of OpenStreetMap."""

from typing import Final

from sandbox.sources.osm.access_tags import CLOSING_WITHOUT_MOTOR, one_way, ruled
from sandbox.sources.osm.highways import FERRY, Tags, kind_of
from sandbox.streets.modes import Access

# fmt: off
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
    open_, decided = ruled(tags, "walk", default, CLOSING_WITHOUT_MOTOR, SIDEWALKS)
    return (_walked(tags) if open_ else Access(0)), decided


def _walked(tags: Tags) -> Access:
    access = Access.WALK
    for (key, value), allowed in ONE_WAY.items():
        if tags.get(key) == value:
            access &= allowed
    if kind_of(tags)[0] is FERRY:
        ahead, back = one_way(tags, ("oneway",))
        if ahead != back:
            access &= Access.WALK_FORWARD if ahead else Access.WALK_BACKWARD
    return access
