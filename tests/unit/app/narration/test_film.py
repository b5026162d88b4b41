"""The film of ninety seconds: its tempo, and that each sentence can be said in its time."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from sandbox.app.narration.film import film_narration, named_at, spoken_lines
from sandbox.catalog.narration import Line
from sandbox.catalog.scenes import Film, Scene, load_scenes
from tests.support.show import scene

SCENES = load_scenes().scenes
# What a calm voice says a second: characters of Chinese, words of English.
MOST = {"zh": 5.2, "en": 2.9}


def film(*seconds: float, spoken: tuple[tuple[float, str], ...] = ()) -> Film:
    told = [{"at_s": at, "zh": said, "en": said} for at, said in spoken]
    return Film.model_validate({"seconds": seconds, "spoken": told})


def told(*seconds: float, spoken: tuple[tuple[float, str], ...] = ()) -> Scene:
    return scene("city").model_copy(update={"film": film(*seconds, spoken=spoken)})


def test_the_shipped_film_is_ninety_seconds_long_and_every_scene_speaks() -> None:
    assert sum(one.film.length_s for one in SCENES if one.film is not None) == 90.0
    assert all(one.film is not None and one.film.spoken for one in SCENES)
    assert all(len(one.film.seconds) <= max(1, one.steps) for one in SCENES if one.film)
    # Long, short, short, long: the first two scenes are the longest pair at its beginning.
    lengths = [one.film.length_s for one in SCENES if one.film is not None]
    assert lengths[0] > max(lengths[2:5])
    assert lengths[7] > max(lengths[2:5])


def _slots(language: str) -> Iterator[tuple[str, float, float]]:
    for one in SCENES:
        for line in spoken_lines(one, language):  # type: ignore[arg-type]
            signs = (
                sum(sign not in "，。；：、“”" for sign in line.text)
                if language == "zh" else len(line.text.split())
            )  # fmt: skip
            yield line.text, signs, line.end_s - line.begin_s


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_sentence_can_be_said_in_its_time(language: str) -> None:
    slow = {text: signs / room_s for text, signs, room_s in _slots(language)}
    assert {text: pace for text, pace in slow.items() if pace > MOST[language]} == {}


def test_a_sentence_stands_until_the_next_and_the_last_to_the_end() -> None:
    made = told(4.0, 6.0, spoken=((0.5, "a"), (5.0, "b")))
    assert spoken_lines(made, "zh") == (Line(0.5, 5.0, "a"), Line(5.0, 10.0, "b"))
    said = [named_at(made, at_s) for at_s in (0.0, 0.5, 4.9, 5.0, 60.0)]
    assert [one and one.zh for one in said] == [None, "a", "a", "b", "b"]
    assert spoken_lines(scene("city"), "zh") == ()


@pytest.mark.parametrize("spoken", [((2.0, "a"), (1.0, "b")), ((10.0, "a"),), ((1.0, "a"),) * 2])
def test_sentences_that_overlap_or_come_too_late_are_refused(spoken) -> None:
    with pytest.raises(ValidationError, match="follow one another"):
        film(4.0, 6.0, spoken=spoken)


def test_a_voice_that_was_written_brings_its_own_times(tmp_path: Path) -> None:
    made = told(6.0, spoken=((0.5, "a"),))
    assert film_narration(made, "zh", [tmp_path]).lines == (Line(0.5, 6.0, "a"),)
    (tmp_path / "city.zh.wav").write_bytes(b"RIFF")
    (tmp_path / "city.zh.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.500\nb\n", "utf-8")
    heard = film_narration(made, "zh", [tmp_path])
    assert (heard.sound, heard.lines) == (tmp_path / "city.zh.wav", (Line(1.0, 2.5, "b"),))
    # The other language has none.
    assert film_narration(made, "en", [tmp_path]).sound is None
