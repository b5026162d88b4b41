"""A show of small scenes, without data and without a window."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sandbox.app.kiosk.show import Show
from sandbox.catalog.scenes import Scene

if TYPE_CHECKING:
    import pytest

    from sandbox.app.atlas import Atlas

IDS = ("city", "parks", "labs", "hub")


def scene(scene_id: str) -> Scene:
    return Scene.model_validate(
        {
            "id": scene_id,
            "layers": (),
            "title": {"zh": "场景", "en": "Scene"},
            "tile": {"zh": "景", "en": "S"},
            "captions": [{"zh": "一句话", "en": "A sentence"}],
            "camera": {"place": "here", "width_m": 5000, "height_m": 3000},
        }
    )


def show(restart: Callable[[], None] = lambda: None) -> Show:
    return Show([scene(one) for one in IDS], restart=restart)


def break_scene(monkeypatch: "pytest.MonkeyPatch", scene_id: str) -> None:
    """Have a scene meet a layer that is gone as soon as it is shown."""
    from sandbox.app.kiosk.scenes import scenes

    whole = scenes.layers_shown

    def broken(atlas: "Atlas", shown: Scene, stage: int) -> Any:
        if shown.id == scene_id:
            raise KeyError("a layer that was deleted")
        return whole(atlas, shown, stage)

    monkeypatch.setattr(scenes, "layers_shown", broken)


def small_scenes() -> list[Scene]:
    """Three scenes of the small city; the second answers presses."""
    from tests.support.atlas import at

    made = []
    for scene_id in ("one", "press", "steps"):
        told: dict[str, Any] = {
            "id": scene_id,
            "title": {"zh": "场景", "en": scene_id},
            "tile": {"zh": "景", "en": scene_id},
            "captions": [{"zh": "一句话", "en": "A sentence"}],
            "camera": {"center": at(0, 0), "width_m": 4000, "height_m": 2500},
            "layers": (),
        }
        if scene_id == "press":
            told["reach"] = {
                "mode": "walk", "minutes": [5, 10], "press": True, "modes": ["walk", "drive"]
            }  # fmt: skip
        made.append(Scene.model_validate(told))
    return made
