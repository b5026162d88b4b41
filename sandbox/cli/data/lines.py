"""Streets from planners' centre lines: what one says of the file, and what comes of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from sandbox.cli import words
from sandbox.cli.parts import city, output
from sandbox.cli.parts.options import Renamed
from sandbox.errors import NetworkError
from sandbox.export.files import check_file
from sandbox.formats.postgis.address import is_address

if TYPE_CHECKING:
    from sandbox.sources.lines.build import Built
    from sandbox.streets.streets import Streets

# As `sandbox.sources.lines.source_file` reads them, which takes long to load; a test holds it.
SUFFIXES: Final = frozenset(
    (".shp", ".gpkg", ".geojson", ".json", ".geojsonl", ".geojsons", ".jsonl", ".ndjson", ".kml",
     ".kmz", ".dxf", ".fgb", ".parquet", ".geoparquet", ".gdb", ".zip", ".csv", ".tsv", ".txt",
     ".xlsx", ".xlsm", ".xls", ".ods")
)  # fmt: skip
_KINDS_SAID: Final = 24
_Command = TypeVar("_Command", bound=Callable[..., Any])


class Pair(click.ParamType[tuple[str, str]]):
    """Two texts with an equals sign between."""

    def __init__(self, name: str) -> None:
        self.name = name

    def convert(  # noqa: D102 - click calls it
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        if isinstance(value, tuple):
            return value
        first, equals, second = str(value).replace("＝", "=").rpartition("=")
        if not equals or not first.strip():
            said = words(ctx)("“{value}” must have the form {form}.", value=value, form=self.name)
            self.fail(said, param, ctx)
        return first.strip(), second.strip()


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options say of a file of lines; None and empty where they don't."""

    fields: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    crs: str | None
    layer: str | None
    snap_m: float | None
    report: Path | None

    def check(self, source: Path) -> None:
        """Refuse options that say nothing of a source that is no file of lines."""
        check_file(self.report, *output.AREAS)
        given = [
            name
            for name, value in (
                ("--field", self.fields),
                ("--class", self.kinds),
                ("--crs", self.crs),
                ("--layer", self.layer),
                ("--snap-m", self.snap_m),
                ("--report", self.report),
            )
            if value not in (None, ())
        ]
        if given and not are_in(source):
            raise NetworkError(
                "{options} only applies to files of lines, and {path} is not one.",
                "Omit it, or give a Shapefile, GeoPackage or GeoJSON file.",
                options=_comma().join(given),
                path=source,
            )


def are_in(source: Path) -> bool:
    """Return whether a source of streets is a file, or a table of a database, of lines."""
    return is_address(source) or source.suffix.lower() in SUFFIXES


def options(command: _Command) -> _Command:
    """Give a command the options that say how a file of lines is read."""
    for option in (
        click.option(
            "--report",
            metavar="OUT.gpkg|.geojson",
            type=click.Path(path_type=Path),
            help="Output file: loose ends, near misses and other places to check, as a map layer.",
        ),
        click.option(
            "--snap-m",
            type=click.FloatRange(0, 100),
            metavar="METRES",
            help="Line ends within this distance are joined, in metres.  [default: 1]",
        ),
        click.option(
            "--layer", metavar="NAME", help="Layer of the file, if several contain lines."
        ),
        click.option(
            "--crs",
            metavar="EPSG:4544",
            help="Coordinate system of the lines, if the file states none or a wrong one.",
        ),
        click.option(
            "--class",
            "kinds",
            cls=Renamed,
            was=("--kind",),
            type=Pair("VALUE=HIGHWAY"),
            multiple=True,
            help="OpenStreetMap highway value for a kind of street; no skips it, * stands for "
            "all other kinds.",
        ),
        click.option(
            "--field",
            "fields",
            type=Pair("ROLE=COLUMN"),
            multiple=True,
            help="Column for the class, speed, oneway, level, bridge, tunnel, name or modes "
            "of a line; nothing after = ignores it.",
        ),
    ):
        command = option(command)
    return command


