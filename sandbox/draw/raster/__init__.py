"""Pixels: lines, fills, tiles and paths."""
