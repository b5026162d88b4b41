"""The voice of the hall's film: its words in time, the programs that speak them, its sounds."""
