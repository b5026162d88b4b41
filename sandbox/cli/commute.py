"""Half-hour commutes, on the command line."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sandbox.catalog.commuters import HOMES, SCENARIOS, WORKS, counted_as, is_lived_or_worked_in
from sandbox.cli import words
from sandbox.cli.parts import city, options, output, topics
from sandbox.cli.parts import travel as travels
from sandbox.cli.parts.asked import plain_state
from sandbox.cli.parts.origins import SOURCE, read_places
from sandbox.errors import AnalysisError
from sandbox.export.files import ending_of

if TYPE_CHECKING:
    import geopandas as gpd

    from sandbox.analysis.commute import Commute, Peak
    from sandbox.app.atlas import Atlas
    from sandbox.edits.scenario import Scenario
    from sandbox.engine.network import Network
    from sandbox.streets.travel import Travel

_BACK_AT: Final = 18


@click.command(cls=topics.ByTopic)
@click.option(
    "--scenario",
    "scenarios",
    metavar="ID|FILE|timetable",
    multiple=True,
    help="Scenario of the lines that run; may be repeated.  [default: today and the planned ones, "
    "in another city the timetable]",
)
@click.option("--minutes", type=float, default=30.0, show_default=True, help="Longest commute.")
@click.option("--back", type=travels.Moment(), help="Departure time from work.  [default: 18:00]")
@travels.MODES_NAMED
@click.option(
    "--from",
    "homes",
    metavar=SOURCE,
    multiple=True,
    help="Homes; may be repeated.  [default: talent_housing, universities, settlements]",
)
@click.option(
    "--to",
    "works",
    metavar=SOURCE,
    multiple=True,
    help="Places of work; may be repeated.  [default: labs, industry_parks]",
)
@options.NETWORK
@travels.options("walk_kmh", "bike_kmh", *travels.RIDE)
@click.option(
    "-o",
    "--output",
    "file",
    metavar="OUT.gpkg|.csv|.html",
    type=click.Path(path_type=Path),
    help="Output file: all pairs as a table; .gpkg adds homes and pairs as layers, .html adds "
    "the map.",
)
@options.JSON
def commute(
    *,
    scenarios: tuple[str, ...],
    minutes: float,
    back: datetime | None,
    modes: str | None,
    homes: tuple[str, ...],
    works: tuple[str, ...],
    network_file: Path | None,
    travel: "Travel",
    file: Path | None,
    as_json: bool,
) -> None:
    """Calculate which workplaces are within half an hour of which homes, each way."""
    from sandbox.analysis.commute import Peak
    from sandbox.analysis.commute import commute as joined
    from sandbox.edits.line_edits import apply
    from sandbox.engine.network import Network
    from sandbox.export.page.analyses.commute import commuting
    from sandbox.export.page.html import write_page
    from sandbox.words import Bilingual

    city.check_files([file], ".gpkg", ".csv", ".html")
    ride = travel.by_transit
    if ride is None or ride.arrive:
        raise AnalysisError(
            "A commute is calculated by departure time.", "Give --depart, not --arrive."
        )
    back = back or ride.when.replace(hour=_BACK_AT, minute=0)
    layers = city.layers()
    living, working = _places(homes or HOMES), _places(works or WORKS)
    network = Network.open(network_file)
    atlas = city.atlas(layers, network)
    chosen = _read(scenarios, atlas)
    running = {name: apply(one).supply for name, one in chosen.items()}
    by = travels.modes_named(modes, network, running.values(), travel)
    peak = Peak(travel, back, minutes, by)
    found = joined(network, living, working, running, peak)
    if file and ending_of(file) == ".html":
        state = plain_state(atlas)
        titles = {name: Bilingual(one.title.zh, one.title.en) for name, one in chosen.items()}
        result = commuting(found, living, working, peak, names=titles)
        write_page(file, atlas, state, result.noting(found.notes))
    elif file:
        _write(file, found, living, working)
    notes = output.noted(found.notes)
    if as_json:
        click.echo(output.as_json({**_facts(network, found, peak, file), "notes": notes}))
    else:
        lacking = travels.modes_lacking(modes, by)
        click.echo("\n".join([*_lines(network, found, peak, file), *lacking]))


def _places(said: Sequence[str]) -> "gpd.GeoDataFrame":
    import geopandas as gpd

    found = read_places(said).table
    kept = [
        is_lived_or_worked_in(layer, kind)
        for layer, kind in zip(found["layer"], found["kind"], strict=True)
    ]
    found["counted_as"] = [counted_as(layer) for layer in found["layer"]]
    return gpd.GeoDataFrame(found[kept].reset_index(drop=True), geometry="geometry")


def _read(named: Sequence[str], atlas: "Atlas") -> "dict[str, Scenario]":
    """Return what runs by its name; by default in another city the timetable alone."""
    from sandbox.app.answers.comparing import TIMETABLE, named_scenario
    from sandbox.app.moving import today
    from sandbox.edits.scenario import Scenario

    usual = SCENARIOS if today(atlas) is not None else (TIMETABLE,)
    found: dict[str, Scenario] = {}
    for one in named or usual:
        scenario, (name, title) = named_scenario(atlas, one)
        found[Path(one).stem] = scenario or Scenario(name, title)
    return found


def _write(
    file: Path, found: "Commute", homes: "gpd.GeoDataFrame", works: "gpd.GeoDataFrame"
) -> None:
    from sandbox.analysis.commute import homes_layer, pairs_layer
    from sandbox.analysis.table import MINUTE_DECIMALS
    from sandbox.export.tables import write_csv, write_layers

    if ending_of(file) == ".csv":
        write_csv(file, found.pairs.round(MINUTE_DECIMALS))
    else:
        told = replace(found, pairs=found.pairs.round(MINUTE_DECIMALS))
        layers = {"homes": homes_layer(found, homes), "pairs": pairs_layer(told, homes, works)}
        write_layers(file, layers)


def _beyond(found: "Commute") -> dict[tuple[str, str], int]:
    """Return how many pairs lack what, by scenario and word of `LACKS`."""
    from sandbox.analysis.commute import LACKS

    pairs = found.pairs
    counts = Counter(zip(pairs["scenario"], pairs["lacks"], strict=True))
    return {
        (name, lack): counts[name, lack]
        for name in dict.fromkeys(pairs["scenario"])
        for lack in LACKS
        if lack and counts[name, lack]
    }


def _facts(network: "Network", found: "Commute", peak: "Peak", file: Path | None) -> dict[str, Any]:
    from sandbox.analysis.commute import summary
    from sandbox.analysis.table import written_departure

    return {
        "network": output.network_facts(network),
        "minutes": peak.minutes,
        "leave_home": written_departure(peak.ride.when),
        "leave_work": written_departure(peak.back),
        "modes": list(peak.modes),
        "summary": summary(found).to_dict("records"),
        "homes": found.shares.to_dict("records"),
        "beyond": [
            {"scenario": scenario, "lacks": lack, "pairs": count}
            for (scenario, lack), count in _beyond(found).items()
        ],
        "output": str(file) if file else None,
    }


def _lines(network: "Network", found: "Commute", peak: "Peak", file: Path | None) -> list[str]:
    from sandbox.analysis.commute import summary
    from sandbox.analysis.table import clock
    from sandbox.export.page.analyses.commute import HOMES, WANTS

    say = words()
    rows = [
        [
            say("Scenario"),
            say("Homes"),
            say("Within the limit"),
            say("Without a car"),
            say("Public transport"),
        ]
    ]
    for row in summary(found).to_dict("records"):
        shares = [f"{row[name]:.1%}" for name in ("share", "share_without_car", "share_transit")]
        rows.append([str(row["scenario"]), say(HOMES[str(row["counted_as"])]), *shares])
    lacking = [[say("Scenario"), say("Reasons for exceeding the limit"), say("Pairs")]]
    lacking += [[name, say(WANTS[lack]), str(n)] for (name, lack), n in _beyond(found).items()]
    moving = say(
        "Within {minutes} min each way, leaving home at {there} and work at {back}; fastest "
        "of {modes}",
        minutes=f"{peak.minutes:g}",
        there=clock(peak.ride.when),
        back=clock(peak.back),
        modes=", ".join(peak.modes),
    )
    return [
        *output.heading_saying(network, moving),
        *output.columns(rows),
        "",
        *output.columns(lacking),
        *output.written(file),
    ]
