"""One module a kind of question, and their tables: each is one name in every room."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, Final, TypeVar

T = TypeVar("T")

# In the order in which dock, legend and list of layers show them. Each room has a module of this
# name: `analysis`, `app.answers`, `draw.answers`, `ui.answers`, `export.page.analyses`, `cli`,
# `api`.
NAMES: Final = ("circles", "nearest", "audit", "hidden", "siting", "access", "housing")
# What shows the reach question's answer in place of its bands, and what is asked beside it.
IN_PLACE_OF_REACH: Final = ("compare", "departures")
OF_REACH: Final = ("reach", *IN_PLACE_OF_REACH)
KINDS: Final = ("reach", "compare", "journey", "departures", "edits")


def parts(room: str, kind: type[T], names: Sequence[str] = NAMES) -> Mapping[str, T]:
    """Return what a room has of each analysis, or of other kinds of questions, by its name.

    Parameters
    ----------
    room
        Package with a module of each name, as ``sandbox.draw.answers``.
    kind
        What each of the modules holds under the class's name in capitals.
    names
        Of which kinds of questions.
    """
    return {name: _part(import_module(f"{room}.{name}"), kind) for name in names}


def _part(module: Any, kind: type[T]) -> T:
    found = getattr(module, kind.__name__.upper())
    if not isinstance(found, kind):
        raise TypeError(f"{module.__name__}: {kind.__name__.upper()} is no {kind.__name__}")
    return found
