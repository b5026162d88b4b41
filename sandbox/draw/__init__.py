"""From the state of the map to pixels."""
