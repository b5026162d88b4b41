"""Layer folders and files on one side, values on the other."""
