"""Streets from planners' own centre lines."""
