"""Widgets that window and panels are made of, and their look."""
