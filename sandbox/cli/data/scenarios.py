"""Scenarios of lines: list what is shipped, show one, check a file of one's own."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sandbox.cli import words
from sandbox.cli.parts import city, options, output
from sandbox.errors import TransitError

if TYPE_CHECKING:
    from sandbox.edits.scenario import Edit, Plan, Scenario


@click.group()
def scenarios() -> None:
    """Scenarios: lines that run or could run; list, show, check."""


@scenarios.command(name="list")
@city.project
@options.JSON
def list_(*, as_json: bool) -> None:
    """List the shipped scenarios."""
    from sandbox.app.scenarios import opening
    from sandbox.catalog import scenarios as files

    found = list(files.shipped(city.layers()).values())
    if as_json:
        click.echo(output.as_json({"scenarios": [_facts(one) for one in found]}))
        return
    say, language = words(), words().language
    rows = [[say("Id"), say("Scenario"), say("Opening"), say("Lines"), say("Corridors shown")]]
    for one in found:
        facts = _facts(one)
        assumed = say(" (assumed)") if one.assumed else ""
        row = [one.id, one.title.said(language) + assumed, opening(one).said(say)]
        rows.append([*row, str(len(facts["lines"])), str(facts["corridors_drawn"])])
    click.echo("\n".join(output.columns(rows)))


@scenarios.command()
@city.project
@click.argument("scenario", metavar="ID|FILE")
@options.TOML
@options.JSON
def show(*, scenario: str, file: Path | None, as_json: bool) -> None:
    """Show a scenario: edits, assumptions, corridors for information, and reported facts."""
    from sandbox.catalog import scenarios as files
    from sandbox.catalog.scenario_text import as_toml
    from sandbox.export.files import replacing

    found = files.read(scenario, city.layers())
    if file:
        with replacing(file) as beside:
            beside.write_text(as_toml(found), encoding="utf-8")
    if as_json:
        click.echo(output.as_json(_facts(found) | {"output": str(file) if file else None}))
        return
    click.echo("\n".join([*_lines(found), *output.written(file)]))


@scenarios.command()
@click.argument("file", metavar="OWN.toml", type=click.Path(path_type=Path))
@click.option(
    "--base",
    metavar="ID|FILE",
    help="Base scenario, or timetable.  [default: today]",
)
@click.option("--title", "said", metavar="TEXT", help="Title that people read.")
@options.NETWORK
def new(*, file: Path, base: str | None, said: str | None, network_file: Path | None) -> None:
    """Create a scenario file of your own for the city of a network, to be edited."""
    from dataclasses import replace

    from sandbox.app.answers.comparing import named_scenario
    from sandbox.app.scenarios import new as begun
    from sandbox.catalog.scenario_text import as_toml
    from sandbox.engine.network import Network
    from sandbox.export.files import replacing
    from sandbox.words import Bilingual

    if file.suffix.lower() != ".toml" or file.exists():
        raise TransitError(
            "{file} can't be a new scenario: it already exists, or its name doesn't end in .toml.",
            "Give it another name.",
            file=file,
        )
    atlas = city.atlas(city.layers(), Network.open(network_file))
    made = begun(atlas, ())
    title = Bilingual(said, said) if said else made.title
    scenario = replace(made, id=file.stem, title=title, base=named_scenario(atlas, base)[0])
    with replacing(file) as beside:
        beside.write_text(as_toml(scenario), encoding="utf-8")
    click.echo("\n".join(output.written(file)))


@scenarios.command()
@click.argument("files", metavar="FILE…", nargs=-1, type=click.Path(path_type=Path))
@click.pass_context
def check(ctx: click.Context, files: tuple[Path, ...]) -> None:
    """Check scenario files; without any, the shipped ones. With a fault, the exit status is 1."""
    from sandbox.catalog import scenarios as catalog

    layers, say, faulty = city.layers(), words(), False
    for one in files or catalog.SHIPPED:
        try:
            found = catalog.read(one, layers)
        except TransitError as error:
            faulty = True
            click.echo("\n".join(output.faulty(one, error)))
        else:
            click.echo(say("{file}: no fault; edits: {count}.", file=one, count=len(_edits(found))))
    if faulty:
        ctx.exit(1)


def _edits(scenario: "Scenario") -> "tuple[Edit, ...]":
    from sandbox.edits.scenario import all_edits

    return all_edits(scenario)


def _plan(scenario: "Scenario") -> "Plan":
    from sandbox.edits.line_edits import apply

    return apply(scenario)


def _facts(scenario: "Scenario") -> dict[str, Any]:
    plan = _plan(scenario)
    return {
        "id": scenario.id,
        "title": {"zh": scenario.title.zh, "en": scenario.title.en},
        "note": {"zh": scenario.note.zh, "en": scenario.note.en},
        "base": scenario.base.id if scenario.base else None,
        "opening": scenario.opening or None,
        "assumed": scenario.assumed,
        "lines": [
            {
                "id": line.id,
                "name_zh": line.name_zh,
                "name_en": line.name_en,
                "mode": line.mode,
                "status": line.status,
                "stops": len(line.stops),
                "headway_min": [period.headway_s / 60 for period in line.periods],
                "source": line.source,
            }
            for line in plan.supply.lines
        ],
        "corridors_drawn": len(plan.corridors),
        "closed": sorted(plan.supply.closed),
        "edits": [
            {
                "name": {"zh": edit.name.zh, "en": edit.name.en},
                "on": edit.on,
                "assumed": {"zh": edit.assumed.zh, "en": edit.assumed.en},
            }
            for edit in _edits(scenario)
        ],
        "stated_by_articles": [
            {
                "to": {"zh": one.to.zh, "en": one.to.en},
                "minutes": one.minutes,
                "source": {"zh": one.source.zh, "en": one.source.en},
                "computed": False,
            }
            for one in scenario.statements
        ],
    }


def _lines(scenario: "Scenario") -> list[str]:
    from sandbox.app.scenarios import opening

    say, language = words(), words().language
    plan = _plan(scenario)
    said = [
        scenario.title.said(language),
        scenario.note.said(language),
        say("Opening: {opening}", opening=opening(scenario).said(say)),
        say("Edits, in order:"),
    ]
    for number, edit in enumerate(_edits(scenario), start=1):
        off = "" if edit.on else say(" (off)")
        said.append(f"{number:3d}  {edit.name.said(language)}{off}")
        if edit.assumed.zh:
            said.append("     " + say("Assumed: {what}", what=edit.assumed.said(language)))
    if plan.corridors:
        count = len(plan.corridors)
        said.append(
            say(
                "{count} corridors are shown for information and excluded from travel times.",
                count=count,
            )
        )
    if scenario.statements:
        said.append(say("As reported by the articles, not computed here:"))
    said += [
        "     "
        + say(
            "{place}: {minutes} min ({source})",
            place=one.to.said(language),
            minutes=f"{one.minutes:g}",
            source=one.source.said(language),
        )
        for one in scenario.statements
    ]
    return [line for line in said if line]
