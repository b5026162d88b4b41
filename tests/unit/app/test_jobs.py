import threading
from collections.abc import Iterator
from queue import Queue

import pytest

from sandbox.app.jobs import Job, Jobs, Progress
from sandbox.words import Text


class Loop:
    """Stands for the UI thread: calls what was posted, when the test says so."""

    def __init__(self) -> None:
        self._posted: Queue = Queue()

    def post(self, call) -> None:
        self._posted.put(call)

    def turn(self) -> None:
        self._posted.get(timeout=600)()

    def turn_all(self) -> None:
        while not self._posted.empty():
            self.turn()


@pytest.fixture
def loop() -> Loop:
    return Loop()


@pytest.fixture
def jobs(loop) -> Iterator[Jobs]:
    made = Jobs(loop.post)
    yield made
    made.close()


def fails(error):
    raise error


def test_an_answer_comes_in_the_thread_that_turns_the_loop(loop, jobs):
    got = []
    jobs.ask("a", lambda job: 42, lambda x: got.append((x, threading.current_thread())), fails)
    assert jobs.busy
    loop.turn()
    assert got == [(42, threading.current_thread())]
    assert not jobs.busy


def test_what_work_raises_goes_to_failed(loop, jobs):
    got = []
    jobs.ask("a", lambda job: 1 / 0, lambda x: None, got.append)
    loop.turn()
    assert isinstance(got[0], ZeroDivisionError)
    assert not jobs.busy


def test_an_older_question_is_never_answered_even_if_its_work_ends_last(loop, jobs):
    got, go_on = [], threading.Event()

    def slow(job: Job) -> str:
        assert go_on.wait(30)
        return "old"

    jobs.ask("a", slow, got.append, fails)
    jobs.ask("a", lambda job: "new", got.append, fails)
    loop.turn()
    go_on.set()
    jobs.close()
    loop.turn_all()
    assert got == ["new"]


def test_an_answer_on_its_way_is_dropped_when_something_newer_is_asked(loop, jobs):
    got, worked = [], threading.Event()
    jobs.ask("a", lambda job: worked.set() or "old", got.append, fails)
    assert worked.wait(30)
    jobs.ask("a", lambda job: "new", got.append, fails)
    while jobs.busy:
        loop.turn()
    loop.turn_all()
    assert got == ["new"]


def test_lanes_do_not_disturb_each_other(loop, jobs):
    got = []
    jobs.ask("a", lambda job: "a", got.append, fails)
    jobs.ask("b", lambda job: "b", got.append, fails)
    while jobs.busy:
        loop.turn()
    assert sorted(got) == ["a", "b"]


def test_cancelled_work_stops_at_its_next_report_and_is_not_answered(loop, jobs):
    got, began, go_on, ended = [], threading.Event(), threading.Event(), threading.Event()

    def work(job: Job) -> str:
        began.set()
        assert go_on.wait(30)
        try:
            job.report(0.5, Text("half"))
        finally:
            ended.set()
        return "never"

    jobs.ask("a", work, got.append, got.append)
    assert began.wait(30)
    jobs.cancel("a")
    go_on.set()
    assert ended.wait(30)
    jobs.close()
    loop.turn_all()
    assert got == []
    assert not jobs.busy


def test_progress_of_the_newest_question_is_told_and_none_at_the_end(loop, jobs):
    heard = []
    jobs.listen(heard.append)

    def work(job: Job) -> None:
        job.report(0.25, Text("a quarter"))

    jobs.ask("a", work, lambda x: None, fails)
    loop.turn()
    loop.turn()
    assert heard[0] == Progress("a", Text("a quarter"), 0.25, -1.0)
    assert heard[-1] is None


def test_the_estimate_follows_the_time_spent(monkeypatch):
    now = [100.0]
    monkeypatch.setattr("sandbox.app.jobs.time.monotonic", lambda: now[0])
    heard = []
    job = Job("a", heard.append)
    job.begin()
    now[0] = 110.0
    job.report(0.25, Text("x"))
    # A quarter took 10 s, so three quarters take 30 s.
    assert heard[0].left_s == pytest.approx(30.0)


def test_after_close_nothing_is_asked_or_answered(loop):
    jobs, got = Jobs(loop.post), []
    jobs.ask("a", lambda job: 1, got.append, fails)
    jobs.close()
    jobs.ask("a", lambda job: 2, got.append, fails)
    loop.turn_all()
    assert got == []


def test_every_file_is_written_in_turn_and_before_the_end(loop):
    jobs, began, go, written = Jobs(loop.post), threading.Event(), threading.Event(), []

    def first(job):
        began.set()
        go.wait(600)
        job.report(0.5, Text("Writing the file"))
        written.append("first")

    jobs.write("file", first, written.append, fails)
    began.wait(600)
    jobs.write("file", lambda job: written.append("second"), written.append, fails)
    jobs.cancel("file")
    jobs.write("other", lambda job: written.append("third"), written.append, fails)
    threading.Timer(0.05, go.set).start()
    jobs.close()
    assert written == ["first", "second", "third"]
    assert not jobs.busy


def test_only_the_last_of_a_lane_is_told_that_it_is_written(loop, jobs):
    told = []
    jobs.write("file", lambda job: "first", told.append, fails)
    jobs.write("file", lambda job: "second", told.append, fails)
    while jobs.busy:
        loop.turn()
    assert told == ["second"]
