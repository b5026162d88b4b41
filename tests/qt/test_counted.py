"""A caption that counts says how many of what it counts a screen shows."""

import pytest
from PySide6.QtCore import QRectF, Qt
from pytestqt.qtbot import QtBot
from shapely.geometry import LineString

from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Jobs
from sandbox.app.kiosk.scenes.playable import playable
from sandbox.app.kiosk.show import Show
from sandbox.app.session import Session
from sandbox.app.settings import Settings
from sandbox.app.state import View
from sandbox.catalog.description import Said
from sandbox.catalog.layer import Style
from sandbox.catalog.scenes import Caption, load_scenes
from sandbox.draw.viewport import Viewport
from sandbox.ui.kiosk.overlay import groups_seen, with_count
from sandbox.ui.kiosk.picture import kiosk_window
from sandbox.ui.kiosk.run import begun
from sandbox.ui.post import Post
from tests.support.atlas import CRS, at, layer
from tests.support.studio import shipped_atlas


def test_a_group_is_seen_where_one_of_its_lines_is_free_of_panels() -> None:
    lines = [
        {"group": group, "shape": LineString([(x - 50, y), (x + 50, y)])}
        for group, x, y in [
            (1, 0, 0),
            (1, 5000, 0),
            (2, 300, 0),
            (3, 0, 300),
            (4, 9000, 0),
            (0, 0, 9),
        ]
    ]
    roads = layer("tunnels", "line", Style(line="tunnel"), lines)
    viewport = Viewport.of(View(at(0, 0), 2.0), CRS, (400.0, 400.0), 1.0)
    assert groups_seen(roads, viewport, ()) == (3, 4)
    # Metres 200 to 400 to the right are pixels 300 to 400.
    assert groups_seen(roads, viewport, [QRectF(300, 0, 100, 400)]) == (2, 4)


def test_the_caption_says_so_only_where_some_are_missing() -> None:
    caption = Caption(zh="四组", en="Four groups", source=Said(zh="报道", en="Report"))
    assert with_count(caption, 4, 4) == caption
    told = with_count(caption, 3, 4).source
    assert told is not None
    assert told.zh == "报道 · 图中可见4组中的3组"
    assert told.en == "Report · 3 of 4 in this picture"


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return shipped_atlas()


@pytest.mark.parametrize("size", [(1920, 1080), (3840, 2160), (1080, 1920), (7680, 2160)])
def test_the_city_counts_the_nine_groups_of_the_shipped_map(
    qtbot: QtBot, atlas: Atlas, size: tuple[int, int]
) -> None:
    """By hand: whose middles lie on the screen, off its edge, free of cards, words and tiles."""
    good, _ = playable(load_scenes().scenes, atlas)
    show, post = Show(good, "zh"), Post()
    show.do("scene", "city")
    jobs = Jobs(post)
    session = Session(atlas, begun(atlas, Settings(), "zh"))
    window = kiosk_window(show, session, jobs)
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.resize(*size)
    window.show()
    told, laid = window._face.caption().source, window.grid
    # A kiosk's map is seen in design pixels on every screen.
    viewport = window._viewport()
    seen: set[int] = set()
    tunnels = atlas.layers["tunnels"].features
    for group, line in zip(tunnels["group"], tunnels.geometry, strict=True):
        lon, lat = line.interpolate(0.5, normalized=True).coords[0]
        x, y = viewport.px_of_lonlat((lon, lat))
        beside = [laid.second_card] if laid.second_card is not None else []
        boxes = (laid.caption, laid.card, *beside, *laid.tiles)
        hidden = any(b.left() <= x <= b.right() and b.top() <= y <= b.bottom() for b in boxes)
        if group and not hidden and 24 <= x <= laid.width - 24 and 24 <= y <= laid.height - 24:
            seen.add(group)
    window.leave()
    jobs.close()
    post.close()
    assert told is not None
    assert 4 <= len(seen) <= 9
    assert told.zh.endswith(f"9组中的{len(seen)}组") == (len(seen) < 9)
