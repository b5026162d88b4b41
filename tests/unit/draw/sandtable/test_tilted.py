"""A tilted view: from ground to pixels and back, and what hides what."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from sandbox.app.state import STEEPEST_TILT_DEG, View
from sandbox.draw.ground.relief import Relief
from sandbox.draw.sandtable.tilted import Tilted
from sandbox.draw.viewport import Viewport, moved, turned, zoomed
from sandbox.geo.crs import to_metric

CRS = "EPSG:32648"
HERE = (106.3, 29.5)
X, Y = (float(v) for v in to_metric(HERE, CRS))
ROUGH = np.random.default_rng(3).random((160, 160))
HILLS = Relief(
    (ndimage.gaussian_filter(ROUGH, 4) * 3000.0).astype(np.float32), X - 8000.0, Y + 8000.0, 100.0
)
SIZE = (800.0, 600.0)


@settings(max_examples=40, deadline=None)
@given(
    st.floats(15.0, STEEPEST_TILT_DEG),
    st.floats(0.0, 360.0),
    st.floats(-700.0, 700.0),
    st.floats(-700.0, 700.0),
)
def test_a_press_on_ground_that_is_seen_gives_that_ground(tilt, bearing, east, north) -> None:
    view = Tilted.over(HILLS, View(HERE, 4.0, tilt, bearing), CRS, SIZE, 1.0)
    spot = np.array([[X + east, Y + north]])
    met = view.xy(view.px(spot))
    if np.abs(met - spot).max() > 2.0:
        # Else nearer ground stands before it, which the line of sight meets first.
        eye = np.array(view.camera.eye[:2])
        assert np.hypot(*(met - eye).T) < np.hypot(*(spot - eye).T)
        assert view.px(met) == pytest.approx(view.px(spot), abs=0.5)


def test_ground_behind_a_ridge_is_hidden_and_its_crest_is_not() -> None:
    heights = np.zeros((161, 161), dtype=np.float32)
    heights[70:73] = 600.0
    ridge = Relief(heights, X - 8000.0, Y + 8000.0, 100.0)
    view = Tilted.over(ridge, View(HERE, 8.0, 62.0), CRS, SIZE, 1.0)
    spots = np.array([[X, Y + 1200.0], [X, Y + 900.0], [X, Y], [X, Y + 6000.0]])
    assert view.hidden(spots).tolist() == [True, False, False, False]


def test_a_view_that_is_hardly_tilted_is_the_flat_map() -> None:
    flat = Viewport.of(View(HERE, 4.0), CRS, SIZE, 1.0)
    level = Relief(np.full((9, 9), 250.0, dtype=np.float32), X - 4000.0, Y + 4000.0, 1000.0)
    tilted = Tilted.over(level, View(HERE, 4.0, 0.01), CRS, SIZE, 1.0)
    spots = np.array([[X + dx, Y + dy] for dx in (-900.0, 0.0, 900.0) for dy in (-600.0, 500.0)])
    # The flat map's middle lies on a whole pixel.
    assert np.abs(flat.px(spots) - tilted.px(spots)).max() < 1.1


def test_pulling_and_zooming_keep_the_ground_under_the_hand() -> None:
    level = Relief(np.zeros((9, 9), dtype=np.float32), X - 40000.0, Y + 40000.0, 10000.0)
    view = View(HERE, 4.0, 50.0, 70.0)
    before = Tilted.over(level, view, CRS, SIZE, 1.0)
    spot = before.xy((400.0, 300.0))
    after = Tilted.over(level, moved(view, CRS, (12.0, -9.0)), CRS, SIZE, 1.0)
    assert after.px(spot) == pytest.approx((412.0, 291.0), abs=0.5)
    near = before.xy((450.0, 320.0))
    larger = zoomed(view, CRS, 1.25, (450.0, 320.0), SIZE)
    assert larger.tilt_deg == 50.0
    assert Tilted.over(level, larger, CRS, SIZE, 1.0).px(near) == pytest.approx(
        (450.0, 320.0), abs=1.5
    )


def test_turning_stays_within_what_can_be_seen() -> None:
    assert turned(View(HERE, 4.0), 30.0, 10.0) == View(HERE, 4.0)
    made = turned(View(HERE, 4.0, 60.0, 350.0), 20.0, 30.0)
    assert (made.bearing_deg, made.tilt_deg) == (pytest.approx(10.0), STEEPEST_TILT_DEG)
