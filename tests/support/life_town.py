"""A town on the map whose audit can be worked out by hand: three homes, two facilities."""

from pathlib import Path

import geopandas as gpd
import numpy as np

from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.state import Document, LayerShown, MapState, View
from sandbox.catalog.layer import Column, Layer, Style
from sandbox.words import Bilingual
from tests.support.grid_city import at, grid_city
from tests.support.life_circle import placed

STANDARD = """
version = "1"
in_force = ""
inclusive = false
title = { zh = "试验标准", en = "Test standard" }
source = { zh = "手算", en = "by hand" }

[tiers.t15]
zh = "十五分钟"
en = "15 minutes"
metres = [1000, 1000]
minutes = 15
clause = "1"
mark = "memory"

[[rules]]
id = "nursery"
tier = "t15"
facility = "kindergarten"
metres = 1000
clause = "1.1"
mark = "memory"

[[rules]]
id = "primary"
tier = "t15"
facility = "school_primary"
metres = 300
clause = "1.2"
mark = "confirmed"
by = "Li Hua"
on = "2026-11-30"
"""


def standard_file(folder: Path) -> str:
    """Write the town's standard, and return its path."""
    file = folder / "town.toml"
    file.write_text(STANDARD, encoding="utf-8")
    return str(file)


def layer(name: str, table: gpd.GeoDataFrame, category: str, columns=(), **more) -> Layer:
    """Return a layer of places with the columns that all layers have."""
    said = {
        "name_zh": table["id"], "name_en": table["id"], "kind": name, "status": "operating",
        "opened": None, "source": "made by hand", "accuracy_m": 1.0, "note_zh": "", "note_en": "",
    }  # fmt: skip
    whole = table.assign(**{key: one for key, one in said.items() if key not in table.columns})
    title = Bilingual(f"{name}层", name)
    return Layer(
        name, title, "function", "mixed", columns, Style(category=category), (), title, "CC0",
        features=whole, **more,
    )  # fmt: skip


def town(network=None, homes=None, facilities=None, *, schematic=False) -> Atlas:
    """Return the town: homes of 100, 50 and 7 people, a kindergarten and a primary school.

    The homes are 7, 9 and 31 blocks of 100 m from the kindergarten, and 3, 13 and 27 from the
    school.
    """
    lived = placed(["h0", "h1", "h2"], [(5, 5), (0, 0), (20, 20)], people=[100.0, 50.0, 7.0])
    there = placed(["k0", "s0"], [(8, 1), (5, 8)], kind=["kindergarten", "school_primary"])
    columns = (Column("people", "number", Bilingual("人口", "People")),)
    layers = (
        layer("homes", lived if homes is None else homes, "housing", columns, schematic=schematic),
        layer("places", there if facilities is None else facilities, "service"),
    )
    return Atlas({one.id: one for one in layers}, network or grid_city())


def town_state(atlas: Atlas, **fields) -> MapState:
    """Return a state that shows the whole town."""
    shown = tuple(LayerShown(name) for name in atlas.layers)
    return changed(MapState(Document(View(at(10, 10), 4.0), shown)), **fields)


def np_array(values):
    """Return figures as an array of floats."""
    return np.array(values, dtype=np.float64)
