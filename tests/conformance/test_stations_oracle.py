"""Stations drawn at random, read from a feed, held against walking all their pathways."""

from datetime import date
from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.geo import crs as geo
from sandbox.sources.gtfs.build import build_timetable
from sandbox.streets.timetable import TRANSFER_FORBIDDEN, TRANSFER_INSIDE, TRANSFER_TIMED
from tests.support import feeds
from tests.support.grid_city import at, grid_city

CITY = grid_city(9, 7)
TODAY = date(2026, 11, 10)
NEVER = float("inf")
# What a feed says of a place: its kind, and the station above it. Platforms of S have parts,
# X lies in no station, T has entrances but may have no pathways.
PLACES = {
    "S": (1, ""), "s1": (0, "S"), "s2": (0, "S"), "s3": (0, "S"),
    "sA": (2, "S"), "sB": (2, "S"), "hall": (3, "S"), "gate": (3, "S"), "head": (4, "s1"),
    "T": (1, ""), "t1": (0, "T"), "t2": (0, "T"), "tA": (2, "T"),
    "x": (0, ""),
}  # fmt: skip
PLATFORMS = [name for name, (kind, _) in PLACES.items() if kind == 0]
WHERE = {name: at(n % 8 + 0.25, n // 8 * 2) for n, name in enumerate(PLACES)}
INSIDE = ["s1", "s2", "s3", "sA", "sB", "hall", "gate", "head"]


@st.composite
def pathways(draw):
    """Return ways of station S, and of T on wish: ends, mode, both ways, seconds, metres."""
    ways = st.tuples(
        st.sampled_from(INSIDE),
        st.sampled_from(INSIDE),
        st.sampled_from(["", "1", "2", "5", "6", "7"]),
        st.sampled_from(["0", "1", "1", "1"]),
        st.sampled_from(["", "", "20", "95", "0"]),
        st.sampled_from(["", "30", "200.5"]),
    )
    found = draw(st.lists(ways, max_size=9))
    if draw(st.booleans()):
        found.append(("tA", draw(st.sampled_from(["t1", "t2"])), "1", "1", "45", ""))
    if draw(st.booleans()):
        # A passage from one station to the other.
        found.append((draw(st.sampled_from(INSIDE)), "t1", "1", "1", "120", ""))
    return found


ENDS = st.sampled_from([*PLATFORMS, "S", "T"])
RULES = st.lists(
    st.tuples(ENDS, ENDS, st.sampled_from(["", "0", "1", "2", "2", "3"]), st.sampled_from([0, 90])),
    max_size=6,
    unique_by=lambda rule: rule[:2],
)


def written(ways, rules, access):
    tables = feeds.tables()
    tables["stops"] = (
        "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,stop_access\n"
        + "".join(
            f"{name},{name},{WHERE[name][1]:.7f},{WHERE[name][0]:.7f},{kind},{up},"
            f"{access.get(name, '')}\n"
            for name, (kind, up) in PLACES.items()
        )
    )
    tables["trips"] = "route_id,service_id,trip_id\nr1,wk,t1\n"
    tables["stop_times"] = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n" + "".join(
        f"t1,08:{5 * n:02}:00,08:{5 * n:02}:00,{name},{n}\n" for n, name in enumerate(PLATFORMS)
    )
    if ways:
        tables["pathways"] = (
            "pathway_id,from_stop_id,to_stop_id,pathway_mode,is_bidirectional,traversal_time,length\n"
            + "".join(f"w{n},{','.join(way)}\n" for n, way in enumerate(ways))
        )
    tables["transfers"] = "from_stop_id,to_stop_id,transfer_type,min_transfer_time\n" + "".join(
        f"{a},{b},{kind},{least if kind == '2' else ''}\n" for a, b, kind, least in rules
    )
    return tables


def walked(ways):
    """Return the seconds between all places of stations, one way after the other tried."""
    names = [name for name in PLACES if name != "head"]
    took = {pair: 0.0 if pair[0] == pair[1] else NEVER for pair in product(names, names)}
    for *ends, mode, both, seconds, metres in ways:
        a, b = ("s1" if end == "head" else end for end in ends)
        # A minute where nothing is told, at 4 km/h where only the length is; a second at least.
        cost = float(seconds) if seconds else float(metres) * 0.9 if metres else 60.0
        cost = max(cost, 1.0)
        took[a, b] = min(took[a, b], cost)
        if both == "1" and mode != "7":
            took[b, a] = min(took[b, a], cost)
    for over, a, b in product(names, names, names):
        took[a, b] = min(took[a, b], took[a, over] + took[over, b])
    return took


def straight_s(a, b):
    """Return the seconds from an entrance straight to a platform at 4 km/h."""
    return round(float(geo.length_m([WHERE[a]], [WHERE[b]])[0]) * 0.9)


def right_doors(ways, access):
    """Return the doors of each platform as GTFS has them: where, seconds in and out."""
    took = walked(ways)
    gates = {"S": ["sA", "sB"], "T": ["tA"]}
    told = {PLACES[{"head": "s1"}.get(end, end)][1] for way in ways for end in way[:2]}
    found = {}
    for name in PLATFORMS:
        up = PLACES[name][1]
        if access.get(name) == "1" or not up:
            found[name] = [(name, 0, 0)]
        elif up in told:
            # Entrances of another station count as well where a passage leads there.
            every = [
                (
                    gate,
                    *(-1 if s == NEVER else round(s) for s in (took[gate, name], took[name, gate])),
                )
                for gate in (*gates["S"], *gates["T"])
            ]
            found[name] = [door for door in every if door[1:] != (-1, -1)]
        else:
            found[name] = [
                (gate, straight_s(gate, name), straight_s(gate, name)) for gate in gates[up]
            ]
    return found


def right_changes(ways, rules):
    """Return what holds between platforms: their rule by its stop before its station's."""
    members = {name: [name] for name in PLATFORMS}
    members |= {up: [name for name in PLATFORMS if PLACES[name][1] == up] for up in "ST"}
    stated = {}
    for a, b in product(PLATFORMS, PLATFORMS):
        fitting = [
            (len(members[i]) == 1 and i == a, len(members[j]) == 1 and j == b, kind, least)
            for i, j, kind, least in rules
            if a in members[i] and b in members[j]
        ]
        if not fitting:
            continue
        most = max(one[0] + one[1] for one in fitting)
        kind, least = [one[2:] for one in fitting if one[0] + one[1] == most][-1]
        if kind in "23" and kind:
            stated[a, b] = (TRANSFER_TIMED, least) if kind == "2" else (TRANSFER_FORBIDDEN, 0)
    took = walked(ways)
    inside = {
        (a, b): round(took[a, b])
        for a, b in product(PLATFORMS, PLATFORMS)
        if a != b and took[a, b] != NEVER
    }
    return stated, inside


@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(
    pathways(),
    RULES,
    st.dictionaries(st.sampled_from(["s1", "s2", "t1"]), st.sampled_from("01"), max_size=2),
)
def test_stations_are_entered_left_and_changed_in_as_trying_every_pathway_says(
    tmp_path_factory, ways, rules, access
):
    path = feeds.write(tmp_path_factory.mktemp("feed") / "town.zip", written(ways, rules, access))
    made, _ = build_timetable([path], CITY, today=TODAY)
    got = {name: [] for name in PLATFORMS}
    for stop, (lon, lat), in_s, out_s in zip(
        made.door_stop.tolist(),
        made.door_lonlat.tolist(),
        made.door_s.tolist(),
        made.door_out_s.tolist(),
        strict=True,
    ):
        name = min(WHERE, key=lambda one: abs(WHERE[one][0] - lon) + abs(WHERE[one][1] - lat))
        got[made.stop_id[stop]].append((name, in_s, out_s))
    want = right_doors(ways, access)
    assert {name: sorted(doors) for name, doors in got.items()} == {
        name: sorted(doors) for name, doors in want.items()
    }
    stated, inside = {}, {}
    for a, b, kind, seconds in zip(
        made.transfer_from.tolist(),
        made.transfer_to.tolist(),
        made.transfer_kind.tolist(),
        made.transfer_s.tolist(),
        strict=True,
    ):
        pair = made.stop_id[a], made.stop_id[b]
        if kind == TRANSFER_INSIDE:
            inside[pair] = seconds
        else:
            stated[pair] = (kind, seconds)
    assert (stated, inside) == right_changes(ways, rules)
