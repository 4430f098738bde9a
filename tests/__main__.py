"""All tests, in two processes side by side: `python -m tests [arguments of pytest]`.

Most tests wait for one process after the other and keep one core busy, so the corpora and what else takes long run
beside them (marked `beside`). Their part is printed when both have ended.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile

BESIDE, OTHERS = "beside", "not beside and not container"


def main(arguments: list[str]) -> int:
    """Run both parts; returns 0 only where both have passed."""
    command = [sys.executable, "-m", "pytest", *arguments, "-m"]
    with tempfile.TemporaryFile() as said:
        beside = subprocess.Popen([*command, BESIDE], stdout=said, stderr=subprocess.STDOUT)  # noqa: S603 - ourselves
        code = subprocess.call([*command, OTHERS])  # noqa: S603 - as above
        second = beside.wait()
        said.seek(0)
        sys.stdout.flush()
        sys.stdout.buffer.write(b"\nWhat ran beside these tests:\n\n" + said.read())
    return code or second


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
