"""Panels of the planner's window, one a file; each listens to the session only."""
