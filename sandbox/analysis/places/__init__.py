"""Places: their shape, their access points, and which are within reach."""
