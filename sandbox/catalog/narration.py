"""Spoken words of a scene: the sound file, and the subtitles that lie beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Final

from sandbox import files
from sandbox.errors import LayerError

SUBTITLES: Final = (".vtt", ".srt")
_BYTES_AT_MOST: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the narration, from one second to another."""

    begin_s: float
    end_s: float
    text: str


@dataclass(frozen=True, slots=True)
class Narration:
    """What is heard and read; either may be missing."""

    sound: Path | None = None
    lines: tuple[Line, ...] = ()

    def said_at(self, at_s: float) -> str:
        """Return the subtitle at a time, empty for none."""
        said = (line.text for line in self.lines if line.begin_s <= at_s < line.end_s)
        return next(said, "")


def narration(name: str, language: str, folders: Sequence[Path]) -> Narration:
    """Return a scene's narration in a language.

    ``city.mp3`` is looked for as ``city.zh.mp3``, then as it is; its subtitles as
    ``city.zh.vtt``, ``city.zh.srt``, then without the language; in each folder in turn.

    Raises
    ------
    LayerError
        The subtitles can't be read.
    """
    given = Path(name)
    stems = (f"{given.stem}.{language}", given.stem)
    sound = _first(folders, [f"{stem}{given.suffix}" for stem in stems])
    told = _first(folders, [f"{stem}{suffix}" for stem in stems for suffix in SUBTITLES])
    return Narration(sound, () if told is None else read_subtitles(told))


def read_subtitles(file: Path) -> tuple[Line, ...]:
    """Read a ``.vtt`` or ``.srt`` file, in the order of its lines.

    Raises
    ------
    LayerError
        It can't be read as such.
    """
    # Only a scene with subtitles waits for what reads them.
    import webvtt
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    try:
        text = files.read_text(file, _BYTES_AT_MOST)
        kind = file.suffix.removeprefix(".")
        read = webvtt.from_buffer(StringIO(text), format=kind)
        lines = tuple(
            _line(one.start_time.in_milliseconds(), one.end_time.in_milliseconds(), one.text)
            for one in read
        )
        if text.strip() and not lines:
            raise ValueError("it holds no subtitle")
    except (files.Unreadable, ValueError, MalformedFileError, MalformedCaptionError) as error:
        raise LayerError(
            "The subtitles {file} can't be read: {reason}.",
            "Correct the file; until then, the captions of the scene are shown.",
            file=file.name,
            reason=getattr(error, "reason", None) or str(error) or type(error).__name__,
        ) from error
    return lines


def _line(begin_ms: int, end_ms: int, text: str) -> Line:
    return Line(begin_ms / 1000.0, end_ms / 1000.0, text.strip())


def _first(folders: Sequence[Path], names: Sequence[str]) -> Path | None:
    wanted = (folder / name for folder in folders for name in names)
    return next((file for file in wanted if file.is_file()), None)
