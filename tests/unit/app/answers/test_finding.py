"""What a comparison found, as one sentence: of one place, and of many."""

from dataclasses import replace

import pytest

from sandbox.analysis.comparison.tables import changes_most
from sandbox.app.answers import comparing
from sandbox.app.answers.finding import finding, headline, km2
from sandbox.app.questions import ReachQuestion
from sandbox.streets.travel import Travel
from sandbox.words import Text, both, words_of
from tests.support.atlas import at, small_atlas

HERE = at(0, 0)
EN, ZH = words_of("en"), words_of("zh")


def found(atlas, base, plan, names=("slow", "fast")):
    called = tuple((name, both(Text(name))) for name in names)
    return comparing.compare_questions(atlas, base, plan, called)


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


def test_the_sentence_tells_ground_and_functions_in_both_languages(atlas):
    slow, fast = (
        ReachQuestion(HERE, (2.0, 4.0), travel=Travel(walk_kmh=kmh)) for kmh in (3.6, 7.2)
    )
    one = found(atlas, slow, fast)
    gained = one.ground.gained.km2
    more = {
        name: one.rows[-1][f"{name}_plan"] - one.rows[-1][f"{name}_base"]
        for name in ("labs", "services")
    }
    said = finding(atlas.layers, one).said(words_of("en"))
    assert said.startswith(f"fast would add {km2(gained[-1])} km² within 4 minutes")
    for name, count in more.items():
        told = f"{atlas.layers[name].title.en.lower()} {count:+.0f}"
        assert (told in said) == bool(count)
    assert any(more.values())
    turned = found(atlas, fast, slow, ("fast", "slow"))
    assert turned.ground.lost.km2 == pytest.approx(gained)
    said = finding(atlas.layers, turned, 0).said(words_of("zh"))
    assert said.startswith(f"slow：2 分钟内可达面积减少 {km2(gained[0])} 平方公里")
    same = found(atlas, slow, slow)
    assert (
        str(finding(atlas.layers, same))
        == "fast would change nothing within 4 minutes: base and plan are the same."
    )


def several(atlas, *speeds):
    """Return comparisons of as many places: each walks at a first speed, then at a second."""
    made = []
    for number, (base_kmh, plan_kmh) in enumerate(speeds):
        base, plan = (
            ReachQuestion(at(30.0 * number, 0), (2.0, 4.0), travel=Travel(walk_kmh=kmh))
            for kmh in (base_kmh, plan_kmh)
        )
        one = found(atlas, base, plan, ("base", "plan"))
        named = {"name_zh": f"地{number}", "name_en": f"Place {number}"}
        rows = tuple(row | named for row in one.rows)
        made.append(replace(one, number=number, rows=rows))
    return made


def test_many_places_are_told_together_and_that_which_changes_most_by_name(atlas):
    told = several(atlas, (4.0, 4.0), (3.6, 4.0), (7.2, 3.6), (4.0, 4.0))
    lost = told[2].ground.lost.km2[-1]
    assert changes_most(told) is told[2]
    said = headline(atlas.layers, told).said(EN)
    assert said.startswith(
        "plan would let 1 of 4 places reach more within 4 minutes, 1 less, and 2 the same;"
        f" it changes most for Place 2 (−{km2(lost)} km²)"
    )
    said = headline(atlas.layers, told, 0).said(ZH)
    assert said.startswith(
        "plan：4 处地点中，2 分钟内可达范围扩大的 1 处、缩小的 1 处、不变的 2 处；变化最大的是地2"
    )


def test_a_place_that_gains_here_and_loses_there_is_neither(atlas):
    one, other = several(atlas, (3.6, 4.0), (7.2, 3.6))
    mixed = replace(other, ground=replace(other.ground, gained=one.ground.gained))
    said = headline(atlas.layers, [one, mixed]).said(EN)
    assert (
        "1 of 2 places reach more within 4 minutes, 0 less, 1 more here and less there, and 0"
        " the same; it changes most for Place 1" in said
    )


def test_where_no_place_changes_the_reason_stands_with_one_of_them(atlas):
    told = several(atlas, (4.0, 4.0), (4.0, 4.0))
    assert headline(atlas.layers, told).said(EN) == (
        "plan would change nothing for any of 2 places within 4 minutes."
        " Place 0: base and plan are the same."
    )
    assert headline(atlas.layers, told).said(ZH) == (
        "plan：4 分钟内，2 处地点都没有变化。地0：基准与方案相同。"
    )
