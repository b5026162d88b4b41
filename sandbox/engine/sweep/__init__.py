"""Sweeps over many origins: one search each, with nothing but what was reached kept."""
