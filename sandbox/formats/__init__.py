"""Files of other programs → features, with all that a file says of itself; nothing is guessed."""
