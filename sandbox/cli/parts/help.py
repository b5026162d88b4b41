"""Help in the user's language, where click itself writes English."""

import re
from typing import Final

import click

from sandbox.cli.parts.language import words
from sandbox.words import Text, Words

# Words that stand for a value; names of formats and codes (WKT, EPSG:4544) stay as they are.
PLACEHOLDERS: Final = (
    *(Text("ACTION"), Text("ADDRESS"), Text("ARGUMENT"), Text("CITY"), Text("COLUMN")),
    *(Text("DATABASE"), Text("DEGREES"), Text("DEPARTURE"), Text("FEED"), Text("FIELD")),
    *(Text("FILE of lines"), Text("FILE"), Text("FLOAT RANGE"), Text("FLOAT"), Text("FOLDER")),
    *(Text("HIGHWAY"), Text("HOST"), Text("HOUR"), Text("ID"), Text("IN"), Text("INTEGER RANGE")),
    *(Text("INTEGER"), Text("KIND"), Text("KIOSK_OPTIONS"), Text("LAT"), Text("LAYER")),
    *(Text("LON"), Text("M/PX"), Text("MAP"), Text("MEASURE"), Text("METRES"), Text("MINUTES")),
    *(Text("MODE"), Text("N|ID"), Text("NAME"), Text("OUT"), Text("OWN"), Text("PATH")),
    *(Text("PERCENTILE"), Text("REPORT"), Text("ROLE"), Text("ROWS"), Text("RULE")),
    *(Text("SAMPLE"), Text("SCENARIO"), Text("SCHEMA"), Text("SECONDS"), Text("SHEET")),
    *(Text("TEXT"), Text("TITLE"), Text("USER"), Text("VALUE"), Text("W,S,E,N"), Text("WHO")),
    *(Text("WIDTHXHEIGHT"), Text("WORD")),
)
_KNOWN: Final = "|".join(
    re.escape(word) for word in sorted((one.template for one in PLACEHOLDERS), key=len)[::-1]
)


def placeholder(said: str, say: Words) -> str:
    """Return what stands for a value in help, as ``LAYER|FILE``, in the user's language.

    Examples
    --------
    >>> from sandbox.words import words_of
    >>> placeholder("[LAYER|FILE.toml]...", words_of("zh"))
    '[图层|文件.toml]...'
    """
    return re.sub(rf"(?<![A-Za-z])(?:{_KNOWN})(?![A-Za-z])", lambda found: say(found[0]), said)


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
