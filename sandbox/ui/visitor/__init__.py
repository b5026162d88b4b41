"""The visitor's own answer in the hall: its sentence, and the keyboard that finds a home."""
