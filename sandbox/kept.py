"""Answers kept with what they were asked of: they go when it goes."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar


class Owner(Protocol):
    """What answers are kept with, as `Network`.

    Attributes
    ----------
    kept
        Answers by function, and of each by what was asked, the latest last.
    """

    @property
    def kept(self) -> dict[str, dict[Any, Any]]:
        """Return the answers."""
        ...


Owned = TypeVar("Owned", bound=Owner)
Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def keep(
    most: int,
) -> Callable[
    [Callable[Concatenate[Owned, Asked], Answer]], Callable[Concatenate[Owned, Asked], Answer]
]:
    """Keep the last answers of a function with its first argument, `most` of each owner.

    A cache beside the function would hold an owner that nobody uses any more, and all of its
    arrays. Threads that ask at once may each find the answer; one of them is kept.
    """

    def wrap(
        function: Callable[Concatenate[Owned, Asked], Answer],
    ) -> Callable[Concatenate[Owned, Asked], Answer]:
        name = _name(function)

        @wraps(function)
        def ask(owner: Owned, /, *asked: Asked.args, **named: Asked.kwargs) -> Answer:
            answers = owner.kept.setdefault(name, {})
            key = (asked, tuple(sorted(named.items())))
            if key in answers:
                found = answers.pop(key, None)
                if found is not None:
                    answers[key] = found
                    return found
            made = answers[key] = function(owner, *asked, **named)
            for old in list(answers)[:-most]:
                answers.pop(old, None)
            return made

        return ask

    return wrap


def hand_on(function: Callable[..., Any], old: Owner, new: Owner) -> None:
    """Keep with a new owner what a function answered of an old one, where it holds for both."""
    answers = old.kept.get(_name(function))
    if answers:
        new.kept[_name(function)] = dict(answers)


def _name(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"
