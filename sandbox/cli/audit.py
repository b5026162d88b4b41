"""Audits of life circles by a planning standard, on the command line."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sandbox.cli import words
from sandbox.cli.parts import chunks, city, homes, on_map, options, output, paged, topics
from sandbox.cli.parts import travel as travels
from sandbox.cli.parts.travel import Moment
from sandbox.errors import AnalysisError
from sandbox.export.files import ending_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sandbox.analysis.circles.question import Audit
    from sandbox.app.answers.audit import AuditQuestion
    from sandbox.catalog.layer import Layer
    from sandbox.streets.travel import Travel


@click.command(cls=topics.ByTopic)
@homes.STANDARD
@homes.AREA
@homes.given
@homes.FACILITIES
@click.option("--units", metavar="LAYER|FILE", help="Areas that get a score card each.")
@click.option(
    "--by",
    type=click.Choice(["stated", "metres", "minutes"]),
    default="stated",
    show_default=True,
    help="Measure walks as the standard states them, in metres, or in minutes.",
)
@homes.WHO
@homes.SPEED
@travels.options("slope")
@click.option(
    "--usable", is_flag=True, help="Count only facilities that are in operation and usable."
)
@click.option(
    "--open-at", type=Moment(), help="With --usable: facilities must be open at this time."
)
@click.option(
    "--absent",
    type=click.Choice(["skip", "fail"]),
    default="skip",
    show_default=True,
    help="Rules whose kind of facility the data lacks: name them, or count them as failed.",
)
@options.NETWORK
@options.EDITS
@homes.FILES
@chunks.INTO
@chunks.CHUNK
@chunks.WORKERS
@chunks.CLUSTER
@options.JSON
def audit(
    *,
    standard_id: str,
    area: str | None,
    lived: homes.Homes,
    facilities_said: tuple[str, ...],
    units: str | None,
    by: Any,
    who: str,
    speed_kmh: float | None,
    travel: "Travel",
    usable: bool,
    open_at: "datetime | None",
    absent: Any,
    network_file: Path | None,
    edits_file: Path | None,
    files: tuple[Path, ...],
    into: Path | None,
    chunk: int | None,
    workers: int | None,
    cluster: str | None,
    as_json: bool,
) -> None:
    """Audit homes by a planning standard: what is covered, what fails, by which clause."""
    from sandbox.analysis.circles.audit import audit as run
    from sandbox.analysis.circles.audit import homes_within
    from sandbox.analysis.circles.given import READ, facilities_of
    from sandbox.analysis.circles.question import AuditQuestion
    from sandbox.app.answers.audit import AuditQuestion as Asked
    from sandbox.app.answers.audit import as_answer
    from sandbox.catalog import standards
    from sandbox.export.sheets.audit import audit_report
    from sandbox.export.sheets.files import ENDINGS, write_report
    from sandbox.export.sheets.layers import audit_layers
    from sandbox.export.sheets.pictures import shaded_audit

    chunks.check(into, chunk, workers, cluster, bool(files))
    city.check_files(files, *ENDINGS)
    if open_at is not None and not usable:
        raise AnalysisError("A time is given, but every facility counts.", "Add --usable.")
    standard, walker = standards.read(standard_id), standards.walker_named(who)
    homes.check_homes(lived.said, standard_id)
    network = options.opened(network_file, edits_file)
    homes_read = lived.read()
    read = homes.facilities_table(facilities_said, READ)
    audited = lived.counted(homes_read, network.crs)
    facilities = facilities_of(read, standards.facility_named, crs=network.crs, at=open_at)
    if area:
        audited = homes_within(audited, homes.areas_said(area))
    question = AuditQuestion(
        standard, walker, by, speed_kmh, travel.slope, usable=usable, absent=absent
    )
    divided = homes.areas_said(units) if units else None
    if into is not None:
        from sandbox.export.chunks.tasks import AuditTask

        streets = chunks.streets(network_file, edits_file)
        task = AuditTask(streets, facilities, question, divided)
        chunks.told(
            chunks.run(into, task, audited, chunk=chunk, workers=workers, cluster=cluster),
            task,
            as_json,
            {},
        )
        return
    found = run(
        network,
        audited,
        facilities,
        question,
        divided,
        schematic=homes.any_schematic(homes_read, read),
    )
    say = words()
    report = audit_report(found, say)
    for file in files:
        if ending_of(file) in paged.PAGES:
            asked = Asked("", standard=standard_id, who=who, speed_kmh=speed_kmh)
            paged.write_answer_page(
                file, as_answer(found, asked), network_file=network_file, edits_file=edits_file
            )
            continue
        shaded = shaded_audit(found, say)
        write_report(file, report, lambda: audit_layers(found), network, shaded, city.approval())
    if as_json:
        click.echo(output.as_json(_facts(found, files)))
        return
    click.echo("\n".join(output.report_lines(report, _coverage_lines(report), files)))


def _facts(found: "Audit", files: tuple[Path, ...]) -> dict[str, Any]:
    from sandbox.analysis.circles import results
    from sandbox.analysis.circles.ledger import ledger_of
    from sandbox.analysis.circles.shortfalls import weakest
    from sandbox.export.sheets.audit_facts import warnings
    from sandbox.words import words_of

    question = found.question
    ledger = ledger_of(found)
    return {
        "network": output.network_facts(found.network),
        "standard": question.standard.id,
        "version": question.standard.version,
        "inclusive": question.standard.inclusive,
        "by": question.by,
        "walker": question.walker.id,
        "speed_kmh": question.kmh,
        "slope": question.slope,
        "usable": question.usable,
        "schematic": found.schematic,
        "warnings": warnings(found, words_of(words().language)),
        "summary": {
            name: None if value != value else value  # noqa: PLR0124
            for name, value in results.summary(found).items()
        },
        "coverage": output.records(results.coverage(found)),
        "weakest": output.records(weakest(found)),
        "not_assessed": [rule.id for rule in found.not_assessed],
        "score_card": output.records(results.score_card(found)) if len(found.units) else [],
        "areas": output.records(results.areas(found)),
        "rooms": output.records(results.rooms(found)),
        "ledger_entries": len(ledger),
        "ledger": output.records(ledger.head(1000)),
        "outputs": [str(one) for one in files],
    }


def _coverage_lines(report: Any) -> list[str]:
    from sandbox.export.sheets.sheet import text_of

    (sheet,) = [one for one in report.sheets if one.id == "coverage"]
    fields = [one for one in sheet.fields if one.key not in _LEFT_TO_FILES]
    rows = [[one.title for one in fields]]
    for row in sheet.rows.to_dict("records"):
        rows.append([text_of(row.get(one.key), one.form) for one in fields])
    return [sheet.title, *output.columns(rows)]


# What lines on a screen leave to files.
_LEFT_TO_FILES: Final = ("homes_met", "people_met", "ground_met_m2", "land_share", "basis")


def _question(
    layers: "Mapping[str, Layer]", common: on_map.Common, values: "Mapping[str, Any]"
) -> "AuditQuestion | None":
    from sandbox.app.answers.audit import AuditQuestion
    from sandbox.app.answers.homes import home_layers
    from sandbox.catalog.names import place_layer_named

    if values["audit"] is None:
        more = [name for name, value in values.items() if name.startswith("audit_") and value]
        if [name for name in more if name != "audit_standard"]:
            raise AnalysisError(
                "{option} needs homes.",
                "Give --audit LAYER too.",
                option="--" + more[0].replace("_", "-"),
            )
        return None
    held = {one.id: one for one in home_layers(layers)}
    facilities = tuple(place_layer_named(layers, one).id for one in values["audit_facilities"])
    return AuditQuestion(
        place_layer_named(held, values["audit"]).id,
        values["audit_people"] or "",
        values["audit_standard"],
        facilities,
        units=values["audit_units"] or "",
        rule=values["audit_rule"] or "",
    )


OPTIONS: Final = on_map.Options(
    {
        "audit": click.option(
            "--audit",
            metavar="LAYER|FILE",
            help="Also audit the homes of this layer by a standard.",
        ),
        "audit_people": click.option(
            "--audit-people",
            metavar="COLUMN",
            help="With --audit: column of people, or of floor area in m².",
        ),
        "audit_facilities": click.option(
            "--audit-facilities",
            metavar="LAYER|FILE",
            multiple=True,
            help="With --audit: facilities that count; may be repeated.  "
            "[default: all layers of real places]",
        ),
        "audit_standard": click.option(
            "--audit-standard",
            metavar="ID|FILE.toml",
            default="gb50180-2018",
            show_default=True,
            help="The standard of --audit.",
        ),
        "audit_units": click.option(
            "--audit-units",
            metavar="LAYER|FILE",
            help="With --audit: areas that get a score card each.",
        ),
        "audit_rule": click.option(
            "--audit-rule",
            metavar="RULE",
            help="With --audit: show one rule and the area that it leaves out.",
        ),
    },
    _question,
    ("audit", "audit_facilities", "audit_units"),
)
