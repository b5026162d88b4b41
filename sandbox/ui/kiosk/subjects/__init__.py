"""How a scene shows what it is about: the view that holds all of it, and its light."""
