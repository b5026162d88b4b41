"""What answers have in common: ids, reasons, what they rest on, and the old names of keywords."""

from collections.abc import Callable, Collection, Sequence
from difflib import get_close_matches
from functools import wraps
from inspect import Parameter, signature
from typing import Any, Final, ParamSpec, TypeVar, get_args, get_type_hints

import numpy as np
import numpy.typing as npt
import pandas as pd

from sandbox.api.language import said
from sandbox.api.places import Given
from sandbox.errors import AnalysisError

_MINUTES: Final = (5.0, 10.0, 15.0)

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def left_out(given: Given) -> dict[str, str]:
    """Return the places that can't be used, by id, with the reason."""
    return {str(given.ids[number]): said(error) for number, error in given.faults.items()}


def reasons(values: Sequence[str | None]) -> pd.Series:
    """Return reasons as a column: None where there is none, whatever stands beside it."""
    return pd.Series(list(values), dtype=object)


def renamed(**old: str) -> Callable[[Callable[Asked, Answer]], Callable[Asked, Answer]]:
    """Let a function be called by the keywords that it had before: old name to new."""

    def wrap(function: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
        @wraps(function)
        def ask(*args: Asked.args, **named: Asked.kwargs) -> Answer:
            told: Any = {old.get(name, name): value for name, value in named.items()}
            return function(*args, **told)  # pyright: ignore[reportCallIssue]

        return ask

    return wrap


class UnknownKeywordError(AnalysisError, TypeError):
    """A call has a keyword that nothing takes; it names the nearest."""

    def __init__(self, unknown: Sequence[str], known: Collection[str]) -> None:
        near = get_close_matches(unknown[0], known, n=1, cutoff=0.6)
        super().__init__(
            "No keyword is called {names}.",
            "Did you mean {near}?" if near else "Available keywords: {known}.",
            names=", ".join(unknown),
            near="".join(near),
            known=", ".join(known),
        )


def keywords(function: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Answer a keyword that a function doesn't take with the nearest that it takes."""
    known: dict[str, None] = {}
    for name, one in signature(function).parameters.items():
        spread = one.kind is Parameter.VAR_KEYWORD
        taken = get_type_hints(get_args(one.annotation)[0]) if spread else (name,)
        known |= dict.fromkeys(taken)

    @wraps(function)
    def ask(*args: Asked.args, **named: Asked.kwargs) -> Answer:
        if unknown := [name for name in named if name not in known]:
            raise UnknownKeywordError(unknown, known)
        return function(*args, **named)

    return ask


def cutoffs_of(minutes: Any, metres: Any = None) -> list[float]:
    """Return the cutoffs that a caller gave, one or several; the usual minutes without any."""
    said = minutes if metres is None else metres
    if said is None:
        return list(_MINUTES)
    every = [said] if np.ndim(said) == 0 else list(said)
    return [figure("metres" if metres is not None else "minutes", one) for one in every]


def figure(name: str, value: Any) -> float:
    """Return a number that a caller gave.

    Raises
    ------
    AnalysisError
        It is none.
    """
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = np.nan
    if isinstance(value, str | bytes | bool) or not np.isfinite(number):
        raise AnalysisError(
            "{name} is {value}, which is not a number.",
            "Give a number.",
            name=name,
            value=repr(value)[:80],
        )
    return number


def objects(values: Sequence[Any]) -> npt.NDArray[np.object_]:
    """Return values as they are, in a column: ids of several kinds too."""
    made = np.empty(len(values), dtype=object)
    made[:] = list(values)
    try:
        whole = np.asarray(values)
    except ValueError:
        return made
    return whole if whole.dtype.kind in "iu" else made
