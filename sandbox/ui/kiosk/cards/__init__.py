"""Cards painted: blocks one beneath the other."""
