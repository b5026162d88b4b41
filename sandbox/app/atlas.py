"""The data under the map: layers and the street network in use."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.catalog.layer import Layer
from sandbox.engine.network import Network

if TYPE_CHECKING:
    from sandbox.analysis.places.access import AccessPoints
    from sandbox.edits.street_edits import StreetEdits
    from sandbox.words import Bilingual


@dataclass(frozen=True, slots=True, eq=False)
class Atlas:
    """What a map can show: layers by id, and the network that answers.

    `title` is what a project calls its city, None where it is none; `tied` are its places tied to
    streets, as `sandbox.app.places.tied_places` keeps them; `kept` what `sandbox.kept` keeps.
    """

    layers: Mapping[str, Layer]
    network: Network
    title: "Bilingual | None" = None
    tied: "dict[tuple[str, StreetEdits], AccessPoints]" = field(
        default_factory=dict, init=False, repr=False
    )
    kept: dict[str, dict[Any, Any]] = field(
        default_factory=dict[str, dict[Any, Any]], init=False, repr=False
    )

    @property
    def crs(self) -> str:
        """Metric system of the map, that of its network."""
        return self.network.crs
