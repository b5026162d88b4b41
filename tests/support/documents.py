"""Documents of maps, at random."""

from datetime import datetime
from pathlib import Path

import shapely
from hypothesis import strategies as st

from sandbox.app.answers.circles import CirclesQuestion
from sandbox.app.questions import Against, ReachQuestion, Selected
from sandbox.app.state import Document, LayerShown, View
from sandbox.edits.scenario import (
    AddLine,
    AddStation,
    CloseLine,
    Corridor,
    DrawCorridors,
    Edit,
    LinkStation,
    RemoveLine,
    RerouteLine,
    Scenario,
    SetDwell,
    SetHeadway,
    SetSpeed,
    ShortenLine,
    Statement,
)
from sandbox.edits.street_edits import StreetEdit, StreetEdits
from sandbox.projects.project import LEVELS, Approval
from sandbox.streets.travel import Ride, Travel
from sandbox.transit.lines import Line, LineStop, Period, StreetLink
from sandbox.words import Bilingual

OLD = Path(__file__).with_name("document_format_1.json")

NUMBER = st.floats(allow_nan=False, allow_infinity=False)
TEXT = st.text(max_size=6)
LONLAT = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
LONLATS = st.lists(LONLAT, max_size=3).map(tuple)
BOTH = st.builds(Bilingual, TEXT, TEXT)
STOP = st.builds(LineStop, TEXT, TEXT, TEXT, LONLAT, st.none() | NUMBER, NUMBER)
PERIODS = st.lists(st.builds(Period, st.integers(), st.integers(), st.integers()), max_size=2).map(
    tuple
)
STOPS = st.lists(STOP, max_size=2).map(tuple)
LINE = st.builds(
    Line, TEXT, TEXT, TEXT, st.sampled_from(["metro", "bus"]), STOPS, PERIODS, LONLATS, NUMBER
)
CORRIDOR = st.builds(Corridor, TEXT, TEXT, TEXT, TEXT, LONLATS)
CHANGE = st.one_of(
    st.builds(AddLine, LINE),
    st.builds(RemoveLine, TEXT),
    st.builds(CloseLine, TEXT),
    st.builds(ShortenLine, TEXT, TEXT, TEXT),
    st.builds(RerouteLine, TEXT, STOPS, LONLATS),
    st.builds(SetHeadway, TEXT, PERIODS),
    st.builds(SetSpeed, TEXT, NUMBER),
    st.builds(SetDwell, TEXT, st.integers()),
    st.builds(AddStation, TEXT, STOP, TEXT),
    st.builds(LinkStation, st.builds(StreetLink, TEXT, LONLAT, st.integers())),
    st.builds(DrawCorridors, st.lists(CORRIDOR, max_size=2).map(tuple)),
)
EDITS = st.lists(st.builds(Edit, BOTH, CHANGE, st.booleans(), BOTH), max_size=3).map(tuple)
STATEMENTS = st.lists(st.builds(Statement, BOTH, NUMBER, BOTH), max_size=1).map(tuple)
PLAIN = st.builds(Scenario, TEXT, BOTH, EDITS, statements=STATEMENTS)
SCENARIO = st.builds(Scenario, TEXT, BOTH, EDITS, st.none() | PLAIN, TEXT, st.booleans(), BOTH)
RIDE = st.builds(
    Ride,
    st.datetimes(datetime(1900, 1, 1), datetime(2199, 1, 1)),
    st.booleans(),
    st.integers(1, 240),
    percentile=st.integers(1, 99),
    model=st.sampled_from(["random", "expected"]),
    access=st.sampled_from(["walk", "bike"]),
)
REACH = st.builds(
    ReachQuestion,
    LONLAT,
    st.lists(st.floats(1, 240), min_size=1, max_size=3).map(tuple),
    place=st.none() | st.builds(Selected, TEXT, TEXT),
    travel=st.builds(
        Travel,
        st.sampled_from(["walk", "bike", "drive", "transit"]),
        walk_kmh=st.floats(0.5, 20),
        towards=st.booleans(),
        hour=st.none() | st.integers(0, 23),
        slope=st.sampled_from(["tobler", "naismith", "flat"]),
        ride=st.none() | RIDE,
    ),
    scenario=st.none() | SCENARIO,
)
STREET_EDIT = st.one_of(
    st.builds(StreetEdit, st.just("closed"), LONLAT.map(shapely.Point), TEXT),
    st.builds(
        StreetEdit,
        st.just("footbridge"),
        st.lists(LONLAT, min_size=2, max_size=4, unique=True).map(shapely.LineString),
        TEXT,
        st.sampled_from([(), ("walk", "bike")]),
        on=st.booleans(),
    ),
    st.builds(
        StreetEdit,
        st.just("slow"),
        st.tuples(st.floats(-100, 100), st.floats(-50, 50)).map(
            lambda at: shapely.box(*at, at[0] + 1, at[1] + 1)
        ),
        time_factor=st.floats(1, 100),
    ),
)
DOCUMENT = st.builds(
    Document,
    st.builds(
        View, LONLAT, st.floats(0.01, 1e5), st.floats(0, 68), st.floats(-360, 360), st.floats(1, 9)
    ),
    st.lists(st.builds(LayerShown, TEXT, st.booleans(), st.floats(0, 1)), max_size=3).map(tuple),
    st.none() | REACH,
    st.none() | st.floats(0, 1),
    st.none()
    | st.builds(
        Against,
        st.sampled_from(["scenario", "mode", "place"]),
        TEXT,
        st.none() | SCENARIO,
        st.none() | st.booleans(),
    ),
    st.booleans(),
    st.none() | NUMBER,
    st.booleans(),
    st.just(()) | st.tuples(st.builds(CirclesQuestion, TEXT, st.lists(TEXT).map(tuple))),
    st.lists(STREET_EDIT, max_size=2).map(tuple).map(StreetEdits),
    st.lists(SCENARIO, max_size=2).map(tuple),
    st.none() | st.integers(),
    st.builds(Approval, TEXT, TEXT, TEXT, TEXT, st.sampled_from(sorted(LEVELS)), TEXT),
)
