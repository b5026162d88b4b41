"""Streets as somebody can walk them."""

from dataclasses import replace

import numpy as np

from sandbox.analysis.circles.audit import audit
from sandbox.analysis.circles.question import AuditQuestion
from sandbox.analysis.circles.walking import walked_by
from sandbox.engine.network import Network
from sandbox.streets.modes import Access
from sandbox.streets.streets import StreetClass
from tests.support.grid_city import grid_city
from tests.support.life_circle import ADULT, facilities, homes, rule, standard, within

PRAM = replace(ADULT, id="pram", steps=False)
WHEELCHAIR = replace(ADULT, id="wheelchair", steps=False, steepest=0.0833)


def city():
    """Return a town of two rows: the lower one is level, the upper has steps and a steep street."""
    plain = grid_city(4, 2).streets
    nodes = plain.node_xy[plain.segment_nodes]
    middle, north = nodes.mean(axis=1)[:, 0], nodes[:, :, 1].min(axis=1)
    upper = north > plain.node_xy[:, 1].min() + 50
    first = upper & (middle < plain.node_xy[:, 0].min() + 100)
    second = upper & ~first & (middle < plain.node_xy[:, 0].min() + 200)
    kind = np.where(first, StreetClass.STEPS, plain.street_class).astype(np.uint8)
    climb = np.zeros((len(kind), 2), dtype=np.float32)
    climb[second, 0] = 9.0
    return Network(replace(plain, street_class=kind, climb_m=climb)), first, second


def test_steps_and_steep_streets_are_closed_to_who_cannot_take_them():
    made, steps, steep = city()
    assert steps.sum() == steep.sum() == 1
    assert walked_by(made, ADULT) is made
    walk = int(Access.WALK)
    pram, chair = (walked_by(made, one).streets.access & walk for one in (PRAM, WHEELCHAIR))
    assert (pram == 0).tolist() == steps.tolist()
    # 9 m over 100 m is 9 %, more than 1 in 12.
    assert (chair == 0).tolist() == (steps | steep).tolist()
    assert walked_by(made, PRAM) is walked_by(made, PRAM)


def test_a_pram_goes_round_the_steps():
    made, _, _ = city()
    lived, there = homes([(0, 1)]), facilities([("shop", (1, 1))])
    asked = AuditQuestion(standard(rule("shop", "t5", "shop", within(100))), ADULT)
    assert audit(made, lived, there, asked).metres[0].round(1).tolist() == [100.0]
    # Down a block, along one and up again.
    round_ = audit(made, lived, there, replace(asked, walker=PRAM))
    assert round_.metres[0].round(1).tolist() == [300.0]
    assert round_.met.tolist() == [[False]]
