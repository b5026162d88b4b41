"""The map as one HTML file that opens without a network."""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

import jinja2
import xstatic.pkg.leaflet
from markupsafe import Markup

from sandbox import paths
from sandbox.app.analyses import ANALYSES
from sandbox.app.answers import parts
from sandbox.app.atlas import Atlas
from sandbox.app.questions import ReachAnswer
from sandbox.app.settings import Theme
from sandbox.app.state import MapState
from sandbox.export.files import replacing
from sandbox.export.page import content, features, look, overlays, panel, play
from sandbox.export.page.analyses.reach import origin_outline
from sandbox.export.page.drawing import PANES, Drawing, in_both
from sandbox.export.page.features import told
from sandbox.export.page.packing import packed_json
from sandbox.export.page.result import Page, Result, add_result, hatches, in_both_themes
from sandbox.export.page.street_edits import edit_hatches, edits_layer
from sandbox.geo.shapes import to_lonlat
from sandbox.projects.project import check_public

_PAGES: Final = parts("sandbox.export.page.analyses", Page)
_SCRIPTS: Final = (
    "base.js", "inflate.js", "contours.js", "draw.js", "edges.js", "reach.js", "names.js",
    "card.js", "lists.js", "tables.js", "panels.js", "share.js", "print.js",
    "start.js",
)  # fmt: skip
_IMAGES: Final = ("layers.png", "layers-2x.png", "marker-icon.png")
# Nothing may be fetched, sent, framed or run but what the page itself carries.
_POLICY: Final = (
    "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; "
    "script-src {hashes}; base-uri 'none'; form-action 'none'"
)


def write_page(
    path: Path,
    atlas: Atlas,
    state: MapState,
    result: Result | None = None,
    *,
    others: Sequence[ReachAnswer] = (),
    theme: Theme | None = None,
) -> None:
    """Write the map as now on screen as one HTML file that needs no network.

    Parameters
    ----------
    path
        File to write; it is replaced whole, or not at all.
    atlas
        Layers and network.
    state
        What to show. Layers that are hidden can be switched on in the page.
    result
        What to show of an answer that the state doesn't hold, as a comparison.
    others
        Answers to the state's question from other origins, to be compared with it.
    theme
        How the page looks; None leaves it to the reader's device.

    Raises
    ------
    ExportError
        The folder is missing or can't be written to.
    """
    with replacing(path) as beside:
        beside.write_bytes(page_html(atlas, state, result, others=others, theme=theme).encode())


def page_html(
    atlas: Atlas,
    state: MapState,
    result: Result | None = None,
    *,
    others: Sequence[ReachAnswer] = (),
    theme: Theme | None = None,
) -> str:
    """Return the page as text; see `write_page`."""
    check_public(state.document.approval)
    drawing, answer = Drawing(), state.answers.reach_answer
    where = answer.question.place if answer and not answer.question.others else None
    overlays.add_layers(drawing, atlas, state, features.key(where.layer, where.id) if where else "")
    shown = _results(atlas, state, result)
    if answer is not None:
        group = drawing.group("reach")
        areas = [one.shape for one in answer.isochrone.origins if one.is_area]
        if areas:
            drawing.add(group, [origin_outline(one) for one in areas], "outlines")
    edited = edits_layer(atlas, state)
    add_result(
        drawing, [*(layer for one in shown for layer in one.layers), *([edited] if edited else ())]
    )
    played = result.play if result else None
    if answer is not None and result is None:
        played = play.of_answer(atlas, state, others)
    furniture = content.furniture(atlas, state, drawing, shown, result, edited)
    data = {
        **_view(atlas, state, shown, result),
        "title": told(furniture["title"]),
        "origin": told(panel.origin_name(atlas, answer)) if answer and result is None else None,
        "titled": told(panel.title_of(atlas, answer)) if answer and result is None else None,
        "panes": PANES,
        "groups": drawing.groups,
        "styles": drawing.styles,
        "facts": drawing.facts,
        "words": content.script_texts(
            answer.question.travel.mode if answer and not result else None
        ),
        "found": content.search_entries(atlas, state, drawing),
        "play": played,
    }
    scripts = [_script(text) for text in (_leaflet_js(), *(_asset(name) for name in _SCRIPTS))]
    bands = len(answer.isochrone.minutes) if answer else 0
    return _template().render(
        **furniture,
        language=state.language,
        theme=theme,
        styles=[
            Markup(text)  # noqa: S704 - our own and Leaflet's
            for text in (_leaflet_css(), look.variables(bands), _letters(), _asset("page.css"))
        ],
        symbols=Markup(_asset("symbols.svg") + hatches() + edit_hatches()),  # noqa: S704 - our own
        data=packed_json(data),
        scripts=[Markup(text) for text in scripts],  # noqa: S704 - see _script
        policy=_POLICY.format(hashes=" ".join(map(_hash, scripts))),
    )


