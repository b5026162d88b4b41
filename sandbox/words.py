"""The program's words in the user's language.

The source language is English; ``assets/translations/<language>/<room>.ts`` hold the
others in Qt Linguist's format, so translators can use its editor, while rooms
without Qt can speak too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, Literal
from xml.etree import ElementTree

from sandbox import paths

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")


class _Unfilled(str):
    """A place of a text that nobody gave a value for: shown as it stands, however formatted."""

    __slots__ = ()

    def __format__(self, _: str) -> str:
        return self


class _Values(dict[str, Any]):
    def __missing__(self, name: str) -> _Unfilled:
        return _Unfilled(f"{{{name}}}")


def _filled(text: str, values: Mapping[str, Any]) -> str:
    """Return a text with its places filled; a missing value must not hide the text."""
    return text.format_map(_Values(values)) if values else text


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language: English source text to the text that is shown.

    Call it with a source text and the values of its places.
    """

    language: str
    table: Mapping[str, str]

    def __call__(self, text: str, **values: Any) -> str:
        """Return `text` in this language, its places filled with `values`."""
        return _filled(self.table.get(text, text), values)


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text that stands in both languages of the program."""

    zh: str
    en: str

    def said(self, language: str) -> str:
        """Return the text in a language, ``"zh"`` or ``"en"``."""
        return self.zh if language == "zh" else self.en

    def __str__(self) -> str:
        return self.en


@dataclass(frozen=True, slots=True)
class Text:
    """A text that waits for its language: an English template and its values, texts among them."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def said(self, words: Words) -> str:
        """Return the text in the language of `words`."""
        values = {
            name: value.said(words)
            if isinstance(value, Text)
            else value.said(words.language)
            if isinstance(value, Bilingual)
            else value
            for name, value in self.values.items()
        }
        return words(self.template, **values)

    def __str__(self) -> str:
        return _filled(self.template, self.values)


def both(text: Text) -> Bilingual:
    """Return a text in both languages."""
    return Bilingual(text.said(words_of("zh")), text.said(words_of("en")))


@cache
def words_of(language: str) -> Words:
    """Return the words of a language, ``"zh"`` or ``"en"``; another falls back to English."""
    table: dict[str, str] = {}
    for file in sorted((paths.assets() / "translations" / language).glob("*.ts")):
        # The files are the program's own, not a user's.
        for message in ElementTree.parse(file).iter("message"):  # noqa: S314
            said = message.findtext("translation", "")
            if said:
                table[message.findtext("source", "")] = said
    return Words(language if table else "en", table)
