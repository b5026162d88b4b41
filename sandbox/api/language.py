"""The language in which tables say reasons, notes and problems."""

from contextvars import ContextVar
from typing import Final, Literal

from sandbox.errors import AnalysisError, SandboxError
from sandbox.words import LANGUAGES, Text, words_of

_SPOKEN: Final = ContextVar("language", default="en")


def language(name: Literal["en", "zh"]) -> None:
    """Have tables say reasons, notes and problems in a language from now on; first in English.

    Each thread and task has its own. Errors that are raised carry their words in both:
    ``str(error)`` is English.

    Parameters
    ----------
    name
        ``"en"`` or ``"zh"``.

    Examples
    --------
    >>> from sandbox import open_network, reach_counts
    >>> language("zh")
    >>> reach_counts(open_network(), [(106.305, 29.612), None], "labs", 15)["reason"].tolist()
    [None, '该地点没有位置。请给出其经度与纬度。']
    >>> language("en")
    """
    if name not in LANGUAGES:
        raise AnalysisError(
            "{value} is not a language of the program.",
            "Give {known}.",
            value=repr(name),
            known=", ".join(LANGUAGES),
        )
    _SPOKEN.set(name)


def said(what: SandboxError | Text) -> str:
    """Return an error or a text in the language that tables speak."""
    return what.said(words_of(_SPOKEN.get()))