def _view(
    atlas: Atlas, state: MapState, shown: Sequence[Result], result: Result | None
) -> dict[str, Any]:
    """Return where the page looks first, where its ground ends, and how streets are drawn."""
    longitude, latitude = state.document.view.center_lonlat
    zoom = min(
        max(look.zoom_of(state.document.view.m_per_px, latitude), look.MIN_ZOOM), look.MAX_ZOOM
    )
    bounds, pin = _bounds(state), _pin(state)
    if shown and (result is not None or state.answers.reach_answer is None):
        bounds = _around(shown[0].bounds_lonlat) or bounds
    if result is not None:
        pin = list(result.pin_lonlat[::-1]) if result.pin_lonlat else pin
    return {
        "center": [latitude, longitude],
        "zoom": zoom,
        "zooms": [look.MIN_ZOOM, look.MAX_ZOOM],
        "bounds": bounds,
        "edge": _around(atlas.network.bounds_lonlat),
        "pin": pin,
        "pins": _pins(state) if result is None else [],
        "roads": in_both(lambda one: look.roads(one, latitude)),
        "roadOrder": [kind.name.lower() for kind in look.ROAD_ORDER],
        "roadStep": look.ROAD_ZOOM_STEP,
        "ground": in_both(lambda one: one.colour("ground")),
    }


def _results(atlas: Atlas, state: MapState, result: Result | None) -> list[Result]:
    """Return what the page shows beside reach: a result that was handed in, and the map's own."""
    held = [one.id for one in ANALYSES if state.answers.result(one.answer) is not None]
    own = [in_both_themes(*in_both(partial(_PAGES[name].result, atlas, state))) for name in held]
    return own if result is None else [result, *own]


def _bounds(state: MapState) -> list[list[float]] | None:
    if state.answers.reach_answer is None:
        return None
    found = state.answers.reach_answer.isochrone
    outer = to_lonlat(found.areas[-1], found.crs)
    return None if outer.is_empty else _around(outer.bounds)


def _around(bounds: tuple[float, float, float, float] | None) -> list[list[float]] | None:
    if bounds is None:
        return None
    west, south, east, north = bounds
    return [[south, west], [north, east]]


def _pin(state: MapState) -> list[float] | None:
    # An area is outlined instead.
    answer = state.answers.reach_answer
    if answer is None or answer.question.others or answer.isochrone.origin.is_area:
        return None
    longitude, latitude = answer.isochrone.origin_lonlat
    return [latitude, longitude]


def _pins(state: MapState) -> list[list[float]]:
    """Return where the numbered pins of several origins stand, areas too."""
    answer = state.answers.reach_answer
    if answer is None or not answer.question.others:
        return []
    return [list(one.lonlat[::-1]) for one in answer.question.origins]


@cache
def _asset(name: str) -> str:
    return (paths.assets() / "page" / name).read_text(encoding="utf-8")


@cache
def _letters() -> str:
    """Return the page's own letters as CSS: those of devices differ in width."""
    return _face("Page Latin", "letters.woff") + _face("Page Quotes", "quotes.woff")


def _face(name: str, file: str) -> str:
    letters = base64.b64encode((paths.assets() / "page" / file).read_bytes()).decode("ascii")
    return (
        f'@font-face{{font-family:"{name}";font-weight:400;'
        f'src:url(data:font/woff;base64,{letters}) format("woff")}}'
    )


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(autoescape=True)
    return environment.from_string(_asset("page.html"))


def _leaflet(name: str) -> Path:
    return Path(xstatic.pkg.leaflet.BASE_DIR) / name


@cache
def _leaflet_js() -> str:
    return _leaflet("leaflet.js").read_text(encoding="utf-8").split("//# sourceMappingURL")[0]


@cache
def _leaflet_css() -> str:
    css = _leaflet("leaflet.css").read_text(encoding="utf-8")
    for name in _IMAGES:
        picture = base64.b64encode(_leaflet(f"images/{name}").read_bytes()).decode("ascii")
        css = css.replace(f"images/{name}", f"data:image/png;base64,{picture}")
    return css


def _script(text: str) -> str:
    """Return a script as it can stand in a page: it can't be ended from within."""
    # Line ends are what the policy's hash is taken of, and browsers count them so.
    clean = text.replace("\r\n", "\n").replace("\r", "\n")
    return clean.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _hash(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    return f"'sha256-{digest}'"
