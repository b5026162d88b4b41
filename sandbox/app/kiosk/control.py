"""Central control: what bytes from outside may do, and nothing else.

No bytes are ever interpreted: they are looked up whole in a table that was made from
the configuration before anything listened. Used from several threads.
"""

import ipaddress
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sandbox.app.kiosk.config import BYTES_AT_MOST, ControlConfig
from sandbox.app.kiosk.orders import Budget

ORDERS_PER_S: Final = 20.0
ORDERS_AT_ONCE: Final = 20.0
_SCENES: Final = 99
_WORDS: Final = (
    *(("scene", str(number)) for number in range(1, _SCENES + 1)),
    *(("stage", str(number)) for number in range(1, _SCENES + 1)),
    *(("volume", str(number)) for number in range(101)),
    *(("volume", word) for word in ("up", "down", "mute")),
    *(("language", word) for word in ("", "zh", "en")),
    *((action, word) for action in ("black", "freeze") for word in ("", "on", "off")),
    *(("mode", word) for word in ("automatic", "touch", "guided")),
    *((action, "") for action in ("next", "previous", "restart", "status")),
)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done, and the bytes that answer it; None for the usual words."""

    action: str
    argument: str
    answer: bytes | None = None


@dataclass(slots=True)
class Counts:
    """How many messages came, by what became of them."""

    taken: int = 0
    unknown: int = 0
    oversized: int = 0
    stranger: int = 0
    too_many: int = 0


class Switchboard:
    """Finds the order that a message gives, if whoever sends it may give one.

    Parameters
    ----------
    config
        The table, and who is listened to.
    now_s
        A clock that never jumps, seconds.
    """

    def __init__(self, config: ControlConfig, now_s: Callable[[], float] = time.monotonic) -> None:
        self.table = table(config)
        self.counts = Counts()
        self._allowed = [ipaddress.ip_network(one, strict=False) for one in config.allow]
        self._budget = Budget(ORDERS_PER_S, ORDERS_AT_ONCE, now_s)
        self._guard = threading.Lock()

    def listens_to(self, address: str) -> bool:
        """Return whether an address is on the list; a stranger is counted."""
        if self._known(address):
            return True
        with self._guard:
            self.counts.stranger += 1
        return False

    def order(self, message: bytes) -> Order | None:
        """Return what a message orders; None where it is dropped, which is counted."""
        with self._guard:
            counts = self.counts
            if len(message) > BYTES_AT_MOST:
                counts.oversized += 1
                return None
            found = self.table.get(message) or self.table.get(message.rstrip(b"\r\n"))
            if found is None:
                counts.unknown += 1
                return None
            if not self._budget.take():
                counts.too_many += 1
                return None
            counts.taken += 1
            return found

    def drop_oversized(self) -> None:
        """Count a message that went on for too long to be read."""
        with self._guard:
            self.counts.oversized += 1

    def drop_too_many(self, number: int) -> None:
        """Count messages that came too close together to be read."""
        with self._guard:
            self.counts.too_many += number

    def _known(self, text: str) -> bool:
        try:
            address = ipaddress.ip_address(text.partition("%")[0])
        except ValueError:
            return False
        if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        return any(address in network for network in self._allowed)


def table(config: ControlConfig) -> dict[bytes, Order]:
    """Return every message that means something, without an end of line, and its order."""
    known: dict[bytes, Order] = {}
    if config.words:
        for action, argument in _WORDS:
            known[f"{action} {argument}".strip().encode()] = Order(action, argument)
    for row in config.command:
        action, _, argument = row.do.partition(" ")
        answer = None if row.answer is None else row.answer.encode()
        known[row.received] = Order(action, argument.strip(), answer)
    return known


def messages(data: bytes, known: dict[bytes, Order]) -> list[bytes]:
    """Return the messages in what came over a stream: a whole one, else its lines.

    Bytes of a table may hold ends of lines themselves, so the whole is looked up first.
    """
    if data in known or data.rstrip(b"\r\n") in known:
        return [data]
    return [line for line in data.replace(b"\r", b"\n").split(b"\n") if line]
