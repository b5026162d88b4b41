"""Which scenes can be shown over an atlas, and what the others lack."""

from collections.abc import Mapping, Sequence

from sandbox.app import moving
from sandbox.app.answers.audit import shipped_standards
from sandbox.app.atlas import Atlas
from sandbox.app.kiosk.scenes.scenes import INDICATORS, found
from sandbox.catalog.scenes import (
    Completeness,
    Scene,
    hidden_subjects,
)
from sandbox.errors import LayerError
from sandbox.words import Text


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
    lacking += [
        Text("there is no standard {id}", {"id": one})
        for one in sorted({one.standard for one in _audited(scene)} - set(shipped_standards()))
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
    layers.update(*({one.homes, *one.facilities, one.area} - {""} for one in _audited(scene)))
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


def _audited(scene: Scene) -> list[Completeness]:
    """Return what a scene and its steps audit."""
    asked = (scene.completeness, *(stage.completeness for stage in scene.stages))
    return [one for one in asked if one is not None]


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
