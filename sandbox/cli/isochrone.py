"""Isochrones from places, on the command line."""

import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from sandbox.cli import options, output, words
from sandbox.errors import AnalysisError

if TYPE_CHECKING:
    from sandbox.analysis.isochrone import Isochrone
    from sandbox.catalog.layer import Layer
    from sandbox.catalog.places import PlaceFound
    from sandbox.network.network import Network


_NAMES_SAID = 8


class _Origin(NamedTuple):
    lonlat: tuple[float, float]
    name: str
    accuracy_m: float


@click.command()
@click.option(
    "--at", type=options.LonLat(), multiple=True, help="Start from here; may be repeated."
)
@click.option(
    "--place", metavar="NAME", multiple=True, help="Start from a place of the map, by its name."
)
@options.NETWORK
@click.option("--mode", type=click.Choice(["walk"]), default="walk", help="How one moves.")
@click.option(
    "--minutes",
    type=options.Minutes(),
    default="5,10,15",
    show_default=True,
    help="Cutoffs, 1 to 240.",
)
@options.SPEED
@options.REACH
@options.AREAS
@options.JSON
def isochrone(
    *,
    at: tuple[tuple[float, float], ...],
    place: tuple[str, ...],
    network_file: Path | None,
    mode: str,
    minutes: tuple[float, ...],
    speed_kmh: float,
    reach_m: float,
    file: Path | None,
    as_json: bool,
) -> None:
    """Say what is reached from places within travel times."""
    from sandbox.analysis.isochrone import as_table
    from sandbox.analysis.isochrone import isochrone as answer
    from sandbox.network.network import Network

    output.check_areas_file(file)
    if not at and not place:
        raise AnalysisError(
            "There is no place to start from.", "Give --at LON,LAT or --place NAME."
        )
    origins = [_Origin(lonlat, f"{lonlat[0]:.6f},{lonlat[1]:.6f}", 0.0) for lonlat in at]
    origins += _places(place)
    network = Network.open(network_file)
    found = [
        answer(network, origin.lonlat, minutes, mode=mode, speed_kmh=speed_kmh, reach_m=reach_m)
        for origin in origins
    ]
    if file:
        output.write_areas(as_table(network, found, [origin.name for origin in origins]), file)
    if as_json:
        click.echo(output.as_json(_facts(network, found, origins, file)))
    else:
        click.echo("\n".join(_lines(network, found, origins, file)))


def _places(names: Sequence[str]) -> list[_Origin]:
    """Return the places of the shipped layers that have these names."""
    if not names:
        return []
    from sandbox.catalog.folder import load_all
    from sandbox.catalog.places import search_index

    layers = load_all()
    index = search_index(layers)
    origins: list[_Origin] = []
    for name in names:
        found = index.find(name, _NAMES_SAID)
        whole = [place for place in found if _plain(name) in map(_plain, _names(place))]
        if len(found) != 1 and len(whole) != 1:
            every = [
                said
                for layer in layers.values()
                if layer.features is not None
                for column in ("name_zh", "name_en")
                for said in layer.features[column]
            ]
            raise _not_one(name, whole or found, every)
        (place,) = whole if len(whole) == 1 else found
        said = place.name_zh if words().language == "zh" else place.name_en
        accuracy_m = _accuracy_m(layers[place.layer], place.id)
        origins.append(_Origin(place.lonlat, said or place.name_zh, accuracy_m))
    return origins


def _accuracy_m(layer: "Layer", place_id: str) -> float:
    if layer.features is None:
        return 0.0
    known = dict(zip(layer.features["id"], layer.features["accuracy_m"], strict=True))
    return float(known[place_id])


def _names(place: "PlaceFound") -> tuple[str, ...]:
    # The name by itself is meant too where an explanation stands behind it in brackets.
    return place.name_zh, place.name_en, place.name_zh.split("（")[0], place.name_zh.split("(")[0]


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()


def _told(place: "PlaceFound") -> str:
    # With its position, since several may have the same name: the stretches of an avenue.
    lon, lat = place.lonlat
    return f"{place.name_zh} {place.name_en}".strip() + f" ({lon:.4f},{lat:.4f})"


def _not_one(name: str, found: "Sequence[PlaceFound]", every: Sequence[str]) -> AnalysisError:
    if found:
        return AnalysisError(
            "“{name}” may be several places: {names}.",
            "Give more of the name, or its position with --at LON,LAT.",
            name=name,
            names=", ".join(map(_told, found)),
        )
    near = get_close_matches(name, every, n=_NAMES_SAID, cutoff=0.3)
    if not near:
        return AnalysisError(
            "There is no place named “{name}” on the map.",
            "Give its position with --at LON,LAT.",
            name=name,
        )
    return AnalysisError(
        "There is no place named “{name}” on the map.",
        "Near to it are: {names}.",
        name=name,
        names=", ".join(dict.fromkeys(near)),
    )


def _facts(
    network: "Network",
    found: Sequence["Isochrone"],
    origins: Sequence[_Origin],
    file: Path | None,
) -> dict[str, Any]:
    return {
        "network": output.network_facts(network),
        "mode": found[0].mode,
        "metric": "time",
        "speed_kmh": found[0].speed_kmh,
        "reach_m": found[0].reach_m,
        "origins": [
            {
                "origin": origin.name,
                "lonlat": list(one.origin_lonlat),
                "accuracy_m": origin.accuracy_m,
                "street_lonlat": [round(degrees, 7) for degrees in one.attachment.street_lonlat],
                "street_distance_m": round(one.attachment.distance_m, 1),
                "street_walk_s": round(one.attachment.walk_s, 1),
                "contours": [
                    {"contour": cutoff, "area_km2": round(area_km2, 6)}
                    for cutoff, area_km2 in zip(one.minutes, one.areas_km2, strict=True)
                ],
            }
            for origin, one in zip(origins, found, strict=True)
        ],
        "output": str(file) if file else None,
    }


def _lines(
    network: "Network",
    found: Sequence["Isochrone"],
    origins: Sequence[_Origin],
    file: Path | None,
) -> list[str]:
    say = words()
    rows = [[say("Origin"), say("To the street"), say("Minutes"), say("Area km²")]]
    for origin, one in zip(origins, found, strict=True):
        step = f"{one.attachment.distance_m:,.0f} m, {one.attachment.walk_s:,.0f} s"
        for index, (cutoff, area_km2) in enumerate(zip(one.minutes, one.areas_km2, strict=True)):
            first = [origin.name, step] if index == 0 else ["", ""]
            rows.append([*first, f"{cutoff:g}", f"{area_km2:,.3f}"])
    vague = [
        say(
            "{origin} is known to within {accuracy} m only: what is reached from it is indicative.",
            origin=origin.name,
            accuracy=f"{origin.accuracy_m:,.0f}",
        )
        for origin, one in zip(origins, found, strict=True)
        if origin.accuracy_m > one.speed_kmh * 1000.0 / 60.0 * one.minutes[0]
    ]
    return [
        *output.heading(network, found[0].speed_kmh, found[0].reach_m),
        *output.columns(rows),
        *vague,
        *output.written(file),
    ]
