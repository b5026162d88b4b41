"""What a number counts: milliseconds, metres, minutes, and how one becomes another."""

from typing import Final

# Cost of what can't be used, and time of what isn't reached.
NEVER_MS: Final = 2**31 - 1
