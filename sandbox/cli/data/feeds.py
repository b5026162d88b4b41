"""Timetables: what is wrong in a feed, and what a network's timetables hold."""

import csv
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sandbox.cli import words
from sandbox.cli.parts import options, output
from sandbox.export.files import check_file

if TYPE_CHECKING:
    from sandbox.sources.gtfs.findings import Finding
    from sandbox.streets.timetable import Timetable

_SEVERITIES: Final = {"error": "errors", "warning": "warnings", "note": "notes"}
# How many of each kind are shown on the screen; files hold all.
_SHOWN: Final = 5


@click.command("check-feed")
@click.argument("feed", metavar="FEED.zip", type=click.Path(path_type=Path))
@options.NETWORK
@click.option(
    "-o",
    "--output",
    "target",
    metavar="REPORT.csv|.geojson|.gpkg",
    type=click.Path(path_type=Path),
    help="Save the findings as a table or a map layer.",
)
@options.JSON
def check_feed(feed: Path, network_file: Path | None, target: Path | None, as_json: bool) -> None:
    """Check a GTFS timetable for errors and anything worth knowing."""
    check_file(target, ".csv", *output.AREAS)
    from sandbox.engine.network import Network
    from sandbox.sources.gtfs.build import build_timetable

    timetable, findings = build_timetable([feed], Network.open(network_file))
    if target is not None:
        _write(target, findings)
    if as_json:
        told = [_told(one) for one in findings]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    lines = report(timetable, findings)
    click.echo("\n".join([*lines, *_by_kind(findings), *output.written(target)]))


def _by_kind(findings: "Sequence[Finding]") -> list[str]:
    """Return the findings as lines, the gravest first, of each kind only the first few."""
    say = words()
    kinds: dict[tuple[str, str], list[Finding]] = {}
    for one in sorted(findings, key=lambda one: list(_SEVERITIES).index(one.severity)):
        kinds.setdefault((one.severity, one.code), []).append(one)
    lines: list[str] = []
    for (severity, code), found in kinds.items():
        lines.append(f"{say(severity)}  {code}  {len(found):,}")
        lines += [f"  {one.table}  {one.text.said(say)}" for one in found[:_SHOWN]]
        if len(found) > _SHOWN:
            lines.append("  " + say("… and {count} more", count=f"{len(found) - _SHOWN:,}"))
    return lines


def report(timetable: "Timetable", findings: "Sequence[Finding]") -> list[str]:
    """Return what feeds hold and how many findings there are, as lines."""
    say = words()
    lines = [
        _holds(feed.title, feed.report, feed.first_day, feed.last_day) for feed in timetable.feeds
    ]
    counts = Counter(one.severity for one in findings)
    lines.append(
        say(
            "Found in the feeds: {errors} errors, {warnings} warnings, {notes} notes.",
            **{plural: counts[severity] for severity, plural in _SEVERITIES.items()},
        )
    )
    return lines


def facts(timetable: "Timetable") -> list[dict[str, Any]]:
    """Return what a network's timetables hold, as JSON has it."""
    return [{**asdict(feed), "zone": timetable.zone} for feed in timetable.feeds]


def rows(timetables: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return the same as rows of a table on the screen."""
    say = words()
    return [
        (
            say("Timetable"),
            _holds(feed["title"], feed["report"], feed["first_day"], feed["last_day"]),
        )
        for feed in timetables
    ]


def _holds(title: str, report: Mapping[str, int], first: str, last: str) -> str:
    """Return what a feed holds, and what of its times was filled in."""
    say = words()
    held = say(
        "{title}: {trips} trips, {stops} stops, service {first} to {last}.",
        title=title,
        trips=f"{report.get('trips', 0):,}",
        stops=f"{report.get('stops', 0):,}",
        first=first,
        last=last,
    )
    filled = report.get("filled", 0)
    if not filled:
        return held
    share = 100.0 * filled / max(report.get("stop_times", 0), filled)
    told = say("{share} % of its stop times aren't stated: interpolated.", share=f"{share:.1f}")
    return f"{held} {told}"


def _told(one: "Finding") -> dict[str, Any]:
    lon, lat = one.lonlat or (None, None)
    return {
        "severity": one.severity,
        "code": one.code,
        "table": one.table,
        "id": one.id,
        "text": one.text.said(words()),
        "lon": lon,
        "lat": lat,
    }


def _write(target: Path, findings: "Sequence[Finding]") -> None:
    told = [_told(one) for one in findings]
    if target.suffix.lower() == ".csv":
        columns: list[str] = ["severity", "code", "table", "id", "text", "lon", "lat"]
        from sandbox.export.files import replacing

        with (
            replacing(target) as beside,
            beside.open("w", newline="", encoding="utf-8-sig") as file,
        ):
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(told)
        return
    import geopandas as gpd

    placed = [one for one in told if one["lon"] is not None]
    points = gpd.points_from_xy([one["lon"] for one in placed], [one["lat"] for one in placed])
    output.write_areas(gpd.GeoDataFrame(placed, geometry=points, crs="EPSG:4326"), target)
