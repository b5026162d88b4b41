"""Streets from OpenStreetMap."""
