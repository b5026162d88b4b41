"""From sources to streets and timetables."""
