"""The user's language and theme: switched on the map, and kept for the next start."""

from collections.abc import Callable
from functools import partial

from sandbox.app import settings
from sandbox.app.jobs import Jobs
from sandbox.app.session import Session
from sandbox.app.settings import Settings
from sandbox.errors import SandboxError
from sandbox.words import Language


class Preferences:
    """What the user prefers.

    Parameters
    ----------
    session, jobs
        Whose map, and where slow work is done.
    kept
        The settings as they were read.
    report
        Called with why they could not be written.
    remember
        Whether to write them at all; screenshots don't.

    Attributes
    ----------
    kept
        The settings as they are now.
    """

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        kept: Settings,
        report: Callable[[SandboxError], None],
        *,
        remember: bool,
    ) -> None:
        self._session, self._jobs = session, jobs
        self._report, self._remember = report, remember
        self.kept = kept

    def switch_theme(self) -> None:
        """Change between light and dark."""
        chosen = "light" if self._session.state.theme == "dark" else "dark"
        self._session.change(theme=chosen)
        self._keep(theme=chosen)

    def switch_language(self) -> None:
        """Change between Chinese and English."""
        self.speak("en" if self._session.state.language == "zh" else "zh")

    def speak(self, language: str) -> None:
        """Have all texts in a language."""
        spoken: Language = "zh" if language == "zh" else "en"
        self._session.change(language=spoken)
        self._keep(language=spoken)

    def _keep(self, **fields: str) -> None:
        self.kept = self.kept.model_copy(update=fields)
        if self._remember:
            keep = partial(settings.keep, **fields)
            self._jobs.write("settings", lambda _: keep(), lambda _: None, self._unkept)

    def _unkept(self, error: Exception) -> None:
        if not isinstance(error, SandboxError):
            raise error
        self._report(error)
