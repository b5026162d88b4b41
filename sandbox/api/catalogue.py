"""What the program comes with: layers, scenarios of lines, planning standards."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from sandbox import paths
from sandbox.api.answers import keywords
from sandbox.api.given import layers as known
from sandbox.api.language import said
from sandbox.api.travel import ScenarioLike, scenario
from sandbox.catalog import folder
from sandbox.catalog import standards as files
from sandbox.catalog.scenario_text import as_toml
from sandbox.catalog.scenarios import shipped
from sandbox.errors import AnalysisError, LayerError, missing_files


@keywords
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


@keywords
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


@keywords
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


@keywords
def save_scenario(runs: ScenarioLike, path: str | Path) -> None:
    """Write a scenario to a file of its own, with all that it builds on, to be edited by hand.

    Parameters
    ----------
    runs
        A `Scenario`, the id of a shipped one, or a TOML file.
    path
        The file, ``*.toml``; it is written whole or not at all.

    Raises
    ------
    sandbox.errors.TransitError
        There is no such scenario.
    sandbox.errors.ExportError
        The file can't be written.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> own = Path(mkdtemp()) / "own.toml"
    >>> save_scenario("metro7", own)
    >>> scenario(own).title.en == scenario("metro7").title.en
    True
    """
    from sandbox.export.files import check_file, replacing

    check_file(Path(path), ".toml")
    text = as_toml(scenario(runs))
    with replacing(Path(path)) as beside:
        beside.write_text(text, encoding="utf-8")


@keywords
def check_layers(path: str | Path | None = None) -> pd.DataFrame:
    """Return what is wrong with a folder of a layer, or with all of a folder of such folders.

    Parameters
    ----------
    path
        The folder; None for the layers that come with the program.

    Returns
    -------
    pandas.DataFrame
        `layer` and `problem`, one row a fault; none where all is well.

    Raises
    ------
    sandbox.errors.LayerError
        There is no layer.

    Examples
    --------
    >>> check_layers().empty
    True
    """
    root = paths.layers() if path is None else Path(path)
    found = folder.folders(root)
    if not found:
        raise LayerError(
            "There is no layer in {path}.",
            "Give a folder that contains a layer.toml, or a folder of such folders.",
            path=root,
        )
    rows = [(one.resolve().name, said(fault)) for one in found for fault in folder.check(one)]
    return pd.DataFrame(rows, columns=["layer", "problem"])


@keywords
def planning_standards() -> pd.DataFrame:
    """Return the planning standards that come with the program, one a row.

    Returns
    -------
    pandas.DataFrame
        `id`, `title_zh`, `title_en`, `in_force`, `rules` (how many), `unconfirmed` (how many
        of them nobody has compared with the printed book).

    Examples
    --------
    >>> "gb50180-2018" in set(planning_standards()["id"])
    True
    """
    rows = [
        {
            "id": one.id,
            "title_zh": one.title.zh,
            "title_en": one.title.en,
            "in_force": one.in_force,
            "rules": len(one.rules),
            "unconfirmed": len(one.unconfirmed),
        }
        for one in map(files.read, files.shipped())
    ]
    return pd.DataFrame(rows)


@keywords
def standard(name: str | Path) -> pd.DataFrame:
    """Return the rules of a planning standard, one row a limit.

    Parameters
    ----------
    name
        Its id, as `planning_standards` lists it, or a TOML file.

    Returns
    -------
    pandas.DataFrame
        `rule`, `tier`, `facility`, `title_zh`, `title_en` (of the facility), `metres`, `minutes`,
        `from_m2`, `below_m2` (floor area that the limit holds for), `clause`, `standing` (how the
        rule is known).

    Raises
    ------
    sandbox.errors.AnalysisError
        There is no such standard (a `FileNotFoundError` too), or with all its faults at once.

    Examples
    --------
    >>> rules = standard("gb50180-2018")
    >>> sorted(rules.loc[rules["facility"] == "kindergarten", "metres"].unique().tolist())
    [300.0]
    """
    with missing_files():
        found = files.read(str(name))
    rows = [
        {
            "rule": rule.id,
            "tier": rule.tier,
            "facility": rule.facility,
            "title_zh": found.facilities[rule.facility].title.zh,
            "title_en": found.facilities[rule.facility].title.en,
            "metres": limit.metres,
            "minutes": limit.minutes,
            "from_m2": limit.from_m2,
            "below_m2": limit.below_m2,
            "clause": rule.clause,
            "standing": said(rule.standing.said),
        }
        for rule in found.rules.values()
        for limit in rule.limits
    ]
    made = pd.DataFrame(rows)
    made.attrs.update({"standard": found.id, "title": found.title.en})
    return made
