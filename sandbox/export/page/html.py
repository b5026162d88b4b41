"""The map as one HTML file that opens without a network."""

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import folium
import jinja2
import xstatic.pkg.leaflet
from branca.element import Figure, MacroElement
from markupsafe import Markup

from sandbox import paths
from sandbox.app.analyses import ANALYSES
from sandbox.app.answers import parts
from sandbox.app.atlas import Atlas
from sandbox.app.state import MapState
from sandbox.draw.answers.bands import contour_colour
from sandbox.draw.theme import Theme, band_alphas, band_colours, theme
from sandbox.export.files import replacing
from sandbox.export.page import answers, features, look, overlays, panel
from sandbox.export.page.features import both, told
from sandbox.export.page.result import Page, Result, add_result, hatches, switches
from sandbox.export.page.seal import sealed, unsealed
from sandbox.export.page.street_edits import edit_hatches, edits_layer, edits_table
from sandbox.export.page.swatch import Swatch
from sandbox.words import Bilingual, Text

_PAGES: Final = parts("sandbox.export.page", Page)
_SCRIPTS: Final = ("map.js", "names.js", "panels.js")
_IMAGES: Final = ("layers.png", "layers-2x.png", "marker-icon.png")
# Nothing may be fetched, sent, framed or run but what the page itself carries.
_POLICY: Final = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src {hashes}; "
    "base-uri 'none'; form-action 'none'"
)


class _OfflineMap(folium.Map):
    """folium's map without what it loads from the network; the page carries Leaflet itself."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - folium's own form
    default_css: list[tuple[str, str]] = []  # noqa: RUF012


class _Opening(MacroElement):
    """The last line of the page's script: hands the map and its groups to our own."""

    _template = jinja2.Template(
        "{% macro script(this, kwargs) %}"
        "sandbox.open({{ this._parent.get_name() }}, {{ this.groups }}, {{ this.page }});"
        "{% endmacro %}"
    )

    def __init__(self, groups: Mapping[str, folium.FeatureGroup], page: Mapping[str, Any]) -> None:
        super().__init__()
        names = ", ".join(f"{_json(key)}: {group.get_name()}" for key, group in groups.items())
        self.groups = f"{{{names}}}"
        self.page = _json(sealed(page))


class _Page(Figure):
    """folium's figure, laid out by the page's own template."""

    def __init__(self, page_map: folium.Map, furniture: Mapping[str, Any]) -> None:
        super().__init__()
        self._furniture = furniture
        self.add_child(page_map)

    def render(self, **kwargs: Any) -> str:
        """Return the whole page."""
        for child in self._children.values():
            child.render(**kwargs)
        own = [_asset(name) for name in _SCRIPTS]
        scripts = [
            _script(text) for text in (_leaflet_js(), *own, unsealed(self.script.render(**kwargs)))
        ]
        return _template().render(
            **self._furniture,
            map=Markup(self.html.render(**kwargs)),  # noqa: S704 - folium's own element
            scripts=[Markup(text) for text in scripts],  # noqa: S704 - see _script
            policy=_POLICY.format(hashes=" ".join(map(_hash, scripts))),
        )


