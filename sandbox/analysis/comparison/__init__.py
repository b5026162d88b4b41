"""From a base to a plan: what changes, where, and why not."""
