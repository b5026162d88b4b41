"""Measures of access as tables that people read."""

from typing import Any, Final

import geopandas as gpd
import pandas as pd

from sandbox.analysis.access.decay import SOURCES
from sandbox.analysis.access.measures import ALL, Access, Column
from sandbox.catalog.standards import facilities, facility_named
from sandbox.engine.network import Network
from sandbox.export.sheets.sheet import FIGURES, Field, Report, Sheet, unit_said
from sandbox.streets.facts import network_dated
from sandbox.streets.modes import MODES
from sandbox.words import Text, Words

_MEASURES: Final = {
    "cumulative": Text("Opportunities in reach"),
    "nearest": Text("Mean time to the nearest"),
    "gravity": Text("Gravity"),
    "2sfca": Text("Two-step floating catchment"),
    "e2sfca": Text("Enhanced two-step floating catchment"),
    "dual": Text("Time to the n-th"),
    "completeness": Text("Completeness of kinds"),
}


def access_report(
    network: Network,
    found: Access,
    table: gpd.GeoDataFrame,
    shares: pd.DataFrame,
    say: Words,
    *,
    schematic: bool,
) -> Report:
    """Return the tables of measures: how they are shared, by home or cell, and their formulas.

    Parameters
    ----------
    network, found
        The streets and the answer.
    table
        Its homes, or these gathered by cell.
    shares
        How each measure is shared, as `sandbox.analysis.access.equity.equity` has it.
    say
        Words of the language that they are written in.
    schematic
        Whether streets, homes or places are schematic.
    """
    moving, told = found.question.moving, network.streets.provenance
    mode, ride = moving.travel.mode, moving.travel.by_transit
    facts = [
        (say("Mode"), MODES[mode].manner.said(say)),
        (say("Walking speed"), f"{moving.travel.walk_kmh:g} {unit_said('km/h', say.language)}"),
        (
            say("Street network"),
            network_dated(told).said(say),
        ),
        (say("Homes"), f"{len(found.homes):,}"),
    ]
    if ride is not None:
        facts.insert(1, (say("When"), f"{ride.when:%Y-%m-%d %H:%M}"))
        facts.insert(2, (say("Percentile"), f"{ride.percentile}"))
    warnings = [note.said(say) for note in found.notes]
    if schematic:
        warnings.append(
            say("Schematic: streets, homes or facilities are made up, and so is every figure.")
        )
    for column, people in found.people_left.items():
        if people > 0:
            warnings.append(
                say(
                    "{column}: {people} people reach no place.",
                    column=column,
                    people=f"{people:,.0f}",
                )
            )
    if found.without_street:
        warnings.append(
            say(
                "No street is near enough to {count} places or homes.",
                count=len(found.without_street),
            )
        )
    sheets = (_shares(found, shares, say), _rows(found, table, say), _columns(found, say))
    return Report(say("Measures of access"), tuple(facts), tuple(warnings), sheets, say.language)


def column_title(column: Column, say: Words) -> str:
    """Return what a column of measures is called: measure, kind, decay, cutoff and scenario."""
    known = facilities()
    kind = facility_named(column.layer)
    layer = known[kind].title.said(say.language) if kind else column.layer
    layer = say("all kinds") if column.layer == ALL else layer
    rest = column.name.removeprefix(f"{column.measure}_{column.layer}_")
    rest = rest.removesuffix(f"_{column.scenario}").replace("_", " ")
    parts = (_MEASURES[column.measure].said(say), layer, rest, column.scenario)
    return " · ".join(part for part in parts if part)


def _shares(found: Access, shares: pd.DataFrame, say: Words) -> Sheet:
    titles = {one.name: column_title(one, say) for one in found.columns}
    units = {one.name: one.unit for one in found.columns}
    rows = shares.assign(
        title=[titles[one] for one in shares["measure"]],
        unit=[unit_said(units[one], say.language) for one in shares["measure"]],
        group=[one or say("everybody") for one in shares["group"]],
    )
    fields = (
        Field("title", say("Measure")),
        Field("group", say("Group")),
        Field("unit", say("In")),
        Field("homes", say("Homes"), "", 0),
        Field("people", say("People"), say("persons"), 0),
        Field("mean", say("Mean"), "", FIGURES),
        Field("least", say("Least"), "", FIGURES),
        Field("median", say("Median"), "", FIGURES),
        Field("most", say("Most"), "", FIGURES),
        Field("gini", say("Gini coefficient"), "", 3),
    )
    notes = (say("Weighted by people; by homes where no people are known."),)
    return Sheet("equity", say("How access is shared"), fields, rows, notes)


def _rows(found: Access, table: gpd.GeoDataFrame, say: Words) -> Sheet:
    plain: Any = pd.DataFrame(table.drop(columns="geometry"))
    fields = [Field("id", say("Id"))]
    if "name_zh" in plain.columns:
        zh = say.language == "zh"
        first, second = ("name_zh", "name_en") if zh else ("name_en", "name_zh")
        names = [a or b for a, b in zip(plain[first], plain[second], strict=True)]
        plain = plain.assign(name=names)
        fields.append(Field("name", say("Name")))
    fields.append(Field("people", say("People"), say("persons"), 0))
    fields += [Field(one.name, column_title(one, say), one.unit, FIGURES) for one in found.columns]
    return Sheet("homes", say("By home or cell"), tuple(fields), plain)


def _columns(found: Access, say: Words) -> Sheet:
    rows = pd.DataFrame(
        [
            {
                "name": one.name,
                "title": column_title(one, say),
                "unit": unit_said(one.unit, say.language),
                "formula": one.formula,
                "source": one.source,
            }
            for one in found.columns
        ]
    )
    fields = (
        Field("name", say("Column")),
        Field("title", say("Measure")),
        Field("unit", say("In")),
        Field("formula", say("Formula")),
        Field("source", say("Source")),
    )
    return Sheet("formulas", say("Formulas and sources"), fields, rows, (SOURCES["gini"],))
