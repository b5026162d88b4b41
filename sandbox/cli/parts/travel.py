"""How one moves, as options: those of `Travel` and `Ride`, the same for every command."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, get_args, get_origin, get_type_hints

import click
from click.core import ParameterSource

from sandbox.cli import words
from sandbox.cli.parts import city
from sandbox.cli.parts.options import Renamed
from sandbox.errors import AnalysisError
from sandbox.streets.travel import Ride, Travel

if TYPE_CHECKING:
    from sandbox.edits.scenario import Scenario
    from sandbox.engine.network import Network
    from sandbox.streets.modes import Mode
    from sandbox.transit.lines import Supply

_Command = TypeVar("_Command", bound=Callable[..., Any])


class Moment(click.ParamType[datetime]):
    """A local time as 2026-11-23T08:00, with seconds where they are given."""

    name = "YYYY-MM-DDTHH:MM"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Return the moment, without a zone."""
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            moment = None
        # Lines keep the local time of their city. A time zone would be ignored silently.
        if moment is None or moment.tzinfo is not None:
            said = words(ctx)("“{value}” is not a time such as 2026-11-23T08:00.", value=value)
            self.fail(said, param, ctx)
        return moment


# What each field says in the help; a field that stands nowhere has no option.
_HELP: Final[Mapping[str, str]] = {
    "mode": "Travel mode; transit is public transport and walking.",
    "towards": "Reverse: travel to the places of --from instead of from them.",
    "walk_kmh": "Walking speed.",
    "bike_kmh": "Cycling speed on level ground.",
    "hour": "Hour of the day, 0 to 23, whose congestion slows cars.  [default: free flow]",
    "speeds_file": "Table of speeds by kind of street.  [default: the shipped one]",
    "slope": "How slopes affect walking, where the network has elevations; flat ignores them.",
    "depart": "Public transport: first departure, local time.",
    "arrive": "Public transport: arrive by this time; shows the areas from which that is possible.",
    "window_min": "Length of the departure window in minutes; with --arrive the window ends at "
    "that time.",
    "percentile": "Percentile of travel time, 1 to 99.",
    "max_rides": "Maximum number of vehicles.",
    "max_walk_min": "Longest walk along streets to, from and between stops, in minutes; time "
    "inside stations is not included.",
    "min_change_min": "Minimum transfer time in minutes.",
    "model": "Lines with headways: random phases, or a wait of half the headway.",
    "access": "To the first stop.",
    "egress": "From the last stop.",
    "draws": "Number of random phases, 1 to 50.",
}
# Options that aren't called as their field is, and what some were called before.
_CALLED: Final = {"walk_kmh": "--speed-kmh", "towards": "--reverse", "speeds_file": "--speeds"}
_WAS: Final = {"window_min": "--window", "min_change_min": "--min-change"}
_HINTS: Final[Mapping[str, Any]] = {**get_type_hints(Ride), **get_type_hints(Travel)}
_DEFAULTS: Final = {field.name: field.default for of in (Ride, Travel) for field in fields(of)}
# Those of them that concern transit.
RIDE: Final = (
    *("depart", "arrive", "window_min", "percentile", "max_rides", "max_walk_min"),
    *("min_change_min", "model", "access", "egress", "draws"),
)
STREETS: Final = ("mode", "walk_kmh", "bike_kmh", "hour", "speeds_file", "slope")

SCENARIO: Final = click.option(
    "--scenario",
    metavar="ID|FILE",
    help="Public transport: scenario added to the timetable; see sandbox scenarios list.",
)

SCENARIOS: Final = click.option(
    "--scenario",
    "scenarios",
    metavar="ID|FILE",
    multiple=True,
    help="Public transport: scenario of the lines that run; several stand beside each other, "
    "each with a column of its own.",
)


def _option(field: str) -> Callable[[_Command], _Command]:
    """Return the option of a field: its type, default and spelling follow from the field."""
    hint, default = _HINTS.get(field), _DEFAULTS.get(field)
    told: dict[str, Any] = {"help": _HELP[field], "default": default}
    told["show_default"] = default is not None and default is not False
    if field in {"depart", "arrive"}:
        told |= {"type": Moment(), "default": None, "show_default": False}
    elif get_origin(hint) is Literal:
        told["type"] = click.Choice(get_args(hint))
    elif hint is bool:
        told["is_flag"] = True
    elif field == "speeds_file":
        told |= {"type": click.Path(path_type=Path), "metavar": "FILE.toml"}
    else:
        told["type"] = int if int in (hint, *get_args(hint)) else float
    spelled = _CALLED.get(field, "--" + field.replace("_", "-"))
    was = (_WAS[field],) if field in _WAS else ()
    return click.option(spelled, field, cls=Renamed, was=was, **told)


def options(
    *names: str, timed: bool = True, also_mode: str | None = None
) -> Callable[[_Command], _Command]:
    """Give a command options of how one moves; it gets them as one `travel`.

    Parameters
    ----------
    *names
        Fields of `Travel` and `Ride`. Without ``mode`` one goes by transit, if at all.
    timed
        Whether public transport needs a departure or arrival time; else the map has one.
    also_mode
        Name of another parameter of the command that may say transit too.
    """

    def give(command: _Command) -> _Command:
        @wraps(command)
        def called(**told: Any) -> Any:
            said = {name: told.pop(name) for name in names}
            other = told[also_mode] if also_mode else None
            return command(travel=_travel(said, other, timed=timed), **told)

        given: Any = called
        for name in reversed(names):
            given = _option(name)(given)
        return given

    return give


