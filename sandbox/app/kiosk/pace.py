"""When the show moves on by itself: idle visitors, scenes in turn. Clocks are handed in."""

from typing import Literal

Step = Literal["", "attract", "next"]


class Pace:
    """Says when to begin the loop and when to take its next scene.

    Times are those of a clock that never jumps (monotonic), in seconds.

    Parameters
    ----------
    idle_s
        So long nobody touches before scenes follow one another.
    now_s
        The time now.
    """

    def __init__(self, idle_s: float, now_s: float) -> None:
        self._idle_s = idle_s
        self._touched_s = now_s
        self._scene_s = now_s

    def touched(self, now_s: float) -> None:
        """Remember that somebody is there."""
        self._touched_s = now_s

    def scene_began(self, now_s: float) -> None:
        """Remember when the scene came on."""
        self._scene_s = now_s

    def share(self, now_s: float, duration_s: float) -> float:
        """Return how much of the scene's time has passed, 0 to 1."""
        return min(1.0, max(0.0, (now_s - self._scene_s) / duration_s))

    def step(self, now_s: float, duration_s: float, *, attract: bool, guided: bool) -> Step:
        """Return what is due: to begin the loop, to show the next scene, or nothing.

        Parameters
        ----------
        now_s
            The time now.
        duration_s
            How long the scene on screen shows.
        attract
            Whether the loop runs.
        guided
            Whether only the guide chooses.
        """
        if guided:
            return ""
        if not attract:
            return "attract" if now_s - self._touched_s >= self._idle_s else ""
        return "next" if now_s - self._scene_s >= duration_s else ""
