"""The voice of the film: each speech program called as its manual says, and what comes of it."""

import os
import shlex
import stat
import sys
import wave
from pathlib import Path

import pytest

from sandbox.catalog.narration import read_subtitles
from sandbox.cli import main

# Does what espeak-ng and piper do with these options: reads text, writes a WAV of one channel.
PROGRAM = """
import json, sys, wave
given = sys.argv[1:]
text = sys.stdin.buffer.read().decode("utf-8")
file = given[given.index({option!r}) + 1]
with wave.open(file, "wb") as made:
    made.setnchannels({channels})
    made.setsampwidth(2)
    made.setframerate(22050)
    made.writeframes(b"\\1\\0" * {channels} * 2205 * max(1, len(text) // 10))
with open({log!r}, "a", encoding="utf-8") as log:
    log.write(json.dumps([given, text]) + "\\n")
sys.exit({status})
"""


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def install(folder: Path, name: str, option: str, *, channels: int = 1, status: int = 0) -> Path:
    log = folder / f"{name}.log"
    file, code = folder / name, folder / f"{name}.py"
    code.write_text(
        PROGRAM.format(option=option, log=str(log), channels=channels, status=status), "utf-8"
    )
    # The way to Python may hold spaces, which the first line of a script may not.
    file.write_text(f"#!/bin/sh\nexec {shlex.quote(sys.executable)} '{code}' \"$@\"\n", "utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return log


def run(*given: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["--lang", "en", "narrate", *map(str, given)])
    return int(ended.value.code or 0)


def called(log: Path) -> list[tuple[list[str], str]]:
    import json

    return [tuple(json.loads(line)) for line in log.read_text("utf-8").splitlines()]


@pytest.mark.skipif(os.name == "nt", reason="a script is no program there")
def test_espeak_speaks_every_sentence_of_every_scene(tmp_path, programs, capsys):
    log = install(programs, "espeak-ng", "-w")
    out = tmp_path / "scenes"
    assert run(out, "--voice", "zh") == 0
    calls = called(log)
    assert calls[0][0][:4] == ["-v", "cmn", "-b", "1"]
    assert calls[0][0][-1] == "--stdin"
    assert calls[0][1] == "西边是缙云山，"
    assert len(list(out.glob("*.zh.wav"))) == len(list(out.glob("*.zh.vtt"))) == 11
    lines = read_subtitles(out / "city.zh.vtt")
    assert [line.begin_s for line in lines] == [0.5, 3.2, 6.2]
    with wave.open(str(out / "city.zh.wav")) as sound:
        # The last sentence begins at 6.2 s and takes a tenth of a second for ten signs.
        assert sound.getnframes() / sound.getframerate() == pytest.approx(6.3, abs=0.11)
    assert "city.zh.wav" in capsys.readouterr().out


@pytest.mark.skipif(os.name == "nt", reason="a script is no program there")
def test_piper_comes_first_where_it_has_a_model(tmp_path, programs):
    espeak, piper = (
        install(programs, "espeak-ng", "-w"),
        install(programs, "piper", "--output_file"),
    )
    model = tmp_path / "voice.onnx"
    model.write_bytes(b"x")
    assert run(tmp_path / "out", "--voice", "en", "--model-en", model) == 0
    given, text = called(piper)[0]
    assert given[:2] == ["--model", str(model)]
    assert text == "Jinyun Mountain in the west,"
    assert not espeak.exists()


def test_without_a_program_there_is_one_message_and_nothing_is_written(tmp_path, programs, capsys):
    assert run(tmp_path / "out") == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "No speech program is installed (piper, espeak-ng)." in said
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(os.name == "nt", reason="a script is no program there")
@pytest.mark.parametrize(
    ("broken", "said"), [({"status": 3}, "espeak-ng can't speak"), ({"channels": 2}, "not 16 bits")]
)
def test_a_program_that_fails_or_gives_another_sound_leaves_nothing(
    tmp_path, programs, capsys, broken, said
):
    install(programs, "espeak-ng", "-w", **broken)
    assert run(tmp_path / "out", "--voice", "en") == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
