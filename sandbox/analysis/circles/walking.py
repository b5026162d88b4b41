"""Streets as somebody can walk them: without steps, without slopes that are too steep."""

from dataclasses import replace

import numpy as np

from sandbox.engine.network import Network
from sandbox.kept import keep
from sandbox.standards import Walker
from sandbox.streets.modes import ACCESS
from sandbox.streets.streets import AccessBits, StreetClass


@keep(4)
def walked_by(network: Network, walker: Walker) -> Network:
    """Return the streets that somebody can walk; the network itself where that is all of them.

    Parameters
    ----------
    network
        The streets.
    walker
        Who walks; `steps` and `steepest` close streets to them. Where heights aren't known no
        street is too steep.
    """
    streets = network.streets
    closed = np.zeros(len(streets.access), dtype=np.bool_)
    if not walker.steps:
        closed |= streets.street_class == StreetClass.STEPS
    if walker.steepest is not None and streets.climb_m is not None:
        length_m = np.maximum(streets.length_m.astype(np.float64), 1e-3)
        closed |= streets.climb_m.astype(np.float64).sum(axis=1) / length_m > walker.steepest
    ahead, back = ACCESS["walk"]
    closed &= (streets.access & (ahead | back)) != 0
    if not closed.any():
        return network
    bits = AccessBits(int(ahead | back))
    access = np.where(closed, streets.access & ~bits, streets.access).astype(AccessBits)
    return Network(replace(streets, access=access), network.timetable, edited=network.edited)
