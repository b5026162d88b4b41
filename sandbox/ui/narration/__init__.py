"""The hall's quiet sounds."""
