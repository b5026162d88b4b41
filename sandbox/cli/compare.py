"""Two scenarios, hours, percentiles or modes side by side, on the command line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sandbox.cli import options, output, riding, words
from sandbox.errors import AnalysisError, ExportError

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from sandbox.analysis.compare import Compared, Way
    from sandbox.catalog.layer import Layer
    from sandbox.network.costs import Travel
    from sandbox.network.network import Network

_BASE: Final = "today"
_FROM: Final = ("talent_housing", "labs", "universities")
_COUNTED: Final = {"labs": "labs", "parks": "industry_parks"}
_ENDINGS: Final = (".gpkg", ".csv")
_ROWS_SAID: Final = 20
# How far beyond the largest cutoff minutes saved are looked for.
_FARTHER_MIN: Final = 30.0


@dataclass(frozen=True, slots=True)
class Sides:
    """What is compared: the base, and each of the others with it."""

    base: "Way"
    others: "tuple[Way, ...]"


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
    metavar="OUT.gpkg|.csv",
    type=click.Path(path_type=Path),
    help="Table to write; as .gpkg with the areas beside it.",
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
    from sandbox.analysis.within_reach import attach
    from sandbox.app import places
    from sandbox.catalog.folder import load_all
    from sandbox.network.costs import Travel
    from sandbox.network.network import Network

    check_file(file)
    options.check_hour(mode, hour)
    layers = load_all()
    travel = Travel(mode, speed_kmh, bike_kmh, hour)
    sides = _sides(
        base=base,
        with_=with_,
        modes=(mode, with_mode),
        by_line=by_line,
        travel=travel,
        layers=layers,
    )
    sides = _varied(sides, with_depart, with_percentile, with_hour)
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
            tied_origins=attach(network, origins),
            targets=attach(network, every),
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
    if file:
        _write(file, origins, found, rows, reach_m)
    if as_json:
        click.echo(output.as_json(_facts(network, sides, rows, file)))
    else:
        click.echo("\n".join(_lines(network, sides, rows, file)))


def _write(
    file: Path,
    origins: "gpd.GeoDataFrame",
    found: "Sequence[Compared]",
    rows: "pd.DataFrame",
    reach_m: float,
) -> None:
    from sandbox.analysis.compare_tables import ground_layer, places_layer, saved_layer
    from sandbox.export.tables import write_csv, write_layers

    if file.suffix.lower() == ".csv":
        write_csv(file, rows)
    else:
        layers = {
            "places": places_layer(origins, rows),
            "ground": ground_layer(found),
            "minutes_saved": saved_layer(found, reach_m),
        }
        write_layers(file, layers)


def _sides(
    *,
    base: str | None,
    with_: Sequence[str],
    modes: tuple[str, str | None],
    by_line: dict[str, Any],
    travel: "Travel",
    layers: "Mapping[str, Layer]",
) -> Sides:
    """Return the base and the scenarios beside it.

    Raises
    ------
    AnalysisError
        Scenarios are given for those who don't go by line.
    """
    from sandbox.analysis.compare import Way
    from sandbox.catalog import scenarios
    from sandbox.network.line_edits import apply

    mode, other = modes
    if "transit" not in modes and (base or with_):
        raise AnalysisError(
            "A scenario is given, but it says only what lines run.",
            "Leave --base and --with out, or ask for --mode transit.",
        )
    ride = riding.ride("transit" if "transit" in modes else mode, **by_line)
    before = base or _BASE

    def way(named: str, moved: str, scenario: str) -> Way:
        if moved != "transit":
            return Way(named, replace(travel, mode=moved))
        supply = apply(scenarios.read(scenario, layers)).supply
        feet = replace(travel, mode="walk", towards=ride is not None and ride.arrive)
        return Way(named, feet, ride, supply)

    first = way(Path(before).stem if mode == "transit" else mode, mode, before)
    others = [way(Path(name).stem, "transit", name) for name in with_]
    if other is not None:
        others.append(way(other, other, before))
    return Sides(first, tuple(others))


def _varied(
    sides: Sides, depart: datetime | None, percentile: int | None, hour: int | None
) -> Sides:
    """Return the sides with another hour or percentile of the base beside it.

    Raises
    ------
    AnalysisError
        There is nothing to compare with; or the base doesn't go so.
    """
    base, others = sides.base, list(sides.others)
    ride = base.ride
    if ride is None and (depart or percentile):
        raise AnalysisError(
            "Departures, windows and the like are of those who go by line.",
            "Leave them out, or ask for --mode transit.",
        )
    if hour is not None:
        options.check_hour(base.travel.mode, hour)
        others.append(replace(base, id=f"{hour}:00", travel=replace(base.travel, hour=hour)))
    if ride is not None and depart is not None:
        others.append(replace(base, id=f"{depart:%H:%M}", ride=replace(ride, when=depart)))
    if ride is not None and percentile is not None:
        other = replace(ride, percentile=percentile)
        others.append(replace(base, id=f"P{percentile}", ride=other))
    if not others:
        raise AnalysisError(
            "There is nothing to compare with.",
            "Give --with ID|FILE, or another mode, hour or percentile.",
        )
    return Sides(base, tuple(others))


def check_file(file: Path | None) -> None:
    """Refuse before the work what would fail after it."""
    if file is None:
        return
    if file.suffix.lower() not in _ENDINGS:
        raise ExportError(
            "{file} has no ending of a file that can be written.",
            "End the name in .gpkg or .csv.",
            file=file,
        )
    if not file.parent.is_dir():
        raise ExportError(
            "The folder {folder} isn't there.",
            "Make it first, or write to another.",
            folder=file.parent,
        )


def origins_of(
    layers: "Mapping[str, Layer]",
    at: Sequence[tuple[float, float]],
    from_layers: Sequence[str],
) -> "gpd.GeoDataFrame":
    """Return the places that are asked about, `id, layer, name_zh, name_en` and geometry.

    Raises
    ------
    AnalysisError
        A layer isn't there or holds no places.
    """
    import geopandas as gpd
    import pandas as pd
    from shapely import Point

    from sandbox.app import places
    from sandbox.geo.crs import WGS84

    holding = [name for name, layer in layers.items() if places.features_of(layer).size]
    unknown = [name for name in from_layers if name not in holding]
    if unknown:
        raise AnalysisError(
            "There is no layer of places named {layer}.",
            "Layers: {known}.",
            layer=", ".join(unknown),
            known=", ".join(holding),
        )
    parts = [places.features_of(layers[name]) for name in from_layers]
    if at:
        said = [f"{lon:.6f},{lat:.6f}" for lon, lat in at]
        columns = {
            "id": said,
            "layer": "",
            "kind": "",
            "name_zh": said,
            "name_en": said,
            "accuracy_m": 0.0,
        }
        parts.append(gpd.GeoDataFrame(columns, geometry=[Point(one) for one in at], crs=WGS84))
    wanted = ["id", "layer", "kind", "name_zh", "name_en", "accuracy_m", "gates", "geometry"]
    cut = [part[[name for name in wanted if name in part.columns]] for part in parts]
    return gpd.GeoDataFrame(pd.concat(cut, ignore_index=True), geometry="geometry", crs=WGS84)


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
