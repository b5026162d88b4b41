"""What services cover, and what they leave out."""

from collections.abc import Sequence
from typing import Any, Final

import geopandas as gpd

from sandbox.analysis import coverage as covering
from sandbox.analysis.places.access import SNAP_M
from sandbox.api.answers import figure, keywords, left_out
from sandbox.api.given import Places, given
from sandbox.api.network import Network, engine_of, rests_on
from sandbox.api.travel import Travel

_REACH_M: Final = 50.0


@keywords
def coverage(
    network: Network,
    services: Places = "services",
    minutes: float = 15.0,
    *,
    kinds: Sequence[str] | str = (),
    homes: Places | None = "talent_housing",
    speed_kmh: float = 4.8,
    reach_m: float = _REACH_M,
    snap_m: float = SNAP_M,
) -> gpd.GeoDataFrame:
    """Return the ground from which a service is within a walk, and the ground left out.

    Parameters
    ----------
    network, reach_m, snap_m
        As in `isochrones`.
    services
        As the origins of `isochrones`; by default the public services of the map.
    minutes
        Longest walk to the nearest service, 1 to 240.
    kinds
        Only services of these kinds, where a column `kind` says it; of a layer of the map also
        by Chinese or English word.
    homes
        Places to count inside and outside; None for none.
    speed_kmh
        Walking speed.

    Returns
    -------
    geopandas.GeoDataFrame
        Three rows by `part`: ``covered``, ``uncovered``, and the ``straight_line`` circles
        that planners draw instead, with `area_km2` and `share_of_ground`. ``.attrs`` has
        `homes_outside` (ids), `homes_share`, `ground_km2`, and services `left_out`.

    Raises
    ------
    sandbox.errors.AnalysisError
        If a value can't be meant, or no service can be used.

    Examples
    --------
    >>> import sandbox
    >>> schools = {"school": (106.305, 29.612)}
    >>> found = sandbox.coverage(sandbox.open_network(), schools, 10, homes=None)
    >>> found["part"].tolist()
    ['covered', 'uncovered', 'straight_line']
    >>> bool(found["area_km2"][0] < found["area_km2"][2])
    True
    """
    engine = engine_of(network)
    longest, speed = figure("minutes", minutes), figure("speed_kmh", speed_kmh)
    reach, snap = figure("reach_m", reach_m), figure("snap_m", snap_m)
    asked = given(services, "services", kinds).on(engine, "walk", snap)
    living = None if homes is None else given(homes, "homes")
    found = covering.coverage(
        engine,
        asked.rows(asked.shaped),
        longest,
        speed_kmh=speed,
        reach_m=reach,
        homes=None if living is None else living.rows(living.usable),
        snap_m=snap,
    )
    layer = services if isinstance(services, str) else ""
    there = sorted({str(kind) for kind in asked.frame["kind"]} - {""})
    table = covering.as_table(engine, found, {"layer": layer, "kinds": there})
    outside: list[str] = []
    if living is not None:
        outside = [str(living.ids[int(number)]) for number in found.homes_outside]
    table["homes_outside"] = ",".join(outside)
    told: dict[str, Any] = {
        "homes_outside": outside,
        "homes_share": found.homes_share,
        "ground_km2": found.ground_km2,
        "left_out": left_out(asked),
        "homes_left_out": {} if living is None else left_out(living),
        "minutes": longest,
        "reach_m": reach,
    }
    table.attrs.update(rests_on(network, Travel(speed_kmh=speed), **told))
    return table
