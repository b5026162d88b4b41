"""The sun by the clock, beside NOAA's formulas and what is known of noons."""

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.draw.sandtable.sun import DAY, LAMP, solar_position, sun_at, zone_h

CITY = (106.4, 29.55)
EQUINOX, SOLSTICE = date(2026, 3, 20), date(2026, 6, 21)


def noaa(on: date, hour: float, lonlat: tuple[float, float]) -> tuple[float, float]:
    """Return height and azimuth by NOAA's General Solar Position Calculations.

    Fourier series of the equation of time and the declination by the day of the year: another
    way than the program's, whose years are all alike, so some tenths of a degree off.
    """
    year = 2 * math.pi / 365 * (on.timetuple().tm_yday - 1 + (hour - 12) / 24)
    c, s = (lambda k: math.cos(k * year)), (lambda k: math.sin(k * year))
    equation_min = 229.18 * (
        0.000075 + 0.001868 * c(1) - 0.032077 * s(1) - 0.014615 * c(2) - 0.040849 * s(2)
    )
    declination = (
        0.006918 - 0.399912 * c(1) + 0.070257 * s(1) - 0.006758 * c(2) + 0.000907 * s(2)
        - 0.002697 * c(3) + 0.00148 * s(3)
    )  # fmt: skip
    turn = math.radians((60 * hour + equation_min + 4 * lonlat[0]) / 4 - 180)
    lat = math.radians(lonlat[1])
    up = math.sin(lat) * math.sin(declination)
    up += math.cos(lat) * math.cos(declination) * math.cos(turn)
    south = math.sin(lat) * math.cos(turn) - math.cos(lat) * math.tan(declination)
    azimuth = math.degrees(math.atan2(math.sin(turn), south)) + 180
    return math.degrees(math.asin(up)), azimuth % 360


@given(
    st.integers(0, 364),
    st.floats(0.0, 24.0, exclude_max=True),
    st.floats(-179.0, 179.0),
    st.floats(-65.0, 65.0),
)
def test_it_stands_where_noaa_has_it(day, hour, lon, lat):
    on = date(2026, 1, 1) + timedelta(days=day)
    height, azimuth = solar_position(hour, (lon, lat), on)
    known_height, known_azimuth = noaa(on, hour, (lon, lat))
    assert height == pytest.approx(known_height, abs=0.6)
    apart = abs((azimuth - known_azimuth + 180.0) % 360.0 - 180.0)
    # Near the zenith a small way is a large turn.
    assert apart * math.cos(math.radians(known_height)) < 0.8


def highest(day: date) -> float:
    """Return the hour, Beijing time, at which the sun of the city is highest."""
    seconds = range(11 * 3600, 15 * 3600, 10)
    return max(seconds, key=lambda s: solar_position(s / 3600 - 8, CITY, day)[0]) / 3600


def test_noon_is_late_by_the_longitude_and_the_equation_of_time():
    # (120 - 106.4) / 15 h = 54.4 min after 12; sundials are 0.1 min slow on 1 September,
    # 16.4 min fast on 3 November and 14.2 min slow on 11 February (almanac).
    assert highest(DAY) == pytest.approx(12 + 54.4 / 60, abs=1 / 60)
    assert highest(date(2026, 11, 3)) == pytest.approx(12 + (54.4 - 16.4) / 60, abs=1 / 60)
    assert highest(date(2026, 2, 11)) == pytest.approx(12 + (54.4 + 14.2) / 60, abs=1 / 60)


def test_at_noon_it_is_as_high_as_latitude_and_season_say():
    # The equinox is 10 hours later than that noon: 0.4 degrees a day, it is not there yet.
    for day, declination in ((EQUINOX, -0.16), (SOLSTICE, 23.44)):
        height, _ = solar_position(highest(day) - 8, CITY, day)
        assert height == pytest.approx(90.0 - CITY[1] + declination, abs=0.05)


def test_clocks_of_china_show_beijing_time_and_others_that_of_their_zone():
    assert zone_h(CITY) == zone_h((121.5, 31.2)) == 8.0
    assert zone_h((-51.2, -30.0)) == -3.0
    # South of the equator the sun is in the north at noon.
    north = sun_at(12.0, (-51.2, -30.0)).azimuth_deg
    assert min(north, 360.0 - north) < 20.0


def test_it_rises_in_the_east_and_sets_in_the_west():
    assert 60.0 < sun_at(7.0, CITY).azimuth_deg < 120.0
    assert 240.0 < sun_at(18.9, CITY).azimuth_deg < 300.0


def test_windows_light_up_and_shadows_go_as_it_gets_dark():
    day = [sun_at(hour, CITY) for hour in (12.9, 15.9, 17.9, 18.9, 19.9, 22.9)]
    lit = [one.lit or 0.0 for one in day]
    assert lit == sorted(lit)
    assert [one.direct for one in day] == sorted((one.direct for one in day), reverse=True)
    assert day[-1].direct == 0.0
    # In the evening it is golden, at night blue, and darker than by day.
    assert day[2].tint[0] > day[2].tint[2]
    assert day[-1].tint[2] > day[-1].tint[0]
    assert sum(day[-1].tint) < sum(LAMP.tint) < sum(day[0].tint)