def _travel(said: dict[str, Any], other_mode: str | None, *, timed: bool) -> Travel:
    """Return how one moves.

    Raises
    ------
    AnalysisError
        An hour is said for others than those who drive; when one leaves or arrives is said for
        another mode than transit, or is lacking there, or both are said.
    """
    ctx = click.get_current_context()
    mode = said.setdefault("mode", "transit" if "depart" in said else "walk")
    check_hour(mode, said.get("hour"))
    if said.get("speeds_file") is not None:
        said["speeds_file"] = str(said["speeds_file"])
    of_ride = {name: said.pop(name) for name in RIDE if name in said}
    chosen = [
        name for name in of_ride if ctx.get_parameter_source(name) is not ParameterSource.DEFAULT
    ]
    depart, arrive = (of_ride.pop(name, None) for name in ("depart", "arrive"))
    travel = Travel(**said)
    if "transit" not in {mode, other_mode}:
        if chosen:
            raise AnalysisError(
                "Departure times, windows and similar options only apply to public transport.",
                "Omit them, or use --mode transit.",
            )
        return travel
    if not (chosen or timed):
        return travel
    if (depart is None) == (arrive is None):
        raise _timeless()
    return replace(travel, ride=Ride(depart or arrive, arrive is not None, **of_ride))


def _timeless() -> AnalysisError:
    return AnalysisError(
        "Public transport needs a departure or arrival time.",
        "Give either --depart or --arrive, for example --depart 2026-11-23T08:00.",
    )


def of_reach(travel: Travel) -> Travel:
    """Return how a question of reach moves: towards its place where one arrives by a time."""
    ride = travel.by_transit
    return replace(travel, towards=travel.towards or (ride is not None and ride.arrive))


def check_hour(mode: str, hour: int | None) -> None:
    """Refuse an hour that makes no difference.

    Raises
    ------
    AnalysisError
        An hour is given for others than those who drive.
    """
    if hour is not None and mode != "drive":
        raise AnalysisError(
            "An hour is given, but congestion only affects driving.",
            "Omit --hour, or use --mode drive with --minutes.",
        )


def supply(mode: str, scenario: str | None) -> "Supply | None":
    """Return what runs in a scenario, by its id or file; None where none is chosen.

    Raises
    ------
    AnalysisError
        A scenario is given for those who don't go by transit.
    TransitError
        There is no such scenario, or with all its faults at once.
    """
    from sandbox.edits.line_edits import apply

    chosen = scenario_of(mode, scenario)
    return None if chosen is None else apply(chosen).supply


def scenario_of(mode: str, scenario: str | None) -> "Scenario | None":
    """Return a scenario by its id or file; None where none is chosen.

    Raises
    ------
    AnalysisError
        A scenario is given for those who don't go by transit.
    TransitError
        There is no such scenario, or with all its faults at once.
    """
    check_scenario(mode, scenario)
    if scenario is None:
        return None
    from sandbox.catalog import scenarios

    return scenarios.read(scenario, city.layers())


def supplies(mode: str, scenarios: Sequence[str]) -> "dict[str, Supply | None]":
    """Return what runs in each scenario, by its name; one without a name where none is chosen.

    Raises
    ------
    AnalysisError
        Scenarios are given for those who don't go by transit, or two have the same name.
    TransitError
        There is no such scenario, or with all its faults at once.
    """
    names = [Path(one).stem for one in scenarios]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise AnalysisError(
            "Two scenarios are named {name}.", "Name their files differently.", name=twice
        )
    found = zip(names, (supply(mode, one) for one in scenarios), strict=True)
    return dict(found) or {"": None}


def check_scenario(mode: str, scenario: str | None) -> None:
    """Refuse a scenario that makes no difference.

    Raises
    ------
    AnalysisError
        A scenario is given for those who don't go by transit.
    """
    if scenario is not None and mode != "transit":
        raise AnalysisError(
            "A scenario is given, but scenarios only concern public transport.",
            "Omit --scenario, or use --mode transit.",
        )


def modes_named(
    asked: str | None,
    network: "Network",
    supplies: "Iterable[Supply | None]",
    travel: Travel,
) -> "tuple[Mode, ...]":
    """Return the modes that `MODES_NAMED` names; by default those that the network has.

    Parameters
    ----------
    asked
        What was given.
    network, supplies
        The streets, and what runs beside their timetable.
    travel
        How one moves, with the time of journeys by transit.

    Raises
    ------
    AnalysisError
        One isn't known, or transit is among them and no time is given.
    """
    from sandbox.analysis.transit import modes_of
    from sandbox.streets.modes import check_modes

    if asked is None:
        by = modes_of(network, supplies)
    else:
        by = check_modes(part.strip() for part in asked.split(","))
    if "transit" in by and travel.ride is None:
        raise _timeless()
    return by


def modes_lacking(asked: str | None, by: "Sequence[Mode]") -> list[str]:
    """Return a line that names the modes the network lacks, where all of them are meant."""
    from sandbox.streets.modes import MODE_IDS

    lacking = [] if asked is not None else [mode for mode in MODE_IDS if mode not in by]
    if not lacking:
        return []
    return [
        words()(
            "Not calculated, as the network has no streets or lines for it: {modes}",
            modes=", ".join(lacking),
        )
    ]


MODES_NAMED: Final = click.option(
    "--modes",
    metavar="walk,bike,…",
    help="Modes of which the fastest counts.  [default: all that the network has]",
)
