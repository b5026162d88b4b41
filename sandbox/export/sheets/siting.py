"""A plan of sites as tables, layers and a map that a planner hands over."""

from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sandbox.analysis.siting.question import Siting, SitingQuestion
from sandbox.draw.report.homes_map import Shaded
from sandbox.engine.network import Network
from sandbox.export.sheets.sheet import Field, Report, Sheet, unit_said
from sandbox.streets.facts import network_dated
from sandbox.words import Text, Words

_STATES: Final = {"new": Text("new"), "kept": Text("kept"), "closed": Text("closed")}


def value_said(question: SitingQuestion, value: float, say: Words) -> str:
    """Return what a plan's value or bound is, as people say it."""
    if question.aim == "fewest":
        return say("{count} sites", count=f"{value:,.0f}")
    if question.aim == "most":
        return say("{count} people", count=f"{value:,.0f}")
    if question.unit == "minutes":
        return say("{minutes} min", minutes=f"{value:,.1f}")
    return say("{metres} m", metres=f"{value:,.0f}")


def siting_report(found: Siting, network: Network, say: Words, *, schematic: bool) -> Report:
    """Return the tables of a plan: its sites, and each home before and after.

    Parameters
    ----------
    found
        The plan with its bound.
    network
        The streets.
    say
        Words of the language that it is written in.
    schematic
        Whether homes, facilities or streets are schematic.
    """
    told, question = network.streets.provenance, found.question
    bounded = found.proven or found.gap < 1.0
    facts = (
        (say("New sites"), f"{list(found.sites['state']).count('new')}"),
        (say("People"), f"{found.people:,.0f}" if found.people_known else "–"),
        (say("Served today"), f"{found.share_before:.1%}"),
        (say("Served with the plan"), f"{found.share:.1%}"),
        (say("Value of the plan"), value_said(question, found.value, say)),
        (
            say("Bound that no plan can better"),
            value_said(question, found.bound, say) if bounded else say("not known"),
        ),
        (
            say("Gap"),
            f"{found.gap:.2%}" if bounded else say("not known: no bound was found in the time"),
        ),
        (say("Proof"), say("proven best") if found.proven else say("not proven")),
        (say("Candidates"), f"{found.candidates:,}"),
        (
            say("Street network"),
            network_dated(told).said(say),
        ),
    )
    warnings: list[str] = []
    if schematic or told.schematic:
        warnings.append(
            say("Schematic: streets, homes or facilities are made up, and so is every figure.")
        )
    if not found.people_known:
        warnings.append(say("The homes don't say how many people live there: each counts one."))
    if found.stopped:
        warnings.append(say("The search was ended before its time; the gap is that of then."))
    title = say("Where to build")
    sheets = (_sites(found, say), _homes(found, say))
    return Report(title, facts, tuple(warnings), sheets, say.language)


def _called(table: Any, say: Words) -> list[str]:
    zh = say.language == "zh"
    first, second = ("name_zh", "name_en") if zh else ("name_en", "name_zh")
    columns = (table[first], table[second], table["id"])
    return [str(a or b or c) for a, b, c in zip(*columns, strict=True)]


def _sites(found: Siting, say: Words) -> Sheet:
    table: Any = found.sites
    at: Any = shapely.point_on_surface(np.asarray(table.geometry.to_numpy(), dtype=object))
    rows = pd.DataFrame(table.drop(columns="geometry")).assign(
        name=_called(table, say),
        state=[_STATES[str(one)].said(say) for one in table["state"]],
        lon=shapely.get_x(at),
        lat=shapely.get_y(at),
    )
    fields = (
        Field("id", say("Id")),
        Field("name", say("Site")),
        Field("state", say("State")),
        Field("homes", say("Homes"), "", 0),
        Field("people", say("People"), say("persons"), 0),
        Field("lon", say("Longitude"), "°", 6),
        Field("lat", say("Latitude"), "°", 6),
    )
    return Sheet("sites", say("Sites of the plan"), fields, rows)


def _homes(found: Siting, say: Words) -> Sheet:
    table: Any = found.homes
    rows = pd.DataFrame(table.drop(columns="geometry")).assign(name=_called(table, say))
    unit = "min" if found.question.unit == "minutes" else "m"
    decimals = 1 if unit == "min" else 0
    fields = (
        Field("id", say("Home's id")),
        Field("name", say("Home")),
        Field("people", say("People"), say("persons"), 0),
        Field("before", say("Today"), unit, decimals),
        Field("after", say("With the plan"), unit, decimals),
        Field("site_id", say("Site")),
    )
    return Sheet("homes", say("Homes before and after"), fields, rows)


def shaded_siting(found: Siting, network: Network, say: Words) -> Shaded:
    """Return homes by whether they are served: today, with the plan only, or not; and the sites."""
    served_before, served = (
        found.homes[name].to_numpy(dtype=np.bool_) for name in ("served_before", "served_after")
    )
    told = network.streets.provenance
    title = network_dated(told).said(say)
    sign = unit_said("min" if found.question.unit == "minutes" else "m", say.language)
    return Shaded(
        shapes=np.asarray(found.homes.geometry.to_numpy(), dtype=object),
        share=np.where(served_before, 0.0, np.where(served, 0.5, 0.99)),
        outlines=np.empty(0, dtype=object),
        legend=(say("Served today"), say("Not served")),
        title=say("Homes served today (blue), with the plan only (yellow), and not"),
        footer=f"{title} · ≤ {found.question.limit:g} {sign}",
    )


def siting_layers(found: Siting) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers of a plan: sites, homes with their ways before and after, and ways."""

    def points(table: Any) -> Any:
        return shapely.point_on_surface(np.array(table.geometry))

    homes, sites = found.homes, found.sites
    at: Any = dict(zip(sites["id"].astype(str), points(sites), strict=True))
    ends = [at.get(one) for one in homes["site_id"]]
    here = points(homes)
    led = [number for number, end in enumerate(ends) if end is not None]
    ways: Any = [shapely.LineString([here[number], ends[number]]) for number in led]
    columns = ["id", "site_id", "people", "after"]
    told: Any = homes.iloc[led][columns].rename(
        columns={"id": "home_id", "after": found.question.unit}
    )
    unit = found.question.unit
    named = {"before": f"before_{unit}", "after": f"after_{unit}"}
    return {
        "sites": gpd.GeoDataFrame(
            sites.drop(columns="geometry"), geometry=points(sites), crs=sites.crs
        ),
        "homes": gpd.GeoDataFrame(
            homes.drop(columns="geometry").rename(columns=named), geometry=here, crs=homes.crs
        ),
        "ways": gpd.GeoDataFrame(told.reset_index(drop=True), geometry=ways, crs=homes.crs),
    }
