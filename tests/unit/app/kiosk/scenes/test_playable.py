"""Which scenes an atlas can show, where layers have gone."""

from sandbox.app.kiosk.scenes.playable import playable
from sandbox.catalog.scenes import Scene
from tests.support.atlas import small_atlas
from tests.support.show import scene


def _scene(scene_id: str, **fields: object) -> Scene:
    camera = {"center": (106.3, 29.5), "width_m": 5000, "height_m": 3000}
    return Scene.model_validate({**scene(scene_id).model_dump(), "camera": camera, **fields})


def test_a_scene_that_lacks_a_layer_is_left_out_while_others_have_all() -> None:
    atlas = small_atlas()
    here = next(iter(atlas.layers))
    whole, hurt = _scene("whole", layers=(here,)), _scene("hurt", layers=(here, "gone"))
    good, faults = playable([whole, hurt], atlas)
    assert [one.id for one in good] == ["whole"]
    assert [str(fault) for fault in faults] == [
        "The scene hurt can't be shown: there is no layer gone. "
        "Correct the scene or the layers that it needs."
    ]


def test_where_none_has_all_those_that_lack_paint_alone_come_without_it() -> None:
    atlas = small_atlas()
    here = next(iter(atlas.layers))
    bare = _scene("bare", layers=(here, "gone"))
    placeless = _scene("placeless", layers=("gone",), reach={"place": "gone/away"})
    good, faults = playable([bare, placeless], atlas)
    assert [(one.id, one.layers) for one in good] == [("bare", (here,))]
    assert len(faults) == 2
