"""Python's comparison says what was found as the command does: the finding, and the reasons."""

import json

import pytest
from shapely.geometry import box

import sandbox
from sandbox.cli import main

# Beside Metro 1's station in University Town, and another place 8 km away from it.
CAMPUS, FAR = (106.299, 29.612), (106.299, 29.54)
SHUT = box(106.2975, 29.6105, 106.3005, 29.6135)


@pytest.fixture
def edits(tmp_path):
    file = tmp_path / "edits.geojson"
    shape = {"type": "Polygon", "coordinates": [list(map(list, SHUT.exterior.coords))]}
    told = {"type": "Feature", "properties": {"kind": "avoid"}, "geometry": shape}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [told]}), "utf-8")
    return file


def by_command(capsys, edits, *more):
    ask = ("--lang", "en", "compare", "--with-edits", str(edits), "--minutes", "5,10", *more)
    with pytest.raises(SystemExit) as ended:
        main(ask)
    assert not ended.value.code
    return capsys.readouterr().out


def test_one_place_has_the_finding_of_the_command(capsys, edits):
    at = ",".join(map(str, CAMPUS))
    found = sandbox.compare(sandbox.open_network(), [CAMPUS], [5, 10], plan=edits, mode="walk")
    finding = found.attrs["finding"]
    assert finding == by_command(capsys, edits, "--from", at).splitlines()[0]
    assert f"lose {found['lost_km2'].iloc[-1]:.1f} km²" in finding
    # The edits leave the place no street: it loses all, and the sentence says why.
    assert found["area_plan_km2"].tolist() == [0.0, 0.0]
    assert found["lost_km2"].tolist() == found["area_base_km2"].tolist()
    assert "because the place has no street of its own in the plan" in finding
    assert found["reason"].tolist() == [None, None]


def test_what_changes_nothing_has_the_reason_of_the_command(capsys, edits):
    at = ",".join(map(str, FAR))
    places = {"campus": CAMPUS, "far": FAR, "sea": (120.0, 29.0)}
    found = sandbox.compare(sandbox.open_network(), places, [5, 10], plan=edits, mode="walk")
    told = json.loads(by_command(capsys, edits, "--from", at, "--json"))["findings"]
    rows = found.set_index("id")
    reasons = rows["reason"]["far"].tolist()
    assert reasons[1].startswith("every edited street is more than 40 minutes away")
    for reason, one in zip(reasons, told, strict=True):
        said = one["finding"].removesuffix(".")
        assert said.endswith(f"would change nothing within {one['cutoff_min']:g} minutes: {reason}")
    assert rows["reason"]["campus"].tolist() == [None, None]
    assert rows.loc["sea", ["area_base_km2"]].isna().all()
    assert "lies outside the network" in rows["reason"]["sea"]
    # One loses, one stays: both are told, and which it is that loses.
    lost = rows.loc["campus", "lost_km2"].tolist()[1]
    said = found.attrs["finding"]
    assert said.startswith(
        "Edited streets would let 0 of 2 places reach more within 10 minutes, 1 less, and 1"
        f" the same; it changes most for campus (−{lost:.1f} km²)"
    )
    command = by_command(capsys, edits, "--from", at, "--from", ",".join(map(str, CAMPUS)))
    assert command.splitlines()[0].replace("106.299000,29.612000", "campus") == said


def test_plans_without_a_name_are_called_as_by_the_command():
    net = sandbox.open_network()
    drives = [sandbox.Travel(mode="drive", hour=8), sandbox.Travel(mode="bike")]
    found = sandbox.compare(net, [CAMPUS], 5, plan=drives, mode="drive")
    assert found.attrs["base"] == "drive"
    assert found.attrs["plans"] == found["plan"].tolist() == ["8:00", "bike"]
    assert found["plan_name_en"].tolist() == ["Driving with the congestion of 8:00", "By bike"]


def test_the_timetable_alone_may_have_a_name_of_its_own():
    depart = "2026-11-23T08:00"
    plans = {"no lines": "timetable", "now": "today"}
    found = sandbox.compare(
        sandbox.open_network(), [CAMPUS], 30, plan=plans, depart=depart, window_min=2
    )
    rows = found.set_index("plan")
    # The shipped map has no timetable: one walks, and today's lines are the base.
    assert rows.loc["no lines", "area_plan_km2"] < rows.loc["now", "area_plan_km2"]
    assert rows.loc["now", "area_diff_km2"] == 0
    assert rows.loc["now", "reason"] == "the same lines run in both"
    # Each plan has its sentence.
    lost, same = found.attrs["finding"].split(". ")
    assert lost.startswith(f"no lines would lose {rows.loc['no lines', 'lost_km2']:.1f} km²")
    assert same == "now would change nothing within 30 minutes: the same lines run in both."
