"""What the maps of reports show."""

import geopandas as gpd
import numpy as np
import shapely

from sandbox.analysis.circles.hidden import Hidden
from sandbox.analysis.circles.question import Audit
from sandbox.draw.report.homes_map import Shaded
from sandbox.engine.network import Network
from sandbox.export.sheets.sheet import unit_said
from sandbox.streets.facts import network_dated
from sandbox.words import Words


def shaded_audit(audit: Audit, say: Words) -> Shaded:
    """Return the gap map: homes by the share of rules that they fail."""
    count = max(len(audit.rules), 1)
    speed = f"{audit.question.kmh:g} {unit_said('km/h', say.language)}"
    share = (~audit.met).sum(axis=0) / count
    return Shaded(
        shapes=np.asarray(audit.homes.geometry.to_numpy(), dtype=object),
        share=np.asarray(share, dtype=np.float64),
        outlines=np.asarray(audit.units.geometry.to_numpy(), dtype=object),
        legend=(say("no rule failed"), say("all rules failed")),
        title=say("Gaps: homes by the rules that they fail"),
        footer=_footer(
            audit.network,
            f"{audit.question.standard.id} · {speed}",
            say,
        ),
    )


def shaded_hidden(found: Hidden, say: Words) -> Shaded:
    """Return circles, and above them what of them is reached along streets and on slopes."""
    order = {"straight": 0.99, "streets": 0.5, "slopes": 0.0}
    whole = found.areas[(found.areas["id"] == "") & found.areas["ground"].isin(list(order))]
    # The smallest lies on top, and paints last.
    shapes = np.asarray(whole.geometry.to_numpy(), dtype=object)
    share = np.array([order[one] for one in whole["ground"]])
    parts = [shapely.get_parts(one) for one in shapes]
    return Shaded(
        shapes=np.concatenate([*parts[::1]]) if parts else np.empty(0, dtype=object),
        share=np.repeat(share, [len(one) for one in parts]),
        outlines=np.empty(0, dtype=object),
        legend=(say("reached on slopes"), say("only in the straight circle")),
        title=say("What the circle hides"),
        footer=_footer(
            found.network,
            f"{found.question.metres:g} {unit_said('m', say.language)} · "
            f"{found.question.kmh:g} {unit_said('km/h', say.language)}",
            say,
        ),
    )


def shaded_access(network: Network, table: gpd.GeoDataFrame, column: str, say: Words) -> Shaded:
    """Return homes or cells by a measure: from most to least access."""
    values = table[column].to_numpy(dtype=np.float64)
    known = values[~np.isnan(values)]
    low, high = (known.min(), known.max()) if len(known) else (0.0, 1.0)
    part = (values - low) / (high - low) if high > low else np.zeros(len(values))
    slow = column.startswith(("nearest", "dual"))
    return Shaded(
        shapes=np.asarray(table.geometry.to_numpy(), dtype=object),
        share=part if slow else 1.0 - part,
        outlines=np.empty(0, dtype=object),
        legend=(say("most access"), say("least access")),
        title=column,
        footer=_footer(network, f"{low:g} – {high:g}", say),
    )


def _footer(network: Network, rest: str, say: Words) -> str:
    told = network.streets.provenance
    return f"{network_dated(told).said(say)} · {rest}"
