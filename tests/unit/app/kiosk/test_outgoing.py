"""What the kiosk sends: PJLink as a projector hears it, and the packet that wakes."""

import hashlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from sandbox.app.kiosk.config import Outgoing
from sandbox.app.kiosk.outgoing import send
from sandbox.errors import ControlError


@contextmanager
def projector(speak: Callable[[socket.socket], None]) -> Iterator[int]:
    """Give the port of a projector that hears one call."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def hear() -> None:
            line, _ = server.accept()
            with line:
                line.settimeout(5)
                speak(line)

        thread = threading.Thread(target=hear)
        thread.start()
        yield server.getsockname()[1]
        thread.join(5)


def _order(port: int, word: str, **more: object) -> Outgoing:
    told = {"when": "open", "send": word, "host": "127.0.0.1", "port": port, **more}
    return Outgoing.model_validate(told)


@pytest.mark.parametrize(("word", "bit"), [("power_on", "1"), ("power_off", "0")])
def test_a_projector_without_a_password_is_switched(word: str, bit: str) -> None:
    heard: list[bytes] = []

    def speak(line: socket.socket) -> None:
        line.sendall(b"PJLINK 0\r")
        heard.append(line.recv(100))
        line.sendall(b"%1POWR=OK\r")

    with projector(speak) as port:
        send(_order(port, word))
    assert heard == [f"%1POWR {bit}\r".encode()]


def test_a_password_is_sent_as_the_standard_says() -> None:
    heard: list[bytes] = []

    def speak(line: socket.socket) -> None:
        line.sendall(b"PJLINK 1 498e4a67\r")
        heard.append(line.recv(100))
        line.sendall(b"%1POWR=OK\r")

    with projector(speak) as port:
        send(_order(port, "power_on", password="JBMIAProjectorLink"))  # noqa: S106
    # The example of the standard itself.
    assert heard == [b"5d8409bc1c3fa39749434aa3a5c38682%1POWR 1\r"]
    assert hashlib.md5(b"498e4a67JBMIAProjectorLink").hexdigest() in heard[0].decode()  # noqa: S324


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (b"PJLINK 0\r%1POWR=ERR3\r", "not ready"),
        (b"PJLINK 1 498e4a67\rPJLINK ERRA\r", "password"),
        (b"HTTP/1.1 400\r", "does not speak PJLink"),
        (b"PJL", "middle of a word"),
        (b"x" * 1000, "middle of a word"),
    ],
)
def test_a_projector_that_refuses_is_one_error(said: bytes, why: str) -> None:
    with projector(lambda line: line.sendall(said)) as port, pytest.raises(ControlError, match=why):
        send(_order(port, "power_on"))


def test_a_projector_that_is_off_the_network_is_one_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(ControlError, match=r"power_on could not be sent to 127\.0\.0\.1"):
        send(_order(port, "power_on"))


def test_the_packet_that_wakes_names_the_device_sixteen_times() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ear:
        ear.bind(("127.0.0.1", 0))
        ear.settimeout(5)
        send(_order(ear.getsockname()[1], "wake", mac="01:23:45:67:89:ab"))
        packet = ear.recv(1000)
    assert packet == b"\xff" * 6 + bytes.fromhex("0123456789ab") * 16
