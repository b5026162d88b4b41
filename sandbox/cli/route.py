"""Routes between two places, on the command line."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sandbox.cli import words
from sandbox.cli.parts import journeys, options, output, topics
from sandbox.cli.parts import travel as travels
from sandbox.cli.parts.origins import read_place
from sandbox.export.files import check_file

if TYPE_CHECKING:
    from sandbox.analysis.places.access import Place
    from sandbox.analysis.route import Route, Step
    from sandbox.engine.network import Network
    from sandbox.streets.travel import Travel

_TURNS: Final[Mapping[str, str]] = {
    "": "Continue along",
    "straight": "Straight on",
    "slight_left": "Slightly left",
    "left": "Left",
    "sharp_left": "Sharply left",
    "back": "Make a U-turn",
    "sharp_right": "Sharply right",
    "right": "Right",
    "slight_right": "Slightly right",
}


@click.command(cls=topics.ByTopic)
@click.option(
    "--from",
    "from_place",
    metavar="NAME|FILE|LON,LAT",
    required=True,
    help="Origin: a place of the map, the one place of a file, or a position.",
)
@click.option(
    "--to",
    "to_place",
    metavar="NAME|FILE|LON,LAT",
    required=True,
    help="Destination: a place of the map, the one place of a file, or a position.",
)
@options.NETWORK
@options.EDITS
@travels.options(*travels.STREETS, *travels.RIDE)
@travels.SCENARIO
@click.option(
    "-o",
    "--output",
    "file",
    metavar="OUT.geojson|.gpkg",
    type=click.Path(path_type=Path),
    help="Output file for the route and its steps.",
)
@options.JSON
def route(
    *,
    from_place: str,
    to_place: str,
    network_file: Path | None,
    edits_file: Path | None,
    travel: "Travel",
    scenario: str | None,
    file: Path | None,
    as_json: bool,
) -> None:
    """Find the fastest route between two places, step by step."""
    from sandbox.analysis.itinerary import as_table as journey_table
    from sandbox.analysis.itinerary import itinerary as by_transit
    from sandbox.analysis.route import as_table
    from sandbox.analysis.route import route as fastest

    check_file(file, *output.AREAS)
    supply = travels.supply(travel.mode, scenario)
    start, end = read_place(from_place), read_place(to_place)
    network = options.opened(network_file, edits_file)
    if travel.by_transit is not None:
        journey = by_transit(network, start, end, travel, supply=supply)
        names = (str(start.name), str(end.name))
        if file:
            output.write_areas(journey_table(network, journey, names), file)
        if as_json:
            told = {
                "from_id": start.id,
                "to_id": end.id,
                **journeys.facts(network, journey, names),
                "output": str(file) if file else None,
            }
            click.echo(output.as_json(told))
        else:
            click.echo("\n".join([*journeys.lines(network, journey, names), *output.written(file)]))
        return
    found = fastest(network, start, end, travel)
    if file:
        table = as_table(network, found, (str(start.name), str(end.name)))
        output.write_areas(table, file)
    if as_json:
        click.echo(output.as_json(_facts(network, found, start, end, file)))
        return
    click.echo("\n".join(_lines(network, found, start, end, file)))


def _facts(
    network: "Network", found: "Route", start: "Place", end: "Place", file: Path | None
) -> dict[str, Any]:
    return {
        "network": output.network_facts(network),
        "mode": found.travel.mode,
        "from_id": start.id,
        "from": str(start.name),
        "to_id": end.id,
        "to": str(end.name),
        "measured_from": found.measured[0],
        "measured_to": found.measured[1],
        **_figures(found),
        "steps": [
            {"part": step.kind, "street": step.street, "turn": step.turn, **_figures(step)}
            for step in found.steps
        ],
        "output": str(file) if file else None,
    }


def _figures(one: "Route | Step") -> dict[str, Any]:
    from sandbox.analysis.table import written_minutes

    return {
        "minutes": written_minutes(one.minutes),
        "metres": round(one.metres, 1),
        "ascent_m": None if one.ascent_m is None else round(one.ascent_m, 1),
        "descent_m": None if one.descent_m is None else round(one.descent_m, 1),
    }


def _lines(
    network: "Network", found: "Route", start: "Place", end: "Place", file: Path | None
) -> list[str]:
    say = words()
    whole = say(
        "{start} → {end}: {minutes} minutes, {metres} m",
        start=start.name,
        end=end.name,
        minutes=f"{found.minutes:,.1f}",
        metres=f"{found.metres:,.0f}",
    )
    if found.ascent_m is not None and found.descent_m is not None:
        whole += say(
            ", {up} m up, {down} m down",
            up=f"{found.ascent_m:,.0f}",
            down=f"{found.descent_m:,.0f}",
        )
    rows = [[say("Turn"), say("Street"), say("Minutes"), say("Metres")]]
    for step in found.steps:
        kinds = {
            "access": say("Walk to the street"),
            "ferry": say("Take the ferry"),
            "egress": say("Walk from the street to the destination"),
        }
        turn = kinds.get(step.kind) or say(_TURNS[step.turn])
        rows.append([turn, step.street or "–", f"{step.minutes:,.1f}", f"{step.metres:,.0f}"])
    return [*output.heading_saying(network, whole), *output.columns(rows), *output.written(file)]
