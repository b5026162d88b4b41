"""The command line: one file a family of commands, each thin."""

import codecs
import errno
import io
import json
import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from copy import copy
from importlib import import_module
from itertools import pairwise
from typing import Any, Final, NoReturn, TypeVar

import click

from sandbox import paths
from sandbox.cli.parts import secrets
from sandbox.cli.parts.help import HelpContext, placeholder
from sandbox.cli.parts.language import system_language, words
from sandbox.cli.parts.topics import write_sections
from sandbox.errors import SandboxError
from sandbox.files import reason_of
from sandbox.formats.postgis import passwords
from sandbox.words import LANGUAGES, Words, words_of

# What a planner does -> command name -> module that holds it under the same name; imported when
# it is called.
TOPICS: Final[dict[str, dict[str, str]]] = {
    "Look at the map": {
        "window": "sandbox.cli.show.window",
        "screenshot": "sandbox.cli.show.window",
        "export": "sandbox.cli.export",
    },
    "Calculate": {
        "isochrone": "sandbox.cli.isochrone",
        "route": "sandbox.cli.route",
        "nearest": "sandbox.cli.nearest",
        "times": "sandbox.cli.times",
        "circles": "sandbox.cli.circles",
        "audit": "sandbox.cli.audit",
        "hidden": "sandbox.cli.hidden",
        "siting": "sandbox.cli.siting",
        "access": "sandbox.cli.access",
        "commute": "sandbox.cli.commute",
        "housing": "sandbox.cli.housing",
    },
    "Compare": {"compare": "sandbox.cli.compare"},
    "Data": {
        "project": "sandbox.cli.data.project",
        "layers": "sandbox.cli.data.layers",
        "network": "sandbox.cli.data.network",
        "scenarios": "sandbox.cli.data.scenarios",
        "standards": "sandbox.cli.data.standards",
    },
    "Exhibition": {
        "kiosk": "sandbox.cli.show.kiosk",
        "ctl": "sandbox.cli.show.ctl",
        "supervise": "sandbox.cli.show.kiosk",
        "narrate": "sandbox.cli.show.narrate",
        "usage": "sandbox.cli.show.kiosk",
    },
    "This program": {"doctor": "sandbox.cli.doctor"},
}
COMMANDS: Final = {name: module for topic in TOPICS.values() for name, module in topic.items()}

# What a disk or an output says that takes no more.
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
# What the system says of a file that was named, and what to do then.
_REFUSED: Final = {
    errno.ENAMETOOLONG: "Give it another name.",
    errno.EACCES: "Change its permissions, or give another path.",
    errno.EPERM: "Change its permissions, or give another path.",
    errno.EROFS: "Change its permissions, or give another path.",
    errno.ELOOP: "Check the path.",
    errno.ENOTDIR: "Check the path.",
}
_ESCAPED: Final = "sandbox-escaped"
# As click says it; it has no class for this.
_MORE: Final = re.compile(r"Got unexpected extra arguments? \((.*)\)")


