"""One module an analysis: its panel, its legend, its table."""
