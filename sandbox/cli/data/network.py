"""Street networks: build one from OpenStreetMap, or inspect one."""

import json
import sys
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sandbox.cli import words
from sandbox.cli.data import feeds, lines
from sandbox.cli.data.buildings import buildings
from sandbox.cli.data.schematic import estates, schematic
from sandbox.cli.parts import options, output
from sandbox.errors import NetworkError
from sandbox.export.files import check_folder
from sandbox.streets.modes import STREET_MODES

if TYPE_CHECKING:
    from sandbox.sources.gtfs.findings import Finding
    from sandbox.streets.streets import Streets


class _Modes(click.ParamType[tuple[str, ...]]):
    """Modes with commas between."""

    name = "walk,bike,drive"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        given = [part.strip() for part in str(value).replace("，", ",").split(",")]
        if not set(given) <= set(STREET_MODES):
            self.fail(words(ctx)("“{value}” contains an unknown mode.", value=value), param, ctx)
        return tuple(mode for mode in STREET_MODES if mode in given)


@click.group()
def network() -> None:
    """Street networks: build one from OpenStreetMap, or inspect one."""


network.add_command(schematic)
network.add_command(estates)
network.add_command(buildings)
network.add_command(feeds.check_feed)


@network.command()
@click.argument(
    "source", metavar="IN.osm.pbf|.sandnet|FILE of lines", type=click.Path(path_type=Path)
)
@click.option(
    "-o",
    "--output",
    "target",
    metavar="OUT.sandnet",
    type=click.Path(path_type=Path),
    help="Output network file.  [default: beside the source]",
)
@click.option(
    "--bbox", type=options.Box(), help="Keep only streets in this bounding box, in degrees."
)
@click.option(
    "--modes",
    type=_Modes(),
    metavar="walk,bike,…",
    default=",".join(STREET_MODES),
    show_default=True,
    help="Travel modes of the network.",
)
@options.DEM
@options.GTFS
@lines.options
def build(
    *,
    source: Path,
    target: Path | None,
    bbox: tuple[float, float, float, float] | None,
    modes: tuple[str, ...],
    dem: tuple[Path, ...],
    gtfs: tuple[Path, ...],
    **drawn: Any,
) -> None:
    """Build a network from OpenStreetMap or from centre lines, or add to an existing one."""
    from sandbox.sources import foreign
    from sandbox.streets.sandnet import SUFFIX, read, save

    asked = lines.Asked(**drawn)
    foreign.refuse(source, lines.SUFFIXES | {SUFFIX, ".pbf"})
    asked.check(source)
    target = target or source.with_name(source.name.split(".")[0] + SUFFIX)
    _check_target(source, target)
    timetable, told = None, list[str]()
    if source.suffix == SUFFIX:
        streets, timetable = read(source)
    elif lines.are_in(source):
        streets, told = lines.build(source, asked, bbox, modes)
    else:
        from sandbox.sources.osm.build import build_osm

        with progress(words()("Reading streets")) as hear:
            streets = build_osm(source, bbox=bbox, modes=modes, progress=hear)
    if source.suffix != SUFFIX:
        # An extract is often called "streets" or "roads"; --title gives it a better name.
        named = replace(streets.provenance, title=target.stem)
        streets = replace(streets, provenance=named)
    if dem:
        from sandbox.sources.relief import with_climb

        streets = with_climb(streets, dem)
    findings: tuple[Finding, ...] = ()
    if gtfs:
        from sandbox.engine.network import Network
        from sandbox.sources.gtfs.build import build_timetable

        with progress(words()("Reading timetables")) as hear:
            timetable, findings = build_timetable(gtfs, Network(streets), progress=hear)
    save(streets, target, timetable)
    report = _build_report(streets, target, told) if source.suffix != SUFFIX else []
    if dem:
        report += _climbing(streets)
    if timetable is not None:
        report += feeds.report(timetable, findings)
    click.echo("\n".join(report or [words()("Saved to {path}.", path=target)]))


