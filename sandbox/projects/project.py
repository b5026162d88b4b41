"""A project as a value: a city's layers and streets, and what a planner made of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

from sandbox.catalog.layer import Layer
from sandbox.catalog.symbology import Symbology
from sandbox.errors import ProjectError
from sandbox.words import Bilingual, Text

# The classified levels are those of the law on state secrets; the open ones are those by which
# maps are handed out (GB/T 7156 names them from public to top secret).
Level = Literal["", "public", "internal", "confidential", "secret", "top_secret"]
LEVELS: Final[Mapping[Level, Text]] = {
    "": Text("not set"),
    "public": Text("public"),
    "internal": Text("internal"),
    "confidential": Text("confidential"),
    "secret": Text("secret"),
    "top_secret": Text("top secret"),
}
LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Approval:
    """What a map's official review says, as it must stand on the map.

    Attributes
    ----------
    number
        Its number (审图号).
    compiler
        Who compiled the map.
    date
        When it was approved, ISO.
    base_map
        Source of the base map.
    level
        Level of secrecy; empty where nobody set one.
    content
        What the map held when it was approved (`sandbox.app.project.approving`); empty where
        that isn't known.
    """

    number: str = ""
    compiler: str = ""
    date: str = ""
    base_map: str = ""
    level: Level = ""
    content: str = ""


NOT_APPROVED: Final = Approval()


def faults_of(approval: Approval) -> tuple[Text, ...]:
    """Return what is wrong with an approval."""
    faults = [
        Text("{name} is longer than {most} characters", {"name": one.name, "most": LONGEST})
        for one in fields(approval)
        if len(getattr(approval, one.name)) > LONGEST
    ]
    if approval.date and not _is_day(approval.date):
        faults.append(Text("{day} is not a date as 2026-11-30", {"day": approval.date}))
    if approval.level not in LEVELS:
        faults.append(Text("there is no level {level}", {"level": approval.level}))
    return tuple(faults)


def check_public(approval: Approval) -> None:
    """Refuse to show a map to the public whose level isn't public; without one it is marked.

    Raises
    ------
    ProjectError
        Its level is set, and isn't public.
    """
    if approval.level not in ("", "public"):
        raise ProjectError(
            "The secrecy level of the project is {level}, so kiosks and web pages don't show it.",
            "Use a project whose level is public or not set.",
            level=LEVELS[approval.level],
        )


def _is_day(said: str) -> bool:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", said) is None:
        return False
    try:
        date.fromisoformat(said)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Streets:
    """Where a project's streets are.

    Attributes
    ----------
    kind
        ``shipped``: those of the program; ``held``: in the project itself; ``linked``: a file
        beside it.
    path
        Of a file that is linked, from the project's folder, with ``/`` between its parts.
    sha256
        Of the network file that is held or linked.
    """

    kind: Literal["shipped", "held", "linked"] = "shipped"
    path: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Project:
    """All that a project holds.

    Attributes
    ----------
    title
        Of the city or the study.
    layers
        By id, lowest in the stack first.
    network_file
        The network file that is open; None for the streets that come with the program.
    document
        The map's document as JSON holds it (`sandbox.app.document_json`); None where nothing
        was asked yet.
    symbologies
        The looks that a user chose for layers, by their ids: what QGIS is told of them. A file
        that was read has them in its document only.
    scenes
        Exhibition scenes by id, each the text of its TOML file.
    views
        Saved views by name, as JSON holds them.
    approval
        What the official review says.
    provenance
        Where layers and results come from by their ids, and the whole city without one, as JSON
        holds it.
    """

    title: Bilingual
    layers: Mapping[str, Layer]
    network_file: Path | None = None
    document: Mapping[str, Any] | None = None
    symbologies: Mapping[str, Symbology] = field(default_factory=dict[str, Symbology])
    scenes: Mapping[str, str] = field(default_factory=dict[str, str])
    views: Mapping[str, Any] = field(default_factory=dict[str, Any])
    approval: Approval = NOT_APPROVED
    provenance: Mapping[str, Mapping[str, Any]] = field(
        default_factory=dict[str, Mapping[str, Any]]
    )
