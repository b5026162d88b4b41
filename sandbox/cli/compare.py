"""Two scenarios, hours, percentiles or modes side by side, on the command line."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sandbox.cli import options, output, riding, words
from sandbox.cli.asked import Sides, check_file, origins_of, plain_state, sides_of, varied
from sandbox.errors import AnalysisError
from sandbox.words import Text

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from sandbox.analysis.compare import Compared
    from sandbox.analysis.searched import Way
    from sandbox.app.atlas import Atlas
    from sandbox.catalog.layer import Layer
    from sandbox.network.network import Network
    from sandbox.words import Bilingual

_FROM: Final = ("talent_housing", "labs", "universities")
_COUNTED: Final = {"labs": "labs", "parks": "industry_parks"}
_ROWS_SAID: Final = 20
# How far beyond the largest cutoff minutes saved are looked for.
_FARTHER_MIN: Final = 30.0


@click.command()
@click.option("--base", metavar="ID|FILE", help="By line: scenario before.  [default: today]")
@click.option(
    "--with", "with_", metavar="ID|FILE", multiple=True, help="Scenario after; may be repeated."
)
@riding.MODE
@click.option(
    "--with-mode",
    type=click.Choice(["walk", "bike", "drive", "transit"]),
    help="Another mode beside the base's.",
)
@click.option("--with-depart", type=riding.Moment(), help="Another hour beside the base's.")
@click.option("--with-percentile", type=int, help="Another percentile beside the base's.")
@click.option("--with-hour", type=int, help="Another hour of congestion beside the base's.")
@click.option("--at", type=options.LonLat(), multiple=True, help="A place; may be repeated.")
@click.option(
    "--from",
    "from_layers",
    metavar="LAYER",
    multiple=True,
    help="All places of a layer; may be repeated.  [default: talent_housing, labs, universities]",
)
@click.option(
    "--jobs", metavar="LAYER:COLUMN", help="Also count this figure of the places reached, as jobs."
)
@options.NETWORK
@click.option(
    "--minutes",
    type=options.Minutes(),
    default="30,45,60",
    show_default=True,
    help="Cutoffs, 1 to 240.",
)
@options.SPEED
@options.BIKE_SPEED
@options.HOUR
@riding.options
@options.REACH
@click.option(
    "-o",
    "--output",
    "file",
    metavar="OUT.gpkg|.csv|.html",
    type=click.Path(path_type=Path),
    help="Table to write; as .gpkg with the areas, as .html with the map of them.",
)
@options.JSON
def compare(
    *,
    base: str | None,
    with_: tuple[str, ...],
    mode: str,
    with_mode: str | None,
    with_depart: datetime | None,
    with_percentile: int | None,
    with_hour: int | None,
    at: tuple[tuple[float, float], ...],
    from_layers: tuple[str, ...],
    jobs: str | None,
    network_file: Path | None,
    minutes: tuple[float, ...],
    speed_kmh: float,
    bike_kmh: float,
    hour: int | None,
    reach_m: float,
    file: Path | None,
    as_json: bool,
    **by_line: Any,
) -> None:
    """Say what places reach in one scenario and in others: ground, labs, jobs, places."""
    from sandbox.analysis.compare import compared
    from sandbox.analysis.compare_tables import table
    from sandbox.analysis.transit import check_ride
    from sandbox.app import places
    from sandbox.app.atlas import Atlas
    from sandbox.catalog.folder import load_all
    from sandbox.network.costs import Travel
    from sandbox.network.network import Network

    check_file(file)
    options.check_hour(mode, hour)
    layers = load_all()
    travel = Travel(mode, speed_kmh, bike_kmh, hour)
    sides = sides_of(
        base=base,
        with_=with_,
        modes=(mode, with_mode),
        by_line=by_line,
        travel=travel,
        layers=layers,
    )
    sides = varied(sides, with_depart, with_percentile, with_hour)
    origins = origins_of(layers, at, from_layers or (() if at else _FROM))
    every = places.all_places({name: one for name, one in layers.items() if not one.schematic})
    network = Network.open(network_file)
    for way in (sides.base, *sides.others):
        if way.ride is not None:
            check_ride(network, way.ride, way.supply)
    found = list(
        compared(
            network,
            origins=origins,
            counted_places=every,
            counted=_counted(layers, every, jobs),
            base=sides.base,
            others=sides.others,
            minutes=minutes,
            reach_m=reach_m,
            search_minutes=max(minutes) + _FARTHER_MIN,
        )
    )
    if not found:
        raise AnalysisError(
            "No street is near enough to any of the places.", "Choose places on the map."
        )
    rows = table(found)
    if file and file.suffix.lower() == ".html":
        line = _asked(sides.base, minutes, reach_m)
        _write_page(file, Atlas(layers, network), (origins, found, rows), sides.names, line)
    elif file:
        _write(file, origins, found, rows)
    if as_json:
        click.echo(output.as_json(_facts(network, sides, rows, file)))
    else:
        click.echo("\n".join(_lines(network, sides, rows, file)))


def _write(
    file: Path,
    origins: "gpd.GeoDataFrame",
    found: "Sequence[Compared]",
    rows: "pd.DataFrame",
) -> None:
    from sandbox.analysis.compare_tables import ground_layer, places_layer, saved_layer
    from sandbox.export.tables import write_csv, write_layers

    if file.suffix.lower() == ".csv":
        write_csv(file, rows)
    else:
        layers = {
            "places": places_layer(origins, rows),
            "ground": ground_layer(found),
            "minutes_saved": saved_layer(found),
        }
        write_layers(file, layers)


def _asked(base: "Way", minutes: Sequence[float], reach_m: float) -> "Bilingual":
    """Return how it was asked, as stands on the page's map."""
    from sandbox.export.features import both

    values = {
        "speed": f"{base.travel.walk_kmh:g}",
        "reach": f"{reach_m:g}",
        "minutes": ", ".join(f"{one:g}" for one in sorted(set(minutes))),
    }
    if base.ride is None:
        return both(
            Text(
                "within {minutes} min, walking at {speed} km/h; "
                "ground within {reach} m of a street",
                values,
            )
        )
    ride = base.ride
    values |= {
        "when": ride.when.isoformat(" ", timespec="minutes"),
        "window": str(ride.window_min),
        "percentile": str(ride.percentile),
        "longest": f"{ride.max_walk_min:g}",
    }
    return both(
        Text(
            "within {minutes} min by line and on foot at {speed} km/h, {when} and {window} min on, "
            "percentile {percentile}, walks of at most {longest} min; "
            "ground within {reach} m of a street",
            values,
        )
    )


