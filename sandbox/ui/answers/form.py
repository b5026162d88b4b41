"""What panels of analyses ask with: a titled list of choices, titled buttons, titled facts."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from sandbox.app import places
from sandbox.app.answers import homes
from sandbox.app.session import Session
from sandbox.catalog.standards import walkers
from sandbox.ui.parts.widgets import Elided, Wrapped, column, label, row, words

Options = Sequence[tuple[str, Any]]
# Half the width of the dock.
_FIGURE_PX: Final = 160


class Choice(QWidget):
    """A question with a list of answers.

    Parameters
    ----------
    on_chosen
        Called with the value of the answer that was chosen.
    """

    def __init__(self, on_chosen: Callable[[Any], None]) -> None:
        super().__init__()
        self._title, self.list = label("small", "third"), QComboBox()
        self._title.setBuddy(self.list)
        # A long name must not widen the dock.
        self.list.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.list.setMinimumContentsLength(8)
        self.list.activated.connect(lambda at: on_chosen(self._values[at]))
        self._values: list[Any] = []
        inside = column(self, (0, 0, 0, 0), 4)
        inside.addWidget(self._title)
        inside.addWidget(self.list)

    def show_options(self, title: str, options: Options, chosen: Any) -> None:
        """Show the question, its answers, and which is chosen."""
        self._title.setText(title)
        self.list.setAccessibleName(title)
        texts = [text for text, _ in options]
        if texts != [self.list.itemText(at) for at in range(self.list.count())]:
            self.list.clear()
            self.list.addItems(texts)
        self._values = [value for _, value in options]
        at = self._values.index(chosen) if chosen in self._values else -1
        self.list.setCurrentIndex(at)
        self.list.setToolTip(texts[at] if at >= 0 else "")


def titled(widget: QWidget) -> tuple[Any, QWidget]:
    """Return a title for a widget, and both as one."""
    title, whole = label("small", "third"), QWidget()
    title.setBuddy(widget)
    inside = column(whole, (0, 0, 0, 0), 4)
    inside.addWidget(title)
    inside.addWidget(widget)
    return title, whole


def add_fact(layout: QVBoxLayout, title: str, figure: str) -> None:
    """Add a line with a fact's name and its figure; what is no figure but words stands below."""
    name, shown = Elided("small", "second"), label("small", text=figure)
    name.setText(title)
    if shown.sizeHint().width() > _FIGURE_PX:
        shown.deleteLater()
        layout.addWidget(name)
        layout.addWidget(Wrapped("small", text=figure))
        return
    line = row(name, shown)
    line.setStretch(0, 1)
    layout.addLayout(line)


def home_options(session: Session, none: str) -> Options:
    """Return the layers that can be homes, and none by what it is called."""
    layers, language = session.atlas.layers, session.state.language
    every = [(one.title.said(language), one.id) for one in homes.home_layers(layers)]
    return [(none, ""), *every]


def people_options(session: Session, layer: str) -> Options:
    """Return how the people of a layer's homes can be known."""
    said, language, layers = words(session), session.state.language, session.atlas.layers
    columns = homes.number_columns(layers[layer]) if layer in layers else ()
    return [
        (said("Not known"), ""),
        *(
            (
                said("{column} ÷ 35 m² a person", column=one.title.said(language))
                if one.unit == "m²"
                else one.title.said(language),
                one.name,
            )
            for one in columns
        ),
    ]


def first_people(session: Session, layer: str) -> str:
    """Return the column of people that is meant where nobody chose one: the sample's own."""
    return homes.SAMPLE_FLOOR_AREA if layer == homes.SAMPLE_HOMES else ""


def place_options(session: Session) -> Options:
    """Return the layers of places, by id."""
    layers, language = session.atlas.layers.values(), session.state.language
    return [(one.title.said(language), one.id) for one in layers if places.is_place_layer(one)]


def kind_options(session: Session, layer: str) -> Options:
    """Return the kinds of a layer's places, and all of them; each as a tuple of kinds."""
    said, language, layers = words(session), session.state.language, session.atlas.layers
    if layer not in layers:
        return [(said("All kinds"), ())]
    known = layers[layer].kinds
    kinds = sorted(set(places.features_of(layers[layer])["kind"].astype(str)))
    named = [(known[one].said(language) if one in known else one, (one,)) for one in kinds]
    return [(said("All kinds"), ()), *named]


def area_options(session: Session, none: str) -> Options:
    """Return the layers of areas, and none by what it is called."""
    layers, language = session.atlas.layers, session.state.language
    return [
        (none, ""),
        *((one.title.said(language), one.id) for one in homes.area_layers(layers)),
    ]


def walker_options(session: Session) -> Options:
    """Return who can walk, with their speeds."""
    said, language = words(session), session.state.language
    return [
        (
            said("{who}, {speed} km/h", who=one.title.said(language), speed=f"{one.speed_kmh:g}"),
            one.id,
        )
        for one in walkers().values()
    ]


class HomesChoice:
    """Which homes are asked about, and how many people live there.

    Parameters
    ----------
    session
        Whose layers are offered.
    ask
        Asks with other fields of the question.
    """

    def __init__(self, session: Session, ask: Callable[..., None]) -> None:
        self._session = session
        self._homes = Choice(lambda name: ask(homes=name, people=first_people(session, name)))
        self._people = Choice(lambda name: ask(people=name))
        self.widgets: tuple[QWidget, ...] = (self._homes, self._people)

    def show(self, title: str, none: str, homes: str, people: str) -> None:
        """Show which homes are chosen, under a title; `none` is what no homes are called."""
        said = words(self._session)
        self._homes.show_options(title, home_options(self._session, none), homes)
        options = people_options(self._session, homes)
        self._people.show_options(said("How many people live there?"), options, people)
        self._people.setVisible(bool(homes))


class PlacesChoice:
    """Which layer's places are asked about, and of which kinds; parameters as `HomesChoice`."""

    def __init__(self, session: Session, ask: Callable[..., None]) -> None:
        self._session = session
        self._layer = Choice(lambda name: ask(layer=name, kinds=()))
        self._kinds = Choice(lambda kinds: ask(kinds=kinds))
        self.widgets: tuple[QWidget, ...] = (self._layer, self._kinds)

    def show(self, title: str, layer: str, kinds: tuple[str, ...]) -> None:
        """Show which places are chosen, under a title."""
        said = words(self._session)
        named = [(said("None"), ""), *place_options(self._session)]
        self._layer.show_options(title, named, layer)
        self._kinds.show_options(said("Kind"), kind_options(self._session, layer), kinds)
