"""Ground and answer of a map state as a flat picture, without a word."""

from collections.abc import Callable
from typing import Final

from PySide6.QtGui import QPainter

from sandbox.analysis.isochrone import Isochrone
from sandbox.app.answers import departures
from sandbox.app.state import MapState
from sandbox.draw.answers.bands import BandPainter, Overlay, Sheets
from sandbox.draw.answers.edits import paint_edits
from sandbox.draw.answers.outlines import Outline
from sandbox.draw.answers.picture import reach_share, share
from sandbox.draw.answers.scenario_lines import paint_lines
from sandbox.draw.answers.wave import Wave
from sandbox.draw.ground.features import Ground
from sandbox.draw.measured import paint_measured
from sandbox.draw.raster.tiles import KEPT_BYTES
from sandbox.draw.theme import Theme
from sandbox.draw.tile_layers import PICTURES, TileLayers
from sandbox.draw.viewport import Viewport

# An answer is painted this much wider than the canvas once the map is being panned.
_PAN_MARGIN_PX: Final = 160.0


class FlatPainter:
    """Paints what lies on the ground; of one thread at a time.

    Parameters
    ----------
    ground
        The atlas on the metric ground.
    arrived
        Called on a worker thread when more of it can be painted.
    kept_bytes
        Tiles kept at most, beyond those of one picture.
    sheets
        What answers are painted in; by default its own.
    shadows
        Whether buildings have shadows on them.
    """

    def __init__(
        self,
        ground: Ground,
        arrived: Callable[[], None],
        kept_bytes: int = KEPT_BYTES,
        sheets: Sheets | None = None,
        *,
        shadows: bool = True,
    ) -> None:
        self._atlas = ground.atlas
        self._tiles = TileLayers(ground, arrived, kept_bytes, shadows=shadows)
        self._bands = BandPainter(sheets)
        self._overlay: tuple[tuple[object, ...], Overlay] | None = None

    def paint(
        self,
        painter: QPainter,
        state: MapState,
        viewport: Viewport,
        look: Theme,
        wave: tuple[Wave, float] | None = None,
    ) -> None:
        """Paint what is there, and ask for the tiles that aren't.

        Parameters
        ----------
        painter
            In logical pixels, its origin the map's upper left corner.
        state, viewport, look
            What to show, of which ground, in which theme.
        wave
            The answer's wave and for how many milliseconds it has run; None when settled.
        """
        self._tiles.paint(painter, state, viewport, look)
        self._paint_reach(painter, state, viewport, look, wave)
        paint_lines(painter, self._atlas, state, viewport, look)
        paint_edits(painter, state, viewport, look)
        paint_measured(painter, state, viewport, look)
        for one in PICTURES:
            painter.setOpacity(share(state, older=one.older(state)))
            one.over(painter, self._atlas, state, viewport, look)
        painter.setOpacity(1.0)

    def outlines(self, isochrone: Isochrone, viewport: Viewport) -> list[Outline]:
        """Return the contours of an isochrone's areas in device pixels, shortest time first."""
        return self._bands.outlines(isochrone, viewport)

    def paint_bare(
        self, painter: QPainter, state: MapState, viewport: Viewport, look: Theme
    ) -> None:
        """Paint the ground alone as far as it is there, and ask for no more of it."""
        self._tiles.paint_kept(painter, state, viewport, look)

    def complete(self, state: MapState, viewport: Viewport, look: Theme) -> None:
        """Wait until all tiles of a state's picture are there."""
        self._tiles.complete(state, viewport, look)

    def there(self, state: MapState, viewport: Viewport, look: Theme) -> bool:
        """Return whether all tiles of a state's picture are there; ask for those that aren't."""
        return self._tiles.there(state, viewport, look)

    def give_back(self) -> None:
        """Give back the memory that answers were painted in; the next one takes it anew."""
        self._overlay = None
        self._bands.give_back()

    def close(self) -> None:
        """End the threads."""
        self._tiles.close()

    def _paint_reach(
        self,
        painter: QPainter,
        state: MapState,
        viewport: Viewport,
        look: Theme,
        wave: tuple[Wave, float] | None,
    ) -> None:
        isochrone = departures.isochrone_on_map(state)
        share, fill = reach_share(state), state.document.reach_opacity
        if isochrone is None or not isochrone.areas or not state.document.reach_shown:
            self._overlay = None
            return
        if wave is not None and wave[0].isochrone is isochrone:
            self._overlay = None
            made = self._bands.wave(wave[0], viewport, look, share, wave[1], fill)
            made.paint(painter, viewport)
            return
        key = (isochrone, look.name, share, fill)
        known = self._overlay[1] if self._overlay and self._overlay[0] == key else None
        if known is None or not known.covers(viewport):
            # Once the map is being panned, a wider picture serves several frames.
            panned = known is not None and known.viewport.m_per_px == viewport.m_per_px
            wide = viewport.grown(_PAN_MARGIN_PX) if panned else viewport
            known = self._bands.overlay(isochrone, wide, look, share, fill)
            self._overlay = (key, known)
        known.paint(painter, viewport)
