"""Journeys by transit, as the command line tells them."""

from typing import TYPE_CHECKING, Any

from sandbox.cli import words
from sandbox.cli.parts import output

if TYPE_CHECKING:
    from sandbox.analysis.itinerary import Itinerary, Leg
    from sandbox.engine.network import Network


def facts(network: "Network", found: "Itinerary", names: tuple[str, str]) -> dict[str, Any]:
    """Return a journey as JSON has it.

    Parameters
    ----------
    network, found
        The streets and the journey.
    names
        What the two places are called.
    """
    from sandbox.analysis.table import written_minutes, written_moment

    return {
        "network": output.network_facts(network),
        "mode": "transit",
        "from": names[0],
        "to": names[1],
        "measured_from": found.measured[0],
        "measured_to": found.measured[1],
        "percentile": found.ride.percentile,
        "min_change_min": found.ride.min_change_min,
        "minutes": written_minutes(found.minutes),
        "wait_share": round(found.wait_share, 4),
        "legs": [
            {
                "kind": leg.kind,
                "begin_at": written_moment(leg.begin_at),
                "end_at": written_moment(leg.end_at),
                "minutes": written_minutes(leg.minutes),
                **_named("from_stop", leg.from_stop),
                **_named("to_stop", leg.to_stop),
                **_named("line", leg.line),
                "headsign": leg.headsign or None,
                "stops": leg.stops or None,
                "aboard": leg.aboard,
            }
            for leg in found.legs
        ],
        **(
            {"on_foot_because": [one.said(words()) for one in found.on_foot_because]}
            if found.on_foot_because
            else {}
        ),
    }


def lines(network: "Network", found: "Itinerary", names: tuple[str, str]) -> list[str]:
    """Return a journey as lines on the screen."""
    say = words()
    whole = say(
        "{start} → {end}: {minutes} minutes by public transport, {share} % of them waiting",
        start=names[0],
        end=names[1],
        minutes=f"{found.minutes:,.1f}",
        share=f"{100 * found.wait_share:.0f}",
    )
    rows = [["", say("From"), say("Until"), say("Minutes"), say("Where")]]
    kinds = {
        "walk": say("Walk"),
        "bike": say("Cycle"),
        "wait": say("Wait"),
        "ride": say("Ride"),
    }
    for leg in found.legs:
        clocks = [f"{at:%H:%M:%S}" for at in (leg.begin_at, leg.end_at)]
        kind = say("Stay on board") if leg.aboard else kinds[leg.kind]
        rows.append([kind, *clocks, f"{leg.minutes:,.1f}", _where(leg, names)])
    return [
        *output.heading_saying(network, whole),
        *_which(found),
        *output.columns(rows),
        *(
            say("Public transport doesn't help at {origin}: {why}", origin=names[0], why=one)
            for one in (reason.said(say) for reason in found.on_foot_because)
        ),
    ]


def _which(found: "Itinerary") -> list[str]:
    """Return which of the departures, or arrivals, of a window it is."""
    from sandbox.analysis.table import clock

    ride, say = found.ride, words()
    if ride.window_min == 1 or not found.legs:
        return []
    first, *_, last = ride.moments
    told = {"first": clock(first), "last": clock(last), "percentile": ride.percentile}
    if ride.arrive:
        return [
            say(
                "Arriving by {at}: of the arrivals from {first} to {last} the last that takes as "
                "long as percentile {percentile}",
                at=clock(found.legs[-1].end_at),
                **told,
            )
        ]
    return [
        say(
            "Leaving at {at}: of the departures from {first} to {last} the first that takes as "
            "long as percentile {percentile}",
            at=clock(found.legs[0].begin_at),
            **told,
        )
    ]


def _where(leg: "Leg", names: tuple[str, str]) -> str:
    say = words()
    which = 0 if say.language == "zh" else 1
    start, end = leg.from_stop[which] or names[0], leg.to_stop[which] or names[1]
    line = leg.line[which] + (f" ({leg.headsign})" if leg.headsign else "")
    if leg.kind == "wait":
        return end
    if leg.kind in {"walk", "bike"}:
        return f"{start} → {end}"
    stops = say("{count} stops", count=leg.stops)
    return f"{line}: {start} → {end}, {stops}"


def _named(key: str, names: tuple[str, str]) -> dict[str, str | None]:
    return {f"{key}_zh": names[0] or None, f"{key}_en": names[1] or None}
