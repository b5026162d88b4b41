from pathlib import Path

import pytest

from sandbox import paths
from sandbox.words import LANGUAGES, Text, Words, words_of

FRENCH = """<?xml version="1.0" encoding="utf-8"?>
<TS version="2.1" language="fr_FR"><context><name>test</name>
<message><source>Hello {name}</source><translation>Bonjour {name}</translation></message>
<message><source>Not done</source><translation type="unfinished"></translation></message>
</context></TS>
"""


@pytest.fixture
def french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Words:
    folder = tmp_path / "translations" / "fr"
    folder.mkdir(parents=True)
    (folder / "test.ts").write_text(FRENCH, "utf-8")
    monkeypatch.setattr(paths, "assets", lambda: tmp_path)
    return words_of.__wrapped__("fr")


def test_a_text_is_said_in_the_language_with_its_values(french: Words) -> None:
    assert french.language == "fr"
    assert french("Hello {name}", name="Zoé") == "Bonjour Zoé"


def test_a_text_without_translation_is_said_in_english(french: Words) -> None:
    assert french("Not done") == "Not done"
    assert french("{count} of {all}", count=2, all=3) == "2 of 3"


def test_braces_in_values_are_left_as_they_are(french: Words) -> None:
    assert french("Hello {name}", name="{x}") == "Bonjour {x}"


def test_a_text_without_values_keeps_its_braces() -> None:
    assert words_of("en")("{ }") == "{ }"
    assert str(Text("{ }")) == "{ }"


def test_a_language_without_words_is_english() -> None:
    assert words_of("xx").language == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_offered_language_is_there(language: str) -> None:
    assert words_of(language).language == language


def test_a_waiting_text_is_said_late(french: Words) -> None:
    text = Text("Hello {name}", {"name": "Zoé"})
    assert text.said(french) == "Bonjour Zoé"
    assert str(text) == "Hello Zoé"
