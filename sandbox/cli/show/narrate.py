"""Voices for the hall's film, by a speech program of the machine."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from sandbox.cli import words
from sandbox.words import LANGUAGES

if TYPE_CHECKING:
    from sandbox.words import Language


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--voice", "language", type=click.Choice(LANGUAGES), help="Only this language.")
@click.option("--program", type=click.Choice(("espeak-ng", "piper")), help="Only this program.")
@click.option(
    "--model-zh", type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE", help="Voice of piper for Chinese (.onnx).",
)  # fmt: skip
@click.option(
    "--model-en", type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE", help="Voice of piper for English (.onnx).",
)  # fmt: skip
def narrate(
    *,
    folder: Path,
    language: str | None,
    program: str | None,
    model_zh: Path | None,
    model_en: Path | None,
) -> None:
    """Write the voice of the kiosk's film into a folder, as sounds with their subtitles.

    They are spoken by piper or espeak-ng, where installed. Put them into the folder of the
    kiosk's own scenes (scenes_folder), and the film is heard.
    """
    from sandbox import files
    from sandbox.app.narration.film import SOUND, spoken_lines
    from sandbox.app.narration.track import track
    from sandbox.app.narration.voice import find_voice, speak
    from sandbox.catalog.scenes import load_scenes

    models = {"zh": model_zh, "en": model_en}
    asked = (language,) if language else LANGUAGES
    chosen: list[Language] = [cast("Language", one) for one in asked]
    voices = {one: find_voice(one, models[one], program or "") for one in chosen}
    say = words()
    scenes = [scene for scene in load_scenes(own=folder).scenes if scene.film is not None]
    made = [
        (scene, one, track(spoken_lines(scene, one), partial(speak, voices[one])))
        for scene in scenes
        if scene.film is not None and scene.film.spoken
        for one in chosen
    ]
    folder.mkdir(parents=True, exist_ok=True)
    for scene, one, told in made:
        assert scene.film is not None  # noqa: S101
        files.write(folder / f"{scene.id}.{one}{SOUND}", told.sound)
        files.write(folder / f"{scene.id}.{one}.vtt", told.subtitles)
        length = say("{seconds} s", seconds=f"{told.length_s:.1f}")
        click.echo(f"{scene.id}.{one}{SOUND}  {length}")
        over_s = told.length_s - scene.film.length_s
        if over_s > 0:
            text = "The voice of {scene} is {seconds} s longer than the scene shows."
            click.echo(say(text, scene=scene.id, seconds=f"{over_s:.1f}"), err=True)
