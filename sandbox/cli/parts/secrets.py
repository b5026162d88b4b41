"""Passwords that are typed where the program runs; they stay in it until it ends."""

import sys
from collections.abc import Callable

import click

from sandbox.cli.parts.language import words
from sandbox.formats.postgis.address import Address


def asker() -> Callable[[Address], str | None]:
    """Return what asks for the password of a database, once each; nobody is asked in a script."""
    typed: dict[tuple[str, str], str] = {}

    def ask(address: Address) -> str | None:
        key = address.server, address.user
        if key not in typed:
            if not (sys.stdin.isatty() and sys.stderr.isatty()):
                return None
            said = words()("Password of {user} at {server}", user=address.user, server=key[0])
            typed[key] = click.prompt(said, hide_input=True, err=True)
        return typed[key]

    return ask
