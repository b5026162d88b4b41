"""A comparison in the small city: two walking speeds stand for two scenarios."""

import geopandas as gpd
from shapely.geometry import Point

from sandbox.analysis.comparison.compare import Side, compared, counted_by_layer
from sandbox.analysis.comparison.tables import table
from sandbox.analysis.places.access import access_points
from sandbox.analysis.searched import Way
from sandbox.app import places
from sandbox.export.page.analyses.compare import comparison
from sandbox.geo.crs import WGS84
from sandbox.streets.travel import Travel
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
    ways = {"slow": 3.6, "fast": 7.2}
    targets, tied = (access_points(atlas.network, one) for one in (every, origins))
    slow, fast = (
        Side(Way(name, Travel(walk_kmh=kmh), name=NAMES[name]), atlas.network, tied, targets)
        for name, kmh in ways.items()
    )
    found = list(
        compared(
            origins,
            slow,
            [fast],
            counted=counted_by_layer(targets),
            minutes=minutes,
            reach_m=50.0,
            search_minutes=10,
        )
    )
    return origins, found, table(found)


def compared_result(atlas, **more):
    """Return that comparison as a page shows it."""
    line = Bilingual("试算", "on trial")
    return comparison(atlas.layers, *compared_places(atlas, **more), line=line)
