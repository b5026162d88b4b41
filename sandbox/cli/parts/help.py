"""Help in the user's language, where click itself writes English."""

import click

from sandbox.cli.parts.language import words
from sandbox.words import Words


class HelpContext(click.Context):
    """A command's context whose help has its headings in the user's language."""

    def make_formatter(self) -> click.HelpFormatter:
        """Return what writes the help."""
        return _Help(words(self), self.terminal_width, self.max_content_width)


class _Help(click.HelpFormatter):
    def __init__(self, say: Words, width: int | None, at_most: int | None) -> None:
        super().__init__(width=width, max_width=at_most)
        self._say = say

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, self._say("Usage: "))

    def write_heading(self, heading: str) -> None:
        known = {"Options": self._say("Options"), "Commands": self._say("Commands")}
        said = self._say("{heading}:", heading=known.get(heading, heading))
        self.write(f"{'':>{self.current_indent}}{said}\n")
