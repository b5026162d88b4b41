"""Streets that open and don't serve: the map stands on the shipped ones, and says so."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sandbox import paths
from sandbox.app import opening
from sandbox.app.jobs import Job
from sandbox.app.settings import Settings
from sandbox.catalog.folder import load_all
from sandbox.engine.network import Network
from sandbox.errors import NetworkError
from sandbox.streets import sandnet
from sandbox.streets.modes import ACCESS
from sandbox.streets.streets import Streets
from tests.support.atlas import small_atlas, streets


def _job() -> Job:
    return Job("opening", lambda _: None)


def only(mode: str) -> Callable[[Streets], Streets]:
    ahead, back = ACCESS[mode]

    def made(whole: Streets) -> Streets:
        # The grid is for walking; here its streets are another's.
        access = np.full_like(whole.access, int(ahead) | int(back))
        return replace(whole, access=access)

    return made


UNFIT = {"drive": only("drive"), "bike": only("bike")}


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch) -> Network:
    """A grid in the place of the shipped streets, and its places in that of the layers."""
    atlas = small_atlas()
    whole = Network.open.__func__  # type: ignore[attr-defined]
    monkeypatch.setattr(
        Network,
        "open",
        classmethod(lambda cls, path=None: whole(cls, path) if path else atlas.network),
    )
    monkeypatch.setattr(opening, "load_all", lambda: atlas.layers)
    monkeypatch.setattr(opening, "load_usable", lambda: (atlas.layers, []))
    return atlas.network


def saved(folder: Path, made: Streets) -> Path:
    file = folder / "own.sandnet"
    sandnet.save(made, file)
    return file


@pytest.mark.parametrize("mode", UNFIT)
def test_streets_that_nobody_can_walk_on_give_way_to_the_shipped_ones(
    tmp_path: Path, shipped: Network, mode: str
) -> None:
    file = saved(tmp_path, UNFIT[mode](streets().streets))
    atlas, faults = opening.open_show(file, Settings(), _job())
    assert atlas.network is shipped
    (fault,) = faults
    assert "no streets for walking" in str(fault)
    assert "shown instead" in str(fault)
    assert "without --modes" in str(fault)
    shown, said = opening.open_window(file, Settings(), _job())
    assert shown.network is shipped
    assert str(said) == str(fault)
    with pytest.raises(NetworkError, match="no streets for walking"):
        opening.open_network(file, atlas, Settings(), _job())
    with pytest.raises(NetworkError, match="no streets for walking"):
        opening.open_atlas(file, Settings(), _job())


def test_streets_of_another_city_have_their_own_layer_alone():
    shipped, here = load_all(), Network.open()
    assert opening.layers_of_place(shipped, here) == shipped
    # The same places on the other side of the world.
    moved = {
        key: layer
        if layer.features is None
        else replace(
            layer, features=layer.features.set_geometry(layer.features.translate(-150.0, -60.0))
        )
        for key, layer in shipped.items()
    }
    assert not opening.has_places(moved, here)
    kept = opening.layers_of_place(moved, here)
    assert {one.geometry for one in kept.values()} == {"network"}
    assert len(kept) == 1


def test_another_city_opened_later_has_its_own_title_and_layers_and_the_way_back_all_of_them(
    tmp_path: Path,
) -> None:
    here = opening.open_atlas(None, Settings(), _job())
    first = opening.first_state(here, Settings(), "en")
    far = streets().streets
    told = replace(far.provenance, title="Farville", schematic=False)
    # The same grid at the other side of the equator.
    away = replace(far, node_xy=far.node_xy - np.array([0.0, 3_000_000.0]), provenance=told)
    there = opening.open_network(saved(tmp_path, away), here, Settings(), _job())
    assert {layer.geometry for layer in there.layers.values()} == {"network"}
    assert opening.city_title(there).template == "Farville"
    over = opening.state_over(there, first, Settings())
    assert [one.id for one in over.document.layers] == list(there.layers)
    shipped = paths.layers() / "streets" / "streets.sandnet"
    back = opening.open_network(shipped, there, Settings(), _job())
    assert set(back.layers) == set(here.layers)
    assert opening.city_title(back).template == "Western (Chongqing) Science City"
    assert opening.state_over(back, over, Settings()).document.layers == first.document.layers
