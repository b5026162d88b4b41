"""What the map comes with: its layers, and the scenarios of its lines."""

import geopandas as gpd
import numpy as np
import pandas as pd

from sandbox.api.given import layers as known
from sandbox.catalog.scenarios import shipped
from sandbox.errors import AnalysisError


def layers() -> pd.DataFrame:
    """Return the layers of the map, one a row; `layer` gives their features.

    Returns
    -------
    pandas.DataFrame
        `id`, `title_zh`, `title_en`, `group`, `geometry_type`, `features` (how many),
        `schematic`, `licence`.

    Examples
    --------
    >>> "labs" in set(layers()["id"])
    True
    """
    rows = [
        {
            "id": name,
            "title_zh": one.title.zh,
            "title_en": one.title.en,
            "group": one.group,
            "geometry_type": one.geometry,
            "features": 0 if one.features is None else len(one.features),
            "schematic": one.schematic,
            "licence": one.licence,
        }
        for name, one in known().items()
    ]
    return pd.DataFrame(rows)


def layer(name: str) -> gpd.GeoDataFrame:
    """Return the features of a layer of the map, in WGS 84.

    Parameters
    ----------
    name
        Its id, as `layers` lists it.

    Raises
    ------
    sandbox.errors.AnalysisError
        There is no such layer, or it has no features.

    Examples
    --------
    >>> labs = layer("labs")
    >>> labs.crs.to_string(), "name_zh" in labs
    ('EPSG:4326', True)
    """
    found = known().get(name)
    if found is None or found.features is None:
        raise AnalysisError(
            "No layer of places is named {layer}.",
            "Layers: {known}.",
            layer=name,
            known=", ".join(one for one, of in known().items() if of.features is not None),
        )
    features = found.features.copy()
    features.attrs.update({"layer": name, "schematic": found.schematic, "licence": found.licence})
    return features


def scenarios() -> pd.DataFrame:
    """Return the scenarios that come with the program, one a row; `scenario` opens one.

    Returns
    -------
    pandas.DataFrame
        `id`, `title_zh`, `title_en`, `base` (the scenario that it builds on), `opening`,
        `assumed` (whether it is an assumption as a whole), `edits` (how many).

    Examples
    --------
    >>> scenarios()["id"].tolist()[:2]
    ['today', 'today_assumed_buses']
    """
    rows = [
        {
            "id": name,
            "title_zh": one.title.zh,
            "title_en": one.title.en,
            "base": np.nan if one.base is None else one.base.id,
            "opening": one.opening,
            "assumed": one.assumed,
            "edits": len(one.edits),
        }
        for name, one in shipped(known()).items()
    ]
    return pd.DataFrame(rows)
