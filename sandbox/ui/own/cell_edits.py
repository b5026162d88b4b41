"""Cells of a table that are changed by hand: one after the other, each a step to take back."""

from collections import deque
from collections.abc import Callable
from functools import partial

from sandbox.app.jobs import Job, Jobs
from sandbox.app.own import editing
from sandbox.app.session import Session
from sandbox.catalog.layer import Layer
from sandbox.errors import SandboxError
from sandbox.words import Text

LANE = "edit_cells"


class CellEdits:
    """Changes values of one layer, beside the UI thread.

    Parameters
    ----------
    session, jobs
        What is on screen, and where layers are made anew.
    layer_id
        The layer, one of the user's own.
    tell
        Told why a value can't be, and None once one could.
    """

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        layer_id: str,
        tell: Callable[[SandboxError | None], None],
    ) -> None:
        self._session, self._jobs, self._id, self._tell = session, jobs, layer_id, tell
        self._waiting: deque[tuple[str, str, str]] = deque()
        self._working = False

    def columns(self) -> frozenset[str]:
        """Return the columns whose cells may be changed."""
        layer = self._layer()
        return frozenset() if layer is None else frozenset(editing.columns_to_edit(layer))

    def change(self, feature_id: str, column: str, text: str) -> None:
        """Give a feature another value, once those that were entered before have theirs."""
        self._waiting.append((feature_id, column, text))
        self._next()

    def close(self) -> None:
        """Await nothing any more; what was entered last is still taken up."""
        self._tell = _nobody

    def _next(self) -> None:
        layer = self._layer()
        if self._working or not self._waiting:
            return
        if layer is None:
            self._waiting.clear()
            return
        feature_id, column, text = self._waiting[0]

        def work(job: Job) -> Layer:
            job.report(-1.0, Text("Changing the layer"))
            return editing.with_value(layer, feature_id, column, text)

        self._working = True
        self._jobs.ask(f"{LANE}:{self._id}", work, partial(self._done, layer), self._failed)

    def _done(self, before: Layer, layer: Layer) -> None:
        self._working = False
        if self._layer() is before:
            self._waiting.popleft()
            self._session.replace_layers({self._id: layer})
            self._tell(None)
        # Else another change came meanwhile: it is made again, of the layer as it is now.
        self._next()

    def _failed(self, error: Exception) -> None:
        self._working = False
        if not isinstance(error, SandboxError):
            raise error
        self._waiting.popleft()
        self._tell(error)
        self._next()

    def _layer(self) -> Layer | None:
        shown = {one.id for one in self._session.state.document.layers}
        layer = self._session.atlas.layers.get(self._id) if self._id in shown else None
        return layer if layer is not None and layer.is_own else None


def _nobody(_error: SandboxError | None) -> None:
    return None
