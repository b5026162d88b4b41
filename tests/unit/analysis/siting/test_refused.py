"""What a plan of sites refuses at once, and whom it names as without a street."""

from dataclasses import replace

import geopandas as gpd
import pytest
import shapely

import sandbox
from sandbox.engine.network import Network
from sandbox.errors import AnalysisError, TransitError
from sandbox.geo import crs as geo
from tests.support.worlds import CRS, at, world

NET = world([(0, 0), (300, 0)], [(0, 1)])


def table(**spots):
    points = [shapely.Point(geo.to_lonlat([at(*one)], CRS)[0]) for one in spots.values()]
    return gpd.GeoDataFrame({"id": list(spots)}, geometry=points, crs=4326)


def test_no_sites_are_no_plan():
    with pytest.raises(AnalysisError, match="0 sites"):
        sandbox.siting(NET, table(a=(0, 0)), sites=0)


def test_places_without_a_street_are_named_and_candidates_counted():
    homes, sites = table(a=(0, 0), far=(0, 5000)), table(s=(100, 0), off=(0, 5000.5))
    plan = sandbox.siting(NET, homes, candidates=sites, sites=1)
    assert plan.without_street == ("far",)
    assert plan.candidates_without_street == 1


def test_a_scenario_of_another_city_is_refused():
    far = Network(replace(NET.streets, crs="EPSG:32722"))
    lonlat = tuple((geo.to_lonlat([at(0, 0)], "EPSG:32722")[0]).tolist())
    with pytest.raises(TransitError, match="far outside"):
        sandbox.nearest(far, [lonlat], [lonlat], scenario="metro7", depart="2026-11-23T08:00")
