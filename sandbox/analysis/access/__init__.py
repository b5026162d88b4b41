"""Measures of access: how much is in reach, how well it is shared, who has how much of it."""