class _Family(click.Group):
    """The group of all commands, found by name and loaded when called for."""

    context_class = HelpContext

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(COMMANDS[cmd_name]), cmd_name)
        return _said(command, words(ctx), ctx)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        click.Group.format_help(_said(self, words(ctx), ctx), ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        told = [option.get_help_record(ctx) for option in self.get_params(ctx)]
        sections = {"Options": [row for row in told if row]}
        room = formatter.width - 6 - max(map(len, COMMANDS))
        for topic, names in TOPICS.items():
            found = [(name, self.get_command(ctx, name)) for name in names]
            sections[topic] = [(name, one.get_short_help_str(room)) for name, one in found if one]
        write_sections(ctx, formatter, sections)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with passwords.asking(secrets.asker()):
                return super().invoke(ctx)
        except SandboxError as error:
            _stop(error.said(words(ctx)))


_Command = TypeVar("_Command", bound=click.Command)


def _said(command: _Command, say: Words, ctx: click.Context) -> _Command:
    """Return a command whose help, and that of its options, is in the user's language."""
    told = copy(command)
    told.help = say(" ".join(command.help.split())) if command.help else None
    told.params = [copy(parameter) for parameter in command.params]
    told.options_metavar = say("[OPTIONS]")
    vars(told)["context_class"] = HelpContext
    # click keeps the option --help with the command once it is made: the copy makes its own.
    vars(told)["_help_option"] = None
    for option in (*told.params, told.get_help_option(ctx)):
        if option is not None and say.language != "en":
            option.metavar = placeholder(option.make_metavar(ctx), say)
        if isinstance(option, click.Option) and option.help:
            option.help = say(option.help)
            _say_extra(option, say, ctx)
    if isinstance(command, click.Group) and isinstance(told, click.Group):
        told.subcommand_metavar = (
            say("[COMMAND] [ARGS]...") if told.invoke_without_command else say("COMMAND [ARGS]...")
        )
        told.commands = {name: _said(one, say, ctx) for name, one in command.commands.items()}
    return told


def _say_extra(option: click.Option, say: Words, ctx: click.Context) -> None:
    """Write default, range and need in the user's language; click itself knows English only."""
    if say.language == "en":
        return
    extra = option.get_help_extra(ctx)
    told = [
        say("[default: {value}]", value=extra["default"]) if "default" in extra else "",
        f"[{extra['range']}]" if "range" in extra else "",
        say("[required]") if "required" in extra else "",
    ]
    option.help = f"{option.help}{''.join(told)}"
    vars(option)["get_help_extra"] = lambda _: {}


@click.group(cls=_Family, invoke_without_command=True)
@click.option("--lang", type=click.Choice(LANGUAGES), is_eager=True, help="Language of the texts.")
@click.version_option(package_name="science-city-sandbox")
@click.pass_context
def sandbox(ctx: click.Context, lang: str | None) -> None:
    """Digital sandbox map of the Western (Chongqing) Science City.

    Without a command, the window opens.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(import_module(COMMANDS["window"]).window)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; a mistake is one line on stderr and exit status 2."""
    _escape_what_output_cannot_hold()
    told: dict[str, Any] = {
        "args": arguments,
        "prog_name": paths.command(),
        "standalone_mode": False,
    }
    try:
        status = sandbox.main(**told)
        # Output that can't be written is noticed here, while one can still say so. Without
        # a console there is no output.
        if sys.__stdout__ is not None:
            sys.stdout.flush()
    except click.ClickException as error:
        say = words_of(_asked_language(arguments))
        _stop(" ".join(_misuse(error, say).split()))
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        _drop_output()
        sys.exit(1)
    except OSError as error:
        say = words_of(_asked_language(arguments))
        if error.errno in _REFUSED and error.filename is not None:
            path, reason = error.filename, reason_of(error).said(say)
            _stop(
                say("{path} can't be used: {reason}.", path=path, reason=reason)
                + (" " if say.language == "en" else "")
                + say(_REFUSED[error.errno])
            )
        if error.errno not in _NO_ROOM:
            raise
        _drop_output()
        where = say("the output") if error.filename is None else str(error.filename)
        reason = reason_of(error).said(say)
        _stop(say("Writing to {place} failed: {reason}.", place=where, reason=reason))
    else:
        sys.exit(status if isinstance(status, int) else 0)


def _escape_what_output_cannot_hold() -> None:
    """Have letters that the terminal or file has no code for written as JSON escapes them.

    A console of Western Windows has no Chinese letters; the work that a command did mustn't
    be lost on them.
    """
    codecs.register_error(_ESCAPED, _escaped)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_ESCAPED)


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return json.dumps(lacking)[1:-1], error.end


def _drop_output() -> None:
    """Let go of what couldn't be written: it must not raise again at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _asked_language(arguments: Sequence[str] | None) -> str:
    """Return the language of a call that failed before its own was read."""
    told = list(sys.argv[1:] if arguments is None else arguments)
    after = dict(pairwise(told)).get("--lang")
    return after if after in LANGUAGES else system_language()


def _misuse(error: click.ClickException, say: Words) -> str:
    """Return what is wrong with a call; English as click says it, else in our words."""
    if say.language == "en":
        return error.format_message()
    told = error.format_message()
    if isinstance(error, click.NoSuchOption):
        told = say("There is no option {name}.", name=error.option_name)
    elif isinstance(error, click.UsageError) and hasattr(error, "command_name"):
        told = say("There is no command {name}.", name=str(getattr(error, "command_name")))  # noqa: B009
    elif isinstance(error, click.BadOptionUsage):
        told = say("The option {name} lacks a value, or has one too many.", name=error.option_name)
    elif isinstance(error, click.BadParameter) and error.param is not None:
        told = _bad_value(error, error.param, say)
    elif more := _MORE.fullmatch(told):
        told = say("There are more arguments than it takes: {more}.", more=more[1])
    return told


def _bad_value(error: click.BadParameter, param: click.Parameter, say: Words) -> str:
    name = param.get_error_hint(error.ctx)
    if isinstance(error, click.MissingParameter):
        return say("{name} is missing.", name=name)
    if isinstance(param.type, click.Choice):
        known = ", ".join(map(str, param.type.choices))
        return say("The value of {name} must be one of: {known}.", name=name, known=known)
    if type(param.type).__module__.startswith("click"):
        return say("The value of {name} can't be used.", name=name)
    return say("The value of {name} can't be used: {why}", name=name, why=error.message)


def _stop(line: str) -> NoReturn:
    with suppress(OSError):
        click.echo(f"sandbox: {' '.join(line.splitlines())}", err=True)
    sys.exit(2)
