"""What a hall sets for its kiosk: the values of its configuration file."""

import ipaddress
import re
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from sandbox.app.kiosk.orders import SHOW_ACTIONS, ShowMode, fits
from sandbox.app.settings import Latitude, Longitude
from sandbox.words import Language

# It stood in the shipped example, so everybody knows it: it opens nothing.
PUBLISHED_PIN: Final = "2580"
BYTES_AT_MOST: Final = 256
OWN_SCENES: Final = "scenes"


def _address(text: str) -> str:
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        raise PydanticCustomError("address", "{expected}", {"expected": "10.0.0.7"}) from None
    return text


def _action(text: str) -> str:
    action, _, argument = text.partition(" ")
    if action not in SHOW_ACTIONS:
        raise PydanticCustomError("action", "{expected}", {"expected": ", ".join(SHOW_ACTIONS)})
    if not fits(action, argument.strip()):
        expected = f"{action} {SHOW_ACTIONS[action]}".strip()
        raise PydanticCustomError("argument", "{expected}", {"expected": expected})
    return text


def _hex(text: str) -> str:
    if re.fullmatch(r"([0-9A-Fa-f]{2}\s*)+", text.strip()) is None:
        raise PydanticCustomError("hex", "{expected}", {"expected": "A5 01 0D"})
    return text


