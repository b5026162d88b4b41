"""The window, and pictures of it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import click

from sandbox.cli import words
from sandbox.cli.parts import city, on_map, options, topics
from sandbox.cli.parts import travel as travels
from sandbox.cli.parts.origins import position_said, read_origins
from sandbox.errors import AnalysisError, LayerError
from sandbox.export.files import check_file, size_fault
from sandbox.streets.modes import MODES
from sandbox.streets.travel import Travel
from sandbox.words import LANGUAGES

if TYPE_CHECKING:
    from datetime import datetime

    from sandbox.app.atlas import Atlas
    from sandbox.app.questions import Against, Selected
    from sandbox.edits.street_edits import StreetEdits
    from sandbox.streets.travel import Travel
    from sandbox.ui.screenshot import Scene
    from sandbox.ui.start import Start
    from sandbox.words import Language

_M_PER_PX: Final = (0.25, 400.0)
_HOURS: Final = 24
_FREE_FLOW: Final = "free-flow"

_LANGUAGE: Final = click.option(
    "--lang", "language", type=click.Choice(LANGUAGES), help="Language of the window."
)


class _Size(click.ParamType[tuple[int, int]]):
    """Width and height in pixels with an x between."""

    name = "WIDTHxHEIGHT"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        match = re.fullmatch(r"(\d{1,6})[x×](\d{1,6})", str(value).lower())
        if match is None:
            said = words(ctx)("“{value}” is not a size such as 1920x1080.", value=value)
            self.fail(said, param, ctx)
        size_px = int(match[1]), int(match[2])
        if (fault := size_fault(size_px)) is not None:
            self.fail(fault.said(words(ctx)), param, ctx)
        return size_px


def _start(
    language: str | None,
    theme: str | None,
    network_file: Path | None,
    project_file: Path | None = None,
) -> "Start":
    from sandbox.ui.start import started

    chosen = cast(
        "Language | None", language or click.get_current_context().find_root().params.get("lang")
    )
    system = cast("Language", words().language)
    return started(system, language=chosen, look=theme, network=network_file, project=project_file)


@click.command()
@click.argument("file", metavar="[CITY.gpkg]", required=False, type=click.Path(path_type=Path))
@city.opened
@_LANGUAGE
@options.THEME
def window(
    *,
    file: Path | None = None,
    project_file: Path | None = None,
    network_file: Path | None = None,
    language: str | None = None,
    theme: str | None = None,
) -> None:
    """Open the window, with a project if one is given."""
    from sandbox.ui.start import run_window

    start = _start(language, theme, network_file, project_file or file)
    click.get_current_context().exit(run_window(start))


@click.command(cls=topics.ByTopic)
@click.option(
    "-o",
    "--output",
    "file",
    metavar="MAP.png|.svg|.pdf",
    required=True,
    type=click.Path(path_type=Path),
    help="PNG of the window, SVG of the map alone, or a PDF sheet with legend and sources.",
)
@click.option(
    "--view",
    type=click.Choice(["planner", "kiosk"]),
    default="planner",
    help="Which window to draw.",
)
@click.option("--scene", "scene_id", metavar="N|ID", default="", help="Scene of the kiosk.")
@click.option("--stage", type=click.IntRange(1, 200), default=1, help="Step of the scene.")
@click.option("--size", type=_Size(), default="1920x1080", help="Width and height in pixels.")
@_LANGUAGE
@options.THEME
@city.opened
@options.EDITS
@options.ORIGIN
@click.option("--select", metavar="NAME", help="Open the information card of a place.")
@click.option("--minutes", type=options.MINUTES, help="Cutoffs, 1 to 240.")
@travels.options(
    *("mode", "towards", "walk_kmh", "bike_kmh", "hour", "slope"), *travels.RIDE, timed=False
)
@travels.SCENARIO
@click.option(
    "--against",
    metavar="SCENARIO|FILE|timetable|MODE|DEPARTURE|PERCENTILE|HOUR|unedited",
    help="Compare with another scenario, mode, departure time, percentile or congestion hour, or "
    "with the streets without --edits.",
)
@click.option("--zoom", metavar="M/PX", type=float, help="Metres per pixel on a 1080p screen.")
@click.option("--three-d", is_flag=True, help="Draw the map as a table over its relief.")
@click.option(
    "--tilt-deg",
    "tilt",
    metavar="DEGREES",
    type=float,
    help="With --three-d: how far from looking straight down; 58 when not given.",
)
@click.option(
    "--bearing-deg",
    "bearing",
    metavar="DEGREES",
    type=click.FloatRange(-360, 360),
    default=0.0,
    help="With --three-d: the compass direction that is up.",
)
@click.option(
    "--sun-hour",
    "sun_hour",
    metavar="HOUR",
    type=click.FloatRange(0, 24),
    help="With --three-d: the hour, Beijing time, that light, shadows and lit windows follow.",
)
@click.option("--layers", metavar="ID,ID…", help="Show only these layers.")
@on_map.options
def screenshot(
    *,
    file: Path,
    view: str,
    scene_id: str,
    stage: int,
    size: tuple[int, int],
    language: str | None,
    theme: str | None,
    network_file: Path | None,
    project_file: Path | None,
    edits_file: Path | None,
    origins: tuple[str, ...],
    select: str | None,
    minutes: tuple[float, ...] | None,
    travel: "Travel",
    scenario: str | None,
    against: str | None,
    zoom: float | None,
    three_d: bool,
    tilt: float | None,
    bearing: float,
    sun_hour: float | None,
    layers: str | None,
    asked: dict[str, Any],
) -> None:
    """Save the window as an image, or the map as a sheet; no display is needed."""
    from sandbox.app.jobs import Job
    from sandbox.app.opening import open_atlas
    from sandbox.app.project.opening import open_project
    from sandbox.ui import screenshot as drawing

    _check(file, origins, zoom)
    if view != "kiosk" and (scene_id or stage > 1):
        raise AnalysisError("Only the kiosk has scenes.", "Add --view kiosk.")
    leaning = _tilt(tilt) if three_d else 0.0
    mode = travel.mode
    edits = options.street_edits(edits_file)
    if against is not None:
        _check_against(against, mode, edits)
    start = _start(language, theme, network_file, project_file)
    job = Job("opening", lambda _p: None)
    held = open_project(project_file, start.settings, start.language, job) if project_file else None

    begun: list[Any] = []

    def opened() -> "Atlas":
        nonlocal asked, begun
        atlas = (
            open_atlas(start.settings.network, start.settings, job) if held is None else held.atlas
        )
        layers, asked = on_map.holding(atlas.layers, asked)
        atlas, begun = read_origins(replace(atlas, layers=layers), origins)
        if len(begun) > 1:
            raise AnalysisError(
                "“{source}” holds {count} places; only one is possible here.",
                "Give the name of one, or its position as LON,LAT.",
                source=origins[0],
                count=len(begun),
            )
        return atlas

    if view == "kiosk":
        from sandbox.ui.kiosk.picture import kiosk_screenshot

        check_file(file, ".png")
        kiosk_screenshot(file, size, start, opened, scene_id, stage - 1)
        return

    def scene(atlas: "Atlas") -> "Scene":
        from sandbox.catalog.scenarios import read

        shown = _scene(
            atlas,
            begun=begun[0] if begun else (None, None),
            select=select,
            minutes=minutes or MODES[mode].minutes,
            zoom=zoom,
            layers=layers,
        )
        lines = read(scenario, atlas.layers) if scenario else None
        common = on_map.Common(minutes, travel, scenario=lines)
        return replace(
            shown,
            begin=None if held is None else held.state,
            analyses=on_map.questions(atlas.layers, common, asked),
            travel=travels.of_reach(travel),
            scenario=lines,
            against=_against(atlas, against, mode) if against else None,
            edits=edits,
            tilt_deg=leaning,
            bearing_deg=bearing if three_d else 0.0,
            hour=sun_hour if three_d else None,
        )

    drawing.screenshot(file, size, start, opened, scene)


def _check(file: Path, origins: Sequence[str], zoom: float | None) -> None:
    """Refuse what can't be meant before anything slow begins."""
    check_file(file, ".png", ".svg", ".pdf")
    position_said(origins)
    low, high = _M_PER_PX
    if zoom is not None and not low <= zoom <= high:
        raise AnalysisError(
            "{zoom} metres per pixel can't be shown.",
            "Give {low} to {high}.",
            zoom=f"{zoom:g}",
            low=f"{low:g}",
            high=f"{high:g}",
        )


