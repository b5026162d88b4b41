"""Every shipped scene shows what it is about: drawn, named, uncovered, inside, on every screen."""

from collections.abc import Iterator

import pytest

from sandbox.app.atlas import Atlas
from sandbox.catalog.scenes import load_scenes
from tests.support.studio import LANGUAGES, Look, Studio, shipped_atlas
from tests.support.subjects import faults

SCENES = load_scenes().scenes
SIZES = ((1920, 1080), (1080, 1920), (3840, 2160), (7680, 2160), (1024, 768))
EACH = [pytest.param(size, marks=() if at == 0 else pytest.mark.long)
        for at, size in enumerate(SIZES)]  # fmt: skip


@pytest.fixture(scope="module")
def atlas(qapp) -> Atlas:
    return shipped_atlas()


@pytest.fixture
def studio(atlas: Atlas) -> Iterator[Studio]:
    made = Studio(atlas)
    yield made
    made.close()


@pytest.mark.unwatched
@pytest.mark.parametrize("size", EACH, ids=lambda size: f"{size[0]}x{size[1]}")
def test_all_that_scenes_are_about_is_seen(studio: Studio, size) -> None:
    wrong = {}
    for scene in SCENES:
        for step in range(1, max(1, scene.steps) + 1):
            for language in LANGUAGES:
                found = faults(studio.set_up(Look(scene.id, step, language, size)))
                if found:
                    wrong[f"{scene.id}-{step}-{language}"] = found
    assert not wrong


def test_every_scene_says_what_it_is_about() -> None:
    for scene in SCENES:
        told = [scene.subjects, *(stage.subjects for stage in scene.stages)]
        assert any(told) or scene.timeline is not None, scene.id
