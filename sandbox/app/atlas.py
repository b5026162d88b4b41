"""The data under the map: layers and the street network in use."""

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.catalog.layer import Layer
from sandbox.network.network import Network


@dataclass(frozen=True, slots=True, eq=False)
class Atlas:
    """What a map can show: layers by id, and the network that answers."""

    layers: Mapping[str, Layer]
    network: Network

    @property
    def crs(self) -> str:
        """Metric system of the map, that of its network."""
        return self.network.crs
