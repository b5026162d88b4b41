"""Comparisons of reach questions: base and plan, asked alike by window, command and Python."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from sandbox.analysis.comparison.compare import Compared, Side, compared, counted_by_layer
from sandbox.analysis.comparison.why import without_lines
from sandbox.analysis.isochrone import cutoff_ms
from sandbox.analysis.places.access import AccessPoints, access_points
from sandbox.analysis.places.place import place_of
from sandbox.analysis.searched import Way
from sandbox.analysis.table import clock, written_departure
from sandbox.analysis.transit import check_ride
from sandbox.analysis.within_reach import PlaceReached, is_indicative
from sandbox.app import moving, places
from sandbox.app.atlas import Atlas
from sandbox.app.questions import LonLat, ReachQuestion
from sandbox.app.street_edits import edited
from sandbox.catalog.layer import Layer
from sandbox.catalog.scenarios import read
from sandbox.edits.line_edits import apply
from sandbox.edits.scenario import Scenario
from sandbox.errors import AnalysisError
from sandbox.geo.crs import WGS84
from sandbox.streets.modes import MODES, Mode
from sandbox.words import Bilingual, Text, both

_ORIGIN: Final = ("id", "layer", "kind", "name_zh", "name_en", "accuracy_m", "gates", "geometry")
# What the timetable alone is called where a scenario could be named.
TIMETABLE: Final = "timetable"


def origin_at(lonlats: Sequence[LonLat]) -> gpd.GeoDataFrame:
    """Return points as places to be asked about, called by their longitude and latitude."""
    said = [f"{lon:.6f},{lat:.6f}" for lon, lat in lonlats]
    columns = {"id": said, "layer": "", "kind": "", "name_zh": said, "name_en": said}
    points = [shapely.Point(one) for one in lonlats]
    return gpd.GeoDataFrame({**columns, "accuracy_m": 0.0}, geometry=points, crs=WGS84)


def origin_of(atlas: Atlas, question: ReachQuestion) -> gpd.GeoDataFrame:
    """Return a question's origin as a place to be asked about."""
    where = question.place
    layer = atlas.layers.get(where.layer) if where else None
    features = layer.features if layer is not None else None
    # A road or a line that was pressed is a place to start from too, as reach has it.
    rows = [] if where is None or features is None else features["id"].astype(str) == where.id
    if where is None or features is None or not any(rows):
        return origin_at([question.origin_lonlat])
    chosen = features[rows].assign(layer=where.layer)
    return gpd.GeoDataFrame(chosen[[name for name in _ORIGIN if name in chosen.columns]])


def named_scenario(
    atlas: Atlas, said: str | Path | None
) -> tuple[Scenario | None, tuple[str, Bilingual]]:
    """Return a scenario by its id or file, and what it is called.

    Parameters
    ----------
    atlas
        Whose city.
    said
        By default what runs today; ``timetable`` is that alone, which is None.

    Raises
    ------
    TransitError
        There is no such scenario.
    """
    found = moving.today(atlas) if said is None else None
    if said is not None and said != TIMETABLE:
        found = read(said, atlas.layers)
    return found, called_scenario(atlas, found)


def called_scenario(atlas: Atlas, scenario: Scenario | None) -> tuple[str, Bilingual]:
    """Return what tables and people call a scenario, or the timetable alone."""
    if scenario is None:
        none = "Timetable only" if atlas.network.timetable is not None else "No lines"
        return TIMETABLE, both(Text(none))
    return scenario.id, scenario.title


def called_departure(when: datetime) -> tuple[str, Bilingual]:
    """Return what tables and people call a departure, or an arrival."""
    named = f"{when:%Y-%m-%d} {clock(when)}"
    # Two departures at the same time of day are two plans, if they are of different days.
    return written_departure(when), Bilingual(named, named)


