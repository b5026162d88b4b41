"""What a map says of its review, and what counts as another map than the one reviewed."""

from dataclasses import replace
from pathlib import Path

import pytest
import shapely

from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.jobs import Job
from sandbox.app.project.approving import approval_lines, approved, changes_since, content_of
from sandbox.app.project.opening import open_project, project_of
from sandbox.app.settings import Settings
from sandbox.app.state import LayerShown, MapState, View
from sandbox.catalog.symbology import Symbology
from sandbox.edits.street_edits import StreetEdit, StreetEdits
from sandbox.errors import ProjectError
from sandbox.export.page.html import page_html
from sandbox.projects.project import Approval
from sandbox.projects.store import read_approval, save
from sandbox.streets import sandnet
from sandbox.words import words_of
from tests.support.atlas import at, small_atlas, small_state
from tests.support.cities import clinics

WHOLE = Approval("渝S（2026）001号", "规划院", "2026-11-01", "天地图", "public")


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    made = small_atlas()
    own = replace(clinics(), id="more", group="own")
    return Atlas({**made.layers, "more": own}, made.network)


def said(state: MapState, language: str = "zh") -> list[str]:
    return [one.said(words_of("zh" if language == "zh" else "en")) for one in approval_lines(state)]


def told(before: Approval, atlas: Atlas, state: MapState) -> list[str]:
    return [one.template for one in changes_since(before, content_of(atlas, state.document))]


def test_it_stands_on_the_map_with_what_is_not_for_everyone_marked(atlas: Atlas) -> None:
    state = small_state(atlas)
    assert said(state) == ["未经地图审核 · 仅限内部演示"]
    assert said(changed(state, approval=WHOLE)) == [
        "审图号：渝S（2026）001号", "编制：规划院", "审核日期：2026-11-01", "底图：天地图",
    ]  # fmt: skip
    unset = changed(state, approval=replace(WHOLE, level=""))
    assert said(unset)[0] == "审图号：渝S（2026）001号 · 仅限内部演示"
    secret = changed(state, approval=Approval(level="secret"))
    assert said(secret, "en") == ["Map not reviewed · secret"]


def test_where_one_looks_and_what_is_asked_is_no_change(atlas: Atlas) -> None:
    state = small_state(atlas)
    now = replace(WHOLE, content=content_of(atlas, state.document))
    moved = changed(state, view=View(at(3, 3), 9.0), language="en", theme="dark", spread=True)
    assert told(now, atlas, moved) == []
    assert told(WHOLE, atlas, moved) == []


def test_layers_contents_looks_and_extent_count(atlas: Atlas) -> None:
    state = small_state(atlas)
    layers = state.document.layers
    now = replace(WHOLE, content=content_of(atlas, state.document))
    dim = tuple(replace(one, opacity=0.5) if one.id == "more" else one for one in layers)
    blue = tuple(
        replace(one, symbology=Symbology("#000000")) if one.id == "more" else one for one in layers
    )
    for looks in (dim, blue):
        assert told(now, atlas, changed(state, layers=looks)) == ["layers are drawn in another way"]
    other_order = (layers[-1], *layers[:-1])
    assert told(now, atlas, changed(state, layers=other_order)) == ["other layers are shown"]
    hidden = (*layers[:-1], LayerShown("more", visible=False))
    assert "other layers are shown" in told(now, atlas, changed(state, layers=hidden))
    closed = StreetEdits((StreetEdit("closed", shapely.Point(at(0, 0))),))
    assert told(now, atlas, changed(state, edits=closed)) == ["layers hold something else"]
    features = atlas.layers["more"].features
    assert features is not None
    renamed, far = features.copy(), features.copy()
    renamed.loc[0, "name_zh"] = "另一家"
    far.loc[0, "geometry"] = shapely.Point(100.0, 10.0)
    for changed_rows, expected in (
        (renamed, ["layers hold something else"]),
        (far, ["layers hold something else", "the extent is another one"]),
    ):
        own = replace(atlas.layers["more"], features=changed_rows)
        other = Atlas({**atlas.layers, "more": own}, atlas.network)
        assert told(now, other, state) == expected


def test_a_project_that_is_opened_again_is_still_the_map_that_was_approved(
    atlas: Atlas, tmp_path: Path
) -> None:
    sandnet.save(atlas.network.streets, tmp_path / "own.sandnet")
    state = small_state(atlas)
    whole = replace(WHOLE, content=content_of(atlas, state.document))
    document = replace(state.document, approval=whole)
    save(tmp_path / "a.gpkg", project_of(atlas, document, tmp_path / "own.sandnet", None))
    assert read_approval(tmp_path / "a.gpkg") == whole
    opened = open_project(tmp_path / "a.gpkg", Settings(), "zh", Job("opening", lambda _: None))
    assert opened.state.document.approval == whole
    assert told(whole, opened.atlas, opened.state) == []
    again = approved(opened.state, opened.atlas, whole)
    assert not again.answers.approval_outdated
    fewer = changed(opened.state, layers=opened.state.document.layers[:-1])
    outdated = approved(fewer, opened.atlas, whole)
    assert outdated.answers.approval_outdated
    assert "审核后有改动" in said(outdated)


def test_a_page_shows_it_whole_and_refuses_a_level_that_is_not_public(atlas: Atlas) -> None:
    state = small_state(atlas, approval=WHOLE)
    assert "审图号：渝S（2026）001号 · 编制：规划院" in page_html(atlas, state)
    with pytest.raises(ProjectError, match="secrecy level"):
        page_html(atlas, changed(state, approval=replace(WHOLE, level="internal")))
