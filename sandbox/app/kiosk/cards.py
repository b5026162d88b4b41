"""What a kiosk's card says, as blocks of words and figures; how they look is not its matter."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sandbox.analysis.route import Route
from sandbox.app import moving, places
from sandbox.app.atlas import Atlas
from sandbox.app.kiosk.answer_card import answer_blocks, name_of, timed_row, whole
from sandbox.app.kiosk.blocks import (
    Block,
    Card,
    Cell,
    Head,
    Heading,
    Note,
    Pair,
    Paragraph,
    Reported,
    Row,
    Stated,
    Table,
    Title,
    both,
    pair,
)
from sandbox.app.kiosk.desks import DeskTimes
from sandbox.app.kiosk.scenes import scenes
from sandbox.app.kiosk.scenes.facts import Facts, Share
from sandbox.app.kiosk.scenes.scenes import Figure
from sandbox.app.kiosk.show import ShowState
from sandbox.app.kiosk.subjects.told import numbers
from sandbox.app.state import MapState
from sandbox.catalog.scenes import Scene
from sandbox.streets.modes import MODES, Mode
from sandbox.words import Language, Text, words_of


def card(
    atlas: Atlas,
    scene: Scene,
    show: ShowState,
    state: MapState,
    known: Facts | None,
    *,
    desks: DeskTimes | None = None,
    stop: int = -1,
) -> Card:
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
    desks
        Minutes from the origin to the scene's desks; None until they are there.
    stop
        Which stop of the scene's day was reached last; -1 for none.
    """
    facts = known if known is not None and known.scene == scene.id else None
    return Card(
        tuple(_scene_blocks(atlas, scene, show, facts, stop)),
        tuple(answer_blocks(atlas, scene, show, state, desks)),
    )


def _scene_blocks(
    atlas: Atlas, scene: Scene, show: ShowState, facts: Facts | None, stop: int
) -> Iterator[Block]:
    language = show.language
    stage = scenes.stage_of(scene, show.stage)
    if scene.timeline is not None:
        year = scene.timeline.first + show.stage
        yield Heading(Pair(str(year), ""))
        timeline = scene.timeline
        opened = scenes.opened_between(atlas, timeline.layers, timeline.first, year)
        yield Title(pair(Text("Opened so far: {count}", {"count": len(opened)}), language))
        if not any(scenes.opened_year(one) == year for one in opened):
            yield Note(pair(Text("No place is known to have opened this year."), language))
        told = _latest(scenes.figures(atlas, scene.timeline.figures), year)
        yield from _stated(told[-5:], language)
    for page in stage.pages if stage is not None else ():
        yield Paragraph(
            both((page.title.zh, page.title.en), language),
            both((page.text.zh, page.text.en), language),
        )
        yield from _stated(scenes.figures(atlas, page.figures), language)
    ids = stage.figures if stage is not None and stage.figures else scene.figures
    told = scenes.figures(atlas, ids)
    if stage is not None and stage.reach is not None and told:
        yield _reported(told, language)
    else:
        yield from _stated(told, language)
    if scene.places is not None:
        yield Title(both((scene.places.title.zh, scene.places.title.en), language))
        yield from _place_rows(atlas, scene, facts, language)
    if scene.commute is not None:
        yield from _commute(atlas, scene, facts, language)
    if scene.day is not None:
        yield from _day(atlas, scene, facts, language, stop)


def _place_rows(
    atlas: Atlas, scene: Scene, facts: Facts | None, language: Language
) -> Iterator[Block]:
    if facts is None or scene.places is None:
        return
    known = numbers(scene, 0)
    for one in facts.places[: scene.places.rows]:
        place = places.place(atlas.layers, one.where)
        if place is not None:
            row = timed_row(place, one.minutes, language, beyond=scene.places.minutes)
            yield replace(row, number=known.get(one.where, 0))


