"""A map's document as plain JSON values, and back: what a project file stores.

Every field is written, defaults too, so that another default later doesn't change what was
saved. A field that isn't there has its default, so that documents written before the field
existed stay readable. Names of fields and classes are part of the format: a test holds a
document written once. What runs or is asked is tagged with its ``type``.
"""

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from datetime import datetime
from types import UnionType
from typing import Any, Final, Literal, Union, cast, get_args, get_origin, get_type_hints

import shapely
import shapely.errors
from shapely.geometry.base import BaseGeometry

from sandbox.analysis.isochrone import check_question
from sandbox.analysis.together import Together
from sandbox.app.analyses import ANALYSES
from sandbox.app.questions import AnalysisQuestion, ReachQuestion
from sandbox.app.state import STEEPEST_TILT_DEG, Document, View
from sandbox.edits.scenario import Change, Scenario
from sandbox.edits.street_edits import StreetEdit, faults_of
from sandbox.errors import AnalysisError, ProjectError
from sandbox.streets.travel import Ride, Travel, check_ride, check_travel
from sandbox.words import Text

FORMAT: Final = 1

_TAGS: Final[dict[type[Any], str]] = {
    **{one: re.sub(r"(?<!^)(?=[A-Z])", "_", one.__name__).lower() for one in get_args(Change)},
    **{one.question: one.id for one in ANALYSES},
}
_TAGGED: Final = {tag: kind for kind, tag in _TAGS.items()}
# Whole numbers that are larger are no floating-point numbers any more; infinity is none either.
_LARGEST: Final = sys.float_info.max
# Names that modules import for their annotations only.
_NAMES: Final = {"Scenario": Scenario, "Together": Together}


def document_values(document: Document) -> dict[str, Any]:
    """Return a document as values that JSON can hold."""
    return {"format": FORMAT, **_plain(document)}


def read_document(values: object) -> Document:
    """Return the document that `document_values` made of one.

    Raises
    ------
    ProjectError
        The values are no document, with all their faults at once, or a newer format.
    """
    made = values.get("format") if isinstance(values, dict) else None
    if isinstance(made, int) and made > FORMAT:
        raise ProjectError(
            "This map was saved by a newer version of the program.",
            "Update the program, then open it again.",
        )
    reading = _Reading()
    if isinstance(values, dict):
        rest = {key: value for key, value in values.items() if key != "format"}
        try:
            found = reading.read(Document, rest, "")
        except RecursionError:
            found = reading.fail("", Text("scenarios build on too many others"))
    else:
        found = reading.fail("", Text("named values are needed"))
    if reading.faults:
        raise ProjectError(
            "The saved map can't be read",
            "Open another file, or one that was saved earlier.",
            faults=reading.faults,
        )
    return cast(Document, found)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, BaseGeometry):
        return json.loads(shapely.to_geojson(value))
    if isinstance(value, tuple):
        return [_plain(one) for one in cast("tuple[Any, ...]", value)]
    if is_dataclass(value) and not isinstance(value, type):
        tag = {"type": _TAGS[type(value)]} if type(value) in _TAGS else {}
        return tag | {name: _plain(getattr(value, name)) for name in _types_of(type(value))}
    return value


def _types_of(kind: type[Any]) -> dict[str, Any]:
    """Return the fields that are written of a class, with their types."""
    hints = get_type_hints(kind, localns=_NAMES)
    left = set[str]()
    if issubclass(kind, ReachQuestion | AnalysisQuestion):
        left = {"edits"}  # The document's edits are those of all its questions.
    elif kind is Travel:
        left = {"speeds_file"}  # A map that came from elsewhere must not name files to read.
    return {one.name: hints[one.name] for one in fields(kind) if one.name not in left}


