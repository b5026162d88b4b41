"""Answers on the map: bands, circles, differences, ways, edits."""
