"""The map as one HTML file: what stands in it, and how it is put together."""
