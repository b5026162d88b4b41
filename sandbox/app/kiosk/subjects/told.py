"""Which features a scene or its step is about."""

from collections.abc import Iterable

from sandbox.app.atlas import Atlas
from sandbox.app.kiosk.scenes import scenes
from sandbox.app.places import Place
from sandbox.app.questions import Selected
from sandbox.app.state import Subject
from sandbox.catalog.scenes import HERE, Scene, Subjects


def subjects_of(scene: Scene, stage: int) -> Subjects | None:
    """Return what a scene or its step says it is about; None where it says nothing."""
    step = scenes.stage_of(scene, stage)
    return step.subjects if step is not None and step.subjects is not None else scene.subjects


def says_here(scene: Scene, stage: int) -> bool:
    """Return whether a picture says where the visitor stands: where nothing else is told, too."""
    told = subjects_of(scene, stage)
    return HERE in told.places if told is not None else scene.timeline is None


def stands_alone(scene: Scene, stage: int) -> bool:
    """Return whether no places have marks beside what a picture is about."""
    told = subjects_of(scene, stage)
    return told.alone if told is not None else scene.timeline is not None


def subjects(atlas: Atlas, scene: Scene, stage: int) -> tuple[Subject, ...]:
    """Return what a scene's step is about, most important first.

    Of a scene that runs through years, what opened in them is: the year's own is new.
    Where one stands is told by words of its own (`says_here`).
    """
    found: dict[Selected, Subject] = {}
    told = subjects_of(scene, stage)
    known = numbers(scene, stage)
    for where in told.places if told is not None else ():
        if where != HERE:
            chosen = scenes.selected(where)
            found[chosen] = Subject(chosen, number=known.get(chosen, 0))
    for place in _opened(atlas, scene, stage):
        year = scenes.opened_year(place)
        new = scene.timeline is not None and year == scene.timeline.first + stage
        found.setdefault(place.where, Subject(place.where, new=new))
    for layer in told.layers if told is not None else ():
        for place in scenes.places_of(atlas, layer):
            found.setdefault(place.where, Subject(place.where, named=False))
    return tuple(found.values())


def numbers(scene: Scene, stage: int) -> dict[Selected, int]:
    """Return the number of each place that has one, by its layer and id."""
    told = subjects_of(scene, stage)
    if told is None or not told.numbered:
        return {}
    named = (where for where in told.places if where != HERE)
    return {scenes.selected(where): at for at, where in enumerate(named, 1)}


def _opened(atlas: Atlas, scene: Scene, stage: int) -> Iterable[Place]:
    """Return what opened up to a step of a scene that runs through years, newest first."""
    timeline = scene.timeline
    if timeline is None:
        return ()
    year = timeline.first + stage
    opened = scenes.opened_between(atlas, timeline.layers, timeline.first, year)
    return sorted(opened, key=lambda place: place.text("opened"), reverse=True)
