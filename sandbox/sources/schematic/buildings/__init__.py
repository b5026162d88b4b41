"""Schematic buildings: footprints with heights on the built-up ground, made, not surveyed."""
