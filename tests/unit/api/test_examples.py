"""Each function of the Python interface has an example, and it holds."""

import doctest
from functools import wraps
from importlib import import_module

import pytest

import sandbox
from sandbox.api import network

MODULES = sorted({f"sandbox.{place}" for place in sandbox._AT.values() if place.startswith("api.")})
FUNCTIONS = [name for name in sandbox.__all__ if name[0].islower()]


@pytest.fixture(autouse=True, scope="module")
def opened_once():
    """Open the shipped streets once for all examples."""
    opening = pytest.MonkeyPatch()
    net = network.open_network()
    opened = network.open_network

    @wraps(opened)
    def open_once(path=None):
        return net if path is None else opened(path)

    opening.setattr(network, "open_network", open_once)
    opening.setitem(vars(sandbox), "open_network", network.open_network)
    yield
    opening.undo()
    vars(sandbox).pop("open_network", None)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_hold(name):
    outcome = doctest.testmod(import_module(name), verbose=False)
    assert outcome.failed == 0


@pytest.mark.parametrize("name", [one for one in FUNCTIONS if one != "check_feed"])
def test_each_function_has_an_example(name):
    assert ">>> " in getattr(sandbox, name).__doc__
