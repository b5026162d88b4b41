"""Scenes of the exhibition: TOML files that people write by hand ↔ values."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from sandbox import files, paths
from sandbox.catalog.description import Said, fault
from sandbox.errors import LayerError
from sandbox.streets.modes import STREET_MODES, Feeder, Mode, StreetMode
from sandbox.words import Text

FOLDER: Final = "scenes"
HERE: Final = "here"
_TOML_AT_MOST_BYTES: Final = 64 * 1024
_SCENES_AT_MOST: Final = 60

# "here" is where the sandbox stands; else a layer and an id in it.
Where = Annotated[str, Field(pattern=r"^(here|[a-z][a-z0-9_]*/[a-z0-9_]+)$")]
Minutes = Annotated[float, Field(ge=1, le=120)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Latitude = Annotated[float, Field(ge=-85, le=85)]
_Word = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Caption(Said):
    """A sentence on the picture.

    Attributes
    ----------
    source
        The article and its date.
    counts
        Layer whose groups it counts: where not all are in the picture, it says how many are.
    """

    source: Said | None = None
    counts: Annotated[str, Field(pattern=r"^[a-z0-9_]*$")] = ""


_Hour = Annotated[float, Field(ge=0, le=24)]


class Camera(_Table):
    """The ground that must be seen: about a place, so wide and so high, in metres.

    With `view` 3d it lies as a table over its relief, tilted, with `bearing_deg` up, in the
    light of an `hour` by the clock, or in that of maps.
    """

    place: Where | None = None
    center: tuple[float, float] | None = None
    width_m: Annotated[float, Field(gt=50, le=400_000)]
    height_m: Annotated[float, Field(gt=50, le=400_000)]
    view: Literal["map", "3d"] = "map"
    tilt_deg: Annotated[float, Field(ge=15, le=68)] = 58.0
    bearing_deg: Annotated[float, Field(ge=-360, le=360)] = 0.0
    hour: _Hour | None = None

    @model_validator(mode="after")
    def _one_middle(self) -> "Camera":
        if (self.place is None) == (self.center is None):
            raise ValueError("give either place or center")
        return self


class Reach(_Table):
    """The isochrone that the scene begins with; with `press`, visitors ask for others.

    Where it isn't `shown`, it is asked for the card alone.
    It begins at `place`, or where `at` is given, at that longitude and latitude.
    `modes` are those that visitors may choose, with big buttons; none leaves it at `mode`.
    For `mode` transit, `scenario` names the lines that run, and `against` those that the
    answer is compared with: what is gained is drawn, and counted on the card.
    """

    place: Where = HERE
    at: tuple[Longitude, Latitude] | None = None
    mode: Mode = "walk"
    minutes: Annotated[tuple[Minutes, ...], Field(min_length=1, max_length=8)] = (5.0, 10.0, 15.0)
    press: bool = False
    shown: bool = True
    modes: tuple[Mode, ...] = ()
    scenario: str = ""
    against: str = ""

    @model_validator(mode="after")
    def _by_transit(self) -> "Reach":
        if self.mode != "transit" and (self.scenario or self.against):
            raise ValueError("scenario and against are for the mode transit")
        if self.against and not self.scenario:
            raise ValueError("against needs a scenario")
        return self


class Subjects(_Table):
    """What a scene is about: seen whole, clear of panels, marked and named before all else.

    Attributes
    ----------
    places
        Features that are drawn and named; "here" says where the visitor stands.
    layers
        Layers each of whose features is drawn, named where there is room.
    numbered
        Whether places have numbers, which stand beside their rows on the card too.
    alone
        Whether no other places have marks.
    """

    places: tuple[Where, ...] = ()
    layers: tuple[_Word, ...] = ()
    numbered: bool = False
    alone: bool = False

    @model_validator(mode="after")
    def _something(self) -> "Subjects":
        if not self.places and not self.layers:
            raise ValueError("give places or layers")
        return self

    def of_layers(self) -> set[str]:
        """Return the ids of the layers that they are on."""
        return {*self.layers, *(one.split("/")[0] for one in self.places if one != HERE)}


class Places(_Table):
    """Places listed on the card with the minutes from somewhere, computed when shown."""

    title: Said
    layers: Annotated[tuple[_Word, ...], Field(min_length=1)]
    kinds: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    origin: Where = HERE
    mode: StreetMode = "walk"
    minutes: Minutes = 60.0
    rows: Annotated[int, Field(ge=1, le=9)] = 5


class Page(_Table):
    """A card of a directory: a heading, a sentence, perhaps a figure."""

    title: Said
    text: Said
    figures: tuple[str, ...] = ()


class Completeness(_Table):
    """Homes audited by a planning standard, each in the colour of how much it lacks.

    Attributes
    ----------
    homes, people
        Layer of the homes, and its column of people, or of floor area in square metres.
    facilities
        Layers of the facilities that count.
    area
        Layer of the areas that are audited; empty for everywhere.
    standard
        Id of a shipped standard.
    """

    homes: _Word
    people: str = ""
    area: Annotated[str, Field(pattern=r"^[a-z0-9_]*$")] = ""
    facilities: Annotated[tuple[_Word, ...], Field(min_length=1)]
    standard: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")] = "gb50180-2018"


class Stage(_Table):
    """A step within a scene, with its own button; `completeness` stands in place of reach."""

    id: _Word
    tile: Said
    caption: Caption | None = None
    layers: tuple[_Word, ...] = ()
    reach: Reach | None = None
    completeness: Completeness | None = None
    figures: tuple[str, ...] = ()
    pages: tuple[Page, ...] = ()
    camera: Camera | None = None
    subjects: Subjects | None = None


class Timeline(_Table):
    """Years that a slider runs through; features of `layers` appear by their opening year.

    Built-up ground with its streets and buildings appears by its own. A table's light goes
    evenly through `hours` meanwhile, from the first to the last.
    """

    first: Annotated[int, Field(ge=1900, le=2100)]
    last: Annotated[int, Field(ge=1900, le=2100)]
    layers: Annotated[tuple[_Word, ...], Field(min_length=1)]
    figures: Annotated[tuple[str, ...], Field(min_length=1)]
    hours: tuple[_Hour, _Hour] | None = None

    @model_validator(mode="after")
    def _forward(self) -> "Timeline":
        if self.last <= self.first:
            raise ValueError("last must come after first")
        return self


class Stop(_Table):
    """A place of a day out, the time of day there, what is done, and how one comes there."""

    place: Where
    mode: StreetMode | None = None
    clock: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
    text: Said


class Day(_Table):
    """A way from stop to stop that walks itself; minutes are computed when shown."""

    mode: Feeder = "walk"
    stops: Annotated[tuple[Stop, ...], Field(min_length=2, max_length=8)]


class Commute(_Table):
    """Homes and the places of work to be reached within a time, by several modes.

    For `transit` there is a figure for each of `scenarios`.
    """

    homes: tuple[Where, ...]
    work: Annotated[tuple[_Word, ...], Field(min_length=1)]
    modes: tuple[Mode, ...] = STREET_MODES
    minutes: Minutes = 30.0
    scenarios: Annotated[tuple[_Word, ...], Field(min_length=1)] = ("today",)


class Desks(_Table):
    """Where something is to be had: minutes to each by each mode from wherever one presses."""

    to: Annotated[tuple[Where, ...], Field(min_length=1, max_length=4)]
    modes: Annotated[tuple[Mode, ...], Field(min_length=1)] = STREET_MODES
    minutes: Minutes = 60.0
    scenario: _Word = "today"


class Spoken(Said):
    """A sentence of the film, so many seconds after the scene came on.

    `names` is the place that it names: its mark pulses once.
    """

    at_s: Annotated[float, Field(ge=0, le=600)]
    names: Where | None = None


class Film(_Table):
    """How the scene shows while scenes follow one another by themselves.

    `seconds` says for how long each of its first steps shows, later ones not at all; `spoken`
    what is said meanwhile.
    """

    seconds: Annotated[tuple[Annotated[float, Field(ge=0.5, le=120)], ...], Field(min_length=1)]
    spoken: tuple[Spoken, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> "Film":
        begins = [one.at_s for one in self.spoken]
        if begins != sorted(set(begins)) or any(one >= self.length_s for one in begins):
            raise ValueError("spoken must follow one another, before the scene ends")
        return self

    @property
    def length_s(self) -> float:
        """How long it shows altogether."""
        return sum(self.seconds)


class Scene(_Table):
    """One picture of the exhibition.

    Attributes
    ----------
    id
        Name of its file, without the number that sorts it.
    title, tile
        What stands over the picture, and on its button.
    duration_s
        How long it shows while scenes follow one another by themselves.
    camera
        What ground must be seen.
    layers
        Ids of the map layers that show; no others do.
    captions
        Sentences on the picture, one after another.
    narration
        File of spoken words; empty for none.
    notes
        For the guide alone.
    subjects
        What it is about; a stage may be about something else.
    film
        How long it shows by itself, and what is said; without it, `duration_s` counts.
    """

    id: str = ""
    title: Said
    tile: Said
    duration_s: Annotated[float, Field(ge=4, le=600)] = 14.0
    camera: Camera
    layers: tuple[_Word, ...]
    captions: tuple[Caption, ...] = ()
    narration: Annotated[str, Field(pattern=r"^[^/\\:]*$")] = ""
    notes: Said | None = None
    reach: Reach | None = None
    completeness: Completeness | None = None
    figures: tuple[str, ...] = ()
    places: Places | None = None
    stages: tuple[Stage, ...] = ()
    timeline: Timeline | None = None
    day: Day | None = None
    commute: Commute | None = None
    desks: Desks | None = None
    subjects: Subjects | None = None
    film: Film | None = None

    def said_places(self) -> set[str]:
        """Return the places that its film names."""
        spoken = self.film.spoken if self.film is not None else ()
        return {one.names for one in spoken if one.names is not None}

    @property
    def steps(self) -> int:
        """How many steps it has: its stages, or the years of its timeline."""
        if self.timeline is not None:
            return self.timeline.last - self.timeline.first + 1
        return len(self.stages)


@dataclass(frozen=True, slots=True)
class Loaded:
    """Scenes in the order of their files, and what is wrong with the others."""

    scenes: tuple[Scene, ...]
    faults: tuple[LayerError, ...]


def hidden_subjects(scene: Scene) -> set[str]:
    """Return the layers of a scene's subjects that it doesn't show when it is about them."""
    hidden = set[str]()
    for step in scene.stages or (None,):
        told = (step.subjects if step is not None else None) or scene.subjects
        if told is not None:
            shown = {*scene.layers, *(step.layers if step is not None else ())}
            hidden |= told.of_layers() - shown
    return hidden


def folder() -> Path:
    """Return where the shipped scenes lie."""
    return paths.layers() / FOLDER


def load_scenes(root: Path | None = None, own: Path | None = None) -> Loaded:
    """Read every scene of a folder; a broken one is a fault and the others still come.

    Parameters
    ----------
    root
        The folder; the shipped one where nothing is said.
    own
        The hall's own, where it has one; a scene in it takes the place of one of that name.
    """
    faults: list[LayerError] = []
    scenes = _of_folder(root or folder(), faults)
    if own is not None:
        scenes |= _of_folder(own, faults)
    ordered = sorted(scenes.values(), key=lambda pair: pair[0])
    return Loaded(tuple(scene for _, scene in ordered), tuple(faults))


def _of_folder(root: Path, faults: list[LayerError]) -> dict[str, tuple[str, Scene]]:
    """Return the scenes of a folder by id, each with the name of its file."""
    files = sorted(root.glob("*.toml"))
    scenes: dict[str, tuple[str, Scene]] = {}
    for file in files[:_SCENES_AT_MOST]:
        try:
            scene = read_scene(file)
        except LayerError as error:
            faults.append(error)
            continue
        if scene.id in scenes:
            faults.append(
                LayerError(
                    "The scene {id} appears twice; {file} is skipped.",
                    "Give it another name.",
                    id=scene.id,
                    file=file.name,
                )
            )
            continue
        scenes[scene.id] = (file.name, scene)
    if len(files) > _SCENES_AT_MOST:
        faults.append(
            LayerError(
                "There are {count} scenes; those after the first {limit} are skipped.",
                "Reduce their number in the folder.",
                count=len(files),
                limit=_SCENES_AT_MOST,
            )
        )
    return scenes


def read_scene(file: Path) -> Scene:
    """Read one scene.

    Raises
    ------
    LayerError
        The file can't be read as a scene; it names every fault.
    """
    faults: list[Text]
    try:
        said = files.read_toml(file, _TOML_AT_MOST_BYTES)
    except files.Unreadable as error:
        raise _broken(file, [error.reason]) from error
    try:
        return Scene.model_validate({**said, "id": id_of(file)})
    except ValidationError as error:
        faults = [fault(one) for one in error.errors(include_url=False)]
        raise _broken(file, faults) from error


def id_of(file: Path) -> str:
    """Return the id of a scene: its file's name without the number that sorts it."""
    number, _, name = file.stem.partition("_")
    return name if name and number.isdigit() else file.stem


def _broken(file: Path, faults: list[Text]) -> LayerError:
    return LayerError(
        "The scene {file} can't be shown",
        "Correct it, or remove it from the folder.",
        faults=faults,
        file=file.name,
    )
