"""What a planner changes: streets, lines, scenarios."""
