"""Two answers on one map: ground gained and lost, or minutes saved, in their own colours."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QBrush

from sandbox.app.answers import compare
from sandbox.app.answers.awaited import reach_awaited
from sandbox.app.questions import AgainstAnswer
from sandbox.app.state import MapState
from sandbox.draw.answers.areas import BANDS_ALPHA, HATCH_ALPHA, Area, AreasPainter
from sandbox.draw.answers.circles import hatching
from sandbox.draw.answers.picture import Picture
from sandbox.draw.theme import Theme, mixed, tokens


@dataclass(frozen=True, slots=True)
class CompareSheet:
    """What a comparison draws in one theme.

    `minutes` draws minutes saved instead of ground gained and lost; `cutoff` is which of the
    cutoffs is drawn.
    """

    theme: str
    answer: AgainstAnswer
    minutes: bool = False
    cutoff: int = -1

    @property
    def key(self) -> Hashable:
        """Return what the areas depend on beside the theme."""
        return id(self.answer), self.minutes, self.cutoff

    def areas(self, look: Theme) -> list[Area]:
        """Return minutes saved and lost, or ground gained, lost and kept."""
        if self.minutes:
            return _saved(self.answer, look)
        return _ground(self.answer, self.cutoff, look)


def _sheets(state: MapState, theme_name: str) -> list[CompareSheet]:
    compared = compare.shown(state)
    if compared is None or not state.document.reach_shown:
        return []
    cutoff = compare.cutoff_of(state, compared)
    return [CompareSheet(theme_name, compared, state.document.against_minutes, cutoff)]


PICTURE: Final = Picture(CompareSheet, AreasPainter, _sheets, reach_awaited)


def difference_colours(look: Theme) -> dict[str, str]:
    """Return the colours of ground gained, lost and kept."""
    return dict(tokens()["difference"]["dark" if look.dark else "light"])


def swatch_of(look: Theme, change: str) -> tuple[str, float, QBrush | None]:
    """Return the colour, the fill's opacity and the hatching of a change, as legends show it.

    `change` is ``gained``, ``lost`` or ``both``; ground reachable before and after has no hatching.
    """
    colour, alpha = difference_colours(look)[change], float(tokens()["difference"]["alpha"][change])
    if change == "both":
        return colour, alpha, None
    return colour, alpha, hatching(colour, HATCH_ALPHA, 3.0, falling=change == "lost")


def saved_colours(look: Theme, change: str, count: int) -> list[str]:
    """Return a colour for each band of minutes, from near the ground's to the full one.

    Parameters
    ----------
    look
        The theme.
    change
        ``gained`` for sooner, ``lost`` for later.
    count
        How many bands there are.
    """
    full, ground = difference_colours(look)[change], look.colour("ground")
    return [mixed(full, ground, 0.66 * (count - 1 - k) / max(count - 1, 1)) for k in range(count)]


def _ground(answer: AgainstAnswer, cutoff: int, look: Theme) -> list[Area]:
    found, colours = answer.difference, difference_colours(look)
    alphas = tokens()["difference"]["alpha"]
    kept, gained, lost = (part.areas[cutoff] for part in (found.kept, found.gained, found.lost))
    return [
        Area(kept, colours["both"], float(alphas["both"])),
        # What is gained is hatched the one way, what is lost the other.
        Area(gained, colours["gained"], float(alphas["gained"]), falling=False),
        Area(lost, colours["lost"], float(alphas["lost"]), falling=True),
    ]


def _saved(answer: AgainstAnswer, look: Theme) -> list[Area]:
    found, made = answer.saved, list[Area]()
    for change, areas in (("gained", found.sooner), ("lost", found.later)):
        colours = saved_colours(look, change, len(areas))
        made += [
            Area(area, colour, BANDS_ALPHA, outlined=False)
            for area, colour in zip(areas, colours, strict=True)
        ]
    return made
