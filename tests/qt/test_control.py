"""Central control's ports with a real show behind them, as a hall's units speak to them."""

import io
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sandbox.app.kiosk import control_http
from sandbox.app.kiosk.config import Command, ControlConfig
from sandbox.app.kiosk.control import Order, Switchboard, table
from sandbox.app.kiosk.control_http import ControlPage
from sandbox.app.kiosk.show import Show
from sandbox.app.kiosk.web import (
    ANSWER_S,
    CONNECTIONS_AN_ADDRESS,
    REQUEST_S,
    StartResponse,
    Web,
    _caller,
    answer,
)
from sandbox.errors import ControlError
from sandbox.ui.post import Post
from sandbox.ui.remote import local
from sandbox.ui.remote.control import Answering, DatagramPort, StreamPort
from sandbox.ui.remote.local import LocalPort, tell
from sandbox.words import Words
from tests.support.show import show

CONFIG = ControlConfig(command=(Command(hex="A5 01", do="scene 2", answer="A5"),))
TOKEN = "0123456789abcdef"  # noqa: S105


@pytest.fixture
def board() -> Switchboard:
    return Switchboard(CONFIG)


@pytest.fixture
def hall(qapp: object) -> Show:
    return show()


@pytest.fixture
def datagrams(hall: Show, board: Switchboard) -> Iterator[DatagramPort]:
    port = DatagramPort(CONFIG, 0, board, hall.do)
    yield port
    port.close()


@pytest.fixture
def streams(hall: Show, board: Switchboard) -> Iterator[StreamPort]:
    port = StreamPort(CONFIG, 0, board, hall.do)
    yield port
    port.close()


def client(kind: int, port: int) -> socket.socket:
    made = socket.socket(socket.AF_INET, kind)
    made.connect(("127.0.0.1", port))
    made.setblocking(False)
    return made


def heard(qtbot: QtBot, line: socket.socket, size: int) -> bytes:
    """Give what comes back, up to a number of bytes."""
    told = b""

    def read() -> bool:
        nonlocal told
        with suppress(BlockingIOError):
            told += line.recv(1000)
        return len(told) >= size

    qtbot.waitUntil(read, timeout=60_000)
    return told


# --- datagrams -----------------------------------------------------------------------------


@pytest.mark.parametrize("end", [b"", b"\r\n"])
def test_a_datagram_shows_a_scene_and_is_answered(
    qtbot: QtBot, hall: Show, datagrams: DatagramPort, end: bytes
) -> None:
    with client(socket.SOCK_DGRAM, datagrams.port) as line:
        line.send(b"scene 3" + end)
        assert heard(qtbot, line, 4) == b"ok\r\n"
        assert hall.state.scene == "labs"
        line.send(bytes.fromhex("A501") + end)
        assert heard(qtbot, line, 2) == b"A5"
        assert hall.state.scene == "parks"


def test_datagrams_that_say_nothing_known_do_nothing(
    qtbot: QtBot, hall: Show, datagrams: DatagramPort, board: Switchboard
) -> None:
    before = hall.state
    with client(socket.SOCK_DGRAM, datagrams.port) as line:
        for sent in (b"scene 3; rm", b"x" * 5000, b"\x00", b"SCENE 3", b"scene  3"):
            line.send(sent)
        qtbot.waitUntil(lambda: board.counts.unknown == 4 and board.counts.oversized == 1)
    assert hall.state == before


def test_a_stranger_is_not_heard(qtbot: QtBot, hall: Show) -> None:
    config = ControlConfig(allow=("10.9.9.9",))
    board = Switchboard(config)
    before = hall.state
    datagrams = DatagramPort(config, 0, board, hall.do)
    streams = StreamPort(config, 0, board, hall.do)
    with client(socket.SOCK_DGRAM, datagrams.port) as line:
        line.send(b"next")
        qtbot.waitUntil(lambda: board.counts.stranger == 1)
    with client(socket.SOCK_STREAM, streams.port) as line:
        qtbot.waitUntil(lambda: board.counts.stranger == 2)
        qtbot.waitUntil(lambda: _ended(line))
    assert hall.state == before
    datagrams.close()
    streams.close()


