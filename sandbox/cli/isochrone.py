"""Isochrones from places, on the command line."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sandbox.cli import words
from sandbox.cli.parts import fields, options, output, paged, topics
from sandbox.cli.parts import travel as travels
from sandbox.cli.parts.origins import SOURCE, read_places
from sandbox.errors import AnalysisError

if TYPE_CHECKING:
    from sandbox.analysis.isochrone import Isochrone
    from sandbox.analysis.isodistance import Isodistance
    from sandbox.analysis.origins import How, Reach
    from sandbox.analysis.places.access import Place
    from sandbox.cli.parts.origins import Chosen
    from sandbox.edits.scenario import Scenario
    from sandbox.engine.network import Network
    from sandbox.streets.travel import Travel


_MINUTES = (5.0, 10.0, 15.0)
# Origins whose times a page carries, so that readers move the cutoff; of more it has the areas.
_PLAYED = 6


@click.command(cls=topics.ByTopic)
@click.option(
    "--from",
    "sources",
    cls=options.Renamed,
    was=("--at", "--place"),
    metavar=SOURCE,
    multiple=True,
    help="Start from every place of a layer or file, a place of the map, or here; may be repeated.",
)
@click.option(
    "--together",
    "how",
    type=click.Choice(["each", "any", "all"]),
    default="each",
    show_default=True,
    help="With several places: each by itself (each), the area within reach of any of them "
    "(any), or the area where all can meet (all).",
)
@options.NETWORK
@options.EDITS
@travels.options(*travels.STREETS, "towards", *travels.RIDE)
@click.option("--minutes", type=options.MINUTES, help="Cutoffs, 1 to 240.  [default: 5,10,15]")
@click.option(
    "--metres",
    type=options.METRES,
    help="Cutoffs by distance along the streets, instead of time.",
)
@options.REACH
@travels.SCENARIO
@fields.AS
@fields.OUTPUT
@options.JSON
def isochrone(
    *,
    sources: tuple[str, ...],
    how: "How",
    network_file: Path | None,
    edits_file: Path | None,
    travel: "Travel",
    minutes: tuple[float, ...] | None,
    metres: tuple[float, ...] | None,
    reach_m: float | None,
    scenario: str | None,
    form: str | None,
    file: Path | None,
    as_json: bool,
) -> None:
    """Calculate the area reachable from places, or from where they can be reached."""
    from sandbox.analysis.isodistance import isodistance as within_distance
    from sandbox.analysis.origins import isochrone_from, reach

    form = fields.check_form(file, form)
    if minutes and metres:
        raise AnalysisError("Minutes and metres are both given.", "Use one of them at a time.")
    if metres:
        travels.check_hour("", travel.hour)
    mode, ride, supply = travel.mode, travel.by_transit, travels.supply(travel.mode, scenario)
    if ride is not None and (metres or travel.towards):
        raise AnalysisError(
            "Public transport is calculated by time; --arrive shows from where places can be "
            "reached.",
            "Omit --metres and --reverse.",
        )
    if not sources:
        raise AnalysisError("No origin is given.", "Give --from LAYER, FILE, NAME or LON,LAT.")
    chosen = read_places(sources)
    origins, several = chosen.places, chosen.many or how != "each"
    network = options.opened(network_file, edits_file)
    found: list[Isochrone | Isodistance | Reach] = []
    lost: tuple[str, ...] = ()
    if several:
        answers = reach(
            network,
            origins,
            metres or minutes or _MINUTES,
            travel,
            how=how,
            metric="distance" if metres else "time",
            reach_m=reach_m,
            supply=supply,
        )
        found, lost = list(answers.found), answers.without_street
    else:
        found += [
            within_distance(
                network, origin, metres, mode=mode, reach_m=reach_m, towards=travel.towards
            )
            if metres
            else isochrone_from(
                network, origin, minutes or _MINUTES, travel, supply=supply, reach_m=reach_m
            )
            for origin in origins
        ]
    if file and form == "page":
        sheet = paged.Sheet.opened(network_file, edits_file)
        played = metres is None and how == "each" and len(origins) <= _PLAYED and not lost
        runs = travels.scenario_of(mode, scenario)
        _write_page(file, sheet, chosen, found, travel, runs, played=played)
    elif file:
        more: dict[str, Any] = {"scenario": scenario} if ride is not None else {}
        fields.write(
            network,
            found,
            [_called(one) for one in found],
            [_id(one) for one in found],
            form,
            file,
            more,
        )
    told: dict[str, Any] = {"scenario": scenario} if ride is not None else {}
    if several:
        told["without_street"] = list(lost)
    if as_json:
        click.echo(output.as_json(_facts(network, found, file) | told))
        return
    lines = [words()("Scenario: {scenario}", scenario=scenario)] if scenario else []
    if lost:
        left_out = words()("There is no street near: {names}.", names=", ".join(lost))
        lines.append(left_out)
    click.echo("\n".join([*lines, *_lines(network, found, file)]))


def _write_page(  # noqa: PLR0917 - what was found, of what, and how
    file: Path,
    sheet: paged.Sheet,
    chosen: "Chosen",
    found: "Sequence[Isochrone | Isodistance | Reach]",
    travel: "Travel",
    scenario: "Scenario | None",
    *,
    played: bool,
) -> None:
    """Write a page with times whose cutoff readers move, or with the areas alone."""
    from sandbox.app.questions import ReachQuestion
    from sandbox.export.page.analyses.areas import areas_within

    if played:
        minutes, reach_m, moving = found[0].contours, found[0].reach_m, travels.of_reach(travel)
        question = ReachQuestion((0.0, 0.0), minutes, reach_m, None, moving, scenario)
        sheet.write_reach(file, chosen.table, question)
        return
    sheet, _ = sheet.holding(chosen.table)
    runs = None if scenario is None else scenario.title
    sheet.write(file, result=areas_within(found, chosen.both_names, travel, runs))


def _facts(
    network: "Network",
    found: "Sequence[Isochrone | Isodistance | Reach]",
    file: Path | None,
) -> dict[str, Any]:
    return {
        "network": output.network_facts(network),
        **found[0].told(),
        "reach_m": found[0].reach_m,
        **_grid(found),
        "origins": [
            {
                "origin_id": _id(one),
                "origin": _called(one),
                "lonlat": list(one.origin_lonlat),
                "accuracy_m": _accuracy_m(one),
                "measured": _measured(one),
                **_street_facts(one),
                "contours": [
                    {"contour": cutoff, "area_km2": round(area_km2, 6)}
                    for cutoff, area_km2 in zip(one.contours, one.areas_km2, strict=True)
                ],
                **({"on_foot_because": why} if (why := _on_foot(one)) else {}),
            }
            for one in found
        ],
        "output": str(file) if file else None,
    }


def _places(one: "Isochrone | Isodistance | Reach") -> "tuple[Place, ...]":
    from sandbox.analysis.origins import Reach

    return one.origins if isinstance(one, Reach) else (one.origin,)


def _called(one: "Isochrone | Isodistance | Reach") -> str:
    from sandbox.analysis.origins import Reach

    return one.name if isinstance(one, Reach) else str(one.origin.name)


def _id(one: "Isochrone | Isodistance | Reach") -> str:
    """Return the id of the place; of several together none."""
    places = _places(one)
    return places[0].id if len(places) == 1 else ""


def _accuracy_m(one: "Isochrone | Isodistance | Reach") -> float:
    return max(place.accuracy_m for place in _places(one))


def _measured(one: "Isochrone | Isodistance | Reach") -> str:
    """Return what times are measured from: the point, gates or edge of the places."""
    return "+".join(dict.fromkeys(place.measured for place in _places(one)))


def _street_facts(one: "Isochrone | Isodistance | Reach") -> dict[str, Any]:
    from sandbox.analysis.isochrone import Isochrone
    from sandbox.analysis.origins import Reach

    if isinstance(one, Reach):
        # Lines and areas have many steps to their streets.
        return {"origins": [origin.name for origin in one.origins]}
    if not isinstance(one, Isochrone):
        lonlat, distance_m, walk = one.street_lonlat, one.street_distance_m, {}
    else:
        step = one.attachment
        lonlat, distance_m = step.street_lonlat, step.distance_m
        walk = {"street_walk_s": round(step.walk_s, 3)}
    return {
        "street_lonlat": [round(degrees, 7) for degrees in lonlat],
        "street_distance_m": round(distance_m, 1),
        **walk,
    }


def _lines(
    network: "Network",
    found: "Sequence[Isochrone | Isodistance | Reach]",
    file: Path | None,
) -> list[str]:
    say, told = words(), found[0].told()
    rows = [
        [
            say("Origin") if told["direction"] == "from" else say("Destination"),
            say("To the street") if told["direction"] == "from" else say("From the street"),
            say("Minutes") if told["metric"] == "time" else say("Metres"),
            say("Area km²"),
        ]
    ]
    for one in found:
        street = _street_facts(one)
        step = "–"
        if "street_distance_m" in street:
            step = say("{length} m", length=f"{street['street_distance_m']:,.0f}")
        if "street_walk_s" in street:
            step += ", " + say("{seconds} s", seconds=f"{street['street_walk_s']:,.0f}")
        for index, (cutoff, area_km2) in enumerate(zip(one.contours, one.areas_km2, strict=True)):
            first = [_called(one), step] if index == 0 else ["", ""]
            rows.append([*first, f"{cutoff:g}", f"{area_km2:,.3f}"])
    vague = [
        say(
            "The position of {origin} is only accurate to {accuracy} m, so the area reached "
            "from it is indicative.",
            origin=_called(one),
            accuracy=f"{_accuracy_m(one):,.0f}",
        )
        for one in found
        if _accuracy_m(one) > _near_m(one)
    ]
    return [
        *output.heading_saying(
            network,
            _moving(told, found[0].reach_m),
            *_slopes(told, schematic=network.streets.provenance.schematic),
        ),
        *output.columns(rows),
        *(
            say("Public transport doesn't help at {origin}: {why}", origin=_called(one), why=why)
            for one in found
            for why in _on_foot(one)
        ),
        *vague,
        *(
            say("The areas are accurate to {cell} m because of their size.", cell=f"{cell_m:g}")
            for cell_m in _grid(found).values()
        ),
        *output.written(file),
    ]


def _on_foot(one: "Isochrone | Isodistance | Reach") -> list[str]:
    """Return why lines bring one no farther than feet, if they don't."""
    from sandbox.analysis.comparison.why import why_on_foot
    from sandbox.analysis.origins import Reach
    from sandbox.analysis.transit import TransitIsochrone

    if isinstance(one, TransitIsochrone):
        return [reason.said(words()) for reason in why_on_foot(one.journeys)]
    if isinstance(one, Reach) and one.how == "each" and one.journeys:
        return [reason.said(words()) for reason in why_on_foot(one.journeys[0])]
    return []


