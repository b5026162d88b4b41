"""One module a kind of question, and the table of analyses: each is one name in every room."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final, TypeVar

T = TypeVar("T")

# In the order in which dock, legend and list of layers show them. Each room has a module of this
# name: `analysis`, `app.answers`, `draw.answers`, `ui.answers`, `export.page.analyses`, `cli`,
# `api`.
NAMES: Final = ("circles", "nearest", "audit", "hidden", "siting", "access", "housing")


def parts(room: str, kind: type[T]) -> Mapping[str, T]:
    """Return what a room has of each analysis, by its name.

    Parameters
    ----------
    room
        Package with a module of each analysis's name, as ``sandbox.draw.answers``.
    kind
        What each of the modules holds under the class's name in capitals.
    """
    return {name: _part(import_module(f"{room}.{name}"), kind) for name in NAMES}


def _part(module: Any, kind: type[T]) -> T:
    found = getattr(module, kind.__name__.upper())
    if not isinstance(found, kind):
        raise TypeError(f"{module.__name__}: {kind.__name__.upper()} is no {kind.__name__}")
    return found
