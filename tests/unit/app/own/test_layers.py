"""A user's layers on the map: what they are made of, and the way back."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from sandbox.app.own.layers import change_shown, layer_of, put_on_map, take_off_map, unique_id
from sandbox.app.places import all_places, is_place_layer, place
from sandbox.app.questions import Selected
from sandbox.app.session import Session
from sandbox.catalog.importing.importing import Imported
from sandbox.catalog.symbology import COLOURS, Symbology
from sandbox.projects.described import described, read_described
from sandbox.projects.described import layer_of as described_layer
from tests.support.atlas import at, small_atlas, small_state


def imported(name="clinics", shapes=None, **columns):
    """Return what an import gives: features with the columns of every layer."""
    shapes = shapes or [shapely.Point(at(0, 0)), shapely.Point(at(100, 0))]
    count = len(shapes)
    table = gpd.GeoDataFrame(
        {
            "id": [str(one) for one in range(count)],
            "name_zh": [f"站{one}" for one in range(count)],
            "name_en": "",
            "kind": "health_centre",
            "status": None,
            "opened": None,
            "source": "clinics.csv",
            "accuracy_m": float("nan"),
            "note_zh": "",
            "note_en": "",
            **columns,
        },
        geometry=shapes,
        crs=4326,
    )
    told = {"file": "clinics.csv", "crs": {"code": "EPSG:4544", "chosen_by": "user"}}
    return Imported(name, table, pd.DataFrame({"row": [7]}), told, {}, (), ())


@pytest.fixture
def session():
    atlas = small_atlas()
    return Session(atlas, small_state(atlas))


def test_a_layer_keeps_where_it_comes_from_and_what_was_chosen():
    made = layer_of(imported(capacity=[3.0, 5.0]), {"clinics"})
    assert made.id == "clinics_2"
    assert made.is_own
    assert made.geometry == "point"
    assert made.record["crs"] == {"code": "EPSG:4544", "chosen_by": "user"}
    assert made.record["rows_to_mend"] == 1
    (column,) = made.columns
    assert (column.name, column.type, column.title.zh) == ("capacity", "number", "容量")
    assert made.kinds["health_centre"].zh


def test_shapes_of_several_kinds_are_mixed():
    shapes = [shapely.Point(at(0, 0)), shapely.LineString([at(0, 0), at(50, 0)])]
    assert layer_of(imported(shapes=shapes), ()).geometry == "mixed"


def test_ids_are_made_of_names_and_unlike():
    assert unique_id("社区 卫生/站", ()) == "社区_卫生_站"
    assert unique_id("***", ()) == "layer"
    assert unique_id("A", {"a", "a_2"}) == "a_3"


def test_putting_on_the_map_is_one_step_back_and_forth(session):
    before = session.state.document.layers
    session.change(undoable=True, opened_by=2020)
    put_on_map(session, [layer_of(imported(), session.atlas.layers)])
    shown = session.state.document.layers[-1]
    assert shown.id == "clinics"
    assert shown.symbology == Symbology(colour=COLOURS[0])
    put_on_map(session, [layer_of(imported(), session.atlas.layers)])
    assert session.state.document.layers[-1].symbology.colour == COLOURS[1]
    session.undo()
    session.undo()
    assert session.state.document.layers == before
    # What was done before is undoable still, and all of it comes again.
    session.undo()
    assert session.state.document.opened_by is None
    for _ in range(3):
        session.redo()
    assert [one.id for one in session.state.document.layers[-2:]] == ["clinics", "clinics_2"]


def test_taking_off_the_map_ends_its_selection_and_can_be_taken_back(session):
    put_on_map(session, [layer_of(imported(), session.atlas.layers)])
    session.change(selected=Selected("clinics", "1"))
    change_shown(session, "clinics", Symbology(colour="#112233"))
    take_off_map(session, "clinics")
    assert session.state.gesture.selected is None
    session.undo()
    assert session.state.document.layers[-1].symbology.colour == "#112233"
    session.undo()
    assert session.state.document.layers[-1].symbology.colour == COLOURS[0]


def test_its_features_are_places_to_reach_until_they_are_too_many(session):
    made = layer_of(imported(), session.atlas.layers)
    put_on_map(session, [made])
    found = place(session.atlas.layers, Selected("clinics", "1"))
    assert found.name("zh") == "站1"
    assert found.lonlat == pytest.approx(at(100, 0))
    assert place(session.atlas.layers, Selected("clinics", "9")) is None
    assert (all_places(session.atlas.layers)["layer"] == "clinics").sum() == 2
    lines = [shapely.LineString([at(0, 0), at(9, 9)])]
    assert not is_place_layer(layer_of(imported(shapes=lines), ()))
    assert not is_place_layer(layer_of(imported(shapes=[shapely.Point(at(0, 0))] * 20_001), ()))


def test_a_project_keeps_what_was_chosen_for_a_layer():
    made = layer_of(imported(), ())
    said, faults = read_described(described(made, "clinics"))
    assert faults == ()
    back = described_layer(said, {"features": made.features})
    assert back.is_own
    assert back.record == made.record
    assert back.style == made.style
