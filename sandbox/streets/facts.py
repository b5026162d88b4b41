"""What a network holds, in plain figures: size, bounds, source, licence, date, modes."""

from typing import Any

import numpy as np

from sandbox.geo import crs as geo_crs
from sandbox.streets.modes import ACCESS
from sandbox.streets.streets import Provenance, StreetClass, Streets
from sandbox.words import Text


def facts_of(streets: Streets) -> dict[str, Any]:
    """Return what a network holds, as plain values."""
    lonlat = geo_crs.to_lonlat(streets.node_xy, streets.crs)
    by_class_km = (
        np.bincount(streets.street_class, streets.length_m.astype(np.float64), len(StreetClass))
        / 1000.0
    )
    told = streets.provenance
    access = int(np.bitwise_or.reduce(streets.access, initial=0))
    return {
        "title": told.title,
        "source": told.source,
        "licence": told.licence,
        "date": told.date,
        "schematic": told.schematic,
        "modes": [mode for mode, (ahead, back) in ACCESS.items() if access & (ahead | back)],
        "slopes": streets.climb_m is not None,
        "nodes": len(streets.node_xy),
        "edges": len(streets.segment_nodes),
        "bounds": [round(float(d), 7) for d in (*lonlat.min(axis=0), *lonlat.max(axis=0))],
        "crs": streets.crs,
        "crs_name": geo_crs.crs_name(streets.crs),
        "length_km": length_km(streets),
        "length_km_by_class": {
            street.name.lower(): round(float(by_class_km[street]), 3)
            for street in StreetClass
            if by_class_km[street] > 0
        },
        "report": dict(told.report),
    }


def network_name(title: str, *, schematic: bool) -> Text:
    """Return what a network is called, which says once that its streets are schematic.

    The shipped network has a title in every language that says so itself; other networks are
    called as their titles are.
    """
    name = Text(title)
    said = "schematic" in title.lower() or "示意" in title
    return Text("{title} (schematic)", {"title": name}) if schematic and not said else name


def length_km(streets: Streets) -> float:
    """Return the length of all streets, kilometres."""
    # In double precision: lengths are kept in single, and their sum would be off by metres. To
    # the millimetre, so that tenths rounded from it are those of the sum.
    return round(float(streets.length_m.sum(dtype=float)) / 1000.0, 6)


def network_dated(told: Provenance) -> Text:
    """Return what a network is called, and of when it is."""
    date = told.date or Text("date unknown")
    named = network_name(told.title, schematic=told.schematic)
    return Text("{title}, {date}", {"title": named, "date": date})
