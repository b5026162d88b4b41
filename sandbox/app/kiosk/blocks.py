"""What cards are made of: blocks of words and figures, in the language chosen and the other."""

from dataclasses import dataclass, replace
from typing import Final, Literal

from sandbox.words import Language, Text, words_of

# Letters of a small sentence.
NOTE_PX: Final = 18.0


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
    older: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a table, and how much of it is new."""

    value: str
    gained: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What a column of a table counts; `tone` says which of two places it is of, if any."""

    words: Pair
    tone: Literal["", "first", "second"] = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Figures in columns: what each column is of, and what is counted in each row."""

    heads: tuple[Head, ...]
    rows: tuple[tuple[Pair, tuple[Cell, ...]], ...]
    older: bool = False


@dataclass(frozen=True, slots=True)
class Reported:
    """Figures side by side in the words of an article, with its name."""

    figures: tuple[tuple[str, Pair], ...]
    source: Pair


@dataclass(frozen=True, slots=True)
class Title:
    """Heads a list."""

    words: Pair
    older: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A place, and a figure at the end of the line; one of a list may be `chosen`.

    `number` is that of its mark on the map, and stands in its category's place; 0 for none.
    """

    words: Pair
    value: str
    unit: Pair
    category: str = ""
    chosen: bool = False
    older: bool = False
    number: int = 0


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure as an article states it, with what it counts and where it is from."""

    value: str
    words: Pair
    source: str


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence in letters of some size; small unless stated."""

    words: Pair
    older: bool = False
    px: float = NOTE_PX


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


@dataclass(frozen=True, slots=True)
class Ramp:
    """The colours in which an answer stands on the map, from good to bad, and what they mean."""

    good: Pair
    bad: Pair


# What an answer is told by; `older` says that it answers an older question than the one asked.
Told = Bands | Table | Title | Row | Note
Block = (
    Heading | Bands | Table | Reported | Title | Row | Stated | Note | Paragraph | Buttons | Ramp
)


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


def untold(block: Block) -> Block:
    """Return a block of the same size without its figures: the map tells them first."""
    match block:
        case Bands():
            return replace(block, bands=tuple(replace(one, value="…") for one in block.bands))
        case Table():
            rows = tuple(
                (words, tuple(Cell("…", " " if one.gained else "") for one in cells))
                for words, cells in block.rows
            )
            return replace(block, rows=rows)
        case Row():
            return replace(block, value="…" if block.value else "")
        case _:
            return block
