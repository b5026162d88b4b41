"""Network files that older versions of the program wrote, kept as they wrote them.

`older` holds one of each version; what they held is told here.
"""

from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from sandbox.engine.network import Network
from sandbox.streets.sandnet import read, save
from tests.unit.streets.test_sandnet_columns import CLIMB, PLAIN, TRAFFIC
from tests.unit.streets.test_sandnet_crafted import STREETS, TIMETABLE, asked

OLDER = Path(__file__).parent / "older"
_NOBODY_STAYS = replace(
    TIMETABLE,
    **{key: getattr(TIMETABLE, key)[:0] for key in ("stay_from", "stay_to", "stay_kind")},
)
_ALL_THROUGH = replace(STREETS, private=None, pieces=None)
_ROWS = len(STREETS.name)
_IN_MILES = replace(
    STREETS.traffic,
    maxspeed_kmh=np.full((_ROWS, 2), 48.28, dtype=np.float32),
    built_up=np.arange(_ROWS) % 2 == 0,
)
HELD = {
    1: (PLAIN, None),
    2: (replace(PLAIN, traffic=TRAFFIC, climb_m=CLIMB), None),
    3: (replace(_ALL_THROUGH, ferries=None), _NOBODY_STAYS),
    4: (_ALL_THROUGH, _NOBODY_STAYS),
    5: (replace(_ALL_THROUGH, traffic=_IN_MILES), _NOBODY_STAYS),
    6: (STREETS, TIMETABLE),
}


def same(one, other):
    """Whether two values hold the same numbers and texts."""
    if is_dataclass(one):
        return type(one) is type(other) and all(
            same(getattr(one, field.name), getattr(other, field.name)) for field in fields(one)
        )
    if isinstance(one, np.ndarray):
        return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    return one == other


@pytest.mark.parametrize("version", HELD)
def test_a_file_of_an_older_version_is_read_as_it_was(version, tmp_path):
    file = OLDER / f"{version}.sandnet"
    assert file.read_bytes()[8] == version
    streets, timetable = read(file)
    assert same(HELD[version][0], streets)
    assert same(HELD[version][1], timetable)
    assert streets.access.dtype == np.uint16
    # And written anew it is of today's version, with the same in it.
    save(streets, tmp_path / "new.sandnet", timetable)
    assert (tmp_path / "new.sandnet").read_bytes()[8] == 7
    assert same(read(tmp_path / "new.sandnet"), (streets, timetable)) or all(
        map(same, (streets, timetable), read(tmp_path / "new.sandnet"))
    )


def test_an_older_file_is_searched():
    assert Network.open(OLDER / "2.sandnet").modes == ("walk",)
    asked(read(OLDER / "6.sandnet"))
