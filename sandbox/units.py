"""What a number counts: milliseconds, metres, minutes, and how one becomes another."""

from typing import Final

# Cost of what can't be used, and time of what isn't reached.
NEVER_MS: Final = 2**31 - 1
MS_PER_MINUTE: Final = 60_000
# Milliseconds that a metre takes at 1 km/h; divided by a speed in km/h, those it takes then.
MS_PER_M_AT_1_KMH: Final = 3600.0
# At a metre a second, milliseconds are millimetres: so distances are searched like times.
METRE_A_SECOND_KMH: Final = 3.6
MM_PER_M: Final = 1000.0
