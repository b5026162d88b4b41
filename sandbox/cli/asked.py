"""What comparisons and commutes are asked about: sides, places, files, the map behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sandbox.cli import options, riding, words
from sandbox.errors import AnalysisError, ExportError
from sandbox.words import Text

if TYPE_CHECKING:
    import geopandas as gpd

    from sandbox.analysis.searched import Way
    from sandbox.app.atlas import Atlas
    from sandbox.app.state import MapState
    from sandbox.catalog.layer import Layer
    from sandbox.network.costs import Travel
    from sandbox.words import Bilingual

_BASE: Final = "today"
_ENDINGS: Final = (".gpkg", ".csv", ".html")
_MODES: Final = {"walk": "On foot", "bike": "By bike", "drive": "By car"}


@dataclass(frozen=True, slots=True)
class Sides:
    """What is compared: the base, each of the others with it, and what they are called."""

    base: "Way"
    others: "tuple[Way, ...]"
    names: "Mapping[str, Bilingual]"


def sides_of(
    *,
    base: str | None,
    with_: Sequence[str],
    modes: tuple[str, str | None],
    by_line: dict[str, Any],
    travel: "Travel",
    layers: "Mapping[str, Layer]",
) -> Sides:
    """Return the base and the scenarios beside it.

    Raises
    ------
    AnalysisError
        Scenarios are given for those who don't go by line.
    """
    from sandbox.analysis.searched import Way
    from sandbox.catalog import scenarios
    from sandbox.export.features import both
    from sandbox.network.line_edits import apply
    from sandbox.words import Bilingual

    mode, other = modes
    if "transit" not in modes and (base or with_):
        raise AnalysisError(
            "A scenario is given, but it says only what lines run.",
            "Leave --base and --with out, or ask for --mode transit.",
        )
    ride = riding.ride("transit" if "transit" in modes else mode, **by_line)
    before = base or _BASE

    names: dict[str, Bilingual] = {}

    def way(named: str, moved: str, scenario: str) -> Way:
        if moved != "transit":
            names[named] = both(Text(_MODES[moved]))
            return Way(named, replace(travel, mode=moved))
        read = scenarios.read(scenario, layers)
        names[named] = Bilingual(read.title.zh, read.title.en)
        supply = apply(read).supply
        feet = replace(travel, mode="walk", towards=ride is not None and ride.arrive)
        return Way(named, feet, ride, supply)

    first = way(Path(before).stem if mode == "transit" else mode, mode, before)
    others = [way(Path(name).stem, "transit", name) for name in with_]
    if other is not None:
        others.append(way(other, other, before))
    return Sides(first, tuple(others), names)


def varied(
    sides: Sides, depart: datetime | None, percentile: int | None, hour: int | None
) -> Sides:
    """Return the sides with another hour or percentile of the base beside it.

    Raises
    ------
    AnalysisError
        There is nothing to compare with; or the base doesn't go so.
    """
    from sandbox.words import Bilingual

    base, others = sides.base, list(sides.others)
    ride = base.ride
    if ride is None and (depart or percentile):
        raise AnalysisError(
            "Departures, windows and the like are of those who go by line.",
            "Leave them out, or ask for --mode transit.",
        )
    if hour is not None:
        options.check_hour(base.travel.mode, hour)
        others.append(replace(base, id=f"{hour}:00", travel=replace(base.travel, hour=hour)))
    if ride is not None and depart is not None:
        others.append(replace(base, id=f"{depart:%H:%M}", ride=replace(ride, when=depart)))
    if ride is not None and percentile is not None:
        other = replace(ride, percentile=percentile)
        others.append(replace(base, id=f"P{percentile}", ride=other))
    if not others:
        raise AnalysisError(
            "There is nothing to compare with.",
            "Give --with ID|FILE, or another mode, hour or percentile.",
        )
    plain = {way.id: Bilingual(way.id, way.id) for way in others}
    return Sides(base, tuple(others), plain | dict(sides.names))


def check_file(file: Path | None) -> None:
    """Refuse before the work what would fail after it.

    Raises
    ------
    ExportError
        If the ending is none that can be written, or the folder is missing.
    """
    if file is None:
        return
    if file.suffix.lower() not in _ENDINGS:
        raise ExportError(
            "{file} has no ending of a file that can be written.",
            "End the name in .gpkg, .csv or .html.",
            file=file,
        )
    if not file.parent.is_dir():
        raise ExportError(
            "The folder {folder} isn't there.",
            "Make it first, or write to another.",
            folder=file.parent,
        )


def origins_of(
    layers: "Mapping[str, Layer]",
    at: Sequence[tuple[float, float]],
    from_layers: Sequence[str],
) -> "gpd.GeoDataFrame":
    """Return the places that are asked about, `id, layer, name_zh, name_en` and geometry.

    Raises
    ------
    AnalysisError
        A layer isn't there or holds no places.
    """
    import geopandas as gpd
    import pandas as pd
    from shapely import Point

    from sandbox.app import places
    from sandbox.geo.crs import WGS84

    holding = [name for name, layer in layers.items() if places.features_of(layer).size]
    unknown = [name for name in from_layers if name not in holding]
    if unknown:
        raise AnalysisError(
            "There is no layer of places named {layer}.",
            "Layers: {known}.",
            layer=", ".join(unknown),
            known=", ".join(holding),
        )
    parts = [places.features_of(layers[name]) for name in from_layers]
    if at:
        said = [f"{lon:.6f},{lat:.6f}" for lon, lat in at]
        columns = {
            "id": said,
            "layer": "",
            "kind": "",
            "name_zh": said,
            "name_en": said,
            "accuracy_m": 0.0,
        }
        parts.append(gpd.GeoDataFrame(columns, geometry=[Point(one) for one in at], crs=WGS84))
    wanted = ["id", "layer", "kind", "name_zh", "name_en", "accuracy_m", "gates", "geometry"]
    cut = [part[[name for name in wanted if name in part.columns]] for part in parts]
    return gpd.GeoDataFrame(pd.concat(cut, ignore_index=True), geometry="geometry", crs=WGS84)


def plain_state(atlas: "Atlas") -> "MapState":
    """Return the map as a new window shows it, in the user's language, without an answer."""
    from sandbox.app import settings as remembered
    from sandbox.app.opening import first_state

    spoken = "zh" if words().language == "zh" else "en"
    return replace(first_state(atlas, remembered.load().settings, spoken), reach=None)
