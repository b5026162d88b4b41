"""What each scene and its steps put on the map and ask, over an atlas."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import pandas as pd

from sandbox.app import moving, places
from sandbox.app.answers.audit import AuditQuestion
from sandbox.app.atlas import Atlas
from sandbox.app.places import Place
from sandbox.app.questions import Against, LonLat, ReachQuestion, Selected
from sandbox.app.state import LayerShown
from sandbox.catalog.articles import readable
from sandbox.catalog.layer import Layer
from sandbox.catalog.scenes import (
    HERE,
    Camera,
    Caption,
    Completeness,
    Reach,
    Scene,
    Stage,
)
from sandbox.kept import keep
from sandbox.streets.modes import Mode

HERE_PLACE: Final = Selected("service_complex", "service_complex")
INDICATORS: Final = "indicators"


class Figure(NamedTuple):
    """An indicator as it is shown: its row of the table."""

    id: str
    name: tuple[str, str]
    value: tuple[str, str]
    as_of: str
    source: tuple[str, str]
    note: tuple[str, str]


def selected(where: str) -> Selected:
    """Return a place that a scene names."""
    if where == HERE:
        return HERE_PLACE
    layer, identity = where.split("/", 1)
    return Selected(layer, identity)


def found(atlas: Atlas, where: str) -> Place | None:
    """Return a place that a scene names, None where the map doesn't have it."""
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


def caption_of(scene: Scene, stage: int) -> Caption | None:
    """Return what a step says, else what its scene does."""
    step = stage_of(scene, stage)
    if step is not None and step.caption is not None:
        return step.caption
    return scene.captions[0] if scene.captions else None


def reach_of(scene: Scene, stage: int) -> Reach | None:
    """Return the isochrone that a scene or its step begins with; None where it shows an audit."""
    step = stage_of(scene, stage)
    if completeness_of(scene, stage) is not None:
        return None
    return step.reach if step is not None and step.reach is not None else scene.reach


def completeness_of(scene: Scene, stage: int) -> Completeness | None:
    """Return what a scene or its step audits, None where it audits nothing."""
    step = stage_of(scene, stage)
    return scene.completeness if step is None else step.completeness


def audit_of(scene: Scene, stage: int) -> AuditQuestion | None:
    """Return the audit that a scene or its step asks for, None where it asks for none."""
    asked = completeness_of(scene, stage)
    if asked is None:
        return None
    return AuditQuestion(
        asked.homes, asked.people, asked.standard, asked.facilities, area=asked.area
    )


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


def by_mode(
    atlas: Atlas, scene: Scene, stage: int, question: ReachQuestion, mode: Mode
) -> ReachQuestion:
    """Return a question of a step for another way of moving, by the lines that run in it."""
    made = replace(moving.by_mode(question, mode, atlas), minutes=question.minutes)
    if mode != "transit":
        return made
    asked = reach_of(scene, stage)
    named = moving.scenarios(atlas).get(asked.scenario if asked is not None else "")
    return replace(made, scenario=named or moving.today(atlas))


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


def hour_of(scene: Scene, stage: int, stop: int) -> float | None:
    """Return the hour by the clock at which a scene's step is lit, None for the light of maps.

    Parameters
    ----------
    scene, stage
        What is on.
    stop
        Which stop of its day was reached last; -1 before there is one.
    """
    if scene.day is not None:
        hours, minutes = scene.day.stops[max(0, stop)].clock.split(":")
        return int(hours) + int(minutes) / 60.0
    if scene.timeline is not None and scene.timeline.hours is not None:
        first, last = scene.timeline.hours
        return first + (last - first) * min(1.0, stage / max(1, scene.steps - 1))
    return camera_of(scene, stage).hour


def figures(atlas: Atlas, ids: Sequence[str]) -> tuple[Figure, ...]:
    """Return indicators by id, in the order asked for."""
    layer = atlas.layers.get(INDICATORS)
    told = {} if layer is None else _figures(layer)
    return tuple(told[one] for one in ids if one in told)


# A card asks with every touch, and a cell that pandas hands out takes as long as a line of words.
@keep(1)
def _figures(layer: Layer) -> dict[str, Figure]:
    table = layer.table
    if table is None:
        return {}

    def texts(column: str) -> list[str]:
        return ["" if pd.isna(value) else str(value) for value in table[column]]

    def pairs(first: str, second: str) -> list[tuple[str, str]]:
        return list(zip(texts(first), texts(second), strict=True))

    rows = zip(
        (str(one) for one in table["id"]),
        pairs("name_zh", "name_en"),
        pairs("value_text_zh", "value_text_en"),
        texts("as_of"),
        pairs("source", "source_en"),
        pairs("note_zh", "note_en"),
        strict=True,
    )
    return {
        one: Figure(one, name, value, as_of, (readable(source[0]), readable(source[1])), note)
        for one, name, value, as_of, source, note in rows
    }


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


def places_of(atlas: Atlas, layer_id: str) -> list[Place]:
    """Return the places of a layer, in its order."""
    layer = atlas.layers.get(layer_id)
    if layer is None or layer.features is None:
        return []
    asked = (places.place(atlas.layers, Selected(layer_id, one)) for one in layer.features["id"])
    return [place for place in asked if place is not None]
