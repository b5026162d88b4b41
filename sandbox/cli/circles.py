"""Service circles, on the command line: what services cover, and what they leave out."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sandbox.cli import options, output, words
from sandbox.errors import AnalysisError

if TYPE_CHECKING:
    import geopandas as gpd

    from sandbox.analysis.coverage import Coverage
    from sandbox.network.network import Network


@click.command()
@click.option("--layer", default="services", show_default=True, help="Layer of the services.")
@click.option("--kind", multiple=True, help="Only services of this kind; may be repeated.")
@click.option("--minutes", type=float, default=15.0, show_default=True, help="Longest walk.")
@options.NETWORK
@options.SPEED
@options.REACH
@options.AREAS
@options.JSON
def circles(
    *,
    layer: str,
    kind: tuple[str, ...],
    minutes: float,
    network_file: Path | None,
    speed_kmh: float,
    reach_m: float,
    file: Path | None,
    as_json: bool,
) -> None:
    """Say what ground and which talent housing the services of a layer cover."""
    from sandbox.analysis.coverage import coverage
    from sandbox.network.network import Network

    output.check_areas_file(file)
    services = _features(layer, kind)
    homes = _features("talent_housing", ())
    network = Network.open(network_file)
    found = coverage(network, services, minutes, speed_kmh=speed_kmh, reach_m=reach_m, homes=homes)
    asked = {"layer": layer, "kinds": list(kind) or sorted(set(services["kind"]))}
    if file:
        output.write_areas(_table(network, found, asked), file)
    if as_json:
        click.echo(output.as_json(_facts(network, found, asked, file)))
    else:
        names = dict(zip(homes["id"], homes[f"name_{words().language}"], strict=True))
        click.echo("\n".join(_lines(network, found, asked, names, file)))


def _features(layer: str, kinds: Sequence[str]) -> "gpd.GeoDataFrame":
    """Return the places of a shipped layer, of some kinds only where any are named."""
    import geopandas as gpd

    from sandbox import paths
    from sandbox.catalog.folder import load

    folder = paths.layers() / layer
    known = sorted(path.parent.name for path in paths.layers().glob("*/layer.toml"))
    features = load(folder).features if layer in known else None
    if features is None:
        raise AnalysisError(
            "There is no layer of places named {layer}.",
            "Layers: {known}.",
            layer=layer,
            known=", ".join(known),
        )
    there = sorted(set(features["kind"]))
    unknown = [kind for kind in kinds if kind not in there]
    if unknown:
        raise AnalysisError(
            "The layer {layer} has no places of the kind {kind}.",
            "Kinds it has: {there}.",
            layer=layer,
            kind=", ".join(unknown),
            there=", ".join(there),
        )
    chosen = features["kind"].isin(kinds or there)
    return gpd.GeoDataFrame(features[chosen].assign(layer=layer))


def _facts(
    network: "Network", found: "Coverage", asked: dict[str, Any], file: Path | None
) -> dict[str, Any]:
    return {
        "network": output.network_facts(network),
        **asked,
        "mode": "walk",
        "metric": "time",
        "contour": found.minutes,
        "speed_kmh": found.speed_kmh,
        "reach_m": found.reach_m,
        "services": found.services,
        "services_without_street": list(found.without_street),
        "services_indicative": found.indicative_services,
        "ground_km2": round(found.ground_km2, 6),
        "covered_km2": round(found.area_km2, 6),
        "covered_share": round(found.share_of_ground, 6),
        "uncovered_km2": round(found.uncovered_km2, 6),
        "straight_line_km2": round(found.straight_km2, 6),
        "straight_line_share": round(found.straight_share_of_ground, 6),
        "homes": found.homes,
        "homes_covered_share": None if found.homes_share is None else round(found.homes_share, 6),
        "homes_outside": list(found.homes_outside),
        "output": str(file) if output else None,
    }


def _lines(
    network: "Network",
    found: "Coverage",
    asked: dict[str, Any],
    home_names: dict[str, str],
    file: Path | None,
) -> list[str]:
    say = words()
    rows = [
        [say("Services"), f"{found.services:,} ({asked['layer']}: {', '.join(asked['kinds'])})"],
        [say("Longest walk"), say("{minutes} min", minutes=f"{found.minutes:g}")],
        [say("Ground covered"), f"{found.share_of_ground:.1%} · {found.area_km2:,.3f} km²"],
        [
            say("Ground outside"),
            f"{1 - found.share_of_ground:.1%} · {found.uncovered_km2:,.3f} km²",
        ],
        [
            say("Straight-line circle"),
            f"{found.straight_share_of_ground:.1%} · {found.straight_km2:,.3f} km²",
        ],
    ]
    if found.homes_share is not None:
        covered = found.homes - len(found.homes_outside)
        rows.append([say("Talent housing covered"), f"{covered} / {found.homes}"])
    if found.homes_outside:
        names = ", ".join(home_names[home] for home in found.homes_outside)
        rows.append([say("Talent housing outside"), names])
    notes: list[str] = []
    if found.indicative_services:
        notes.append(
            say(
                "{count} services are known less well than the walk is long: "
                "the shares are indicative.",
                count=found.indicative_services,
            )
        )
    if found.without_street:
        notes.append(
            say(
                "No street is near enough to: {names}. They cover nothing.",
                names=", ".join(found.without_street),
            )
        )
    return [
        *output.heading(network, found.speed_kmh, found.reach_m),
        *output.columns(rows),
        *notes,
        *output.written(file),
    ]


def _table(network: "Network", found: "Coverage", asked: dict[str, Any]) -> "gpd.GeoDataFrame":
    """Return what is covered, what isn't, and the straight-line circle, as three features."""
    import geopandas as gpd

    from sandbox.analysis.isochrone import computed_at
    from sandbox.geo import crs as geo
    from sandbox.geo import shapes

    told = network.streets.provenance
    parts = [
        ("covered", found.areas, found.area_km2, found.share_of_ground),
        ("uncovered", found.uncovered, found.uncovered_km2, 1.0 - found.share_of_ground),
        (
            "straight_line",
            found.straight_area,
            found.straight_km2,
            found.straight_share_of_ground,
        ),
    ]
    common = {
        "contour": found.minutes,
        "metric": "time",
        "mode": "walk",
        "speed_kmh": found.speed_kmh,
        "reach_m": found.reach_m,
        "layer": asked["layer"],
        "kinds": ",".join(asked["kinds"]),
        "services": found.services,
        "services_indicative": found.indicative_services,
        "homes": found.homes,
        "homes_outside": ",".join(found.homes_outside),
        "network": told.title,
        "network_date": told.date,
        "schematic": told.schematic,
        "computed_at": computed_at(),
    }
    rows = [
        {
            "part": part,
            "area_km2": area_km2,
            "share_of_ground": share,
            **common,
            "geometry": shapes.to_lonlat(shape, found.crs),
        }
        for part, shape, area_km2, share in parts
    ]
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=geo.WGS84)
