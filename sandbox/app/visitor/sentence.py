"""A visitor's answer in one sentence: from where, and what is within reach."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from sandbox.analysis.within_reach import PlaceReached
from sandbox.app import places
from sandbox.app.answers import compare
from sandbox.app.atlas import Atlas
from sandbox.app.kiosk.blocks import Pair, both, pair
from sandbox.app.questions import AgainstAnswer, LonLat, ReachAnswer, Selected
from sandbox.app.state import MapState
from sandbox.geo.crs import to_metric
from sandbox.kept import keep
from sandbox.streets.modes import Mode
from sandbox.words import Bilingual, Language, Text, words_of

# A place so near gives its name to a point that has none of its own.
NEAR_M: Final = 500.0
# One reads so many groups while standing.
_GROUPS_SAID: Final = 4
_LAKES: Final = ("lake", "reservoir")

_FROM_HERE: Final[dict[Mode, Text]] = {
    "walk": Text("On foot, {minutes} minutes from here: {what}"),
    "bike": Text("By bike, {minutes} minutes from here: {what}"),
    "drive": Text("By car, {minutes} minutes from here: {what}"),
    "transit": Text("By public transport, {minutes} minutes from here: {what}"),
}


@dataclass(frozen=True, slots=True)
class _Group:
    """Kinds of places that visitors call by one word: of one, and of several."""

    kinds: frozenset[str]
    one: Text
    several: Text


# As people ask for them: what is seen first, then work, then every day's needs.
_GROUPS: Final = (
    _Group(
        frozenset({"chongqing_laboratory", "institute", "research_centre", "facility"}),
        Text("{count} research institution"),
        Text("{count} research institutions"),
    ),
    _Group(
        frozenset({"school", "school_secondary", "school_primary"}),
        Text("{count} school"),
        Text("{count} schools"),
    ),
    _Group(frozenset({"hospital"}), Text("{count} hospital"), Text("{count} hospitals")),
    _Group(frozenset({"park", "forest_park"}), Text("{count} park"), Text("{count} parks")),
    _Group(
        frozenset({"metro_station", "railway_station"}),
        Text("{count} station"),
        Text("{count} stations"),
    ),
    _Group(
        frozenset({"university", "college"}),
        Text("{count} university"),
        Text("{count} universities"),
    ),
    _Group(
        frozenset({"commerce", "mall"}),
        Text("{count} shopping place"),
        Text("{count} shopping places"),
    ),
    _Group(
        frozenset({"culture", "sport"}),
        Text("{count} place for culture or sport"),
        Text("{count} places for culture or sport"),
    ),
)
_LAKE: Final = Text("{count} lake"), Text("{count} lakes")
_PLACE: Final = Text("{count} place"), Text("{count} places")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A visitor's answer: the place, and what is within reach of it."""

    place: Pair
    words: Pair


def sentence(atlas: Atlas, state: MapState, language: Language) -> Sentence | None:
    """Return what the answer on the map says to a visitor, None where there is none.

    Parameters
    ----------
    atlas
        Places.
    state
        Question and answer; two homes that are compared are told together.
    language
        Which of the two comes first.
    """
    answer = state.answers.reach_answer
    if answer is None:
        return None
    compared = compare.shown(state)
    if compared is not None and compared.against.kind == "place":
        return _of_two(atlas, answer, compared, language)
    what = list(_within(atlas, state, answer))
    if not what:
        area = answer.isochrone.areas_km2[-1]
        what = [Text("{area} km²", {"area": f"{area:.1f}"})]
    minutes = f"{answer.question.minutes[-1]:g}"
    told = _FROM_HERE[answer.question.travel.mode]
    both_said = _said(told, minutes, what, "zh"), _said(told, minutes, what, "en")
    return Sentence(_place(atlas, answer, language), both(both_said, language))


def _said(told: Text, minutes: str, what: Sequence[Text], language: Language) -> str:
    words = words_of(language)
    # A figure stays beside what it counts where the line breaks.
    listed = ("、" if language == "zh" else ", ").join(
        one.said(words).replace(" ", "\u00a0", 1) for one in what
    )
    return Text(told.template, {"minutes": minutes, "what": listed}).said(words)


