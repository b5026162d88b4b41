"""What every output of an audit says first: what must be known of it, and the whole in figures."""

from typing import Final

import numpy as np

from sandbox.analysis.circles import results
from sandbox.analysis.circles.question import Audit
from sandbox.export.sheets.audit_words import facility_said, listed
from sandbox.export.sheets.sheet import unit_said
from sandbox.words import Words

_MOST_WORST: Final = 3


def warnings(audit: Audit, say: Words) -> list[str]:
    """Return what every output of an audit says first."""
    made: list[str] = []
    if audit.schematic:
        made.append(
            say("Schematic: streets, homes or facilities are made up, and so is every figure.")
        )
    open_ = [rule for rule in audit.question.standard.rules.values() if not rule.standing.confirmed]
    if open_:
        made.append(
            say(
                "{count} of {all} rules were not confirmed against the printed standard by "
                "anybody; each says how it is known.",
                count=len(open_),
                all=len(audit.question.standard.rules),
            )
        )
    if audit.not_assessed:
        made.append(
            say(
                "Not assessed, since the data has no such facility: {names}.",
                names=listed(
                    say, [facility_said(audit, rule.facility, say) for rule in audit.not_assessed]
                ),
            )
        )
    unknown = int(np.isnan(audit.homes["people"].to_numpy(dtype=np.float64)).sum())
    if audit.people_known and unknown:
        made.append(
            say(
                "The people of {count} homes are not known; they count as none.",
                count=unknown,
            )
        )
    return made


def audit_facts(audit: Audit, say: Words) -> list[tuple[str, str]]:
    """Return the whole of an audit in a few figures, each with its name."""
    told = results.summary(audit)
    made = [(say("Homes"), f"{told['homes']:,}")]
    if told["people"] is not None:
        made.append((say("People"), f"{told['people']:,.0f}"))
    if told["land_m2"]:
        made.append(
            (
                say("Residential land"),
                f"{told['land_m2'] / 10_000:,.1f} {unit_said('ha', say.language)}",
            )
        )
    made.append((say("Rules assessed"), f"{told['rules']}"))
    made.append(
        (
            say("Mean share covered"),
            f"{told['score']:.1%}" if told["score"] == told["score"] else "–",
        )
    )
    if told["ground_score"] is not None:
        made.append((say("Mean share of residential land covered"), f"{told['ground_score']:.1%}"))
    made.append((say("Homes that meet every rule"), f"{told['homes_complete']:,}"))
    if worst := _worst(audit, say):
        made.append((say("Weakest facilities"), worst))
    made.append((say("Entries of the ledger"), f"{told['failures']:,}"))
    return made


def _worst(audit: Audit, say: Words) -> str:
    """Return the facilities that are weakest, each once, with the share that has them."""
    table = results.coverage(audit)
    if table.empty:
        return ""
    share = table["people_share"].fillna(table["homes_share"])
    least: dict[str, float] = {}
    for name, one in zip(table["facility"].tolist(), share.tolist(), strict=True):
        if one < 1.0:
            least.setdefault(facility_said(audit, name, say), one)
    return listed(say, [f"{name} {one:.0%}" for name, one in list(least.items())[:_MOST_WORST]])
