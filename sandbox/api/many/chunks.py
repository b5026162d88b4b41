"""Many origins: the same questions a chunk at a time, into a folder, to be gone on with later."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, Unpack

from sandbox.analysis.access import measures
from sandbox.analysis.access.decay import Shape
from sandbox.analysis.circles.question import By
from sandbox.api.answers import figure, keywords
from sandbox.api.asked import access_asked, audit_asked
from sandbox.api.given import Places, given, table_of
from sandbox.api.network import Network
from sandbox.api.travel import Moving, Travel, moved_onward, supply_of, travel_of
from sandbox.edits.street_edits import StreetEdits
from sandbox.export.chunks.folder import STREETS, made
from sandbox.export.chunks.run import Done, Progress, run
from sandbox.export.chunks.tasks import AccessTask, AuditTask, StreetFile, TimesTask
from sandbox.streets import sandnet

Tell = Callable[[Progress], None]
# Whose streets: a network, or the path of its file, which isn't written again.
Streets = Network | str | Path


def _silent(_progress: Progress) -> None:
    return None


@keywords
def times_into(
    folder: str | Path,
    network: Streets,
    origins: Places,
    places: Places,
    minutes: float = 60.0,
    *,
    chunk: int | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    tell: Tell = _silent,
    travel: Travel | None = None,
    **moving: Unpack[Moving],
) -> Done:
    """Write the travel times of many origins, one row a pair that is within the longest time.

    Parameters
    ----------
    folder
        Gets one Parquet a chunk, which GeoPandas and DuckDB read as it is. Where a run of the same
        question was stopped or killed, it goes on; another one is refused.
    network
        A network, or the path of its file: each process opens the file itself, mapped into memory.
    origins, places, minutes, travel, **moving
        As in `travel_times`.
    chunk, workers
        Origins at a time, and processes; by default one a processor.
    cluster
        Address of a Dask scheduler (extra ``cluster``) whose workers answer instead; they need
        folder and network file at the same paths.
    tell
        Told after each chunk how far it is: `done, count, left_s` (least and most seconds).

    Raises
    ------
    sandbox.errors.AnalysisError
        With all faults of values at once; workers end before they answer.
    sandbox.errors.SandboxError
        The folder holds another run, or can't be written to.

    Examples
    --------
    >>> import sandbox, tempfile
    >>> from pathlib import Path
    >>> folder = Path(tempfile.mkdtemp()) / "times"
    >>> done = sandbox.times_into(
    ...     folder, sandbox.open_network(), "labs", "parks", 15, chunk=5, workers=1
    ... )
    >>> done.made == done.count > 1
    True
    """
    how = travel_of(travel, moving)
    streets = _streets(network, Path(folder))
    task = TimesTask(
        streets,
        table_of(given(places, "places")),
        figure("minutes", minutes),
        moved_onward(how),
        supply_of(how),
    )
    starts = table_of(given(origins, "origins"))
    return run(Path(folder), task, starts, chunk=chunk, workers=workers, cluster=cluster, tell=tell)


@keywords
def access_into(
    folder: str | Path,
    network: Streets,
    homes: Places,
    places: Places,
    measure: measures.Measure | Sequence[measures.Measure] = "cumulative",
    *,
    minutes: float | Sequence[float] = 15.0,
    kinds: Sequence[str] | str = (),
    people: str | None = None,
    supply: str | None = None,
    decay: Shape | Sequence[Shape] = (),
    half_min: float | None = None,
    ranks: int | Sequence[int] = 1,
    chunk: int | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    tell: Tell = _silent,
    travel: Travel | None = None,
    **moving: Unpack[Moving],
) -> Done:
    """Write measures of access of many homes, one row a home.

    Parameters
    ----------
    folder, network, chunk, workers, cluster, tell
        As in `times_into`.
    homes, places, measure, minutes, kinds, people, supply, decay, half_min, ranks, travel, **moving
        As in `access`; floating catchments need all homes at once and are refused.

    Raises
    ------
    sandbox.errors.AnalysisError
        With all faults of values at once; workers end before they answer.

    Examples
    --------
    >>> import sandbox, tempfile
    >>> import geopandas as gpd
    >>> from pathlib import Path
    >>> folder = Path(tempfile.mkdtemp()) / "access"
    >>> done = sandbox.access_into(
    ...     folder, sandbox.open_network(), "labs", "parks", minutes=[15, 30], workers=1
    ... )
    >>> found = gpd.read_parquet(folder)
    >>> bool((found["cumulative_all_15"] <= found["cumulative_all_30"]).all())
    True
    """
    how, streets = travel_of(travel, moving), _streets(network, Path(folder))
    asked = access_asked(
        streets.open().crs,
        how,
        homes,
        places,
        measure,
        minutes=minutes,
        kinds=kinds,
        people=people,
        supply=supply,
        decay=decay,
        half_min=half_min,
        ranks=ranks,
    )
    task = AccessTask(streets, asked.places, asked.question)
    return run(
        Path(folder), task, asked.homes, chunk=chunk, workers=workers, cluster=cluster, tell=tell
    )


@keywords
def audit_into(
    folder: str | Path,
    network: Streets,
    homes: Places,
    facilities: Places,
    standard: str | Path = "gb50180-2018",
    *,
    people: str | None = None,
    floor_area: str | None = None,
    m2_per_person: float = 35.0,
    units: Places | None = None,
    by: By = "stated",
    who: str = "adult",
    speed_kmh: float | None = None,
    usable: bool = False,
    absent: Literal["skip", "fail"] = "skip",
    chunk: int | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    tell: Tell = _silent,
) -> Done:
    """Write an audit of many homes, one row a home: which rules it fails, and the walk for each.

    Parameters
    ----------
    folder, network, chunk, workers, cluster, tell
        As in `times_into`.
    homes, facilities, standard, people, floor_area, m2_per_person, units, by, who, speed_kmh, \
    usable, absent
        As in `audit`.

    Raises
    ------
    sandbox.errors.AnalysisError
        With all faults of values at once; workers end before they answer.

    Examples
    --------
    >>> import sandbox, tempfile
    >>> import geopandas as gpd
    >>> from pathlib import Path
    >>> folder = Path(tempfile.mkdtemp()) / "audit"
    >>> done = sandbox.audit_into(
    ...     folder, sandbox.open_network(), "labs", "demo_facilities", workers=1
    ... )
    >>> len(gpd.read_parquet(folder)) == done.rows
    True
    """
    streets = _streets(network, Path(folder))
    asked = audit_asked(
        streets.open().crs,
        homes,
        facilities,
        standard,
        people=people,
        floor_area=floor_area,
        m2_per_person=m2_per_person,
        units=units,
        by=by,
        who=who,
        speed_kmh=speed_kmh,
        usable=usable,
        absent=absent,
    )
    task = AuditTask(streets, asked.facilities, asked.question, asked.units)
    return run(
        Path(folder), task, asked.homes, chunk=chunk, workers=workers, cluster=cluster, tell=tell
    )


def _streets(network: Streets, folder: Path) -> StreetFile:
    """Return streets as processes open them; those of a network are written into the folder."""
    if not isinstance(network, Network):
        return StreetFile(Path(network).absolute(), StreetEdits())
    made(folder)
    base = network.engine.before or network.engine
    beside = folder / f".streets-{os.getpid()}.sandnet"
    try:
        sandnet.save(base.streets, beside, base.timetable)
        file = folder / f"{STREETS}{StreetFile(beside, StreetEdits()).fingerprint()[:16]}.sandnet"
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
    return StreetFile(file.absolute(), network.edits)
