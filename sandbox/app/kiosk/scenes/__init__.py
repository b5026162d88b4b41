"""Scenes over an atlas: what each shows and computes, which can be played, how one is made."""
