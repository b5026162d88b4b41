"""Where new facilities should stand, on the command line."""

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sandbox.cli import siting_answer as answer
from sandbox.cli.parts import city, on_map, options, output, paged, topics
from sandbox.cli.parts import homes as parts
from sandbox.cli.parts import travel as travels
from sandbox.cli.parts.origins import SOURCE, read_places

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from sandbox.analysis.siting.question import SitingQuestion
    from sandbox.app.answers.siting import SitingQuestion as Asked
    from sandbox.catalog.layer import Layer
    from sandbox.engine.network import Network
    from sandbox.streets.travel import Travel

GRID: Final = "grid"


@click.command(cls=topics.ByTopic)
@click.option(
    "--facilities",
    "facilities_said",
    metavar=SOURCE,
    multiple=True,
    help="Facilities that exist; may be repeated.  [default: none]",
)
@options.KIND
@parts.given
@click.option(
    "--candidates",
    "candidates_said",
    metavar=f"{SOURCE}|{GRID}",
    multiple=True,
    default=(GRID,),
    show_default=True,
    help="Where new ones may stand, as free parcels; may be repeated.",
)
@click.option(
    "--grid-m", type=float, default=250.0, show_default=True, help="Metres between grid points."
)
@click.option(
    "--aim",
    type=click.Choice(["fewest", "most", "mean", "worst"]),
    help=(
        "Fewest sites for a share, most people, least mean or least worst way."
        "  [default: fewest; with --sites most]"
    ),
)
@click.option(
    "--share", type=float, default=0.95, show_default=True, help="Share of the people to serve."
)
@click.option("--sites", "most_sites", type=int, help="How many sites there may be.")
@click.option("--metres", type=float, help="Longest way along streets.  [default: 500]")
@click.option("--minutes", type=float, help="Longest way in minutes, instead of metres.")
@click.option(
    "--existing",
    type=click.Choice(["kept", "closable"]),
    default="kept",
    show_default=True,
    help="Whether facilities that exist stay, or may be closed.",
)
@click.option("--budget", type=float, help="What all may cost, by the column cost of candidates.")
@click.option(
    "--spacing-m", type=float, default=0.0, show_default=True, help="Least distance between sites."
)
@click.option("--units", metavar="LAYER|FILE", help="Areas of which each must be served.")
@click.option("--unit-share", type=float, help="Share of the people of each unit to serve.")
@click.option("--capacity", is_flag=True, help="A site serves as many as its column places says.")
@click.option(
    "--time-limit-s",
    "seconds",
    type=float,
    default=60.0,
    show_default=True,
    help="Longest search for a plan.",
)
@options.NETWORK
@options.EDITS
@travels.options("walk_kmh", "slope")
@click.option(
    "-o",
    "--output",
    "file",
    metavar="OUT.gpkg|.xlsx|.html|.pdf",
    type=click.Path(path_type=Path),
    help="Output file: the layers sites, homes and ways, or tables and a map.",
)
@options.JSON
def siting(
    *,
    facilities_said: tuple[str, ...],
    kind: tuple[str, ...],
    lived: parts.Homes,
    candidates_said: tuple[str, ...],
    grid_m: float,
    aim: Any,
    share: float,
    most_sites: int | None,
    metres: float | None,
    minutes: float | None,
    existing: Any,
    budget: float | None,
    spacing_m: float,
    units: str | None,
    unit_share: float | None,
    capacity: bool,
    seconds: float,
    network_file: Path | None,
    edits_file: Path | None,
    travel: "Travel",
    file: Path | None,
    as_json: bool,
) -> None:
    """Say where new facilities should stand, and prove that fewer or others won't do better."""
    from sandbox.analysis.siting.question import SitingQuestion, check_question
    from sandbox.analysis.siting.siting import site
    from sandbox.export.sheets.files import ENDINGS

    city.check_files([file], *ENDINGS)
    question = SitingQuestion(
        aim or ("fewest" if most_sites is None else "most"),
        500.0 if metres is None and minutes is None else metres,
        minutes,
        travel,
        share,
        most_sites,
        existing,
        budget,
        spacing_m,
        unit_share,
        capacity,
        seconds,
    )
    check_question(question)
    parts.check_homes(lived.said, command="siting --kind kindergarten")
    network = options.opened(network_file, edits_file)
    read = lived.read()
    homes = lived.counted(read, network.crs)
    old = read_places(facilities_said, kind, more=["places"]).table if facilities_said else None
    candidates = _candidates(network, homes, candidates_said, grid_m, question)
    old = candidates.iloc[:0] if old is None else old
    found = site(
        network,
        homes,
        old,
        candidates,
        question,
        unit=_unit_of(homes, units) if units else None,
        tell=answer.teller(question) if not as_json and sys.stderr.isatty() else lambda _: None,
    )
    if file:
        schematic = parts.any_schematic(read, old, candidates)
        page = partial(paged.write_answer_page, network_file=network_file, edits_file=edits_file)
        answer.write(file, network, found, page, schematic=schematic)
    if as_json:
        click.echo(output.as_json(answer.facts(network, found, file)))
        return
    click.echo("\n".join([*answer.lines(network, found), *output.written(file)]))


