"""Pictures of the ground: georeferenced files, archives of tiles, and tile services."""
