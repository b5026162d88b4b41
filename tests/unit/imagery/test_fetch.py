"""Where a server may send on to: itself, and hosts that the user agreed to as well."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sandbox import paths
from sandbox.imagery import access
from sandbox.imagery.fetch import Unfetched, fetch


@contextmanager
def sending_on(to: dict[str, str]):
    """Give the port of a server that sends some paths on and answers others with their name."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            where = to.get(self.path)
            self.send_response(302 if where else 200)
            body = b"" if where else self.path.encode()
            if where:
                self.send_header("Location", where.replace("PORT", str(server.server_port)))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    asked: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def alone(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "user_config", lambda: tmp_path)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


def test_a_server_sends_on_to_itself():
    with sending_on({"/a": "/b"}) as (root, asked):
        assert fetch(f"{root}/a", 100) == b"/b"
        assert asked == ["/a", "/b"]


def test_a_host_that_nobody_agreed_to_is_never_asked():
    with sending_on({"/a": "http://localhost:PORT/b"}) as (root, asked):
        with pytest.raises(Unfetched, match="localhost") as told:
            fetch(f"{root}/a", 100)
        assert told.value.refused
        assert asked == ["/a"]
        access.allow("localhost")
        assert fetch(f"{root}/a", 100) == b"/b"


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://127.0.0.1/a"])
def test_it_sends_on_to_the_web_alone(to):
    with sending_on({"/a": to}) as (root, _), pytest.raises(Unfetched, match="sends on"):
        fetch(f"{root}/a", 100)


def test_a_ring_ends():
    with sending_on({"/a": "/b", "/b": "/a"}) as (root, asked):
        with pytest.raises(Unfetched, match="too often"):
            fetch(f"{root}/a", 100)
        assert len(asked) == 4
