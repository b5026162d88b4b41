"""What commands and functions answered, kept as values to hold against after a rebuilding."""
