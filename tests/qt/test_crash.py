"""What nobody foresaw: one line to the user, the whole to the log, and the map goes on."""

import logging
import sys
import threading

import pytest

from sandbox.ui import crash


@pytest.fixture
def said(monkeypatch):
    heard = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    handler = crash.start_log()
    assert handler is not None
    crash.install(heard.append, lambda call: call())
    yield heard
    logging.getLogger("sandbox").removeHandler(handler)
    handler.close()


def test_a_bug_is_one_line_and_its_trace_is_in_the_log(said):
    try:
        raise ZeroDivisionError("deep inside")
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert len(said) == 1
    assert "ZeroDivisionError" in str(said[0])
    assert "\n" not in str(said[0])
    text = crash.log_file().read_text("utf-8")
    assert "deep inside" in text
    assert "Traceback" in text


def test_a_bug_on_a_thread_is_told_too(said):
    def broken() -> None:
        raise KeyError("lost")

    thread = threading.Thread(target=broken)
    thread.start()
    thread.join()
    assert "KeyError" in str(said[0])


def test_the_log_starts_anew_when_it_is_large(said):
    log = logging.getLogger("sandbox")
    for _ in range(40):
        log.info("x" * 100_000)
    files = list(crash.log_file().parent.glob("sandbox.log*"))
    assert 2 <= len(files) <= 4
    assert all(file.stat().st_size < 1_200_000 for file in files)