def called_hour(hour: int | None) -> tuple[str, Bilingual]:
    """Return what tables and people call driving at an hour, or in free flow."""
    if hour is None:
        return "free flow", both(Text("Driving in free flow"))
    return f"{hour}:00", both(Text("Driving with the congestion of {hour}:00", {"hour": hour}))


def called_percentile(percentile: int) -> tuple[str, Bilingual]:
    """Return what tables and people call another of the times of a window."""
    return f"P{percentile}", both(Text("Percentile {percentile}", {"percentile": percentile}))


def called_mode(mode: Mode) -> tuple[str, Bilingual]:
    """Return what tables and people call a mode."""
    return mode, both(MODES[mode].manner)


def called_edits() -> tuple[str, Bilingual]:
    """Return what tables and people call edited streets."""
    return "edited", both(Text("Edited streets"))


def side(
    atlas: Atlas,
    question: ReachQuestion,
    called: tuple[str, Bilingual],
    origins: gpd.GeoDataFrame | None = None,
) -> Side:
    """Return a question as one side of a comparison.

    Parameters
    ----------
    atlas
        Layers and streets.
    question
        How one moves, over which streets; its cutoffs and reach don't count here.
    called
        What tables call it, and what people do.
    origins
        The places asked about; by default the question's own.

    Raises
    ------
    AnalysisError
        With all faults of a ride.
    """
    network = edited(atlas, question.edits).network
    (name, names), travel, supply = called, moving.travel_of(atlas, question), None
    if (ride := travel.by_transit) is not None:
        supply = apply(question.scenario).supply
        if network.timetable is not None or supply.lines:
            check_ride(network, ride, supply)
    way = Way(name, travel, supply, names)
    found = origin_of(atlas, question) if origins is None else origins
    starts = access_points(network, found, mode=way.near)
    return Side(way, network, starts, places.tied_for(atlas, question))


def notes(sides: Sequence[Side], minutes: float) -> tuple[Text, ...]:
    """Return what must be said beside a comparison of sides: that no vehicle runs."""
    rides = [(one.way.travel.by_transit, one.way.supply) for one in sides]
    return without_lines(sides[0].network, rides, minutes)


def moved(questions: Iterable[ReachQuestion]) -> Bilingual:
    """Return how one moves in questions, each way once."""
    told = list(dict.fromkeys(both(moving.told(question.travel)) for question in questions))
    return Bilingual(" · ".join(one.zh for one in told), " · ".join(one.en for one in told))


def compare(
    atlas: Atlas,
    base: Side,
    plans: Sequence[Side],
    origins: gpd.GeoDataFrame,
    *,
    minutes: Sequence[float],
    reach_m: float,
    also: Sequence[str] = (),
    jobs: str | None = None,
) -> Iterator[Compared]:
    """Yield what each place reaches by base and plan, every kind of place counted.

    Parameters
    ----------
    atlas
        Layers and streets.
    base, plans
        From `side`.
    origins
        The places that both are asked about.
    minutes, reach_m
        Cutoffs, and how far from a street ground still counts.
    also
        Schematic layers to be counted too, each by itself: their places are invented.
    jobs
        A column of figures to be summed over the places reached, as ``LAYER:COLUMN``.

    Raises
    ------
    TransitError
        One goes by transit on all sides, and nothing runs on any.
    """
    _check_lines(base, *plans)
    schematic = frozenset(name for name, layer in atlas.layers.items() if layer.schematic)
    counted = counted_by_layer(base.targets, schematic)
    for name in schematic - set(also):
        counted.pop(name, None)
    return compared(
        origins,
        base,
        plans,
        counted=counted | _jobs(atlas.layers, base.targets, jobs),
        minutes=minutes,
        reach_m=reach_m,
    )


