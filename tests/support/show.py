"""A show of small scenes, without data and without a window."""

from collections.abc import Callable

from sandbox.app.show import Show
from sandbox.catalog.scenes import Scene

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
