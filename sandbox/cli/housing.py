"""Commute and housing, on the command line: each home's minutes to what it needs, ranked."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sandbox.cli import words
from sandbox.cli.parts import city, on_map, options, output, paged, topics
from sandbox.cli.parts import travel as travels
from sandbox.cli.parts.origins import SOURCE, read_place, read_places
from sandbox.errors import AnalysisError
from sandbox.export.files import ending_of
from sandbox.formats.postgis.address import is_address
from sandbox.formats.said import file_said

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from sandbox.app.answers.housing import HousingQuestion
    from sandbox.catalog.layer import Layer
    from sandbox.streets.travel import Travel

_ROWS: Final = 20
_NEEDS: Final = ("labs", "parks", "services")


@click.command(cls=topics.ByTopic)
@click.option(
    "--from",
    "homes",
    metavar=SOURCE,
    required=True,
    multiple=True,
    help="Homes; may be repeated.",
)
@click.option(
    "--to",
    "needs",
    metavar="LAYER|FILE[:KIND]",
    multiple=True,
    help="What they need, each on its own; may be repeated.  [default: labs, parks, services]",
)
@travels.MODES_NAMED
@click.option(
    "--scenario",
    "scenarios",
    metavar="ID|FILE",
    multiple=True,
    help="Scenario of the lines that run; several stand beside each other.",
)
@options.NETWORK
@options.EDITS
@travels.options("walk_kmh", "bike_kmh", *travels.RIDE, timed=False)
@click.option(
    "-o",
    "--output",
    "file",
    metavar="OUT.csv|.parquet|.gpkg|.html",
    type=click.Path(path_type=Path),
    help="Output table, one row per scenario and home; .html with a map.",
)
@options.JSON
def housing(
    *,
    homes: tuple[str, ...],
    needs: tuple[str, ...],
    modes: str | None,
    scenarios: tuple[str, ...],
    network_file: Path | None,
    edits_file: Path | None,
    travel: "Travel",
    file: Path | None,
    as_json: bool,
) -> None:
    """Rank homes by the minutes to labs, parks and services, by the fastest of the modes."""
    from dataclasses import replace

    import geopandas as gpd

    from sandbox.analysis.comparison.why import without_lines
    from sandbox.analysis.housing import LONGEST_MIN, beside_each_other
    from sandbox.catalog import scenarios as files
    from sandbox.edits.line_edits import apply
    from sandbox.export.page.analyses.ranked import ranked_homes
    from sandbox.export.tables import write_csv, write_layers, write_parquet
    from sandbox.words import Bilingual

    city.check_files([file], ".csv", ".parquet", ".gpkg", *paged.PAGES)
    layers, network = city.layers(), options.opened(network_file, edits_file)
    lived = read_places(homes).table
    wanted: dict[str, Any] = {}
    for need in needs or _NEEDS:
        name, kind = with_kind(need)
        wanted[kind or file_said(name).called] = read_places([name], [kind] if kind else []).table
    read = {Path(one).stem: files.read(one, layers) for one in scenarios}
    running = {name: apply(one).supply for name, one in read.items()}
    by = travels.modes_named(modes, network, running.values(), travel)
    ways = tuple(replace(travel, mode=mode) for mode in by)
    found = beside_each_other(network, lived, wanted, ways, running or {"": None})
    rides = [(way.by_transit, one) for way in ways for one in (running or {"": None}).values()]
    said = without_lines(network, rides, LONGEST_MIN)
    names = lived.set_index(lived["id"].astype(str))[["name_zh", "name_en"]]
    found = found.join(names, on="id")
    if file and ending_of(file) == ".gpkg":
        shapes = lived.set_index(lived["id"].astype(str)).geometry.loc[found["id"]]
        table = gpd.GeoDataFrame(found, geometry=shapes.to_numpy(), crs=lived.crs)
        write_layers(file, {"homes": table})
    elif file and ending_of(file) in paged.PAGES:
        called = {name: Bilingual(one.title.zh, one.title.en) for name, one in read.items()}
        sheet, layer = paged.Sheet.opened(network_file, edits_file).holding(lived)
        told = ranked_homes(sheet.atlas, found, lived, layer, list(wanted), ways, called)
        sheet.write(file, result=told.noting(said))
    elif file:
        (write_csv if ending_of(file) == ".csv" else write_parquet)(file, found)
    notes = output.noted(said)
    if as_json:
        facts: dict[str, Any] = {
            "network": output.network_facts(network),
            "modes": list(by),
            "scenarios": list(running),
            "rows": output.records(found),
            "notes": notes,
            "output": str(file) if file else None,
        }
        click.echo(output.as_json(facts))
        return
    lines = [*output.heading_saying(network), *_lines(found, list(wanted)), *output.written(file)]
    click.echo("\n".join([*lines, *travels.modes_lacking(modes, by)]))


def _lines(found: "pd.DataFrame", kinds: list[str]) -> list[str]:
    """Return the best homes as a table: a row a home, a column a scenario of each figure."""
    say = words()
    first, second = ("name_zh", "name_en") if say.language == "zh" else ("name_en", "name_zh")
    scenarios = list(dict.fromkeys(found["scenario"]))
    figures = [(f"{kind}_min", kind) for kind in kinds] + [("mean_min", say("Mean"))]
    heads = [
        f"{title} · {scenario}" if scenario else title
        for _, title in figures
        for scenario in scenarios
    ]
    table = [[say("Rank"), say("Name"), *heads]]
    # Each scenario has the same homes in the same order.
    sides: dict[str, Any] = {
        one: found[found["scenario"] == one].reset_index(drop=True) for one in scenarios
    }
    ranked = sides[scenarios[0]].sort_values("rank", kind="stable")
    best = ranked.head(_ROWS)
    for place, row in zip(best.index, best.to_dict("records"), strict=True):
        minutes = [sides[one].at[place, column] for column, _ in figures for one in scenarios]
        cells = ["–" if one != one else f"{one:.1f}" for one in minutes]  # noqa: PLR0124
        name = str(row[first] or row[second] or row["id"])
        table.append([str(row["rank"]), name, *cells])
    lines = output.columns(table)
    if len(best) < len(ranked):
        lines.append(say("The first {count} are shown; -o FILE has all.", count=_ROWS))
    return lines


def with_kind(said: str) -> tuple[str, str]:
    """Return what is meant by places with a kind after them, and the kind; empty where none is.

    A file may have a layer and a coordinate system after its name.
    """
    before, colon, kind = said.rpartition(":")
    if not colon or is_address(said):
        return said, ""
    file = file_said(before)
    # What stands after the colon may also be a layer, or the number of a system.
    layer = file.layer is None and file.path.suffix.lower() in (".gpkg", ".gdb")
    system = (file.crs or "").lower() == "epsg"
    whole = file_said(said).path.exists()
    return (said, "") if whole and (layer or system or not file.path.exists()) else (before, kind)


def _question(
    layers: "Mapping[str, Layer]", common: on_map.Common, values: "Mapping[str, Any]"
) -> "HousingQuestion | None":
    from sandbox.app.answers import housing as asking
    from sandbox.app.answers.homes import home_layers
    from sandbox.catalog.names import place_layer_named

    if values["housing"] is None:
        return None
    at = values["housing_at"]
    if at is None:
        raise AnalysisError("No place is chosen to work at.", "Give --housing-at LON,LAT too.")
    held = {one.id: one for one in home_layers(layers)}
    lon, lat = read_place(at).lonlat
    opens = values["housing_opens"]
    return asking.HousingQuestion(
        place_layer_named(held, values["housing"]).id,
        values["housing_people"] or "",
        "gain" if opens else "live",
        (lon, lat),
        place_layer_named(layers, opens).id if opens else "",
        (common.travel,),
        common.scenario,
    )


_MAP: Final = {
    "housing": (
        "LAYER|FILE",
        "Also show how far these homes are from a place, or who gains by it.",
    ),
    "housing_people": ("COLUMN", "With --housing: column of people, or of floor area in m²."),
    "housing_at": (
        "NAME|FILE|LON,LAT",
        "With --housing: where one works, or where the new place opens.",
    ),
    "housing_opens": ("LAYER|FILE", "With --housing: who gains by one more place of this layer."),
}
OPTIONS: Final = on_map.Options(
    {
        name: click.option("--" + name.replace("_", "-"), metavar=metavar, help=text)
        for name, (metavar, text) in _MAP.items()
    },
    _question,
    ("housing", "housing_opens"),
)
