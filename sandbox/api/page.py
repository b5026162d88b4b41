"""The map in files: a page that works offline, and a picture of the window."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, Unpack

from sandbox.analysis.isochrone import check_question
from sandbox.api.answers import cutoffs_of, keywords
from sandbox.api.given import layers as known
from sandbox.api.network import Network
from sandbox.api.travel import Moving, Travel, moved, scenario, travel_of
from sandbox.app.answers.circles import CirclesQuestion
from sandbox.app.answers.nearest import NearestQuestion
from sandbox.app.jobs import Job
from sandbox.app.opening import open_atlas
from sandbox.app.places import is_place_layer
from sandbox.app.questions import AnalysisQuestion, LonLat, Selected
from sandbox.app.settings import Settings
from sandbox.catalog.names import place_layer_named, places_named
from sandbox.errors import AnalysisError, ExportError
from sandbox.streets.modes import MODES, reach_of

Origins = str | Sequence[Any] | None


@keywords
def save_page(
    network: Network,
    path: str | Path,
    origins: Origins = None,
    minutes: float | Sequence[float] | None = None,
    *,
    circles: str | None = None,
    nearest: str | None = None,
    layers: Sequence[str] | None = None,
    reach_m: float | None = None,
    language: Literal["zh", "en"] = "en",
    theme: Literal["light", "dark"] | None = None,
    travel: Travel | None = None,
    **moving: Unpack[Moving],
) -> None:
    """Write the map as one HTML page that works offline.

    Parameters
    ----------
    network
        From `open_network`.
    path
        The page, ``*.html``; it is written whole or not at all.
    origins
        A place of the map by its name, a pair of longitude and latitude, or several of them: the
        first is the page's own, and readers compare it with the others. None begins as the window.
    minutes
        Cutoffs; None for those of the mode.
    circles, nearest
        A layer whose service circles, or the nearest of whose places, the page shows too.
    layers
        Ids of the layers that the page shows at first; None for the usual ones.
    reach_m
        How far from a street ground still counts; None is the mode's own.
    language
        In which the page opens; readers can switch it.
    theme
        How the page looks; None leaves it to the reader's device.
    travel, **moving
        How one moves: see `Travel`.

    Raises
    ------
    sandbox.errors.ExportError
        The file can't be written, or there is no such layer.
    sandbox.errors.SandboxError
        What is asked can't be answered.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import mkdtemp
    >>> from sandbox import open_network
    >>> page = Path(mkdtemp()) / "map.html"
    >>> save_page(open_network(), page, "Jinfeng Laboratory", minutes=[5, 10])
    >>> "金凤实验室" in page.read_text("utf-8")
    True
    """
    from sandbox.export.asked import Asked, asked_map
    from sandbox.export.files import check_file
    from sandbox.export.page.html import write_page

    check_file(Path(path), ".html", ".htm")
    how = travel_of(travel, moving)
    by = moved(how)
    width_m = reach_of(by.mode) if reach_m is None else reach_m
    cutoffs = check_question(
        MODES[by.mode].minutes if minutes is None else cutoffs_of(minutes), width_m, by
    )
    runs = None if how.scenario is None else scenario(how.scenario)
    places = [_origin(one) for one in _several(origins)]
    questions: list[AnalysisQuestion[Any]] = []
    if circles is not None:
        on_foot = replace(by, mode="walk", hour=None, ride=None, towards=False)
        asked = _layer(circles), (), cutoffs[-1]
        questions.append(CirclesQuestion(*asked, reach_m=reach_of("walk"), travel=on_foot))
    if nearest is not None:
        questions.append(NearestQuestion(_layer(nearest), travel=by, scenario=runs))
    chosen = None if layers is None else tuple(layers)
    shown = Asked(places, cutoffs, width_m, by, runs, tuple(questions), layers=chosen)
    state, others = asked_map(network.atlas, Settings(), language, shown, theme)
    write_page(Path(path), network.atlas, state, others=others, theme=theme)


@keywords
def save_picture(
    path: str | Path,
    origin: Origins = None,
    minutes: float | Sequence[float] | None = None,
    *,
    network: str | Path | None = None,
    size_px: tuple[int, int] = (1920, 1080),
    layers: Sequence[str] | None = None,
    language: Literal["zh", "en"] = "en",
    theme: Literal["light", "dark"] = "light",
    travel: Travel | None = None,
    **moving: Unpack[Moving],
) -> None:
    """Draw the window with an answer into a picture; no display is needed.

    Qt is started in this process, so no other program of Qt may run in it.

    Parameters
    ----------
    path
        The picture, ``*.png``; it is written whole or not at all.
    origin
        A place of the map by its name, or a pair of longitude and latitude.
    minutes
        Cutoffs; None for those of the mode.
    network
        A network file; None for the shipped streets.
    size_px
        Width and height.
    layers
        Ids of the layers that show; None for the usual ones.
    language, theme
        How the window speaks and looks.
    travel, **moving
        How one moves: see `Travel`.

    Raises
    ------
    sandbox.errors.ExportError
        The file can't be written, or the map wasn't ready in time.
    sandbox.errors.SandboxError
        What is asked can't be answered.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import mkdtemp
    >>> save_picture(Path(mkdtemp()) / "map.png", size_px=(80, 60))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    sandbox.errors.ExportError: 80x60 can't be drawn: at least 760x560 pixels, ...
    """
    from sandbox.export.files import check_file, size_fault
    from sandbox.ui.screenshot import Scene, screenshot
    from sandbox.ui.start import Start

    check_file(Path(path), ".png")
    if (fault := size_fault(size_px)) is not None:
        raise ExportError(fault.template, **fault.values)
    how = travel_of(travel, moving)
    by = moved(how)
    cutoffs = check_question(
        MODES[by.mode].minutes if minutes is None else cutoffs_of(minutes), reach_of(by.mode), by
    )
    runs = None if how.scenario is None else scenario(how.scenario)
    ((lonlat, place),) = [_origin(one) for one in _several(origin)] or [(None, None)]
    settings = Settings(network=None if network is None else Path(network), theme=theme)
    chosen = None if layers is None else tuple(layers)
    scene = Scene(lonlat, place, cutoffs, layers=chosen, travel=by, scenario=runs)
    screenshot(
        Path(path),
        size_px,
        Start(settings, language),
        lambda: open_atlas(settings.network, settings, Job("opening", lambda _progress: None)),
        lambda _atlas: scene,
    )


def _several(origins: Origins) -> list[Any]:
    """Return the origins that a caller gave, one or several."""
    if origins is None:
        return []
    pair = len(origins) == 2 and not isinstance(origins[0], str | Sequence)
    return [origins] if pair or isinstance(origins, str) else list(origins)


def _origin(said: Any) -> tuple[LonLat, Selected | None]:
    if isinstance(said, str):
        (found,) = places_named(known(), [said])
        return found.lonlat, Selected(found.layer, found.id)
    try:
        lon, lat = (float(one) for one in said)
    except (TypeError, ValueError) as error:
        raise AnalysisError(
            "{value} can't be read as {role}.",
            "Give the name of a place of the map, or a pair of longitude and latitude.",
            value=repr(said)[:80],
            role="origins",
        ) from error
    return (lon, lat), None


def _layer(name: str) -> str:
    held = {key: one for key, one in known().items() if is_place_layer(one)}
    return place_layer_named(held, name).id