@dataclass
class _Reading:
    """Reads values by their types, and gathers what is wrong with them."""

    faults: list[Text] = field(default_factory=list[Text])

    def fail(self, where: str, why: Text) -> None:
        self.faults.append(Text("{name}: {why}", {"name": where, "why": why}) if where else why)

    def read(self, kind: Any, value: Any, where: str) -> Any:
        """Return a value of a type; faults name `where` it stands."""
        origin = get_origin(kind)
        if origin in (Union, UnionType):
            return self._one_of(get_args(kind), value, where)
        if origin is tuple:
            return self._tuple(get_args(kind), value, where)
        if origin is Literal:
            known = get_args(kind)
            if value not in known:
                names = ", ".join(str(one) for one in known)
                self.fail(where, Text("one of these is needed: {names}", {"names": names}))
            return value
        kind = origin or kind
        if kind is AnalysisQuestion:
            kinds = tuple(one.question for one in ANALYSES)
            return self._one_of(kinds, value, where)
        if is_dataclass(kind):
            return self._dataclass(cast("type[Any]", kind), value, where)
        return self._single(kind, value, where)

    def _one_of(self, kinds: tuple[Any, ...], value: Any, where: str) -> Any:
        """Return a value of one of several types: none, the only other one, or a tagged one."""
        if value is None and type(None) in kinds:
            return None
        others = [kind for kind in kinds if kind is not type(None)]
        if len(others) == 1 and others[0] not in _TAGS:
            return self.read(others[0], value, where)
        tag = value.get("type") if isinstance(value, dict) else None
        chosen = _TAGGED.get(tag) if isinstance(tag, str) else None
        if chosen not in others:
            names = ", ".join(_TAGS[kind] for kind in others)
            self.fail(where, Text("one of these is needed: {names}", {"names": names}))
            return None
        told = cast("Mapping[str, Any]", value)
        rest = {key: one for key, one in told.items() if key != "type"}
        return self._dataclass(cast("type[Any]", chosen), rest, where)

    def _tuple(self, kinds: tuple[Any, ...], value: Any, where: str) -> Any:
        if not isinstance(value, list):
            return self.fail(where, Text("a list is needed"))
        row = cast("list[Any]", value)
        if kinds[-1] is not Ellipsis and len(row) != len(kinds):
            return self.fail(where, Text("{count} values are needed", {"count": len(kinds)}))
        each = (kinds[0],) * len(row) if kinds[-1] is Ellipsis else kinds
        return tuple(
            self.read(kind, one, f"{where}[{i}]")
            for i, (kind, one) in enumerate(zip(each, row, strict=True))
        )

    def _dataclass(self, kind: type[Any], value: Any, where: str) -> Any:
        if not isinstance(value, dict):
            return self.fail(where, Text("named values are needed"))
        told = cast("Mapping[str, Any]", value)
        before, types = len(self.faults), _types_of(kind)
        needed = {
            one.name
            for one in fields(kind)
            if one.default is MISSING and one.default_factory is MISSING
        }
        for name in sorted((needed & set(types)) - set(told)):
            self.fail(_inside(where, name), Text("this is missing"))
        for name in sorted(set(told) - set(types)):
            self.fail(_inside(where, name), Text("nothing is known by this name"))
        found = {
            name: self.read(types[name], one, _inside(where, name))
            for name, one in told.items()
            if name in types
        }
        if len(self.faults) > before:
            return None
        made = kind(**found)
        for why in _faults_within(made):
            self.fail(where, why)
        return made

    def _single(self, kind: Any, value: Any, where: str) -> Any:
        made: Any = None
        if kind is float and isinstance(value, int | float) and not isinstance(value, bool):
            made = float(value) if abs(value) <= _LARGEST else None
        elif kind in (bool, str) or (kind is int and not isinstance(value, bool)):
            made = value if isinstance(value, kind) else None
        elif kind is datetime and isinstance(value, str):
            made = _moment(value)
        elif kind is BaseGeometry:
            made = _shape(value)
        if made is None:
            self.fail(where, _NEEDED[kind])
        return made


_NEEDED: Final[dict[Any, Text]] = {
    float: Text("a number is needed"),
    int: Text("a whole number is needed"),
    str: Text("text is needed"),
    bool: Text("true or false is needed"),
    datetime: Text("a date and time is needed"),
    BaseGeometry: Text("a geometry is needed"),
}


def _inside(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _moment(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def _shape(value: Any) -> BaseGeometry | None:
    try:
        return cast("BaseGeometry | None", shapely.from_geojson(json.dumps(value)))
    except (shapely.errors.ShapelyError, ValueError):
        return None


def _faults_within(made: Any) -> tuple[Text, ...]:
    """Return what is wrong with values that have the right types."""
    if isinstance(made, StreetEdit):
        return tuple(faults_of(made))
    if isinstance(made, Ride):
        return tuple(check_ride(made))
    if isinstance(made, Travel):
        return tuple(check_travel(made))
    if isinstance(made, View):
        lon, lat = made.center_lonlat
        inside = abs(lon) <= 180.0 and abs(lat) <= 90.0 and made.m_per_px > 0.0
        seen = 0.0 <= made.tilt_deg <= STEEPEST_TILT_DEG and 0.0 < made.exaggeration <= 20.0
        far = () if inside else (Text("a view needs degrees and a scale above zero"),)
        tilt = Text("a view is tilted by 0 to {most} degrees", {"most": round(STEEPEST_TILT_DEG)})
        return far if seen else (*far, tilt)
    if isinstance(made, ReachQuestion):
        try:
            check_question(made.minutes, made.reach_m, made.travel)
        except AnalysisError as error:
            return error.faults
    return ()
