"""`grade diff`: whose score changed, before anybody is told; a table on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from grader.errors import UsageError
from grader.gradebook.book import open_existing
from grader.gradebook.diff import Change, CheckChange, Difference, between, last_change
from grader.report import words
from grader.report.text import count, line, number, some_of
from grader.results import Outcome


def diff(old: Path, new: Path | None, assignment: str | None, *, as_json: bool) -> None:
    """Compare two folders of results, or one with what stood in it before, and say what is different."""
    found = _compared(old, new, assignment)
    if as_json:
        sys.stdout.write(msgspec.json.encode(found).decode() + "\n")
    elif sys.stdout.isatty() and found.changed:
        _print_table(found)
    else:
        sys.stdout.write("\n".join([*_heading(found), *_plain(found.changed), *_rest(found)]) + "\n")


def _compared(old: Path, new: Path | None, assignment: str | None) -> Difference:
    with closing(open_existing(old, None, assignment)) as before:
        if new is None:
            return last_change(before, str(old))
        with closing(open_existing(new, None, assignment)) as after:
            if before.assignment != after.assignment:
                raise UsageError(
                    f"{old} holds results of {before.assignment} and {new} of {after.assignment}: "
                    "give two folders of one assignment."
                )
            return between(before, after, (str(old), str(new)))


def _heading(found: Difference) -> Iterator[str]:
    many, students = len(found.changed), count(found.compared, "student")
    yield f"{found.assignment}: the latest results of {students}, from {line(found.old)} to {line(found.new)}."
    if not found.compared:
        yield "Nobody has a result in both: there is nothing to compare."
    elif not many:
        yield "Nothing changed."
    else:
        yield f"{many} of {students} changed. By check:"
        yield from _by_check(found.changed)


def _by_check(changed: Sequence[Change]) -> Iterator[str]:
    """Say for each check how many gained or lost points by it."""
    gained: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for check in (check for change in changed for check in change.checks):
        more = (check.new_points or 0) - (check.old_points or 0)
        gained[check.id] += more > 0
        lost[check.id] += more < 0
    for name in gained:
        if gained[name] or lost[name]:
            yield f"  {line(name)}: {gained[name]} gained, {lost[name]} lost"


def _plain(changed: Sequence[Change]) -> Iterator[str]:
    for change in changed:
        yield f"{_who(change)}: {_score(change.old_score, change.old_max_score)} -> {_new_score(change)}"
        yield from (f"  {_check(check)}" for check in change.checks)


def _rest(found: Difference) -> Iterator[str]:
    for names, where in ((found.only_old, found.old), (found.only_new, found.new)):
        if names:
            yield f"Only in {where}: {some_of(names)}"


def _print_table(found: Difference) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    table = Table("student", "old", "new", "change", "checks")
    for change in found.changed:
        cells = (
            _who(change),
            _score(change.old_score, change.old_max_score),
            _score(change.new_score, change.new_max_score),
            _difference(change),
            "\n".join(_check(check) for check in change.checks),
        )
        table.add_row(*map(Text, cells))  # text, so that no name is taken for markup
    for sentence in _heading(found):
        console.print(Text(sentence))
    console.print(table)
    for sentence in _rest(found):
        console.print(Text(sentence))


def _who(change: Change) -> str:
    name = line(change.student) or line(change.id)
    shown = name if name == change.id else f"{name} ({line(change.id)})"
    return f"{shown}, handed in anew" if change.resubmitted else shown


def _new_score(change: Change) -> str:
    difference = _difference(change)
    return _score(change.new_score, change.new_max_score) + (f" ({difference})" if difference else "")


def _score(score: float | None, most: float) -> str:
    return "not graded" if score is None else f"{number(score)} of {number(most)}"


def _difference(change: Change) -> str:
    if change.difference is None:
        return ""
    return f"{'+' if change.difference > 0 else ''}{number(change.difference)}"


def _check(check: CheckChange) -> str:
    """Say by how many points, by which check, and how it ended."""
    more = (check.new_points or 0.0) - (check.old_points or 0.0)
    points = f"{'+' if more > 0 else ''}{number(more)}" if more else "="
    return f"{points} {line(check.id)}: {_outcome(check.old_outcome)} -> {_outcome(check.new_outcome)}"


def _outcome(outcome: Outcome | None) -> str:
    return "no such check" if outcome is None else words.OUTCOMES[outcome].word
