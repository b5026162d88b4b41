"""Scenario files: TOML read into scenarios."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import shapely

from sandbox import files, paths
from sandbox.catalog import scenario_file as said
from sandbox.catalog.layer import Layer
from sandbox.edits import scenario as values
from sandbox.edits.line_edits import STOPS_AT_MOST, apply
from sandbox.edits.scenario import Corridor, Edit, Scenario
from sandbox.errors import TransitError
from sandbox.geo import crs as geo
from sandbox.kept import keep
from sandbox.transit.lines import Line, LineStop, LonLat, Period, StreetLink
from sandbox.words import Bilingual, Text

# In the order in which they are offered.
SHIPPED: Final = ("today", "today_assumed_buses", "metro7", "metro_7_15_17_27", "jinfeng_hub")
_AT_MOST_BYTES: Final = 4 << 20
_DEEP_AT_MOST: Final = 8
_REFERENCE: Final = re.compile(r"\"([a-z0-9_]+)/[^\"\s/]+\"")


def folder() -> Path:
    """Return the folder of the shipped scenarios."""
    return paths.layers() / "scenarios"


def shipped(layers: Mapping[str, Layer]) -> dict[str, Scenario]:
    """Return the shipped scenarios by id, in their order.

    Those whose features stand in layers that aren't there are left out.

    Raises
    ------
    TransitError
        With all faults of a file at once.
    """
    return {name: read(name, layers) for name in SHIPPED if _layers_of(name) <= set(layers)}


@cache
def _layers_of(name: str) -> frozenset[str]:
    """Return the layers that a shipped scenario and its bases take features from."""
    text = files.read_text(folder() / f"{name}.toml", _AT_MOST_BYTES)
    # Comments name features too.
    told = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    found = frozenset(_REFERENCE.findall(told))
    base = files.parse_toml(text).get("base")
    return found | _layers_of(base) if base in SHIPPED else found


def read(name: str | Path, layers: Mapping[str, Layer]) -> Scenario:
    """Return the scenario of a file, or the shipped one of an id.

    Raises
    ------
    TransitError
        There is no such scenario, or with all faults of its file at once.
    """
    if str(name) in SHIPPED:
        file = folder() / f"{name}.toml"
    else:
        file = Path(name)
        if not file.suffix:
            raise TransitError(
                "There is no scenario named {name}.",
                "Scenarios: {known}; or give a file that ends in .toml.",
                name=name,
                known=", ".join(SHIPPED),
            )
    return _read(file, layers, ())


def _read(file: Path, layers: Mapping[str, Layer], above: tuple[Path, ...]) -> Scenario:
    try:
        text = files.read_text(file, _AT_MOST_BYTES)
    except files.Unreadable as error:
        raise _unreadable(file, error.reason) from error
    found, faults = said.describe(text)
    if found is None:
        raise _faulty(file, faults)
    base: Scenario | None = None
    if found.base is not None:
        near = file.parent / f"{found.base}.toml"
        below = folder() / near.name if found.base in SHIPPED else near
        if len(above) >= _DEEP_AT_MOST or below.resolve() in {file.resolve(), *above}:
            raise _faulty(file, [Text("its base {base} refers back to it", {"base": found.base})])
        base = _read(below, layers, (*above, file.resolve()))
    reader = _Reader(layers)
    edits = tuple(reader.edit(one, number) for number, one in enumerate(found.edit, start=1))
    if reader.faults:
        raise _faulty(file, reader.faults)
    made = Scenario(
        id=file.stem,
        title=_text(found.title),
        edits=edits,
        base=base,
        opening=found.opening,
        assumed=found.assumed,
        note=_text(found.note),
        statements=tuple(
            values.Statement(_text(one.to), one.minutes, _text(one.source))
            for one in found.statement
        ),
    )
    apply(made)
    return made


def _unreadable(file: Path, reason: Text) -> TransitError:
    return TransitError(
        "{file} can't be read as a scenario: {reason}.",
        "Give a TOML file; sandbox scenarios show ID -o FILE.toml writes an example.",
        file=file,
        reason=reason,
    )


def _faulty(file: Path, faults: list[Text]) -> TransitError:
    return TransitError(
        "The scenario in {file} can't be used",
        "Correct it, then run: sandbox scenarios check {file}",
        faults=faults,
        file=file,
    )


def _text(one: said.Said | None) -> Bilingual:
    return Bilingual(one.zh, one.en) if one is not None else values.NOTHING_SAID


class _Reader:
    """Makes edits of what a file says; features that layers lack go to the faults."""

    def __init__(self, layers: Mapping[str, Layer]) -> None:
        self._layers = layers
        self.faults: list[Text] = []

    def edit(self, one: said.EditSaid, number: int) -> Edit:
        before = len(self.faults)
        made = Edit(_text(one.name), self._change(one), one.on, _text(one.assumed))
        self.faults[before:] = [
            Text(
                "edit {number} ({name}): {fault}",
                {"number": number, "name": one.name.en, "fault": f},
            )
            for f in self.faults[before:]
        ]
        return made

    def _change(self, one: said.EditSaid) -> values.Change:  # noqa: PLR0911 - one kind a line
        match one:
            case said.AddSaid():
                return values.AddLine(self._line(one.line))
            case said.DropSaid(do="remove"):
                return values.RemoveLine(one.line)
            case said.DropSaid():
                return values.CloseLine(one.line)
            case said.ShortenSaid():
                return values.ShortenLine(one.line, one.first, one.last)
            case said.RerouteSaid():
                stops = tuple(map(self._stop, one.stops))
                return values.RerouteLine(one.line, stops, _course(one.course))
            case said.HeadwayEditSaid():
                return values.SetHeadway(one.line, tuple(map(_period, one.headways)))
            case said.SpeedSaid():
                return values.SetSpeed(one.line, one.speed_kmh)
            case said.DwellSaid():
                return values.SetDwell(one.line, one.dwell_s)
            case said.StationSaid():
                return values.AddStation(one.line, self._stop(one.stop), one.after)
            case said.LinkSaid():
                link = StreetLink(one.stop, (one.lonlat[0], one.lonlat[1]), one.seconds)
                return values.LinkStation(link)
            case said.DrawSaid():
                return values.DrawCorridors(tuple(map(self._corridor, one.corridors)))

    def _line(self, line: said.LineSaid) -> Line:
        feature = self._feature(line.ref)
        zh = line.zh or _cell(feature, "name_zh") or line.id
        en = line.en or _cell(feature, "name_en") or line.id
        course = _course(line.course)
        if not course and feature.get("geometry") is not None:
            course = _points(feature["geometry"])
        stops = tuple(map(self._stop, line.stops))
        if line.stop_every_m is not None:
            stops = self._spaced(line, course)
        said_of_layer = " | ".join(
            filter(None, (_cell(feature, "source"), _cell(feature, "source_en")))
        )
        return Line(
            id=line.id,
            name_zh=zh,
            name_en=en,
            mode=line.mode,
            stops=stops,
            periods=tuple(map(_period, line.headways)),
            course_lonlat=course,
            speed_kmh=line.speed_kmh,
            dwell_s=line.dwell_s,
            access_s=line.access_s,
            both_ways=line.both_ways,
            opening=line.opening or _cell(feature, "opened"),
            status=line.status or _cell(feature, "status") or "planned",
            source=line.source or said_of_layer,
        )

    def _spaced(self, line: said.LineSaid, course: tuple[LonLat, ...]) -> tuple[LineStop, ...]:
        """Return stops at equal distances along a course, about `stop_every_m` apart."""
        if len(course) < 2:
            self.faults.append(
                Text("{line} has no alignment to place stops along", {"line": line.id})
            )
            return ()
        crs = geo.metric_crs(course[0])
        path = shapely.LineString(geo.to_metric(course, crs))
        gaps = max(1, round(path.length / (line.stop_every_m or path.length)))
        if gaps >= STOPS_AT_MOST:
            self.faults.append(Text("{count} stops; 2 to 1,000 are possible", {"count": gaps + 1}))
            return ()
        spots = [path.interpolate(n / gaps, normalized=True) for n in range(gaps + 1)]
        lonlat = geo.to_lonlat([(spot.x, spot.y) for spot in spots], crs).round(6).tolist()
        return tuple(
            LineStop(
                f"{line.id}_{number}",
                f"{line.zh or ''}{line.stop_zh}{number}",
                f"{line.en or ''} {line.stop_en} {number}".strip(),
                (lon, lat),
            )
            for number, (lon, lat) in enumerate(lonlat, start=1)
        )

    def _stop(self, stop: said.StopSaid) -> LineStop:
        feature = self._feature(stop.ref)
        name = stop.id or (stop.ref or "").partition("/")[2]
        lonlat = (stop.lonlat[0], stop.lonlat[1]) if stop.lonlat else (0.0, 0.0)
        if stop.lonlat is None and feature.get("geometry") is not None:
            point = feature["geometry"].representative_point()
            lonlat = (float(point.x), float(point.y))
        accuracy_m = stop.accuracy_m
        if accuracy_m is None:
            accuracy_m = float(feature.get("accuracy_m", 0.0))
        zh = stop.zh or _cell(feature, "name_zh") or name
        en = stop.en or _cell(feature, "name_en") or name
        return LineStop(name, zh, en, lonlat, stop.minutes, accuracy_m)

    def _corridor(self, one: said.Ref | said.CorridorSaid) -> Corridor:
        if isinstance(one, said.CorridorSaid):
            course = _course(one.course)
            told = (one.towards_zh, one.towards_en, one.source_zh, one.source_en)
            return Corridor(one.id, one.zh, one.en, one.kind, course, *told)
        feature = self._feature(one)
        geometry = feature.get("geometry")
        return Corridor(
            id=one.partition("/")[2],
            name_zh=_cell(feature, "name_zh"),
            name_en=_cell(feature, "name_en"),
            kind=_cell(feature, "corridor_class") or _cell(feature, "kind"),
            course_lonlat=() if geometry is None else _points(geometry),
            towards_zh=_cell(feature, "towards_zh"),
            towards_en=_cell(feature, "towards_en"),
            source_zh=_cell(feature, "source"),
            source_en=_cell(feature, "source_en"),
            ref=one,
        )

    def _feature(self, ref: str | None) -> dict[str, Any]:
        if ref is None:
            return {}
        layer, _, name = ref.partition("/")
        found = _features(self._layers[layer]) if layer in self._layers else {}
        if name not in found:
            self.faults.append(Text("no layer has the feature {ref}", {"ref": ref}))
        return found.get(name, {})


@keep(1)
def _features(layer: Layer) -> dict[str, dict[str, Any]]:
    if layer.features is None:
        return {}
    rows = layer.features.to_dict("records")
    return {str(row["id"]): {str(key): cell for key, cell in row.items()} for row in rows}


def _cell(feature: Mapping[str, Any], column: str) -> str:
    value = feature.get(column)
    return value if isinstance(value, str) else ""


def _points(shape: shapely.Geometry) -> tuple[LonLat, ...]:
    return tuple((float(lon), float(lat)) for lon, lat in shapely.get_coordinates(shape).tolist())


def _course(points: list[list[float]]) -> tuple[LonLat, ...]:
    return tuple((point[0], point[1]) for point in points)


def _period(one: said.HeadwaySaid) -> Period:
    return Period(_seconds(one.first), _seconds(one.last), round(one.minutes * 60))


def _seconds(clock: str) -> int:
    hours, minutes, *seconds = map(int, clock.split(":"))
    return hours * 3600 + minutes * 60 + sum(seconds)
