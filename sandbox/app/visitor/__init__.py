"""What a visitor of the hall asked, in the words of a visitor."""
