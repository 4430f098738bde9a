"""A class to be reviewed, and the real command that serves it."""

from __future__ import annotations

import http.client
import re
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests.command import GRADE, MINI

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
