"""What the command `siting` says of its answer: lines, JSON, files."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sandbox.cli import words
from sandbox.cli.parts import city, output, paged

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.analysis.siting.problem import Plan
    from sandbox.analysis.siting.question import Siting
    from sandbox.analysis.siting.question import SitingQuestion as Asked
    from sandbox.app.questions import AnalysisAnswer
    from sandbox.engine.network import Network

_SITES_SAID: Final = 40


def teller(question: "Asked") -> Any:
    """Return what writes each better plan on one line of the terminal."""
    say, began_s = words(), time.monotonic()

    def tell(plan: "Plan") -> None:
        value, seconds = _value(question, plan.value), f"{time.monotonic() - began_s:.0f}"
        line = (
            say(
                "{seconds} s: {value}, at most {gap} from the best",
                seconds=seconds,
                value=value,
                gap=f"{100 * plan.gap:.1f} %",
            )
            if plan.proven or plan.gap < 1.0
            else say(
                "{seconds} s: {value}; how near it is to the best isn’t known yet",
                seconds=seconds,
                value=value,
            )
        )
        click.echo(f"\r\x1b[K{line}", err=True, nl=False)

    return tell


def _value(question: "Asked", value: float) -> str:
    from sandbox.export.sheets.siting import value_said

    return value_said(question, value, words())


def write(
    file: Path,
    network: "Network",
    found: "Siting",
    page: "Callable[[Path, AnalysisAnswer], None]",
    *,
    schematic: bool,
) -> None:
    """Write the answer as layers, as a page, or as tables with a map, by the file's ending."""
    from sandbox.app.answers.siting import SitingQuestion, as_answer
    from sandbox.export.sheets.files import write_report
    from sandbox.export.sheets.siting import shaded_siting, siting_layers, siting_report

    if file.suffix.lower() in paged.PAGES:
        asked, whole = found.question, schematic or network.streets.provenance.schematic
        question = SitingQuestion(
            "",
            aim=asked.aim,
            metres=asked.metres or 0.0,
            minutes=asked.minutes,
            travel=asked.travel,
        )
        page(file, as_answer(found, question, network.crs, schematic=whole))
        return
    report = siting_report(found, network, words(), schematic=schematic)
    shaded = shaded_siting(found, network, words())
    write_report(file, report, lambda: siting_layers(found), network, shaded, city.approval())


def facts(network: "Network", found: "Siting", file: Path | None) -> dict[str, Any]:
    """Return the answer as JSON holds it."""
    import shapely

    question = found.question
    sites: list[dict[str, Any]] = []
    for row, shape in zip(
        output.records(found.sites.drop(columns="geometry")), found.sites.geometry, strict=True
    ):
        at: Any = shapely.point_on_surface(shape)
        sites.append({**row, "lon": round(at.x, 7), "lat": round(at.y, 7)})
    return {
        "network": output.network_facts(network),
        "aim": question.aim,
        question.unit: question.limit,
        "existing": question.existing,
        "sites": sites,
        "new_sites": sum(one["state"] == "new" for one in sites),
        "value": found.value,
        "bound": found.bound,
        "gap": found.gap,
        "proven": found.proven,
        "share": found.share,
        "share_before": found.share_before,
        "share_best": found.best_share,
        "people": found.people,
        "people_before": found.people_before,
        "people_after": found.people_after,
        "people_known": found.people_known,
        "candidates": found.candidates,
        "without_street": list(found.without_street),
        "candidates_without_street": found.candidates_without_street,
        "output": str(file) if file else None,
    }


def lines(network: "Network", found: "Siting") -> list[str]:
    """Return the answer as the terminal shows it."""
    import shapely

    say, question = words(), found.question
    new = found.sites[found.sites["state"] == "new"]
    closed = list(found.sites["state"]).count("closed")
    limit = _limit_said(question)
    lines = [
        *output.heading_saying(network, limit),
        say(
            "{new} new sites: {before} of the people are served today, {after} with them.",
            new=len(new),
            before=f"{100 * found.share_before:.1f} %",
            after=f"{100 * found.share:.1f} %",
        ),
    ]
    if closed:
        lines.append(say("{count} of the facilities that exist are closed.", count=closed))
    if question.aim in ("mean", "worst"):
        text = "Mean way: {value}." if question.aim == "mean" else "Longest way: {value}."
        lines.append(say(text, value=_value(question, found.value)))
    if found.proven:
        lines.append(
            say(
                "Proven: no plan is better ({candidates} candidates).",
                candidates=f"{found.candidates:,}",
            )
        )
    elif found.gap >= 1.0:
        lines.append(
            say("Not proven: no bound was found in the time, so how near it is isn’t known.")
        )
    else:
        lines.append(
            say(
                "Not proven: the best plan may be up to {gap} better (bound: {bound}).",
                gap=f"{100 * found.gap:.1f} %",
                bound=_value(question, found.bound),
            )
        )
    if question.aim != "fewest" and found.share < question.share:
        lines.append(
            say(
                "The share of {share} isn't reached; all candidates together serve {best}.",
                share=f"{100 * question.share:g} %",
                best=f"{100 * found.best_share:.1f} %",
            )
        )
    if not found.people_known:
        lines.append(say("The homes don't say how many people live there: each counts one."))
    table = [[say("Site"), say("Longitude"), say("Latitude"), say("Homes"), say("People")]]
    rows: Any = new.head(_SITES_SAID).itertuples()
    for row in rows:
        at: Any = shapely.point_on_surface(row.geometry)
        table.append(
            [_called(row), f"{at.x:.6f}", f"{at.y:.6f}", f"{row.homes:,}", f"{row.people:,.0f}"]
        )
    if len(new):
        lines += ["", *output.columns(table)]
    if len(new) > _SITES_SAID:
        lines.append(say("The first {count} are shown; -o FILE has all.", count=_SITES_SAID))
    if found.without_street:
        names = ", ".join(found.without_street[:_SITES_SAID])
        lines.append(say("No street is near enough to: {names}.", names=names))
    if found.candidates_without_street:
        count = f"{found.candidates_without_street:,}"
        lines.append(say("Candidates that no street is near enough to: {count}", count=count))
    return lines


def _limit_said(question: "Asked") -> str:
    say = words()
    if question.unit == "metres":
        return say("up to {metres} m along streets", metres=f"{question.limit:g}")
    return say(
        "up to {minutes} min at {speed} km/h",
        minutes=f"{question.limit:g}",
        speed=f"{question.travel.walk_kmh:g}",
    )


def _called(row: Any) -> str:
    first, second = ("name_zh", "name_en") if words().language == "zh" else ("name_en", "name_zh")
    return str(getattr(row, first) or getattr(row, second) or row.id)