def _tilt(asked_deg: float | None) -> float:
    """Return how far a table is tilted.

    Raises
    ------
    AnalysisError
        It isn't seen from there.
    """
    from sandbox.app.state import STEEPEST_TILT_DEG, TABLE_TILT_DEG

    tilt_deg = TABLE_TILT_DEG if asked_deg is None else asked_deg
    if not 1.0 <= tilt_deg <= STEEPEST_TILT_DEG:
        raise AnalysisError(
            "The map can't be tilted by {tilt} degrees.",
            "Give {low} to {high}.",
            tilt=f"{tilt_deg:g}",
            low="1",
            high=f"{STEEPEST_TILT_DEG:g}",
        )
    return tilt_deg


def _check_against(named: str, mode: str, edits: "StreetEdits") -> None:
    """Refuse what an answer can't be compared with.

    Raises
    ------
    AnalysisError
        It is no scenario, mode, departure, hour or percentile, nor edits; or the mode itself
        has no such thing.
    """
    from sandbox.app.answers.comparing import TIMETABLE
    from sandbox.catalog.scenarios import SHIPPED

    if named in MODES and named != mode:
        return
    if named == "unedited" and any(edit.on for edit in edits.edits):
        return
    if mode == "drive" and (named == _FREE_FLOW or (named.isdecimal() and int(named) < _HOURS)):
        return
    if mode == "transit" and _moment(named) is not None:
        return
    lines = named in (*SHIPPED, TIMETABLE) or named.endswith(".toml")
    if mode == "transit" and (lines or (named.isdecimal() and 1 <= int(named) <= 99)):
        return
    raise AnalysisError(
        "The result can't be compared with {name}.",
        "Give another mode; with --edits: unedited; with --mode drive: an hour, 0 to 23, or "
        "free-flow; with --mode transit: a scenario ({known}, timetable, or a file), a "
        "percentile, or another departure time as 2026-11-23T18:00.",
        name=named,
        known=", ".join(SHIPPED),
    )


