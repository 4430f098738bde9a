"""What `grade check` shows: one screen of plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

from grader.assignment import Assignment
from grader.local.judge import Findings, Judged
from grader.local.places import place_of

WIDTH = 100
_OUTPUT_LINES = 8
_MESSAGE_LINES = 6

_SIGNS = {"passed": ("✓", "+"), "skipped": ("–", "-")}  # noqa: RUF001 - a dash on purpose
_WRONG = ("✗", "x")


def screen(assignment: Assignment, file: Path, findings: Findings, encoding: str | None) -> str:
    """Show one line a check, then the first thing to mend, then what is still to come."""
    lines = [f"{assignment.title}: the public checks on {file.name}", ""]
    if findings.broken:
        lines += ["The file cannot be imported, so nothing was checked:", *_wrapped(findings.broken)]
        lines += _helper_lines(findings.broken, file)
    else:
        plain = not _can_print("✓✗–", encoding)  # noqa: RUF001 - as above
        lines += [_line(check, plain=plain) for check in findings.checks]
        lines += _first_to_mend(findings.checks, file)
    lines += _cell_lines(findings)
    lines += ["", _count(findings), _later(assignment)]
    lines += _output_lines(findings)
    return _printable("\n".join(lines) + "\n", encoding)


def _line(check: Judged, *, plain: bool) -> str:
    sign = _SIGNS.get(check.verdict.outcome, _WRONG)[plain]
    return f"  {sign} {textwrap.shorten(check.title, WIDTH - 4, placeholder=' ...')}"


def _first_to_mend(checks: tuple[Judged, ...], file: Path) -> Iterator[str]:
    """Say what is wrong with the first check that does not pass, what to try, and where to look."""
    first = next((check for check in checks if check.verdict.outcome not in ("passed", "skipped")), None)
    if first is None:
        return
    yield ""
    yield f"First to mend: {textwrap.shorten(first.title, WIDTH - 15, placeholder=' ...')}"
    yield from _wrapped(first.verdict.message)
    if first.verdict.hint:
        yield from _wrapped(f"Hint: {first.verdict.hint}")
    place = place_of(first.covers[0], file) if first.covers else ""
    if place and file.name not in first.verdict.message:  # what was raised tells its line itself
        yield f"  Look at `{first.covers[0]}`: {place}."


def _helper_lines(broken: str, file: Path) -> Iterator[str]:
    """Say why a module that lies beside the file was not found: only the file itself is handed in."""
    name = broken.partition("No module named '")[2].partition("'")[0].partition(".")[0]
    if name and (file.parent / f"{name}.py").is_file():
        yield from _wrapped(
            f"Only {file.name} itself is handed in and checked: put into it what it needs of {name}.py."
        )


def _cell_lines(findings: Findings) -> Iterator[str]:
    if findings.cells:
        yield ""
        yield "Cells that raised (the others count all the same):"
        for cell in findings.cells[:3]:
            yield from _wrapped(cell)


def _count(findings: Findings) -> str:
    if not findings.checks:
        return "No public check could be run."
    passed = sum(check.verdict.outcome == "passed" for check in findings.checks)
    return f"{passed} of {len(findings.checks)} public checks pass."


def _later(assignment: Assignment) -> str:
    count = assignment.hidden_checks
    checks = "The hidden checks" if count is None else f"{count} hidden check{'' if count == 1 else 's'}"
    points = f"{assignment.max_points:g} point{'' if assignment.max_points == 1 else 's'}"
    return f"{checks}, worth {points}, will run later, on what you hand in."


def _output_lines(findings: Findings) -> Iterator[str]:
    """Show the beginning of what the student's code has printed."""
    printed = [line.rstrip() for line in findings.output.splitlines() if line.strip()]
    if not printed:
        return
    yield ""
    yield "Your code printed:"
    for line in printed[:_OUTPUT_LINES]:
        yield f"  {line if len(line) <= WIDTH else line[: WIDTH - 4] + ' ...'}"
    if len(printed) > _OUTPUT_LINES or findings.output_cut:
        more = "and more" if findings.output_cut else f"and {len(printed) - _OUTPUT_LINES} lines more"
        yield f"  ... {more}"


def _wrapped(text: str) -> list[str]:
    lines = [
        line
        for paragraph in text.splitlines()
        for line in textwrap.wrap(paragraph, WIDTH - 2, break_on_hyphens=False) or [""]
    ]
    cut = [*lines[:_MESSAGE_LINES], "..."] if len(lines) > _MESSAGE_LINES else lines
    return [f"  {line}" for line in cut]


def _can_print(text: str, encoding: str | None) -> bool:
    try:
        text.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _printable(text: str, encoding: str | None) -> str:
    """Replace what the terminal has no letters for."""
    return text if _can_print(text, encoding) else text.encode("ascii", "replace").decode()
