"""What the kiosk sends to other devices: projectors by PJLink, sleeping ones by a packet.

PJLink (class 1, JBMIA) is a line each way over TCP; the libraries for it are for other
kinds of programs or no longer kept, and this is all that is needed of it.
"""

import hashlib
import re
import socket
from typing import Final

import wakeonlan

from sandbox.app.kiosk.config import Outgoing
from sandbox.errors import ControlError
from sandbox.files import reason_of

PJLINK_PORT: Final = 4352
_WAKE_PORT: Final = 9
_LIMIT_S: Final = 5.0
_LINE_AT_MOST: Final = 128
_REFUSALS: Final = {
    "ERR1": "it does not know the command",
    "ERR2": "it does not take the value",
    "ERR3": "it is not ready",
    "ERR4": "it has a fault",
    "ERRA": "the password is wrong",
}


def send(order: Outgoing) -> None:
    """Send one order and wait for the device's word, where it gives one.

    Raises
    ------
    ControlError
        The device can't be reached, or refuses.
    """
    try:
        if order.send == "wake":
            wakeonlan.wake(order.mac or "", host=order.host, port=order.port or _WAKE_PORT)
        else:
            _power(order, on=order.send == "power_on")
    except (OSError, ValueError) as error:
        raise ControlError(
            "{what} could not be sent to {host}: {reason}.",
            "Check its address and that it is on the network.",
            host=order.host,
            what=order.send,
            reason=reason_of(error) if isinstance(error, OSError) else error,
        ) from error


def _power(order: Outgoing, *, on: bool) -> None:
    at = (order.host, order.port or PJLINK_PORT)
    with socket.create_connection(at, timeout=_LIMIT_S) as line:
        line.settimeout(_LIMIT_S)
        greeting = re.fullmatch(r"PJLINK (?:0|1 (?P<salt>[0-9A-Fa-f]{8}))", _line(line))
        if greeting is None:
            raise ValueError("it does not speak PJLink")
        salt = greeting["salt"]
        # The standard wants MD5 here; it guards a projector's lamp, and nothing of ours.
        digest = (
            hashlib.md5(f"{salt}{order.password}".encode(), usedforsecurity=False).hexdigest()
            if salt
            else ""
        )
        line.sendall(f"{digest}%1POWR {int(on)}\r".encode())
        told = _line(line).upper()
    if told in ("%1POWR=OK", f"%1POWR={int(on)}"):
        return
    raise ValueError(_REFUSALS.get(told.rpartition("=")[2].rpartition(" ")[2], "it refuses"))


def _line(line: socket.socket) -> str:
    told = b""
    while not told.endswith(b"\r"):
        more = line.recv(1)
        if not more or len(told) > _LINE_AT_MOST:
            raise ValueError("it ends in the middle of a word")
        told += more
    return told.decode("ascii", "replace").strip()
