"""What a user takes out of the window: rows of tables, and the map on paper."""
