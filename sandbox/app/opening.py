"""From nothing to the first map: data read, kernels ready, and the state to begin with."""

import gc
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import shapely

from sandbox import paths
from sandbox.app import places
from sandbox.app.answering import answer
from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.jobs import Job
from sandbox.app.questions import LonLat, ReachQuestion, Selected
from sandbox.app.settings import Settings
from sandbox.app.state import REACH_OPACITY, Document, LayerShown, MapState, View
from sandbox.catalog.folder import load_all, load_usable
from sandbox.catalog.layer import Layer
from sandbox.edits.street_edits import StreetEdits
from sandbox.engine.network import Network
from sandbox.errors import LayerError, NetworkError, SandboxError
from sandbox.geo.crs import to_lonlat
from sandbox.kept import keep
from sandbox.projects import store
from sandbox.projects.project import NOT_APPROVED, Approval, check_public
from sandbox.streets.modes import ACCESS
from sandbox.transit.warm import compile_kernels
from sandbox.words import Language, Text

SERVICE_COMPLEX: Final = "service_complex"
# The laboratory beside the lake is the middle of the Science City's story.
FIRST_PLACE: Final = Selected("labs", "jinfeng_laboratory")
FIRST_M_PER_PX: Final = 3.4
# A hall's streets hold at least so much of the places that its scenes speak of.
_PLACES_COVERED: Final = 0.5


def open_atlas(network_file: Path | None, settings: Settings, job: Job) -> Atlas:
    """Read the layers and the streets, and get the search ready; reports to `job`.

    Raises
    ------
    LayerError
        A layer folder is broken.
    NetworkError
        The network file can't be opened, or nobody can walk on its streets.
    """
    job.report(0.02, Text("Reading layers"))
    layers = load_all()
    job.report(0.4, Text("Opening the network"))
    network = walkable(network_file)
    return _over(layers_of_place(layers, network), network, settings, job)


def open_window(
    network_file: Path | None, settings: Settings, job: Job
) -> tuple[Atlas, NetworkError | None]:
    """Return what a window shows, and why it isn't over the streets that were asked for.

    Raises
    ------
    LayerError
        A layer folder is broken.
    NetworkError
        The shipped streets can't be opened either.
    """
    try:
        return open_atlas(network_file, settings, job), None
    except NetworkError as fault:
        if network_file is None:
            raise
        return open_atlas(None, settings, job), _instead(fault)


def open_show(
    network_file: Path | None, settings: Settings, job: Job
) -> tuple[Atlas, list[SandboxError]]:
    """Return what can be shown for all that is broken, and the faults; reports to `job`.

    Layers that can't be used are left out, and the shipped streets take the place of a
    network file that can't be opened, that nobody can walk on, or that lies elsewhere.

    Raises
    ------
    NetworkError
        The shipped streets can't be opened either.
    """
    faults: list[SandboxError] = []
    if settings.project is not None:
        try:
            return _project_shown(settings.project, job), faults
        except SandboxError as fault:
            faults.append(fault)
    job.report(0.02, Text("Reading layers"))
    layers, broken = load_usable()
    if broken:
        faults.append(
            LayerError(
                "Some layers are skipped",
                "Correct them, then run: sandbox layers check {folder}",
                faults=broken,
                folder=paths.layers(),
            )
        )
    job.report(0.4, Text("Opening the network"))
    try:
        network = walkable(network_file)
        if network_file is not None:
            _check_place(network, layers)
    except NetworkError as fault:
        if network_file is None:
            raise
        faults.append(_instead(fault))
        network = Network.open()
    return _over(layers, network, settings, job), faults


def _project_shown(path: Path, job: Job) -> Atlas:
    """Return the layers and streets of a project, without what is asked in it."""
    job.report(0.02, Text("Reading the project"))
    held = store.read(path).project
    check_public(held.approval)
    job.report(0.4, Text("Opening the network"))
    return prepared(Atlas(held.layers, walkable(held.network_file), held.title), job)


