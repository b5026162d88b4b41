"""How reliable times by transit are: ground in colours by how much they vary over a window."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final

from sandbox.app.answers import departures
from sandbox.app.answers.awaited import reach_awaited
from sandbox.app.questions import WindowAnswer
from sandbox.app.state import MapState
from sandbox.draw.answers.areas import BANDS_ALPHA, Area, AreasPainter
from sandbox.draw.answers.picture import Picture
from sandbox.draw.theme import Theme, band_colours


@dataclass(frozen=True, slots=True)
class SpreadSheet:
    """What a window's answer draws in one theme."""

    theme: str
    answer: WindowAnswer

    @property
    def key(self) -> Hashable:
        """Return what the areas depend on beside the theme."""
        return id(self.answer)

    def areas(self, look: Theme) -> list[Area]:
        """Return the ground by how much times vary, the largest lowest."""
        colours = band_colours(look, len(self.answer.areas))
        parts = [
            Area(area, colour, BANDS_ALPHA, outlined=False)
            for area, colour in zip(self.answer.areas, colours, strict=True)
        ]
        return parts[::-1]


def _sheets(state: MapState, theme_name: str) -> list[SpreadSheet]:
    window = departures.shown(state)
    if window is None or not window.spread or not state.document.reach_shown:
        return []
    return [SpreadSheet(theme_name, window)]


PICTURE: Final = Picture(SpreadSheet, AreasPainter, _sheets, reach_awaited)
