"""The licences of what the program is installed with, as the packages state them."""

from collections.abc import Iterator
from importlib import metadata
from typing import Any, Final

from packaging.requirements import Requirement

_CLASSIFIER: Final = "License :: "
# A licence field longer than this holds the licence's text, not its name.
_NAME_CHARACTERS: Final = 80


def closure(distribution: str) -> dict[str, metadata.Distribution | None]:
    """Return what a distribution needs here, directly or not, by name; None if it is missing."""
    found: dict[str, metadata.Distribution | None] = {}
    waiting = list(requirements(metadata.distribution(distribution)))
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        try:
            needed = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            found[name] = None
        else:
            found[name] = needed
            waiting.extend(requirements(needed))
    return dict(sorted(found.items()))


def requirements(distribution: metadata.Distribution) -> Iterator[str]:
    """Yield the names that a distribution requires on this machine, without its extras."""
    for line in distribution.requires or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield requirement.name.lower().replace("_", "-")


def licence(distribution: metadata.Distribution) -> str:
    """Return the licence that a package names: expression, classifiers, else its field."""
    told: Any = distribution.metadata
    expression = told.get("License-Expression")
    if expression:
        return str(expression)
    classified = [
        line.removeprefix(_CLASSIFIER).removeprefix("OSI Approved :: ")
        for line in told.get_all("Classifier") or ()
        if line.startswith(_CLASSIFIER) and line != f"{_CLASSIFIER}OSI Approved"
    ]
    if classified:
        return ", ".join(classified)
    field = str(told.get("License") or "").strip()
    return field.splitlines()[0][:_NAME_CHARACTERS] if field else ""