def _grid(found: "Sequence[Isochrone | Isodistance | Reach]") -> dict[str, float]:
    """Return what is said of the grid that the largest areas were drawn from, if it is coarser."""
    from sandbox.analysis.table import grid_told

    return grid_told(max(found, key=lambda one: one.areas_km2[-1]))


def _near_m(one: "Isochrone | Isodistance | Reach") -> float:
    """Return about how far one gets within the smallest contour."""
    told = one.told()
    if told["metric"] == "distance":
        return one.contours[0]
    if told["mode"] == "drive":
        # As the radius of a circle of that area: cars have no one speed.
        return math.sqrt(one.areas_km2[0] * 1e6 / math.pi)
    kmh = told["bike_kmh"] if told["mode"] == "bike" else told["speed_kmh"]
    return kmh * 1000.0 / 60.0 * one.contours[0]


def _slopes(told: dict[str, Any], *, schematic: bool) -> list[str]:
    """Return lines on slopes, where they count."""
    say = words()
    if told["slope"] in {None, "flat"}:
        return []
    lines = [say("Slopes come from the schematic relief.")] if schematic else []
    if told["mode"] == "bike":
        return [say("Slopes follow the rider's power; the speed applies on level ground."), *lines]
    if told["slope"] == "naismith":
        return [say("Slopes follow Naismith's rule; the speed applies on level ground."), *lines]
    return [say("Slopes follow Tobler's function; the speed applies on level ground."), *lines]


