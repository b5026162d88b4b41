"""Layers that a user opens: from files onto the map, and what is done with them there."""