def open_network(file: Path, atlas: Atlas, settings: Settings, job: Job) -> Atlas:
    """Return the streets of another file under the layers that belong there; reports to `job`.

    Raises
    ------
    NetworkError
        The file can't be opened as a network.
    """
    job.report(0.05, Text("Opening the network"))
    # Memory that an earlier network used may be collected again.
    gc.unfreeze()
    network = walkable(file)
    if atlas.title is not None:
        # A project's layers are its own, whatever streets it is given.
        return _ready(Atlas(atlas.layers, network, atlas.title))
    # Streets of another city left out what is read again here.
    if has_places(atlas.layers, atlas.network):
        known = dict(atlas.layers)
    else:
        own = {key: layer for key, layer in atlas.layers.items() if layer.is_own}
        known = stand_here(load_all(), settings.here) | own
    job.report(0.8, Text("Preparing the calculation"))
    return _ready(Atlas(layers_of_place(known, network), network))


def has_places(layers: Mapping[str, Layer], network: Network) -> bool:
    """Return whether any place of the layers lies where streets are."""
    west, south, east, north = network.bounds_lonlat
    shipped = (one for one in layers.values() if not one.is_own)
    found = (places.features_of(one) for one in shipped if places.is_place_layer(one))
    return any(len(one.cx[west:east, south:north]) > 0 for one in found)


def city_title(atlas: Atlas) -> Text:
    """Return what the place under the map is called: another city's is its network's title."""
    if atlas.title is not None:
        return Text("{said}", {"said": atlas.title})
    here = _is_here(atlas)
    return Text("Western (Chongqing) Science City" if here else atlas.network.title)


@keep(1)
def _is_here(atlas: Atlas) -> bool:
    return has_places(atlas.layers, atlas.network)


def layers_of_place(layers: dict[str, Layer], network: Network) -> dict[str, Layer]:
    """Return the layers that belong to streets: in another city the streets' own alone."""
    if has_places(layers, network):
        return layers
    return {
        key: layer for key, layer in layers.items() if layer.geometry == "network" or layer.is_own
    }


def walkable(file: Path | None) -> Network:
    """Open streets that a map can stand on: all places are tied to them on foot.

    Raises
    ------
    NetworkError
        They can't be opened, or nobody can walk there.
    """
    network = Network.open(file)
    if not len(network.streets.segment_nodes) or "walk" not in network.modes:
        raise NetworkError(
            "The network {network} has no streets for walking, which every place needs for access.",
            "Build it with walking included: run sandbox network build without --modes.",
            network=Text(network.title),
        )
    return network


def _check_place(network: Network, layers: dict[str, Layer]) -> None:
    """Raise a NetworkError where streets hold too few of the places that scenes speak of."""
    west, south, east, north = network.bounds_lonlat
    found = [places.features_of(one) for one in layers.values() if places.is_place_layer(one)]
    points = [one.geometry.representative_point() for one in found if len(one)]
    count = sum(len(one) for one in points)
    inside = sum(
        int((one.x.between(west, east) & one.y.between(south, north)).sum()) for one in points
    )
    if inside < _PLACES_COVERED * count:
        raise NetworkError(
            "The network {network} contains {inside} of the {count} places of the layers.",
            "Build it from an extract that covers the Science City.",
            network=Text(network.title),
            inside=inside,
            count=count,
        )


def _instead(fault: NetworkError) -> NetworkError:
    """Return a fault of a network file that says what is shown in its place."""
    return NetworkError(
        "{fault} The shipped schematic streets are shown instead.",
        fault.hint.template,
        faults=fault.faults,
        fault=fault.message,
        **fault.hint.values,
    )


def _over(layers: dict[str, Layer], network: Network, settings: Settings, job: Job) -> Atlas:
    """Return layers over streets, with the search got ready."""
    return prepared(Atlas(stand_here(layers, settings.here), network), job)


def prepared(atlas: Atlas, job: Job) -> Atlas:
    """Return an atlas with the search got ready; reports to `job`."""
    job.report(0.5, Text("Preparing the calculation"))
    compile_kernels(lambda share: job.report(0.5 + 0.45 * share, Text("Preparing the calculation")))
    job.report(0.96, Text("Preparing the calculation"))
    return _ready(atlas)


