"""The only room with widgets."""
