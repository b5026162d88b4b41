"""Doctor: say what is installed, and try the parts that depend on the machine."""

import json
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import metadata
from typing import Any, Final

import click

from sandbox import paths
from sandbox.cli import words
from sandbox.cli.licences import closure, licence, requirements
from sandbox.cli.parts import options, output
from sandbox.words import Words

_DISTRIBUTION: Final = "science-city-sandbox"
_SCREENS_LIMIT_S: Final = 60.0


@click.command()
@options.JSON
@click.option("--licences", is_flag=True, help="List the installed packages by licence.")
@click.option(
    "--prepare",
    is_flag=True,
    help="Compile the calculation kernels now; they are compiled once per machine.",
)
@click.pass_context
def doctor(ctx: click.Context, as_json: bool, licences: bool, prepare: bool) -> None:
    """List what is installed, and check fonts, screens, kernels and the network file."""
    if prepare:
        from sandbox.ui import compiling

        compiling.finish()
        return
    if licences:
        rows = [
            (name, found.version if found else "", licence(found) if found else "")
            for name, found in closure(_DISTRIBUTION).items()
        ]
        keys = ("package", "version", "licence")
        facts = [dict(zip(keys, row, strict=True)) for row in rows]
        click.echo(_json(facts) if as_json else "\n".join(_markdown(rows, words())))
        return
    report, faults = examine()
    if as_json:
        click.echo(_json({**report, "faults": faults}))
    else:
        click.echo("\n".join(_lines(report, faults, words())))
    ctx.exit(1 if faults else 0)


def examine() -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """Look at each part; return the facts found and, by part, what does not work.

    A part that fails in any way is itself a finding, so whatever it raises is kept.
    """
    report: dict[str, dict[str, Any]] = {}
    faults: dict[str, str] = {}
    for part, look in PARTS.items():
        try:
            report[part] = look()
        # A broken package raises whatever it likes, and the other parts are looked at all the same.
        except Exception as error:
            report[part] = {}
            faults[part] = f"{type(error).__name__}: {' '.join(str(error).split())}"
    return report, faults


def _program() -> dict[str, Any]:
    return {
        "version": metadata.version(_DISTRIBUTION),
        "python": platform.python_version(),
        "python_file": sys.executable,
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
    }


def _packages() -> dict[str, Any]:
    names = sorted(requirements(metadata.distribution(_DISTRIBUTION)))
    return {name: metadata.version(name) for name in names}


def _screens() -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "sandbox.cli.show.screens"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=_SCREENS_LIMIT_S,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip()[-600:] or f"Qt ended with {done.returncode}")
    found: dict[str, Any] = json.loads(done.stdout)
    if not found["font_shows_chinese"]:
        raise RuntimeError(f"{found['font']} has no Chinese characters")
    return found


def _kernels() -> dict[str, Any]:
    from sandbox.draw import warm as drawing
    from sandbox.engine import compiled
    from sandbox.engine.kernel import KERNELS
    from sandbox.transit import warm

    folder = compiled.folder()
    before = compiled.kept(folder)
    began = time.perf_counter()
    warm.compile_kernels()
    drawing.compile_kernels()
    took_s = time.perf_counter() - began
    # Of compiled ones numba knows what they call, of kept ones only what Python calls: only
    # the folder counts both alike.
    used = sum(1 for kernel in KERNELS if kernel.signatures)
    return {
        "count": used if folder is None else compiled.kept(folder),
        "from_disk": before,
        "ready_s": round(took_s, 2),
        "cache": None if folder is None else str(folder),
    }


def _network() -> dict[str, Any]:
    from sandbox.app import settings
    from sandbox.engine.network import Network

    loaded = settings.load()
    if loaded.fault:
        raise loaded.fault
    chosen = loaded.settings.network
    network = Network.open(chosen)
    return {
        "file": str(chosen or paths.layers() / "streets" / "streets.sandnet"),
        **output.network_facts(network),
        "nodes": len(network.streets.node_xy),
    }


