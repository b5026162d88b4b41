"""What is asked of every chunk of origins, as values that processes hand to each other."""

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pandas.core.util.hashing import hash_pandas_object

from sandbox import paths
from sandbox.analysis.access.measures import AccessQuestion, access
from sandbox.analysis.circles.audit import audit
from sandbox.analysis.circles.question import AuditQuestion
from sandbox.analysis.circles.results import homes_table
from sandbox.analysis.table import MINUTE_DECIMALS
from sandbox.analysis.times import times
from sandbox.edits.street_edits import StreetEdits, apply
from sandbox.engine.network import Network
from sandbox.errors import AnalysisError
from sandbox.streets.travel import Travel
from sandbox.transit.lines import Supply
from sandbox.words import Text

# Of a chunk of a matrix; more take memory and are no faster.
_PAIRS: Final = 2_000_000
_ORIGINS: Final = 20_000
_PIECE_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class StreetFile:
    """The streets of a question: every process opens the file itself, mapped into memory.

    Attributes
    ----------
    file
        The network file; None for the shipped streets.
    edits
        What is laid over it.
    """

    file: Path | None
    edits: StreetEdits

    def open(self) -> Network:
        """Return the network with its edits."""
        return apply(Network.open(self.file), self.edits)

    def fingerprint(self) -> str:
        """Return a hash of the file and its edits."""
        held = hashlib.sha256(repr(self.edits).encode())
        path = self.file or paths.layers() / "streets" / "streets.sandnet"
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE_BYTES):
                held.update(piece)
        return held.hexdigest()


class Task(Protocol):
    """A question that each chunk of origins is asked."""

    @property
    def streets(self) -> StreetFile:
        """Return on which streets."""
        ...

    @property
    def name(self) -> str:
        """Return which question it is."""
        ...

    @property
    def chunk(self) -> int:
        """Return how many origins are asked at once unless one says otherwise."""
        ...

    def parts(self) -> dict[str, str]:
        """Return a hash of everything that decides the answer, origins apart, by name."""
        ...

    def work(self, network: Network, origins: gpd.GeoDataFrame) -> pd.DataFrame:
        """Return the rows of a chunk."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class TimesTask:
    """Travel times to places, one row a pair that is within the longest time.

    Attributes
    ----------
    streets, places, minutes, travel, supply
        As in `sandbox.analysis.times.times`.
    """

    streets: StreetFile
    places: gpd.GeoDataFrame
    minutes: float
    travel: Travel
    supply: Supply | None = None

    @property
    def name(self) -> str:
        """Return which question it is."""
        return "times"

    @property
    def chunk(self) -> int:
        """Return how many origins are asked at once."""
        return max(min(_ORIGINS, _PAIRS // max(len(self.places), 1)), 1)

    def parts(self) -> dict[str, str]:
        """Return hashes of streets, places and how one moves."""
        asked = said((self.minutes, self.travel, self.supply))
        return {
            "streets": self.streets.fingerprint(),
            "places": fingerprint(self.places),
            "question": asked,
        }

    def work(self, network: Network, origins: gpd.GeoDataFrame) -> pd.DataFrame:
        """Return the pairs in reach: `from_id, to_id, minutes, metres`."""
        found = times(
            network, origins, self.places, self.minutes, self.travel, supply=self.supply
        ).pairs
        kept: Any = found[found["minutes"].notna()][["from_id", "to_id", "minutes", "metres"]]
        rounded: Any = kept.assign(
            minutes=kept["minutes"].round(MINUTE_DECIMALS), metres=kept["metres"].round(1)
        )
        return rounded.reset_index(drop=True)


@dataclass(frozen=True, slots=True, eq=False)
class AccessTask:
    """Measures of access, one row an origin.

    Attributes
    ----------
    streets, places, question
        As in `sandbox.analysis.access.measures.access`.
    """

    streets: StreetFile
    places: gpd.GeoDataFrame
    question: AccessQuestion

    def __post_init__(self) -> None:
        """Refuse what needs all homes at once.

        Raises
        ------
        AnalysisError
            A floating catchment is asked for: what is left of a place depends on every home.
        """
        floating = [one for one in self.question.measures if one in ("2sfca", "e2sfca")]
        if floating:
            raise AnalysisError(
                "{measures} can't be calculated a chunk at a time: what a place has left "
                "depends on every home.",
                "Choose other measures, or omit --into.",
                measures=", ".join(floating),
            )

    @property
    def name(self) -> str:
        """Return which question it is."""
        return "access"

    @property
    def chunk(self) -> int:
        """Return how many origins are asked at once."""
        return _ORIGINS

    def parts(self) -> dict[str, str]:
        """Return hashes of streets, places and the question."""
        return {
            "streets": self.streets.fingerprint(),
            "places": fingerprint(self.places),
            "question": said(self.question),
        }

    def work(self, network: Network, origins: gpd.GeoDataFrame) -> pd.DataFrame:
        """Return the homes with their measures."""
        found = access(network, origins, self.places, self.question).homes
        return found.drop(columns=["gates"], errors="ignore")


@dataclass(frozen=True, slots=True, eq=False)
class AuditTask:
    """An audit by a standard, one row a home: which rules it fails, and the walk for each.

    Attributes
    ----------
    streets, facilities, question, units
        As in `sandbox.analysis.circles.audit.audit`.
    """

    streets: StreetFile
    facilities: gpd.GeoDataFrame
    question: AuditQuestion
    units: gpd.GeoDataFrame | None = None

    @property
    def name(self) -> str:
        """Return which question it is."""
        return "audit"

    @property
    def chunk(self) -> int:
        """Return how many homes are asked at once: each chunk searches from all facilities."""
        return 5 * _ORIGINS

    def parts(self) -> dict[str, str]:
        """Return hashes of streets, facilities, units and the question."""
        return {
            "streets": self.streets.fingerprint(),
            "facilities": fingerprint(self.facilities),
            "units": "" if self.units is None else fingerprint(self.units),
            "question": said(self.question),
        }

    def work(self, network: Network, origins: gpd.GeoDataFrame) -> pd.DataFrame:
        """Return the homes with the rules they fail and their walks."""
        return homes_table(audit(network, origins, self.facilities, self.question, self.units))


def fingerprint(table: gpd.GeoDataFrame) -> str:
    """Return a hash of a table: of its shapes to the last bit, and of all its columns."""
    held = hashlib.sha256()
    for name in table.columns:
        held.update(str(name).encode())
        column = table[name]
        if name in (table.geometry.name, "gates"):
            shapes: Any = np.asarray(column.to_numpy(), dtype=object)
            for one in shapely.to_wkb(shapes, include_srid=False).tolist():
                held.update(one or b"-")
            continue
        held.update(hash_pandas_object(column.astype(str), index=False).to_numpy().tobytes())
    return held.hexdigest()


def said(question: Any) -> str:
    """Return a hash of a question's values."""
    with np.printoptions(threshold=sys.maxsize, floatmode="unique"):
        return hashlib.sha256(repr(question).encode()).hexdigest()


# What the parts of a fingerprint are called where one of them is another.
PARTS: Final = {
    "streets": Text("streets"),
    "places": Text("places"),
    "facilities": Text("facilities"),
    "units": Text("units"),
    "question": Text("question"),
    "origins": Text("origins"),
    "chunk": Text("chunk"),
    "version": Text("version of the program"),
    "task": Text("kind of question"),
}
