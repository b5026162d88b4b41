"""Where new facilities should stand: the fewest, or the best, with a bound that proves it."""
