"""An extract becomes a city: its streets, its base map, where they come from, and a way to stop."""

from dataclasses import replace
from pathlib import Path

import pytest

from sandbox.app.jobs import Job
from sandbox.app.places import place
from sandbox.app.project.opening import open_project
from sandbox.app.questions import Selected
from sandbox.app.settings import Settings
from sandbox.projects.city import build_city
from sandbox.projects.store import save
from sandbox.words import Text, words_of
from tests.support.osm_map import write_pbf
from tests.unit.sources.osm.test_ground import DRAWING, NODES, WAYS

STREETS = {"ST": {"highway": "residential"}, "IJMN": {"highway": "residential"}}


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("city") / "small_town.osm.pbf"
    ways = {**WAYS, **STREETS, "SEIKOP": {"highway": "residential"}}
    write_pbf(path, DRAWING, ways, NODES)
    return path


def test_it_opens_as_a_finished_map(extract: Path, tmp_path: Path) -> None:
    told: list[float] = []
    made = build_city(
        extract, tmp_path / "city.sandnet", tell=lambda share, _text: told.append(share)
    )
    assert told == sorted(told)
    assert made.title.en == "Small Town"
    save(tmp_path / "city.gpkg", made)
    (tmp_path / "city.sandnet").unlink()
    opened = open_project(tmp_path / "city.gpkg", Settings(), "en", Job("opening", lambda _: None))
    assert set(opened.atlas.layers) == {
        "streets", "water", "buildings", "parks", "rail", "settlements", "services"
    }  # fmt: skip
    assert [one.id for one in opened.state.document.layers] == list(opened.atlas.layers)
    layers = opened.atlas.layers
    # Rivers, towns and houses are there; what people run is open, by the words of its kind.
    for name, statuses in (
        ("water", set()), ("settlements", set()), ("buildings", set()),
        ("parks", {"Open"}), ("services", {"In use"}), ("rail", {"Operating"}),
    ):  # fmt: skip
        said = layers[name].features["status"].dropna()
        assert {layers[name].status(one).said(words_of("en")) for one in said} == statuses, name
    assert opened.stored is not None
    source = opened.stored.project.provenance
    assert source[""]["file"] == "small_town.osm.pbf"
    assert source["water"]["licence"] == "ODbL 1.0"


class Stopped(Exception):
    """Who waits has had enough."""


def test_it_stops_when_it_is_told_to(extract: Path, tmp_path: Path) -> None:
    def tell(share: float, _text: Text) -> None:
        if share > 0.3:
            raise Stopped

    with pytest.raises(Stopped):
        build_city(extract, tmp_path / "city.sandnet", tell=tell)
    assert list(tmp_path.iterdir()) == []


def test_what_nobody_has_named_is_called_by_its_kind(extract: Path, tmp_path: Path) -> None:
    made = build_city(extract, tmp_path / "city.sandnet")
    layer = made.layers["water"]
    features = layer.features.assign(name_zh="", name_en=None)
    unnamed = replace(layer, features=features)
    row = features.iloc[0]
    found = place({"water": unnamed}, Selected("water", row["id"]))
    assert found is not None
    assert found.name("en") == layer.kinds[row["kind"]].en
    # A user's own features are known by their ids.
    own = place({"water": replace(unnamed, group="own")}, Selected("water", row["id"]))
    assert own is not None
    assert own.name("en") == row["id"]
