"""The options of big commands stand under headings."""

from importlib import import_module

import click
import pytest
from click.testing import CliRunner

from sandbox import cli
from sandbox.cli.parts.topics import TOPICS, ByTopic, topic_of
from sandbox.words import words_of


def commands():
    for name, module in cli.COMMANDS.items():
        command = getattr(import_module(module), name)
        yield (name,), command
        for inner, one in getattr(command, "commands", {}).items():
            yield (name, inner), one


BIG = [(name, one) for name, one in commands() if isinstance(one, ByTopic)]


def sections(*arguments, language):
    """Return the headings of a help, each with its options."""
    told = CliRunner().invoke(cli.sandbox, ["--lang", language, *arguments, "--help"])
    assert told.exit_code == 0, told.output
    found = {}
    for line in told.output.splitlines():
        if line.endswith((":", "：")) and not line.startswith(" "):
            found[line[:-1]] = []
        elif line.startswith(("  -", "  --")) and found:
            found[list(found)[-1]].append(line.split(" [")[0].replace("-o, ", "").split()[0])
    return found


def test_every_command_with_many_options_has_headings():
    plain = {
        name: sum(isinstance(one, click.Option) for one in command.params)
        for name, command in commands()
        if not isinstance(command, ByTopic)
    }
    assert {name for name, count in plain.items() if count > 12} == set()
    assert ("isochrone",) in dict(BIG)


@pytest.mark.parametrize(("name", "command"), BIG, ids=[" ".join(name) for name, _ in BIG])
def test_every_option_stands_under_one_heading(name, command):
    options = [one for one in command.params if isinstance(one, click.Option)]
    assert [one.name for one in options if topic_of(one) not in TOPICS] == []
    shown = [option for rows in sections(*name, language="en").values() for option in rows]
    assert len(shown) == len(set(shown)) == len(options) + 1


def test_headings_follow_the_question_in_both_languages():
    there = sections("isochrone", language="en")
    assert list(there) == ["Where", "Travel", "By public transport", "Output", "Other"]
    assert there["Output"] == ["--as", "--output", "--json"]
    assert there["Where"] == ["--from", "--together", "--network", "--project", "--edits"]
    chinese = sections("isochrone", language="zh")
    assert list(chinese) == ["地点", "出行", "公共交通", "输出", "其他"]
    assert list(chinese.values()) == list(there.values())


def test_headings_have_chinese_words():
    say = words_of("zh")
    assert [
        topic for topic in (*TOPICS, *cli.TOPICS, "Options", "Other") if say(topic) == topic
    ] == []


@pytest.mark.parametrize("name", ["route", "isochrone", "compare", "commute"])
def test_a_second_output_file_is_refused_before_anything_is_written(name, tmp_path):
    files = [tmp_path / "one.gpkg", tmp_path / "two.gpkg"]
    ask = [name, "--from", "106.3,29.5", "-o", str(files[0]), f"--output={files[1]}"]
    told = CliRunner().invoke(cli.sandbox, ["--lang", "en", *ask])
    assert told.exit_code == 2
    assert "--output is given more than once" in told.output + (told.stderr or "")
    assert list(tmp_path.iterdir()) == []
