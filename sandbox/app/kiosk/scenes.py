"""Scenes over an atlas: which can be shown, what each puts on the map, what it computes."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, NamedTuple

import geopandas as gpd
import pandas as pd

from sandbox.analysis.route import Route
from sandbox.analysis.times import times
from sandbox.app import moving, places
from sandbox.app.answers.journey import through
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job
from sandbox.app.places import Place
from sandbox.app.questions import Against, LonLat, ReachQuestion, Selected
from sandbox.app.state import LayerShown
from sandbox.catalog.articles import readable
from sandbox.catalog.scenes import (
    HERE,
    Camera,
    Commute,
    Day,
    Places,
    Reach,
    Scene,
    Stage,
    hidden_subjects,
)
from sandbox.edits.line_edits import apply
from sandbox.errors import LayerError
from sandbox.geo.crs import WGS84
from sandbox.streets.modes import Mode
from sandbox.streets.travel import Travel
from sandbox.words import Text

HERE_PLACE: Final = Selected("service_complex", "service_complex")
INDICATORS: Final = "indicators"
TODAY: Final = "today"


class Figure(NamedTuple):
    """An indicator as it is shown: its row of the table."""

    id: str
    name: tuple[str, str]
    value: tuple[str, str]
    as_of: str
    source: tuple[str, str]
    note: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Timed:
    """A place and the minutes to it; None beyond the time that was looked for."""

    where: Selected
    minutes: float | None


@dataclass(frozen=True, slots=True)
class Share:
    """Of the pairs of home and work, how many a mode brings within the time.

    `scenario` says what runs, for those who go by transit.
    """

    mode: Mode
    within: int
    pairs: int
    scenario: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a scene computes once when it comes on: minutes on the streets in use.

    Attributes
    ----------
    scene
        Whose they are.
    places
        Listed places, nearest first.
    shares
        The commute by mode.
    legs
        Each way of the day; None where no way leads there.
    """

    scene: str
    places: tuple[Timed, ...] = ()
    shares: tuple[Share, ...] = ()
    legs: tuple[Route | None, ...] = ()


def selected(where: str) -> Selected:
    """Return a place that a scene names."""
    if where == HERE:
        return HERE_PLACE
    layer, identity = where.split("/", 1)
    return Selected(layer, identity)


def found(atlas: Atlas, where: str) -> Place | None:
    """Return a place that a scene names, None where the map has no such."""
    return places.place(atlas.layers, selected(where))


def middle(atlas: Atlas, camera: Camera) -> LonLat:
    """Return where a camera looks at."""
    if camera.center is not None:
        return camera.center
    place = found(atlas, camera.place or HERE)
    assert place is not None  # noqa: S101
    return place.lonlat


def stage_of(scene: Scene, stage: int) -> Stage | None:
    """Return a scene's step, None for a scene without steps."""
    return scene.stages[min(stage, len(scene.stages) - 1)] if scene.stages else None


def layers_shown(atlas: Atlas, scene: Scene, stage: int) -> tuple[LayerShown, ...]:
    """Return the stack of layers with those showing that a scene and its step ask for."""
    step = stage_of(scene, stage)
    told = scene.timeline.layers if scene.timeline is not None else ()
    wanted = {*scene.layers, *told, *(step.layers if step else ())}
    return tuple(
        LayerShown(layer.id, layer.id in wanted)
        for layer in atlas.layers.values()
        if layer.geometry != "table"
    )


def reach_of(scene: Scene, stage: int) -> Reach | None:
    """Return the isochrone that a scene or its step begins with."""
    step = stage_of(scene, stage)
    return step.reach if step is not None and step.reach is not None else scene.reach


def question_of(atlas: Atlas, scene: Scene, stage: int) -> ReachQuestion | None:
    """Return what a scene or its step asks of the network, None where it asks nothing."""
    asked = reach_of(scene, stage)
    if asked is None:
        return None
    if asked.at is not None:
        first = ReachQuestion(asked.at)
    elif (origin := found(atlas, asked.place)) is not None:
        first = ReachQuestion(origin.lonlat, place=origin.where)
    else:
        return None
    question = replace(moving.by_mode(first, asked.mode, atlas), minutes=asked.minutes)
    if asked.scenario:
        question = replace(question, scenario=moving.scenarios(atlas)[asked.scenario])
    return question


def answer_shown(scene: Scene, stage: int) -> bool:
    """Return whether the map shows a scene's isochrone, or it is asked for the card alone."""
    asked = reach_of(scene, stage)
    return asked is None or asked.shown


def against_of(scene: Scene, stage: int) -> Against | None:
    """Return what a scene's or its step's answer is compared with, None for nothing."""
    asked = reach_of(scene, stage)
    if asked is None or not asked.against:
        return None
    return Against("scenario", asked.against, as_base=True)


def camera_of(scene: Scene, stage: int) -> Camera:
    """Return the ground that a scene or its step shows."""
    step = stage_of(scene, stage)
    return step.camera if step is not None and step.camera is not None else scene.camera


