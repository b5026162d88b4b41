"""The view of a scene in which nothing that it is about lies under a panel."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF

from sandbox.app.kiosk.subjects.fitting import Box, Spot, fit
from sandbox.app.kiosk.subjects.seen import GroundSpot
from sandbox.app.state import View
from sandbox.catalog.scenes import Scene
from sandbox.draw.viewport import Viewport, moved, zoomed
from sandbox.ui.kiosk import panels
from sandbox.ui.kiosk.layout import Grid


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
    size = (grid.width, grid.height)
    viewport = Viewport.of(view, crs, size, 1.0)
    title = panels.title_box(grid.title, scene, grid.words)
    covered = [_box(one) for one in grid.panels(title, steps=scene.steps > 0, take=True)]
    placed: list[Spot] = []
    for one in spots:
        x, y = viewport.px((one.x, one.y))
        placed.append(Spot(float(x), float(y), one.name_px))
    about = (grid.focus.center().x(), grid.focus.center().y())
    found = fit(placed, size, covered, about)
    if found is None:
        return view
    wider = zoomed(view, crs, 1.0 / found.wider, about, size)
    return moved(wider, crs, found.by_px)


def _box(one: QRectF) -> Box:
    return one.left(), one.top(), one.right(), one.bottom()
