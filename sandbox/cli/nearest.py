"""The nearest places of a kind, on the command line: for each home, or any places."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sandbox.cli import words
from sandbox.cli.parts import city, on_map, options, output, paged, topics
from sandbox.cli.parts import travel as travels
from sandbox.cli.parts.origins import SOURCE, read_places
from sandbox.errors import LayerError
from sandbox.export.files import ending_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.analysis.nearest import Nearest
    from sandbox.app.answers.nearest import NearestQuestion
    from sandbox.catalog.layer import Layer
    from sandbox.engine.network import Network
    from sandbox.streets.travel import Travel

_TABLES: Final = (".csv", ".parquet")
_ROWS_SAID: Final = 40
_LONGEST_MIN: Final = 60.0


@click.command(cls=topics.ByTopic)
@click.option(
    "--from",
    "from_places",
    metavar=SOURCE,
    required=True,
    multiple=True,
    help="The places to start from, as homes; may be repeated.",
)
@click.option(
    "--to",
    "to_places",
    metavar=SOURCE,
    required=True,
    multiple=True,
    help="The places to look for; may be repeated.",
)
@options.KIND
@click.option("--count", type=int, default=1, show_default=True, help="How many of the nearest.")
@options.NETWORK
@options.EDITS
@travels.options(*travels.STREETS, "towards", *travels.RIDE)
@options.LONGEST
@travels.SCENARIO
@click.option(
    "-o",
    "--output",
    "file",
    metavar="OUT.csv|.parquet|.geojson|.gpkg|.html",
    type=click.Path(path_type=Path),
    help="Output table, one row per place; as .geojson or .gpkg with lines to the nearest, as "
    ".html with a map.",
)
@options.JSON
def nearest(
    *,
    from_places: tuple[str, ...],
    to_places: tuple[str, ...],
    kind: tuple[str, ...],
    count: int,
    network_file: Path | None,
    edits_file: Path | None,
    travel: "Travel",
    minutes: float,
    scenario: str | None,
    file: Path | None,
    as_json: bool,
) -> None:
    """Say which place of a kind is nearest to each home, or any place, in minutes and metres."""
    from sandbox.analysis.nearest import NearestQuestion, lines_layer, written
    from sandbox.analysis.nearest import nearest as find
    from sandbox.analysis.searched import Way
    from sandbox.app.answers.nearest import NearestQuestion as Asked
    from sandbox.app.answers.nearest import as_answer
    from sandbox.export.tables import write_csv, write_parquet

    city.check_files([file], *_TABLES, *output.AREAS, *paged.PAGES)
    supply = travels.supply(travel.mode, scenario)
    places, wanted = read_places(from_places, more=None).table, read_places(to_places, kind).table
    network = options.opened(network_file, edits_file)
    found = find(network, places, wanted, NearestQuestion(minutes, count, travel, supply))
    rows = written(found, places)
    if file and ending_of(file) in _TABLES:
        (write_csv if ending_of(file) == ".csv" else write_parquet)(file, rows)
    elif file and ending_of(file) in paged.PAGES:
        sheet, homes = paged.Sheet.opened(network_file, edits_file).holding(places)
        sheet, layer = sheet.holding(wanted)
        kinds = tuple(sorted(set(wanted["kind"]))) if kind else ()
        runs = travels.scenario_of(travel.mode, scenario)
        asked = Asked(layer, kinds, homes, minutes, travel, runs)
        sheet.write(file, as_answer(sheet.atlas, found, asked))
    elif file:
        output.write_areas(lines_layer(found, places, wanted), file)
    notes = output.noted(found.notes)
    if as_json:
        facts: dict[str, Any] = {
            "network": output.network_facts(network),
            **Way("", travel).told(),
            "minutes": minutes,
            "rows": output.records(rows),
            "without_street": list(found.without_street),
            "notes": notes,
            "output": str(file) if file else None,
        }
        click.echo(output.as_json(facts))
        return
    click.echo("\n".join([*_lines(network, found), *output.written(file)]))


def _lines(network: "Network", found: "Nearest") -> list[str]:
    """Return the farthest first: planners look for homes with no place near by."""
    say = words()
    lacks = {
        "street": say("no street is near enough"),
        "time": say("more than {minutes} minutes", minutes=f"{found.question.minutes:g}"),
    }
    rows = found.rows.sort_values(
        ["minutes", "place_id", "rank"], ascending=[False, True, True], na_position="first"
    )
    table = [[say("Place"), say("Nearest"), say("Minutes"), say("Metres")]]
    for row in rows.head(_ROWS_SAID).to_dict("records"):
        place, near = (_called(row, end) for end in ("place", "nearest"))
        if row["lacks"]:
            table.append([place, "–", lacks[str(row["lacks"])], ""])
            continue
        metres = "" if row["metres"] != row["metres"] else f"{row['metres']:,.0f}"
        table.append([place, near, f"{row['minutes']:,.1f}", metres])
    lines = [*output.heading_saying(network), *output.columns(table), "", _summary(found)]
    if len(rows) > _ROWS_SAID:
        lines.append(say("The farthest {count} are shown; -o FILE has all.", count=_ROWS_SAID))
    if found.without_street:
        names = ", ".join(found.without_street)
        lines.append(say("No street is near enough to: {names}. They are not found.", names=names))
    return lines


def _summary(found: "Nearest") -> str:
    say = words()
    reached, every = found.minutes.dropna(), len(found.minutes)
    if every == 1:
        if reached.empty:
            return say("The place has none.")
        return say("The place has one, {minutes} minutes away.", minutes=f"{reached.max():,.1f}")
    if len(reached) == 1:
        minutes = f"{reached.max():,.1f}"
        return say("1 of {all} places has one, {minutes} minutes away.", all=every, minutes=minutes)
    summary = say("{reached} of {all} places have one.", reached=len(reached), all=every)
    if len(reached):
        summary += say(
            " Half of these need at most {median} minutes, the farthest {most}.",
            median=f"{reached.median():,.1f}",
            most=f"{reached.max():,.1f}",
        )
    return summary


def _called(row: "dict[Any, Any]", end: str) -> str:
    which = ("zh", "en") if words().language == "zh" else ("en", "zh")
    return str(row[f"{end}_name_{which[0]}"] or row[f"{end}_name_{which[1]}"] or row[f"{end}_id"])


def _question(
    layers: "Mapping[str, Layer]", common: on_map.Common, values: "Mapping[str, Any]"
) -> "NearestQuestion | None":
    from sandbox.app.answers.nearest import NearestQuestion
    from sandbox.app.places import is_place_layer
    from sandbox.catalog.names import kinds_named, place_layer_named

    if values["nearest"] is None:
        if values["nearest_kind"]:
            raise LayerError("--nearest-kind needs a layer.", "Give --nearest LAYER too.")
        return None
    held = {name: one for name, one in layers.items() if is_place_layer(one)}
    said = (values["nearest"], values["nearest_from"])
    layer, homes = (place_layer_named(held, name) for name in said)
    kinds = kinds_named(layer, values["nearest_kind"])
    travel, scenario = common.travel, common.scenario
    return NearestQuestion(layer.id, kinds, homes.id, _LONGEST_MIN, travel, scenario)


OPTIONS: Final = on_map.Options(
    {
        "nearest": click.option(
            "--nearest",
            metavar="LAYER|FILE",
            help="Also show how far the nearest place of this layer is from each home.",
        ),
        "nearest_kind": click.option(
            "--nearest-kind",
            metavar="KIND",
            multiple=True,
            help="Only the nearest of this kind; may be repeated.",
        ),
        "nearest_from": click.option(
            "--nearest-from",
            metavar="LAYER|FILE",
            default="talent_housing",
            show_default=True,
            help="The places that --nearest starts from.",
        ),
    },
    _question,
    ("nearest", "nearest_from"),
)
