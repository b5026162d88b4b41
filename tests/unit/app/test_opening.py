"""Streets that open and don't serve: the map stands on the shipped ones, and says so."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sandbox.app import opening
from sandbox.app.jobs import Job
from sandbox.app.settings import Settings
from sandbox.errors import NetworkError
from sandbox.network import store
from sandbox.network.assemble import MODES
from sandbox.network.network import Network
from sandbox.network.streets import Streets
from tests.support.atlas import small_atlas, streets


def _job() -> Job:
    return Job("opening", lambda _: None)


def only(mode: str) -> Callable[[Streets], Streets]:
    ahead, back = MODES[mode]

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
    store.save(made, file)
    return file


@pytest.mark.parametrize("mode", UNFIT)
def test_streets_that_nobody_can_walk_on_give_way_to_the_shipped_ones(
    tmp_path: Path, shipped: Network, mode: str
) -> None:
    file = saved(tmp_path, UNFIT[mode](streets().streets))
    atlas, faults = opening.open_show(file, Settings(), _job())
    assert atlas.network is shipped
    (fault,) = faults
    assert "no streets to walk on" in str(fault)
    assert "shown instead" in str(fault)
    assert "without --modes" in str(fault)
    shown, said = opening.open_window(file, Settings(), _job())
    assert shown.network is shipped
    assert str(said) == str(fault)
    with pytest.raises(NetworkError, match="no streets to walk on"):
        opening.open_network(file, atlas, _job())
    with pytest.raises(NetworkError, match="no streets to walk on"):
        opening.open_atlas(file, Settings(), _job())


def test_streets_of_another_city_show_in_a_window_and_not_in_the_hall(
    tmp_path: Path, shipped: Network
) -> None:
    grid = streets().streets
    file = saved(tmp_path, replace(grid, node_xy=grid.node_xy + np.array([60_000.0, 0.0])))
    atlas, faults = opening.open_show(file, Settings(), _job())
    assert atlas.network is shipped
    assert "holds 0 of the" in str(faults[0])
    shown, said = opening.open_window(file, Settings(), _job())
    assert shown.network is not shipped
    assert said is None
    assert opening.first_state(shown, Settings(), "en").reach is None


def test_a_file_that_is_none_gives_way_too(tmp_path: Path, shipped: Network) -> None:
    file = tmp_path / "own.sandnet"
    file.write_bytes(b"")
    assert opening.open_show(file, Settings(), _job())[0].network is shipped
    shown, said = opening.open_window(file, Settings(), _job())
    assert shown.network is shipped
    assert "shown instead" in str(said)


def test_streets_that_serve_are_used(tmp_path: Path, shipped: Network) -> None:
    file = saved(tmp_path, streets().streets)
    atlas, faults = opening.open_show(file, Settings(), _job())
    assert faults == []
    assert atlas.network is not shipped
    shown, said = opening.open_window(file, Settings(), _job())
    assert (shown.network is shipped, said) == (False, None)


def test_the_search_is_got_ready_where_one_walks(tmp_path: Path, shipped: Network) -> None:
    """The first node lies at a motorway, ten kilometres from any street one walks on."""
    grid = streets().streets
    xy = grid.node_xy.copy()
    xy[0] += np.array([-10_000.0, 0.0])
    access = grid.access.copy()
    ahead, back = MODES["drive"]
    access[(grid.segment_nodes == 0).any(axis=1)] = int(ahead) | int(back)
    ends = xy[grid.segment_nodes]
    length_m = np.hypot(*(ends[:, 1] - ends[:, 0]).T).astype(grid.length_m.dtype)
    file = saved(tmp_path, replace(grid, node_xy=xy, access=access, length_m=length_m))
    atlas, faults = opening.open_show(file, Settings(), _job())
    assert faults == []
    assert atlas.network is not shipped
    assert np.allclose(atlas.network.streets.node_xy[0], xy[0])
