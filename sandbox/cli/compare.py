"""A base and its plans side by side, on the command line: scenarios, hours, modes, edits."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sandbox.cli import words
from sandbox.cli.parts import city, options, output, topics
from sandbox.cli.parts import travel as travels
from sandbox.cli.parts.asked import Asked, Others, plain_state, sides_of
from sandbox.cli.parts.origins import SOURCE, holding, read_places
from sandbox.errors import AnalysisError
from sandbox.export.files import ending_of
from sandbox.streets.modes import MODES

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from sandbox.analysis.comparison.compare import Compared
    from sandbox.app.atlas import Atlas
    from sandbox.catalog.layer import Layer
    from sandbox.streets.modes import Mode
    from sandbox.streets.travel import Travel
    from sandbox.words import Text

_FROM: Final = ("talent_housing", "labs", "universities")
_ROWS_SAID: Final = 20
_LAYERS_SAID: Final = 3


@click.command(cls=topics.ByTopic)
@click.option(
    "--base",
    metavar="ID|FILE",
    help="Public transport: the base scenario, or timetable.  [default: today]",
)
@click.option(
    "--with", "with_", metavar="ID|FILE", multiple=True, help="A scenario as plan; may be repeated."
)
@travels.options(
    *("mode", "walk_kmh", "bike_kmh", "hour", "slope"), *travels.RIDE, also_mode="with_mode"
)
@click.option(
    "--with-mode",
    type=click.Choice(list(MODES)),
    help="Another travel mode to compare with the base.",
)
@click.option(
    "--with-depart", type=travels.Moment(), help="Another departure time to compare with the base."
)
@click.option("--with-percentile", type=int, help="Another percentile to compare with the base.")
@click.option("--with-hour", type=int, help="Another congestion hour to compare with the base.")
@click.option(
    "--with-edits",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Street edits (closed, slowed or added) to compare with the existing streets.",
)
@click.option(
    "--from",
    "sources",
    cls=options.Renamed,
    was=("--at",),
    metavar=SOURCE,
    multiple=True,
    help="The places; may be repeated.  [default: talent_housing, labs, universities]",
)
@click.option(
    "--jobs",
    metavar="LAYER|FILE:COLUMN",
    help="Also sum this column over the places reached, as jobs.",
)
@click.option(
    "--also",
    cls=options.Renamed,
    was=("--count",),
    metavar="LAYER",
    multiple=True,
    help="Also count a schematic layer, separately, because its places are invented; may be "
    "repeated.",
)
@options.NETWORK
@click.option(
    "--minutes",
    type=options.MINUTES,
    default="30,45,60",
    show_default=True,
    help="Cutoffs, 1 to 240.",
)
@options.REACH
@click.option(
    "-o",
    "--output",
    "file",
    metavar="OUT.gpkg|.geojson|.csv|.html",
    type=click.Path(path_type=Path),
    help="Output file: the table; .gpkg adds the areas, .geojson holds the areas alone, .html "
    "is the map.",
)
@options.JSON
def compare(
    *,
    base: str | None,
    with_: tuple[str, ...],
    travel: "Travel",
    with_mode: "Mode | None",
    with_depart: datetime | None,
    with_percentile: int | None,
    with_hour: int | None,
    with_edits: Path | None,
    sources: tuple[str, ...],
    jobs: str | None,
    also: tuple[str, ...],
    network_file: Path | None,
    minutes: tuple[float, ...],
    reach_m: float | None,
    file: Path | None,
    as_json: bool,
) -> None:
    """Compare a base with plans: area, minutes and places of every kind within reach."""
    from sandbox.analysis.comparison.tables import table
    from sandbox.app.answers import comparing
    from sandbox.app.questions import ReachQuestion
    from sandbox.engine.network import Network

    city.check_files([file], ".gpkg", ".geojson", ".csv", ".html")
    layers = city.layers()
    if jobs is not None and ":" in jobs:
        said, _, column = jobs.rpartition(":")
        layers, held = holding(layers, said)
        jobs = f"{held}:{column}"
    _check_counted(layers, also)
    reach_m = reach_m or MODES[travel.mode].reach_m
    question = ReachQuestion((0.0, 0.0), minutes, reach_m, travel=travels.of_reach(travel))
    edits = options.street_edits(with_edits) if with_edits else None
    others = Others(with_, with_mode, with_depart, with_percentile, with_hour, edits)
    atlas = city.atlas(layers, Network.open(network_file))
    first, plans = sides_of(atlas, base, question, others)
    origins = read_places(sources or _FROM).table
    sides = [comparing.side(atlas, one.question, one.called, origins) for one in (first, *plans)]
    found = list(
        comparing.compare(
            atlas,
            sides[0],
            sides[1:],
            origins,
            minutes=minutes,
            reach_m=question.reach_m,
            also=also,
            jobs=jobs,
        )
    )
    if not found:
        raise AnalysisError(
            "There is no street near any of the places.", "Choose places on the map."
        )
    rows = table(found)
    told = comparing.notes(sides, minutes[-1])
    if file and ending_of(file) == ".html":
        _write_page(file, atlas, (origins, found, rows), [first, *plans], told)
    elif file:
        _write(file, origins, found, rows)
    notes = output.noted(told)
    if as_json:
        facts = _facts(atlas, first, plans, found, rows, file)
        click.echo(output.as_json({**facts, "notes": notes}))
    else:
        click.echo("\n".join(_lines(atlas, first, found, rows, file)))


def _write(
    file: Path,
    origins: "gpd.GeoDataFrame",
    found: "Sequence[Compared]",
    rows: "pd.DataFrame",
) -> None:
    from sandbox.analysis.comparison.tables import ground_layer, places_layer, saved_layer
    from sandbox.export.tables import write_areas, write_csv, write_layers

    if ending_of(file) == ".csv":
        write_csv(file, rows)
    elif ending_of(file) == ".geojson":
        write_areas(file, ground_layer(found))
    else:
        layers = {
            "places": places_layer(origins, rows),
            "ground": ground_layer(found),
            "minutes_saved": saved_layer(found),
        }
        write_layers(file, layers)


def _write_page(
    file: Path,
    atlas: "Atlas",
    told: "tuple[gpd.GeoDataFrame, Sequence[Compared], pd.DataFrame]",
    sides: Sequence[Asked],
    notes: "Sequence[Text]",
) -> None:
    from sandbox.app.answers.comparing import moved
    from sandbox.export.page.analyses.compare import comparison
    from sandbox.export.page.html import write_page

    state = plain_state(atlas)
    line = moved(one.question for one in sides)
    result = comparison(atlas.layers, *told, line=line)
    write_page(file, atlas, state, result.noting(notes))


def _check_counted(layers: "Mapping[str, Layer]", also: Sequence[str]) -> None:
    """Refuse what can't be counted by itself.

    Raises
    ------
    AnalysisError
        There is no such schematic layer of places.
    """
    from sandbox.app.places import is_place_layer

    known = [name for name, one in layers.items() if one.schematic and is_place_layer(one)]
    unknown = [name for name in also if name not in known]
    if unknown:
        raise AnalysisError(
            "{layer} is not a schematic layer of places; the other layers are counted anyway.",
            "Layers: {known}.",
            layer=", ".join(unknown),
            known=", ".join(known),
        )


def _facts(  # noqa: PLR0917 - all that is printed
    atlas: "Atlas",
    first: Asked,
    plans: Sequence[Asked],
    found: "Sequence[Compared]",
    rows: "pd.DataFrame",
    file: Path | None,
) -> dict[str, Any]:
    from sandbox.app.answers.finding import finding

    say = words()
    return {
        "network": output.network_facts(atlas.network),
        "base": first.id,
        "plans": [one.id for one in plans],
        "findings": [
            {
                "place_id": one.rows[k]["place_id"],
                "plan": one.plan.id,
                "cutoff_min": one.rows[k]["cutoff_min"],
                "finding": finding(atlas.layers, one, k).said(say),
            }
            for one in found
            for k in range(len(one.rows))
        ],
        "rows": rows.astype(object).where(rows.notna(), None).to_dict("records"),
        "output": str(file) if file else None,
    }


def _lines(
    atlas: "Atlas",
    first: Asked,
    found: "Sequence[Compared]",
    rows: "pd.DataFrame",
    file: Path | None,
) -> list[str]:
    """Return the finding, and then which places change most at the longest cutoff, and how much."""
    import numpy as np

    from sandbox.app import moving
    from sandbox.app.answers.finding import headline

    say = words()
    largest = rows["cutoff_min"].max()
    chosen = rows[rows["cutoff_min"] == largest]
    change = np.asarray(chosen["gained_km2"] + chosen["lost_km2"], dtype=np.float64)
    changing = chosen.iloc[np.argsort(-change, kind="stable")]
    name = f"name_{say.language}"
    differs = {
        one: int(np.abs(np.asarray(chosen[f"{one}_diff"], np.float64)).sum())
        for one in atlas.layers
        if f"{one}_base" in rows
    }
    most = sorted((one for one in differs if differs[one]), key=lambda one: -differs[one])
    counted = most[:_LAYERS_SAID]
    titles = [atlas.layers[one].title.said(say.language) for one in counted]
    more = ["jobs"] if "jobs_base" in rows else []
    heads = [say("Place"), say("Plan"), say("Area km²"), *titles, say("Places")]
    table = [[*heads, *(say("Jobs") for _ in more)]]
    for row in changing.head(_ROWS_SAID).to_dict("records"):
        table.append(
            [
                str(row[name] or row["name_zh"]),
                str(row[f"plan_name_{say.language}"]),
                _changed(row, "area", "_km2", ".2f"),
                *(_changed(row, one, "", ".0f") for one in (*counted, "places", *more)),
            ]
        )
    same = sum(not one.changes(-1) for one in found)
    return [
        headline(atlas.layers, found).said(say),
        "",
        *output.heading_saying(
            atlas.network,
            moving.told(first.question.travel).said(say),
            say(
                "Within {minutes} min, base → plan; the base is: {base}",
                minutes=f"{largest:g}",
                base=first.name.said(say.language),
            ),
        ),
        *output.columns(table),
        say("{same} of {all} rows show no change.", same=same, all=len(chosen)),
        *output.written(file),
    ]


def _changed(row: "Mapping[Any, Any]", name: str, unit: str, digits: str) -> str:
    """Return a figure of base and plan, and by how much it changes."""
    base, plan = row[f"{name}_base{unit}"], row[f"{name}_plan{unit}"]
    return f"{base:,{digits}} → {plan:,{digits}} ({plan - base:+,{digits}})"