def _ready(atlas: Atlas) -> Atlas:
    """Have graph, street index, grids and places made, so that the first touch finds them."""
    network = atlas.network
    # A node of a street that is walked on; others may be far from any.
    ahead, back = ACCESS["walk"]
    walked = np.flatnonzero(network.streets.access & (ahead | back))[0]
    node = network.streets.segment_nodes[walked, 0]
    somewhere = to_lonlat(network.streets.node_xy[node], network.crs)
    question = ReachQuestion((float(somewhere[0]), float(somewhere[1])))
    answer(atlas, question)
    places.index(atlas.layers)
    # A sweep through all that was read would hold up a frame, and find nothing.
    gc.freeze()
    return atlas


def stand_here(layers: dict[str, Layer], here: LonLat | None) -> dict[str, Layer]:
    """Return the layers with the service complex where the settings say it stands, if they do."""
    layer = layers.get(SERVICE_COMPLEX)
    if here is None or layer is None or layer.features is None:
        return layers
    features = layer.features.copy()
    features[features.geometry.name] = [shapely.Point(here)] * len(features)
    features["status"] = "operating"
    features["accuracy_m"] = 10
    moved = replace(layer, features=features, schematic=False)
    return {**layers, SERVICE_COMPLEX: moved}


def first_state(atlas: Atlas, settings: Settings, language: Language) -> MapState:
    """Return the map that a new window shows: the layers that belong to its streets."""
    origin = first_origin(atlas, settings)
    center = origin.origin_lonlat if origin else _middle(atlas.network)
    known = dict(atlas.layers)
    if atlas.title is None and not _is_here(atlas):
        known = layers_of_place(known, atlas.network)
    layers = tuple(
        LayerShown(layer.id, layer.shown) for layer in known.values() if layer.geometry != "table"
    )
    return MapState(
        Document(
            View(center, FIRST_M_PER_PX),
            layers,
            reach=origin,
            reach_opacity=REACH_OPACITY,
            approval=approval_of(settings),
        ),
        language=language,
        theme=settings.theme,
    )


def approval_of(settings: Settings) -> Approval:
    """Return the review that settings tell of: its number is given to maps for the public."""
    number = settings.approval_number
    return Approval(number, level="public") if number else NOT_APPROVED


def first_origin(atlas: Atlas, settings: Settings) -> ReachQuestion | None:
    """Return the question a new map begins with: from here, else from the first place.

    None where the streets do not reach that far.
    """
    where = Selected(SERVICE_COMPLEX, SERVICE_COMPLEX) if settings.here else FIRST_PLACE
    place = places.place(atlas.layers, where)
    if place is None:
        return None
    west, south, east, north = atlas.network.bounds_lonlat
    lon, lat = place.lonlat
    inside = west <= lon <= east and south <= lat <= north
    return ReachQuestion(place.lonlat, place=where) if inside else None


def _middle(network: Network) -> LonLat:
    west, south, east, north = network.streets.bounds
    lon, lat = to_lonlat(((west + east) / 2, (south + north) / 2), network.crs)
    return float(lon), float(lat)


def state_over(atlas: Atlas, state: MapState, settings: Settings) -> MapState:
    """Return a state for other streets: the same look, with questions that can be asked there."""
    fresh = first_state(atlas, settings, state.language)
    known = {one.id: one for one in state.document.layers}
    layers = tuple(known.get(one.id, one) for one in fresh.document.layers)
    if all(one.id in known for one in fresh.document.layers):
        # Where no layer is new, they keep their order too.
        there = {one.id for one in fresh.document.layers}
        layers = tuple(one for one in state.document.layers if one.id in there)
    return changed(
        fresh,
        layers=layers,
        theme=state.theme,
        reach_opacity=state.document.reach_opacity,
        approval=state.document.approval,
        # Edits may mean no street there, so they wait until one switches them on.
        edits=StreetEdits(tuple(replace(edit, on=False) for edit in state.document.edits.edits)),
        view=replace(fresh.document.view, m_per_px=state.document.view.m_per_px),
    )