def _commute(
    atlas: Atlas, scene: Scene, facts: Facts | None, language: Language
) -> Iterator[Block]:
    """Yield the share of pairs within the time by mode, and what lines to come add to it."""
    assert scene.commute is not None  # noqa: S101
    minutes = f"{scene.commute.minutes:g}"
    text = Text("Home to work within {minutes} min", {"minutes": minutes})
    yield Title(pair(text, language))
    by_mode: dict[Mode, list[Share]] = {}
    for share in facts.shares if facts is not None else ():
        by_mode.setdefault(share.mode, []).append(share)
    if by_mode:
        heads = tuple(Head(pair(MODES[mode].brief, language)) for mode in by_mode)
        cells: list[Cell] = []
        for shares in by_mode.values():
            now, then = _percent(shares[0]), _percent(shares[-1])
            cells.append(Cell(f"{now}%", f"{then - now:+d}%" if then != now else ""))
        count = next(iter(by_mode.values()))[0].pairs
        of = pair(Text("Of {pairs} home–work trips", {"pairs": count}), language)
        yield Table(heads, ((of, tuple(cells)),))
        if any(cell.gained for cell in cells):
            yield _in_blue(atlas, scene.commute.scenarios[-1], language)
    yield Note(
        pair(Text("Campuses and towns count as homes; by car in free-flowing traffic."), language)
    )


def _in_blue(atlas: Atlas, scenario: str, language: Language) -> Note:
    """Return what the figures that are gained come from."""
    title = moving.scenarios(atlas)[scenario].title
    zh, en = words_of("zh"), words_of("en")
    blue = zh("In blue: {what}", what=title.zh), en("In blue: {what}", what=title.en)
    return Note(both(blue, language))


def _percent(share: Share) -> int:
    return round(100 * share.within / share.pairs) if share.pairs else 0


def _day(
    atlas: Atlas, scene: Scene, facts: Facts | None, language: Language, at: int
) -> Iterator[Block]:
    assert scene.day is not None  # noqa: S101
    legs: tuple[Route | None, ...] = (None, *(facts.legs if facts is not None else ()))
    known = numbers(scene, 0)
    for index, stop in enumerate(scene.day.stops):
        place = scenes.found(atlas, stop.place)
        if place is None:
            continue
        leg = legs[index] if index < len(legs) else None
        said = both((stop.text.zh, stop.text.en), language)
        name = name_of(place, language).first
        value = "" if leg is None else whole(leg.minutes)
        unit = pair(Text("min"), language) if value else Pair("", "")
        if leg is not None:
            manner = pair(MODES[leg.travel.mode].manner, language).first
            name = f"{name} · {manner}"
        words = Pair(f"{stop.clock} {said.first}", name)
        number = known.get(place.where, 0)
        yield Row(words, value, unit, place.layer.style.category, index == at, number=number)


def _latest(told: Sequence[Figure], year: int) -> list[Figure]:
    """Return the newest figure of each indicator that was published by the end of a year."""
    newest: dict[str, Figure] = {}
    for figure in told:
        when = figure.as_of[:4]
        # A figure belongs to no year if its article prints none.
        if when.isdigit() and int(when) <= year:
            newest[figure.name[0]] = figure
    return list(newest.values())


def _stated(told: Sequence[Figure], language: Language) -> Iterator[Block]:
    for figure in told:
        value = both(figure.value, language).first
        noted = both(figure.note, language).first
        source = " · ".join(part for part in (both(figure.source, language).first, noted) if part)
        yield Stated(value, both(figure.name, language), source)


def _reported(told: Sequence[Figure], language: Language) -> Reported:
    """Return an article's figures side by side, with each note once."""
    shown = tuple(
        (both(one.value, language).first, both(_own_name(one.name), language)) for one in told
    )
    sources = dict.fromkeys(both(one.source, language).first for one in told if any(one.source))
    notes = dict.fromkeys(both(one.note, language) for one in told if any(one.note))
    first = " · ".join((*(note.first for note in notes), *sources))
    return Reported(shown, Pair(first, " · ".join(note.second for note in notes)))


def _own_name(name: tuple[str, str]) -> tuple[str, str]:
    """Return an indicator's name without the heading that it shares with those beside it."""
    zh, en = name
    return zh.rpartition("：")[2], en.rpartition(": ")[2]