def _kiosk() -> dict[str, Any]:
    from sandbox.app.kiosk import config_file

    loaded = config_file.load()
    if loaded.fault:
        raise loaded.fault
    file = config_file.config_file()
    return {"file": str(file) if file.exists() else "", "own_pin": bool(loaded.config.own_pin)}


def _folders() -> dict[str, Any]:
    for folder in (paths.layers(), paths.assets()):
        if not folder.is_dir():
            raise FileNotFoundError(folder)
    return {
        "layers": str(paths.layers()),
        "assets": str(paths.assets()),
        "settings": str(paths.user_config()),
        "log": str(paths.user_log()),
        "cache": str(paths.user_cache()),
    }


# The parts that are looked at, and how.
PARTS: Final[dict[str, Callable[[], dict[str, Any]]]] = {
    "program": _program,
    "packages": _packages,
    "screens": _screens,
    "kernels": _kernels,
    "network": _network,
    "kiosk": _kiosk,
    "folders": _folders,
}


def _lines(report: dict[str, dict[str, Any]], faults: dict[str, str], say: Words) -> list[str]:
    """Return the findings as a table, and what does not work below it."""
    rows: list[tuple[str, str]] = []
    if told := report["program"]:
        rows += [
            (say("Program"), told["version"]),
            ("Python", f"{told['python']}  {told['python_file']}"),
            (say("System"), told["system"]),
        ]
    if told := report["screens"]:
        rows += [
            ("Qt", f"{told['qt']}, PySide6 {told['pyside']}, {told['platform']}"),
            (
                say("Font"),
                say(
                    "{family}; {count} Chinese families in all",
                    family=told["font"],
                    count=told["chinese_families"],
                ),
            ),
            *(
                (
                    say("Screen"),
                    f"{one['name'] or '–'}  {one['width_px']} × {one['height_px']}"
                    f" @ {one['scale']:g}, {one['refresh_hz']:g} Hz",
                )
                for one in told["screens"]
            ),
        ]
    if told := report["kernels"]:
        counted = say(
            "{count}, of which {kept} were compiled before; ready in {seconds} s",
            count=told["count"],
            kept=told["from_disk"],
            seconds=f"{told['ready_s']:.2f}",
        )
        kept_in = told["cache"] or say("They can't be saved: no folder is writable")
        rows += [(say("Kernels"), counted), ("", kept_in)]
    if told := report["network"]:
        from sandbox.streets.facts import network_name

        title = network_name(told["title"], schematic=told["schematic"]).said(say)
        rows += [
            (say("Network"), say("{title}, {nodes} nodes", title=title, nodes=told["nodes"])),
            ("", told["file"]),
        ]
    if told := report["kiosk"]:
        pin = (
            say("a PIN is set")
            if told["own_pin"]
            else say("no PIN is set: the operator's menu can't be opened by touch")
        )
        rows += [(say("Kiosk"), pin), ("", told["file"] or say("no configuration"))]
    if told := report["folders"]:
        rows += [
            (say("Layers"), told["layers"]),
            (say("Settings"), told["settings"]),
            (say("Log"), told["log"]),
        ]
    if told := report["packages"]:
        rows += [(say("Packages"), ", ".join(f"{name} {told[name]}" for name in told))]
    return [
        *output.columns(rows),
        *(say("{part} doesn't work: {why}", part=part, why=why) for part, why in faults.items()),
    ]


def _markdown(rows: list[tuple[str, str, str]], say: Words) -> list[str]:
    """Return the packages as a page of Markdown, which also reads well on a terminal."""
    heading = (say("Package"), say("Version"), say("Licence"))
    return [
        f"# {say('Licences of the packages installed with the sandbox')}",
        "",
        *(f"| {' | '.join(row)} |" for row in (heading, ("---",) * 3, *rows)),
    ]


def _json(facts: object) -> str:
    return json.dumps(facts, ensure_ascii=False, indent=2)
