from shapely.geometry import Point

from sandbox.export.page.drawing import Drawing, in_both
from sandbox.export.page.geometry import feature


def test_looks_stand_once_in_both_themes_and_features_name_them():
    drawing = Drawing()
    group = drawing.group("labs", opacity=0.5)
    pair = in_both(lambda theme: {"color": theme.colour("ink")})
    same = {"color": "#123456"}
    styles = (pair, same, pair, {})
    spots = [feature(Point(k, 0), {"key": str(k), "style": s}) for k, s in enumerate(styles)]
    drawing.add(group, spots, "areas", interactive=True)
    (part,) = group["parts"]
    assert [one["properties"].get("s") for one in part["features"]] == [0, 1, 0, None]
    assert drawing.styles == [pair, (same, same)]
    assert pair[0] != pair[1]
    assert drawing.groups[0]["opacity"] == 0.5


def test_a_part_without_features_is_none():
    drawing = Drawing()
    group = drawing.group("labs")
    drawing.add(group, [], "areas")
    assert group["parts"] == []


def test_a_fact_said_twice_stands_once():
    drawing = Drawing()
    assert [drawing.fact(one) for one in (["a"], ["b"], ["a"])] == [0, 1, 0]
    assert drawing.facts == [["a"], ["b"]]
