"""`python -m grader` is the command `grade`."""

import os
import sys

here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - pathlib may be the student's
# Else a file random.py in the current folder would stand before Python's own.
if not sys.flags.safe_path and sys.path and sys.path[0] != here:
    del sys.path[0]

from grader.cli import main  # noqa: E402 - after the line above

main(prog_name="grade")
