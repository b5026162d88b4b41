"""Travel times between places, on the command line."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sandbox.cli import options, output, riding, words
from sandbox.errors import AnalysisError, ExportError
from sandbox.words import Text

if TYPE_CHECKING:
    import geopandas as gpd

_MAX_BYTES: Final = 256 << 20


@click.command()
@click.option(
    "--from",
    "from_file",
    metavar="A.geojson",
    required=True,
    type=click.Path(path_type=Path),
    help="Places to go from: points or areas.",
)
@click.option(
    "--to",
    "to_file",
    metavar="B.geojson",
    required=True,
    type=click.Path(path_type=Path),
    help="Places to go to.",
)
@options.NETWORK
@riding.MODE
@click.option(
    "--minutes",
    type=float,
    default=60.0,
    show_default=True,
    help="Longest time that is looked for, 1 to 240.",
)
@options.SPEED
@options.BIKE_SPEED
@options.HOUR
@options.SPEEDS
@options.SLOPE
@riding.options
@riding.SCENARIO
@click.option(
    "-o",
    "--output",
    "file",
    metavar="T.csv",
    required=True,
    type=click.Path(path_type=Path),
    help="Table to write, one row a pair: from_id, to_id, minutes, metres.",
)
@options.JSON
def times(
    *,
    from_file: Path,
    to_file: Path,
    network_file: Path | None,
    mode: str,
    minutes: float,
    speed_kmh: float,
    bike_kmh: float,
    hour: int | None,
    speeds_file: Path | None,
    slope: str,
    scenario: str | None,
    file: Path,
    as_json: bool,
    **by_line: Any,
) -> None:
    """Write the travel times and lengths of the fastest ways between two sets of places."""
    from sandbox.analysis.times import times as between
    from sandbox.export.files import replacing
    from sandbox.network.costs import Travel
    from sandbox.network.network import Network

    if file.suffix.lower() != ".csv":
        raise ExportError(
            "{file} has no ending of a file that can be written.",
            "End the name in .csv.",
            file=file,
        )
    if not file.parent.is_dir():
        raise ExportError(
            "The folder {folder} isn't there.",
            "Make it first, or write to another.",
            folder=file.parent,
        )
    options.check_hour(mode, hour)
    ride, supply = riding.ride(mode, **by_line), riding.supply(mode, scenario)
    from_places, to_places = _places(from_file), _places(to_file)
    network = Network.open(network_file)
    speeds = str(speeds_file) if speeds_file else None
    feet = "walk" if ride else mode
    travel = Travel(feet, speed_kmh, bike_kmh, hour, speeds_file=speeds, slope=slope)
    found = between(network, from_places, to_places, minutes, travel, ride=ride, supply=supply)
    table = found.pairs.assign(
        minutes=found.pairs["minutes"].round(3), metres=found.pairs["metres"].round(1)
    )
    with replacing(file) as beside:
        table.to_csv(beside, index=False, encoding="utf-8")
    reached = int(table["minutes"].notna().to_numpy().sum())
    if as_json:
        facts: dict[str, Any] = {
            "network": output.network_facts(network),
            "mode": mode,
            "minutes": minutes,
            "pairs": len(table),
            "pairs_reached": reached,
            "without_street": list(found.without_street),
            "output": str(file),
        }
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2))
        return
    say = words()
    lines = [
        say(
            "{reached} of {pairs} pairs are within {minutes} minutes.",
            reached=f"{reached:,}",
            pairs=f"{len(table):,}",
            minutes=f"{minutes:g}",
        )
    ]
    if found.without_street:
        lines.append(
            say(
                "No street is near enough to: {names}. Their rows are empty.",
                names=", ".join(found.without_street),
            )
        )
    click.echo("\n".join([*lines, *output.written(file)]))


def _places(path: Path) -> "gpd.GeoDataFrame":
    """Return the places of a file in WGS 84, by the column `id`, else by their numbers from 1.

    Raises
    ------
    AnalysisError
        The file can't be read as places, or with all its faults at once.
    """
    import geopandas as gpd
    import pyogrio
    import pyogrio.errors
    from shapely import is_valid

    from sandbox.geo import crs as geo

    try:
        if path.stat().st_size > _MAX_BYTES:
            raise _unreadable(path, f"> {_MAX_BYTES >> 20} MB")
        read = pyogrio.read_dataframe(path)
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    except (pyogrio.errors.DataSourceError, ValueError) as error:
        raise _unreadable(path, " ".join(str(error).split())) from error
    if not isinstance(read, gpd.GeoDataFrame) or read.empty:
        raise AnalysisError("{path} holds no places.", "Give a file of points or areas.", path=path)
    if read.crs is None:
        raise AnalysisError(
            "{path} doesn't say its coordinate system.",
            "Give a GeoJSON file, or one that names its system.",
            path=path,
        )
    ids = [str(name) for name in read["id"]] if "id" in read.columns else []
    ids = ids or [str(number) for number in range(1, len(read) + 1)]
    seen: set[str] = set()
    faults: list[Text] = []
    for name, shape in zip(ids, read.geometry, strict=True):
        if name in seen:
            faults.append(Text("{id} is there twice", {"id": name}))
        if shape is None or shape.is_empty:
            faults.append(Text("{id} has no place", {"id": name}))
        elif not is_valid(shape):
            faults.append(Text("{id} crosses itself", {"id": name}))
        seen.add(name)
    if faults:
        raise AnalysisError(
            "The places of {path} can't be used",
            "Mend them, then try again.",
            faults=faults[:_FAULTS_SAID],
            path=path,
        )
    return gpd.GeoDataFrame({"id": ids}, geometry=read.geometry).to_crs(geo.WGS84)


_FAULTS_SAID: Final = 20


def _unreadable(path: Path, reason: str) -> AnalysisError:
    return AnalysisError(
        "{path} can't be read as places: {reason}.",
        "Give a GeoJSON or GeoPackage file of points or areas.",
        path=path,
        reason=reason,
    )
