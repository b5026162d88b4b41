"""Answers on the map as tables: their areas, with all that they were asked with."""

import pandas as pd

from sandbox.analysis.table import as_table
from sandbox.analysis.together import JointIsochrone
from sandbox.app.answers import departures
from sandbox.app.own.provenance import result_record
from sandbox.app.own.table import Table
from sandbox.app.session import Session
from sandbox.app.street_edits import edited
from sandbox.catalog.layer import Column
from sandbox.words import Bilingual


def reach_table(session: Session) -> Table | None:
    """Return the areas of the isochrones on the map, one row a contour; None without any."""
    state, atlas = session.state, session.atlas
    isochrone = departures.isochrone_on_map(state)
    if isochrone is None or not isochrone.areas:
        return None
    network = edited(atlas, state.document.edits).network
    names = [isochrone.found.name] if isinstance(isochrone, JointIsochrone) else None
    frame = as_table(network, [isochrone], names)
    columns = tuple(
        Column(
            name,
            "number" if pd.api.types.is_numeric_dtype(frame[name]) else "text",
            Bilingual(name, name),
        )
        for name in map(str, frame.columns)
        if name != "geometry"
    )
    record = result_record(atlas, state, "=reach") or {}
    title = Bilingual("等时圈", "Isochrones")
    return Table("reach", title, frame, columns, facts=tuple(record.items()))
