"""What a card says of the answer on the map: ground, places, what is gained, two places, desks."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from sandbox.analysis.within_reach import PlaceReached
from sandbox.app import moving, places
from sandbox.app.answers import compare
from sandbox.app.answers.awaited import reach_awaited
from sandbox.app.atlas import Atlas
from sandbox.app.kiosk.blocks import (
    Band,
    Bands,
    Block,
    Button,
    Buttons,
    Cell,
    Head,
    Heading,
    Note,
    Pair,
    Row,
    Table,
    Title,
    Told,
    both,
    pair,
)
from sandbox.app.kiosk.completeness import completeness_blocks
from sandbox.app.kiosk.desks import DeskTimes
from sandbox.app.kiosk.scenes import scenes
from sandbox.app.kiosk.show import ShowState
from sandbox.app.places import Place
from sandbox.app.questions import AgainstAnswer, ReachAnswer, ReachQuestion, Selected
from sandbox.app.state import MapState
from sandbox.catalog.scenes import Scene
from sandbox.streets.modes import MODES, Mode
from sandbox.words import Language, Text

# Cutoffs that a visitor may choose, as the largest of each set.
MINUTES: Final = {
    15.0: (5.0, 10.0, 15.0),
    30.0: (10.0, 20.0, 30.0),
    45.0: (15.0, 30.0, 45.0),
    60.0: (20.0, 40.0, 60.0),
}
_ROWS: Final = 4
# Where the scene itself has a list too.
_FEW_ROWS: Final = 2
_LABS: Final = "labs"


def answer_blocks(
    atlas: Atlas, scene: Scene, show: ShowState, state: MapState, desks: DeskTimes | None
) -> Iterator[Block]:
    """Yield what a card says of the question on the map and its answer.

    Parameters
    ----------
    atlas
        Places.
    scene, show
        What is on.
    state
        Question and answer.
    desks
        Minutes from the origin to the scene's desks; None until they are there.
    """
    question, answer, language = state.document.reach, state.answers.reach_answer, show.language
    if scenes.completeness_of(scene, show.stage) is not None:
        yield from completeness_blocks(atlas, state, language)
    if question is None:
        return
    asked = scenes.reach_of(scene, show.stage)
    if _of_two(state):
        yield Heading(pair(Text("Comparison of two places"), language))
    else:
        # Until an answer is late the card is whole the older one, its place included.
        on_card = question if answer is None or state.answers.outdated else answer.question
        yield _heading(atlas, on_card, language)
    if scene.desks is not None and not _of_two(state):
        yield from _desk_table(atlas, scene, question, desks, language)
    elif answer is not None:
        older = state.answers.outdated and reach_awaited(state)
        told = _told(atlas, scene, show, state, answer)
        yield from (replace(one, older=True) for one in told) if older else told
    if asked is not None and asked.press and asked.modes:
        yield Buttons(tuple(_mode_buttons(atlas, asked.modes, question, language)))
        if scene.commute is None:
            yield Buttons(tuple(_minute_buttons(question, language)))


def _of_two(state: MapState) -> bool:
    return state.document.against is not None and state.document.against.kind == "place"


def _told(
    atlas: Atlas, scene: Scene, show: ShowState, state: MapState, answer: ReachAnswer
) -> Iterator[Told]:
    """Yield the texts about the answer on the map: it stays there until a newer one comes."""
    language, compared = show.language, compare.shown(state)
    step = scenes.stage_of(scene, show.stage)
    if _of_two(state):
        yield from _two_places(atlas, answer, compared, language)
    elif step is not None and step.reach is not None:
        if compared is not None:
            yield Title(pair(compare.sides(compared), language))
        yield _by_cutoff(atlas, answer, compared, language)
    else:
        yield _bands(answer, language)
        yield from (Note(pair(why, language)) for why in answer.why[:1])
        rows = _ROWS if scene.places is None and scene.commute is None else _FEW_ROWS
        yield from _within(atlas, language, state, rows)


def timed_row(place: Place, minutes: float | None, language: Language, beyond: float = 0.0) -> Row:
    """Return a place with the minutes to it; None is more than `beyond`."""
    value = whole(minutes) if minutes is not None else f">{beyond:g}"
    return Row(
        name_of(place, language), value, pair(Text("min"), language), place.layer.style.category
    )


def whole(minutes: float) -> str:
    """Return minutes as people say them: whole, and never less than one for a way."""
    return str(max(1, round(minutes))) if minutes > 0 else "0"


def name_of(place: Place, language: Language) -> Pair:
    """Return a place's name in both languages."""
    return both((place.name("zh"), place.name("en")), language)


def _heading(atlas: Atlas, question: ReachQuestion, language: Language) -> Heading:
    origin = places.place(atlas.layers, question.place) if question.place else None
    if origin is None:
        return Heading(pair(Text("The place you chose"), language))
    return Heading(name_of(origin, language), origin.layer.style.category)


def _bands(answer: ReachAnswer, language: Language) -> Bands:
    found = answer.isochrone
    told = enumerate(zip(found.minutes, found.areas_km2, strict=True))
    return Bands(
        tuple(
            Band(
                index,
                len(found.minutes),
                f"{area:.1f}",
                pair(Text("km² · {minutes} min", {"minutes": f"{minutes:g}"}), language),
            )
            for index, (minutes, area) in told
        )
    )


def _minutes_head(minutes: float, language: Language) -> Head:
    return Head(pair(Text("{minutes} min", {"minutes": f"{minutes:g}"}), language))


