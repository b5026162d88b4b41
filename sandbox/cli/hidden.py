"""What a straight circle hides, on the command line."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sandbox.cli import words
from sandbox.cli.parts import city, homes, on_map, options, output, paged, topics
from sandbox.cli.parts import travel as travels
from sandbox.cli.parts.origins import read_places
from sandbox.errors import LayerError
from sandbox.export.files import ending_of
from sandbox.streets.modes import reach_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.app.answers.hidden import HiddenQuestion
    from sandbox.catalog.layer import Layer
    from sandbox.streets.travel import Travel


@click.command(cls=topics.ByTopic)
@homes.FACILITIES
@options.KIND
@click.option(
    "--radius-m", type=float, default=500.0, show_default=True, help="Radius of the circle."
)
@homes.given
@homes.WHO
@homes.SPEED
@travels.options("slope")
@options.REACH
@options.NETWORK
@options.EDITS
@homes.FILES
@options.JSON
def hidden(
    *,
    facilities_said: tuple[str, ...],
    kind: tuple[str, ...],
    radius_m: float,
    lived: homes.Homes,
    who: str,
    speed_kmh: float | None,
    travel: "Travel",
    reach_m: float | None,
    network_file: Path | None,
    edits_file: Path | None,
    files: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Show what a straight circle hides: along streets, and on slopes and stairs."""
    from sandbox.analysis.circles.hidden import HiddenQuestion
    from sandbox.analysis.circles.hidden import hidden as run
    from sandbox.app.answers.hidden import HiddenQuestion as Asked
    from sandbox.app.answers.hidden import as_answer
    from sandbox.catalog.standards import walker_named
    from sandbox.export.sheets.files import ENDINGS, write_report
    from sandbox.export.sheets.hidden import hidden_report
    from sandbox.export.sheets.pictures import shaded_hidden

    city.check_files(files, *ENDINGS)
    facilities = (
        read_places(facilities_said, kind).table
        if facilities_said
        else homes.facilities_table((), ())
    )
    network = options.opened(network_file, edits_file)
    homes_there = None
    schematic = homes.any_schematic(facilities)
    if lived.said:
        read = lived.read()
        schematic = schematic or homes.any_schematic(read)
        homes_there = lived.counted(read, network.crs)
    near_m = reach_of("walk") if reach_m is None else reach_m
    walker = walker_named(who)
    question = HiddenQuestion(radius_m, walker, speed_kmh, travel.slope, near_m)
    found = run(network, facilities, question, homes_there)
    say = words()
    report = hidden_report(found, say, schematic=schematic)
    grounds = partial(dict[str, Any], grounds=found.areas)
    for file in files:
        if ending_of(file) in paged.PAGES:
            asked = Asked("", metres=radius_m, who=who, speed_kmh=speed_kmh, slope=travel.slope)
            answer = as_answer(
                found,
                facilities,
                asked,
                schematic=schematic or network.streets.provenance.schematic,
            )
            paged.write_answer_page(file, answer, network_file=network_file, edits_file=edits_file)
            continue
        shaded = shaded_hidden(found, say)
        write_report(file, report, grounds, network, shaded, city.approval())
    if as_json:
        facts: dict[str, Any] = {
            "network": output.network_facts(network),
            "radius_m": radius_m,
            "minutes": round(question.minutes, 5),
            "walker": who,
            "speed_kmh": question.kmh,
            "slope": travel.slope,
            "reach_m": near_m,
            "warnings": list(report.warnings),
            "rows": output.records(found.table),
            "outputs": [str(one) for one in files],
        }
        click.echo(output.as_json(facts))
        return
    rows = output.sheet_lines(report.sheets[0], 20)
    click.echo("\n".join(output.report_lines(report, rows, files)))


def _question(
    layers: "Mapping[str, Layer]", common: on_map.Common, values: "Mapping[str, Any]"
) -> "HiddenQuestion | None":
    from sandbox.app.answers.hidden import HiddenQuestion
    from sandbox.app.answers.homes import home_layers
    from sandbox.catalog.names import kinds_named, place_layer_named

    if values["hidden"] is None:
        if values["hidden_kind"]:
            raise LayerError("--hidden-kind needs a layer.", "Give --hidden LAYER too.")
        return None
    layer = place_layer_named(layers, values["hidden"])
    held, said = {one.id: one for one in home_layers(layers)}, values["hidden_homes"]
    return HiddenQuestion(
        layer.id,
        kinds_named(layer, values["hidden_kind"]),
        metres=values["hidden_radius_m"],
        homes=place_layer_named(held, said).id if said else "",
        people=values["hidden_people"] or "",
    )


OPTIONS: Final = on_map.Options(
    {
        "hidden": click.option(
            "--hidden", metavar="LAYER|FILE", help="Also show what circles round its places hide."
        ),
        "hidden_kind": click.option(
            "--hidden-kind",
            metavar="KIND",
            multiple=True,
            help="With --hidden: only places of this kind; may be repeated.",
        ),
        "hidden_radius_m": click.option(
            "--hidden-radius-m",
            type=float,
            default=500.0,
            show_default=True,
            help="Radius of the circles of --hidden.",
        ),
        "hidden_homes": click.option(
            "--hidden-homes",
            metavar="LAYER|FILE",
            help="With --hidden: homes whose people are lost.",
        ),
        "hidden_people": click.option(
            "--hidden-people",
            metavar="COLUMN",
            help="With --hidden-homes: column of people, or of floor area in m².",
        ),
    },
    _question,
    ("hidden", "hidden_homes"),
)
