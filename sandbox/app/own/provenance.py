"""Where a layer or a result comes from: from which data, when, by which steps and settings."""

from collections.abc import Mapping
from typing import Any, Final

from sandbox.analysis.table import computed_at
from sandbox.app import moving, street_edits
from sandbox.app.analyses import ANALYSES
from sandbox.app.atlas import Atlas
from sandbox.app.document_json import document_values
from sandbox.app.questions import ReachQuestion
from sandbox.app.state import MapState
from sandbox.catalog.layer import Layer
from sandbox.engine.network import Network
from sandbox.words import Bilingual, Text

Facts = list[tuple[Text, Text]]
_REACH: Final = "=reach"
_CHOSEN_BY: Final[Mapping[str, Text]] = {
    "user": Text("chosen by hand"),
    "file": Text("the file says so"),
    "format": Text("the format says so"),
    "numbers": Text("found by its numbers"),
}
# What files say of steps, in the words of the program.
_STEPS: Final[Mapping[str, Text]] = {
    "read": Text("read"),
    "streets": Text("streets"),
    "base map": Text("base map"),
    "slopes": Text("slopes"),
    "timetables": Text("timetables"),
    "put together as areas and lines": Text("put together as areas and lines"),
    "edited": Text("edited"),
}


def facts_of(atlas: Atlas, state: MapState, row_id: str) -> tuple[Bilingual | Text, Facts] | None:
    """Return what a row of the list of layers is called, and where it comes from.

    Parameters
    ----------
    atlas, state
        The map.
    row_id
        Id of a layer, or of a result (``"=reach"``); None where there is nothing of the kind.
    """
    layer = atlas.layers.get(row_id)
    if layer is not None:
        streets = layer.geometry == "network"
        return layer.title, _streets_facts(atlas.network) if streets else _layer_facts(layer)
    if result_record(atlas, state, row_id) is None:
        return None
    return _result_title(row_id), _result_facts(atlas, state, row_id)


def result_record(atlas: Atlas, state: MapState, row_id: str) -> dict[str, Any] | None:
    """Return where a result comes from, as JSON holds it: data, time, and what was asked.

    None where there is no such result on the map.
    """
    values = document_values(state.document)
    if row_id == _REACH:
        if state.answers.reach_answer is None:
            return None
        question = values["reach"]
    else:
        asked = _analysis_question(state, row_id)
        if asked is None:
            return None
        at = state.document.analyses.index(asked)
        question = values["analyses"][at]
    streets = atlas.network.streets.provenance
    return {
        "steps": ["searched along streets"],
        "question": question,
        "street_edits": values["edits"]["edits"],
        "streets": {
            "title": streets.title,
            "source": streets.source,
            "licence": streets.licence,
            "data_of": streets.date or None,
            "schematic": streets.schematic,
        },
        "computed_at": computed_at(),
    }


def _analysis_question(state: MapState, row_id: str) -> Any:
    for one in ANALYSES:
        if row_id == f"={one.id}" and state.answers.result(one.answer) is not None:
            return state.document.asked(one.question)
    return None


def _result_title(row_id: str) -> Text:
    return next((one.title for one in ANALYSES if row_id == f"={one.id}"), Text("Isochrones"))


def _result_facts(atlas: Atlas, state: MapState, row_id: str) -> Facts:
    facts: Facts = []
    if row_id == _REACH and state.document.reach is not None:
        facts += _reach_facts(atlas, state.document.reach)
        answer = state.answers.reach_answer
        rough = moving.told_grid(answer.isochrone if answer is not None else None)
        facts += [(Text("Land counted"), one) for one in rough]
    else:
        for one in ANALYSES:
            question = state.document.asked(one.question)
            if row_id == f"={one.id}" and question is not None:
                facts += [(Text("Settings"), said) for said in one.told(question)]
    edited = street_edits.told(state.document.edits)
    if edited is not None:
        facts.append((Text("Street edits"), edited))
    facts += _streets_facts(atlas.network)
    return facts


def _reach_facts(atlas: Atlas, asked: ReachQuestion) -> Facts:
    together = moving.told_together(asked)
    where = ["{:.6f}, {:.6f}".format(*one.lonlat) for one in asked.origins]
    facts: Facts = [
        *((Text("Position"), _plain(one)) for one in where),
        (Text("Settings"), moving.told(asked.travel)),
        *([] if together is None else [(Text("Settings"), together)]),
        (
            Text("Cutoffs"),
            Text("{minutes} minutes", {"minutes": ", ".join(f"{one:g}" for one in asked.minutes)}),
        ),
        (
            Text("Land counted"),
            Text("land within {reach} m of a street", {"reach": f"{asked.reach_m:g}"}),
        ),
    ]
    if asked.scenario is not None and asked.travel.mode == "transit":
        facts.append((Text("Scenario"), Text("{said}", {"said": asked.scenario.title})))
    return facts


def _streets_facts(network: Network) -> Facts:
    told = network.streets.provenance
    rows = (
        (Text("Street network"), told.title),
        (Text("Source"), told.source),
        (Text("Licence"), told.licence),
        (Text("Data of"), told.date),
    )
    # The shipped streets' own title and source have their Chinese words; others' stay.
    facts = [(name, _plain(one) if "{" in one else Text(one)) for name, one in rows if one]
    return facts


def _layer_facts(layer: Layer) -> Facts:
    record = layer.record
    facts: Facts = [(Text("Source"), Text("{said}", {"said": layer.provenance}))]
    if layer.licence:
        facts.append((Text("Licence"), _plain(layer.licence)))
    for key, name in (
        ("file", Text("File")),
        ("format", Text("Format")),
        ("encoding", Text("Encoding")),
        ("data_of", Text("Data of")),
        ("imported_at", Text("Opened at")),
        ("edited_at", Text("Last edited at")),
    ):
        if record.get(key):
            facts.append((name, _plain(record[key])))
    facts += _placed_facts(record.get("crs"))
    rows = record.get("rows")
    if isinstance(rows, Mapping):
        counted: Any = rows
        facts.append(
            (
                Text("Rows"),
                Text(
                    "{read} read, {kept} kept, {left} to correct",
                    {
                        "read": counted.get("read", "–"),
                        "kept": counted.get("kept", "–"),
                        "left": counted.get("to_mend", 0),
                    },
                ),
            )
        )
    steps = record.get("steps")
    if isinstance(steps, list):
        listed: Any = steps
        facts += [(Text("Step"), _STEPS.get(str(one)) or _plain(one)) for one in listed]
    for key, name in (("columns", Text("Columns")), ("kinds", Text("Kinds"))):
        mapped: Any = record.get(key)
        if isinstance(mapped, Mapping) and mapped:
            pairs: Any = mapped
            said = ", ".join(f"{one} = {other}" for one, other in pairs.items() if other)
            facts.append((name, _plain(said)))
    if record.get("sha256"):
        facts.append((Text("Fingerprint of the file"), _plain(record["sha256"])))
    return facts


def _placed_facts(crs: object) -> Facts:
    if not isinstance(crs, Mapping):
        return []
    said: Any = crs
    facts: Facts = [(Text("Read as"), _plain(said.get("name", "")))]
    chosen = _CHOSEN_BY.get(str(said.get("chosen_by", "")))
    if chosen is not None:
        facts.append((Text("How that is known"), chosen))
    if said.get("accuracy_m"):
        facts.append(
            (Text("Accuracy"), Text("{metres} m", {"metres": f"{float(said['accuracy_m']):g}"}))
        )
    return facts


def _plain(value: object) -> Text:
    return Text("{said}", {"said": str(value)})
