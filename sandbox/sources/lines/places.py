"""Where lines of planners lie: found out as for every other file of theirs."""

from collections.abc import Callable
from typing import Final

from sandbox.errors import LayerError, NetworkError
from sandbox.formats.features import Read, Shapes
from sandbox.formats.known import Known
from sandbox.formats.where import Located, PlacingError, locate_near
from sandbox.words import Text

_ROWS_SAID: Final = 12


def placed(part: Read, crs: str | None, known: Callable[[], Known]) -> tuple[Shapes, list[Text]]:
    """Return shapes in WGS 84, None for rows that lie far off, and what was found out.

    Parameters
    ----------
    part
        The lines as they stand in their file.
    crs
        Their system, where the file states none or a wrong one.
    known
        Gives what is known of the ground; called only where the file states no system that fits.

    Raises
    ------
    NetworkError
        Nobody knows where they lie, or what is said is no system.
    """
    try:
        found = locate_near(part, crs, known)
    except PlacingError as error:
        raise NetworkError(
            error.message.template,
            error.hint.template,
            faults=error.faults,
            **{**error.message.values, **error.hint.values},
        ) from error
    except LayerError as error:
        message, hint = error.message, error.hint
        values = {**message.values, **hint.values}
        raise NetworkError(message.template, hint.template, **values) from error
    return found.shapes, [*found.notes, *_strays(found)]


def _strays(found: Located) -> list[Text]:
    if not found.faults:
        return []
    rows = [row + 1 for row in sorted(found.faults)]
    told = ", ".join(map(str, rows[:_ROWS_SAID])) + (" …" if len(rows) > _ROWS_SAID else "")
    values = {"count": f"{len(rows):,}", "crs": found.system.name, "rows": told}
    return [Text("Skipped {count} lines far outside the region of {crs}: rows {rows}.", values)]
