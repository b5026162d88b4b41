"""A table whose longitudes and latitudes are swapped is refused, whoever asks about it."""

import geopandas as gpd
import pytest
import shapely

from sandbox.analysis.places.access import access_points
from sandbox.errors import AnalysisError
from sandbox.geo import crs as geo
from tests.support.worlds import CRS, at, world

NET = world([(0, 0), (300, 0)], [(0, 1)])
LON, LAT = geo.to_lonlat([at(100, 0)], CRS)[0].tolist()


def table(*points):
    ids = [str(number) for number in range(len(points))]
    return gpd.GeoDataFrame({"id": ids}, geometry=[shapely.Point(one) for one in points], crs=4326)


def test_places_that_lie_on_the_network_only_when_swapped_are_refused():
    with pytest.raises(AnalysisError) as error:
        access_points(NET, table((LAT, LON), (LAT, LON)))
    assert "2 of 2 places lie outside the network" in str(error.value)
    assert f"did you mean {round(LON, 6)},{round(LAT, 6)}?" in str(error.value)


@pytest.mark.parametrize("points", [[(LON, LAT)] * 8 + [(LAT, LON)], [(0.0, 0.0)], []])
def test_others_are_not(points):
    found = access_points(NET, table(*points))
    assert len(found.id) == len(points)