@network.command()
@click.argument("file", type=click.Path(path_type=Path))
@options.JSON
def info(file: Path, as_json: bool) -> None:
    """Show what a network file contains: size, bounds, source, licence, date, modes."""
    from sandbox.streets.facts import facts_of, network_name
    from sandbox.streets.sandnet import read

    streets, timetable = read(file)
    facts: dict[str, Any] = facts_of(streets)
    facts["timetables"] = feeds.facts(timetable) if timetable else []
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2))
        return
    say = words()
    rows = [
        (
            say("Network"),
            network_name(facts["title"], schematic=facts["schematic"]).said(say),
        ),
        (say("Source"), say(facts["source"])),
        (say("Licence"), facts["licence"]),
        (say("Date"), facts["date"] or say("unknown")),
        (say("Modes"), ", ".join(say(_MODE_WORDS[mode]) for mode in facts["modes"])),
        (say("Nodes"), f"{facts['nodes']:,}"),
        (say("Edges"), f"{facts['edges']:,}"),
        (say("Bounds"), ", ".join(f"{value:.5f}" for value in facts["bounds"])),
        (say("Coordinate system"), f"{facts['crs']} ({facts['crs_name']})"),
        (say("Slopes"), say("known") if facts["slopes"] else say("unknown")),
        (say("Length"), say("{length} km", length=f"{facts['length_km']:,.1f}")),
        *(
            (f"  {say(_CLASS_WORDS[name])}", say("{length} km", length=f"{length:,.1f}"))
            for name, length in facts["length_km_by_class"].items()
        ),
        *feeds.rows(facts["timetables"]),
    ]
    lines = output.columns(rows)
    lines += _unclear_turns(facts["report"])
    if timetable is not None:
        lines += [
            "",
            say(
                "Isochrones over a departure window: between junctions, the time on the map "
                "is never earlier than the true time, and later by at most twice the walk "
                "from the nearer junction."
            ),
        ]
    click.echo("\n".join(lines))


# Spelled out, so that each has its translation.
_MODE_WORDS = {"walk": "walking", "bike": "cycling", "drive": "driving"}
_CLASS_WORDS = {
    "path": "Paths",
    "steps": "Steps",
    "local": "Local streets",
    "street": "Streets",
    "collector": "Collector roads",
    "arterial": "Arterial roads",
    "express": "Expressways",
    "ferry": "Ferries",
}


def _build_report(streets: "Streets", target: Path, drawn: list[str]) -> list[str]:
    from sandbox.streets.facts import length_km

    say, told = words(), streets.provenance.report
    report = [
        say(
            "{path}: {nodes} nodes, {edges} edges, {length_km} km.",
            path=target,
            nodes=f"{len(streets.node_xy):,}",
            edges=f"{len(streets.segment_nodes):,}",
            length_km=f"{length_km(streets):,.1f}",
        ),
        *(drawn or _ways(told)),
    ]
    report += [
        say(
            "For {mode}: {kept} edges kept; {edges} dropped in {parts} parts shorter than 1 "
            "km that are not connected to the rest in both directions.",
            mode=say(_MODE_WORDS[mode]),
            kept=f"{part['segments']:,}",
            edges=f"{part['segments_outside']:,}",
            parts=f"{part['parts_outside']:,}",
        )
        for mode, part in told["parts"].items()
        if part["segments"] or part["segments_outside"]
    ]
    if told.get("ferries_read"):
        report.append(
            say(
                "Ferries: {read} read, {kept} open, {landings} landings. Times that the map "
                "doesn't state come from the table of speeds.",
                read=f"{told['ferries_read']:,}",
                kept=f"{told['ferries_kept']:,}",
                landings=f"{told.get('ferry_landings', 0):,}",
            )
        )
    for key, line in _COUNTS.items():
        if told.get(key):
            report.append(say(line, count=f"{told[key]:,}"))
    return report + _unclear_turns(told)


def _unclear_turns(told: Mapping[str, Any]) -> list[str]:
    """Return the line that says which turn restrictions fit several turns, if there are any."""
    if not told.get("turn_rules_unclear"):
        return []
    line = words()(
        "Skipped {count} turn restrictions that fit several turns, because a way isn't split "
        "where one turns: relations {relations}.",
        count=f"{told['turn_rules_unclear']:,}",
        relations=", ".join(str(one) for one in told["turn_rules_unclear_in"]),
    )
    return [line]


