"""The map as a table of light: draped over its relief, seen from aslant."""
