"""A connection to a database, with limits of time; whatever it says becomes one reason."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from sandbox import files
from sandbox.formats.postgis.address import Address
from sandbox.formats.postgis.passwords import given_password, known_password
from sandbox.words import Text

if TYPE_CHECKING:
    from sqlalchemy import Connection

# Whoever waits longer than this for a server has no network to it.
CONNECT_S: Final = 10
_LOCK_S: Final = 10
# Signs of life: a server that is gone without a word is noticed after about half a minute.
_ALIVE: Final = {
    "keepalives": 1, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}  # fmt: skip
_SAID_SIGNS: Final = 200
_GONE: Final = Text("the connection to the server broke")
_TRY_AGAIN: Final = Text("Check that the server runs, then try again.")


@contextmanager
def connected(
    address: Address, *, statement_s: float = 60.0, write: bool = False
) -> "Generator[Connection]":
    """Give a connection whose transaction is rolled back unless all went well.

    Parameters
    ----------
    address
        Where.
    statement_s
        How long one statement, or the next part of an answer, may take.
    write
        Whether the transaction writes.

    Raises
    ------
    files.Unreadable
        There is no such server, it refuses, a statement takes too long, or it goes away.
    """
    try:
        import psycopg
        import sqlalchemy
        from sqlalchemy.exc import DBAPIError
    except ImportError as error:
        raise files.Unreadable(
            Text("reading databases needs the extra postgis, which isn't installed"),
            hint=Text("Install it: pip install 'science-city-sandbox[postgis]'"),
        ) from error
    made: list[Any] = []

    def opened() -> Any:
        made.append(_opened(address))
        return made[-1]

    engine = sqlalchemy.create_engine(
        # The address stays out of it, so that no log of the engine can hold any of it.
        "postgresql+psycopg://",
        creator=opened,
        poolclass=sqlalchemy.pool.NullPool,
        hide_parameters=True,
    )
    try:
        options: dict[str, Any] = {} if write else {"postgresql_readonly": True}
        with engine.execution_options(**options).connect() as connection:
            settings: dict[str, Any] = {
                "statement_timeout": f"{int(statement_s * 1000)}",
                "lock_timeout": f"{_LOCK_S * 1000}",
                "datestyle": "ISO",
            }
            for name, value in settings.items():
                # As `SET LOCAL`, which takes no parameters.
                setting = sqlalchemy.func.set_config(name, value, True)
                connection.execute(sqlalchemy.select(setting))
            yield connection
            if write:
                connection.commit()
    except DBAPIError as error:
        raise refused(error.orig) from None
    except psycopg.Error as error:
        raise refused(error) from None
    finally:
        # The engine drops a broken connection without closing it.
        for one in made:
            one.close()
        engine.dispose()


def _opened(address: Address) -> Any:
    import psycopg

    password = given_password()
    told = {
        "host": address.host, "port": address.port, "dbname": address.database,
        "user": address.user, "application_name": "science-city-sandbox",
        "client_encoding": "utf8", **dict(address.secured), **_ALIVE,
    }  # fmt: skip
    told["connect_timeout"] = os.environ.get("PGCONNECT_TIMEOUT") or CONNECT_S
    given: dict[str, Any] = {key: value for key, value in told.items() if value != ""}
    # A pooler may send each statement over another connection, where none is prepared.
    given["prepare_threshold"] = None
    secret: dict[str, Any] = {} if password is None else {"password": password}
    try:
        return psycopg.connect(**given, **secret)
    except psycopg.OperationalError as error:
        if password is not None or not _wants_password(error):
            raise
    found = known_password(address)
    if found is None:
        raise files.Unreadable(
            Text("the server wants a password"),
            hint=Text("Set PGPASSWORD, or add a line to ~/.pgpass, then try again."),
        )
    return psycopg.connect(**given, password=found)


def _wants_password(error: Any) -> bool:
    made = error.pgconn
    return made is not None and bool(made.needs_password)


def refused(error: Any) -> files.Unreadable:
    """Return what the server, or the library before it, says as one reason."""
    import psycopg

    match error:
        case psycopg.errors.UndefinedFunction() | psycopg.errors.UndefinedTable():
            return files.Unreadable(
                Text("the database has no PostGIS, or one that is too old"),
                hint=Text("Have its owner run: CREATE EXTENSION postgis"),
            )
        case psycopg.errors.InsufficientPrivilege():
            return files.Unreadable(
                Text("this user may not do that there"),
                hint=Text("Have the database's owner grant it, or give another user."),
            )
        case psycopg.errors.QueryCanceled() | psycopg.errors.LockNotAvailable():
            return files.Unreadable(
                Text("the server took too long"),
                hint=Text("Read less of it, with a limit or only the extent of the map."),
            )
        case psycopg.OperationalError() | psycopg.InterfaceError():
            never = getattr(error, "pgconn", None)
            said = _first_line(error)
            if never is not None or "connection failed" in said or "failed to resolve" in said:
                return files.Unreadable(
                    Text("the server can't be reached or refuses: {said}", {"said": said}),
                    hint=_TRY_AGAIN,
                )
            return files.Unreadable(_GONE, hint=_TRY_AGAIN)
        case _:
            said = _first_line(error)
            return files.Unreadable(Text("the server refuses: {said}", {"said": said}))


def _first_line(error: Any) -> str:
    lines = [one.strip() for one in str(error).splitlines() if one.strip()]
    return (lines[0] if lines else type(error).__name__)[:_SAID_SIGNS].rstrip(".")
