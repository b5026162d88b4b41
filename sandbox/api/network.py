"""Networks: opened, built, described, edited, saved."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cached_property, partial
from html import escape
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from sandbox.analysis.table import computed_at
from sandbox.api.answers import keywords
from sandbox.api.edits import EditsLike, street_edits
from sandbox.api.given import layers
from sandbox.api.travel import Travel
from sandbox.app.atlas import Atlas
from sandbox.catalog.importing.into import ground
from sandbox.edits.street_edits import StreetEdits, apply
from sandbox.engine.network import Network as Engine
from sandbox.errors import NetworkError, missing_files
from sandbox.export.sketch import sketch
from sandbox.geo import crs as geo
from sandbox.sources.gtfs.findings import Finding
from sandbox.streets import sandnet
from sandbox.streets.as_lines import as_lines
from sandbox.streets.facts import facts_of, network_name
from sandbox.streets.modes import STREET_MODES
from sandbox.words import Text

Bounds = tuple[float, float, float, float]
FileName = str | Path


class Network:
    """Streets, and what runs on them, ready to be asked.

    Nothing changes one: `add_gtfs`, `add_elevation` and `edited` return another.

    Attributes
    ----------
    edits
        The edits that made its streets of others.
    findings
        What was found in timetables that were added: `severity`, `code`, `table`, `id`, `text`
        and a point where there is one.
    doubts
        Places where centre lines may not be joined as they were meant; None for other sources.

    Examples
    --------
    >>> net = open_network()
    >>> net
    <Network Schematic streets of the Science City: 6,012 km; walk, bike, drive>
    """

    def __init__(
        self,
        engine: Engine,
        *,
        edits: StreetEdits = StreetEdits(),  # noqa: B008 - a frozen value
        findings: gpd.GeoDataFrame | None = None,
        doubts: gpd.GeoDataFrame | None = None,
    ) -> None:
        self.engine = engine
        self.edits = edits
        self.findings = _findings(()) if findings is None else findings
        self.doubts = doubts

    @classmethod
    def from_pbf(
        cls, path: FileName, *, bbox: Bounds | None = None, modes: Sequence[str] = STREET_MODES
    ) -> "Network":
        """Build a network from an OpenStreetMap extract (``.osm.pbf``).

        Parameters
        ----------
        path
            The extract.
        bbox
            West, south, east, north in degrees: only streets in it are kept.
        modes
            Who shall move on the streets.

        Raises
        ------
        sandbox.errors.NetworkError
            The file can't be read as an extract, or holds no street; one that isn't there is
            a `FileNotFoundError` too.
        """
        from sandbox.sources.osm.build import build_osm

        with missing_files():
            return cls(Engine(build_osm(Path(path), bbox=bbox, modes=_modes(modes))))

    @classmethod
    def from_lines(
        cls,
        lines: FileName | gpd.GeoDataFrame,
        *,
        columns: Mapping[str, str] | None = None,
        kinds: Mapping[str, str] | None = None,
        crs: str | None = None,
        layer: str | None = None,
        snap_m: float = 1.0,
        bbox: Bounds | None = None,
        modes: Sequence[str] = STREET_MODES,
    ) -> "Network":
        """Build a network from centre lines.

        Parameters
        ----------
        lines
            Any file of lines that is read as a layer, or a GeoDataFrame.
        columns
            Which column says what: ``{"class": "DLDJ", "name": "DLMC"}``; the usual names are
            known.
        kinds
            What a kind of street counts as: ``{"主干路": "primary", "*": "residential"}``.
        crs
            Coordinate system, as ``EPSG:4544``, where the file names none or a wrong one.
        layer
            Layer of the file, where several hold lines.
        snap_m
            Ends within so many metres meet.
        bbox, modes
            As in `from_pbf`.

        Returns
        -------
        Network
            Its `doubts` show where lines may not be joined as they were meant.

        Raises
        ------
        sandbox.errors.NetworkError
            As in `from_pbf`; or a column or kind isn't known.

        Examples
        --------
        >>> import geopandas as gpd, shapely
        >>> cross = [shapely.LineString(ends) for ends in (
        ...     [(106.30, 29.60), (106.32, 29.60)], [(106.31, 29.59), (106.31, 29.61)])]
        >>> roads = gpd.GeoDataFrame({"name": ["East", "North"]}, geometry=cross, crs=4326)
        >>> Network.from_lines(roads).describe()["nodes"]
        5
        """
        from sandbox.sources.lines.build import Reading, build_lines
        from sandbox.sources.lines.doubts import layer as doubts_of

        reading = Reading(dict(columns or {}), dict(kinds or {}), crs, layer, snap_m)
        with missing_files():
            known = partial(ground, layers, bbox)
            built = build_lines(lines, reading, bbox=bbox, modes=_modes(modes), known=known)
        name = built.streets.provenance.source
        return cls(Engine(built.streets), doubts=doubts_of(built.doubts, name))

    def add_gtfs(self, *feeds: FileName) -> "Network":
        """Return the network with timetables (GTFS) in place of its own; see its `findings`.

        Raises
        ------
        sandbox.errors.TransitError
            A feed can't be used; one that isn't there is a `FileNotFoundError` too.
        """
        from sandbox.sources.gtfs.build import build_timetable

        _some(feeds)
        with missing_files():
            timetable, found = build_timetable([Path(feed) for feed in feeds], self.engine)
        engine = Engine(self.engine.streets, timetable, self.engine.before, self.engine.edited)
        return Network(engine, edits=self.edits, findings=_findings(found), doubts=self.doubts)

    def add_elevation(self, *rasters: FileName) -> "Network":
        """Return the network with slopes from elevation rasters (``.tif``, ``.hgt``).

        Raises
        ------
        sandbox.errors.NetworkError
            A raster can't be read, or covers too little of the streets.
        """
        from sandbox.sources.relief import with_climb

        _some(rasters)
        built = self.engine.before or self.engine
        with missing_files():
            streets = with_climb(built.streets, [Path(one) for one in rasters])
        engine = Engine(streets, self.engine.timetable)
        made = Network(engine, findings=self.findings, doubts=self.doubts)
        # Streets that were drawn get no heights: they are laid over the others anew.
        return made.edited(self.edits) if self.edits.edits else made

    def edited(self, edits: EditsLike) -> "Network":
        """Return the network with streets closed, slowed or added.

        Parameters
        ----------
        edits
            As `sandbox.street_edits` takes them.

        Raises
        ------
        sandbox.errors.NetworkError
            With the faults of all edits at once; also where one means no street.

        Examples
        --------
        >>> import shapely
        >>> from sandbox import StreetEdit
        >>> works = StreetEdit("avoid", shapely.box(106.300, 29.608, 106.304, 29.612))
        >>> open_network().edited(works).describe()["street_edits"]
        1
        """
        more = street_edits(edits)
        whole = StreetEdits((*self.edits.edits, *more.edits))
        return Network(
            apply(self.engine, more), edits=whole, findings=self.findings, doubts=self.doubts
        )

    def save(self, path: FileName) -> None:
        """Write the network to a file (``.sandnet``), whole or not at all.

        Raises
        ------
        sandbox.errors.NetworkError
            It can't be written, or its streets are edited: edits are kept beside a network.
        """
        if self.edits.edits:
            raise NetworkError(
                "A network with street edits can't be saved.",
                "Save the network without the edits, and save the edits separately.",
            )
        sandnet.save(self.engine.streets, path, self.engine.timetable)

    @property
    def title(self) -> str:
        """Return the name of the data set."""
        return self.engine.title

    @property
    def modes(self) -> tuple[str, ...]:
        """Return the modes that have streets here, ``transit`` where there is a timetable."""
        by_transit = ("transit",) if self.engine.timetable is not None else ()
        return (*self.engine.modes, *by_transit)

    @property
    def bounds_lonlat(self) -> Bounds:
        """Return west, south, east and north of the streets in WGS 84."""
        return self.engine.bounds_lonlat

    def describe(self) -> dict[str, Any]:
        """Return what the network holds: title, source, licence, date, size, modes, timetables.

        Examples
        --------
        >>> known = open_network().describe()
        >>> known["schematic"], known["modes"], known["crs"]
        (True, ['walk', 'bike', 'drive'], 'EPSG:32648')
        """
        timetable = self.engine.timetable
        told = facts_of(self.engine.streets)
        told["street_edits"] = self.engine.edited
        told["timetables"] = (
            []
            if timetable is None
            else [{**asdict(feed), "zone": timetable.zone} for feed in timetable.feeds]
        )
        return told

    def streets(self) -> gpd.GeoDataFrame:
        """Return the streets as lines in WGS 84, one row a segment that has a length.

        Returns
        -------
        geopandas.GeoDataFrame
            `name`, `kind` (as the source names it), `street_class`, `structure`, `length_m`;
            who may use it (`walk`, `bike`, `drive`) and which way (``yes``, ``-1`` or ``no`` in
            `drive_oneway` and its like, as OpenStreetMap has it); `maxspeed_kmh` along the line
            and `maxspeed_back_kmh` against it; `drive_kmh` and `drive_back_kmh`, how fast cars
            go without congestion; `ascent_m` and `descent_m`. What isn't known is NaN.

        Examples
        --------
        >>> roads = open_network().streets()
        >>> roads.crs.to_string(), sorted(roads["street_class"].unique())[:2]
        ('EPSG:4326', ['arterial', 'collector'])
        """
        made = as_lines(self.engine.streets)
        made.attrs.update(rests_on(self))
        return made

    def __repr__(self) -> str:
        """Return its name, size and modes."""
        streets = self.engine.streets
        name = network_name(self.title, schematic=streets.provenance.schematic)
        edits = f"; {self.engine.edited} street edits" if self.engine.edited else ""
        length = f"{float(streets.length_m.sum(dtype=float)) / 1000.0:,.0f} km"
        return f"<Network {name}: {length}; {', '.join(self.modes)}{edits}>"

    def _repr_html_(self) -> str:
        """Return a small map with what the network is, for notebooks."""
        told = self.engine.streets.provenance
        said = " · ".join(part for part in (told.source, told.licence, told.date) if part)
        return (
            '<div style="display:inline-block;font:13px sans-serif">'
            f"{sketch(self.engine.streets)}"
            f"<div><b>{escape(repr(self)[1:-1])}</b></div><div>{escape(said)}</div></div>"
        )

    @cached_property
    def atlas(self) -> Atlas:
        """Return the network with the layers of the map, for questions that count places."""
        return Atlas(layers(), self.engine)


@keywords
def open_network(path: FileName | None = None) -> Network:
    """Open a network file (``*.sandnet``).

    Parameters
    ----------
    path
        The file; None opens the shipped streets, which are schematic.

    Raises
    ------
    sandbox.errors.NetworkError
        If the file is damaged, of another version or of another kind; one that is missing is a
        `FileNotFoundError` too.

    Examples
    --------
    >>> open_network().title
    'Schematic streets of the Science City'
    """
    if path is not None and not isinstance(path, str | Path):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise NetworkError(
            "{value} is not the path of a network file.",
            "Give the path of a .sandnet file.",
            value=repr(path)[:80],
        )
    with missing_files():
        return Network(Engine.open(path))


@keywords
def check_feed(*feeds: FileName, network: Network | None = None) -> gpd.GeoDataFrame:
    """Return what is wrong in timetables (GTFS), as they would be read on a network.

    Parameters
    ----------
    feeds
        Zip files or folders.
    network
        The streets; by default the shipped ones.

    Returns
    -------
    geopandas.GeoDataFrame
        `severity` (``error``, ``warning``, ``note``), `code`, `table`, `id`, `text`, and a
        point where the finding has a place.

    Raises
    ------
    sandbox.errors.TransitError
        A feed can't be used at all.
    """
    return (open_network() if network is None else network).add_gtfs(*feeds).findings


def engine_of(network: "Network | Engine") -> Engine:
    """Return what answers questions.

    Raises
    ------
    NetworkError
        It is no network.
    """
    if isinstance(network, Network):
        return network.engine
    if isinstance(network, Engine):  # pyright: ignore[reportUnnecessaryIsInstance]
        return network
    raise NetworkError(
        "{value} is not a network.",
        "Give what sandbox.open_network() returns.",
        value=" ".join(repr(network)[:80].split()),
    )


def rests_on(
    network: "Network | Engine",
    travel: Travel | None = None,
    *,
    notes: Sequence[Text] = (),
    **more: Any,
) -> dict[str, Any]:
    """Return what an answer rests on, as plain values: for `.attrs` of tables.

    `notes` are what must be said beside its figures.
    """
    engine = engine_of(network)
    told = engine.streets.provenance
    edits = network.edits.edits if isinstance(network, Network) else ()
    said = {} if travel is None else travel.as_dict()
    return {
        "network": told.title,
        "network_date": told.date,
        "schematic": told.schematic,
        "source": told.source,
        "licence": told.licence,
        "edits": [{"kind": one.kind, "name": one.name} for one in edits if one.on],
        "street_edits": engine.edited,
        "travel": said,
        "scenario": said.get("scenario"),
        **more,
        "notes": [str(note) for note in notes],
        "computed_at": computed_at(),
    }


def _findings(found: Sequence[Finding]) -> gpd.GeoDataFrame:
    columns = ["severity", "code", "table", "id", "text"]
    rows = [(one.severity, one.code, one.table, one.id, str(one.text)) for one in found]
    points: Any = [None if one.lonlat is None else shapely.Point(one.lonlat) for one in found]
    table = pd.DataFrame(rows, columns=pd.Index(columns))
    return gpd.GeoDataFrame(table, geometry=points, crs=geo.WGS84)


def _some(paths: Sequence[FileName]) -> None:
    if not paths:
        raise NetworkError("No file is given.", "Give the path of at least one.")


def _modes(modes: Sequence[str]) -> tuple[str, ...]:
    said = (modes,) if isinstance(modes, str) else tuple(modes)
    if unknown := [mode for mode in said if mode not in STREET_MODES]:
        raise NetworkError(
            "Unknown mode: {mode}.",
            "Modes: {known}.",
            mode=", ".join(map(str, unknown)),
            known=", ".join(STREET_MODES),
        )
    return tuple(mode for mode in STREET_MODES if mode in said)
