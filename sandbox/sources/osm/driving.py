"""Who may drive a way of OpenStreetMap.

Ferries take cars where a tag says so, or where ``ferry=<kind of road>`` says that they carry a
road on.
"""

from typing import Final

from sandbox.sources.osm.access_tags import CLOSING, one_sided, one_way, ruled
from sandbox.sources.osm.highways import FERRY, Tags, kind_of
from sandbox.streets.modes import Access

# fmt: off
# Values of `ferry` by which one carries a road on, and so takes cars.
CARRYING_ON: Final = frozenset({
    "trunk", "primary", "secondary", "tertiary", "unclassified", "residential",
})
# fmt: on


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
    open_, decided = ruled(tags, "drive", default, CLOSING, {})
    return (_driven(tags) if open_ else Access(0)), decided


def _driven(tags: Tags) -> Access:
    keys = ("oneway:motorcar", "oneway:motor_vehicle", "oneway:vehicle", "oneway")
    ahead, back = one_way(tags, keys)
    ahead, back = one_sided(tags, ("vehicle", "motor_vehicle", "motorcar"), ahead, back)
    access = Access.DRIVE_FORWARD if ahead else Access(0)
    return access | Access.DRIVE_BACKWARD if back else access
