"""Service circles, on the command line: what services cover, and what they leave out."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sandbox.cli import words
from sandbox.cli.parts import city, on_map, options, origins, output, paged
from sandbox.cli.parts import travel as travels
from sandbox.errors import LayerError
from sandbox.export.files import ending_of
from sandbox.streets.modes import MODES, reach_of
from sandbox.streets.travel import Travel

if TYPE_CHECKING:
    import geopandas as gpd

    from sandbox.analysis.coverage import Coverage
    from sandbox.app.answers.circles import CirclesQuestion
    from sandbox.catalog.layer import Layer
    from sandbox.engine.network import Network


@click.command()
@click.option(
    "--services",
    "layer",
    cls=options.Renamed,
    was=("--layer",),
    metavar="LAYER|FILE",
    default="services",
    show_default=True,
    help="Layer or file of the services.",
)
@options.KIND
@click.option("--minutes", type=float, default=15.0, show_default=True, help="Longest walk.")
@options.NETWORK
@travels.options("walk_kmh")
@options.REACH
@click.option("--straight-line", is_flag=True, help="Add straight-line radii for comparison.")
@options.AREAS
@options.JSON
def circles(
    *,
    layer: str,
    kind: tuple[str, ...],
    minutes: float,
    network_file: Path | None,
    travel: Travel,
    reach_m: float | None,
    straight_line: bool,
    file: Path | None,
    as_json: bool,
) -> None:
    """Report the area and the talent housing that the services of a layer cover."""
    from sandbox.analysis.coverage import as_table
    from sandbox.app.answering import answer
    from sandbox.app.answers.circles import HOMES, CirclesQuestion
    from sandbox.app.places import features_of, is_place_layer
    from sandbox.catalog.names import kinds_named, place_layer_named
    from sandbox.engine.network import Network

    city.check_files([file], *output.AREAS, *paged.PAGES)
    reach_m = reach_m or reach_of(travel.mode)
    layers, layer = origins.holding(city.layers(), layer)
    chosen = place_layer_named(
        {name: one for name, one in layers.items() if is_place_layer(one)}, layer
    )
    kind = kinds_named(chosen, kind)
    network = Network.open(network_file)
    services = features_of(chosen, kind)
    question = CirclesQuestion(chosen.id, kind, minutes, straight_line, reach_m, travel)
    answered = answer(city.atlas(layers, network), question)
    found = answered.coverage
    # Another city's map has none.
    homes = _names(features_of(layers[HOMES])) if HOMES in layers else dict[str, str]()
    asked = {
        "layer": chosen.id,
        "kinds": list(kind) or sorted(set(services["kind"])),
        "homes_outside_names": [homes[home] for home in found.homes_outside],
    }
    if file and ending_of(file) in paged.PAGES:
        sheet = paged.Sheet.opened(network_file, None)
        if chosen.is_own:
            sheet, _ = sheet.holding(services)
        sheet.write(file, answered)
    elif file:
        table = as_table(network, found, asked)
        at = list(table.columns).index("homes_outside") + 1
        table.insert(at, "homes_outside_names", ",".join(asked["homes_outside_names"]))
        output.write_areas(table, file)
    if as_json:
        click.echo(output.as_json(_facts(network, found, asked, file)))
        return
    language = words().language
    kinds = [chosen.kinds[one].said(language) if one in chosen.kinds else one for one in kind]
    titles = [chosen.title.said(language), *kinds]
    lines = _lines(found, titles, _names(services), homes)
    click.echo(
        "\n".join(
            [*output.heading(network, travel.walk_kmh, reach_m), *lines, *output.written(file)]
        )
    )


def _names(places: "gpd.GeoDataFrame") -> dict[str, str]:
    """Return the names of places by their ids, in the user's language."""
    return dict(zip(places["id"], places[f"name_{words().language}"], strict=True))


def _facts(
    network: "Network", found: "Coverage", asked: dict[str, Any], file: Path | None
) -> dict[str, Any]:
    return {
        "network": output.network_facts(network),
        "layer": asked["layer"],
        "kinds": asked["kinds"],
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
        "homes_outside_names": asked["homes_outside_names"],
        "output": str(file) if file else None,
    }


def _lines(
    found: "Coverage",
    services: Sequence[str],
    service_names: Mapping[str, str],
    home_names: Mapping[str, str],
) -> list[str]:
    say = words()
    rows = [
        [say("Services"), f"{found.services:,} ({', '.join(services)})"],
        [say("Longest walk"), say("{minutes} minutes", minutes=f"{found.minutes:g}")],
        [say("Area covered"), _area(found.share_of_ground, found.area_km2)],
        [
            say("Area not covered"),
            _area(1 - found.share_of_ground, found.uncovered_km2),
        ],
        [
            say("Straight-line radius"),
            _area(found.straight_share_of_ground, found.straight_km2),
        ],
    ]
    if found.homes_share is not None:
        covered = found.homes - len(found.homes_outside)
        rows.append([say("Talent housing covered"), f"{covered} / {found.homes}"])
    if found.homes_outside:
        names = ", ".join(home_names[home] for home in found.homes_outside)
        rows.append([say("Talent housing not covered"), names])
    notes: list[str] = []
    if found.indicative_services:
        notes.append(
            say(
                "The positions of {count} services are less accurate than the walking "
                "distance: the shares are indicative.",
                count=found.indicative_services,
            )
        )
    if found.without_street:
        notes.append(
            say(
                "These services have no street nearby and cover nothing: {names}.",
                names=", ".join(service_names[one] for one in found.without_street),
            )
        )
    return [*output.columns(rows), *notes]


def _area(share: float, km2: float) -> str:
    return words()("{share} · {area} km²", share=f"{share:.1%}", area=f"{km2:,.3f}")


def _question(
    layers: "Mapping[str, Layer]", common: on_map.Common, values: Mapping[str, Any]
) -> "CirclesQuestion | None":
    from sandbox.app.answers.circles import CirclesQuestion
    from sandbox.app.places import is_place_layer
    from sandbox.catalog.names import kinds_named, place_layer_named

    if values["circles"] is None:
        if values["kind"]:
            raise LayerError("--kind needs a layer.", "Give --circles LAYER too.")
        return None
    layer = place_layer_named(
        {name: one for name, one in layers.items() if is_place_layer(one)}, values["circles"]
    )
    return CirclesQuestion(
        layer.id,
        kinds_named(layer, values["kind"]),
        (common.minutes or MODES["walk"].minutes)[-1],
        values["straight_line"],
        common.reach_m or reach_of("walk"),
        Travel(walk_kmh=common.travel.walk_kmh),
    )


OPTIONS: Final = on_map.Options(
    {
        "circles": click.option(
            "--circles",
            metavar="LAYER|FILE",
            help="Also show the service circles of this layer.",
        ),
        "kind": options.KIND,
        "straight_line": click.option(
            "--straight-line", is_flag=True, help="Add straight-line radii for comparison."
        ),
    },
    _question,
    ("circles",),
)
