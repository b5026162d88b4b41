"""Kinds of ways of OpenStreetMap: one table, to be held beside the OSM wiki.

The defaults are those of the wiki's page *OSM tags for routing/Access restrictions*,
section *Worldwide*, columns *foot*, *bicycle* and *motorcar*. Ways that the page has no
row for (``service``, ``steps``, ``corridor``, ``elevator``, ``platform``) follow the page
of their own tag. Piers and platforms are walked on, along their lines or outlines, whether or
not a ``highway`` value says so (pages *Tag:man_made=pier* and *Tag:railway=platform*).
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

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
# fmt: on


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
