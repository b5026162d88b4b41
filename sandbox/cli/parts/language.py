"""The language that a call of a command speaks."""

import locale
import os

import click

from sandbox.words import Words, words_of


def words(ctx: click.Context | None = None) -> Words:
    """Return the words that this call speaks, by ``--lang``, else by the system's language."""
    ctx = ctx or click.get_current_context(silent=True)
    chosen: str | None = ctx.find_root().params.get("lang") if ctx else None
    return words_of(chosen or system_language())


def system_language() -> str:
    """Return the language of the system's messages: Chinese, else English."""
    told = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    told = told or locale.getlocale()[0] or ""
    return "zh" if told.lower().startswith(("zh", "chinese")) else "en"
