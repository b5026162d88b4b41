"""The two commands set up once, start quickly after that, and survive what goes wrong.

Packages come from a stand-in for uv here, so that nothing is fetched; everything else is
the real thing, in a folder with a space in its name and with few tools on the path.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = [
    "sh",
    "dirname",
    "uname",
    "id",
    "cat",
    "cmp",
    "rm",
    "mkdir",
    "head",
    "env",
    "ln",
    "chmod",
    "cp",
]
UV = """#!/bin/sh
echo "$*" >>"$UV_LOG"
case "$1" in
--version) echo "uv 0.0" ;;
venv)
    for folder; do :; done
    mkdir -p "$folder/bin"
    ln -s "$REAL_PYTHON" "$folder/bin/python" ;;
pip)
    if [ -n "${UV_FAILS:-}" ]; then echo "error: $UV_FAILS" >&2; exit 1; fi
    printf '#!/bin/sh\\nfor word; do echo "[$word]"; done\\n' >.venv/bin/sandbox
    chmod +x .venv/bin/sandbox ;;
esac
"""

# Makes an environment and installs into it as pip would; all else the real Python does.
PYTHON = """#!/bin/sh
case "$*" in
"-m venv "*)
    mkdir -p "$3/bin"
    cp "$0" "$3/bin/python" ;;
"-m pip "*)
    echo "$*" >>"$UV_LOG"
    printf '#!/bin/sh\\n' >.venv/bin/sandbox
    chmod +x .venv/bin/sandbox ;;
*) exec "$REAL_PYTHON" "$@" ;;
esac
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="run and test are for POSIX shells")


