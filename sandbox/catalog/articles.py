"""The five articles that the shipped layers stand on, and the table of what each of them says.

Data cites an article by its code, `S0` to `S4`. People read the report and its month.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sandbox import paths
from sandbox.catalog.layer import Layer
from sandbox.kept import keep
from sandbox.words import Text, Words

_FOLDER: Final = "articles"
_CODE: Final = re.compile(r"\bS[0-4],? ")
# How data says of a source, in both languages, that nobody has looked it up.
_NOT_VERIFIED: Final = re.compile(r"（未核实）|\(not verified\)")
# Of S1 to S3: `articles.toml` says what their years are inferred from.
_INFERRED: Final = re.compile(r"\bS[1-3],? ")
# What maps, pages and the hall say once, so that no source has to say it each time.
YEARS_INFERRED: Final = Text("years of the reports inferred from their texts")


def readable(source: str) -> str:
    """Return a source as people read it: without the codes of the data."""
    said = _CODE.sub("", source)
    # What follows a code begins the text now. Any other beginning may be a name or an address.
    return said[:1].upper() + said[1:] if _CODE.match(source) else said


def brief_source(source: str, say: Words) -> str:
    """Return the first part of a source, the article; what follows says where the position is from.

    What nobody has verified is told all the same.
    """
    first = re.split("[;；]", source)[0]
    if _NOT_VERIFIED.search(source) and not _NOT_VERIFIED.search(first):
        return say("{source} (not all verified)", source=first)
    return first


@keep(1)
def years_inferred(layer: Layer) -> bool:
    """Return whether a layer cites an article whose year isn't printed but inferred."""
    told = layer.table if layer.features is None else layer.features
    if told is None or "source" not in told.columns:
        return False
    # Asked while the map is painted: a layer of thousands cites a handful of sources.
    return any(_INFERRED.search(str(one)) for one in set(told["source"]))


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of an article, and where the map tells it.

    Attributes
    ----------
    article
        Code of the article.
    fact
        The fact in a few words.
    where
        ``layer/id`` of a feature or an indicator, ``scenes/id`` of a scene; empty where the
        map doesn't tell it.
    says
        What the text there has to say, word for word; empty where naming it is enough.
    remark
        Why it isn't told, or how it differs from other articles.
    """

    article: str
    fact: str
    where: str
    says: str
    remark: str


def load_facts(folder: Path | None = None) -> tuple[Fact, ...]:
    """Read the table of facts of the shipped layers, or of another layers folder."""
    root = paths.layers() if folder is None else folder
    with (root / _FOLDER / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        return tuple(Fact(**row) for row in csv.DictReader(file))