def _by_cutoff(
    atlas: Atlas, answer: ReachAnswer, base: AgainstAnswer | None, language: Language
) -> Table:
    """Return ground and places by cutoff; with a base, how much of each is new."""
    minutes = answer.question.minutes
    areas = list(answer.isochrone.areas_km2 if base is None else base.difference.plan.km2)
    before = [0.0] * len(areas) if base is None else list(base.difference.base.km2)
    rows = [(pair(Text("Area, km²"), language), _cells(areas, before, base is not None, 1))]
    reached = ((), answer.places) if base is None else base.places
    real_before, real = (places.counted(atlas.layers, one) for one in reached)
    for text, layer in _COUNTED:
        before, now = (_counts(one, minutes, layer) for one in (real_before, real))
        rows.append((pair(text, language), _cells(now, before, base is not None, 0)))
    return Table(tuple(_minutes_head(one, language) for one in minutes), tuple(rows))


_COUNTED: Final = ((Text("Labs and platforms"), _LABS), (Text("Schools, parks, etc."), ""))


def _cells(
    now: Sequence[float], before: Sequence[float], compared: bool, digits: int
) -> tuple[Cell, ...]:
    """Return figures with what they gained, so rounded that they add up as they are read."""
    made: list[Cell] = []
    for value, base in zip(now, before, strict=True):
        more = round(round(value, digits) - round(base, digits), digits)
        gained = f"{more:+.{digits}f}" if compared and more else ""
        made.append(Cell(f"{value:.{digits}f}", gained))
    return tuple(made)


def _counts(reached: Sequence[PlaceReached], minutes: Sequence[float], layer: str) -> list[float]:
    """Return how many places of a layer, or of all, lie within each cutoff."""
    times = [one.minutes for one in reached if layer in ("", one.layer)]
    return [float(sum(time <= most for time in times)) for most in minutes]


def _two_places(
    atlas: Atlas, answer: ReachAnswer, base: AgainstAnswer | None, language: Language
) -> Iterator[Told]:
    """Yield what either of two places reaches within the largest cutoff, and both do."""
    minutes = {"minutes": f"{answer.question.minutes[-1]:g}"}
    yield Title(pair(Text("Within {minutes} min", minutes), language))
    if base is None:
        return
    heads = (
        Head(pair(Text("Place A"), language), "first"),
        Head(pair(Text("Place B"), language), "second"),
        Head(pair(Text("Both"), language)),
    )
    found = base.difference
    ground = tuple(Cell(f"{part.km2[-1]:.1f}") for part in (found.base, found.plan, found.kept))
    rows = [(pair(Text("Area, km²"), language), ground)]
    here, there = (places.counted(atlas.layers, one) for one in base.places)
    for text, layer in _COUNTED:
        first, second = _ids(here, layer), _ids(there, layer)
        counts = (len(first), len(second), len(first & second))
        rows.append((pair(text, language), tuple(Cell(str(count)) for count in counts)))
    yield Table(heads, tuple(rows))


def _ids(reached: Sequence[PlaceReached], layer: str) -> set[Selected]:
    return {Selected(one.layer, one.id) for one in reached if layer in ("", one.layer)}


def _desk_table(
    atlas: Atlas,
    scene: Scene,
    question: ReachQuestion,
    desks: DeskTimes | None,
    language: Language,
) -> Iterator[Block]:
    """Yield the minutes from the origin to each desk by each mode."""
    assert scene.desks is not None  # noqa: S101
    yield Title(pair(Text("Minutes to each service port"), language))
    heads = tuple(Head(pair(MODES[mode].brief, language)) for mode in scene.desks.modes)
    known = desks.minutes if desks is not None and desks.question == question else {}
    rows: list[tuple[Pair, tuple[Cell, ...]]] = []
    for index, one in enumerate(scene.desks.to):
        place = scenes.found(atlas, one)
        if place is not None:
            found = (known[mode][index] if mode in known else None for mode in scene.desks.modes)
            beyond = f">{scene.desks.minutes:g}" if known else "…"
            cells = tuple(Cell(whole(m) if m is not None else beyond) for m in found)
            rows.append((name_of(place, language), cells))
    yield Table(heads, tuple(rows))


def _within(atlas: Atlas, language: Language, state: MapState, rows: int) -> Iterator[Told]:
    reached = places.reached(state)
    if not reached:
        yield Title(pair(Text("No place on the map is within reach"), language))
        return
    yield Title(pair(Text("Places within reach: {count}", {"count": len(reached)}), language))
    for one in reached[:rows]:
        place = places.place(atlas.layers, places.Selected(one.layer, one.id))
        if place is not None:
            yield timed_row(place, one.minutes, language)


def _mode_buttons(
    atlas: Atlas, modes: Sequence[Mode], question: ReachQuestion, language: Language
) -> Iterator[Button]:
    possible, chosen = moving.modes(atlas), question.travel.mode
    for mode in modes:
        if mode in possible:
            yield Button("mode", mode, pair(MODES[mode].brief, language), chosen == mode)


def _minute_buttons(question: ReachQuestion, language: Language) -> Iterator[Button]:
    for longest in MODES[question.travel.mode].offered_minutes:
        words = pair(Text("{minutes} min", {"minutes": f"{longest:g}"}), language)
        yield Button("minutes", f"{longest:g}", words, question.minutes[-1] == longest)
