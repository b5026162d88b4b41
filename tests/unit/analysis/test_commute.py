from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest

from sandbox.analysis.commute import (
    LACKS,
    Peak,
    commute,
    homes_layer,
    pairs_layer,
    summary,
)
from sandbox.errors import AnalysisError, TransitError
from sandbox.geo import crs as geo
from sandbox.streets.travel import Ride, Travel
from sandbox.transit.lines import Line, LineStop, Period, Supply
from tests.support.worlds import CRS, METRE_A_SECOND_KMH, at, world

# Streets that meet end to end, ten kilometres; walked at a metre a second.
STREET = world([(x, 0) for x in range(0, 10_001, 100)], [(n, n + 1) for n in range(100)])
RIDE = Ride(datetime(2026, 11, 23, 8, 0), window_min=1, model="expected", max_walk_min=10)
PEAK = Peak(
    Travel(walk_kmh=METRE_A_SECOND_KMH).riding(RIDE),
    datetime(2026, 11, 23, 18, 0),
    minutes=30,
    modes=("walk", "transit"),
)


def lonlat(x, y=0.0):
    lon, lat = geo.to_lonlat(at(x, y), CRS)
    return float(lon), float(lat)


def line(first, last, minutes, both_ways=True, until_s=22 * 3600):
    stops = (
        LineStop("a", "甲", "A", lonlat(first)),
        LineStop("b", "乙", "B", lonlat(last), minutes),
    )
    day = (Period(6 * 3600, until_s, 240),)
    return Line("m", "线", "Line", "metro", stops, day, dwell_s=0, both_ways=both_ways)


def places(layer, *spots, counted_as="housing"):
    import geopandas as gpd
    from shapely import Point

    return gpd.GeoDataFrame(
        {
            "id": [f"{layer}{n}" for n in range(len(spots))],
            "layer": layer,
            "name_zh": "地",
            "name_en": "Place",
            "accuracy_m": 0.0,
            "counted_as": counted_as,
        },
        geometry=[Point(*lonlat(*spot)) for spot in spots],
        crs=geo.WGS84,
    )


METRO = {"metro": Supply((line(1000, 6000, 5.0),))}


def found(homes, works, scenarios=None, peak=PEAK):
    return commute(STREET, homes, works, scenarios or METRO, peak)


def pair(homes, works, scenarios=None, peak=PEAK):
    (row,) = found(homes, works, scenarios, peak).pairs.to_dict("records")
    return row


def test_the_best_of_the_modes_counts_each_way():
    # Walked 300 s; the line's stop at 1000 is 0 s away, the other far beyond.
    near = pair(places("h", (1000,)), places("w", (1300,)))
    assert (near["there_min"], near["there_mode"]) == (5.0, "walk")
    assert near["within"]
    # Wait 2 min, ride 5 min, walk 200 s; walking it all takes 5200 s.
    far = pair(places("h", (1000,)), places("w", (6200,)))
    assert far["there_min"] == pytest.approx(7 + 200 / 60, abs=1e-3)
    assert far["back_min"] == pytest.approx(far["there_min"])
    assert (far["there_mode"], far["back_mode"]) == ("transit", "transit")
    assert far["transit_min"] == far["minutes"] == far["without_car_min"] == far["there_min"]
    assert far["within"]
    assert far["lacks"] == ""
    assert np.isnan(far["over_min"])


def test_the_way_back_counts_too():
    one_way = {"one": Supply((line(1000, 6000, 5.0, both_ways=False),))}
    row = pair(places("h", (1000,)), places("w", (6200,)), one_way)
    assert row["there_mode"] == "transit"
    assert (row["back_min"], row["back_mode"]) == (pytest.approx(5200 / 60, abs=1e-3), "walk")
    assert row["minutes"] == row["back_min"]
    assert not row["within"]
    assert row["lacks"] == "line"
    assert row["over_min"] == pytest.approx(5200 / 60 - 30, abs=1e-3)


