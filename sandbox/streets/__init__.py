"""Streets, timetables and speeds as values, and the one file format."""
