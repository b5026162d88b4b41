"""What planning standards ask of life circles, as values: rules, facilities, and who walks.

Every figure says how well it is known. A rule that nobody has compared with the printed standard
says so wherever it counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from sandbox.words import Bilingual, Text

Mark = Literal["seen", "one_reader", "memory", "confirmed"]
Range = tuple[float, float]

_SAID: Final[Mapping[str, Text]] = {
    "seen": Text("seen in a public page, not compared with the printed standard"),
    "one_reader": Text("by one reader of the text, not compared with the printed standard"),
    "memory": Text("from memory, not compared with the printed standard"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How well a figure of a standard is known.

    Attributes
    ----------
    mark
        ``seen`` in a public page, from ``one_reader`` who had the text, from ``memory``, or
        ``confirmed`` against the printed standard.
    by, on
        Who confirmed it, and on which date (ISO); empty otherwise.
    """

    mark: Mark
    by: str = ""
    on: str = ""

    @property
    def confirmed(self) -> bool:
        """Return whether somebody compared it with the printed standard."""
        return self.mark == "confirmed"

    @property
    def said(self) -> Text:
        """Return it as people read it."""
        if self.confirmed:
            return Text("confirmed by {name} on {date}", {"name": self.by, "date": self.on})
        return _SAID[self.mark]


@dataclass(frozen=True, slots=True)
class Facility:
    """A kind of facility, as standards name it.

    Attributes
    ----------
    id
        What rules call it.
    title
        What people call it.
    synonyms
        Other words for it, in either language.
    kinds
        Values of the column `kind` of layers that mean it.
    tags
        Tags of OpenStreetMap that mean it, as ``amenity=kindergarten``.
    stands_for
        Lesser facilities that it stands for, where a standard's tiers are inclusive.
    """

    id: str
    title: Bilingual
    synonyms: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    stands_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limit:
    """How near a facility must be: one of several ways to meet a rule.

    Attributes
    ----------
    metres, minutes
        The longest way; None where the standard doesn't say it so.
    from_m2, below_m2
        Only facilities of this size count; None is no bound.
    """

    metres: float | None = None
    minutes: float | None = None
    from_m2: float | None = None
    below_m2: float | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a standard asks.

    Attributes
    ----------
    id, tier, facility
        What it is called, and the ids of its tier and of its facility.
    limits
        It is met by any of them; empty where only sizes are asked.
    people
        How many people one facility serves, from and to.
    floor_m2, land_m2
        Least size of one facility.
    m2_per_1000
        Facilities' area for every thousand people; None where the standard doesn't ask it.
    places_per_1000
        Seats or beds for every thousand people.
    share
        The part of people, homes or residential land that is to be covered.
    floor_at_most
        The highest floor on which such a facility can be used.
    clause
        Clause or table of the standard.
    standing
        How well it is known.
    note
        What else one must know; None for nothing.
    """

    id: str
    tier: str
    facility: str
    limits: tuple[Limit, ...]
    clause: str
    standing: Standing
    people: Range | None = None
    floor_m2: float | None = None
    land_m2: float | None = None
    m2_per_1000: float | None = None
    places_per_1000: float | None = None
    share: float = 1.0
    floor_at_most: int | None = None
    note: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Tier:
    """A level of a life circle.

    Attributes
    ----------
    id, title
        What it is called.
    metres
        Walking distance, from and to; None where none is stated.
    minutes
        Walking time that it is named after.
    people, dwellings
        Its size, from and to.
    clause, standing
        Where it stands, and how well it is known.
    """

    id: str
    title: Bilingual
    clause: str
    standing: Standing
    metres: Range | None = None
    minutes: float | None = None
    people: Range | None = None
    dwellings: Range | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Standard:
    """A planning standard, or a city's own rules.

    Attributes
    ----------
    id, title, version
        What it is called, and of which edition.
    in_force
        Since when, ISO; empty where that isn't known.
    inclusive
        Whether a facility of a higher tier may stand for one of a lower tier. It may not in
        GB 50180-2018, so tiers are audited each for itself.
    source
        Where the figures were read.
    note
        What one must know before using it; None for nothing.
    tiers, rules, facilities
        By their ids, in the order of the standard; facilities are all those that are known.
    """

    id: str
    title: Bilingual
    version: str
    in_force: str
    inclusive: bool
    source: Bilingual
    note: Bilingual | None
    tiers: Mapping[str, Tier]
    rules: Mapping[str, Rule]
    facilities: Mapping[str, Facility]

    @property
    def unconfirmed(self) -> tuple[Rule, ...]:
        """Return the rules that nobody has confirmed."""
        return tuple(rule for rule in self.rules.values() if not rule.standing.confirmed)


@dataclass(frozen=True, slots=True)
class Walker:
    """Who walks: how fast, and where they can't go.

    Attributes
    ----------
    id, title
        What they are called.
    speed_kmh
        On level ground.
    steps
        Whether they can take steps.
    steepest
        The steepest slope they can take (rise over run); None for any.
    source, standing
        Where the figures are from, and how well they are known.
    """

    id: str
    title: Bilingual
    speed_kmh: float
    source: Bilingual
    standing: Standing
    steps: bool = True
    steepest: float | None = None
