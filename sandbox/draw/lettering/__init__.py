"""Type, names, symbols and where they stand."""
