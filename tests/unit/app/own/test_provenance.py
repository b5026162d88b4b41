"""Where layers and results come from: told in both languages, and exported."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from sandbox.app.answering import answer
from sandbox.app.atlas import Atlas
from sandbox.app.own.layers import layer_of
from sandbox.app.own.provenance import facts_of, result_record
from sandbox.app.own.results import reach_table
from sandbox.app.questions import ReachQuestion
from sandbox.app.session import Session
from sandbox.export.own.rows import write_rows
from sandbox.formats.geopackage import provenance_of
from sandbox.words import words_of
from tests.support.atlas import at, small_atlas, small_state
from tests.unit.app.own.test_layers import imported


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    made = small_atlas()
    record = {
        "file": "诊所.csv",
        "crs": {"name": "CGCS2000", "chosen_by": "numbers", "accuracy_m": 5},
        "rows": {"read": 4, "kept": 3, "to_mend": 1},
        "steps": ["read", "transformed from EPSG:4546 to EPSG:4326"],
        "imported_at": "2026-11-01T08:00:00+00:00",
    }
    own = replace(layer_of(imported(), made.layers), record=record)
    return Atlas({**made.layers, own.id: own}, made.network)


def told(atlas: Atlas, row_id: str, language: str = "en") -> dict[str, str]:
    question = ReachQuestion(at(0, 0), minutes=(5.0, 10.0))
    state = small_state(atlas, reach=question, reach_answer=answer(atlas, question))
    found = facts_of(atlas, state, row_id)
    assert found is not None
    said = words_of("zh" if language == "zh" else "en")
    return {name.said(said): value.said(said) for name, value in found[1]}


def test_an_own_layer_says_file_system_rows_and_steps(atlas: Atlas) -> None:
    own = next(one for one in atlas.layers.values() if one.is_own)
    facts = told(atlas, own.id)
    assert facts["File"] == "诊所.csv"
    assert facts["Read as"] == "CGCS2000"
    assert facts["How that is known"] == "found by its numbers"
    assert facts["Rows"] == "4 read, 3 kept, 1 to correct"
    assert facts["Opened at"] == "2026-11-01T08:00:00+00:00"
    assert told(atlas, own.id, "zh")["行数"] == "读入 4 行，保留 3 行，待更正 1 行"


def test_a_result_says_its_settings_and_streets(atlas: Atlas) -> None:
    facts = told(atlas, "=reach")
    assert facts["Settings"].startswith("Walking 4.8 km/h")
    assert facts["Cutoffs"] == "5, 10 minutes"
    assert facts["Street network"] == atlas.network.streets.provenance.title
    assert told(atlas, "parks")["Source"]
    state = small_state(atlas)
    assert facts_of(atlas, state, "=reach") is None
    assert facts_of(atlas, state, "=circles") is None
    assert facts_of(atlas, state, "nothing") is None


def test_it_goes_with_what_is_taken_out(atlas: Atlas, tmp_path: Path) -> None:
    question = ReachQuestion(at(0, 0), minutes=(5.0, 10.0))
    state = small_state(atlas, reach=question, reach_answer=answer(atlas, question))
    table = reach_table(Session(atlas, state))
    assert table is not None
    rows = list(range(len(table.frame)))
    record = result_record(atlas, state, "=reach")
    assert record is not None
    assert record["question"]["minutes"] == [5.0, 10.0]
    for name in ("a.gpkg", "a.geojson", "a.xlsx", "a.csv", "a.parquet"):
        write_rows(tmp_path / name, table, rows, "zh")  # type: ignore[arg-type]
    held = provenance_of(tmp_path / "a.gpkg")["reach"]
    assert held["question"] == record["question"]
    assert held["streets"] == record["streets"]
    said = json.loads((tmp_path / "a.geojson").read_text("utf-8"))
    assert said["provenance"]["question"] == record["question"]
    assert len(said["features"]) == len(table.frame)
