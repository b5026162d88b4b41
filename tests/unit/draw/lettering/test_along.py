"""Names along lines."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
import shapely.ops

from sandbox.draw.lettering.along import along, spine


def widths(text, size=16.0):
    return [size if "\u3400" <= c <= "\u9fff" else size * 0.55 for c in text]


def test_chinese_on_a_steep_line_stands_upright_one_beneath_the_other():
    line = np.array([[50.0, 300.0], [54.0, 0.0]])
    glyphs = along("快速纵线", widths("快速纵线"), 16.0, line, 150.0, 0.3)
    assert [g.text for g in glyphs] == list("快速纵线")
    assert [g.angle for g in glyphs] == [0.0] * 4
    assert [g.y for g in glyphs] == sorted(g.y for g in glyphs)
    assert all(b.y - a.y >= 16 for a, b in pairwise(glyphs))


def test_names_read_from_left_to_right_whichever_way_the_line_was_drawn():
    line = np.array([[0.0, 100.0], [300.0, 60.0]])
    for points in (line, line[::-1]):
        glyphs = along("Science Avenue", widths("Science Avenue"), 16.0, points, 150.0, 0.1)
        assert [g.x for g in glyphs] == sorted(g.x for g in glyphs)
        assert glyphs[0].angle == pytest.approx(-7.6, abs=0.2)
        assert all(abs(g.y - (100 - g.x * 40 / 300)) < 0.5 for g in glyphs)


def test_latin_letters_on_a_steep_line_follow_it():
    line = np.array([[50.0, 0.0], [50.0, 300.0]])
    glyphs = along("Ring", widths("Ring"), 16.0, line, 150.0, 0.1)
    assert {round(abs(g.angle)) for g in glyphs} == {90}


def test_a_name_that_does_not_fit_is_left_out():
    line = np.array([[0.0, 0.0], [40.0, 0.0]])
    assert along("高新大道", widths("高新大道"), 16.0, line, 20.0, 0.3) == ()


def test_a_name_never_breaks_round_a_corner():
    line = np.array([[0.0, 0.0], [100.0, 0.0], [100.0, -100.0]])
    assert along("Science Avenue", widths("Science Avenue"), 16.0, line, 100.0, 0.1) == ()


def test_the_spine_of_a_crescent_stays_within_it():
    arc = shapely.Point(0, 0).buffer(1000).exterior
    part = shapely.ops.substring(arc, 0, arc.length * 0.35)
    area = part.buffer(60)
    line = spine(area)
    assert line is not None
    inner = shapely.points(line[1:-1])
    assert shapely.covers(area, inner).mean() > 0.9


def test_a_round_area_has_no_spine():
    assert spine(shapely.Point(0, 0).buffer(100)) is None
