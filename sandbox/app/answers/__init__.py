"""One module a kind of question: where it stands on the map, and the work that answers it."""
