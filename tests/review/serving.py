"""A class to be reviewed, and the real command that serves it."""

from __future__ import annotations

import csv
import http.client
import re
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from grader.gradebook.book import open_existing
from grader.gradebook.reviews import Reviews
from tests.command import GRADE, MINI, Ran, grade

RIGHT = (
    "def double(x):\n    return x + x\n\n\ndef total(x):\n    return float(x.sum())\n\n\n"
    "reflection = '''What I saw:\n<script>alert(1)</script> it fits.\n'''\n"
)
WRONG = RIGHT.replace("x + x", "3 * x")


@dataclass
class Server:
    """A running `grade review`."""

    url: str
    process: subprocess.Popen[str]

    def ask(
        self,
        path: str = "",
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] = {},
        *,
        token: bool = True,
    ) -> tuple[int, str, dict[str, str]]:
        """Ask for a page, or send a form; redirects are not followed."""
        parts = urlsplit(self.url)
        assert parts.hostname is not None
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)
        sent = {"Host": parts.netloc}
        if form is not None:
            kind = "application/x-www-form-urlencoded"
            sent |= {"Origin": f"http://{parts.netloc}", "Content-Type": kind}
        target, body = f"{parts.path if token else '/'}{path}", urlencode(form) if form is not None else None
        connection.request("POST" if form is not None else "GET", target, body, {**sent, **headers})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text, {name.lower(): value for name, value in answer.getheaders()}

    def form(self, student: str, check: str = "check_reflection") -> dict[str, str]:
        """Open the form of a check, and take what a browser would send."""
        status, page, _ = self.ask(f"item?{urlencode({'student': student, 'check': check})}")
        assert status == 200, page
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
        return {**hidden, "points": "3", "comment": "Well seen.", "do": "save"}


@contextmanager
def serving(directory: Path, *more: str, course: Path = MINI) -> Iterator[Server]:
    """Serve a class until the end of the block."""
    with subprocess.Popen(  # noqa: S603 - our own command
        [*GRADE, "review", str(directory), "--course", str(course), "--as", "Prof. <X>", *more],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert url.startswith("http://127.0.0.1:"), process.stderr.read() if process.stderr else ""
        try:
            yield Server(url, process)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                process.wait(20)


def grades(out: Path, column: str) -> dict[str, str]:
    """Read a column of `grades.csv`, by student."""
    with (out / "grades.csv").open(newline="") as file:
        return {row["id"]: row[column] for row in csv.DictReader(file)}


def entries(out: Path) -> list[tuple[str, str, float | None, str, str]]:
    """List what is on record: whose, which check, points, comment, by whom."""
    with closing(open_existing(out, None)) as book:
        return [(one.student_id, one.check, one.points, one.comment, one.by) for one in Reviews(book).history()]


def until(holds: object) -> None:
    """Wait for something to hold."""
    end = time.monotonic() + 10
    assert callable(holds)
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def refused(*arguments: str | Path) -> Ran:
    """Ask for a review that does not begin."""
    return grade("review", *arguments, "--course", MINI, seconds=60)


def begin_run(out: Path, *students: str) -> None:
    """Do what a run does that begins, and has come to none of these yet."""
    with closing(sqlite3.connect(out / "gradebook.sqlite")) as raw, raw:
        raw.execute("INSERT INTO run (assignment, started_at, whole) SELECT assignment, started_at, 1 FROM run")
        for student in students:
            raw.execute("UPDATE attempt SET last_run = (SELECT max(id) FROM run) WHERE student_id = ?", [student])
