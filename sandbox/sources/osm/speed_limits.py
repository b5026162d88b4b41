"""Speed limits as OpenStreetMap writes them: figures, units, words, zones.

After the wiki's pages *Key:maxspeed*, *Key:maxspeed:type*, *Key:source:maxspeed*,
*Key:zone:maxspeed* and *Key:zone:traffic*. The key for fewer vehicles goes before that for
more, and a key for one direction before that for both. What words and zones mean is data,
``assets/maxspeed.toml``. Limits by hour, weather or weight (``*:conditional``), by lane, on
changing signs (``maxspeed:variable``) and advice (``maxspeed:advisory``) aren't read.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final, NamedTuple

from sandbox import files, paths

Tags = Mapping[str, str]
_WHO: Final = (":motorcar", ":motor_vehicle", "")
LIMITS: Final = tuple(f"maxspeed{who}" for who in _WHO)
SIDES: Final = ("forward", "backward")
# Keys that state a zone beside the limit, or instead of it.
ZONES: Final = ("maxspeed:type", "source:maxspeed", "zone:maxspeed", "zone:traffic")
# Words by which there is no limit, so that the speed of the kind of street holds, and those
# that only say where the limit stands.
_FREE: Final = frozenset({"none", "no", "unlimited", "derestricted"})
_ELSEWHERE: Final = frozenset({
    "", "signals", "signs", "sign", "variable", "implicit", "default", "unposted", "national",
    "nsl",
})  # fmt: skip
_UNITS: Final = {
    "": 1.0, "km/h": 1.0, "kmh": 1.0, "kph": 1.0, "km/u": 1.0, "mph": 1.609344, "mp/h": 1.609344,
    "knots": 1.852, "knot": 1.852, "kn": 1.852, "kt": 1.852,
}  # fmt: skip
# A comma stands for a point where it can't part two limits, as in "50,30".
_FIGURE: Final = re.compile(r"([0-9]{1,3}(?:\.[0-9]+|,[0-9]|,[0-9]{3,})?) ?([a-z/]*)", re.ASCII)
_ZONE: Final = re.compile(r"(?:([a-z]{2}(?:-[a-z0-9]{1,3})?):)?(?:zone:?)?([0-9]{1,3})", re.ASCII)
_CONTEXT: Final = re.compile(r"([a-z]{2}(?:-[a-z0-9]{1,3})?):([a-z_]+)", re.ASCII)
_MAX_KMH: Final = 250.0
_MAX_BYTES: Final = 1 << 20
# Whether such a zone is built up.
_BUILT_UP: Final = {
    "urban": True, "living_street": True, "nsl_restricted": True, "pedestrian_zone": True,
    "rural": False, "nsl_single": False, "nsl_dual": False,
}  # fmt: skip


class Limits(NamedTuple):
    """What the tags of a way say of its speed.

    Attributes
    ----------
    ahead_kmh, back_kmh
        Limit along and against the way; 0 where none is given.
    built_up
        Whether it lies in a town; None where no zone says so.
    strange
        What stands there and isn't understood, empty where all is.
    """

    ahead_kmh: float
    back_kmh: float
    built_up: bool | None
    strange: str


def limits(tags: Tags) -> Limits:
    """Return the speed limit along and against a way, and what its zone says.

    Of several limits with semicolons between, the least counts. A zone stands in for a limit
    that isn't given as a figure, where the law of its country is known.

    Examples
    --------
    >>> limits({"maxspeed": "60", "maxspeed:backward": "30 mph"})[:2]
    (60.0, 48.28)
    >>> limits({"maxspeed": "RO:urban"})
    Limits(ahead_kmh=50.0, back_kmh=50.0, built_up=True, strange='')
    >>> limits({"maxspeed": "implicit", "zone:maxspeed": "DE:30"}).ahead_kmh
    30.0
    """
    strange = ""
    found: dict[str, float] = {}
    for key in (*LIMITS, *(f"{limit}:{side}" for limit in LIMITS for side in SIDES)):
        if key not in tags:
            continue
        kmh = _limit_kmh(tags[key])
        if kmh is None:
            strange = strange or f"{key}={tags[key]}"
        elif kmh:
            found[key] = kmh
    zones = [tags[key] for key in ZONES if key in tags]
    by_zone = next((kmh for zone in zones if (kmh := _zone_kmh(zone))), 0.0)
    free = any(tags.get(key, "").strip().casefold() in _FREE for key in LIMITS)
    both = next((found[key] for key in LIMITS if key in found), 0.0 if free else by_zone)
    ahead, back = (
        next((found[f"{limit}:{side}"] for limit in LIMITS if f"{limit}:{side}" in found), both)
        for side in SIDES
    )
    said = (_built_up(text) for text in (*(tags.get(key, "") for key in LIMITS), *zones))
    return Limits(ahead, back, next((one for one in said if one is not None), None), strange)


def maxspeed_kmh(tags: Tags) -> tuple[float, float]:
    """Return the speed limit along and against a way, km/h; 0 where none is given."""
    found = limits(tags)
    return found.ahead_kmh, found.back_kmh


def _limit_kmh(value: str) -> float | None:
    """Return the least of the limits that a text gives, 0 for none; None where it says nothing."""
    read = [_one_kmh(part.strip().casefold()) for part in value.split(";")]
    known = [kmh for kmh in read if kmh is not None]
    return min((kmh for kmh in known if kmh), default=0.0) if known else None


def _one_kmh(text: str) -> float | None:
    if text in _FREE | _ELSEWHERE:
        return 0.0
    if text in {"walk", "walking", "walking_pace"}:
        return float(_law()["walk_kmh"])
    figure = _FIGURE.fullmatch(text)
    if figure and figure[2] in _UNITS:
        return _possible(float(figure[1].replace(",", ".")) * _UNITS[figure[2]])
    zone = _zone_kmh(text)
    if zone:
        return zone
    return 0.0 if _CONTEXT.fullmatch(text) else None


def _zone_kmh(value: str) -> float:
    """Return the limit of a zone, as ``DE:zone:30`` or ``RO:urban``; 0 where none is known."""
    text, law = value.strip().casefold(), _law()
    found = _ZONE.fullmatch(text)
    if found and (found[1] or "zone" in text):
        miles = (found[1] or "").upper() in law["mph"]
        return _possible(float(found[2]) * _UNITS["mph" if miles else ""]) or 0.0
    found = _CONTEXT.fullmatch(text)
    if not found:
        return 0.0
    part, zone = found[1].upper(), found[2]
    tables = (law["kmh"].get(name, {}) for name in (part, part.partition("-")[0]))
    return next((float(table[zone]) for table in tables if zone in table), 0.0)


def _built_up(value: str) -> bool | None:
    text = value.strip().casefold()
    if "zone" in text and _ZONE.fullmatch(text):
        return True
    found = _CONTEXT.fullmatch(text)
    return _BUILT_UP.get(found[2]) if found else None


def _possible(kmh: float) -> float | None:
    """Return a limit to a hundredth, which is 40 m in an hour; None where it can't be one."""
    return round(kmh, 2) if 1.0 <= kmh <= _MAX_KMH else None


@cache
def _law() -> dict[str, Any]:
    return files.read_toml(paths.assets() / "maxspeed.toml", _MAX_BYTES)
