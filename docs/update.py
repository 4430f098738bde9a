"""Write what the pages take from the program and from the hostile corpus: python docs/update.py."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parent.parent))

from grader.cli import main
from grader.platforms.settings import PLATFORMS
from tests.corpus import cases

HERE = Path(__file__).parent
README, SECURITY, ATTACKS = HERE.parent / "README.md", HERE / "security.md", HERE / "attacks.txt"
PLATFORM_PAGE = HERE / "platforms.md"
BLOCK = re.compile(r"(<!-- help: (?P<command>[a-z]+) -->\n```text\n)(.*?)(```\n<!-- /help -->)", re.DOTALL)


def updated(text: str) -> str:
    """Return the text with each help block as the command prints it now."""
    return BLOCK.sub(lambda found: found[1] + help_of(found["command"]) + found[4], text)


def help_of(command: str) -> str:
    """Return what `grade COMMAND --help` prints at a width of 100."""
    shown = CliRunner().invoke(main, [command, "--help"], prog_name="grade", terminal_width=100)
    assert shown.exit_code == 0, shown.output
    return shown.output


def with_attacks(text: str) -> str:
    """Return the text with the table of attacks as `attacks.txt` and the cases of the hostile corpus have it now."""
    rows = ["| # | it tries to | what stops it | proven by |", "|---|---|---|---|"]
    for number, (tried, stops, proof) in enumerate(attacks(), start=1):
        names = [f"`{case.name}`" for case in cases("hostile") if number in case.attacks]
        shown = [*names[:3], *([f"{len(names) - 3} more"] if len(names) > 3 else []), *filter(None, [proof])]
        rows.append(f"| {number} | {tried} | {stops} | {', '.join(shown)} |")
    table = "\n".join(rows)
    return re.sub(
        r"(<!-- attacks -->\n).*?(<!-- /attacks -->)", lambda m: f"{m[1]}{table}\n{m[2]}", text, flags=re.DOTALL
    )


def with_figures(text: str) -> str:
    """Return the text with the table of what platforms give, and our packages ask for, as the settings have it now."""
    rows = ["| `--platform` | by itself | our package asks for | at most | where staff set it |", "|---|" + 4 * "---|"]
    for name, given in PLATFORMS.items():
        memory = "all" if given.memory_mb is None else f"{given.memory_mb} MB"
        alone, asked = f"{given.seconds:g} s, {memory}", f"{given.asked_seconds:g} s, {given.asked_memory_mb} MB"
        rows.append(f"| `{name}` | {alone} | {asked} | {given.most_seconds:g} s | {given.where} |")
    begin, end = "<!-- figures -->\n", "<!-- /figures -->"
    before, after = text[: text.index(begin)], text[text.index(end) :]
    return "\n".join([before + begin + rows[0], *rows[1:], after])


def attacks() -> list[tuple[str, str, str]]:
    """Read the attacks: what is tried, what stops it, what proves it beside the corpus."""
    lines = [line for line in ATTACKS.read_text().splitlines() if not line.startswith("#")]
    rows = [tuple(part.strip() for part in line.split("|")) for line in lines]
    return [(tried, stops, proof) for tried, stops, proof in rows]


if __name__ == "__main__":
    README.write_text(updated(README.read_text()))
    SECURITY.write_text(with_attacks(SECURITY.read_text()))
    PLATFORM_PAGE.write_text(with_figures(PLATFORM_PAGE.read_text()))
