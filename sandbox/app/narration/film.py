"""The film that the hall shows by itself: what each scene says in it, and when."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

from sandbox.catalog.narration import Line, Narration, narration
from sandbox.catalog.scenes import Scene, Spoken
from sandbox.words import Language

# Files that `sandbox narrate` writes, and that are looked for beside the scenes.
SOUND: Final = ".wav"


def spoken_lines(scene: Scene, language: Language) -> tuple[Line, ...]:
    """Return what a scene says in the film: each sentence stands until the next one."""
    film = scene.film
    if film is None:
        return ()
    begins = [one.at_s for one in film.spoken]
    ends = [*begins[1:], film.length_s]
    told = zip(film.spoken, begins, ends, strict=True)
    return tuple(Line(begin, end, one.said(language)) for one, begin, end in told)


def film_narration(scene: Scene, language: Language, folders: Sequence[Path]) -> Narration:
    """Return what is heard and read while a scene shows in the film.

    A voice that was written for it (``city.zh.wav``) is heard with its own times
    (``city.zh.vtt``); without one the scene's words are read.

    Raises
    ------
    LayerError
        The voice's subtitles can't be read.
    """
    voice = narration(f"{scene.id}{SOUND}", language, folders)
    return Narration(voice.sound, voice.lines or spoken_lines(scene, language))


def named_at(scene: Scene, at_s: float) -> Spoken | None:
    """Return the sentence that is being said at a time, None before the first."""
    film = scene.film
    if film is None or not film.spoken or at_s < film.spoken[0].at_s:
        return None
    for one, after in pairwise(film.spoken):
        if at_s < after.at_s:
            return one
    return film.spoken[-1]