def write_page(path: Path, atlas: Atlas, state: MapState, result: Result | None = None) -> None:
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

    Raises
    ------
    ExportError
        The folder is missing or can't be written to.
    """
    with replacing(path) as beside:
        beside.write_bytes(page_html(atlas, state, result).encode())


def page_html(atlas: Atlas, state: MapState, result: Result | None = None) -> str:
    """Return the page as text; see `write_page`."""
    chosen = theme(state.theme)
    longitude, latitude = state.document.view.center_lonlat
    zoom = min(
        max(look.zoom_of(state.document.view.m_per_px, latitude), look.MIN_ZOOM), look.MAX_ZOOM
    )
    page_map = _OfflineMap(
        location=(latitude, longitude),
        zoom_start=round(zoom),
        min_zoom=look.MIN_ZOOM,
        max_zoom=look.MAX_ZOOM,
        tiles=None,
        zoom_control=False,
        attribution_control=False,
        zoom_snap=0.25,
        zoom_delta=1,
        wheel_px_per_zoom_level=90,
    )
    overlays.add_panes(page_map)
    answer = state.answers.reach_answer
    where = answer.question.place if answer else None
    origin = features.key(where.layer, where.id) if where else ""
    drawn = overlays.add_layers(page_map, atlas, state, chosen, origin)
    groups = dict(drawn.by_id)
    bounds: list[list[float]] | None = None
    if answer is not None:
        groups["reach"] = answers.add_reach(
            page_map, answer.isochrone, state.document.reach_opacity, chosen
        )
        bounds = _bounds(answer.isochrone)
    line = panel.terms(atlas, state, drawn.streets_within_m)
    switch = panel.groups(atlas, state, chosen, _band_swatches(state, chosen))
    title, pin = panel.title(atlas, state), _pin(state)
    edited = edits_layer(atlas, state, chosen)
    shown = _results(atlas, state, chosen, result)
    results = [layer for one in shown for layer in one.layers] + ([edited] if edited else [])
    groups |= add_result(page_map, results)
    if results:
        heading, first = both(Text("Results")), switches(results)
        if switch and switch[0]["title"] == heading:
            first += switch.pop(0)["layers"]
        switch = [{"title": heading, "layers": first}, *switch]
    if shown and (result is not None or answer is None):
        title, bounds = shown[0].title, _around(shown[0]) or bounds
    if result is not None:
        line = Bilingual(f"{result.line.zh} · {line.zh}", f"{result.line.en} · {line.en}")
        if result.pin_lonlat is not None:
            pin = [result.pin_lonlat[1], result.pin_lonlat[0]]
    page = {
        "title": told(title),
        "center": [latitude, longitude],
        "zoom": zoom,
        "bounds": bounds,
        "pin": pin,
        "tags": _tags(state, chosen),
        "minutes": _minutes(state),
        "words": {name: told(both(text)) for name, text in features.POPUP_WORDS.items()},
        "roads": look.roads(chosen, latitude),
        "roadOrder": [kind.name.lower() for kind in look.ROAD_ORDER],
        "roadZoom": [look.MIN_ZOOM, look.ROAD_ZOOM_STEP],
        "opacity": drawn.opacity,
        "facts": drawn.facts,
    }
    _Opening(groups, page).add_to(page_map)
    bands, listed = panel.bands(answer) if answer else [], edits_table(state)
    rows = panel.rows(atlas, state) if answer else []
    colours = band_colours(chosen, len(bands)) if bands else []
    furniture = {
        "language": state.language,
        "theme": state.theme,
        "title": title,
        "styles": [
            Markup(text)  # noqa: S704 - our own and Leaflet's
            for text in (_leaflet_css(), look.variables(chosen, colours), _asset("page.css"))
        ],
        "symbols": Markup(_asset("symbols.svg") + hatches(chosen) + edit_hatches(chosen)),  # noqa: S704 - our own
        "say": {name: both(text) for name, text in panel.SAY.items()},
        "groups": switch,
        "approval": panel.approval(state),
        "schematic": panel.schematic(atlas, state),
        "bands": bands,
        "rows": rows,
        "counts": panel.counts(atlas, state) if answer else [],
        "indicative": any(row["indicative"] for row in rows),
        "facts": [(one.title if one.title != title else None, one.facts) for one in shown],
        "line": line,
        "tables": [
            *(table for one in shown for table in one.tables),
            *([listed] if listed else ()),
        ],
        "cards": [card for one in shown for card in one.cards],
        "findings": [one.finding for one in shown if one.finding],
        "notes": [note for one in shown for note in one.notes],
        "legend": [
            line
            for one in shown
            for line in next((layer.legend for layer in one.layers if layer.visible), ())
        ]
        + list(edited.legend if edited else ()),
        "sources": panel.sources(atlas, state),
    }
    return _Page(page_map, furniture).render()


def _results(atlas: Atlas, state: MapState, chosen: Theme, result: Result | None) -> list[Result]:
    """Return what the page shows beside reach: a result that was handed in, and the map's own."""
    held = [one.id for one in ANALYSES if state.answers.result(one.answer) is not None]
    own = [_PAGES[name].result(atlas, state, chosen) for name in held]
    return own if result is None else [result, *own]


def _bounds(isochrone: Any) -> list[list[float]] | None:
    outer = answers.lonlat_shape(isochrone.areas[-1], isochrone.crs)
    if outer.is_empty:
        return None
    west, south, east, north = outer.bounds
    return [[south, west], [north, east]]


def _around(result: Result) -> list[list[float]] | None:
    if result.bounds_lonlat is None:
        return None
    west, south, east, north = result.bounds_lonlat
    return [[south, west], [north, east]]


def _pin(state: MapState) -> list[float] | None:
    # An area is outlined instead.
    if state.answers.reach_answer is None or state.answers.reach_answer.isochrone.origin.is_area:
        return None
    longitude, latitude = state.answers.reach_answer.isochrone.origin_lonlat
    return [latitude, longitude]


def _tags(state: MapState, chosen: Theme) -> list[dict[str, Any]]:
    if state.answers.reach_answer is None:
        return []
    return [
        {
            "spots": tag.spots_lonlat[:, ::-1].round(5).tolist(),
            "colour": tag.colour,
            "ink": tag.ink,
            **told(tag.words),
        }
        for tag in answers.tags(state.answers.reach_answer.isochrone, chosen)
    ]


def _minutes(state: MapState) -> dict[str, str]:
    if state.answers.reach_answer is None:
        return {}
    return {
        features.key(place.layer, place.id): ("≈ " if place.indicative else "")
        + panel.minutes_said(place.minutes)
        for place in state.answers.reach_answer.places
    }


def _band_swatches(state: MapState, chosen: Theme) -> list[tuple[Bilingual, Swatch]]:
    if state.answers.reach_answer is None:
        return []
    minutes = state.answers.reach_answer.isochrone.minutes
    alphas = band_alphas(chosen, len(minutes), state.document.reach_opacity)
    colours = band_colours(chosen, len(minutes))
    return [
        (
            both(features.within(cutoff)),
            Swatch(fill=colour, fill_opacity=alpha, stroke=contour_colour(colour, chosen)),
        )
        for cutoff, colour, alpha in zip(minutes, colours, alphas, strict=True)
    ]


@cache
def _asset(name: str) -> str:
    return (paths.assets() / "page" / name).read_text(encoding="utf-8")


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


def _json(value: Any) -> str:
    """Return a value as JavaScript that can stand within a script element."""
    # Only ASCII: what JavaScript would take for the end of a line is an escape, too.
    return json.dumps(value, separators=(",", ":")).replace("<", "\\u003c")
