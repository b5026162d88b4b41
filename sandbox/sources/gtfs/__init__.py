"""Timetables in the General Transit Feed Specification (gtfs.org): read, checked, linked."""
