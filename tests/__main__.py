"""All tests, most of them in two processes side by side: `python -m tests [arguments of pytest]`.

Most tests wait for one process after the other and keep one core busy, so the corpora and what else takes long run
beside them (marked `beside`). What looks at times, or for what others leave, comes after both (marked `alone`).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence

BESIDE, OTHERS, ALONE = "beside and not alone", "not beside and not alone and not container", "alone and not container"
_NONE_CHOSEN = 5
"""What pytest returns where no test fits; some arguments are for tests of one part alone."""


def main(arguments: Sequence[str]) -> int:
    """Run all parts; returns 0 only where each has passed."""
    command = [sys.executable, "-m", "pytest", *arguments, "-m"]
    with tempfile.TemporaryFile() as said:
        beside = subprocess.Popen([*command, BESIDE], stdout=said, stderr=subprocess.STDOUT)  # noqa: S603 - ourselves
        codes = [subprocess.call([*command, OTHERS]), beside.wait()]  # noqa: S603 - as above
        said.seek(0)
        sys.stdout.flush()
        sys.stdout.buffer.write(b"\nWhat ran beside these tests:\n\n" + said.read())
        sys.stdout.flush()
    codes.append(subprocess.call([*command, ALONE]))  # noqa: S603 - as above
    failed = [code for code in codes if code not in (0, _NONE_CHOSEN)]
    return failed[0] if failed else 0 if 0 in codes else _NONE_CHOSEN


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