def _of_two(
    atlas: Atlas, answer: ReachAnswer, compared: AgainstAnswer, language: Language
) -> Sentence:
    first, second = (
        {Selected(one.layer, one.id) for one in places.counted(atlas.layers, found)}
        for found in compared.places
    )
    values = {
        "minutes": f"{answer.question.minutes[-1]:g}",
        "first": len(first),
        "second": len(second),
        "both": len(first & second),
    }
    told = Text("In {minutes} minutes: A reaches {first} places, B {second}, both {both}", values)
    return Sentence(pair(Text("Comparison of two places"), language), pair(told, language))


def _place(atlas: Atlas, answer: ReachAnswer, language: Language) -> Pair:
    """Return the name of where one starts: its own, else that of what stands nearby."""
    question = answer.question
    own = places.place(atlas.layers, question.place) if question.place is not None else None
    if own is not None:
        return both((own.name("zh"), own.name("en")), language)
    near = nearest(atlas, question.origin_lonlat)
    if near is None:
        return pair(Text("The place you chose"), language)
    name = Bilingual(near.name("zh"), near.name("en"))
    return pair(Text("Near {name}", {"name": name}), language)


def nearest(atlas: Atlas, lonlat: LonLat, within_m: float = NEAR_M) -> places.Place | None:
    """Return the named place nearest to a point as the crow flies, None where none is near."""
    point = shapely.Point(*to_metric(lonlat, atlas.crs))
    best: tuple[float, Selected] | None = None
    for layer in atlas.layers.values():
        if layer.features is None or layer.is_own or layer.schematic:
            continue
        if not places.is_place_layer(layer) or layer.features.empty:
            continue
        away_m = shapely.distance(_on_ground(atlas, layer.id), point)
        row = int(np.argmin(away_m))
        if away_m[row] <= within_m and (best is None or away_m[row] < best[0]):
            best = float(away_m[row]), Selected(layer.id, str(layer.features["id"].iat[row]))
    return None if best is None else places.place(atlas.layers, best[1])


@keep(64)
def _on_ground(atlas: Atlas, layer_id: str) -> NDArray[np.object_]:
    """Return what a layer's features cover, metres in the map's system."""
    features = atlas.layers[layer_id].features
    assert features is not None  # noqa: S101
    shapes = features.geometry.to_numpy()
    return shapely.transform(shapes, lambda lonlat: to_metric(lonlat, atlas.crs))


def _within(atlas: Atlas, state: MapState, answer: ReachAnswer) -> Iterator[Text]:
    """Yield what is within reach by group, each with its count; at last all other places."""
    lakes = _lakes(atlas, state, answer)
    if lakes:
        yield _counted(_LAKE, lakes)
    kinds = list(_kinds(atlas, places.counted(atlas.layers, places.reached(state))))
    said = 1 if lakes else 0
    for group in _GROUPS:
        count = sum(kind in group.kinds for kind in kinds)
        if count and said < _GROUPS_SAID:
            said += 1
            yield _counted((group.one, group.several), count)
    if not said and kinds:
        yield _counted(_PLACE, len(kinds))


def _kinds(atlas: Atlas, reached: Sequence[PlaceReached]) -> Iterator[str]:
    """Yield the kind of each place; what stands on two layers under one name counts once."""
    named: set[tuple[str, str]] = set()
    for one in reached:
        place = places.place(atlas.layers, Selected(one.layer, one.id))
        if place is not None and (name := (place.name("zh"), place.text("kind"))) not in named:
            named.add(name)
            yield place.text("kind")


def _lakes(atlas: Atlas, state: MapState, answer: ReachAnswer) -> int:
    """Return how many lakes of the map have shores in the ground within reach."""
    if not answer.isochrone.areas:
        return 0
    names: set[str] = set()
    for shown in state.document.layers:
        if shown.visible:
            lakes, shapes = _lakes_of(atlas, shown.id)
            names |= set(lakes[shapely.intersects(shapes, answer.isochrone.areas[-1])])
    return len(names)


@keep(64)
def _lakes_of(atlas: Atlas, layer_id: str) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Return the names of a layer's lakes, and what they cover, metres in the map's system."""
    layer = atlas.layers[layer_id]
    features = layer.features
    # A shore may be schematic; that the lake is there is not.
    if features is None or layer.is_own or "kind" not in features:
        return np.empty(0, dtype=object), np.empty(0, dtype=object)
    lakes = features["kind"].isin(_LAKES).to_numpy()
    names = features["name_zh"].to_numpy(dtype=object)[lakes]
    return names, _on_ground(atlas, layer_id)[lakes] if lakes.any() else names


def _counted(words: tuple[Text, Text], count: int) -> Text:
    return Text(words[count > 1].template, {"count": count})
