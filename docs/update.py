"""Write the blocks of the README that are made from the program: python docs/update.py."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner

from grader.cli import main

README = Path(__file__).parent.parent / "README.md"
BLOCK = re.compile(r"(<!-- help: (?P<command>[a-z]+) -->\n```text\n)(.*?)(```\n<!-- /help -->)", re.DOTALL)


def updated(text: str) -> str:
    """Return the text with each help block as the command prints it now."""
    return BLOCK.sub(lambda found: found[1] + help_of(found["command"]) + found[4], text)


def help_of(command: str) -> str:
    """Return what `grade COMMAND --help` prints at a width of 100."""
    shown = CliRunner().invoke(main, [command, "--help"], prog_name="grade", terminal_width=100)
    assert shown.exit_code == 0, shown.output
    return shown.output


if __name__ == "__main__":
    README.write_text(updated(README.read_text()))
