"""Where a gradebook is: a SQLite file in the folder of the results, or any database that SQLAlchemy reaches."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event, inspect, make_url, select, update
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import Session

from grader.errors import GradeError, UsageError
from grader.gradebook.tables import VERSION, Base, Format

FILE = "gradebook.sqlite"

_NOWHERE = (None, "", ":memory:")

_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=30000", "foreign_keys=ON")
"""In WAL mode a reader, such as the review, does not wait for a run; what is committed outlives any kill."""


def url_of(directory: Path, url: str | None = None) -> str:
    """Name the gradebook of a run: the one that was asked for, or the file in the folder of its results."""
    return url or f"sqlite:///{(directory / FILE).absolute()}"


def files_of(url: str | None) -> list[Path]:
    """List what of a gradebook lies in a file system that submitted code must not read, besides the results."""
    if url is None or not url.startswith("sqlite"):
        return []
    try:
        name = make_url(url).database
    except ArgumentError:  # told by whoever opens it
        return []
    return [] if name in _NOWHERE else [Path(str(name)).absolute()]


def refuse_no_place(url: str | None) -> None:
    """Refuse a SQLite file that cannot be made, or that would be gone with the run."""
    if url is None or not url.startswith("sqlite"):
        return
    paths = files_of(url)
    if not paths and "://" in url:
        raise UsageError(f"{url} is no file, and nothing would be kept: give one, such as sqlite:///class.sqlite.")
    for path in paths:
        if path.is_dir() or not path.parent.is_dir():
            what = "is a folder" if path.is_dir() else f"cannot be made, as there is no folder {path.parent}"
            raise UsageError(f"the gradebook {path} {what}: give a file in a folder that is there.")


def url_to_read(url: str) -> str:
    """Name a gradebook so that it can be read where nothing can be written: SQLite writes beside it otherwise."""
    if not url.startswith("sqlite:///"):
        return url
    path = Path(url.removeprefix("sqlite:///"))
    if not path.is_file() or (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return url
    log = path.with_name(f"{path.name}-wal")
    how = "mode=ro" if log.is_file() and log.stat().st_size else "immutable=1"  # the second does not look at the log
    return f"sqlite:///file:{quote(str(path))}?{how}&uri=true"


def open_engine(url: str, *, durable: bool = False) -> Engine:
    """Reach a gradebook, and make its tables where there are none; raises `UsageError` where that cannot be.

    `durable`: what is committed outlives a loss of power, too; a run would only grade that again.
    """
    try:
        made = create_engine(make_url(url))
    except (ArgumentError, NoSuchModuleError) as error:
        raise UsageError(
            f"{shown(url)} is no address of a database: give one such as sqlite:///class.sqlite or "
            "postgresql+psycopg://user@host/name."
        ) from error
    except ModuleNotFoundError as error:
        raise UsageError(f"{shown(url)} needs the package {error.name}, which is not installed here.") from error
    if made.dialect.name == "sqlite":
        event.listen(made, "connect", _settle_sqlite)
        if durable:
            event.listen(made, "connect", _keep_at_once)
    try:
        with readable(url):
            if inspect(made).has_table(Format.__tablename__):
                with Session(made) as session:
                    _refuse_other_version(session, url)
            Base.metadata.create_all(made)
            with Session(made) as session, session.begin():
                _refuse_other_version(session, url)
                _bring_up_to_date(session)
    except GradeError:
        made.dispose()
        raise
    return made


@contextmanager
def readable(url: str) -> Iterator[None]:
    """Say in one sentence what a database says that cannot be used."""
    try:
        yield
    except SQLAlchemyError as error:
        why = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise GradeError(f"the gradebook {shown(url)} cannot be used: {why}.") from error


def shown(url: str) -> str:
    """Name a gradebook without its password."""
    try:
        return make_url(url).render_as_string(hide_password=True).removeprefix("sqlite:///")
    except ArgumentError:
        return repr(re.sub(r":[^:/@]*@", ":***@", url))


def _keep_at_once(connection: Any, _: object) -> None:
    connection.execute("PRAGMA synchronous=FULL")


def _settle_sqlite(connection: Any, _: object) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _refuse_other_version(session: Session, url: str) -> None:
    known = session.scalar(select(Format.version))
    if known is not None and known > VERSION:
        raise UsageError(
            f"the gradebook {shown(url)} was written by another version of grade (its format is {known}, "
            f"ours is {VERSION}): use that version, or give another place with -o or --gradebook."
        )


def _bring_up_to_date(session: Session) -> None:
    """Say of which version the tables are now: what was added since 1 are tables alone, and they have been made."""
    known = session.scalar(select(Format.version))
    if known is None:
        session.add(Format(version=VERSION))
    elif known < VERSION:
        session.execute(update(Format).values(version=VERSION))
