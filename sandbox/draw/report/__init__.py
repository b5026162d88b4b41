"""Reports on paper: a map of an answer, and documents with the shipped type."""
