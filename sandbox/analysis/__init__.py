"""Questions answered from values that are handed in."""
