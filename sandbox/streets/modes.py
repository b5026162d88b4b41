"""The modes of moving, one table: all that differs from mode to mode and isn't a computation.

A mode of the streets also has a pace (`sandbox.streets.speeds`) and rules of whom a street of
OpenStreetMap is open to (`sandbox.sources.osm.rules`); tests hold that none is forgotten.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntFlag
from typing import Final, Literal, cast, get_args

from sandbox.errors import AnalysisError
from sandbox.words import Text

Mode = Literal["walk", "bike", "drive", "transit"]
StreetMode = Literal["walk", "bike", "drive"]
# How one gets to stops and on from them.
Feeder = Literal["walk", "bike"]


class Access(IntFlag):
    """Who may use a segment, and which way along it; and whether bikes are pushed there.

    Bits from 128 to 32768 are free for modes to come; a file that sets one is refused.
    """

    WALK_FORWARD = 1
    WALK_BACKWARD = 2
    BIKE_FORWARD = 4
    BIKE_BACKWARD = 8
    DRIVE_FORWARD = 16
    DRIVE_BACKWARD = 32
    BIKE_PUSHED = 64
    WALK = WALK_FORWARD | WALK_BACKWARD
    BIKE = BIKE_FORWARD | BIKE_BACKWARD
    DRIVE = DRIVE_FORWARD | DRIVE_BACKWARD


@dataclass(frozen=True, slots=True)
class ModeFacts:
    """What the program knows of a mode.

    Attributes
    ----------
    verb, manner, brief
        What one does, as buttons say it; how one goes, as tables and lists say it; and the
        same where columns are narrow.
    heading, heading_to
        Heading of a legend of times from a place, and to it.
    reach_m
        How far from a street the ground counts where nobody says otherwise.
    minutes
        Cutoffs that are asked for first.
    slider_minutes
        Where a slider of cutoffs ends; a search goes this far once it is moved, so that it
        moves without searching again.
    offered_minutes
        Largest cutoffs that a visitor may choose.
    access
        Bits of a segment that is open along and against it; None for a mode that moves on
        no streets of its own.
    """

    verb: Text
    manner: Text
    brief: Text
    heading: Text
    heading_to: Text
    reach_m: float
    minutes: tuple[float, ...]
    slider_minutes: float
    offered_minutes: tuple[float, ...]
    access: tuple[Access, Access] | None


MODES: Final[Mapping[str, ModeFacts]] = {
    "walk": ModeFacts(
        verb=Text("Walk"),
        manner=Text("On foot"),
        brief=Text("On foot"),
        heading=Text("Walking time"),
        heading_to=Text("Walking time to here"),
        reach_m=50.0,
        minutes=(5.0, 10.0, 15.0),
        slider_minutes=30.0,
        offered_minutes=(15.0, 30.0),
        access=(Access.WALK_FORWARD, Access.WALK_BACKWARD),
    ),
    "bike": ModeFacts(
        verb=Text("Cycle"),
        manner=Text("By bike"),
        brief=Text("By bike"),
        heading=Text("Cycling time"),
        heading_to=Text("Cycling time to here"),
        reach_m=50.0,
        minutes=(5.0, 10.0, 15.0),
        slider_minutes=45.0,
        offered_minutes=(15.0, 30.0),
        access=(Access.BIKE_FORWARD, Access.BIKE_BACKWARD),
    ),
    "drive": ModeFacts(
        verb=Text("Drive"),
        manner=Text("By car"),
        brief=Text("By car"),
        heading=Text("Driving time"),
        heading_to=Text("Driving time to here"),
        reach_m=100.0,
        minutes=(5.0, 10.0, 15.0),
        slider_minutes=45.0,
        offered_minutes=(15.0, 30.0),
        access=(Access.DRIVE_FORWARD, Access.DRIVE_BACKWARD),
    ),
    "transit": ModeFacts(
        verb=Text("Public transport"),
        manner=Text("Public transport"),
        brief=Text("Transit"),
        heading=Text("Time by public transport and on foot"),
        heading_to=Text("Time by public transport and on foot to here"),
        reach_m=50.0,
        minutes=(15.0, 30.0, 45.0),
        slider_minutes=90.0,
        offered_minutes=(30.0, 45.0, 60.0),
        access=None,
    ),
}
MODE_IDS: Final[tuple[Mode, ...]] = get_args(Mode)
STREET_MODES: Final[tuple[StreetMode, ...]] = get_args(StreetMode)
FEEDERS: Final[tuple[Feeder, ...]] = get_args(Feeder)
# Bits of a segment that a mode may use along and against it, of the modes that move on streets.
ACCESS: Final[Mapping[str, tuple[Access, Access]]] = {
    mode: facts.access for mode, facts in MODES.items() if facts.access is not None
}


def reach_of(mode: str) -> float:
    """Return how far from a street the ground counts; as on foot for a mode that isn't known.

    Whether there is such a mode is said where its streets are looked for.
    """
    facts = MODES.get(mode)
    return (facts or MODES["walk"]).reach_m


def check_modes(asked: Iterable[object]) -> tuple[Mode, ...]:
    """Return modes as they were named.

    Raises
    ------
    AnalysisError
        One of them isn't known, or there are none.
    """
    named = tuple(asked)
    unknown = [mode for mode in named if mode not in MODE_IDS]
    if unknown or not named:
        raise AnalysisError(
            "Unknown mode: {mode}.",
            "Modes: {known}.",
            mode=", ".join(map(str, unknown)) or "–",
            known=", ".join(MODE_IDS),
        )
    return cast("tuple[Mode, ...]", named)
