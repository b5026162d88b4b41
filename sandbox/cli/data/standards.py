"""Planning standards: list what is shipped, show one, check one's own, and have rules confirmed."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sandbox.cli import words
from sandbox.cli.parts import homes, options, output
from sandbox.errors import AnalysisError
from sandbox.export.files import check_file

if TYPE_CHECKING:
    from sandbox.standards import Rule, Standard


@click.group()
def standards() -> None:
    """Planning standards: list, show, check, and confirm their rules."""


@standards.command(name="list")
@options.JSON
def list_(*, as_json: bool) -> None:
    """List the shipped standards, and who walks."""
    from sandbox.catalog import standards as files
    from sandbox.export.sheets.sheet import unit_said

    found = [files.read(name) for name in files.shipped()]
    if as_json:
        click.echo(output.as_json({"standards": [_facts(one) for one in found]}))
        return
    say, language = words(), words().language
    rows = [[say("Id"), say("Standard"), say("In force"), say("Rules"), say("Confirmed")]]
    for one in found:
        confirmed = len(one.rules) - len(one.unconfirmed)
        row = [one.id, one.title.said(language), one.in_force or "–"]
        rows.append([*row, str(len(one.rules)), str(confirmed)])
    walkers = [[say("Who walks"), say("Speed"), say("Source")]]
    for who in files.walkers().values():
        name = f"{who.id} {who.title.said(language)}"
        walkers.append(
            [name, f"{who.speed_kmh:g} {unit_said('km/h', language)}", who.source.said(language)]
        )
    click.echo("\n".join([*output.columns(rows), "", *output.columns(walkers)]))


@standards.command()
@click.argument("standard", metavar="ID|FILE.toml")
@options.TOML
@options.JSON
def show(*, standard: str, file: Path | None, as_json: bool) -> None:
    """Show the rules of a standard, with clause, and how each is known."""
    from sandbox.catalog import standards as files
    from sandbox.export.files import replacing

    found = files.read(standard)
    if file:
        text = files.as_toml(files.described(found), file)
        with replacing(file) as beside:
            beside.write_text(text, encoding="utf-8")
    if as_json:
        facts = {**_facts(found), "rules": [_rule_facts(one) for one in found.rules.values()]}
        click.echo(output.as_json(facts | {"output": str(file) if file else None}))
        return
    click.echo("\n".join([*_lines(found), *output.written(file)]))


@standards.command()
@click.argument("files", metavar="FILE…", nargs=-1, type=click.Path(path_type=Path))
@click.pass_context
def check(ctx: click.Context, files: tuple[Path, ...]) -> None:
    """Check standards; without any file, the shipped ones. With a fault, the exit status is 1."""
    from sandbox.catalog import standards as catalog

    say, faulty = words(), False
    for name in [*map(str, files)] or list(catalog.shipped()):
        try:
            found = catalog.read(name)
        except AnalysisError as error:
            faulty = True
            click.echo("\n".join(output.faulty(name, error)))
            continue
        click.echo(
            say(
                "{name}: no fault; rules: {rules}, confirmed: {confirmed}.",
                name=name,
                rules=len(found.rules),
                confirmed=len(found.rules) - len(found.unconfirmed),
            )
        )
    ctx.exit(1 if faulty else 0)


@standards.command()
@click.argument("file", metavar="OUT.xlsx", type=click.Path(path_type=Path))
@homes.STANDARD
def sheet(*, file: Path, standard_id: str) -> None:
    """Write the rules as a sheet, to be compared with the printed book."""
    from sandbox.catalog import standards as files
    from sandbox.export.sheets.standards import write_rules_sheet

    check_file(file, ".xlsx")
    write_rules_sheet(file, files.read(standard_id), words())
    click.echo("\n".join(output.written(file)))


@standards.command()
@click.argument("file", metavar="SHEET.xlsx", type=click.Path(path_type=Path))
@homes.STANDARD
@click.option(
    "-o",
    "--output",
    "target",
    metavar="OUT.toml",
    required=True,
    type=click.Path(path_type=Path),
    help="Output standard, for --standard of audits.",
)
def read(*, file: Path, standard_id: str, target: Path) -> None:
    """Read a sheet of rules that came back, and save it as a standard."""
    from sandbox.catalog import standards as catalog
    from sandbox.catalog.standards_sheet import changed, read_rules_sheet
    from sandbox.export.files import replacing

    check_file(target, ".toml")
    standard = catalog.read(standard_id)
    said = read_rules_sheet(file, standard)
    text = catalog.as_toml(said, target)
    with replacing(target) as beside:
        beside.write_text(text, encoding="utf-8")
    made, say = catalog.read(str(target)), words()
    different = changed(standard, said)
    click.echo(
        say(
            "Rules: {rules}, confirmed: {confirmed}; changed: {changed}.",
            rules=len(made.rules),
            confirmed=len(made.rules) - len(made.unconfirmed),
            changed=", ".join(different) or "–",
        )
    )
    click.echo("\n".join(output.written(target)))


def _facts(one: "Standard") -> dict[str, Any]:
    return {
        "id": one.id,
        "title_zh": one.title.zh,
        "title_en": one.title.en,
        "version": one.version,
        "in_force": one.in_force or None,
        "inclusive": one.inclusive,
        "source_zh": one.source.zh,
        "source_en": one.source.en,
        "tiers": list(one.tiers),
        "rule_count": len(one.rules),
        "unconfirmed": len(one.unconfirmed),
    }


def _rule_facts(rule: "Rule") -> dict[str, Any]:
    from sandbox.catalog.standards import described_rule

    return described_rule(rule)


def _lines(one: "Standard") -> list[str]:
    from sandbox.export.sheets.sheet import unit_said

    say, language = words(), words().language
    inclusive = (
        say("inclusive: a greater facility stands for a lesser one")
        if one.inclusive
        else say("not inclusive: each tier is audited for itself")
    )
    head = [
        [say("Standard"), one.title.said(language)],
        [say("In force"), one.in_force or "–"],
        [say("Tiers"), inclusive],
        [say("Source"), one.source.said(language)],
        *([[say("Note"), one.note.said(language)]] if one.note else []),
    ]
    rows = [[say("Tier"), say("Facility"), say("Limit"), say("Clause"), say("How it is known")]]
    for rule in one.rules.values():
        limits = [
            " · ".join(
                text
                for text in (
                    f"{limit.metres:g} {unit_said('m', language)}"
                    if limit.metres is not None
                    else "",
                    f"{limit.minutes:g} {unit_said('min', language)}"
                    if limit.minutes is not None
                    else "",
                    f"≥ {limit.from_m2:g} {unit_said('m²', language)}"
                    if limit.from_m2 is not None
                    else "",
                    f"< {limit.below_m2:g} {unit_said('m²', language)}"
                    if limit.below_m2 is not None
                    else "",
                )
                if text
            )
            for limit in rule.limits
        ]
        rows.append(
            [
                one.tiers[rule.tier].title.said(language),
                one.facilities[rule.facility].title.said(language),
                " / ".join(limits) or "–",
                rule.clause,
                rule.standing.said.said(say),
            ]
        )
    return [*output.columns(head), "", *output.columns(rows)]
