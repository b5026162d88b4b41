import errno
import json
import os
import subprocess
import sys

import click
import pytest

from sandbox import cli, paths
from sandbox.errors import NetworkError


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that says an error of the program's own."""

    @click.command()
    @click.option("--bug", is_flag=True, help="Language of the texts.")
    @click.option("--code", type=int, help="Language of the texts.")
    def layers(bug: bool, code: int | None) -> None:
        """Map layers: list them, or check a folder of your own."""
        if code is not None:
            raise OSError(code, "refused", "locked/a.csv")
        if bug:
            raise ValueError("a bug")
        raise NetworkError("No\nstreets in {file}.", "Look again.", file="a.sandnet")

    monkeypatch.setattr(cli, "import_module", lambda _: type("module", (), {"layers": layers}))
    monkeypatch.setattr(cli, "COMMANDS", {"layers": "here"})


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert isinstance(ended.value.code, int)
    return ended.value.code


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--lang", "en", "--help") == 0
    said = capsys.readouterr().out
    for command in cli.COMMANDS:
        assert f"\n  {command} " in said


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("en", ["Options:", "Look at the map:", "  window ", "Calculate:", "  nearest ", "Data:"]),
        ("zh", ["选项：", "看地图：", "  window ", "计算：", "  nearest ", "数据：", "  layers "]),
    ],
)
def test_commands_stand_by_what_a_planner_does(
    language: str, order: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    run("--lang", language, "--help")
    said = "\n" + capsys.readouterr().out
    at = [said.index(f"\n{text}") for text in order]
    assert at == sorted(at)
    assert [said.count(f"\n  {command} ") for command in cli.COMMANDS] == [1] * len(cli.COMMANDS)


def test_help_is_said_in_chinese_and_then_in_english_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run("--lang", "zh", "doctor", "--help")
    assert "检查字体" in capsys.readouterr().out
    run("--lang", "en", "doctor", "--help")
    assert "check fonts, screens" in capsys.readouterr().out
    run("--lang", "zh", "--help")
    assert "显示本说明后退出" in capsys.readouterr().out
    run("--lang", "en", "--help")
    assert "Show this message and exit" in capsys.readouterr().out


@pytest.mark.parametrize("command", sorted(cli.COMMANDS))
def test_every_command_says_what_it_does(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command, "--help") == 0
    said = capsys.readouterr().out
    assert said.startswith(f"Usage: {paths.command()} {command}")
    assert len(said.splitlines()) > 4


@pytest.mark.usefixtures("failing")
def test_an_error_is_one_line_on_stderr_and_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--lang", "en", "layers") == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == "sandbox: No streets in a.sandnet. Look again.\n"


@pytest.mark.usefixtures("failing")
@pytest.mark.parametrize(
    ("code", "told"),
    [
        (errno.EACCES, "the permission is missing. Change its permissions, or give another path."),
        (errno.EROFS, "the disk is read-only. Change its permissions, or give another path."),
        (errno.ENOTDIR, "part of its path is not a folder. Check the path."),
        (errno.ELOOP, "its link forms a loop. Check the path."),
        (errno.ENAMETOOLONG, "its name is too long. Give it another name."),
    ],
)
def test_what_the_system_refuses_is_one_line_too(
    code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--lang", "en", "layers", "--code", str(code)) == 2
    assert capsys.readouterr().err == f"sandbox: locked/a.csv can't be used: {told}\n"


@pytest.mark.usefixtures("failing")
def test_a_bug_is_not_taken_for_an_error_of_the_users() -> None:
    with pytest.raises(ValueError, match="a bug"):
        cli.main(["layers", "--bug"])


@pytest.mark.parametrize(
    "arguments",
    [["nothing"], ["--nothing"], ["--lang", "xx"], ["layers", "nothing"], ["isochrone", "--at"]],
)
def test_a_wrong_call_is_one_line_and_status_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("sandbox: ")
    assert told.err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nothing"], "没有命令 nothing。"),
        (["--nothing"], "没有选项 --nothing。"),
        (["isochrone", "--nothing"], "没有选项 --nothing。"),
        (["screenshot"], "缺少 '-o' / '--output'。"),
        (
            ["screenshot", "-o", "a.png", "--view", "x"],
            "'--view' 的值须为以下之一：planner, kiosk。",
        ),
        (["circles", "--minutes", "x"], "'--minutes' 的值无法使用。"),
        (["scenarios", "show"], "缺少 '编号|文件'。"),
        (["window", "a.gpkg", "b.gpkg", "c"], "多出了参数：b.gpkg c。"),
    ],
)
def test_a_wrong_call_is_told_in_chinese(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--lang", "zh", *arguments) == 2
    assert capsys.readouterr().err == f"sandbox: {told}\n"


@pytest.mark.parametrize(
    ("told", "language"),
    [
        ({"LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LC_ALL": "", "LANG": "zh_TW.UTF-8"}, "zh"),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "C.UTF-8"}, "en"),
    ],
)
def test_without_a_choice_the_systems_language_is_spoken(
    told: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    assert cli.words().language == language


# What takes longer to load than a light command takes to do its work.
HEAVY = {
    *("geopandas", "jinja2", "numba", "pandas", "pyogrio", "pyproj", "rasterio", "scipy"),
    *("shapely", "PySide6.QtGui", "PySide6.QtWidgets"),
}


@pytest.mark.skipif(os.name == "nt", reason="a closed pipe is no error on Windows")
def test_a_reader_that_leaves_early_gets_no_traceback() -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "sandbox", "layers", "list"],
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        timeout=600,
        check=False,
    )
    os.close(write)
    assert done.stderr == ""
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (["--help"], 0),
        (["isochrone", "--help"], 0),
        (["standards", "--help"], 0),
        (["doctor", "--help"], 0),
        # Nobody is there to be told.
        (["ctl", "status"], 2),
        (["usage"], 0),
        # The kiosk that it starts says its help and ends well, and so does this.
        (["supervise", "--", "--help"], 0),
    ],
)
def test_a_light_command_starts_quickly_because_it_loads_nothing_heavy(
    asked: list[str], status: int
) -> None:
    """A supervisor and what the hall's control calls begin in a blink, however busy it is."""
    program = (
        "import sys\n"
        "from sandbox import cli\n"
        "try:\n"
        f"    cli.main({asked!r})\n"
        "except SystemExit as end:\n"
        "    ended = end.code\n"
        f"heavy = {sorted(HEAVY)!r}\n"
        "loaded = ', '.join(one for one in heavy if one in sys.modules)\n"
        "print(f'{ended} {loaded}', file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=600, check=False
    )
    assert done.stderr.splitlines()[-1] == f"{status} "


