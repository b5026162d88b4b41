"""What a page shows of each analysis: one module each, named as in every room."""
