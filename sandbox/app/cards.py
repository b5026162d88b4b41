"""What a kiosk's card says, as blocks of words and figures; how they look is not its matter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sandbox.app import places, scenes
from sandbox.app.atlas import Atlas
from sandbox.app.places import Place
from sandbox.app.scenes import Facts, Figure
from sandbox.app.show import ShowState
from sandbox.app.state import Language, MapState, ReachQuestion
from sandbox.catalog.scenes import Scene
from sandbox.words import Text, words_of

MODES: Final = {"walk": Text("On foot"), "bike": Text("By bike"), "drive": Text("By car"),
                "transit": Text("By metro")}  # fmt: skip
# Cutoffs that a visitor may choose, as the largest of each set.
MINUTES: Final = {15.0: (5.0, 10.0, 15.0), 30.0: (10.0, 20.0, 30.0)}
_ROWS: Final = 5
# Where the scene itself has a list too.
_FEW_ROWS: Final = 2


@dataclass(frozen=True, slots=True)
class Pair:
    """Words in the language chosen, and in the other one beneath."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Heading:
    """Whose card it is, with the mark of its category (empty: none)."""

    words: Pair
    category: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """How much ground a cutoff reaches; `index` counts bands from the nearest."""

    index: int
    count: int
    value: str
    unit: Pair


@dataclass(frozen=True, slots=True)
class Bands:
    """The bands of one answer side by side."""

    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """Heads a list."""

    words: Pair


@dataclass(frozen=True, slots=True)
class Row:
    """A place, and a figure at the end of the line."""

    words: Pair
    value: str
    unit: Pair
    category: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure as an article states it, with what it counts and where it is from."""

    value: str
    words: Pair
    source: str


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence in small letters."""

    words: Pair


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A heading with a sentence."""

    title: Pair
    words: Pair


@dataclass(frozen=True, slots=True)
class Button:
    """What a finger can do: an action with its argument."""

    action: str
    argument: str
    words: Pair
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Buttons:
    """Buttons side by side."""

    buttons: tuple[Button, ...]


Block = Heading | Bands | Title | Row | Stated | Note | Paragraph | Buttons


@dataclass(frozen=True, slots=True)
class Card:
    """Two groups of blocks: of the scene, and of the answer on the map."""

    scene: tuple[Block, ...]
    answer: tuple[Block, ...]


def pair(text: Text, language: Language) -> Pair:
    """Return one of the program's own texts in both languages, the chosen one first."""
    zh, en = text.said(words_of("zh")), text.said(words_of("en"))
    return Pair(zh, en) if language == "zh" else Pair(en, zh)


def both(said: tuple[str, str], language: Language) -> Pair:
    """Return data's Chinese and English words, the chosen one first."""
    return Pair(*said) if language == "zh" else Pair(said[1], said[0])


def card(atlas: Atlas, scene: Scene, show: ShowState, state: MapState, known: Facts | None) -> Card:
    """Return what the card says of a scene, its step, and the answer on the map.

    Parameters
    ----------
    atlas
        Places and indicators.
    scene, show
        What is on.
    state
        Question and answer.
    known
        What the scene has computed; None until that is there.
    """
    facts = known if known is not None and known.scene == scene.id else None
    return Card(
        tuple(_scene_blocks(atlas, scene, show, facts)),
        tuple(_answer_blocks(atlas, scene, show.language, state)),
    )


def _answer_blocks(
    atlas: Atlas, scene: Scene, language: Language, state: MapState
) -> Iterator[Block]:
    question, answer = state.reach, state.reach_answer
    if question is None:
        return
    origin = places.place(atlas.layers, question.place) if question.place else None
    if origin is not None:
        yield Heading(_name(origin, language), origin.layer.style.category)
    else:
        yield Heading(pair(Text("Where you pressed"), language))
    if answer is not None and answer.question == question:
        found = answer.isochrone
        yield Bands(
            tuple(
                Band(
                    index,
                    len(found.minutes),
                    f"{found.areas_km2[index]:.1f}",
                    pair(Text("km² · {minutes} min", {"minutes": f"{minutes:g}"}), language),
                )
                for index, minutes in enumerate(found.minutes)
            )
        )
        rows = _ROWS if scene.places is None and scene.commute is None else _FEW_ROWS
        yield from _within(atlas, language, state, rows)
    if scene.reach is not None and scene.reach.press:
        yield Buttons(tuple(_minute_buttons(question, language)))


def _within(atlas: Atlas, language: Language, state: MapState, rows: int) -> Iterator[Block]:
    reached = places.reached(state)
    if not reached:
        yield Title(pair(Text("No place of the map within reach"), language))
        return
    yield Title(pair(Text("{count} places within reach", {"count": len(reached)}), language))
    for one in reached[:rows]:
        place = places.place(atlas.layers, places.Selected(one.layer, one.id))
        if place is not None:
            yield _timed_row(place, one.minutes, language)


