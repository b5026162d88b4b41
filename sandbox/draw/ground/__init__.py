"""The quiet part of the map: ground, relief, streets."""
