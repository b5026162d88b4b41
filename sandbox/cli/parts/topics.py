"""The help of commands with many options: its options stand by what they are about."""

from collections.abc import Mapping, Sequence
from typing import Final

import click

from sandbox.cli.parts.language import words
from sandbox.errors import ExportError

# Heading -> its options; one that stands nowhere comes last. Options stay in their command's order.
TOPICS: Final[Mapping[str, Sequence[str]]] = {
    "What to compare": (
        *("--base", "--with", "--with-mode", "--with-depart", "--with-percentile"),
        *("--with-hour", "--with-edits", "--against"),
    ),
    "Where": (
        *(
            "--from",
            "--to",
            "--kind",
            "--count",
            "--also",
            "--jobs",
            "--circles",
        ),
        *("--straight-line", "--nearest", "--nearest-kind", "--nearest-from", "--together"),
        *("--audit", "--audit-people", "--audit-facilities", "--audit-standard", "--audit-units"),
        *("--audit-rule", "--hidden", "--hidden-kind", "--hidden-radius-m", "--hidden-homes"),
        *("--hidden-people", "--siting", "--siting-people", "--siting-facilities"),
        *("--siting-kind", "--siting-sites", "--siting-time-limit-s"),
        *("--measures", "--measures-people", "--measures-to", "--measures-kind", "--measures-by"),
        *("--measures-minutes", "--housing", "--housing-people", "--housing-at", "--housing-opens"),
        *("--network", "--project", "--edits", "--table", "--bbox", "--limit"),
    ),
    "Homes": (
        *("--homes", "--people", "--floor-area", "--m2-per-person", "--area", "--units"),
        *("--group", "--cells"),
    ),
    "Facilities": (
        *("--facilities", "--places", "--supply", "--usable", "--open-at", "--absent"),
        *("--candidates", "--grid-m", "--existing", "--capacity"),
    ),
    "Rule": (
        *("--standard", "--by", "--who", "--radius-m", "--measure", "--decay", "--half-min"),
        *("--spread-min", "--ranks", "--aim", "--share", "--sites", "--budget", "--spacing-m"),
        *("--unit-share", "--time-limit-s"),
    ),
    "Travel": (
        *("--mode", "--modes", "--reverse", "--minutes", "--metres", "--speed-kmh", "--bike-kmh"),
        *("--hour", "--speeds", "--slope", "--reach-m"),
    ),
    "By public transport": (
        *("--scenario", "--depart", "--arrive", "--back", "--window-min", "--percentile"),
        *("--max-rides", "--max-walk-min", "--min-change-min", "--model", "--access", "--egress"),
        "--draws",
    ),
    "Picture": (
        *("--view", "--scene", "--stage", "--size", "--zoom", "--layers", "--select"),
        *("--three-d", "--tilt-deg", "--bearing-deg", "--sun-hour", "--lang", "--theme"),
    ),
    "Reading the files": (
        *("--crs", "--layer", "--columns", "--meaning", "--position", "--skip", "--mend"),
    ),
    "Output": (
        "--into",
        "--chunk",
        "--workers",
        "--cluster",
        "--name",
        "--if-exists",
        "--as",
        "--output",
        "--json",
    ),
}
_OTHERS: Final = "Other"
_WIDEST: Final = 30
_GAP: Final = 2


class ByTopic(click.Command):
    """A command whose help has its options under headings, and that drops no output file."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments.

        Raises
        ------
        ExportError
            If two output files are named where one is written: click would keep the last.
        """
        if not ctx.resilient_parsing:
            _, _, given = self.make_parser(ctx).parse_args(list(args))
            for one in given:
                if "--output" in one.opts and not one.multiple and given.count(one) > 1:
                    raise ExportError(
                        "--output is given more than once, and this command saves one file.",
                        "Run the command once for each file.",
                    )
        return super().parse_args(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, each under the heading of what it is about."""
        shown = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        rows: dict[str, list[tuple[str, str]]] = {topic: [] for topic in (*TOPICS, _OTHERS)}
        for option in shown:
            if row := option.get_help_record(ctx):
                rows[topic_of(option)].append(row)
        write_sections(ctx, formatter, rows)


def topic_of(option: click.Option) -> str:
    """Return the heading that an option stands under."""
    return next(
        (topic for topic, names in TOPICS.items() if not set(names).isdisjoint(option.opts)),
        _OTHERS,
    )


def write_sections(
    ctx: click.Context,
    formatter: click.HelpFormatter,
    sections: Mapping[str, Sequence[tuple[str, str]]],
) -> None:
    """Write lists under headings in the user's language, all with the same second column."""
    say = words(ctx)
    firsts = [first for rows in sections.values() for first, _ in rows]
    widest = min(max(map(len, firsts), default=0), _WIDEST)
    for heading, rows in sections.items():
        if rows:
            own = min(max(len(first) for first, _ in rows), _WIDEST)
            with formatter.section(say(heading)):
                formatter.write_dl(rows, _WIDEST, _GAP + widest - own)
