"""The view of a scene in which nothing that it is about lies under a panel."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF

from sandbox.app.kiosk.subjects.fitting import Box, Spot, fit
from sandbox.app.kiosk.subjects.seen import GroundSpot
from sandbox.app.state import View
from sandbox.catalog.scenes import Scene
from sandbox.draw.sandtable.tilted import Tilted
from sandbox.draw.viewport import moved, zoomed
from sandbox.ui.kiosk import panels
from sandbox.ui.kiosk.layout import Grid

# How often a tilted view is fitted anew.
_TRIES_TILTED: Final = 5


def shown_in(view: View, spots: Sequence[GroundSpot], grid: Grid, scene: Scene, crs: str) -> View:
    """Return a view changed as little as shows all spots clear of panels.

    Where there is no such view, it stays.

    Parameters
    ----------
    view
        Where the scene's camera looks.
    spots
        What must be seen.
    grid
        Where panels stand.
    scene
        Whose title stands over the map.
    crs
        Metric system of the ground.
    """
    title = panels.title_box(grid.title, scene, grid.words)
    find = any(
        one is not None and one.press for one in (scene.reach, *(s.reach for s in scene.stages))
    )
    places = grid.panels(title, steps=scene.steps > 0, take=True, find=find)
    covered = [_box(one) for one in places]
    about = (grid.focus.center().x(), grid.focus.center().y())
    # Tilted, what is far moves less than what is near: each try comes nearer.
    for _ in range(1 if view.tilt_deg <= 0.0 else _TRIES_TILTED):
        placed = _placed(view, spots, grid, crs)
        found = fit(placed, (grid.width, grid.height), covered, about)
        if found is None:
            return view
        wider = zoomed(view, crs, 1.0 / found.wider, about, (grid.width, grid.height))
        view = moved(wider, crs, found.by_px)
    return view


def _placed(view: View, spots: Sequence[GroundSpot], grid: Grid, crs: str) -> list[Spot]:
    """Return where spots are on the screen; tilted, as if the ground were level."""
    size = (grid.width, grid.height)
    viewport = Tilted.on_level_ground(view, crs, size)
    placed: list[Spot] = []
    for one in spots:
        x, y = viewport.px((one.x, one.y))
        placed.append(Spot(float(x), float(y), one.name_px))
    return placed


def _box(one: QRectF) -> Box:
    return one.left(), one.top(), one.right(), one.bottom()
