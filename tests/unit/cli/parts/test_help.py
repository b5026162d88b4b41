"""Help speaks one language: of click's own English nothing is left in Chinese help."""

import re
from importlib import import_module

import click
import pytest
from click.testing import CliRunner

from sandbox import cli


def every_call() -> list[tuple[str, ...]]:
    """Return the words of every command, and of those within it."""
    calls: list[tuple[str, ...]] = [()]
    for name, module in cli.COMMANDS.items():
        command = getattr(import_module(module), name)
        calls.append((name,))
        if isinstance(command, click.Group):
            calls += [(name, below) for below in command.commands]
    return calls


@pytest.mark.parametrize("call", every_call(), ids=" ".join)
def test_chinese_help_has_no_heading_in_english(call: tuple[str, ...]) -> None:
    said = CliRunner().invoke(cli.sandbox, ["--lang", "zh", *call, "--help"]).output
    assert said.startswith("用法：")
    assert "[选项]" in said.splitlines()[0] + said.splitlines()[1]
    headings = re.findall(r"^(\S.*)[:：]$", said, re.MULTILINE)
    assert "[OPTIONS]" not in said
    assert [one for one in headings if one.isascii()] == []
    assert headings


def test_english_help_is_as_click_writes_it() -> None:
    said = CliRunner().invoke(cli.sandbox, ["--lang", "en", "layers", "--help"]).output
    assert re.search(r"^Usage: \S+ layers \[OPTIONS\] COMMAND \[ARGS\]\.\.\.$", said, re.MULTILINE)
    assert re.findall(r"^(\S.*):$", said, re.MULTILINE) == ["Options", "Commands"]