def _write_page(
    file: Path,
    atlas: "Atlas",
    told: "tuple[gpd.GeoDataFrame, Sequence[Compared], pd.DataFrame]",
    names: "Mapping[str, Bilingual]",
    line: "Bilingual",
) -> None:
    from sandbox.draw.theme import theme
    from sandbox.export.comparison import comparison
    from sandbox.export.page import write_page

    state = plain_state(atlas)
    origins, found, rows = told
    result = comparison(origins, found, rows, names, line=line, theme=theme(state.theme))
    write_page(file, atlas, state, result)


def _counted(
    layers: "Mapping[str, Layer]", every: "gpd.GeoDataFrame", jobs: str | None
) -> dict[str, Any]:
    """Return how much each place weighs in each of the counts.

    Raises
    ------
    AnalysisError
        There is no such layer or column of figures.
    """
    import numpy as np
    import pandas as pd

    layer_of = every["layer"].to_numpy()
    counted = {name: (layer_of == layer).astype(np.float64) for name, layer in _COUNTED.items()}
    counted["places"] = np.ones(len(every))
    if jobs is None:
        return counted
    name, _, column = jobs.partition(":")
    features = layers[name].features if name in layers else None
    if features is None or column not in features or name not in set(layer_of):
        raise AnalysisError(
            "No layer of places has the column of figures {jobs}.",
            "Name both as LAYER:COLUMN, as labs:teams.",
            jobs=jobs,
        )
    figures = np.nan_to_num(np.asarray(pd.to_numeric(features[column], errors="coerce"), float))
    weight = dict(zip(features["id"].astype(str), figures.tolist(), strict=True))
    ids = every["id"].astype(str)
    counted["jobs"] = np.array(
        [weight.get(one, 0.0) if of == name else 0.0 for one, of in zip(ids, layer_of, strict=True)]
    )
    return counted


def _facts(
    network: "Network", sides: Sides, rows: "pd.DataFrame", file: Path | None
) -> dict[str, Any]:
    return {
        "network": output.network_facts(network),
        "base": sides.base.id,
        "with": [way.id for way in sides.others],
        "rows": rows.to_dict("records"),
        "output": str(file) if file else None,
    }


def _lines(network: "Network", sides: Sides, rows: "pd.DataFrame", file: Path | None) -> list[str]:
    """Return who gains most at the largest cutoff, and how much."""
    say = words()
    largest = rows["cutoff_min"].max()
    chosen = rows[rows["cutoff_min"] == largest]
    order = (-chosen["area_diff_km2"]).argsort(kind="stable")
    gaining = chosen.iloc[order]
    name = f"name_{say.language}"
    table = [[say("Place"), say("Scenario"), say("Area km²"), say("Labs"), say("Places")]]
    for row in gaining.head(_ROWS_SAID).to_dict("records"):
        table.append(
            [
                str(row[name] or row["name_zh"]),
                str(row["scenario"]),
                f"{row['area_base_km2']:,.2f} {row['area_diff_km2']:+,.2f}",
                f"{row['labs_base']:.0f} {row['labs_diff']:+.0f}",
                f"{row['places_base']:.0f} {row['places_diff']:+.0f}",
            ]
        )
    same = int((chosen["area_diff_km2"] == 0.0).to_numpy().sum())
    return [
        *output.heading_saying(
            network,
            say(
                "Within {minutes} min: {base} before, and what changes",
                minutes=f"{largest:g}",
                base=sides.base.id,
            ),
        ),
        *output.columns(table),
        say("{same} of {all} rows are without change.", same=same, all=len(chosen)),
        *output.written(file),
    ]
