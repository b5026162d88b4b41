"""Pixels: ink, fills, tiles and paths."""