def _candidates(
    network: "Network",
    homes: "gpd.GeoDataFrame",
    said: tuple[str, ...],
    grid_m: float,
    question: "SitingQuestion",
) -> "gpd.GeoDataFrame":
    import geopandas as gpd
    import pandas as pd

    from sandbox.analysis.siting.siting import grid_candidates
    from sandbox.units import MS_PER_M_AT_1_KMH, MS_PER_MINUTE

    parts: list[Any] = []
    named = tuple(one for one in said if one != GRID)
    if len(named) < len(said):
        limit_m = question.metres
        speed_kmh = question.travel.walk_kmh
        if limit_m is None:
            # As far as one gets on the level, along a straight street.
            limit_m = question.limit * MS_PER_MINUTE * speed_kmh / MS_PER_M_AT_1_KMH
        parts.append(grid_candidates(network, homes, grid_m, limit_m))
    if named:
        parts.append(read_places(named, more=["cost", "places"]).table)
    return gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), geometry="geometry")


def _unit_of(homes: "gpd.GeoDataFrame", units: str) -> Any:
    """Return which of the areas each home lies in, -1 for none."""
    import numpy as np
    import shapely

    areas: Any = parts.areas_said(units)
    at: Any = shapely.point_on_surface(np.array(homes.geometry))
    home, area = shapely.STRtree(np.array(areas.geometry)).query(at, predicate="intersects")
    unit = np.full(len(homes), -1, dtype=np.int64)
    # Where areas overlap, the first counts.
    unit[home[::-1]] = area[::-1]
    return unit


def _question(
    layers: "Mapping[str, Layer]", common: on_map.Common, values: "Mapping[str, Any]"
) -> "Asked | None":
    from sandbox.app.answers import siting as asking
    from sandbox.app.answers.homes import home_layers
    from sandbox.catalog.names import kinds_named, place_layer_named

    said = values["siting"]
    if said is None:
        return None
    held = {one.id: one for one in home_layers(layers)}
    layer = values["siting_facilities"]
    there = place_layer_named(layers, layer) if layer else None
    return asking.SitingQuestion(
        place_layer_named(held, said).id,
        values["siting_people"] or "",
        there.id if there else "",
        kinds_named(there, values["siting_kind"]) if there else (),
        sites=values["siting_sites"],
        seconds=values["siting_time_limit_s"],
    )


_MAP: Final = {
    "siting": ("LAYER|FILE", "Also show where new sites serve most of these homes."),
    "siting_people": ("COLUMN", "With --siting: column of people, or of floor area in m²."),
    "siting_facilities": ("LAYER|FILE", "With --siting: facilities that exist."),
    "siting_kind": ("KIND", "With --siting-facilities: only this kind; may be repeated."),
    "siting_sites": ("N", "With --siting: how many new sites."),
    "siting_time_limit_s": ("SECONDS", "With --siting: how long to search."),
}
_MORE: Final[dict[str, dict[str, Any]]] = {
    "siting_kind": {"multiple": True},
    "siting_sites": {"type": int, "default": 5, "show_default": True},
    "siting_time_limit_s": {"type": float, "default": 20.0, "show_default": True},
}
OPTIONS: Final = on_map.Options(
    {
        name: click.option(
            "--" + name.replace("_", "-"), metavar=metavar, help=text, **_MORE.get(name, {})
        )
        for name, (metavar, text) in _MAP.items()
    },
    _question,
    ("siting", "siting_facilities"),
)
