"""A map's document as JSON and back: the same one, and all faults of one that was spoiled."""

import copy
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import given, settings

from sandbox.app.answers.circles import CirclesQuestion
from sandbox.app.document_json import document_values, read_document
from sandbox.app.questions import Against, ReachQuestion
from sandbox.app.state import Document, LayerShown, View
from sandbox.edits.scenario import (
    AddLine,
    CloseLine,
    Edit,
    Scenario,
)
from sandbox.edits.street_edits import StreetEdit, StreetEdits
from sandbox.errors import ProjectError
from sandbox.streets.travel import Ride, Travel
from sandbox.transit.lines import Line, LineStop, Period
from sandbox.words import Bilingual
from tests.support.documents import DOCUMENT

OLD = Path(__file__).with_name("document_format_1.json")


@settings(max_examples=60, deadline=None)
@given(DOCUMENT)
def test_a_document_is_the_same_after_json(document: Document) -> None:
    text = json.dumps(document_values(document), allow_nan=False)
    assert read_document(json.loads(text)) == document


def one_of_everything() -> Document:
    line = Line(
        "m", "一号线", "Line 1", "metro",
        (LineStop("a", "甲", "A", (106.3, 29.6)), LineStop("b", "乙", "B", (106.31, 29.6), 2.5)),
        (Period(21_600, 82_800, 300),),
    )  # fmt: skip
    today = Scenario("today", Bilingual("现状", "Today"), (Edit(Bilingual("", ""), AddLine(line)),))
    plan = Scenario(
        "own_1", Bilingual("自拟", "Own"), (Edit(Bilingual("关", "Shut"), CloseLine("m")),), today
    )
    ride = Ride(datetime(2026, 3, 2, 8, 0), window_min=30)
    works = StreetEdit("closed", shapely.Point(106.3, 29.6), "Works", ("drive",), on=False)
    return Document(
        View((106.3, 29.6), 4.0),
        (LayerShown("parks", visible=False, opacity=0.5),),
        ReachQuestion(
            (106.3, 29.6), (15.0, 30.0), scenario=plan, travel=Travel(mode="transit", ride=ride)
        ),
        0.3,
        Against("percentile", "90"),
        analyses=(CirclesQuestion("services", ("school",)),),
        edits=StreetEdits((works,)),
        scenarios=(plan,),
        opened_by=2027,
    )


def test_a_document_that_was_written_once_stays_readable() -> None:
    assert read_document(json.loads(OLD.read_text("utf-8"))) == one_of_everything()


def test_what_isn_t_there_has_its_default() -> None:
    little = {"format": 1, "view": {"center_lonlat": [106, 29], "m_per_px": 4}, "layers": []}
    assert read_document(little) == Document(View((106.0, 29.0), 4.0), ())


SPOILED: list[tuple[list[Any], Any, str]] = [
    (["view"], None, "view: named values are needed"),
    (["view", "m_per_px"], -1, "view: a view needs degrees and a scale above zero"),
    (["view", "tilt_deg"], 90, "view: a view is tilted by 0 to 68 degrees"),
    (["view", "m_per_px"], 10**400, "view.m_per_px: a number is needed"),
    (["view", "center_lonlat"], [1], "view.center_lonlat: 2 values are needed"),
    (["layers"], {}, "layers: a list is needed"),
    (["layers", 0, "visible"], "yes", "layers[0].visible: true or false is needed"),
    (["layers", 0, "colour"], 1, "layers[0].colour: nothing is known by this name"),
    (["reach", "travel", "mode"], "swim", "travel.mode: one of these is needed: walk, bike,"),
    (["reach", "travel", "ride", "when"], "now", "travel.ride.when: a date and time is needed"),
    (["reach", "travel", "ride", "draws"], True, "travel.ride.draws: a whole number is needed"),
    (["reach", "travel", "ride", "window_min"], 0, "reach.travel.ride: a window of 0 minutes"),
    (["reach", "travel", "walk_kmh"], 99.0, "reach.travel: a speed of 99 km/h"),
    (["reach", "travel", "speeds_file"], "/etc/hosts", "nothing is known by this name"),
    (["analyses", 0, "travel", "walk_kmh"], 99.0, "analyses[0].travel: a speed of 99 km/h"),
    (["reach", "place"], {"layer": 5, "id": ""}, "reach.place.layer: text is needed"),
    (["analyses", 0, "type"], "stars", "analyses[0]: one of these is needed: circles"),
    (["edits", "edits", 0, "shape"], {"type": "Star"}, "shape: a geometry is needed"),
    (["edits", "edits", 0, "modes"], ["swim"], "edits.edits[0]: unknown mode: swim"),
    (["scenarios", 0, "edits", 0, "change", "type"], "x", "one of these is needed: add_line"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "why"), SPOILED)
def test_what_is_wrong_is_said_with_where_it_stands(path: list[Any], value: Any, why: str) -> None:
    values = copy.deepcopy(document_values(one_of_everything()))
    there: Any = values
    for step in path[:-1]:
        there = there[step]
    there[path[-1]] = value
    with pytest.raises(ProjectError) as caught:
        read_document(values)
    assert why in str(caught.value)


def test_all_faults_are_said_at_once() -> None:
    values = document_values(one_of_everything())
    del values["view"]
    values["opened_by"], values["against_minutes"] = "2027", 1
    with pytest.raises(ProjectError) as caught:
        read_document(values)
    assert [str(one) for one in caught.value.faults] == [
        "view: this is missing",
        "against_minutes: true or false is needed",
        "opened_by: a whole number is needed",
    ]


@pytest.mark.parametrize("values", [None, [], "x", 3, {}])
def test_what_is_no_document_is_refused(values: object) -> None:
    with pytest.raises(ProjectError, match="can't be read"):
        read_document(values)


def test_scenarios_that_build_on_one_another_without_end_are_refused() -> None:
    values = document_values(one_of_everything())
    deep: dict[str, Any] = {"id": "x", "title": {"zh": "", "en": ""}}
    for _ in range(2000):
        deep = {"id": "x", "title": {"zh": "", "en": ""}, "base": deep}
    values["scenarios"] = [deep]
    with pytest.raises(ProjectError, match="build on too many others"):
        read_document(values)


def test_a_newer_format_asks_for_a_newer_program() -> None:
    with pytest.raises(ProjectError, match="newer version"):
        read_document({"format": 2})
