"""Digital sandbox map of the Western (Chongqing) Science City, from Python.

What can one reach from here? Open a street network, give places, get tables that pandas and
GeoPandas know, with the ids of your places and what each answer rests on in ``.attrs``:

>>> import sandbox
>>> net = sandbox.open_network()
>>> found = sandbox.isochrones(net, [(106.305, 29.612)], minutes=[5, 10, 15])
>>> found["contour"].tolist()
[5.0, 10.0, 15.0]
>>> found.crs.to_string(), found.attrs["schematic"]
('EPSG:4326', True)
>>> bool((found["area_km2"].diff().dropna() > 0).all())
True
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.api.catalogue import (
        check_layers,
        layer,
        layers,
        planning_standards,
        save_scenario,
        scenarios,
        standard,
    )
    from sandbox.api.circles import Audit, access, audit, hidden
    from sandbox.api.commute import Commute, commute
    from sandbox.api.compare import compare
    from sandbox.api.coverage import coverage
    from sandbox.api.edits import street_edits
    from sandbox.api.housing import housing
    from sandbox.api.imports import import_layers, read_layer
    from sandbox.api.language import language
    from sandbox.api.many.chunks import access_into, audit_into, times_into
    from sandbox.api.many.counts import reach_counts
    from sandbox.api.nearest import nearest
    from sandbox.api.network import Network, check_feed, open_network
    from sandbox.api.page import save_page, save_picture
    from sandbox.api.reach import isochrones
    from sandbox.api.siting import siting
    from sandbox.api.travel import Travel, scenario
    from sandbox.api.ways import itinerary, route, travel_times
    from sandbox.edits.scenario import Scenario
    from sandbox.edits.street_edits import StreetEdit, StreetEdits
    from sandbox.errors import (
        AnalysisError,
        LayerError,
        NetworkError,
        SandboxError,
        TransitError,
    )

    __version__: str

# Imported when they are first asked for: `import sandbox` itself costs nothing.
_AT = {
    "AnalysisError": "errors",
    "Audit": "api.circles",
    "Commute": "api.commute",
    "LayerError": "errors",
    "Network": "api.network",
    "NetworkError": "errors",
    "SandboxError": "errors",
    "Scenario": "edits.scenario",
    "StreetEdit": "edits.street_edits",
    "StreetEdits": "edits.street_edits",
    "TransitError": "errors",
    "Travel": "api.travel",
    "access": "api.circles",
    "access_into": "api.many.chunks",
    "audit": "api.circles",
    "audit_into": "api.many.chunks",
    "check_feed": "api.network",
    "check_layers": "api.catalogue",
    "commute": "api.commute",
    "housing": "api.housing",
    "compare": "api.compare",
    "coverage": "api.coverage",
    "hidden": "api.circles",
    "import_layers": "api.imports",
    "isochrones": "api.reach",
    "itinerary": "api.ways",
    "language": "api.language",
    "layer": "api.catalogue",
    "layers": "api.catalogue",
    "nearest": "api.nearest",
    "open_network": "api.network",
    "planning_standards": "api.catalogue",
    "reach_counts": "api.many.counts",
    "read_layer": "api.imports",
    "route": "api.ways",
    "save_page": "api.page",
    "save_picture": "api.page",
    "save_scenario": "api.catalogue",
    "scenario": "api.travel",
    "scenarios": "api.catalogue",
    "siting": "api.siting",
    "standard": "api.catalogue",
    "street_edits": "api.edits",
    "times_into": "api.many.chunks",
    "travel_times": "api.ways",
}

__all__ = [
    "AnalysisError",
    "Audit",
    "Commute",
    "LayerError",
    "Network",
    "NetworkError",
    "SandboxError",
    "Scenario",
    "StreetEdit",
    "StreetEdits",
    "TransitError",
    "Travel",
    "access",
    "access_into",
    "audit",
    "audit_into",
    "check_feed",
    "check_layers",
    "commute",
    "compare",
    "coverage",
    "hidden",
    "housing",
    "import_layers",
    "isochrones",
    "itinerary",
    "language",
    "layer",
    "layers",
    "nearest",
    "open_network",
    "planning_standards",
    "reach_counts",
    "read_layer",
    "route",
    "save_page",
    "save_picture",
    "save_scenario",
    "scenario",
    "scenarios",
    "siting",
    "standard",
    "street_edits",
    "times_into",
    "travel_times",
]


def __getattr__(name: str) -> Any:
    """Import what is asked for, once (PEP 562)."""
    if name == "__version__":
        from importlib.metadata import version

        value: Any = version("science-city-sandbox")
    elif name in _AT:
        value = getattr(import_module(f"sandbox.{_AT[name]}"), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return what there is, for completion."""
    return [*__all__, "__version__"]
