"""Every deliberate error of the program; anything else that is raised is a bug.

Where a value is wrong, the error is a `ValueError` too, and where a file isn't there a
`FileNotFoundError`: who asks from Python may catch what Python has. Code that catches `ValueError`
round other code lets errors of these kinds pass first.

An error carries its words as English templates with their values apart, so the
edge that shows it (command line, message bar) can say them in the user's language.
"""

import re
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any, Final

from sandbox import files, paths
from sandbox.words import Text, Words

_ENGLISH: Final = Words("en", {})
# A command of the program in a text, as in "run: sandbox layers check".
# The address of a database as a path holds it, with one slash; a password has no place in errors.
_ADDRESS: Final = re.compile(r"^postgres(?:ql)?:/+(?:([^:/@]*)(?::.*)?@)?", re.IGNORECASE)
_SECRET: Final = re.compile(r"(?<=[?&]password=)[^&]*", re.IGNORECASE)
_COMMAND: Final = re.compile(r"(?<![\w/.-])sandbox(?= [a-z])")


class SandboxError(Exception):
    """Something the user can mend: what happened, with which value, and what to do next.

    Parameters
    ----------
    message
        English template of what happened, with ``{name}`` places for the values.
    hint
        English template of what to do next; it may use the same values.
    faults
        All single faults found in one input, where there are several.
    **values
        What fills the templates.
    """

    def __init__(
        self, message: str, hint: str = "", *, faults: Iterable[Text] = (), **values: Any
    ) -> None:
        values = {name: shown(value) for name, value in values.items()}
        self.message = Text(message, values)
        self.hint = Text(hint, values)
        self.faults = tuple(faults)
        super().__init__(str(self.message))

    def __str__(self) -> str:
        """Return the whole error in English, as one line: faults and hint too."""
        return self.said(_ENGLISH)

    def said(self, words: Words) -> str:
        """Return the whole error in the language of `words`, as one line."""
        said = self.message.said(words)
        if self.faults:
            colon, comma, stop = "：；。" if words.language == "zh" else (": ", "; ", ".")
            said += colon + comma.join(fault.said(words) for fault in self.faults) + stop
        hint = self.next_step(words)
        gap = "" if said.endswith("。") else " "
        return said + gap + hint if hint else said

    def next_step(self, words: Words) -> str:
        """Return what to do next; a command is named as it is typed where the program stands."""
        return _COMMAND.sub(lambda _: paths.command(), self.hint.said(words))


def shown(value: Any) -> Any:
    """Return a value as errors and reports show it: the address of a database without a password.

    Addresses stand where files do, so they come as paths or texts.
    """
    if not isinstance(value, str | PurePath):
        return value
    text = value if isinstance(value, str) else value.as_posix()
    begun = _ADDRESS.match(text)
    if begun is None:
        return value
    user = f"{begun[1]}@" if begun[1] else ""
    return f"postgresql://{user}{_SECRET.sub('…', text[begun.end() :])}"


class LayerError(SandboxError, ValueError):
    """A layer folder or a planner's file can't be read as a layer."""


class NetworkError(SandboxError, ValueError):
    """A street network can't be built, opened or asked."""


class TransitError(SandboxError, ValueError):
    """A timetable, a line or a scenario can't be read or doesn't hold together."""


class AnalysisError(SandboxError, ValueError):
    """A question can't be answered as it was put."""


class ProjectError(SandboxError):
    """Settings or a project can't be read or written."""


class ExportError(SandboxError):
    """A map, table or page can't be written."""


class ControlError(SandboxError):
    """The show in the hall can't do what it was told."""


class MissingNetworkError(NetworkError, FileNotFoundError):
    """A file of streets or of their edits isn't there."""


class MissingTransitError(TransitError, FileNotFoundError):
    """A timetable or a scenario isn't there."""


class MissingPlacesError(AnalysisError, FileNotFoundError):
    """A file of places isn't there."""


_MISSING: Final[dict[type[SandboxError], type[SandboxError]]] = {
    NetworkError: MissingNetworkError,
    TransitError: MissingTransitError,
    AnalysisError: MissingPlacesError,
}


@contextmanager
def missing_files() -> Generator[None]:
    """Raise errors about a file that isn't there as `FileNotFoundError` too, in the same words."""
    try:
        yield
    except SandboxError as error:
        kind, cause = _MISSING.get(type(error)), error.__cause__
        missing = isinstance(cause, FileNotFoundError)
        if kind is None or not (missing or (isinstance(cause, files.Unreadable) and cause.missing)):
            raise
        message, hint = error.message, error.hint
        values = {**message.values, **hint.values}
        raise kind(message.template, hint.template, faults=error.faults, **values) from cause