def test_the_evening_is_asked_at_its_own_hour():
    early = {"early": Supply((line(1000, 6000, 5.0, until_s=12 * 3600),))}
    row = pair(places("h", (1000,)), places("w", (6200,)), early)
    assert (row["there_mode"], row["back_mode"]) == ("transit", "walk")


@pytest.mark.parametrize(
    ("home", "work", "lacks"),
    [
        ((3000,), (6200,), "stop_home"),  # 2 km from the nearest stop
        ((1000,), (9000,), "stop_work"),  # 3 km from it
        ((1000,), (6000, 900), "street"),  # 900 m from a street
    ],
)
def test_what_a_pair_lacks_is_said(home, work, lacks):
    row = pair(places("h", home), places("w", work))
    assert not row["within"]
    assert row["lacks"] == lacks


def test_a_line_that_takes_too_long_is_a_matter_of_time():
    slow = {"slow": Supply((line(1000, 6000, 40.0),))}
    row = pair(places("h", (1000,)), places("w", (6000,)), slow)
    assert row["lacks"] == "time"
    assert row["over_min"] == pytest.approx(2 + 40 - 30, abs=1e-3)


def test_walks_to_the_nearest_platform_are_told():
    row = pair(places("h", (1300,)), places("w", (6900,)))
    assert (row["home_stop_min"], row["work_stop_min"]) == (5.0, 15.0)


def test_who_lives_at_work_is_there():
    row = pair(places("h", (2000,)), places("w", (2000,)))
    assert (row["there_min"], row["back_min"], row["within"]) == (0.0, 0.0, True)


def test_shares_are_those_of_the_pairs():
    homes = places("h", (1000,), (3000,))
    works = places("w", (1300,), (6200,), (9000,))
    made = found(homes, works, METRO | {"none": Supply((line(9000, 9500, 1.0),))})
    assert len(made.pairs) == 2 * 2 * 3
    assert set(made.pairs["lacks"]) <= set(LACKS)
    shares = made.shares.set_index(["scenario", "home_id"])
    assert shares.loc[("metro", "h0"), "within"] == 2
    assert shares.loc[("metro", "h0"), "share"] == pytest.approx(2 / 3, abs=1e-4)
    # 1700 s to the first; the stop is too far to walk to.
    assert shares.loc[("metro", "h1"), "within"] == 1
    assert shares.loc[("none", "h0"), "within"] == 1
    for key, row in shares.iterrows():
        its = made.pairs.set_index(["scenario", "home_id"]).loc[[key]]
        assert row["works"] == len(its)
        assert row["within"] == its["within"].sum() == (its["minutes"] <= 30).sum()
    told = summary(made).set_index("scenario")
    assert told.loc["metro", "homes"] == 2
    assert told.loc["metro", "share"] == pytest.approx((2 / 3 + 1 / 3) / 2, abs=1e-4)


def test_homes_and_pairs_are_layers_where_they_stand():
    homes, works = places("h", (1000,), (3000,)), places("w", (1300,), (6200,))
    made = found(homes, works)
    dots, lines = homes_layer(made, homes), pairs_layer(made, homes, works)
    assert dots.geometry.to_wkb().tolist() == homes.geometry.to_wkb().tolist()
    for row in lines.itertuples():
        ends = [row.geometry.coords[0], row.geometry.coords[-1]]
        wanted = [
            homes.set_index("id").geometry[row.home_id].coords[0],
            works.set_index("id").geometry[row.work_id].coords[0],
        ]
        assert ends == wanted


def test_what_cannot_be_asked_is_said_at_once():
    homes, works = places("h", (1000,)), places("w", (1300,))
    wrong = replace(PEAK, minutes=1000, modes=("drive",), travel=Travel(walk_kmh=90.0))
    with pytest.raises(AnalysisError) as raised:
        found(homes, works, peak=wrong)
    assert len(raised.value.faults) == 3
    with pytest.raises(TransitError, match="No line runs"):
        found(homes, works, {"nothing": Supply()})
    assert (
        found(homes, works, {"nothing": Supply()}, replace(PEAK, modes=("walk",)))
        .pairs["within"]
        .all()
    )