Address = Annotated[str, Field(max_length=64), AfterValidator(_address)]
ActionLine = Annotated[str, Field(max_length=80), AfterValidator(_action)]
Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Port = Annotated[int, Field(ge=0, le=65535)]
Host = Annotated[str, Field(pattern=r"^[A-Za-z0-9.:_-]{1,253}$")]
Volume = Annotated[int, Field(ge=0, le=100)]
Cabinets = Annotated[int, Field(ge=1, le=40)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Command(_Table):
    """What a control unit sends, and what is done then.

    Attributes
    ----------
    ascii, hex
        The bytes, as text or in hex; one of the two. An end of line after them is ignored.
    do
        An action with its argument, as ``scene 3``.
    answer
        What is answered instead of the usual word.
    """

    ascii: Annotated[str, Field(pattern=r"^[\x20-\x7e]{1,120}$")] | None = None
    hex: Annotated[str, Field(max_length=3 * BYTES_AT_MOST), AfterValidator(_hex)] | None = None
    do: ActionLine
    answer: Annotated[str, Field(max_length=120)] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> "Command":
        if (self.ascii is None) == (self.hex is None):
            raise PydanticCustomError("one_form", "{expected}", {"expected": "ascii, hex"})
        return self

    @property
    def received(self) -> bytes:
        """The bytes, without an end of line."""
        told = self.ascii.encode() if self.ascii is not None else bytes.fromhex(self.hex or "")
        return told.rstrip(b"\r\n") or told


class Outgoing(_Table):
    """What the kiosk sends to another device: power by PJLink, or a packet that wakes it.

    Attributes
    ----------
    when
        ``open`` and ``close`` of the screen's hours, or ``scene`` with an id of one.
    send
        ``power_on``, ``power_off`` (PJLink) or ``wake``.
    host, port
        Where to; for ``wake`` the broadcast address.
    password
        Of the projector, where it asks for one.
    mac
        Which device wakes.
    """

    when: Annotated[str, Field(pattern=r"^(open|close|scene [a-z0-9_]{1,60})$")]
    send: Literal["power_on", "power_off", "wake"]
    host: Host = "255.255.255.255"
    port: Port | None = None
    password: Annotated[str, Field(max_length=32, repr=False)] = ""
    mac: Annotated[str, Field(pattern=r"^([0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}$")] | None = None

    @model_validator(mode="after")
    def _whole(self) -> "Outgoing":
        if self.send == "wake" and self.mac is None:
            raise PydanticCustomError("half", "{expected}", {"expected": "mac"})
        if self.send != "wake" and "host" not in self.model_fields_set:
            raise PydanticCustomError("half", "{expected}", {"expected": "host"})
        return self


class ControlConfig(_Table):
    """Central control: which ports listen, to whom, and to which words.

    Attributes
    ----------
    udp, tcp, http
        Ports; none means that nothing listens.
    listen
        Address to listen at; this machine alone where nothing is said.
    allow
        Addresses or networks that are listened to.
    token
        What HTTP requests must carry; HTTP stays off without one.
    words
        Whether the plain words (``scene 3``, ``next`` …) are understood beside `command`.
    answer, refusal
        What is answered to what was done, and to what was not.
    """

    udp: Port | None = None
    tcp: Port | None = None
    http: Port | None = None
    listen: Address = "127.0.0.1"
    allow: Annotated[tuple[Address, ...], Field(max_length=100)] = ("127.0.0.1",)
    token: Annotated[str, Field(max_length=200, repr=False)] = ""
    words: bool = True
    answer: Annotated[str, Field(max_length=120)] = "{said}\r\n"
    refusal: Annotated[str, Field(max_length=120)] = "ERR\r\n"
    command: Annotated[tuple[Command, ...], Field(max_length=500)] = ()
    send: Annotated[tuple[Outgoing, ...], Field(max_length=100)] = ()

    @model_validator(mode="after")
    def _guarded(self) -> "ControlConfig":
        if self.http is not None and len(self.token) < 16:
            raise PydanticCustomError("token", "{expected}", {"expected": "token"})
        return self


class TakeConfig(_Table):
    """Take it along: whether visitors' maps are served on the hall's network.

    Attributes
    ----------
    port
        Port of the pages; none means that nothing is served, and codes hold a short text.
    listen
        Address to listen at.
    address
        Name or address that visitors' phones reach, with which codes begin.
    minutes
        How long a map can be fetched.
    """

    port: Port | None = None
    listen: Address = "127.0.0.1"
    address: Annotated[str, Field(pattern=r"^(https?://[A-Za-z0-9.:\[\]_-]{1,253})?$")] = ""
    minutes: Annotated[float, Field(ge=1, le=240)] = 20.0


class VolumeFrom(_Table):
    """A volume that holds from a time of the day on."""

    at: Clock
    volume: Volume


class ScheduleConfig(_Table):
    """Hours of the hall, by its wall clock.

    Attributes
    ----------
    screen_on, screen_off
        Between them the picture shows, outside of them it is black; both or neither.
    restart
        When the program starts anew each day.
    volume
        Volumes from times of the day on.
    """

    screen_on: Clock | None = None
    screen_off: Clock | None = None
    restart: Clock | None = None
    volume: Annotated[tuple[VolumeFrom, ...], Field(max_length=48)] = ()

    @model_validator(mode="after")
    def _both(self) -> "ScheduleConfig":
        if (self.screen_on is None) != (self.screen_off is None):
            raise PydanticCustomError("half", "{expected}", {"expected": "screen_on, screen_off"})
        return self


class SupervisorConfig(_Table):
    """How the program is watched over.

    Attributes
    ----------
    hang_s
        So long without a sign of life from the window means that it hangs.
    start_s
        So long may the program take until its first sign of life.
    pause_s
        Least time between two starts.
    crashes, within_min
        After so many ends within so many minutes it starts in safe mode: with the shipped
        streets and scenes and the defaults, but with what is the hall's own.
    """

    hang_s: Annotated[float, Field(ge=1, le=60)] = 2.0
    start_s: Annotated[float, Field(ge=5, le=600)] = 120.0
    pause_s: Annotated[float, Field(ge=0.1, le=60)] = 1.0
    crashes: Annotated[int, Field(ge=1, le=20)] = 3
    within_min: Annotated[float, Field(ge=1, le=240)] = 30.0


_KEPT_IN_SAFE_MODE: Final = (
    "language",
    "pin",
    "screen",
    "here",
    "approval_number",
    "internal",
    "control",
)


class KioskConfig(_Table):
    """How the kiosk behaves; the defaults are those of a hall without a configuration.

    Attributes
    ----------
    language
        What the show begins with, and returns to.
    mode
        ``automatic``, ``touch`` or ``guided``.
    scenes
        Ids of the scenes in order; none means all.
    scenes_folder
        Folder of the hall's own scenes; a relative one lies beside the user's configuration,
        an empty name means none.
    idle_s
        So long nobody touches before scenes follow one another.
    scene_s
        How long each shows then; 0 leaves it to the scene.
    pin
        Digits that open the way out; empty for none, and then no touch opens it.
    motion
        Whether answers spread as a wave, scenes fade and the map drifts.
    sounds
        Whether a press, a wave and its arrival are heard, quietly.
    volume
        Of the narration, 0 to 100.
    screen, guide_screen
        Screens of the picture and of the guide's console, from 0; negative for no console.
    diagonal_inch, viewing_m
        Of the screen, and how far away visitors stand.
    cabinets
        Columns and rows of equal screens that it is made of; panels keep off their seams.
    network
        Network file to open, beside what the settings say.
    project
        Project to open, with layers and streets of its own; it comes before a network.
    here, approval_number
        As in the settings; these come first.
    internal
        Whether only invited people see the show, as a demonstration: then maps may be taken
        along without an approval number.
    usage
        Whether the hall's own figures are kept.
    """

    language: Language = "zh"
    mode: ShowMode = "touch"
    scenes: Annotated[tuple[str, ...], Field(max_length=200)] = ()
    scenes_folder: Annotated[str, Field(max_length=1000)] = OWN_SCENES
    idle_s: Annotated[float, Field(ge=5, le=3600)] = 90.0
    scene_s: Annotated[float, Field(ge=0, le=600)] = 0.0
    pin: Annotated[str, Field(pattern=r"^([0-9]{4,8})?$", repr=False)] = ""
    motion: bool = True
    sounds: bool = True
    volume: Volume = 70
    screen: Annotated[int, Field(ge=0, le=15)] = 0
    guide_screen: Annotated[int, Field(ge=-1, le=15)] = -1
    diagonal_inch: Annotated[float, Field(ge=10, le=1000)] = 55.0
    viewing_m: Annotated[float, Field(ge=0.3, le=30)] = 2.0
    cabinets: tuple[Cabinets, Cabinets] = (1, 1)
    network: Annotated[str, Field(max_length=1000)] = ""
    project: Annotated[str, Field(max_length=1000)] = ""
    here: tuple[Longitude, Latitude] | None = None
    approval_number: Annotated[str, Field(max_length=60)] = ""
    internal: bool = False
    usage: bool = True
    control: ControlConfig = ControlConfig()
    take: TakeConfig = TakeConfig()
    schedule: ScheduleConfig = ScheduleConfig()
    supervisor: SupervisorConfig = SupervisorConfig()

    @property
    def own_pin(self) -> str:
        """The hall's own PIN; empty where it has none, or the one that everybody knows."""
        return "" if self.pin == PUBLISHED_PIN else self.pin

    def safe(self) -> "KioskConfig":
        """Return what stays in safe mode: what is the hall's own and what it is driven by.

        Scenes of its own, its network file, pages to take along and all else that may have
        made it fail is as without a configuration.
        """
        kept = {name: getattr(self, name) for name in _KEPT_IN_SAFE_MODE}
        return KioskConfig(scenes_folder="").model_copy(update=kept)
