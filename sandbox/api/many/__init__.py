"""Many origins from Python: sums of thousands at once, and millions a chunk at a time."""
