"""The planner's window."""