def _ended(line: socket.socket) -> bool:
    try:
        return line.recv(100) == b""
    except BlockingIOError:
        return False
    except ConnectionError:
        return True


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.binary(max_size=400), max_size=20))
def test_noise_orders_nothing(
    qtbot: QtBot, datagrams: DatagramPort, hall: Show, noise: list[bytes]
) -> None:
    known = table(CONFIG)
    before = hall.state
    sent = [one for one in noise if one.rstrip(b"\r\n") not in known]
    board = datagrams._board
    dropped = board.counts.unknown + board.counts.oversized
    with client(socket.SOCK_DGRAM, datagrams.port) as line:
        for one in sent:
            line.send(one)
        qtbot.waitUntil(
            lambda: board.counts.unknown + board.counts.oversized == dropped + len(sent)
        )
    assert hall.state == before
    assert board.counts.taken == 0


FLOOD = """
import socket, sys
line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
line.connect(("127.0.0.1", int(sys.argv[1])))
for _ in range(100_000):
    try:
        line.send(b"next")
    except OSError:
        pass
"""


def test_a_flood_of_datagrams_leaves_the_window_its_frames(
    qtbot: QtBot, hall: Show, datagrams: DatagramPort, board: Switchboard
) -> None:
    """Count the processor time of this thread: what else the machine does must not matter."""
    turns: list[float] = []
    read = datagrams._read

    def timed() -> None:
        began = time.thread_time()
        read()
        turns.append(time.thread_time() - began)

    datagrams._turn.timeout.disconnect()
    datagrams._turn.timeout.connect(timed)
    with subprocess.Popen([sys.executable, "-c", FLOOD, str(datagrams.port)]) as flood:
        qtbot.waitUntil(lambda: flood.poll() is not None, timeout=60_000)
    assert flood.returncode == 0
    assert board.counts.taken + board.counts.too_many > 100
    assert board.counts.taken <= 20 + 20 * 60
    assert max(turns) < 0.016
    turns.sort()
    assert turns[len(turns) // 2] < 0.008


# --- streams -------------------------------------------------------------------------------


@pytest.mark.parametrize("end", [b"", b"\r", b"\n", b"\r\n"])
def test_a_stream_shows_scenes_with_and_without_ends_of_line(
    qtbot: QtBot, hall: Show, streams: StreamPort, end: bytes
) -> None:
    with client(socket.SOCK_STREAM, streams.port) as line:
        line.send(b"scene 4" + end)
        assert heard(qtbot, line, 4) == b"ok\r\n"
        assert hall.state.scene == "hub"
        line.send(b"status" + end)
        assert b"scene=hub" in heard(qtbot, line, 20)
        line.send(b"format c:" + end)
        assert heard(qtbot, line, 5) == b"ERR\r\n"
        line.send(b"scene 77" + end)
        assert heard(qtbot, line, 5) == b"ERR\r\n"
    assert hall.state.scene == "hub"


def test_several_lines_at_once_are_all_done(qtbot: QtBot, hall: Show, streams: StreamPort) -> None:
    with client(socket.SOCK_STREAM, streams.port) as line:
        line.send(b"scene 2\r\nlanguage en\r\nvolume 40\r\n")
        assert heard(qtbot, line, 12) == b"ok\r\n" * 3
    assert (hall.state.scene, hall.state.language, hall.state.volume) == ("parks", "en", 40)


def test_a_slow_client_is_heard_in_pieces(qtbot: QtBot, hall: Show, streams: StreamPort) -> None:
    """Its bytes come within the pause that ends a message, each apart."""
    with client(socket.SOCK_STREAM, streams.port) as line:
        for byte in (b"sce", b"ne ", b"2\r\n"):
            line.send(byte)
            qtbot.wait(10)
        assert heard(qtbot, line, 4) == b"ok\r\n"
    assert hall.state.scene == "parks"


def test_a_stream_without_an_end_is_cut_off(
    qtbot: QtBot, hall: Show, streams: StreamPort, board: Switchboard
) -> None:
    before = hall.state
    with client(socket.SOCK_STREAM, streams.port) as line:

        def sent() -> bool:
            with suppress(BlockingIOError, ConnectionError):
                line.send(b"a" * 1000)
            return board.counts.oversized > 0

        qtbot.waitUntil(sent)
    qtbot.waitUntil(lambda: streams.connections == 0)
    assert hall.state == before


@pytest.fixture
def two() -> ControlConfig:
    return CONFIG.model_copy(update={"allow": ("127.0.0.1", "127.0.0.2")})


def caller(address: str, port: int) -> socket.socket:
    """Connect from another address of this machine."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.bind((address, 0))
    made.connect(("127.0.0.1", port))
    made.setblocking(False)
    return made


def test_of_one_address_the_newest_few_are_connected_and_nobody_else_is_kept_out(
    qtbot: QtBot, two: ControlConfig, hall: Show
) -> None:
    streams = StreamPort(two, 0, Switchboard(two), hall.do)
    lines = []
    for _ in range(40):
        lines.append(caller("127.0.0.2", streams.port))
        qtbot.waitUntil(lambda: not streams._server.hasPendingConnections())
        QApplication.processEvents()
    qtbot.waitUntil(lambda: sum(map(_ended, lines[:-4])) == 36)
    assert streams.connections == 4
    assert not any(map(_ended, lines[-4:]))
    with client(socket.SOCK_STREAM, streams.port) as line:
        line.send(b"scene 3\n")
        assert heard(qtbot, line, 4) == b"ok\r\n"
    # Whoever gave an order stays longest, whatever the others say.
    lines[-4].send(b"status\n")
    assert b"scene=labs" in heard(qtbot, lines[-4], 20)
    for talker in lines[-3:]:
        talker.send(b"?\n")
        assert heard(qtbot, talker, 5) == b"ERR\r\n"
    more = [caller("127.0.0.2", streams.port) for _ in range(3)]
    qtbot.waitUntil(lambda: all(map(_ended, lines[-3:])))
    assert not _ended(lines[-4])
    for line in (*lines, *more):
        line.close()
    qtbot.waitUntil(lambda: streams.connections == 0)
    streams.close()


def test_a_port_that_is_taken_is_one_error(streams: StreamPort, hall: Show) -> None:
    with pytest.raises(ControlError, match=f"TCP port {streams.port}"):
        StreamPort(CONFIG, streams.port, Switchboard(CONFIG), hall.do)


# --- HTTP ----------------------------------------------------------------------------------


@pytest.fixture
def page(hall: Show, board: Switchboard) -> Iterator[Web]:
    post = Post()
    web = Web(
        ControlPage(TOKEN, board, post, Answering(CONFIG, hall.do)), "127.0.0.1", 0, "control"
    )
    yield web
    web.close()
    post.close()


def request(qtbot: QtBot, url: str, data: bytes | None, token: str = TOKEN) -> tuple[int, bytes]:
    """Ask from another thread, for this one answers."""
    got: list[tuple[int, bytes]] = []

    def ask() -> None:
        asked = urllib.request.Request(  # noqa: S310
            url, data=data, headers={"Authorization": f"Bearer {token}"}
        )
        try:
            with urllib.request.urlopen(asked, timeout=10) as told:  # noqa: S310
                got.append((told.status, told.read()))
        except urllib.error.HTTPError as error:
            got.append((error.code, error.read()))
            error.close()

    thread = Thread(target=ask)
    thread.start()
    qtbot.waitUntil(lambda: bool(got), timeout=60_000)
    thread.join()
    return got[0]


def test_http_does_what_the_table_says(qtbot: QtBot, hall: Show, page: Web) -> None:
    url = f"http://127.0.0.1:{page.port}/do"
    assert request(qtbot, url, b"scene 2\r\n") == (200, b"ok\r\n")
    assert hall.state.scene == "parks"
    assert request(qtbot, url, b"A5")[0] == 400
    assert request(qtbot, url, bytes.fromhex("A501")) == (200, b"A5")


@pytest.mark.parametrize(
    ("path", "data", "token", "status"),
    [
        ("/do", b"next", "0123456789abcdee", 401),
        ("/do", b"next", "", 401),
        ("/do", b"next", TOKEN + "0", 401),
        ("/", b"next", TOKEN, 404),
        ("/do/../etc/passwd", b"next", TOKEN, 404),
        ("/do", None, TOKEN, 405),
        ("/do", b"nonsense", TOKEN, 400),
        ("/do", b"x" * 900, TOKEN, 400),
        ("/do", b"x" * 5000, TOKEN, 413),
    ],
)
def test_http_refuses_all_else(
    qtbot: QtBot, hall: Show, page: Web, path: str, data: bytes | None, token: str, status: int
) -> None:
    before = hall.state
    assert request(qtbot, f"http://127.0.0.1:{page.port}{path}", data, token)[0] == status
    assert hall.state == before


def test_a_slow_request_keeps_nobody_waiting(qtbot: QtBot, hall: Show, page: Web) -> None:
    slow = [client(socket.SOCK_STREAM, page.port) for _ in range(40)]
    for line in slow:
        line.send(b"POST /do HTTP/1.1\r\nContent-Le")
    assert request(qtbot, f"http://127.0.0.1:{page.port}/do", b"next") == (200, b"ok\r\n")
    for line in slow:
        line.close()


def slow_ones(address: str, port: int, count: int, begun: bytes) -> list[socket.socket]:
    """Connect so often, and begin to say something."""
    made = []
    for _ in range(count):
        line = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        line.bind((address, 0))
        line.connect(("127.0.0.1", port))
        with suppress(OSError):
            line.send(begun)
        line.settimeout(10)
        made.append(line)
    return made


def _gone(line: socket.socket) -> bool:
    try:
        return line.recv(1000) == b""
    except ConnectionError:
        return True


@pytest.mark.parametrize("stranger", [True, False], ids=["stranger", "one that may"])
def test_slow_connections_of_one_address_keep_nobody_waiting(
    qtbot: QtBot, hall: Show, two: ControlConfig, stranger: bool
) -> None:
    """None of them ever ends its request, and time passes only for the server."""
    now = [0.0]
    board, post = Switchboard(CONFIG if stranger else two), Post()
    web = Web(
        ControlPage(TOKEN, board, post, Answering(CONFIG, hall.do)), "127.0.0.1", 0, "control",
        welcome=board.listens_to, now_s=lambda: now[0],
    )  # fmt: skip
    slow = slow_ones("127.0.0.2", web.port, 80, b"POST /do HTTP/1.1\r\nX: ")
    url = f"http://127.0.0.1:{web.port}/do"
    assert request(qtbot, url, b"scene 2") == (200, b"ok\r\n")
    held = [] if stranger else slow[-CONNECTIONS_AN_ADDRESS:]
    assert all(map(_gone, slow[: len(slow) - len(held)]))
    assert board.counts.stranger == (80 if stranger else 0)
    for line in held:
        line.send(b"y")
    now[0] = REQUEST_S / 2
    assert request(qtbot, url, b"scene 3") == (200, b"ok\r\n")
    for line in held:
        line.send(b"y")
    now[0] = REQUEST_S + 0.1
    assert all(map(_gone, slow))
    assert request(qtbot, url, b"scene 1") == (200, b"ok\r\n")
    for line in slow:
        line.close()
    web.close()
    post.close()


def test_who_asks_and_does_not_take_the_answer_is_cut_off_too() -> None:
    now = [0.0]
    page = b"x" * 15_000_000

    def app(_environ: object, start: StartResponse) -> list[bytes]:
        return answer(start, "200 OK", page)

    web = Web(app, "127.0.0.1", 0, "take", now_s=lambda: now[0])
    (deaf,) = slow_ones("127.0.0.1", web.port, 1, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    assert deaf.recv(12) == b"HTTP/1.1 200"
    now[0] = ANSWER_S / 2
    time.sleep(0.5)
    now[0] = ANSWER_S + REQUEST_S + 1.0
    time.sleep(0.5)
    got = 12
    with suppress(ConnectionError):
        while more := deaf.recv(1 << 20):
            got += len(more)
    assert got < len(page)
    deaf.close()
    web.close()


def test_a_connection_is_for_one_request(page: Web) -> None:
    (line,) = slow_ones("127.0.0.1", page.port, 1, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    told = b""
    while more := line.recv(1000):
        told += more
    assert told.startswith(b"HTTP/1.1 401")
    assert b"Connection: close" in told
    line.close()


def test_an_address_of_ipv6_stands_for_its_network() -> None:
    assert _caller("2001:db8::1") == _caller("2001:db8::ffff:2") != _caller("2001:db8:0:1::1")
    assert _caller("fe80::1%eth0") == "fe80::/64"
    assert _caller("127.0.0.2") == "127.0.0.2"


def asked(post: Callable[[Callable[[], None]], None], do: Callable[[Order], bytes]) -> list[str]:
    """Return the status that a request for the next scene gets."""
    status: list[str] = []
    environ = {
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_AUTHORIZATION": f"Bearer {TOKEN}",
        "PATH_INFO": "/do",
        "REQUEST_METHOD": "POST",
        "wsgi.input": io.BytesIO(b"next"),
    }
    page = ControlPage(TOKEN, Switchboard(CONFIG), post, do)
    list(page(environ, lambda told, _headers: status.append(told)))
    return status


def test_an_order_that_was_given_up_is_not_done_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(control_http, "_PATIENCE_S", 0.05)
    waiting: list[Callable[[], None]] = []
    done: list[Order] = []

    def do(order: Order) -> bytes:
        done.append(order)
        return b"ok"

    assert asked(waiting.append, do) == ["503 Service Unavailable"]
    for call in waiting:
        call()
    assert done == []
    assert asked(lambda call: call(), do) == ["200 OK"]
    assert len(done) == 1


def test_an_order_that_fails_keeps_nobody_waiting() -> None:
    def fail(_order: Order) -> bytes:
        raise KeyError("a scene")

    def post(call: Callable[[], None]) -> None:
        # As the UI thread does, which logs it and goes on.
        with pytest.raises(KeyError):
            call()

    with pytest.raises(KeyError):
        asked(post, fail)


# --- the local socket ----------------------------------------------------------------------


@pytest.fixture
def own(hall: Show) -> Iterator[LocalPort]:
    port = LocalPort(hall.do)
    yield port
    port.close()


def told(qtbot: QtBot, language: str, order: str) -> tuple[int, str]:
    """What `sandbox ctl` ends with and says, in a process of its own."""
    call = [sys.executable, "-m", "sandbox", "--lang", language, "ctl", *order.split(" ")]
    with subprocess.Popen(
        call, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    ) as ctl:
        qtbot.waitUntil(lambda: ctl.poll() is not None, timeout=60_000)
        assert ctl.stdout is not None
        return ctl.returncode, ctl.stdout.read().strip()


def test_the_users_own_programs_are_heard(qtbot: QtBot, hall: Show, own: LocalPort) -> None:
    assert told(qtbot, "en", "scene hub") == (0, "ok")
    assert hall.state.scene == "hub"
    status, said = told(qtbot, "en", "status")
    assert status == 0
    assert "scene=hub" in said


@pytest.mark.parametrize(
    ("language", "order", "said"),
    [
        ("en", "scene 99", "There is no scene 99."),
        ("zh", "scene 99", "没有场景 99。"),
        ("en", "open /", "There is no action open."),
        ("en", "volume 900", "can't be 900"),
        ("en", "volume -3", "volume can't be -3. Give 0 to 100"),
        ("en", "scene", "scene needs a value. Give 1 to 4, or one of: city"),
        ("zh", "scene", "scene 后面要有一个值。"),
        ("en", "scene 3\udcff", "There is no scene 3?"),
    ],
)
def test_a_refusal_comes_in_the_users_language(
    qtbot: QtBot, hall: Show, own: LocalPort, language: str, order: str, said: str
) -> None:
    before = hall.state
    status, line = told(qtbot, language, order)
    assert status == 2
    assert line.startswith("sandbox: ")
    assert said in line
    assert "\n" not in line
    assert hall.state == before


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (f"scene {'9' * 3000}", "scene can't be 99999999999999999999…. Give a short value"),
        ("scene 3\nblack", "scene can't be 3…. Give a short value on one line."),
        ("scene\n3", "There is no action scene. Available actions"),
        ("9" * 3000, f"There is no action {'9' * 40}. Available actions"),
    ],
)
def test_an_order_that_is_no_line_is_refused_before_it_is_sent(order: str, said: str) -> None:
    with pytest.raises(ControlError) as refused:
        tell("en", order)
    assert str(refused.value).startswith(said)
    assert "\n" not in str(refused.value)


def test_an_order_without_a_word_is_told_what_there_is(own: LocalPort) -> None:
    assert own._answer("en ").startswith("-There is no action —. Available actions: scene,")


def test_too_many_orders_at_once_are_told_as_such(own: LocalPort) -> None:
    for _ in range(1000):
        said = own._answer("en status")
        if said.startswith("-"):
            break
    assert said == "-Too many commands at once. Send it again in a second."


def test_only_the_same_user_can_open_the_socket(own: LocalPort) -> None:
    import os
    import stat

    mode = os.stat(local.socket_name()).st_mode
    assert stat.S_ISSOCK(mode)
    assert stat.S_IMODE(mode) & 0o077 == 0


def test_a_second_kiosk_says_so_and_answers_when_the_first_has_ended(
    qtbot: QtBot, hall: Show, own: LocalPort
) -> None:
    other = show()
    second = LocalPort(other.do, other.note)
    assert not second.listens
    assert "Another kiosk is already running" in other.state.notes[0]
    assert told(qtbot, "en", "next") == (0, "ok")
    assert (hall.state.scene, other.state.scene) == ("parks", "city")
    second._again.timeout.emit()
    assert not second.listens
    own.close()
    second._again.timeout.emit()
    assert told(qtbot, "en", "next") == (0, "ok")
    assert (hall.state.scene, other.state.scene) == ("parks", "parks")
    assert not second._again.isActive()
    second.close()


def test_idle_programs_keep_nobody_out(qtbot: QtBot, hall: Show, own: LocalPort) -> None:
    idle = []
    for _ in range(20):
        line = socket.socket(socket.AF_UNIX)
        line.connect(local.socket_name())
        idle.append(line)
        QApplication.processEvents()
    assert told(qtbot, "en", "scene hub") == (0, "ok")
    assert hall.state.scene == "hub"
    for line in idle:
        line.close()


def test_the_language_of_a_line_is_no_path(own: LocalPort, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[str] = []
    whole = local.words_of

    def words(language: str) -> Words:
        looked_up.append(language)
        return whole(language)

    monkeypatch.setattr(local, "words_of", words)
    for language in ("zh", "../../../tmp/x", "/etc/x", "", "en", "zh/..", "ZH"):
        assert own._answer(f"{language} scene 99").startswith("-")
    assert looked_up == ["zh", "en", "en", "en", "en", "en", "en"]


def test_a_socket_that_a_killed_kiosk_left_is_taken_over(qtbot: QtBot, hall: Show) -> None:
    from pathlib import Path

    name = Path(local.socket_name())
    name.parent.mkdir(parents=True)
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(name))
    port = LocalPort(hall.do)
    assert told(qtbot, "en", "next") == (0, "ok")
    port.close()


@pytest.mark.parametrize("sent", [b"x" * 5000, b"\xff\xfe\n", b"\n", b"en\n"])
def test_noise_on_the_socket_does_nothing(
    qtbot: QtBot, hall: Show, own: LocalPort, sent: bytes
) -> None:
    before = hall.state
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(local.socket_name())
        line.setblocking(False)
        line.send(sent)
        got = b""

        def ended() -> bool:
            nonlocal got
            try:
                more = line.recv(4000)
            except BlockingIOError:
                return False
            except ConnectionError:
                return True
            got += more
            return not more

        qtbot.waitUntil(ended)
    assert got == b"" or got.startswith(b"-")
    assert hall.state == before


def test_without_a_kiosk_it_is_one_error() -> None:
    with pytest.raises(ControlError, match="No kiosk is running"):
        tell("en", "next")
