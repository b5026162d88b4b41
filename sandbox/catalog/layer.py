"""A layer as a value: what `layer.toml` says and the data it names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from sandbox.catalog.description import Group
from sandbox.imagery.picture import GroundPicture
from sandbox.words import Bilingual, Text, words_of

# "mixed": each feature is a point, a line or an area, as stations beside their line.
Geometry = Literal["point", "line", "polygon", "mixed", "grid", "table", "network", "picture"]
_STATUSES: Final[Mapping[str, Text]] = {
    "operating": Text("Operating"),
    "construction": Text("Under construction"),
    "planned": Text("Planned, not open"),
    "schematic": Text("Schematic"),
}
_UNITS: Final[Mapping[str, Text]] = {
    "m": Text("m"),
    "km": Text("km"),
    "m²": Text("m²"),
    "km²": Text("km²"),
    "mu": Text("mu"),
}
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the layer's own, beside those that every layer has."""

    name: str
    type: Literal["text", "number", "integer", "date", "boolean"]
    title: Bilingual
    unit: str = ""

    def unit_in(self, language: str) -> str:
        """Return the unit as readers of a language write it; empty for one they can't read."""
        known = _UNITS.get(self.unit)
        if known is not None:
            return known.said(words_of(language))
        return self.unit if language == "zh" or not _HAN.search(self.unit) else ""


@dataclass(frozen=True, slots=True)
class Style:
    """How a layer is drawn, in words that the themes turn into colours.

    Attributes
    ----------
    category
        Icon and colour of its places, a key of ``[category]`` in the tokens.
    fill
        Colour key of its areas (``park``, ``water``, ``site`` …); empty for none.
    line
        How its lines are drawn: ``road``, ``tunnel``, ``metro``, ``corridor``,
        ``river``, ``boundary``; empty for none.
    label
        Whether names stand on the map.
    label_rank
        Lower is placed first where labels compete.
    below_m_px
        Drawn only where a logical pixel is smaller than this many metres.
    above_m_px
        Names without a mark stand only where it is larger than this many.
    """

    category: str = ""
    fill: str = ""
    line: str = ""
    label: bool = True
    label_rank: int = 50
    below_m_px: float = float("inf")
    above_m_px: float = 0.0


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A line of the legend: which features it stands for, and its words.

    `where` maps a column to the value that its features have; empty for all.
    """

    words: Bilingual
    where: dict[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Figures on a regular grid, as heights.

    Attributes
    ----------
    values
        float32, shape ``(rows, columns)``, north first.
    bounds_lonlat
        West, south, east, north of the outer cell edges, WGS 84.
    """

    values: npt.NDArray[np.float32]
    bounds_lonlat: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One layer: a folder of `layers/` read and checked.

    Attributes
    ----------
    id
        Name of the folder.
    title, group, geometry
        What it is called, in which group of the panel it stands, what it holds.
    kinds
        Words for the values of the column `kind`; a kind that is not here shows as it is.
    statuses
        Words for the values of the column `status`, where the usual ones don't fit: a
        park is open, a road open to traffic, and only a railway is in operation.
    features
        Features in WGS 84 with the columns of the contract; None for grids,
        tables and networks.
    table
        Figures without a place; None elsewhere.
    grid
        Heights; None elsewhere.
    picture
        A picture of the ground; None elsewhere.
    shown
        Whether a new map shows it.
    schematic
        Whether it is drawn, named and counted as schematic as a whole.
    provenance, licence
        Where the data comes from, and under which terms, as exports must say.
    record
        Of a layer that was opened from a file: where it comes from, when, by which steps and
        choices, as JSON holds it.
    kept
        What `sandbox.kept` keeps.
    """

    id: str
    title: Bilingual
    group: Group
    geometry: Geometry
    columns: tuple[Column, ...]
    style: Style
    legend: tuple[LegendEntry, ...]
    provenance: Bilingual
    licence: str
    kinds: Mapping[str, Bilingual] = field(default_factory=dict[str, Bilingual])
    statuses: Mapping[str, Bilingual] = field(default_factory=dict[str, Bilingual])
    shown: bool = True
    schematic: bool = False
    features: gpd.GeoDataFrame | None = None
    table: pd.DataFrame | None = None
    grid: Grid | None = None
    picture: GroundPicture | None = None
    record: Mapping[str, Any] = field(default_factory=dict[str, Any])
    kept: dict[str, dict[Any, Any]] = field(
        default_factory=dict[str, dict[Any, Any]], init=False, repr=False
    )

    @property
    def is_own(self) -> bool:
        """Whether a user opened it."""
        return self.group == "own"

    def status(self, value: str) -> Text:
        """Return how people say that a feature of this layer has a status."""
        own = self.statuses.get(value)
        if own is not None:
            return Text("{said}", {"said": own})
        return _STATUSES.get(value) or Text("{said}", {"said": value})
