"""Planners' files → layers: where they lie, what their columns and kinds mean, what to mend."""