def _moving(told: dict[str, Any], reach_m: float) -> str:
    """Return how one moves, in a line."""
    say, reach = words(), f"{reach_m:g}"
    if told["metric"] == "distance":
        by = {
            "walk": say("By distance on foot; land within {reach} m of a street", reach=reach),
            "bike": say("By distance by bike; land within {reach} m of a street", reach=reach),
            "drive": say("By distance by car; land within {reach} m of a street", reach=reach),
        }
        return by[told["mode"]]
    walk = f"{told['speed_kmh']:g}"
    if told["mode"] == "bike":
        return say(
            "Cycling at {ride} km/h, pushing the bike and walking at {speed} km/h; land "
            "within {reach} m of a street",
            ride=f"{told['bike_kmh']:g}",
            speed=walk,
            reach=reach,
        )
    if told["mode"] == "transit":
        return _by_transit(told, reach)
    if told["mode"] == "walk":
        return say(
            "Walking at {speed} km/h; land within {reach} m of a street", speed=walk, reach=reach
        )
    if told["hour"] is None:
        return say(
            "Driving in free flow, walking to the street at {speed} km/h; land within "
            "{reach} m of a street",
            speed=walk,
            reach=reach,
        )
    return say(
        "Driving with the congestion of {hour}:00, walking to the street at {speed} km/h; "
        "land within {reach} m of a street",
        hour=told["hour"],
        speed=walk,
        reach=reach,
    )


def _by_transit(told: dict[str, Any], reach: str) -> str:
    """Return how one goes by transit, in a line."""
    say = words()
    values = {
        "when": told["departure"] or told["arrival"],
        "window": told["window_min"],
        "speed": f"{told['speed_kmh']:g}",
        "reach": reach,
    }
    if told["departure"]:
        moving = say(
            "By public transport and on foot at {speed} km/h, leaving {when} and up to "
            "{window} minutes later; land within {reach} m of a street",
            **values,
        )
    else:
        moving = say(
            "By public transport and on foot at {speed} km/h, arriving within {window} "
            "minutes up to {when}; land within {reach} m of a street",
            **values,
        )
    if told["min_change_min"]:
        least = f"{told['min_change_min']:g}"
        moving += say("; at least {minutes} minutes per transfer", minutes=least)
    if told["percentile"] is None:
        return moving + say("; waits are half the headway, without variation")
    return moving + say("; percentile {percentile}", percentile=told["percentile"])
