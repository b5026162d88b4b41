"""What a wall of screens has beside the map: a section, and panels clear of its seams."""
