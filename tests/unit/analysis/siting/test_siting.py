"""Sites on streets made by hand: metres and minutes counted on paper."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely

from sandbox.analysis.siting.question import SitingQuestion
from sandbox.analysis.siting.siting import grid_candidates, site
from sandbox.errors import AnalysisError
from sandbox.geo.shapes import to_lonlat
from sandbox.streets.travel import Travel
from tests.support.worlds import CRS, METRE_A_SECOND_KMH, at, world


def placed(shape):
    """Return a shape in metres of the world on the ground."""
    return to_lonlat(shapely.transform(shape, lambda xy: xy + at(0, 0)), CRS)


# One street of 3 km, a node each 100 m.
NODES = [(100.0 * i, 0.0) for i in range(31)]
STREET = [(i, i + 1) for i in range(30)]


@pytest.fixture(scope="module")
def street():
    return world(NODES, STREET)


def table(xs: dict[str, float], **columns) -> gpd.GeoDataFrame:
    """Return places on the street, by how many metres along it they stand."""
    shapes = [placed(shapely.Point(x, 0.0)) for x in xs.values()]
    return gpd.GeoDataFrame({"id": list(xs), **columns}, geometry=shapes, crs="EPSG:4326")


HOMES = {"a": 0.0, "b": 400.0, "c": 800.0, "d": 1500.0, "e": 2900.0}
PEOPLE = [100, 200, 300, 400, 50]
NONE = table({})


def asked(**fields) -> SitingQuestion:
    return replace(SitingQuestion(seconds=20.0), **fields)


def test_the_fewest_sites_that_serve_a_share(street):
    homes = table(HOMES, people=PEOPLE)
    there = table({"p": 390.0, "q": 600.0, "r": 1200.0, "s": 2600.0})
    # 500 m: p serves a and b (390, 10) and c (410); q b, c; r c and d; s e. All: p, r, s.
    found = site(street, homes, NONE, there, asked(share=1.0))
    assert found.value == 3
    assert found.proven
    assert found.sites["id"].tolist() == ["p", "r", "s"]
    assert found.share == 1.0
    # 95 % of 1,050 are 997.5: without e they are 1,000, so two sites do.
    found = site(street, homes, NONE, there, asked(share=0.95))
    assert found.sites["id"].tolist() == ["p", "r"]
    assert found.share == pytest.approx(1000 / 1050)
    assert (found.people, found.people_before, found.people_after) == (1050, 0, 1000)
    rows = found.homes.set_index("id")
    assert rows["after"].tolist()[:4] == pytest.approx([390, 10, 400, 300], abs=0.01)
    assert np.isnan(rows["after"]["e"])
    assert rows["before"].isna().all()
    # c is as far as 410 m from p and 400 m from r.
    assert rows["site_id"].tolist() == ["p", "p", "r", "r", ""]
    assert found.sites.set_index("id")["people"].to_dict() == {"p": 300, "r": 700}


def test_existing_sites_stay_or_may_be_closed(street):
    homes = table(HOMES, people=PEOPLE)
    old = table({"old": 500.0, "far": 700.0})
    there = table({"r": 1200.0})
    # Old serves a, b, c; far b, c: 600 of 1,050 today. With r, d comes to it: 1,000.
    found = site(street, homes, old, there, asked(share=0.95))
    assert found.value == 1
    assert found.sites[["id", "state"]].values.tolist() == [
        ["r", "new"],
        ["old", "kept"],
        ["far", "kept"],
    ]
    assert found.people_before == 600
    # If they may be closed, old and r do it, and far goes.
    found = site(street, homes, old, there, asked(share=0.95, existing="closable"))
    assert found.value == 2
    assert dict(found.sites[["id", "state"]].values.tolist()) == {
        "r": "new",
        "old": "kept",
        "far": "closed",
    }


def test_the_most_people_the_least_mean_and_the_least_worst(street):
    homes = table(HOMES, people=PEOPLE)
    there = table({"p": 390.0, "q": 600.0, "r": 1200.0, "s": 2600.0})
    # One site within 500 m: p 600 people, q 500, r 700, s 50.
    most = site(street, homes, NONE, there, asked(aim="most", sites=1))
    assert (most.value, most.sites["id"].tolist()) == (700, ["r"])
    # One within 5 km, by metres a person. p: 100·390+200·10+300·410+400·1110+50·2510 = 733,500;
    # q: 100·600+200·200+300·200+400·900+50·2300 = 635,000; r: 120+160+120+120+85 = 605 thousand.
    mean = site(street, homes, NONE, there, asked(aim="mean", sites=1, metres=5000.0))
    assert mean.sites["id"].tolist() == ["r"]
    assert mean.value == pytest.approx(605_000 / 1050, abs=0.01)
    # The worst way: p 2510, q 2300, r 1700, s 2600.
    worst = site(street, homes, NONE, there, asked(aim="worst", sites=1, metres=5000.0))
    assert worst.sites["id"].tolist() == ["r"]
    assert worst.value == pytest.approx(1700, abs=0.01)
    assert most.proven
    assert mean.proven
    assert worst.proven


def test_minutes_count_as_one_moves(street):
    homes = table({"a": 0.0}, people=[7])
    there = table({"p": 590.0})
    question = asked(share=1.0, metres=None, travel=Travel(walk_kmh=METRE_A_SECOND_KMH))
    found = site(street, homes, NONE, there, replace(question, minutes=10.0))
    # Written so that the millisecond can be read back.
    assert found.homes["after"].tolist() == pytest.approx([590 / 60], abs=5e-6)
    with pytest.raises(AnalysisError, match="all sites together serve 0 %"):
        site(street, homes, NONE, there, replace(question, minutes=9.5))


def test_budget_spacing_capacity_and_units(street):
    homes = table(HOMES, people=PEOPLE)
    there = table(
        {"p": 390.0, "q": 600.0, "r": 1200.0, "s": 2600.0},
        cost=[5.0, 1.0, 3.0, 1.0],
        places=[250.0, 1000.0, 500.0, 100.0],
    )
    # For 4: q and r serve b, c, d (900); r and s c, d, e (750); p alone is too dear with r.
    found = site(street, homes, NONE, there, asked(aim="most", sites=4, budget=4.0))
    assert sorted(found.sites["id"]) == ["q", "r"]
    assert found.value == 900
    # 900 m apart: p and r are 810 m apart, q and r 600.
    found = site(street, homes, NONE, there, asked(aim="most", sites=2, spacing_m=900.0))
    assert found.value == 750
    assert sorted(found.sites["id"]) == ["r", "s"]
    # With room p serves 250, r 500 and s 50 of those near them; q has room for b and c, 500, and
    # with it r serves d alone: 900. Without limits p and r would serve 1,000.
    found = site(street, homes, NONE, there, asked(aim="most", sites=2, capacity=True))
    assert found.value == pytest.approx(900)
    assert sorted(found.sites["id"]) == ["q", "r"]
    # Each unit half: the second one is e alone.
    unit = np.array([0, 0, 0, 0, 1])
    found = site(street, homes, NONE, there, asked(aim="most", sites=2, unit_share=0.5), unit=unit)
    assert sorted(found.sites["id"]) == ["r", "s"]


def test_a_home_inside_a_site_is_there(street):
    homes = table({"a": 1000.0}, people=[5])
    park = gpd.GeoDataFrame(
        {"id": ["park"]}, geometry=[placed(shapely.box(900, -50, 1100, 50))], crs="EPSG:4326"
    )
    found = site(street, homes, NONE, park, asked(share=1.0))
    assert found.homes["after"].tolist() == [0.0]


def test_a_grid_lies_where_homes_are_near(street):
    homes = table({"a": 0.0, "e": 2900.0})
    grid = grid_candidates(street, homes, 100.0, 250.0)
    xy = shapely.get_coordinates(grid.to_crs(street.crs).geometry)
    near = shapely.distance(
        shapely.points(xy)[:, None], np.array(homes.to_crs(street.crs).geometry)
    )
    assert len(grid) == grid["id"].nunique() > 20
    assert np.allclose(xy / 100.0, np.round(xy / 100.0), atol=1e-3)
    assert (near.min(axis=1) <= 250.5).all()
    with pytest.raises(AnalysisError, match="A grid of 5 m"):
        grid_candidates(street, homes, 5.0, 250.0)
    with pytest.raises(AnalysisError, match="too many"):
        grid_candidates(street, homes, 10.0, 100_000.0)


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"share": 1.5}, "a share of 1.5"),
        ({"metres": None}, "give one of the two"),
        ({"minutes": 5.0}, "give one of the two"),
        ({"aim": "most"}, "a number of sites"),
        ({"aim": "mean", "sites": 1, "capacity": True}, "go with the aims"),
        ({"sites": -1}, "-1 sites"),
        ({"budget": -2.0}, "a budget of -2"),
        ({"metres": 1.0}, "1 metres"),
        ({"seconds": float("nan")}, "a search of nan s"),
    ],
)
def test_what_cannot_be_meant_is_refused(street, fields, fault):
    with pytest.raises(AnalysisError, match=fault):
        site(street, table(HOMES), NONE, table({"p": 0.0}), asked(**fields))


@pytest.mark.parametrize(
    ("people", "fault"),
    [
        ([1, 2, -3, 4, 5], "c: no number of people"),
        ([1, 2, 3, None, 5], "d: no number of people"),
        ([0, 0, 0, 0, 0], "nobody lives"),
    ],
)
def test_people_that_are_none_are_refused(street, people, fault):
    with pytest.raises(AnalysisError, match=fault):
        site(street, table(HOMES, people=people), NONE, table({"p": 0.0}), asked())


def test_each_home_counts_one_where_people_are_not_known(street):
    found = site(street, table(HOMES), NONE, table({"p": 390.0}), asked(aim="most", sites=1))
    assert (found.people, found.value, found.people_known) == (5, 3, False)


def test_what_no_choice_keeps_is_said(street):
    homes, there = table(HOMES, people=PEOPLE), table({"p": 390.0, "r": 1200.0})
    with pytest.raises(AnalysisError, match="No choice of sites"):
        site(street, homes, NONE, there, asked(share=0.9, sites=1))
    with pytest.raises(AnalysisError, match=r"100 % of the people.*serve 95.2 %"):
        site(street, homes, NONE, there, asked(share=1.0))
    with pytest.raises(AnalysisError, match="no candidates"):
        site(street, homes, NONE, NONE, asked())
