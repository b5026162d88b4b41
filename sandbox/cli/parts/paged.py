"""An answer that a command found, as a page with its map."""

from pathlib import Path
from typing import TYPE_CHECKING

from sandbox.cli.parts import city, options
from sandbox.cli.parts.asked import plain_state

if TYPE_CHECKING:
    from sandbox.app.questions import AnalysisAnswer

PAGES = city.PAGES


def write_answer_page(
    file: Path,
    *answers: "AnalysisAnswer",
    network_file: Path | None,
    edits_file: Path | None,
) -> None:
    """Write answers over the map of their city as one HTML page.

    Raises
    ------
    SandboxError
        Layers or network can't be read, or the file can't be written.
    """
    from sandbox.app import settings as remembered
    from sandbox.app.changes import changed
    from sandbox.app.opening import stand_here
    from sandbox.engine.network import Network
    from sandbox.export.page.html import write_page

    layers = stand_here(city.layers(), remembered.load().settings.here)
    atlas = city.atlas(layers, Network.open(network_file))
    edits = options.street_edits(edits_file)
    write_page(file, atlas, changed(plain_state(atlas), edits=edits, results=answers))
