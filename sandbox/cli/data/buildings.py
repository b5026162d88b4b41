"""Schematic buildings made from the shipped layers and streets."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sandbox.cli import words
from sandbox.cli.data.schematic import shipped_ground
from sandbox.export.files import check_folder

if TYPE_CHECKING:
    from sandbox.streets.footprints import Footprints

_SEED = 2026
# Layers whose places landmarks stand at.
_LANDMARKS = ("landmarks", "labs", "services", "universities", "industry_parks", "rail_existing")
_M2_PER_MU = 2000.0 / 3.0


@click.command()
@click.option(
    "-o",
    "--output",
    metavar="OUT.npz",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Output file of buildings.",
)
def buildings(output: Path) -> None:
    """Generate plausible buildings between the shipped streets, marked as schematic."""
    from sandbox.streets.footprints import write_footprints

    check_folder(output)
    made = shipped_buildings()
    write_footprints(made, output)
    click.echo(
        words()(
            "{path}: {count} buildings, schematic, seed {seed}.",
            path=output,
            count=f"{len(made):,}",
            seed=_SEED,
        )
    )


def shipped_buildings() -> "Footprints":
    """Return the buildings of the shipped layers and streets; made, not surveyed.

    The talent community keeps within the figures of its article: its land, less than its
    density of it covered, and floors above ground up to its plot ratio.
    """
    import numpy as np
    import shapely

    from sandbox import paths
    from sandbox.catalog.folder import load
    from sandbox.engine.network import Network
    from sandbox.geo import crs as geo
    from sandbox.sources.schematic.buildings.built import Site
    from sandbox.sources.schematic.buildings.built import buildings as made_of
    from sandbox.sources.schematic.buildings.landmarks import landmarks
    from sandbox.streets.footprints import joined

    ground, streets = shipped_ground(), Network.open(None).streets

    def metric(shape: Any) -> Any:
        return shapely.transform(shape, lambda lonlat: geo.to_metric(lonlat, streets.crs))

    places: dict[tuple[str, str], tuple[float, float]] = {}
    for layer in _LANDMARKS:
        features = load(paths.layers() / layer).features
        for identity, shape in (
            () if features is None else zip(features["id"], features.geometry, strict=True)
        ):
            x, y = shapely.get_coordinates(shapely.centroid(metric(shape)))[0]
            places[layer, str(identity)] = (float(x), float(y))
    known = landmarks(places, streets.crs)
    sites: list[Site] = []
    homes = load(paths.layers() / "talent_housing").features
    columns = ("land_mu", "density_percent", "plot_ratio")
    if homes is not None:
        figures = homes[list(columns)].to_numpy(dtype=np.float64)
        for shape, (land_mu, percent, ratio) in zip(homes.geometry, figures, strict=True):
            land_m2 = float(land_mu) * _M2_PER_MU
            covered_m2, floors_m2 = land_m2 * float(percent) / 100.0, land_m2 * float(ratio)
            sites.append(Site(metric(shape), covered_m2, floors_m2))
    areas = [(area.pattern.value, area.shape) for area in ground.areas]
    about = shapely.buffer(shapely.convex_hull(known.polygons()), 8.0)
    free = [*ground.water, *ground.parks, *np.asarray(about)]
    return joined([known, made_of(streets, areas, free, sites, _SEED)])
