"""The project that is on screen: opened, saved, and kept from being lost."""
