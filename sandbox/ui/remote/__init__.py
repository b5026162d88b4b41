"""Orders from outside and signs of life."""
