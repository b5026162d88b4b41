"""Pictures of every scene that somebody has looked at, and how they are renewed."""
