"""The sun of an equinox, beside what almanacs say of it."""

import pytest

from sandbox.draw.sandtable.sun import LAMP, sun_at


def test_at_noon_it_stands_in_the_south_as_high_as_the_pole_is_low():
    noon = sun_at(12.0, 30.0)
    assert noon.azimuth_deg == pytest.approx(180.0)
    assert noon.height_deg == pytest.approx(60.0)
    assert sun_at(12.0, -30.0).azimuth_deg == pytest.approx(0.0, abs=1e-6)


def test_it_rises_in_the_east_and_sets_in_the_west():
    assert sun_at(6.0, 30.0).azimuth_deg == pytest.approx(90.0)
    assert sun_at(18.0, 30.0).azimuth_deg == pytest.approx(270.0)
    # Three hours before noon: sin h = cos 30 cos 45; tan of the azimuth = tan 45 / sin 30.
    morning = sun_at(9.0, 30.0)
    assert morning.height_deg == pytest.approx(37.761, abs=0.01)
    assert morning.azimuth_deg == pytest.approx(180.0 - 63.435, abs=0.01)


def test_windows_light_up_and_shadows_go_as_it_gets_dark():
    day = [sun_at(hour, 30.0) for hour in (12.0, 15.0, 17.0, 18.0, 19.0, 22.0)]
    lit = [one.lit or 0.0 for one in day]
    assert lit == sorted(lit)
    assert [one.direct for one in day] == sorted((one.direct for one in day), reverse=True)
    assert day[-1].direct == 0.0
    # In the evening it is golden, at night blue, and darker than by day.
    assert day[2].tint[0] > day[2].tint[2]
    assert day[-1].tint[2] > day[-1].tint[0]
    assert sum(day[-1].tint) < sum(LAMP.tint) < sum(day[0].tint)
