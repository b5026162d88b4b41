"""Telling the running kiosk what to do."""

import click

from sandbox.cli import words


# A minus before a number is no option here: the error then names the volume.
@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("action")
@click.argument("argument", default="")
def ctl(action: str, argument: str) -> None:
    """Send a command to the running kiosk: scene 3, next, previous, language en, black on, freeze,
    volume 40, sounds off, restart, status.
    """  # noqa: D205
    from sandbox.ui.remote.local import tell

    click.echo(tell(words().language, f"{action} {argument}".strip()))
