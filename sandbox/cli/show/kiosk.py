"""The exhibition kiosk, who watches over it, and its figures."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import click

from sandbox.cli import words
from sandbox.cli.parts import city, options
from sandbox.words import LANGUAGES

if TYPE_CHECKING:
    from sandbox.app.kiosk.config import KioskConfig
    from sandbox.app.settings import Settings
    from sandbox.words import Language

# In safe mode the shipped city shows.
_SAFE: Final[dict[str, Any]] = {"network": None, "project": None}
_CONFIG = click.option(
    "--config",
    "config_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Configuration file of the kiosk.  [default: the user's own, if there is one]",
)


@click.command()
@_CONFIG
@click.option("--windowed", is_flag=True, help="Open in a window instead of full screen.")
@click.option("--screen", type=click.IntRange(0, 15), help="Screen of the show, counted from 0.")
@click.option("--scene", "scene", metavar="N|ID", default="", help="First scene.")
@click.option("--lang", "language", type=click.Choice(LANGUAGES), help="Language of the show.")
@click.option("--safe", is_flag=True, help="Use the shipped streets and the defaults.")
@click.option("--standby", is_flag=True, hidden=True)
@city.opened
def kiosk(
    *,
    config_file: Path | None,
    windowed: bool,
    screen: int | None,
    scene: str,
    language: str | None,
    safe: bool,
    standby: bool,
    network_file: Path | None,
    project_file: Path | None,
) -> None:
    """Open the full-screen kiosk of the exhibition.

    To leave, hold the upper left corner for three seconds and enter the PIN set in its
    configuration. Ctrl+C in its terminal also ends it.
    """
    from sandbox.app.kiosk.config_file import load
    from sandbox.app.kiosk.supervise import called_on
    from sandbox.ui.kiosk.run import run_kiosk
    from sandbox.ui.remote.attachments import attachments
    from sandbox.ui.start import started

    loaded = load(config_file)
    if loaded.fault is not None:
        # The show goes on, but someone who starts it by hand has to see the faults.
        click.echo(loaded.fault.said(words()), err=True)
    hall = loaded.config.safe() if safe else loaded.config
    asked = language or click.get_current_context().find_root().params.get("lang")
    chosen = cast("Language", asked or hall.language)
    config = hall.model_copy(update={"language": chosen})
    file = network_file or (Path(config.network) if config.network else None)
    project = project_file or (Path(config.project) if config.project else None)
    start = started(
        cast("Language", words().language),
        language=chosen,
        network=None if project_file else file,
        project=None if network_file else project,
    )
    start = replace(start, settings=_settings(start.settings, config, safe=safe))
    status = run_kiosk(
        start,
        config,
        windowed=windowed,
        screen=config.screen if screen is None else screen,
        scene=scene,
        attachments=attachments(config, fault=loaded.fault, safe=safe),
        called_on=called_on if standby else None,
    )
    click.get_current_context().exit(status)


def _settings(settings: "Settings", config: "KioskConfig", *, safe: bool) -> "Settings":
    """Return the settings with what the hall has set; the shipped streets in safe mode."""
    told = {"here": config.here, "approval_number": config.approval_number or None}
    changes = {key: value for key, value in told.items() if value is not None}
    return settings.model_copy(update={**changes, **(_SAFE if safe else {})})


@click.command(context_settings={"ignore_unknown_options": True})
@_CONFIG
@click.argument("kiosk_options", nargs=-1, type=click.UNPROCESSED)
def supervise(config_file: Path | None, kiosk_options: tuple[str, ...]) -> None:
    """Keep the kiosk running: restart it at its scene after a crash or a hang.

    Other options are passed to the kiosk. It ends when an operator leaves the kiosk with the
    PIN.
    """
    import signal

    from sandbox.app.kiosk.config_file import load
    from sandbox.app.kiosk.supervise import Supervisor, notify_systemd, start_log

    own = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "sandbox"]
    config = ["--config", str(config_file)] if config_file else []

    always = [*own, "kiosk", *config, *kiosk_options]

    def command(scene: str, safe: bool) -> list[str]:
        begin = ["--scene", scene] if scene else []
        return [*always, *begin, *(["--safe"] if safe else [])]

    start_log()
    figures = load(config_file).config.supervisor
    supervisor = Supervisor(command, figures, notify_systemd, [*always, "--standby"])
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda *_: supervisor.stop())
    click.get_current_context().exit(supervisor.run())


@click.command()
@click.option(
    "--days", type=click.IntRange(1, 400), default=30, help="Number of days to report, up to today."
)
@options.JSON
def usage(days: int, as_json: bool) -> None:
    """Print counts of the kiosk's scenes, touches and languages; no personal data."""
    import json

    from sandbox.app.kiosk.usage import read, total, usage_file

    kept = read(usage_file())
    if as_json:
        told = {day: kept[day] for day in sorted(kept)[-days:]}
        click.echo(json.dumps(told, sort_keys=True, indent=1))
        return
    if not kept:
        click.echo(words()("There are no statistics yet."))
        return
    first, last = sorted(kept)[-days:][0], max(kept)
    click.echo(words()("{first} to {last}", first=first, last=last))
    for what, count in sorted(total(kept, days).items(), key=lambda one: (-one[1], one[0])):
        click.echo(f"{count:>9}  {what}")
