"""A city from an OpenStreetMap extract: its streets, timetables and the map under them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import geopandas as gpd

from sandbox.catalog.description import Group
from sandbox.catalog.layer import Column, Geometry, Layer, LegendEntry, Style
from sandbox.engine.network import Network
from sandbox.projects.project import Project
from sandbox.sources.gtfs.build import build_timetable
from sandbox.sources.osm.build import build_osm
from sandbox.sources.osm.ground import read_ground
from sandbox.sources.relief import with_climb
from sandbox.streets import sandnet
from sandbox.words import Bilingual, Text

Tell = Callable[[float, Text], None]
_OSM: Final = Bilingual("OpenStreetMap 贡献者", "OpenStreetMap contributors")
_LICENCE: Final = "ODbL 1.0"
# Id -> title, group, geometry, style and the words of its kinds.
_SAID: Final[dict[str, tuple[Bilingual, Group, Geometry, Style, dict[str, Bilingual]]]] = {
    "built_up": (
        Bilingual("建成区", "Built-up area"), "base", "polygon",
        Style(fill="site", label=False),
        {"built_up": Bilingual("建成区", "Built-up area")},
    ),
    "green": (
        Bilingual("绿地与林地", "Green and woodland"), "base", "polygon",
        Style(fill="green", label=False),
        {"green": Bilingual("绿地与林地", "Green and woodland")},
    ),
    "parks": (
        Bilingual("公园", "Parks"), "base", "polygon",
        Style(category="park", fill="park", label_rank=30, below_m_px=25.0),
        {"park": Bilingual("公园", "Park"), "nature_reserve": Bilingual("自然保护区", "Reserve")},
    ),
    "water": (
        Bilingual("水系", "Water"), "base", "mixed",
        Style(fill="water", label_rank=20),
        {"river": Bilingual("江河", "River"), "lake": Bilingual("湖泊水面", "Lake")},
    ),
    "buildings": (
        Bilingual("建筑", "Buildings"), "base", "polygon",
        Style(fill="building", label=False, below_m_px=6.0),
        {"building": Bilingual("建筑", "Building")},
    ),
    "rail": (
        Bilingual("轨道与铁路", "Rail"), "transport", "mixed",
        Style(category="rail", line="metro", label_rank=26, below_m_px=40.0),
        {
            "line": Bilingual("线路", "Line"),
            "metro_station": Bilingual("轨道交通站", "Metro station"),
            "railway_station": Bilingual("铁路车站", "Railway station"),
        },
    ),
    "settlements": (
        Bilingual("地名", "Names of places"), "base", "point",
        Style(label_rank=10, above_m_px=1.5),
        {"district": Bilingual("城区", "District"), "town": Bilingual("镇街", "Town")},
    ),
    "services": (
        Bilingual("公共服务", "Services"), "function", "mixed",
        Style(category="service", label_rank=40, below_m_px=8.0),
        {
            "kindergarten": Bilingual("幼儿园", "Kindergarten"),
            "school": Bilingual("学校", "School"),
            "college": Bilingual("职业院校", "College"),
            "university": Bilingual("大学", "University"),
            "hospital": Bilingual("医院", "Hospital"),
            "clinic": Bilingual("诊所", "Clinic"),
            "doctors": Bilingual("卫生站", "Doctors"),
            "pharmacy": Bilingual("药店", "Pharmacy"),
            "library": Bilingual("图书馆", "Library"),
            "community_centre": Bilingual("社区中心", "Community centre"),
            "marketplace": Bilingual("菜市场", "Market"),
            "police": Bilingual("派出所", "Police station"),
            "fire_station": Bilingual("消防站", "Fire station"),
            "social_facility": Bilingual("社会福利设施", "Social facility"),
        },
    ),
}  # fmt: skip
# How people say that something is open, where they don't say that it operates.
_STATUSES: Final = {
    "parks": {"operating": Bilingual("已开放", "Open")},
    "services": {"operating": Bilingual("已投用", "In use")},
}
_OWN: Final = {
    "rail": (Column("line", "text", Bilingual("线路", "Line")),),
    "settlements": (Column("label_class", "integer", Bilingual("注记级别", "Rank of the name")),),
}


def build_city(
    extract: Path,
    network_file: Path,
    *,
    gtfs: Sequence[Path] = (),
    dem: Sequence[Path] = (),
    title: Bilingual | None = None,
    tell: Tell = lambda _share, _text: None,
) -> Project:
    """Return the project of a city, and write its streets.

    Parameters
    ----------
    extract
        A ``.osm.pbf`` file.
    network_file
        Where the streets are written, for the project to hold.
    gtfs, dem
        Timetables, and elevation rasters for the slopes of the streets.
    title
        What the city is called; None for the name of the file.
    tell
        Called with the part that is done, 0 to 1, and what is being done; it may raise to end
        the work.

    Raises
    ------
    NetworkError, TransitError
        One of the files can't be used.
    """
    named = extract.name.split(".")[0].replace("_", " ").replace("-", " ").strip()
    title = title or Bilingual(named, named.title() if named.islower() else named)
    steps = ["streets", "base map"]
    streets = build_osm(extract, progress=lambda share: tell(0.4 * share, Text("Reading streets")))
    streets = replace(streets, provenance=replace(streets.provenance, title=title.en))
    if dem:
        tell(0.4, Text("Reading elevations"))
        streets = with_climb(streets, dem)
        steps.append("slopes")
    timetable = None
    if gtfs:
        timetable, _ = build_timetable(
            gtfs,
            Network(streets),
            progress=lambda share: tell(0.45 + 0.15 * share, Text("Reading timetables")),
        )
        steps.append("timetables")
    sandnet.save(streets, network_file, timetable)
    tell(0.6, Text("Reading the base map"))
    # How many objects there are isn't known; the bar goes on and never arrives.
    ground = read_ground(
        extract, lambda count: tell(0.9 - 0.3 / (1 + count / 200_000), Text("Reading the base map"))
    )
    layers = {name: _layer(name, ground[name]) for name in _SAID if name in ground}
    tell(0.92, Text("Saving the project"))
    made: dict[str, Any] = {
        "file": extract.name,
        "source": _OSM.en,
        "licence": _LICENCE,
        "data_of": streets.provenance.date or None,
        "steps": steps,
        "told": {"gtfs": [one.name for one in gtfs], "dem": [one.name for one in dem]},
        "imported_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    record = {**made, "steps": ["read", "put together as areas and lines"], "told": {}}
    return Project(
        title,
        {"streets": _streets(), **layers},
        network_file,
        provenance={"": made, **dict.fromkeys(layers, record)},
    )


def _layer(name: str, features: gpd.GeoDataFrame) -> Layer:
    title, group, geometry, style, kinds = _SAID[name]
    there = set(features["kind"])
    return Layer(
        id=name,
        title=title,
        group=group,
        geometry=geometry,
        columns=_OWN.get(name, ()),
        style=style,
        legend=(LegendEntry(title),),
        provenance=_OSM,
        licence=_LICENCE,
        kinds={kind: said for kind, said in kinds.items() if kind in there},
        statuses=_STATUSES.get(name, {}),
        features=features,
    )


def _streets() -> Layer:
    title = Bilingual("道路", "Streets")
    return Layer(
        id="streets",
        title=title,
        group="base",
        geometry="network",
        columns=(),
        style=Style(label=False),
        legend=(),
        provenance=_OSM,
        licence=_LICENCE,
    )