def _moment(named: str) -> "datetime | None":
    from datetime import datetime

    try:
        return datetime.fromisoformat(named) if "T" in named else None
    except ValueError:
        return None


def _against(atlas: "Atlas", named: str, mode: str) -> "Against":
    """Return what an answer is compared with, as given."""
    from sandbox.app.answers.compare import depart_beside
    from sandbox.app.answers.comparing import TIMETABLE
    from sandbox.app.questions import Against
    from sandbox.catalog.scenarios import SHIPPED, read

    when = _moment(named)
    found = None
    if named in MODES:
        found = Against("mode", named)
    elif named == "unedited":
        found = Against("streets", named)
    elif mode == "drive":
        found = Against("hour", "" if named == _FREE_FLOW else str(int(named)))
    elif when is not None:
        found = depart_beside(when)
    elif named.isdecimal():
        found = Against("percentile", named)
    elif named in (TIMETABLE, *SHIPPED):
        found = Against("scenario", "" if named == TIMETABLE else named)
    if found is not None:
        return found
    own = read(named, atlas.layers)
    return Against("scenario", own.id, own)


def _scene(
    atlas: "Atlas",
    *,
    begun: "tuple[tuple[float, float] | None, Selected | None]",
    select: str | None,
    minutes: tuple[float, ...],
    zoom: float | None,
    layers: str | None,
) -> "Scene":
    from sandbox.analysis.isochrone import REACH_M_LIMITS, check_question
    from sandbox.app.questions import Selected
    from sandbox.catalog.names import places_named
    from sandbox.ui.screenshot import Scene

    cutoffs = check_question(minutes, REACH_M_LIMITS[0])
    origin, where = begun
    chosen = places_named(atlas.layers, [select])[0] if select is not None else None
    return Scene(
        origin=origin,
        origin_place=where,
        minutes=cutoffs,
        m_per_px=zoom,
        layers=_layers(atlas, layers),
        selected=Selected(chosen.layer, chosen.id) if chosen else None,
    )


def _layers(atlas: "Atlas", ids: str | None) -> tuple[str, ...] | None:
    if ids is None:
        return None
    wanted = tuple(part.strip() for part in ids.split(",") if part.strip())
    unknown = [one for one in wanted if one not in atlas.layers]
    if unknown:
        raise LayerError(
            "There is no layer {ids}.",
            "Layers are: {known}.",
            ids=", ".join(unknown),
            known=", ".join(atlas.layers),
        )
    return wanted
