"""What a window asks while it is made, found before, so that nothing waits for it."""

from sandbox.app.answers import homes
from sandbox.app.answers.audit import shipped_standards, standard_of
from sandbox.app.atlas import Atlas
from sandbox.app.opening import city_title
from sandbox.draw.lettering.symbols import symbol_svg
from sandbox.draw.theme import theme
from sandbox.ui.panels.legend import lines_of
from sandbox.ui.parts import icons
from sandbox.words import words_of


def make_ready(atlas: Atlas) -> None:
    """Read words, standards and icons, and look through the layers; all of it is kept.

    For any thread: nothing here belongs to a window.
    """
    for language in ("zh", "en"):
        words_of(language)
    for name in shipped_standards():
        standard_of(name)
    icons.read_all()
    city_title(atlas)
    homes.home_layers(atlas.layers)
    homes.area_layers(atlas.layers)
    for layer in atlas.layers.values():
        lines_of(layer)
        if layer.style.category:
            symbol_svg(theme("light").category(layer.style.category), "")
