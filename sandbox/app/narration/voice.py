"""Speech programs of the machine: how each is called, and what it gives back."""

import io
import shutil
import subprocess
import wave
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from sandbox.errors import ControlError
from sandbox.files import reason_of
from sandbox.words import Language

PROGRAMS: Final = ("piper", "espeak-ng")
# Of espeak-ng: Mandarin in Chinese characters, and British English.
_ESPEAK_VOICES: Final[Mapping[Language, str]] = {"zh": "cmn", "en": "en-gb"}
_PATIENCE_S: Final = 120.0
_SAID_AT_MOST: Final = 300


@dataclass(frozen=True, slots=True)
class Voice:
    """A program that speaks a language.

    Attributes
    ----------
    program
        ``espeak-ng`` or ``piper``.
    path
        Where it is.
    language
        What it speaks.
    model
        Of piper: its voice (``.onnx``); None for espeak-ng.
    """

    program: str
    path: str
    language: Language
    model: Path | None = None

    def command(self, sound: Path) -> list[str]:
        """Return how it is called to speak what it reads from its input into a WAV file.

        Options are those of the programs' own manuals: espeak-ng(1), and piper's README.
        """
        if self.program == "piper":
            return [self.path, "--model", str(self.model), "--output_file", str(sound)]
        voice = _ESPEAK_VOICES[self.language]
        # UTF-8 in, one WAV out.
        return [self.path, "-v", voice, "-b", "1", "-w", str(sound), "--stdin"]


def find_voice(language: Language, model: Path | None, program: str = "") -> Voice:
    """Return what speaks a language on this machine: piper where it has a model, else espeak-ng.

    Raises
    ------
    ControlError
        There is no such program.
    """
    wanted = (program,) if program else PROGRAMS
    for name in wanted:
        path = shutil.which(name)
        if path is not None and (name != "piper" or model is not None):
            return Voice(name, path, language, model if name == "piper" else None)
    if "piper" in wanted and shutil.which("piper") is not None:
        raise ControlError(
            "piper has no voice for {language}.",
            "Give its model: --model-{language} FILE.onnx, or install espeak-ng.",
            language=language,
        )
    raise ControlError(
        "No speech program is installed ({programs}).",
        "Install espeak-ng, or piper with a model; until then the film shows its subtitles.",
        programs=", ".join(wanted),
    )


def speak(voice: Voice, text: str) -> tuple[bytes, int]:
    """Return a sentence as 16-bit samples of one channel, and how many there are a second.

    Raises
    ------
    ControlError
        The program fails, or gives back no such sound.
    """
    with TemporaryDirectory(prefix="sandbox-voice-") as folder:
        sound = Path(folder) / "said.wav"
        try:
            done = subprocess.run(  # noqa: S603 - a program of the machine, its options fixed
                voice.command(sound),
                input=text.encode(),
                capture_output=True,
                timeout=_PATIENCE_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            reason = reason_of(error) if isinstance(error, OSError) else str(error)
            raise _failed(voice, reason) from error
        if done.returncode != 0:
            raise _failed(voice, done.stderr.decode(errors="replace").strip()[:_SAID_AT_MOST])
        try:
            return _samples(sound.read_bytes())
        except (OSError, EOFError, wave.Error, ValueError) as error:
            raise _failed(voice, str(error) or type(error).__name__) from error


def _samples(sound: bytes) -> tuple[bytes, int]:
    with wave.open(io.BytesIO(sound)) as read:
        if read.getsampwidth() != 2 or read.getnchannels() != 1:
            raise ValueError("not 16 bits of one channel")
        # espeak-ng and pipes leave the length open: what is there counts.
        return read.readframes(len(sound)), read.getframerate()


def _failed(voice: Voice, reason: object) -> ControlError:
    return ControlError(
        "{program} can't speak: {reason}.",
        "Try it by hand: {command}.",
        program=voice.program,
        reason=reason or "?",
        command=" ".join(voice.command(Path("said.wav"))),
    )
