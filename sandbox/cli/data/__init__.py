"""Commands about data: layers, networks, feeds, lines, scenarios."""
