"""An answer that a command found, as a page with its map."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sandbox.cli.parts import city, options
from sandbox.cli.parts.asked import plain_state

if TYPE_CHECKING:
    import geopandas as gpd

    from sandbox.app.atlas import Atlas
    from sandbox.app.questions import AnalysisAnswer, ReachQuestion
    from sandbox.app.state import MapState
    from sandbox.export.page.result import Result

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
    Sheet.opened(network_file, edits_file).write(file, *answers)


@dataclass(frozen=True, eq=False)
class Sheet:
    """The map of a city that a command's answer is laid over.

    Attributes
    ----------
    atlas, state
        The city, and its map without an answer, with the street edits that were given.
    """

    atlas: "Atlas"
    state: "MapState"

    @staticmethod
    def opened(network_file: Path | None, edits_file: Path | None) -> "Sheet":
        """Return the map of the city that a command was asked about.

        Raises
        ------
        SandboxError
            Layers, network or edits can't be read.
        """
        from sandbox.app import settings as remembered
        from sandbox.app.changes import changed
        from sandbox.app.opening import stand_here
        from sandbox.engine.network import Network

        layers = stand_here(city.layers(), remembered.load().settings.here)
        atlas = city.atlas(layers, Network.open(network_file))
        edits = options.street_edits(edits_file)
        return Sheet(atlas, changed(plain_state(atlas), edits=edits))

    def holding(self, places: "gpd.GeoDataFrame") -> "tuple[Sheet, str]":
        """Return the map with places that were given, and the id of the layer that holds them.

        Those of one layer of the map are there already; those of files, positions or several
        layers become a layer of their own.
        """
        from sandbox.app.changes import changed
        from sandbox.app.own.layers import layer_of_places
        from sandbox.app.state import LayerShown
        from sandbox.catalog.symbology import COLOURS, Symbology

        held = self.atlas.layers
        named = {str(one) for one in places["layer"]}
        layer = held.get(named.pop()) if len(named) == 1 else None
        if layer is not None and layer.features is not None:
            known = set(layer.features["id"].astype(str))
            if known.issuperset(places["id"]):
                return self, layer.id
        made = layer_of_places(places, held)
        own = sum(one.is_own for one in held.values())
        symbology = Symbology(colour=COLOURS[own % len(COLOURS)])
        stack = (*self.state.document.layers, LayerShown(made.id, symbology=symbology))
        atlas = replace(self.atlas, layers={**held, made.id: made})
        return Sheet(atlas, changed(self.state, layers=stack)), made.id

    def write(self, file: Path, *answers: "AnalysisAnswer", result: "Result | None" = None) -> None:
        """Write the map with answers that it holds, or with a result handed in, as one page.

        Raises
        ------
        ExportError
            The file can't be written.
        """
        from sandbox.app.changes import changed
        from sandbox.export.page.html import write_page

        write_page(file, self.atlas, changed(self.state, results=answers), result)

    def write_reach(
        self, file: Path, origins: "gpd.GeoDataFrame", question: "ReachQuestion"
    ) -> None:
        """Write what is reached from places, which readers play with, as one page.

        Parameters
        ----------
        file
            The page.
        origins
            As `sandbox.cli.parts.origins.Chosen` has them; the first is the page's own.
        question
            What is asked, of the place of each origin instead of its own.

        Raises
        ------
        SandboxError
            What is asked can't be answered, or the file can't be written.
        """
        import geopandas as gpd

        from sandbox.analysis.places.place import places_of
        from sandbox.app.questions import Selected
        from sandbox.export.asked import with_reach
        from sandbox.export.page.html import write_page

        # A position is the page's own point; all others are places of a layer.
        given = (origins["layer"] != "").to_numpy()
        sheet, layer = self.holding(gpd.GeoDataFrame(origins[given])) if any(given) else (self, "")
        questions = [
            replace(
                question,
                origin_lonlat=one.lonlat,
                place=Selected(layer, str(id_)) if named else None,
                edits=sheet.state.document.edits,
            )
            for id_, named, one in zip(origins["id"], given, places_of(origins), strict=True)
        ]
        state, others = with_reach(sheet.atlas, sheet.state, questions)
        write_page(file, sheet.atlas, state, others=others)
