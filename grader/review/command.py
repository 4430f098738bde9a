"""`grade review DIR`, from the arguments to a server that runs until Ctrl-C."""

from __future__ import annotations

import getpass
import secrets
import socket
import sys
import webbrowser
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from grader.assignment import of_results
from grader.errors import UsageError
from grader.gradebook.book import open_existing
from grader.report.text import count, line
from grader.review.app import app_for
from grader.review.desk import Desk


@dataclass(frozen=True)
class ReviewOptions:
    """The arguments of `grade review`."""

    directory: Path
    who: str | None = None
    port: int = 0
    browser: bool = False
    assignment: str | None = None
    gradebook: str | None = None
    course: Path | None = None


def review(options: ReviewOptions) -> None:
    """Serve the page; raises `UsageError` where there is nothing to be reviewed, or the port is taken."""
    who = line(options.who or _user(), 200)
    if not who:
        raise UsageError("who reviews? Give a name with --as NAME.")
    with closing(open_existing(options.directory, options.gradebook, options.assignment, durable=True)) as book:
        desk = Desk(book, options.directory, of_results(book.assignment, options.course, _tell))
        if not desk.works():
            if any(one.outcome_id for one in book.standings()):
                raise UsageError(
                    f"the last run of {book.assignment} has come to nobody yet: let it end, or run it again."
                )
            raise UsageError(f"nothing of {book.assignment} has been graded yet: run `grade run` first.")
        desk.mend()
        with closing(_bound(options.port)) as bound:
            port, token = bound.getsockname()[1], secrets.token_urlsafe(24)
            address = f"http://127.0.0.1:{port}/{token}/"
            app = app_for(desk, token=token, port=port, who=who)
            config = uvicorn.Config(
                app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=2
            )
            sys.stdout.write(f"{address}\n")
            sys.stdout.flush()
            waiting = count(len(desk.waiting()), "check")
            _tell(f"{waiting} to be decided by {who}; Ctrl-C ends it, and nothing is lost.")
            if options.browser:
                webbrowser.open(address)
            try:
                uvicorn.Server(config).run(sockets=[bound])
            finally:
                desk.close()


def _user() -> str:
    """Name who is logged in; empty where the machine has no name for the user, as in a container."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # the latter from Python 3.13 on
        return ""


def _bound(port: int) -> socket.socket:
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind(("127.0.0.1", port))
        bound.listen()  # whoever reads the address may come at once
    except OSError as error:
        bound.close()
        raise UsageError(f"port {port} cannot be used: {error.strerror}; leave --port out, or give another.") from None
    return bound


def _tell(sentence: str) -> None:
    sys.stderr.write(f"grade: {sentence}\n")
