"""Where a file lies: what it states, what the user says, else a ranked list to choose from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import shapely

from sandbox.errors import LayerError
from sandbox.formats.features import Read, Shapes
from sandbox.formats.known import Known, Match, match
from sandbox.geo.candidates import NEAR_KM, Candidate, candidates, zone_hint
from sandbox.geo.crs import WGS84
from sandbox.geo.shifted import in_china
from sandbox.geo.systems import BD09, GCJ02, System, located, system_named
from sandbox.words import Text

ChosenBy = Literal["user", "file", "format", "numbers"]
_MOST: Final = 0.5
_SHOWN: Final = 4
# Numbers of a drawing in metres from its own corner pass as degrees; what planners draw is smaller.
_LARGEST_DEGREES: Final = 10.0
_NAMES_MATTER: Final = 3  # fewer aren't looked for among places that are known


class PlacingError(LayerError):
    """A file doesn't say where it lies, or says it wrongly: one of the candidates is to be chosen.

    Attributes
    ----------
    candidates
        The likeliest first.
    """

    def __init__(self, message: str, hint: str, found: Sequence[Candidate], **values: Any) -> None:
        faults = [_said(number, one) for number, one in enumerate(found[:_SHOWN], 1)]
        super().__init__(message, hint, faults=faults, **values)
        self.candidates = tuple(found)


@dataclass(frozen=True, slots=True, eq=False)
class Located:
    """A layer's shapes in WGS 84, and how it is known where they lie.

    Attributes
    ----------
    shapes
        A shape a row in WGS 84; None where there is none, or where it lies far outside the
        system's region.
    system
        The system that the file's numbers are in.
    chosen_by
        Whether the user said it, the file states it, its format or the names of its columns do,
        or only one system fits its numbers and the ground that they would cover is no larger
        than what planners draw.
    faults
        What is wrong with the place of a row.
    notes
        What was decided.
    """

    shapes: Shapes
    system: System
    chosen_by: ChosenBy
    faults: dict[int, Text]
    notes: tuple[Text, ...]


def locate(read: Read, crs: str | None, known: Known, names: Sequence[Any] = ()) -> Located:
    """Return a layer in WGS 84.

    Parameters
    ----------
    read
        The layer as it stands in its file.
    crs
        The system that the user says; None for what the file states.
    known
        What is known of the ground.
    names
        What each row is called, to recognise shifted coordinates by.

    Raises
    ------
    PlacingError
        The file states no system, or one in which its numbers lie elsewhere, or it lies better
        on what is known in another; the candidates are ranked.
    LayerError
        What the user says is no system.
    """
    xy, _row = shapely.get_coordinates(read.shapes, return_index=True)
    finite = np.isfinite(xy).all(axis=1)
    stated = None if read.crs is None else _system(read.crs)
    if crs is not None:
        return _as_said(read, crs, known, xy[finite])
    if not finite.any():
        # The caller reports that no row has a position.
        return _placed(read, stated or System(WGS84), "file", [])
    found = candidates(xy[finite], known.near, stated)
    if stated is None:
        if len(found) == 1 and _is_local(xy[finite], found[0].system):
            note = Text("Only {system} fits the numbers.", {"system": str(found[0].system)})
            return _placed(read, found[0].system, "numbers", [note])
        raise _unstated(read, _ranked(read, names, found, known)[0], xy[finite])
    first = found[0] if found and _is(found[0].system, stated) else None
    if first is None:
        raise _elsewhere(read, stated, found, xy[finite])
    ranked, best = _ranked(read, names, found, known)
    if best is not None and not _is(best.system, first.system):
        raise PlacingError(
            "{path} states {crs}, but fits known places better in another system",
            "Choose one with --crs, for example: --crs {choice}",
            ranked,
            path=read.path,
            crs=stated.name,
            choice=str(best.system),
        )
    notes: list[Text] = []
    if first.system.swapped:
        notes.append(_SWAPPED)
    if (
        read.by_convention
        and read.sources
        and stated.code not in (GCJ02, BD09)
        and best is None
        and in_china(np.array(first.middle_lonlat))
    ):
        notes.append(_NO_DATUM)
    if known.near is not None and first.away_km > NEAR_KM:
        others = ", ".join(str(one.system) for one in found[1:3]) or "–"
        values = {"km": f"{first.away_km:,.0f}", "others": others}
        notes.append(
            Text("It lies {km} km from the area of the map; other systems: {others}.", values)
        )
    return _placed(read, first.system, "format" if read.by_convention else "file", notes)


def locate_near(
    read: Read, crs: str | None, known: Callable[[], Known], names: Sequence[Any] = ()
) -> Located:
    """Return a layer in WGS 84 as `locate` does, asking what is known only where that matters.

    It does where the file states no system or one that doesn't fit, and where so many rows have
    names that shifted ones would be recognised by them. Raises as `locate`.
    """
    if crs is None and (read.crs is None or len(set(names)) >= _NAMES_MATTER):
        return locate(read, crs, known(), names)
    try:
        return locate(read, crs, Known(), names)
    except PlacingError:
        # The candidates are ranked by the area of the map.
        return locate(read, crs, known(), names)


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """Where a layer may lie.

    Attributes
    ----------
    candidates
        The likeliest first; where nothing is asked, the first is the one it is read in.
    question
        Why one of them has to be chosen; None where the file says it, or only one fits.
    """

    candidates: tuple[Candidate, ...]
    question: PlacingError | None


def choices(read: Read, known: Known, names: Sequence[Any] = ()) -> Choices:
    """Return where a layer may lie, and whether a user has to choose; see `locate`."""
    try:
        placed = locate(read, None, known, names)
    except PlacingError as error:
        return Choices(error.candidates, error)
    xy = shapely.get_coordinates(read.shapes)
    stated = None if read.crs is None else _system(read.crs)
    found = candidates(xy[np.isfinite(xy).all(axis=1)], known.near, stated)
    first = [one for one in found if one.system == placed.system]
    return Choices((*first, *(one for one in found if one.system != placed.system)), None)


def _system(crs: str) -> System:
    return system_named(crs) or System(crs)


def _is(one: System, other: System) -> bool:
    return one.code == other.code or bool(one.epsg and one.epsg == other.epsg)


def _is_local(xy: Any, system: System) -> bool:
    """Return whether numbers without a system are credibly near each other in this one."""
    lonlat, inside = located(xy, system)
    return bool((np.ptp(lonlat[inside], axis=0) <= _LARGEST_DEGREES).all())


def _as_said(read: Read, crs: str, known: Known, xy: Any) -> Located:
    system = system_named(crs)
    if system is None:
        raise LayerError(
            "“{crs}” is not a coordinate system.",
            "Give it in the form EPSG:4544, or gcj02 or bd09.",
            crs=crs,
        )
    notes: list[Text] = []
    if len(xy) and located(xy, system)[1].mean() <= _MOST:
        turned = System(system.code, not system.swapped)
        if located(xy, turned)[1].mean() <= _MOST:
            raise _elsewhere(read, system, candidates(xy, known.near), xy)
        system = turned
        notes.append(_SWAPPED)
    return _placed(read, system, "user", notes)


def _ranked(
    read: Read, names: Sequence[Any], found: list[Candidate], known: Known
) -> tuple[list[Candidate], Match | None]:
    """Return candidates with that first which lies on what is known, and the match if any."""
    best = match(read.shapes, names, [one.system for one in found], known)
    if best is None:
        return found, None
    first = [one.because(best.reason) for one in found if one.system == best.system]
    return [*first, *(one for one in found if one.system != best.system)], best


def _placed(read: Read, system: System, chosen_by: ChosenBy, notes: list[Text]) -> Located:
    shapes = read.shapes.copy()
    xy, row = shapely.get_coordinates(shapes, return_index=True)
    faults: dict[int, Text] = {}
    lonlat, inside = located(xy, system)
    inside &= np.isfinite(xy).all(axis=1)
    held = np.flatnonzero(shapely.get_num_coordinates(shapes) > 0)
    shapes[held] = shapely.set_coordinates(shapes[held], np.where(inside[:, None], lonlat, 0.0))
    off = np.unique(row[~inside]).tolist()
    for one in off:
        shapes[one] = None
        faults[one] = Text("it lies far outside the region of {crs}", {"crs": system.name})
    if system.inexact_m:
        values = {"crs": system.name, "metres": f"{system.inexact_m:.0f}"}
        notes.append(
            Text(
                "{crs} is an older datum: positions may be off by some {metres} m. For exact ones, "
                "have the coordinates converted to CGCS2000 by the surveying office.",
                values,
            )
        )
    if system.code in (GCJ02, BD09):
        notes.append(Text("Positions were shifted from {crs} to WGS 84.", {"crs": system.name}))
    return Located(shapes, system, chosen_by, faults, tuple(notes))


def _said(number: int, one: Candidate) -> Text:
    lon, lat = one.middle_lonlat
    return Text(
        "{number}. {code} ({name}): {reasons}, around {lon}, {lat}",
        {
            "number": number,
            "code": str(one.system),
            "name": one.system.name,
            "reasons": joined(one.reasons),
            "lon": f"{lon:.4f}",
            "lat": f"{lat:.4f}",
        },
    )


def joined(texts: Sequence[Text]) -> Text:
    """Return several texts as one, with commas between."""
    whole = texts[0]
    for one in texts[1:]:
        whole = Text("{first}, {then}", {"first": whole, "then": one})
    return whole


def _unstated(read: Read, found: list[Candidate], xy: Any) -> LayerError:
    if not found:
        x, y = _middle(xy)
        return PlacingError(
            "{path} doesn't state its coordinate system, and its numbers fit none that is known: "
            "x is about {x}, y about {y}.",
            "Give it with --crs: a code as EPSG:4544, or gcj02 or bd09.",
            [],
            path=read.path,
            x=x,
            y=y,
        )
    return PlacingError(
        "{path} doesn't state its coordinate system; the likeliest are",
        "Choose one with --crs, for example: --crs {choice}",
        found,
        path=read.path,
        choice=str(found[0].system),
    )


def _elsewhere(read: Read, stated: System, found: list[Candidate], xy: Any) -> LayerError:
    x, y = _middle(xy)
    plain = zone_hint(xy, stated)
    if plain is not None:
        near = [one for one in found if one.system == plain]
        found = [*near, *(one for one in found if one.system != plain)]
    values: dict[str, Any] = {"path": read.path, "crs": stated.name, "x": x, "y": y}
    if not found:
        return PlacingError(
            "{path} lies outside the region of {crs}: x is about {x}, y about {y}.",
            "Give its coordinate system with --crs: a code as EPSG:4544, or gcj02 or bd09.",
            [],
            **values,
        )
    return PlacingError(
        "{path} lies outside the region of {crs}: x is about {x}, y about {y}; the likeliest are",
        "Choose one with --crs, for example: --crs {choice}",
        found,
        choice=str(found[0].system),
        **values,
    )


def _middle(xy: Any) -> tuple[str, str]:
    x, y = np.median(xy, axis=0) if len(xy) else (0.0, 0.0)
    return f"{x:,.10g}", f"{y:,.10g}"


_SWAPPED: Final = Text("Northings come before eastings; they were swapped.")
_NO_DATUM: Final = Text(
    "Longitudes and latitudes are read as WGS 84; if they come from Amap, Tencent or Baidu, "
    "import them (sandbox layers import) with --crs gcj02 or --crs bd09."
)
