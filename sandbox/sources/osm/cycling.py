"""Who may ride or push a bike along a way of OpenStreetMap.

A bike is pushed where people walk and may not ride: on footways, squares and steps, and where
the sign says dismount; not where ``bicycle=no`` stands. How fast it is ridden and pushed:
`sandbox.streets.speeds`.
"""

from typing import Final

from sandbox.sources.osm.access_tags import (
    CLOSED,
    CLOSING_WITHOUT_MOTOR,
    found_tag,
    one_sided,
    one_way,
    ruled,
)
from sandbox.sources.osm.highways import Tags, kind_of, name_of_kind
from sandbox.sources.osm.walking import walking
from sandbox.streets.modes import Access

# fmt: off
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
# fmt: on


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
    open_, decided = ruled(tags, "bike", default, CLOSING_WITHOUT_MOTOR, CYCLE_LANES)
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


def _ridden(tags: Tags) -> Access:
    ahead, back = one_way(tags, ("oneway:bicycle", "oneway:vehicle", "oneway"))
    if "oneway:bicycle" not in tags and ahead != back and found_tag(tags, CONTRAFLOW):
        ahead = back = True
    ahead, back = one_sided(tags, ("vehicle", "bicycle"), ahead, back)
    access = Access.BIKE_FORWARD if ahead else Access(0)
    return access | Access.BIKE_BACKWARD if back else access