def _climbing(streets: "Streets") -> list[str]:
    """Return the lines that say what was found in the elevation files."""
    say, told = words(), streets.provenance.report
    report = [
        say(
            "Climbing: {ascent} km up and {descent} km down, as the streets are drawn.",
            ascent=f"{told['relief_ascent_km']:,.1f}",
            descent=f"{told['relief_descent_km']:,.1f}",
        )
    ]
    if told["relief_nodes_outside"]:
        report.append(
            say(
                "{share} of the street length lies outside the elevation files: heights are "
                "continued evenly there, and dead ends are level.",
                share=f"{told['relief_share_outside']:.1%}",
            )
        )
    for file, step_m in told.get("relief_rounded_m", {}).items():
        report.append(
            say(
                "{file}: heights are rounded to {step} m; the steps of rounding are smoothed out.",
                file=file,
                step=f"{step_m:g}",
            )
        )
    for file, count in told.get("relief_undeclared", {}).items():
        report.append(
            say(
                "{file}: {count} pixels are undeclared voids with cliffs all around.",
                file=file,
                count=f"{count:,}",
            )
        )
    if told["relief_nodes_in_voids"]:
        report.append(
            say(
                "{count} nodes lie in voids of the elevation files; their heights are "
                "interpolated.",
                count=f"{told['relief_nodes_in_voids']:,}",
            )
        )
    return report


def _ways(told: Mapping[str, Any]) -> list[str]:
    """Return the lines that say which ways of an OpenStreetMap extract were kept."""
    say = words()
    kept, read = f"{told['highways_kept']:,}", f"{told['highways_read']:,}"
    ways = [say("Kept {kept} of {read} ways with a highway tag.", kept=kept, read=read)]
    if told["highways_closed"]:
        closed = ", ".join(f"{tag} {count:,}" for tag, count in told["highways_closed"].items())
        ways.append(say("Closed to all modes: {closed}.", closed=closed))
    if told.get("maxspeeds_strange"):
        strange = told["maxspeeds_strange"].items()
        listed = ", ".join(f"{tag} {count:,}" for tag, count in strange)
        ways.append(say("Speed limits not understood: {listed}.", listed=listed))
    return ways


_COUNTS = {
    "walkways_kept": "Kept {count} piers and platforms without a highway tag.",
    "texts_not_utf8": "Texts of {count} objects aren't UTF-8; unreadable characters become “�”.",
    "maxspeeds_conditional": "Ignored the conditional speed limits of {count} ways.",
    "barriers_closed": "Cut at {count} barriers for the modes that they block.",
    "turn_rules": "Kept {count} turn restrictions for cars.",
    "turn_rules_apart": "Skipped {count} turn restrictions whose ways are not all in the file or "
    "do not meet.",
    "segments_with_missing_nodes": "Skipped {count} edges whose nodes are missing from the file.",
    "segments_outside_box": "Skipped {count} edges outside the bounding box.",
}


def _check_target(source: Path, target: Path) -> None:
    """Refuse before the work what would fail after it."""
    check_folder(target)
    if target.is_dir():
        raise NetworkError("{path} is a folder.", "Give the name of a network file.", path=target)
    if source.exists() and target.exists() and source.samefile(target):
        raise NetworkError(
            "{path} would be overwritten by its own network.",
            "Give the network another name, ending in .sandnet.",
            path=source,
        )


@contextmanager
def progress(label: str) -> Generator[Callable[[float], None]]:
    """Show a bar with the time that is left on stderr; nothing where nobody watches."""
    steps = 1000
    watched = sys.stderr.isatty()
    with click.progressbar(
        length=steps, label=label, file=sys.stderr, show_eta=True, hidden=not watched
    ) as bar:
        done, last = 0, time.monotonic()

        def tell(part: float) -> None:
            nonlocal done, last
            now = time.monotonic()
            step = int(part * steps)
            if step > done and (now - last > 0.1 or step == steps):
                bar.update(step - done)
                done, last = step, now

        yield tell
