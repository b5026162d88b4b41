"""A customisable contraction hierarchy: long searches between many places at once."""
