"""The project in the window: opened, saved, kept from being lost."""