def figures(atlas: Atlas, ids: Sequence[str]) -> tuple[Figure, ...]:
    """Return indicators by id, in the order asked for."""
    layer = atlas.layers.get(INDICATORS)
    table = layer.table if layer is not None else None
    if table is None:
        return ()
    # A card asks with every touch, for a few rows: the whole table as records took 9 ms.
    rows = {str(one): at for at, one in enumerate(table["id"])}

    def text(one: str, column: str) -> str:
        value = table[column].iat[rows[one]]
        return "" if pd.isna(value) else str(value)

    return tuple(
        Figure(
            id=one,
            name=(text(one, "name_zh"), text(one, "name_en")),
            value=(text(one, "value_text_zh"), text(one, "value_text_en")),
            as_of=text(one, "as_of"),
            source=(readable(text(one, "source")), readable(text(one, "source_en"))),
            note=(text(one, "note_zh"), text(one, "note_en")),
        )
        for one in ids
        if one in rows
    )


def opened_year(place: Place) -> int | None:
    """Return the year a place opened, None where it isn't known."""
    year = place.text("opened")[:4]
    return int(year) if year.isdigit() else None


def opened_between(
    atlas: Atlas, layer_ids: Sequence[str], first: int, year: int
) -> tuple[Place, ...]:
    """Return the places of layers that opened in a year from the first to `year`."""
    told = (place for one in layer_ids for place in places_of(atlas, one))
    return tuple(
        p for p in told if (opened := opened_year(p)) is not None and first <= opened <= year
    )


def playable(scenes: Sequence[Scene], atlas: Atlas) -> tuple[list[Scene], list[LayerError]]:
    """Return the scenes that this atlas has all the data for, and what the others lack.

    Where none has all, those that lack only layers to paint come: a picture without its
    roads is better than none.
    """
    good: list[Scene] = []
    bare: list[Scene] = []
    faults: list[LayerError] = []
    for scene in scenes:
        lacking = missing(scene, atlas)
        if not lacking:
            good.append(scene)
            continue
        faults.append(
            LayerError(
                "The scene {id} can't be shown",
                "Correct the scene or the layers that it needs.",
                faults=lacking,
                id=scene.id,
            )
        )
        painted = scene.model_copy(
            update={"layers": tuple(one for one in scene.layers if one in atlas.layers)}
        )
        if not missing(painted, atlas):
            bare.append(painted)
    return good or bare, faults


def facts(atlas: Atlas, scene: Scene, job: Job) -> Facts:
    """Compute what a scene says of the streets in use; called off the UI thread."""
    job.report(-1.0, Text("Calculating"))
    return Facts(
        scene.id,
        places=_timed(atlas, scene.places) if scene.places else (),
        shares=_shares(atlas, scene.commute) if scene.commute else (),
        legs=_legs(atlas, scene.day, job) if scene.day else (),
    )


def places_of(atlas: Atlas, layer_id: str) -> list[Place]:
    """Return the places of a layer, in its order."""
    layer = atlas.layers.get(layer_id)
    if layer is None or layer.features is None:
        return []
    asked = (places.place(atlas.layers, Selected(layer_id, one)) for one in layer.features["id"])
    return [place for place in asked if place is not None]


def _listed(atlas: Atlas, asked: Places) -> list[Place]:
    return [
        place
        for layer in asked.layers
        for place in places_of(atlas, layer)
        if (not asked.kinds or place.text("kind") in asked.kinds)
        and (not asked.ids or place.where.id in asked.ids)
    ]


def frame_of(listed: Sequence[Place]) -> gpd.GeoDataFrame:
    """Return places with shapes and gates; ids are those of layer and feature, as `a/b`."""
    found = [place.where_from() for place in listed]
    return gpd.GeoDataFrame(
        {
            "id": [f"{place.where.layer}/{place.where.id}" for place in listed],
            "gates": [one.gates for one in found],
        },
        geometry=[one.shape for one in found],
        crs=WGS84,
    )


def minutes_between(  # noqa: PLR0917
    atlas: Atlas,
    starts: gpd.GeoDataFrame,
    ends: gpd.GeoDataFrame,
    mode: Mode,
    within: float,
    scenario: str = TODAY,
) -> dict[tuple[str, str], float | None]:
    """Return the minutes of each pair by their ids, None beyond the time looked for.

    Parameters
    ----------
    atlas
        Layers and streets.
    starts, ends
        Places with `id` and geometry, WGS 84.
    mode
        How one moves.
    within
        Longest time that is looked for, minutes.
    scenario
        Id of what runs, for those who go by transit.
    """
    if mode == "transit":
        supply = apply(moving.scenarios(atlas)[scenario]).supply
        travel = Travel(mode, ride=moving.first_ride(atlas))
        found = times(atlas.network, starts, ends, within, travel, supply=supply)
    else:
        found = times(atlas.network, starts, ends, within, Travel(mode))
    rows = zip(found.pairs["from_id"], found.pairs["to_id"], found.pairs["minutes"], strict=True)
    return {(str(a), str(b)): None if math.isnan(m) else float(m) for a, b, m in rows}


