"""A real PostgreSQL with PostGIS for tests, of this system's packages, in a folder of its own."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

PASSWORD = "geheim-秘密-Zx9"  # noqa: S105 - of a server that lives as long as a test
ROOTS = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]


def programs() -> Path | None:
    """The folder of the programs of a PostgreSQL that has PostGIS; None without one."""
    for folder in ROOTS:
        version = folder.parent.name
        extension = Path(f"/usr/share/postgresql/{version}/extension/postgis.control")
        if (folder / "initdb").exists() and extension.exists():
            return folder
    return None


@dataclass
class Server:
    """A server that runs: its port, its folder, and its first process."""

    port: int
    folder: Path
    pid: int

    def address(self, more: str = "", user: str = "planner") -> str:
        return f"postgresql://{user}@127.0.0.1:{self.port}/city{more}"

    def run(self, *statements: str, database: str = "city") -> list[Any]:
        """Run statements as the owner; the rows of the last one that has any."""
        rows: list[Any] = []
        with psycopg.connect(
            host="127.0.0.1", port=self.port, dbname=database, user="owner", password=PASSWORD,
            autocommit=True,
        ) as connection:  # fmt: skip
            for one in statements:
                answer = connection.execute(one)
                rows = answer.fetchall() if answer.description else rows
        return rows


@contextmanager
def server(programs: Path) -> Generator[Server]:
    """Run a server; as root it runs as another user, since PostgreSQL refuses root."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    as_user = _unprivileged()
    try:
        if as_user:
            os.chown(folder, *as_user)
        (folder / "pw").write_text(PASSWORD + "\n", "utf-8")
        (folder / "pw").chmod(0o644)
        port = _free_port()
        data = folder / "data"
        _run(
            as_user, programs / "initdb", "-D", data, "-U", "owner", "-E", "UTF8", "--no-locale",
            "--no-sync", "-A", "scram-sha-256", f"--pwfile={folder / 'pw'}",
        )  # fmt: skip
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [str(programs / "postgres"), "-D", str(data), "-p", str(port), "-k", str(folder),
                 "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "jit=off",
                 "-c", "shared_buffers=16MB"],
                stdout=log, stderr=log, start_new_session=True, **_as(as_user),
            )  # fmt: skip
        try:
            made = Server(port, folder, process.pid)
            _wait(made, process)
            made.run("CREATE DATABASE city", database="postgres")
            made.run(
                "CREATE EXTENSION postgis",
                f"CREATE ROLE planner LOGIN PASSWORD '{PASSWORD}'",
                "GRANT CREATE ON SCHEMA public TO planner",
            )
            yield made
        finally:
            # At once: nothing of it is wanted any more.
            process.send_signal(signal.SIGQUIT)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(made: Server, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError((made.folder / "log").read_text("utf-8", "replace"))
        try:
            made.run("SELECT 1", database="postgres")
        except psycopg.OperationalError:
            # Nothing else tells when it takes connections.
            _pause()
            continue
        return
    raise RuntimeError((made.folder / "log").read_text("utf-8", "replace"))


def _pause() -> None:
    signal.sigtimedwait([], 0.05)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _unprivileged() -> tuple[int, int] | None:
    if os.name == "nt" or os.getuid() != 0:
        return None
    import pwd

    for name in ("postgres", "nobody"):
        try:
            told = pwd.getpwnam(name)
        except KeyError:
            continue
        return told.pw_uid, told.pw_gid
    return None


def _as(user: tuple[int, int] | None) -> dict[str, Any]:
    return {} if user is None else {"user": user[0], "group": user[1], "extra_groups": []}


def _run(user: tuple[int, int] | None, *words: object) -> None:
    done = subprocess.run(
        [str(one) for one in words], capture_output=True, timeout=60, check=False, **_as(user)
    )
    if done.returncode:
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))
