"""Streets as arrays: build, store, search, and the ground that is reached."""
