"""Public transport: lines, service days, rounds, journeys."""