def told(*arguments: str, stdout: object = subprocess.PIPE, **environment: str) -> tuple[int, str]:
    """What a call of its own ends with, and what it writes."""
    done = subprocess.run(
        [sys.executable, "-m", "sandbox", *arguments],
        stdout=stdout,  # type: ignore[call-overload]
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
        timeout=600,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    if done.stdout is None:
        return done.returncode, done.stderr.decode()
    return done.returncode, done.stdout.decode(environment.get("PYTHONIOENCODING", "utf-8"))


@pytest.mark.parametrize("encoding", ["cp1252", "iso-8859-7", "gbk", "utf-16"])
def test_letters_that_the_output_has_no_code_for_are_escaped(encoding: str) -> None:
    status, said = told("--lang", "zh", "--help", PYTHONUTF8="0", PYTHONIOENCODING=encoding)
    assert status == 0
    # 科学城数字沙盘, as it stands in the first lines of the help.
    assert ("沙盘" if encoding in ("gbk", "utf-16") else r"\u6c99\u76d8") in said


def test_escapes_are_those_of_json() -> None:
    lacking = "é学😀"
    escaped, end = cli._escaped(  # pyright: ignore[reportPrivateUsage]
        UnicodeEncodeError("ascii", lacking, 0, 3, "no code")
    )
    assert end == 3
    assert json.loads(f'"{escaped}"') == lacking


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
@pytest.mark.parametrize(("lang", "said"), [("en", "Writing to"), ("zh", "无法")])
def test_a_full_output_is_one_line_and_status_2(lang: str, said: str) -> None:
    with open("/dev/full", "w") as full:
        status, line = told("--lang", lang, "layers", "--help", stdout=full)
    assert status == 2
    assert line.startswith(f"sandbox: {said}")
    assert line.count("\n") == 1
