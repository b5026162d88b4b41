"""Schematic streets made from the shipped layers."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sandbox.cli import words
from sandbox.errors import LayerError
from sandbox.export.files import check_folder

if TYPE_CHECKING:
    from sandbox.sources.schematic.ground import Ground
    from sandbox.streets.streets import Streets

_WALKED_IN = ("park", "forest_park")
# How many estates the sample has, and what chance they are drawn from.
_ESTATES = 1200
_SEED = 2026
# A road leads to each place of these layers.
_DRIVEN_TO = (
    "labs",
    "landmarks",
    "rail_existing",
    "rail_planned",
    "services",
    "settlements",
    "universities",
)


@click.command()
@click.option(
    "-o",
    "--output",
    metavar="OUT.sandnet",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Output network file.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**32 - 1),
    default=2026,
    show_default=True,
    help="Seed of the random choices; the same seed gives the same streets.",
)
def schematic(output: Path, seed: int) -> None:
    """Generate plausible streets from the shipped layers, marked as schematic."""
    from sandbox.streets.sandnet import save

    check_folder(output)
    streets = hilly_streets(seed)
    save(streets, output)
    click.echo(
        words()(
            "{path}: {nodes} nodes, {segments} segments, schematic, seed {seed}.",
            path=output,
            nodes=f"{len(streets.node_xy):,}",
            segments=f"{len(streets.segment_nodes):,}",
            seed=seed,
        )
    )


@click.command()
@click.option(
    "-o",
    "--output",
    metavar="OUT.geojson",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Output layer of estates.",
)
def estates(output: Path) -> None:
    """Generate plausible housing estates between the shipped streets, marked as schematic."""
    from sandbox import paths
    from sandbox.catalog.folder import load
    from sandbox.cli.parts.output import AREAS, write_areas
    from sandbox.engine.network import Network
    from sandbox.export.files import check_file
    from sandbox.sources.schematic.homes import estates as made_of

    check_file(output, *AREAS)
    built_up, towns = (load(paths.layers() / one).features for one in ("built_up", "settlements"))
    if built_up is None or towns is None:
        raise LayerError(
            "The layers under {path} lack the data from which streets are generated.",
            "Restore the shipped layers.",
            path=paths.layers(),
        )
    made = made_of(Network.open(None).streets, built_up, towns, _ESTATES, _SEED)
    write_areas(made, output)
    say = words()
    click.echo(
        say(
            "{path}: {count} estates, schematic, seed {seed}.",
            path=output,
            count=f"{len(made):,}",
            seed=_SEED,
        )
    )


def hilly_streets(seed: int) -> "Streets":
    """Return plausible streets on the ground of the shipped layers, with their slopes.

    Heights are made up too, and so are kept no finer than to a decimetre.
    """
    from sandbox import paths
    from sandbox.sources.relief import with_climb
    from sandbox.sources.schematic.city import generate

    relief = paths.layers() / "relief" / "relief.tif"
    made = with_climb(generate(shipped_ground(), seed), [relief])
    climb_m = made.climb_m
    return replace(made, climb_m=None if climb_m is None else climb_m.round(1))


def shipped_ground() -> "Ground":
    """Return the ground that the shipped layers describe, in metres of its UTM zone.

    Raises
    ------
    LayerError
        A layer can't be read, or one that streets are made from isn't there.
    """
    import shapely

    from sandbox import paths
    from sandbox.catalog.folder import load
    from sandbox.geo import crs as geo
    from sandbox.sources.schematic.ground import Area, Ground, Heights, Pattern, Road
    from sandbox.streets.streets import StreetClass

    root = paths.layers()
    layers = {name: load(root / name) for name in ("main_roads", "tunnels", "built_up", "water")}
    parks, relief = load(root / "parks"), load(root / "relief")
    driven_to = {name: load(root / name) for name in _DRIVEN_TO}
    found = {
        name: layer.features for name, layer in {**layers, **driven_to, "parks": parks}.items()
    }
    frames = {name: frame for name, frame in found.items() if frame is not None}
    if len(frames) < len(found) or relief.grid is None:
        raise LayerError(
            "The layers under {path} lack the data from which streets are generated.",
            "Restore the shipped layers.",
            path=root,
        )
    west, south, east, north = frames["built_up"].total_bounds
    crs = geo.metric_crs(((west + east) / 2, (south + north) / 2))

    def metric(shape: Any) -> Any:
        return shapely.transform(shape, lambda lonlat: geo.to_metric(lonlat, crs))

    classes = {"express": StreetClass.EXPRESS, "collector": StreetClass.COLLECTOR}
    roads = frames["main_roads"]
    areas = frames["built_up"]
    walked = frames["parks"][frames["parks"]["kind"].isin(_WALKED_IN)]
    return Ground(
        crs=crs,
        roads=tuple(
            Road(name, classes.get(kind, StreetClass.ARTERIAL), metric(line))
            for name, kind, shape in zip(
                roads["name_zh"], roads["road_class"], roads.geometry, strict=True
            )
            for line in shapely.get_parts(shape)
        ),
        tunnels=tuple(metric(t) for t in shapely.get_parts(frames["tunnels"].geometry.values)),
        areas=tuple(
            Area(Pattern(kind), metric(part))
            for kind, shape in zip(areas["kind"], areas.geometry, strict=True)
            for part in shapely.get_parts(shape)
        ),
        water=tuple(metric(w) for w in shapely.get_parts(frames["water"].geometry.values)),
        parks=tuple(metric(p) for p in shapely.get_parts(walked.geometry.values)),
        heights=Heights(relief.grid.values, relief.grid.bounds_lonlat),
        places=tuple(
            metric(shape)
            for name in _DRIVEN_TO
            for shape in frames[name].geometry
            if shape.geom_type == "Point"
        ),
    )
