"""Options of those who go by line, shared by the commands that ask about them."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from sandbox.cli import words
from sandbox.errors import AnalysisError
from sandbox.streets.modes import FEEDERS, MODES

if TYPE_CHECKING:
    from sandbox.streets.travel import Ride
    from sandbox.transit.lines import Supply

_Command = TypeVar("_Command", bound=Callable[..., Any])

MODE: Final = click.option(
    "--mode",
    type=click.Choice(list(MODES)),
    default="walk",
    show_default=True,
    help="Travel mode; transit is public transport and walking.",
)


SCENARIO: Final = click.option(
    "--scenario",
    metavar="ID|FILE",
    help="Public transport: scenario added to the timetable; see sandbox scenarios list.",
)


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
        # Lines keep the local time of their city. A zone that is said would be passed over.
        if moment is None or moment.tzinfo is not None:
            said = words(ctx)("“{value}” is not a time such as 2026-11-23T08:00.", value=value)
            self.fail(said, param, ctx)
        return moment


_OPTIONS: Final = (
    click.option("--depart", type=Moment(), help="Public transport: first departure, local time."),
    click.option(
        "--arrive",
        type=Moment(),
        help="Public transport: arrive by this time; shows the areas from which that is possible.",
    ),
    click.option(
        "--window",
        "window_min",
        type=int,
        help="Length of the departure window in minutes.  [default: 60]",
    ),
    click.option(
        "--percentile", type=int, help="Percentile of travel time, 1 to 99.  [default: 50]"
    ),
    click.option("--max-rides", type=int, help="Maximum number of vehicles.  [default: 4]"),
    click.option(
        "--max-walk-min",
        type=float,
        help="Longest walk along streets to, from and between stops, in minutes; time inside "
        "stations is not included.  [default: 15]",
    ),
    click.option(
        "--min-change",
        "min_change_min",
        metavar="MINUTES",
        type=float,
        help="Minimum transfer time in minutes.  [default: 0]",
    ),
    click.option(
        "--model",
        type=click.Choice(["random", "expected"]),
        help="Lines with headways: random phases, or a wait of half the headway.  [default: "
        "random]",
    ),
    click.option(
        "--access", type=click.Choice(FEEDERS), help="To the first stop.  [default: walk]"
    ),
    click.option(
        "--egress", type=click.Choice(FEEDERS), help="From the last stop.  [default: walk]"
    ),
    click.option("--draws", type=int, help="Number of random phases, 1 to 50.  [default: 5]"),
)


def options(command: _Command) -> _Command:
    """Give a command the options of those who go by line."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def ride(mode: str, **told: Any) -> "Ride | None":
    """Return how one goes by line, None for other modes.

    Parameters
    ----------
    mode
        How one moves.
    **told
        The values of `options`, None where nothing was said.

    Raises
    ------
    AnalysisError
        Something is said for another mode; or not when one leaves or arrives, or both.
    """
    depart, arrive = told.pop("depart"), told.pop("arrive")
    said = {name: value for name, value in told.items() if value is not None}
    if mode != "transit":
        if said or depart or arrive:
            raise AnalysisError(
                "Departure times, windows and similar options only apply to public transport.",
                "Omit them, or use --mode transit.",
            )
        return None
    if (depart is None) == (arrive is None):
        raise AnalysisError(
            "Public transport needs a departure or arrival time.",
            "Give either --depart or --arrive, for example --depart 2026-11-23T08:00.",
        )
    from sandbox.streets.travel import Ride

    return Ride(when=depart or arrive, arrive=arrive is not None, **said)


def supply(mode: str, scenario: str | None) -> "Supply | None":
    """Return what runs in a scenario, by its id or file; None where none is chosen.

    Raises
    ------
    AnalysisError
        A scenario is given for those who don't go by line.
    TransitError
        There is no such scenario, or with all its faults at once.
    """
    check_scenario(mode, scenario)
    if scenario is None:
        return None
    from sandbox.catalog import scenarios
    from sandbox.catalog.folder import load_all
    from sandbox.edits.line_edits import apply

    return apply(scenarios.read(scenario, load_all())).supply


def check_scenario(mode: str, scenario: str | None) -> None:
    """Refuse a scenario that makes no difference.

    Raises
    ------
    AnalysisError
        A scenario is given for those who don't go by line.
    """
    if scenario is not None and mode != "transit":
        raise AnalysisError(
            "A scenario is given, but scenarios only concern public transport.",
            "Omit --scenario, or use --mode transit.",
        )
