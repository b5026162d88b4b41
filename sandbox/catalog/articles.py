"""The five articles that the shipped layers stand on, and the table of what each of them says.

Data cites an article by its code, `S0` to `S4`. People read the report and its month.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sandbox import paths

_FOLDER: Final = "articles"
_CODE: Final = re.compile(r"\bS[0-4],? ")


def readable(source: str) -> str:
    """Return a source as people read it: without the codes that only the data needs."""
    return _CODE.sub("", source)


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
    with (root / _FOLDER / "facts.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Fact(**row) for row in csv.DictReader(file))