def _jobs(
    layers: Mapping[str, Layer], targets: AccessPoints, jobs: str | None
) -> dict[str, npt.NDArray[np.float64]]:
    """Return what each place weighs in the count of jobs; nothing where none is asked for.

    Raises
    ------
    AnalysisError
        There is no such layer or column of figures.
    """
    if jobs is None:
        return {}
    name, _, column = jobs.partition(":")
    features = layers[name].features if name in layers else None
    if features is None or column not in features or name not in targets.layer:
        raise AnalysisError(
            "No layer of places has the numeric column {jobs}.",
            "Give it as LAYER:COLUMN, for example labs:teams.",
            jobs=jobs,
        )
    figures = np.nan_to_num(np.asarray(pd.to_numeric(features[column], errors="coerce"), float))
    weight = dict(zip(features["id"].astype(str), figures.tolist(), strict=True))
    pairs = zip(targets.layer, targets.id, strict=True)
    return {"jobs": np.array([weight.get(one, 0.0) if of == name else 0.0 for of, one in pairs])}


def _check_lines(*sides: Side) -> None:
    """Refuse to compare lines where none runs; one side without any is on foot."""
    for one in sides:
        ride, supply = one.way.travel.by_transit, one.way.supply
        if ride is None or one.network.timetable is not None or (supply and supply.lines):
            return
    first = sides[0]
    if (ride := first.way.travel.by_transit) is not None:
        check_ride(first.network, ride, first.way.supply)


def compare_questions(
    atlas: Atlas,
    base: ReachQuestion,
    plan: ReachQuestion,
    called: tuple[tuple[str, Bilingual], tuple[str, Bilingual]],
) -> Compared:
    """Return what the origin of two questions reaches by base and plan.

    Raises
    ------
    SandboxError
        What either question can't be answered for.
    """
    origins = origin_of(atlas, base)
    sides = side(atlas, base, called[0]), side(atlas, plan, called[1])
    found = compare(
        atlas, sides[0], [sides[1]], origins, minutes=base.minutes, reach_m=base.reach_m
    )
    one = next(found, None)
    if one is None:
        # The question itself says what is wrong with its place.
        for question in (base, plan):
            moving.ask(atlas, question)
    assert one is not None  # noqa: S101 - one of them has raised
    return one


def places_within(
    atlas: Atlas, one: Compared, pair: tuple[ReachQuestion, ReachQuestion]
) -> tuple[tuple[PlaceReached, ...], tuple[PlaceReached, ...]]:
    """Return the places that base and plan reach within the longest cutoff, soonest first."""
    longest_ms = cutoff_ms(one.ground.minutes[-1])

    def reached(question: ReachQuestion, times: npt.NDArray[np.float64]) -> Iterator[PlaceReached]:
        tied, indicative = places.tied_for(atlas, question), doubt(atlas, question)
        accuracy_m = tied.accuracy_m
        for i in np.argsort(times, kind="stable").tolist():
            if times[i] <= longest_ms:
                minutes = float(times[i]) / 60_000.0
                unsure = indicative(float(accuracy_m[i]), minutes)
                yield PlaceReached(
                    tied.layer[i], tied.id[i], minutes, unsure, tied.places[i].measured
                )

    base, plan = (tuple(reached(*of)) for of in zip(pair, one.place_ms, strict=True))
    return base, plan


def doubt(atlas: Atlas, question: ReachQuestion) -> Callable[[float, float], bool]:
    """Return a test whether a place is indicative, by its accuracy in metres and its minutes.

    It is where its position, or the origin's, is known less well than one walks within the
    smallest cutoff that holds it, as in the answer without a comparison; beyond all of them
    the longest counts.
    """
    origin_m = place_of(places.origin(atlas, question)).accuracy_m
    longest = max(question.minutes)

    def indicative(accuracy_m: float, minutes: float) -> bool:
        holding = [cutoff for cutoff in question.minutes if minutes <= cutoff]
        within = min(holding, default=longest)
        return is_indicative(max(accuracy_m, origin_m), within, question.travel.walk_kmh)

    return indicative
