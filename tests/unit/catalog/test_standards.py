"""Planning standards as files: the shipped ones, what they must say, and every fault at once."""

import pytest

from sandbox.catalog import standards
from sandbox.errors import AnalysisError


@pytest.mark.parametrize("name", standards.shipped())
def test_each_shipped_standard_is_read_and_can_be_written(name, tmp_path):
    found = standards.read(name)
    assert found.rules
    # Nobody has compared any with the printed book yet.
    assert len(found.unconfirmed) == len(found.rules)
    file = tmp_path / f"{name}.toml"
    file.write_text(standards.as_toml(standards.described(found), file), "utf-8")
    again = standards.read(str(file))
    assert (again.rules, again.tiers, again.title) == (found.rules, found.tiers, found.title)


def test_gb_50180_has_three_tiers_and_the_block_and_none_holds_another():
    found = standards.read("gb50180-2018")
    assert list(found.tiers) == ["t15", "t10", "t5", "block"]
    assert not found.inclusive
    assert found.tiers["t15"].metres == (800.0, 1000.0)
    assert found.tiers["t5"].people == (5000.0, 12000.0)
    radius = {one.facility: one.limits[0].metres for one in found.rules.values() if one.limits}
    assert (radius["school_secondary"], radius["school_primary"], radius["kindergarten"]) == (
        1000.0,
        500.0,
        300.0,
    )
    # As seen in public pages; the others are from memory and say so.
    seen = {one.facility for one in found.rules.values() if one.standing.mark == "seen"}
    assert {"school_secondary", "school_primary", "kindergarten", "waste_point"} <= seen


def test_parks_of_the_check_up_count_by_size():
    (rule,) = standards.read("city-checkup-2024").rules.values()
    large, small = rule.limits
    assert (large.metres, large.from_m2, large.below_m2) == (500.0, 5000.0, None)
    assert (small.metres, small.from_m2, small.below_m2) == (300.0, 2000.0, 5000.0)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("菜市场", "market"),
        ("Primary School", "school_primary"),
        ("school_primary", "school_primary"),
        ("ＫＩＮＤＥＲＧＡＲＴＥＮ", "kindergarten"),
        ("forest_park", "park"),
        ("卫生 服务站", "clinic"),
        ("no such thing", ""),
        ("", ""),
    ],
)
def test_a_facility_is_known_by_any_of_its_words(word, kind):
    assert standards.facility_named(word) == kind


def test_every_word_means_one_facility():
    seen: dict[str, str] = {}
    for name, one in standards.facilities().items():
        assert set(one.stands_for) <= set(standards.facilities())
        for word in (name, *one.kinds, one.title.zh, one.title.en, *one.synonyms):
            plain = word.casefold().replace(" ", "").replace("_", "")
            assert seen.setdefault(plain, name) == name, word


def test_walkers_have_speeds_and_sources():
    who = standards.walkers()
    assert list(who) == ["adult", "child", "old", "pram", "wheelchair"]
    assert who["adult"].steps
    assert not who["pram"].steps
    assert who["wheelchair"].steepest == pytest.approx(1 / 12, abs=1e-4)
    assert all(one.source.zh and one.source.en for one in who.values())


HEAD = """
version = "1"
in_force = ""
inclusive = false
title = { zh = "自定", en = "Own" }
source = { zh = "自定", en = "Own" }
[tiers.t]
zh = "层"
en = "Tier"
clause = "1"
mark = "memory"
"""
RULE = '[[rules]]\nid = "{id}"\ntier = "{tier}"\nfacility = "{facility}"\nclause = "1"\n{more}\n'


def written(tmp_path, *rules, head=HEAD):
    file = tmp_path / "own.toml"
    file.write_text(head + "".join(rules), "utf-8")
    return str(file)


def made(name="a", tier="t", facility="park", more='mark = "memory"\nmetres = 500'):
    return RULE.format(id=name, tier=tier, facility=facility, more=more)


def test_a_standard_of_ones_own_is_read_from_its_file(tmp_path):
    more = 'mark = "confirmed"\nby = "李华"\non = "2026-11-30"\nminutes = 5'
    found = standards.read(written(tmp_path, made(more=more)))
    (rule,) = found.rules.values()
    assert found.unconfirmed == ()
    assert str(rule.standing.said) == "confirmed by 李华 on 2026-11-30"
    assert rule.limits[0].minutes == 5.0


@pytest.mark.parametrize(
    ("rules", "faults"),
    [
        ([made("a"), made("a")], ["appears twice"]),
        ([made(tier="x", facility="y")], ["no tier x", "no facility y"]),
        ([made(more='mark = "confirmed"\nmetres = 1')], ["names who confirmed it"]),
        ([made(more='mark = "memory"\nby = "x"\non = "2026-01-01"')], ["names who confirmed it"]),
        ([made(more='mark = "sure"\nmetres = -5\ncolour = 1')], ["not one of", "-5", "valid key"]),
        ([made(more='mark = "memory"\nlimits = [{from_m2 = 5}]')], ["needs metres or minutes"]),
        (
            [made(more='mark = "memory"\nlimits = [{metres = 1}]\nmetres = 1')],
            ["either limits, or metres"],
        ),
        (
            [made(more='mark = "memory"\nlimits = [{metres = 1, from_m2 = 5, below_m2 = 2}]')],
            ["not below"],
        ),
        ([made(more='mark = "memory"\npeople = [9, 1]')], ["from more to less"]),
    ],
)
def test_every_fault_of_a_standard_is_said_at_once(tmp_path, rules, faults):
    with pytest.raises(AnalysisError) as raised:
        standards.read(written(tmp_path, *rules))
    said = str(raised.value)
    assert all(fault in said for fault in faults), said


def test_what_is_no_standard_is_refused(tmp_path):
    with pytest.raises(AnalysisError, match="Did you mean gb50180-2018"):
        standards.read("gb50180")
    with pytest.raises(AnalysisError, match="doesn't exist"):
        standards.read(str(tmp_path / "none.toml"))
    with pytest.raises(AnalysisError, match="TOML"):
        standards.read(written(tmp_path, head="= ="))
