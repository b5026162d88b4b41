"""Options of all commands: one spelling for one thing, one meaning for one spelling, units."""

from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module

import click
import pytest

from sandbox import cli
from sandbox.cli.parts.options import Renamed

# What each command says of these in its own words: homes, services, which language of what.
OWN_WORDS = {
    *("--from", "--to", "--minutes", "--output", "--lang", "--layers", "--scene", "--scenario"),
    *("--with", "--base", "--modes", "--crs", "--layer", "--facilities", "--units", "--metres"),
    # A GeoPackage that gets layers, or a folder that gets chunks.
    "--into",
    # Of an extract its streets, of a database its features.
    "--bbox",
}
# Whole numbers and shares that have no unit, and what the unit stands in the word of.
WITHOUT_UNIT = {
    "--limit",
    *(
        "--hour",
        "--sun-hour",
        "--with-hour",
        "--percentile",
        "--with-percentile",
        "--max-rides",
        "--draws",
    ),
    *(
        "--count",
        "--minutes",
        "--days",
        "--zoom",
        "--chunk",
        "--workers",
        "--stage",
        "--screen",
        "--seed",
    ),
    *("--m2-per-person", "--metres", "--sites", "--share", "--unit-share", "--budget"),
    *("--siting-sites", "--measures-minutes"),
}
UNITS = ("-min", "-m", "-kmh", "-px", "-s", "-deg")


def options() -> Iterator[tuple[str, click.Option]]:
    """Yield every option with the name of its command."""
    for name, module in cli.COMMANDS.items():
        command = getattr(import_module(module), name)
        inner = getattr(command, "commands", None)
        for one in inner.values() if inner else [command]:
            for param in one.params:
                if isinstance(param, click.Option):
                    yield f"{name} {one.name}", param


def spelled(option: click.Option) -> str:
    """Return how an option is spelled in the help, the long form."""
    was = option.was if isinstance(option, Renamed) else ()
    (long,) = (one for one in option.opts if one.startswith("--") and one not in was)
    return long


ALL = list(options())
SPELLED = sorted({spelled(option) for _, option in ALL})


def test_there_are_options_of_many_commands():
    assert len({name for name, _ in ALL}) > 15
    assert len(SPELLED) > 40


@pytest.mark.parametrize("long", SPELLED)
def test_one_spelling_means_one_thing(long):
    """The same type and the same sentence, but where a command has its own word for it."""
    told = defaultdict(list)
    for name, option in ALL:
        if spelled(option) == long:
            help_ = "" if long in OWN_WORDS else (option.help or "").split("  [")[0]
            kind = "" if long in OWN_WORDS else (option.type.name, option.is_flag, option.multiple)
            told[kind, help_].append(name)
    assert len(told) == 1, dict(told)


def test_one_thing_is_spelled_one_way():
    spellings = defaultdict(set)
    for _, option in ALL:
        if option.help:
            spellings[option.help.split("  [")[0]].add(spelled(option))
    assert {help_: both for help_, both in spellings.items() if len(both) > 1} == {}


def test_an_old_spelling_means_nothing_else():
    old = {one: spelled(o) for _, o in ALL if isinstance(o, Renamed) for one in o.was}
    today = {spelled(option) for _, option in ALL}
    # Each had another meaning in one command before it had one in all the others.
    assert {one for one in old if one in today} == {"--kind", "--count", "--layer"}
    where = defaultdict(set)
    for name, option in ALL:
        for one in option.opts:
            where[name, one].add(spelled(option))
    assert [key for key, meant in where.items() if len(meant) > 1] == []


def test_numbers_have_units_in_their_names():
    numbers = (click.types.FloatParamType, click.types.IntParamType)
    bare = {
        spelled(option)
        for _, option in ALL
        if isinstance(option.type, numbers) and not spelled(option).endswith(UNITS)
    }
    assert bare - WITHOUT_UNIT == set()
