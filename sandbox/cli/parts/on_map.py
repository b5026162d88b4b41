"""Analyses that a map shows: each has options of its own in the commands that draw or write it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from sandbox.app.answers import parts
from sandbox.cli.parts import origins

if TYPE_CHECKING:
    from sandbox.app.questions import AnalysisQuestion
    from sandbox.catalog.layer import Layer
    from sandbox.edits.scenario import Scenario
    from sandbox.streets.travel import Travel

_Command = TypeVar("_Command", bound=Callable[..., Any])


class Common(NamedTuple):
    """What the command asks for all that the map shows: cutoffs, and how one moves.

    Without cutoffs or a reach each analysis has those of its own way to move.
    """

    minutes: tuple[float, ...] | None
    travel: "Travel"
    reach_m: float | None = None
    scenario: "Scenario | None" = None


@dataclass(frozen=True, slots=True)
class Options:
    """A command's part of an analysis.

    Attributes
    ----------
    options
        Its options on the map, by the names of their values.
    question
        Returns what they ask for, None where they ask for nothing; it refuses what is unknown.
    places
        Which of the options name a layer of places, for which a file may stand.
    """

    options: Mapping[str, Callable[[Any], Any]]
    question: Callable[
        [Mapping[str, "Layer"], Common, Mapping[str, Any]], "AnalysisQuestion[Any] | None"
    ]
    places: tuple[str, ...] = ()


def options(command: _Command) -> _Command:
    """Give a command the options of all analyses; it gets their values as one `asked`."""
    adders = {
        name: add
        for one in parts("sandbox.cli", Options).values()
        for name, add in one.options.items()
    }

    @wraps(command)
    def called(**told: Any) -> Any:
        asked = {name: told.pop(name) for name in adders}
        return command(asked=asked, **told)

    given: Any = called
    for add in reversed(adders.values()):
        given = add(given)
    return given


def holding(
    layers: Mapping[str, "Layer"], values: Mapping[str, Any]
) -> "tuple[dict[str, Layer], dict[str, Any]]":
    """Return layers with those of files that options name, and the values with their ids.

    Raises
    ------
    SandboxError
        A file can't be read as places.
    """
    held, asked = dict(layers), dict(values)
    known: dict[str, str] = {}
    named = [one for each in parts("sandbox.cli", Options).values() for one in each.places]

    def called(said: str) -> str:
        nonlocal held
        if said not in known:
            held, known[said] = origins.holding(held, said)
        return known[said]

    for name in named:
        said = values[name]
        if isinstance(said, str) and said:
            asked[name] = called(said)
        elif said:
            asked[name] = tuple(map(called, said))
    return held, asked


def questions(
    layers: Mapping[str, "Layer"], common: Common, values: Mapping[str, Any]
) -> "tuple[AnalysisQuestion[Any], ...]":
    """Return what the options' values ask for.

    Raises
    ------
    SandboxError
        There is no such layer, or it has none of the kinds.
    """
    every = parts("sandbox.cli", Options).values()
    asked = (one.question(layers, common, values) for one in every)
    return tuple(one for one in asked if one is not None)