def build(
    source: Path,
    asked: Asked,
    bbox: tuple[float, float, float, float] | None,
    modes: Sequence[str],
) -> "tuple[Streets, list[str]]":
    """Build the streets of a file of lines, write the doubtful places, and say what was read."""
    from sandbox.catalog.importing.into import ground
    from sandbox.sources.lines.build import Reading, build_lines
    from sandbox.sources.lines.doubts import layer

    told: dict[str, Any] = {} if asked.snap_m is None else {"snap_m": asked.snap_m}
    reading = Reading(dict(asked.fields), dict(asked.kinds), asked.crs, asked.layer, **told)
    built = build_lines(
        source, reading, bbox=bbox, modes=modes, known=partial(ground, city.layers, bbox)
    )
    if asked.report is not None:
        output.write_areas(layer(built.doubts, source.name), asked.report)
    return built.streets, [*_read(built, asked), *_found(built, reading.snap_m, asked.report)]


def _read(built: "Built", asked: Asked) -> list[str]:
    """Return the lines that say how the file was understood."""
    say, told = words(), built.streets.provenance.report
    given = {role for role, _ in asked.fields}
    columns = _comma().join(
        f"{say(_ROLE_WORDS[role])} = {column}" + ("" if role in given else say(" (guessed)"))
        for role, column in built.columns.items()
    )
    lines = [
        say(
            "Kept {kept} of {read} lines.",
            kept=f"{told['lines_kept']:,}",
            read=f"{told['lines_read']:,}",
        ),
        say("Columns: {columns}.", columns=columns or say("none")),
        *_kinds(built.kinds),
        *(note.said(say) for note in built.notes),
    ]
    return lines + [
        say(line, count=f"{told[key]:,}") for key, line in _LEFT.items() if told.get(key)
    ]


def _comma() -> str:
    return "、" if words().language == "zh" else ", "


def _kinds(kinds: Mapping[tuple[str, str], int]) -> list[str]:
    """Return the line that says what kinds of street count as."""
    say = words()
    most = sorted(kinds.items(), key=lambda one: -one[1])
    said = [
        f"{value or say('(none)')} → {highway} {count:,}"
        for (value, highway), count in most[:_KINDS_SAID]
    ]
    more = " …" if len(most) > _KINDS_SAID else ""
    return [say("Kinds of street: {kinds}.", kinds=_comma().join(said) + more)]


def _found(built: "Built", snap_m: float, report: Path | None) -> list[str]:
    """Return the lines that say what was joined and what is doubtful."""
    say, told = words(), built.streets.provenance.report
    lines = [
        say(
            "Created {crossings} junctions where lines cross; moved {joined} ends by up to "
            "{metres} m.",
            crossings=f"{told['lines_crossings']:,}",
            joined=f"{told['lines_joined']:,}",
            metres=f"{snap_m:g}",
        )
    ]
    doubtful = [
        say(line, count=f"{told[key]:,}", metres=f"{told['lines_near_m']:g}")
        for key, line in _DOUBTFUL.items()
        if told.get(key)
    ]
    if doubtful:
        look = say("see {path}", path=report) if report else say("--report FILE shows where")
        lines.append(say("To check ({look}): {found}.", look=look, found=_comma().join(doubtful)))
    elif report is not None:
        lines += output.written(report)
    return lines


# Spelled out, so that each has its translation.
_ROLE_WORDS = {
    "class": "class",
    "speed": "speed",
    "one-way": "one-way",
    "level": "level",
    "bridge": "bridge",
    "tunnel": "tunnel",
    "name": "name",
    "modes": "modes",
}
_LEFT = {
    "lines_left_out": "Skipped {count} lines whose kind is not a street.",
    "lines_without_place": "Skipped {count} lines without geometry.",
    "lines_other": "Skipped {count} shapes that aren't lines.",
    "lines_outside_box": "Skipped {count} lines outside the bounding box.",
}
_DOUBTFUL = {
    "lines_near_miss": "{count} near misses within {metres} m",
    "lines_levels_apart": "{count} ends at different levels",
    "lines_island": "{count} islands",
    "lines_no_return": "{count} lines that cars can't both reach and leave",
    "lines_dangling": "{count} loose ends",
    "lines_repeated": "{count} lines drawn twice",
    "lines_no_length": "{count} lines without length",
}