def _key(where: Selected) -> str:
    return f"{where.layer}/{where.id}"


def _timed(atlas: Atlas, asked: Places) -> tuple[Timed, ...]:
    origin = found(atlas, asked.origin)
    assert origin is not None  # noqa: S101
    listed = [place for place in _listed(atlas, asked) if place.where != origin.where]
    start, ends = frame_of([origin]), frame_of(listed)
    known = minutes_between(atlas, start, ends, asked.mode, asked.minutes)
    rows = [Timed(place.where, known[_key(origin.where), _key(place.where)]) for place in listed]
    beyond = float("inf")
    return tuple(sorted(rows, key=lambda row: beyond if row.minutes is None else row.minutes))


def _shares(atlas: Atlas, asked: Commute) -> tuple[Share, ...]:
    homes = [place for one in asked.homes if (place := found(atlas, one)) is not None]
    work = [place for layer in asked.work for place in places_of(atlas, layer)]
    starts, ends = frame_of(homes), frame_of(work)
    made: list[Share] = []
    for mode in asked.modes:
        for scenario in asked.scenarios if mode == "transit" else ("",):
            known = minutes_between(atlas, starts, ends, mode, asked.minutes, scenario)
            within = sum(minutes is not None for minutes in known.values())
            made.append(Share(mode, within, len(known), scenario))
    return tuple(made)


def _legs(atlas: Atlas, day: Day, job: Job) -> tuple[Route | None, ...]:
    known = [(one, place) for one in day.stops if (place := found(atlas, one.place)) is not None]
    made: list[Route | None] = []
    for (_, start), (stop, end) in pairwise(known):
        made += through(atlas, (start.where, end.where), stop.mode or day.mode, job)
    return tuple(made)


def missing(scene: Scene, atlas: Atlas) -> list[Text]:
    """Return all that a scene names and the atlas doesn't have."""
    layers, spots, ids = _named(scene)
    known = _figure_ids(atlas.layers)
    lacking = [
        Text("there is no layer {id}", {"id": one})
        for one in sorted(layers)
        if one not in atlas.layers
    ]
    lacking += [
        Text("there is no place {id}", {"id": one})
        for one in sorted(spots)
        if found(atlas, one) is None
    ]
    lacking += [
        Text("there is no indicator {id}", {"id": one}) for one in sorted(ids) if one not in known
    ]
    lacking += [
        Text("its subjects are on the layer {id}, which it doesn't show", {"id": one})
        for one in sorted(hidden_subjects(scene) & set(atlas.layers))
    ]
    lines = _scenarios(scene)
    lacking += [
        Text("there is no scenario {id}", {"id": one})
        for one in sorted(lines)
        if one not in moving.scenarios(atlas)
    ]
    return lacking


def _named(scene: Scene) -> tuple[set[str], set[str], set[str]]:
    """Return the layers, places and indicators that a scene names."""
    layers, spots, ids = set(scene.layers), scene.said_places(), set(scene.figures)
    for camera in (scene.camera, *(stage.camera for stage in scene.stages)):
        if camera is not None and camera.place is not None:
            spots.add(camera.place)
    for reach in (scene.reach, *(stage.reach for stage in scene.stages)):
        if reach is not None and reach.at is None:
            spots.add(reach.place)
    for stage in scene.stages:
        layers.update(stage.layers)
        ids.update(stage.figures, *(page.figures for page in stage.pages))
    if scene.places is not None:
        layers.update(scene.places.layers)
        spots.add(scene.places.origin)
        spots.update(f"{scene.places.layers[0]}/{one}" for one in scene.places.ids
                     if len(scene.places.layers) == 1)  # fmt: skip
    if scene.timeline is not None:
        layers.update(scene.timeline.layers)
        ids.update(scene.timeline.figures)
    if scene.commute is not None:
        layers.update(scene.commute.work)
        spots.update(scene.commute.homes)
    if scene.day is not None:
        spots.update(stop.place for stop in scene.day.stops)
    if scene.desks is not None:
        spots.update(scene.desks.to)
    for subjects in (scene.subjects, *(stage.subjects for stage in scene.stages)):
        if subjects is not None:
            layers.update(subjects.layers)
            spots.update(subjects.places)
    return layers, spots, ids


def _scenarios(scene: Scene) -> set[str]:
    """Return the scenarios that a scene names."""
    asked = (scene.reach, *(stage.reach for stage in scene.stages))
    named = (one for reach in asked if reach for one in (reach.scenario, reach.against))
    told = {one for one in named if one}
    if scene.commute is not None and "transit" in scene.commute.modes:
        told.update(scene.commute.scenarios)
    if scene.desks is not None and "transit" in scene.desks.modes:
        told.add(scene.desks.scenario)
    return told


def _figure_ids(layers: Mapping[str, object]) -> set[str]:
    layer = layers.get(INDICATORS)
    table = getattr(layer, "table", None)
    return set() if table is None else {str(one) for one in table["id"]}
