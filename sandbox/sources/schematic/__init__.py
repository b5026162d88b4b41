"""Seeded generator of plausible streets for ground whose real network isn't loaded yet."""
