"""Coordinates and measures on the earth."""
