"""A comparison in the small city: two walking speeds stand for two scenarios."""

import geopandas as gpd
import numpy as np
from shapely.geometry import Point

from sandbox.analysis.compare import compared
from sandbox.analysis.compare_tables import table
from sandbox.analysis.searched import Way
from sandbox.app import places
from sandbox.draw.theme import theme
from sandbox.export.comparison import comparison
from sandbox.geo.crs import WGS84
from sandbox.network.costs import Travel
from sandbox.words import Bilingual
from tests.support.atlas import at

NAMES = {"slow": Bilingual("慢行", "Slow"), "fast": Bilingual("快行", "Fast")}


def compared_places(atlas, name="起点", minutes=(2, 4)):
    """Return origins, comparisons and table of two places of the small city."""
    spots = [at(0, 0), at(150, 100)]
    origins = gpd.GeoDataFrame(
        {
            "id": ["a", "b"],
            "layer": "homes",
            "name_zh": name,
            "name_en": name,
            "accuracy_m": 0.0,
        },
        geometry=[Point(spot) for spot in spots],
        crs=WGS84,
    )
    every = places.all_places(atlas.layers)
    ones = np.ones(len(every))
    found = list(
        compared(
            atlas.network,
            origins=origins,
            counted_places=every,
            counted={"labs": ones, "parks": ones, "places": ones},
            base=Way("slow", Travel(walk_kmh=3.6)),
            others=[Way("fast", Travel(walk_kmh=7.2))],
            minutes=minutes,
            reach_m=50.0,
            search_minutes=10,
        )
    )
    return origins, found, table(found)


def compared_result(atlas, look="planner_light", **more):
    """Return that comparison as a page shows it."""
    line = Bilingual("试算", "on trial")
    return comparison(*compared_places(atlas, **more), NAMES, line=line, theme=theme(look))