def _scene_blocks(
    atlas: Atlas, scene: Scene, show: ShowState, facts: Facts | None
) -> Iterator[Block]:
    language = show.language
    stage = scenes.stage_of(scene, show.stage)
    if scene.timeline is not None:
        year = scene.timeline.first + show.stage
        yield Heading(Pair(str(year), ""))
        opened = scenes.opened_by(atlas, scene.timeline.layers, year)
        yield Title(pair(Text("{count} places open so far", {"count": len(opened)}), language))
        told = _latest(scenes.figures(atlas, scene.timeline.figures), year)
        yield from _stated(told[-5:], language)
    for page in stage.pages if stage is not None else ():
        yield Paragraph(
            both((page.title.zh, page.title.en), language),
            both((page.text.zh, page.text.en), language),
        )
        yield from _stated(scenes.figures(atlas, page.figures), language)
    ids = stage.figures if stage is not None and stage.figures else scene.figures
    yield from _stated(scenes.figures(atlas, ids), language)
    if scene.places is not None:
        yield Title(both((scene.places.title.zh, scene.places.title.en), language))
        yield from _place_rows(atlas, scene, facts, language)
    if scene.commute is not None:
        yield from _commute(scene, facts, language)
    if scene.day is not None:
        yield from _day(atlas, scene, facts, language)


def _place_rows(
    atlas: Atlas, scene: Scene, facts: Facts | None, language: Language
) -> Iterator[Block]:
    if facts is None or scene.places is None:
        return
    for one in facts.places[: scene.places.rows]:
        place = places.place(atlas.layers, one.where)
        if place is not None:
            yield _timed_row(place, one.minutes, language, beyond=scene.places.minutes)


def _commute(scene: Scene, facts: Facts | None, language: Language) -> Iterator[Block]:
    assert scene.commute is not None  # noqa: S101
    minutes = f"{scene.commute.minutes:g}"
    text = Text("Pairs of home and work within {minutes} min", {"minutes": minutes})
    yield Title(pair(text, language))
    for share in facts.shares if facts is not None else ():
        of = Text("{within} of {pairs}", {"within": share.within, "pairs": share.pairs})
        words = pair(MODES[share.mode], language)
        percent = round(100 * share.within / share.pairs) if share.pairs else 0
        yield Row(words, str(percent), Pair("%", pair(of, language).first))
    yield Note(pair(Text("Campus and town are counted as homes."), language))


def _day(atlas: Atlas, scene: Scene, facts: Facts | None, language: Language) -> Iterator[Block]:
    assert scene.day is not None  # noqa: S101
    legs = (None, *(facts.legs if facts is not None else ()))
    yield Title(pair(MODES[scene.day.mode], language))
    for index, stop in enumerate(scene.day.stops):
        place = scenes.found(atlas, stop.place)
        if place is None:
            continue
        leg = legs[index] if index < len(legs) else None
        said = both((stop.text.zh, stop.text.en), language)
        name = _name(place, language).first
        value = "" if leg is None else _whole(leg)
        unit = pair(Text("min"), language) if value else Pair("", "")
        yield Row(Pair(f"{stop.clock} {said.first}", name), value, unit, place.layer.style.category)


def _latest(told: Sequence[Figure], year: int) -> list[Figure]:
    """Return of each indicator the newest figure that was told by the end of a year."""
    newest: dict[str, Figure] = {}
    for figure in told:
        when = figure.as_of[:4]
        # Figures without a date are those of the latest article.
        if (when.isdigit() and int(when) <= year) or (not when and year >= _UNDATED):
            newest[figure.name[0]] = figure
    return list(newest.values())


# The article without a printed year is of 2024 or 2025.
_UNDATED: Final = 2025


def _stated(told: Sequence[Figure], language: Language) -> Iterator[Block]:
    for figure in told:
        value = both(figure.value, language).first
        noted = both(figure.note, language).first
        source = " · ".join(part for part in (figure.source, noted) if part)
        yield Stated(value, both(figure.name, language), source)


def _timed_row(place: Place, minutes: float | None, language: Language, beyond: float = 0.0) -> Row:
    value = _whole(minutes) if minutes is not None else f">{beyond:g}"
    return Row(
        _name(place, language),
        value,
        pair(Text("min"), language),
        place.layer.style.category,
    )


def _whole(minutes: float) -> str:
    """Return minutes as people say them: whole, and never less than one for a way."""
    return str(max(1, round(minutes))) if minutes > 0 else "0"


def _name(place: Place, language: Language) -> Pair:
    return both((place.name("zh"), place.name("en")), language)


def _minute_buttons(question: ReachQuestion, language: Language) -> Iterator[Button]:
    for longest in MINUTES:
        words = pair(Text("{minutes} min", {"minutes": f"{longest:g}"}), language)
        yield Button("minutes", f"{longest:g}", words, question.minutes[-1] == longest)
