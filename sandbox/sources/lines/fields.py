"""What columns of planners' street lines say, turned into the tags that the street rules know."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sandbox.errors import NetworkError
from sandbox.sources.osm.highways import HIGHWAYS
from sandbox.sources.osm.speed_limits import maxspeed_kmh
from sandbox.words import Text

# What columns can say of a line, and the usual names of such columns, the
# surest first. `fclass` and its like are those of OpenStreetMap extracts as Shapefiles.
ROLES: Final[Mapping[str, tuple[str, ...]]] = {
    "class": (
        "highway", "fclass", "road_class", "roadclass", "class", "road_type", "roadtype", "kind",
        "type", "道路等级", "道路级别", "道路类型", "道路类别", "等级", "级别", "类型", "类别",
        "dldj",
    ),
    "speed": (
        "maxspeed", "speed_kmh", "speed_limit", "speedlimit", "speed", "design_speed", "限速",
        "设计速度", "设计车速", "车速", "速度",
    ),
    "one-way": (
        "oneway", "one_way", "one-way", "单行", "单行道", "单行线", "单向", "是否单行", "是否单向",
        "通行方向",
    ),
    "level": ("level", "layer", "z_level", "zlevel", "层级", "层次", "层"),
    "bridge": ("bridge", "is_bridge", "桥梁", "桥", "是否桥梁"),
    "tunnel": ("tunnel", "is_tunnel", "隧道", "是否隧道"),
    "name": (
        "name_zh", "name", "road_name", "roadname", "名称", "道路名称", "道路名", "路名", "dlmc",
        "mc",
    ),
    "modes": ("modes", "通行方式", "通行对象"),
}  # fmt: skip
# Shapefiles cut names of columns off after so many bytes.
_NAME_BYTES: Final = 10

# Words for kinds of street besides OpenStreetMap's: those of GB 50220 and CJJ 37 for towns,
# of JTG B01 for the country. Expressways in towns are for cars.
KINDS: Final[Mapping[str, Mapping[str, str]]] = {
    **{f"track_grade{grade}": {"highway": "track"} for grade in range(1, 6)},
    "高速": {"highway": "motorway"},
    "高速公路": {"highway": "motorway"},
    "快速路": {"highway": "trunk", "motorroad": "yes"},
    "快速": {"highway": "trunk", "motorroad": "yes"},
    "城市快速路": {"highway": "trunk", "motorroad": "yes"},
    "express": {"highway": "trunk", "motorroad": "yes"},
    "expressway": {"highway": "trunk", "motorroad": "yes"},
    "匝道": {"highway": "trunk_link", "motorroad": "yes"},
    "一级公路": {"highway": "primary"},
    "国道": {"highway": "primary"},
    "主干": {"highway": "primary"},
    "主干路": {"highway": "primary"},
    "主干道": {"highway": "primary"},
    "城市主干路": {"highway": "primary"},
    "城市主干道": {"highway": "primary"},
    "arterial": {"highway": "primary"},
    "二级公路": {"highway": "secondary"},
    "省道": {"highway": "secondary"},
    "次干": {"highway": "secondary"},
    "次干路": {"highway": "secondary"},
    "次干道": {"highway": "secondary"},
    "城市次干路": {"highway": "secondary"},
    "城市次干道": {"highway": "secondary"},
    "collector": {"highway": "secondary"},
    "三级公路": {"highway": "tertiary"},
    "县道": {"highway": "tertiary"},
    "street": {"highway": "tertiary"},
    "四级公路": {"highway": "unclassified"},
    "乡道": {"highway": "unclassified"},
    "村道": {"highway": "unclassified"},
    "支路": {"highway": "residential"},
    "支": {"highway": "residential"},
    "城市支路": {"highway": "residential"},
    "街坊路": {"highway": "residential"},
    "local": {"highway": "residential"},
    "内部道路": {"highway": "service"},
    "小区道路": {"highway": "service"},
    "步行街": {"highway": "pedestrian"},
    "人行道": {"highway": "footway"},
    "步道": {"highway": "footway"},
    "步行道": {"highway": "footway"},
    "山城步道": {"highway": "footway"},
    "登山步道": {"highway": "footway"},
    "健身步道": {"highway": "footway"},
    **{over: {"highway": "footway", "bridge": "yes"} for over in ("人行天桥", "过街天桥", "天桥")},
    **{
        under: {"highway": "footway", "tunnel": "yes"}
        for under in ("人行地道", "过街地道", "地下通道", "人行地下通道")
    },
    "自行车道": {"highway": "cycleway"},
    "非机动车道": {"highway": "cycleway"},
    "骑行道": {"highway": "cycleway"},
    "绿道": {"highway": "path"},
    "小路": {"highway": "path"},
    "机耕路": {"highway": "track"},
    "梯道": {"highway": "steps"},
    "台阶": {"highway": "steps"},
    "梯坎": {"highway": "steps"},
    "阶梯": {"highway": "steps"},
    "楼梯": {"highway": "steps"},
}
# What a line of unknown kind counts as.
UNSAID: Final = "road"
# Kinds that say that there is nothing to move on, yet or any more.
NO_STREET: Final = frozenset({
    "no", "construction", "proposed", "abandoned", "razed", "planned", "规划", "规划道路", "在建",
    "拟建", "废弃",
})  # fmt: skip
REST: Final = "*"

_MODES: Final = {
    **dict.fromkeys(("walk", "foot", "步行", "行人", "人行"), "foot"),
    **dict.fromkeys(("bike", "bicycle", "自行车", "非机动车", "骑行"), "bicycle"),
    **dict.fromkeys(("drive", "car", "motor_vehicle", "机动车", "汽车", "车行"), "motor_vehicle"),
}
_WHOLE: Final = re.compile(r"([+-]?[0-9]{1,15})(?:\.0*)?")
_MODES_APART: Final = re.compile(r"[\s,;/、，；|+]+")

_ONE_WAY: Final = {
    **dict.fromkeys(("yes", "1", "true", "ft", "f", "单行", "单向", "是", "正向", "顺向"), "yes"),
    **dict.fromkeys(("-1", "reverse", "tf", "逆向", "反向"), "-1"),
    **dict.fromkeys(("no", "0", "false", "b", "", "双行", "双向", "否"), "no"),
}
_YES: Final = frozenset({"yes", "1", "true", "t", "y", "是", "viaduct"})
_NO: Final = frozenset({"no", "0", "false", "f", "n", "否", ""})
_LEVELS: Final = {
    "": 0, "地面": 0, "ground": 0,
    "高架": 1, "桥": 1, "桥梁": 1, "bridge": 1,
    "地下": -1, "隧道": -1, "地道": -1, "下穿": -1, "tunnel": -1,
}  # fmt: skip
_LEVEL_LIMIT: Final = 20
_SAID: Final = 12


@dataclass(slots=True)
class Told:
    """What the columns say of each line.

    Attributes
    ----------
    tags
        OpenStreetMap tags of each line; none where its kind says that there is no street.
    level
        Level of each line, 0 on the ground.
    kinds
        How many lines have which value as kind, and which ``highway`` value it counts as.
    """

    tags: list[dict[str, str]]
    level: list[int]
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])


def columns_of(names: Sequence[str], given: Mapping[str, str], path: object) -> dict[str, str]:
    """Return the column of each role that has one: as given, else by its usual names.

    Parameters
    ----------
    names
        Columns of the file.
    given
        Columns by role; an empty one says that the file tells nothing of it.
    path
        File, for the error.

    Raises
    ------
    NetworkError
        A column that is given isn't there; all of them at once, with those there are.
    """
    faults = [
        Text("there is no column “{column}”", {"column": column})
        for column in given.values()
        if column and column not in names
    ]
    if faults:
        raise NetworkError(
            "The columns of {path} don't match those given",
            "Available columns: {columns}.",
            faults=faults,
            path=path,
            columns=", ".join(names) or "–",
        )
    plain = {name.casefold().strip(): name for name in reversed(names)}
    found = {
        role: plain[usual]
        for role, usuals in ROLES.items()
        for usual in reversed([*usuals, *map(_cut_off, usuals)])
        if usual in plain
    }
    return {role: column for role, column in {**found, **given}.items() if column}


def _cut_off(name: str) -> str:
    """Return the name of a column as a Shapefile in UTF-8 has room for it."""
    return name.encode()[:_NAME_BYTES].decode(errors="ignore")


def told(
    rows: Mapping[str, Sequence[Any]],
    columns: Mapping[str, str],
    kinds: Mapping[str, str],
    path: object,
) -> Told:
    """Return what the columns say of each line.

    Parameters
    ----------
    rows
        Values of each role that has a column, one a line.
    columns
        Names of those columns.
    kinds
        What else names a kind of street, and as which ``highway`` value it counts.
    path
        File, for the error.

    Raises
    ------
    NetworkError
        Kinds, directions, levels, speeds or modes that can't be read; all of them at once.
        They are never guessed.
    """
    texts = {role: [_text(value) for value in values] for role, values in rows.items()}
    count = len(next(iter(texts.values()), []))
    made = Told([{} for _ in range(count)], [0] * count)
    faults = [
        *_classes(made, texts.get("class"), texts.get("name"), kinds, columns),
        *_directions(made, texts.get("one-way"), columns),
        *_speeds(made, texts.get("speed"), columns),
        *_levels(made, texts, columns),
        *_modes(made, texts.get("modes"), columns),
    ]
    _names(made, rows.get("name"))
    if faults:
        raise NetworkError(
            "The values of {path} can't be read",
            'Give the meaning of a kind with --class VALUE=HIGHWAY (--class "*=residential" '
            "for all others, --class VALUE=no to skip it), name other columns with --field "
            "ROLE=COLUMN, or ignore one with --field ROLE=.",
            faults=[*faults[:_SAID], *_more(len(faults) - _SAID)],
            path=path,
        )
    for number, tags in enumerate(made.tags):
        if tags["highway"] in NO_STREET:
            made.tags[number] = {}
    return made


def _more(count: int) -> list[Text]:
    return [Text("… and {count} more", {"count": f"{count:,}"})] if count > 0 else []


def _text(value: Any) -> str:
    """Return a value as plain text: missing ones empty, whole numbers without sign or point."""
    if value is None or value != value:  # noqa: PLR0124 - not a number
        return ""
    plain = unicodedata.normalize("NFKC", str(value)).strip().casefold()
    whole = _WHOLE.fullmatch(plain)
    return str(int(whole[1])) if whole else plain


def _classes(
    made: Told,
    texts: Sequence[str] | None,
    names: Sequence[str] | None,
    kinds: Mapping[str, str],
    columns: Mapping[str, str],
) -> list[Text]:
    own = {_text(value): {"highway": highway} for value, highway in kinds.items()}
    known: dict[str, Mapping[str, str]] = {
        **{highway: {"highway": highway} for highway in (*HIGHWAYS, *NO_STREET)},
        **KINDS,
        "": {"highway": UNSAID},
        "unknown": {"highway": UNSAID},
        **own,
    }
    rest = own.get(REST)
    for tags, said in zip(made.tags, texts or [""] * len(made.tags), strict=True):
        kind = known.get(said, rest) or {}
        # A line in a plan is the middle of a street, one way only where it says so; in
        # OpenStreetMap motorways are one way without saying it.
        tags.update(kind if said in HIGHWAYS else {"oneway": "no", **kind})
        tags.setdefault("highway", UNSAID)
        made.kinds[said, tags["highway"]] += 1
    if rest:
        return []
    faults = _strange("class", texts or (), known, columns)
    names = names or ()
    kinds_as_names = sum(said in known for said in names if said)
    if faults and kinds_as_names * 2 > len(names):
        faults.append(
            Text("the kinds seem to be in the column “{column}”", {"column": columns["name"]})
        )
    return faults


def _names(made: Told, values: Sequence[Any] | None) -> None:
    for tags, value in zip(made.tags, values or (), strict=False):
        if _text(value):
            tags["name"] = str(value).strip()


def _directions(made: Told, texts: Sequence[str] | None, columns: Mapping[str, str]) -> list[Text]:
    if texts is None:
        return []
    # In files that know B (both ways), F is forward and T backward; elsewhere the two may
    # be true and false, and aren't guessed.
    meaning = dict(_ONE_WAY)
    if "b" in texts:
        meaning["t"] = "-1"
    else:
        del meaning["f"]
    for tags, said in zip(made.tags, texts, strict=True):
        if said:
            tags["oneway"] = meaning.get(said, "no")
    return _strange("one-way", texts, meaning, columns)


def _speeds(made: Told, texts: Sequence[str] | None, columns: Mapping[str, str]) -> list[Text]:
    known: dict[str, str] = dict.fromkeys(("", "0", "none", "无"), "")
    for tags, said in zip(made.tags, texts or (), strict=False):
        if said not in known:
            kmh = said
            for unit in ("公里/小时", "千米/小时", "公里/时", "千米/时", "公里"):
                kmh = kmh.removesuffix(unit).strip()
            if any(maxspeed_kmh({"maxspeed": kmh})):
                known[said] = kmh
        if known.get(said):
            tags["maxspeed"] = known[said]
    return _strange("speed", texts or (), known, columns)


def _modes(made: Told, texts: Sequence[str] | None, columns: Mapping[str, str]) -> list[Text]:
    known: dict[str, frozenset[str]] = {"": frozenset()}
    for tags, said in zip(made.tags, texts or (), strict=False):
        if said not in known:
            parts = [part for part in _MODES_APART.split(said) if part]
            if all(part in _MODES for part in parts):
                known[said] = frozenset(_MODES[part] for part in parts)
        if known.get(said):
            tags |= {key: "yes" if key in known[said] else "no" for key in set(_MODES.values())}
    return _strange("modes", texts or (), known, columns)


def _levels(
    made: Told, texts: Mapping[str, Sequence[str]], columns: Mapping[str, str]
) -> list[Text]:
    known: dict[str, int] = {
        **_LEVELS, **{str(level): level for level in range(-_LEVEL_LIMIT, _LEVEL_LIMIT + 1)}
    }  # fmt: skip
    faults: list[Text] = []
    for number, said in enumerate(texts.get("level", ())):
        made.level[number] = known.get(said, 0)
    faults += _strange("level", texts.get("level", ()), known, columns)
    for role, over in (("bridge", 1), ("tunnel", -1)):
        for number, said in enumerate(texts.get(role, ())):
            if said in _YES:
                made.tags[number][role] = "yes"
        for number, tags in enumerate(made.tags):
            if role in tags:
                made.level[number] = made.level[number] or over
        faults += _strange(role, texts.get(role, ()), dict.fromkeys(_YES | _NO), columns)
    for tags, level in zip(made.tags, made.level, strict=True):
        if level and "bridge" not in tags and "tunnel" not in tags:
            tags["bridge" if level > 0 else "tunnel"] = "yes"
    return faults


def _strange(
    role: str, texts: Sequence[str], known: Mapping[str, Any], columns: Mapping[str, str]
) -> list[Text]:
    """Return a fault for each value that isn't known."""
    return [
        Text(
            "“{value}” in the column “{column}” ({count} times)",
            {"value": value[:40], "column": columns.get(role, role), "count": count},
        )
        for value, count in Counter(said for said in texts if said not in known).most_common()
    ]
