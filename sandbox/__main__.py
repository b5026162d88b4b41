"""Lets ``python -m sandbox`` do what ``sandbox`` does."""

from sandbox.cli import main

main()
