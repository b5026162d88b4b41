"""Where people live and where they work: which layers of the map, and what each counts as."""

from collections.abc import Mapping
from typing import Final

HOMES: Final = ("talent_housing", "universities", "settlements")
WORKS: Final = ("labs", "industry_parks")
SCENARIOS: Final = ("today", "metro7", "metro_7_15_17_27", "jinfeng_hub")
# The articles name one housing area; others only count as homes, and are called so.
_COUNTED_AS: Final[Mapping[str, str]] = {
    "talent_housing": "housing",
    "universities": "campus",
    "settlements": "town",
}
# Of these layers not every kind is a home or a place of work.
_KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "settlements": ("town", "new_town"),
    "industry_parks": ("industry_park",),
}


def is_lived_or_worked_in(layer: str, kind: str) -> bool:
    """Return whether places of a kind are homes or places of work; those of other layers are."""
    return layer not in _KINDS or kind in _KINDS[layer]


def counted_as(layer: str) -> str:
    """Return what a place of a layer is as a home: ``housing``, ``campus``, ``town`` or ``home``.

    Of a layer of another city nobody knows more than that it was given as homes.
    """
    return _COUNTED_AS.get(layer, "home")
