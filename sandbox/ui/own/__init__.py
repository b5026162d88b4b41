"""What a hand does with layers of its own: opens, shows, changes and takes them out."""
