"""All tests, in two processes side by side: `python -m tests [arguments of pytest]`.

One core is not kept busy by tests that wait for one process after the other, so the corpora, which keep as many jobs
busy as there are cores, run beside them. Their part is printed when both have ended.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile

PARTS = {"the corpora": "corpus", "all other tests": "not corpus and not container"}


def main(arguments: list[str]) -> int:
    """Run both parts; returns 0 only where both have passed."""
    command = [sys.executable, "-m", "pytest", *arguments, "-m"]
    with tempfile.TemporaryFile() as said:
        beside = subprocess.Popen([*command, PARTS["the corpora"]], stdout=said, stderr=subprocess.STDOUT)  # noqa: S603 - ourselves
        code = subprocess.call([*command, PARTS["all other tests"]])  # noqa: S603 - as above
        second = beside.wait()
        said.seek(0)
        sys.stdout.flush()
        sys.stdout.buffer.write(b"\nThe corpora, which ran beside the other tests:\n\n" + said.read())
    return code or second


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
