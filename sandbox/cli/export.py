"""Files of the map, on the command line."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from sandbox.cli import words
from sandbox.cli.parts import city, on_map, options, output, topics
from sandbox.cli.parts import travel as travels
from sandbox.cli.parts.origins import read_origins
from sandbox.streets.modes import MODES, reach_of

if TYPE_CHECKING:
    from sandbox.app.settings import Settings, Theme
    from sandbox.streets.travel import Travel


class _Names(click.ParamType[tuple[str, ...]]):
    """Names with commas between."""

    name = "ID,ID…"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Return the names, each once."""
        parts = (part.strip() for part in str(value).replace("，", ",").split(","))
        return tuple(dict.fromkeys(part for part in parts if part))


@click.group()
def export() -> None:
    """Export the map as files that others can open."""


@export.command(cls=topics.ByTopic)
@click.argument("file", metavar="OUT.html", type=click.Path(path_type=Path))
@click.option(
    "--lang",
    "language",
    type=click.Choice(["zh", "en"]),
    help="Language in which the page opens; readers can switch it.",
)
@options.THEME
@click.option("--layers", "layer_ids", type=_Names(), help="Layers to include.  [default: all]")
@options.NETWORK
@options.EDITS
@options.ORIGIN
@click.option(
    "--minutes",
    type=options.MINUTES,
    help="Cutoffs of the isochrones; the largest one also applies to the service circles.  "
    "[default: 5,10,15; public transport 15,30,45]",
)
@on_map.options
@options.REACH
@travels.options("mode", "walk_kmh", "bike_kmh", "hour", "slope", *travels.RIDE)
@travels.SCENARIO
def html(
    *,
    file: Path,
    language: str | None,
    theme: str | None,
    layer_ids: tuple[str, ...] | None,
    network_file: Path | None,
    edits_file: Path | None,
    origins: tuple[str, ...],
    minutes: tuple[float, ...] | None,
    asked: dict[str, Any],
    reach_m: float | None,
    travel: "Travel",
    scenario: str | None,
) -> None:
    """Export the map as one HTML page that works offline."""
    from sandbox.analysis.isochrone import check_question
    from sandbox.app import settings as remembered
    from sandbox.app.opening import stand_here
    from sandbox.catalog import scenarios
    from sandbox.engine.network import Network
    from sandbox.export.asked import Asked, asked_map, check_layers
    from sandbox.export.page.html import write_page

    city.check_files([file], ".html", ".htm")
    mode = travel.mode
    travels.check_scenario(mode, scenario)
    own_reach_m, reach_m = reach_m, reach_m or reach_of(mode)
    cutoffs = check_question(minutes or MODES[mode].minutes, reach_m, travel)
    edits = options.street_edits(edits_file)
    settings: Settings = remembered.load().settings
    layers = stand_here(city.layers(), settings.here)
    check_layers(layer_ids or (), tuple(layers))
    lines = scenarios.read(scenario, layers) if scenario is not None else None
    common = on_map.Common(minutes, travel, own_reach_m, lines)
    layers, asked = on_map.holding(layers, asked)
    analyses = on_map.questions(layers, common, asked)
    atlas = city.atlas(layers, Network.open(network_file))
    spoken = "zh" if (language or words().language) == "zh" else "en"
    atlas, places = read_origins(atlas, origins)
    look = cast("Theme | None", theme)
    way = travels.of_reach(travel)
    shown = Asked(places, cutoffs, reach_m, way, lines, analyses, edits, layer_ids)
    state, others = asked_map(atlas, settings, spoken, shown, look)
    state = city.as_saved(
        state, atlas, settings, layer_ids or (), view=not origins and not analyses
    )
    state = city.reviewed(state, atlas)
    write_page(file, atlas, state, others=others, theme=look)
    click.echo("\n".join(output.written(file)))
