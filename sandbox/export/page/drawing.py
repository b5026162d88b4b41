"""What a page draws, as values of JSON: groups that can be switched, parts, styles, facts."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from sandbox.draw.theme import Theme, theme
from sandbox.export.page.geometry import Feature
from sandbox.words import Bilingual

T = TypeVar("T")
Style = Mapping[str, Any]
LIGHT: Final = theme("light")
DARK: Final = theme("dark")

# From the ground up. Marks and the scale stand in Leaflet's own panes, above all these.
PANES: Final = {
    "relief": 205, "ground": 210, "areas": 215, "light": 220, "pictures": 222, "water": 225,
    "edges": 230, "streets": 240, "fade": 290, "dim": 300, "bands": 305, "left": 306, "right": 307,
    "outlines": 315, "rails": 330, "labels": 590,
}  # fmt: skip


def in_both(make: Callable[[Theme], T]) -> tuple[T, T]:
    """Return something of the light and of the dark theme: readers' devices choose."""
    return make(LIGHT), make(DARK)


@dataclass
class Drawing:
    """What is drawn, and what its features say.

    Attributes
    ----------
    groups
        In the order of the stack: ``id``, ``on`` (whether it shows at first), ``opacity``
        and ``parts``, each with its pane and features.
    styles
        Each look once, in the light and in the dark theme; features name it by its place.
    facts
        What cards say, each once; features name it by its place.
    keys
        Of all features of layers that stand in the page.
    left_out
        By layer id: how many features don't stand in the page.
    pictures_left_out
        By layer id: why a picture of the ground doesn't stand in the page.
    results_left_out
        Of each layer of a result that is too large: its title, how many of its shapes stand in
        the page, and how many don't.
    streets_within_m
        How far from the view streets were kept; None where all were.
    """

    groups: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    styles: list[tuple[Style, Style]] = field(default_factory=list[tuple[Style, Style]])
    facts: list[Any] = field(default_factory=list[Any])
    keys: set[str] = field(default_factory=set[str])
    left_out: dict[str, int] = field(default_factory=dict[str, int])
    pictures_left_out: dict[str, Bilingual] = field(default_factory=dict[str, Bilingual])
    results_left_out: list[tuple[Bilingual, int, int]] = field(
        default_factory=list[tuple[Bilingual, int, int]]
    )
    streets_within_m: float | None = None
    _known: dict[str, int] = field(default_factory=dict[str, int])

    def group(self, group_id: str, *, on: bool = True, opacity: float = 1.0) -> dict[str, Any]:
        """Add a group that readers can switch, and return it."""
        made = {"id": group_id, "on": on, "opacity": opacity, "parts": []}
        self.groups.append(made)
        return made

    def add(
        self,
        group: dict[str, Any],
        features: Iterable[Feature],
        pane: str,
        *,
        interactive: bool = False,
    ) -> None:
        """Add features to a group; each may bring a ``style``: one, or a light and a dark one."""
        found = [self._styled(one) for one in features]
        if found:
            part = {"pane": pane, "interactive": interactive, "features": found}
            group["parts"].append(part)

    def fact(self, said: Any) -> int:
        """Return the place of a fact among the facts."""
        return self._place(said, self.facts)

    def _styled(self, one: Feature) -> Feature:
        properties = dict(one["properties"])
        style = properties.pop("style", None)
        if style:
            pair = style if isinstance(style, tuple) else (style, style)
            properties["s"] = self._place(pair, self.styles)
        return {**one, "properties": properties}

    def _place(self, value: Any, among: list[Any]) -> int:
        key = f"{id(among)} {json.dumps(value, sort_keys=True)}"
        if key not in self._known:
            self._known[key] = len(among)
            among.append(value)
        return self._known[key]