class House:
    """A copy of what the commands need, and the tools they find."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "a house"
        self.tools = folder / "tools"
        self.log = folder / "log"
        shutil.copytree(ROOT / "packaging", self.root / "packaging")
        shutil.copy(ROOT / "pyproject.toml", self.root)
        self.tools.mkdir()
        for name in TOOLS:
            (self.tools / name).symlink_to(shutil.which(name) or name)
        (self.tools / "uv").write_text(UV)
        (self.tools / "uv").chmod(0o755)

    def run(
        self, *arguments: str, script: str = "run", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.root / "packaging" / script, *arguments],
            cwd=self.tools,
            env={
                "PATH": str(self.tools),
                "UV_LOG": str(self.log),
                "REAL_PYTHON": sys.executable,
                **environment,
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )

    def asked(self) -> list[str]:
        """What uv was asked to do since the last time, but for its version."""
        words = [line.split()[0] for line in self.log.read_text().splitlines()]
        self.log.unlink()
        return [word for word in words if word != "--version"]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_the_first_start_sets_up_and_runs(house: House) -> None:
    done = house.run("isochrone", "--place", "two words")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "[isochrone]\n[--place]\n[two words]\n"
    assert house.asked() == ["venv", "pip"]


def test_the_second_start_installs_nothing(house: House) -> None:
    house.run()
    house.asked()
    done = house.run("doctor")
    assert done.stdout == "[doctor]\n"
    assert done.stderr == ""
    assert not house.log.exists()


@pytest.mark.parametrize("file", ["pyproject.toml", "packaging/constraints.txt"])
def test_other_pins_are_installed_into_the_same_environment(house: House, file: str) -> None:
    house.run()
    house.asked()
    (house.root / file).write_text((house.root / file).read_text() + "\n# changed\n")
    assert house.run().returncode == 0
    assert house.asked() == ["pip"]


def test_an_installation_that_fails_says_so_and_is_made_anew(house: House) -> None:
    done = house.run(UV_FAILS="no such package")
    assert done.returncode == 2
    assert "error: no such package" in done.stderr
    assert done.stdout == ""
    house.asked()
    assert house.run("doctor").stdout == "[doctor]\n"
    assert house.asked() == ["venv", "pip"]


def test_without_a_network_it_says_so_and_what_to_do(house: House) -> None:
    done = house.run(UV_FAILS="dns error: failed to lookup address")
    assert done.returncode == 2
    assert "no way to the internet" in done.stderr
    assert "packaging/bundle FOLDER" in done.stderr
    assert "dns error" not in done.stderr
    assert "dns error" in (house.root / ".venv" / "install.log").read_text()


def test_a_connection_that_is_not_trusted_is_told_from_no_network(house: House) -> None:
    done = house.run(UV_FAILS="CERTIFICATE_VERIFY_FAILED: unable to get local issuer")
    assert done.returncode == 2
    assert "doesn't trust the certificate" in done.stderr
    assert "internet" not in done.stderr


def test_a_bundle_is_all_that_is_asked(house: House, tmp_path: Path) -> None:
    bundle = tmp_path / "a bundle"
    bundle.mkdir()
    done = house.run("--from", str(bundle), "layers", "list")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "[layers]\n[list]\n"
    asked = [line for line in house.log.read_text().splitlines() if line.startswith("pip install")]
    assert [f"--no-index --find-links {bundle}" in line for line in asked] == [True]


def test_a_bundle_that_lacks_something_is_told_as_such(house: House, tmp_path: Path) -> None:
    done = house.run("--from", str(tmp_path), UV_FAILS="Because numpy was not found")
    assert done.returncode == 2
    assert f"The bundle in {tmp_path} doesn't hold what this machine needs" in done.stderr
    assert "numpy was not found" in done.stderr


@pytest.mark.parametrize("words", [("--from",), ("--from", "nowhere")])
def test_a_bundle_has_to_be_a_folder(house: House, words: tuple[str, ...]) -> None:
    done = house.run(*words)
    assert done.returncode == 2
    assert "is not a folder" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "words", [(), ("--for", "amiga", "x"), ("a", "b"), ("x", "--python", "2.7")]
)
def test_making_a_bundle_says_how_it_is_called(house: House, words: tuple[str, ...]) -> None:
    done = house.run(*words, script="bundle")
    assert done.returncode == 2
    assert done.stderr.startswith("packaging/bundle FOLDER [--for linux|windows]")


def test_an_update_that_breaks_off_leaves_no_half_environment_in_use(house: House) -> None:
    house.run()
    pins = house.root / "packaging" / "constraints.txt"
    pins.write_text(pins.read_text() + "# changed\n")
    assert house.run(UV_FAILS="yes").returncode == 2
    house.asked()
    assert house.run("doctor").stdout == "[doctor]\n"
    assert house.asked() == ["venv", "pip"]


def test_a_folder_that_was_moved_gets_an_environment_of_its_own(house: House) -> None:
    house.run()
    house.asked()
    house.root = house.root.rename(house.root.with_name("another house"))
    assert house.run("doctor").stdout == "[doctor]\n"
    assert house.asked() == ["venv", "pip"]


def test_an_environment_made_by_hand_is_completed(house: House) -> None:
    house.run()
    (house.root / ".venv" / "installed").unlink()
    house.asked()
    assert house.run().returncode == 0
    assert house.asked() == ["pip"]


def test_pip_compiles_nothing_that_nobody_imports(house: House) -> None:
    """It took half of the time and a ninth of the space; uv does the same."""
    (house.tools / "uv").unlink()
    (house.tools / "python3.11").write_text(PYTHON)
    (house.tools / "python3.11").chmod(0o755)
    done = house.run("doctor")
    assert done.returncode == 0, done.stderr
    asked = [line.partition(" install ")[2] for line in house.log.read_text().splitlines()]
    assert len(asked) == 2
    assert all(line.startswith("--no-compile ") for line in asked)


def test_without_any_python_one_line_says_what_to_type(house: House) -> None:
    (house.tools / "uv").unlink()
    done = house.run()
    assert done.returncode == 2
    said = [line for line in done.stderr.splitlines() if "Python 3.11 or later" in line]
    assert len(said) == 1
    assert "python3" in said[0]


def test_all_runs_the_long_tests_and_those_of_other_pythons(house: House) -> None:
    own = f"{sys.version_info[0]}.{sys.version_info[1]}"
    other, absent = [one for one in ("3.11", "3.12", "3.13") if one != own]
    ran = house.root / "ran"
    stand_in = house.tools / "stand-in"
    stand_in.write_text(
        "#!/bin/sh\n"
        f'if [ "$1 $2" = "-m pytest" ]; then echo "${{0%/bin*}}|$*" >>"{ran}"; exit 0; fi\n'
        f'exec "{sys.executable}" "$@"\n'
    )
    for name in ("ruff", "pyright", "lint-imports"):
        (house.tools / name).write_text("#!/bin/sh\n")
    (house.tools / f"python{other}").symlink_to(sys.executable)
    for name in (stand_in.name, "ruff", "pyright", "lint-imports"):
        (house.tools / name).chmod(0o755)
    given = {"REAL_PYTHON": str(stand_in)}
    assert house.run("-k", "words", script="test", **given).returncode == 0
    (line,) = ran.read_text().splitlines()
    assert line.endswith("|-m pytest -n auto --dist loadfile --durations=10 -k words")
    ran.unlink()
    done = house.run("--all", "-k", "words", script="test", **given)
    assert done.returncode == 0, done.stderr
    assert f"Python {absent} isn't here" in done.stderr
    mine, others = (line.split("|") for line in ran.read_text().splitlines())
    asked = "-m pytest -n auto --dist loadfile --durations=10 -m long or not long -k words"
    assert mine[1] == others[1] == asked
    assert others[0] == str(house.root / ".venv" / f"python{other}")
    # pyenv keeps the third off the path: its stand-in there only says that it isn't chosen.
    ran.unlink()
    kept = house.root.parent / "pyenv" / "versions" / f"{absent}.0" / "bin" / f"python{absent}"
    kept.parent.mkdir(parents=True)
    kept.symlink_to(sys.executable)
    shim = house.tools / kept.name
    shim.write_text("#!/bin/sh\necho not chosen >&2\nexit 127\n")
    shim.chmod(0o755)
    pyenv = str(house.root.parent / "pyenv")
    done = house.run("--all", "-k", "words", script="test", PYENV_ROOT=pyenv, **given)
    assert done.returncode == 0, done.stderr
    assert "isn't here" not in done.stderr
    ran_in = [Path(line.split("|")[0]).name for line in ran.read_text().splitlines()]
    assert ran_in[1:] == sorted([f"python{other}", f"python{absent}"])
