"""Fill a template in: which column is meant, and whose row is whose."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from grader.errors import UsageError
from grader.exports.order import Order, Student, Unplaced
from grader.exports.template import Template
from grader.report.text import line

Clean = Callable[[str], str]


@dataclass(frozen=True)
class Key:
    """A way to find a student's row: what we know the student by, and the column that holds the same."""

    column: int
    values: Callable[[Student], str]
    what: str
    clean: Clean = str.strip
    guess: bool = False
    """Whether it may be something else that we know, so that a row that is not found says nothing."""


@dataclass(frozen=True)
class Matched:
    """Whose row is whose."""

    rows: Mapping[int, Student]
    unplaced: tuple[Unplaced, ...]
    guessed: frozenset[int] = frozenset()
    """The rows that were found by the name of a folder only."""


@dataclass(frozen=True)
class _Claim:
    """The rows that fit a student, and by what."""

    student: Student
    rows: Sequence[int]
    tried: str
    weak: bool = False
    """Whether it rests on a name, of a person or a folder, and so gives way to an id."""
    guess: bool = False
    twice: bool = False
    """Whether two ids of the student's lead to two rows."""


def keys(template: Template, *wanted: tuple[str, tuple[str, ...], str], clean: Clean = str.strip) -> list[Key]:
    """Make the keys whose column the template has: its title, the kinds of id that may stand there, and its name.

    Each kind is a key of its own, so that one that is not found leaves the next to be tried.
    """
    return [
        Key(column, _id_of(kind), what, _any_case(clean) if kind == "email" else clean)
        for title, kinds, what in wanted
        if (column := template.column(title)) is not None
        for kind in kinds
    ]


def folder_key(template: Template, title: str, what: str, clean: Clean = str.strip) -> list[Key]:
    """Guess that a class in plain folders is named by what stands in a column, such as logins."""
    column = template.column(title)
    if column is None:
        return []
    return [Key(column, lambda student: "" if student.ids else student.id, what, clean, guess=True)]


def match(
    template: Template,
    rows: Iterable[int],
    students: Iterable[Student],
    by: Iterable[Key],
    names: Callable[[int], str] | None = None,
) -> Matched:
    """Find each student's row by the first key that does; by name only where nothing better is known.

    Ids come first: a name gets none of their rows. A name has to be the only one of its kind in the whole template,
    and a row is nobody's where two students have a like claim to it.
    """
    rows = list(rows)
    indexed = [(key, _key_index(template, rows, key)) for key in by]
    by_name = _index(rows, lambda row: plain_name(names(row)) if names else "")
    claims = [_claim(student, indexed, by_name if names else None) for student in students]
    strong: dict[int, list[Student]] = {}
    weak: dict[int, list[Student]] = {}
    unplaced = []
    for claim in sorted(claims, key=lambda claim: claim.weak):
        if len(claim.rows) != 1:
            why = f"{template.called} has a row with the {claim.tried}" if claim.twice else ""
            unplaced.append(Unplaced(claim.student, why or _why(template, claim.tried, len(claim.rows))))
        elif claim.weak and (owners := strong.get(claim.rows[0])):
            whose = ", ".join(owner.id for owner in owners)
            unplaced.append(Unplaced(claim.student, f"the row with the {claim.tried} is found by id for {whose}"))
        else:
            (weak if claim.weak else strong).setdefault(claim.rows[0], []).append(claim.student)
    placed, rivals = _settled(template, strong | weak)
    guesses = {claim.student.id for claim in claims if claim.guess}
    guessed = frozenset(row for row, student in placed.items() if student.id in guesses)
    return Matched(placed, (*unplaced, *rivals), guessed)


def with_mark(rows: Mapping[int, Student]) -> tuple[dict[int, Student], tuple[Unplaced, ...]]:
    """Part those with a mark from those without: what stands in the cell of one without is not touched."""
    given = {row: one for row, one in rows.items() if one.points is not None}
    left = [one for one in rows.values() if one.points is None]
    return given, tuple(Unplaced(one, "no mark is known yet, so the cell is left as it was") for one in left)


def plain_name(name: str) -> str:
    """Bring a name to one form: `Doe, Jane` and `jane  doe` are the same."""
    last, comma, first = unicodedata.normalize("NFKC", line(name)).partition(",")
    return " ".join(f"{first} {last}".split() if comma else last.split()).casefold()


def choose(order: Order, template: Template, titles: Mapping[int, str]) -> int:
    """Choose the column to fill: the one that was asked for, or the one that is called as the assignment is.

    `titles` are the columns that may be filled, without what the LMS adds to the title. Only case and spaces may
    differ: a column that has the name in its title may be another assignment's, so it is only shown, before the others.
    """
    heads = template.header
    wanted = {order.title, order.slug} if order.column is None else {order.column}
    asked = {_squeezed(name) for name in wanted}
    fits = [column for column, title in titles.items() if asked & {_squeezed(title), _squeezed(heads[column])}]
    if len(fits) == 1:
        return fits[0]
    near = {column for column, title in titles.items() if any(_words(name) in _words(title) for name in wanted)}
    shown = ", ".join(repr(line(heads[column])) for column in sorted(titles, key=lambda column: column not in near))
    what = f"for {order.title!r} ({order.slug})" if order.column is None else f"{order.column!r} to fill"
    many = "several columns" if fits else "no column"
    raise UsageError(f"{template.called} has {many} {what}: say which with --column, of {shown or 'none'}.")


def missed(template: Template, rows: Iterable[int], matched: Matched, names: Callable[[int], str]) -> tuple[str, ...]:
    """Say which rows got nothing."""
    left = [line(names(row)) or f"row {row + 1}" for row in rows if row not in matched.rows]
    if not left:
        return ()
    many = "1 row" if len(left) == 1 else f"{len(left)} rows"
    return (f"{many} of {template.called} got nothing: {'; '.join(left)}.",)


def by_folder(matched: Matched, names: Callable[[int], str]) -> tuple[str, ...]:
    """Say whose row was found by the name of a folder only: it may be another person's login."""
    found = [f"{matched.rows[row].id} -> {line(names(row)) or f'row {row + 1}'}" for row in sorted(matched.guessed)]
    return (f"found by folder name only: {'; '.join(found)}.",) if found else ()


def _claim(
    student: Student, indexed: list[tuple[Key, dict[str, list[int]]]], by_name: Mapping[str, list[int]] | None
) -> _Claim:
    """Look a student up by every key that is known, then, where no id is, by name."""
    tried = ""
    found: list[_Claim] = []
    for key, index in indexed:
        value = key.clean(key.values(student))
        if value and (hits := index.get(value)):
            found.append(_Claim(student, hits, f"{key.what} {line(value)}", weak=key.guess, guess=key.guess))
        elif value and not key.guess:
            tried = tried or f"{key.what} {line(value)}"
    if found:
        # Two ids that lead to two rows contradict each other: one of them is somebody else's.
        sure = [claim for claim in found if not claim.weak]
        other = next((claim for claim in sure if set(claim.rows).isdisjoint(sure[0].rows)), None)
        if other is None:
            return found[0]
        return _Claim(student, [], f"{sure[0].tried}, and another with the {other.tried}", twice=True)
    if tried or by_name is None:
        return _Claim(student, [], tried)
    return _Claim(student, by_name.get(plain_name(student.name), []), f"name {student.name}", weak=True)


def _settled(template: Template, claims: Mapping[int, list[Student]]) -> tuple[dict[int, Student], list[Unplaced]]:
    """Give each row to the one student with a claim to it; rivals get nothing."""
    unplaced = []
    for row, rivals in claims.items():
        if len(rivals) > 1:
            all_ids = ", ".join(rival.id for rival in rivals)
            why = f"one row of {template.called} (row {row + 1}) fits {all_ids}"
            unplaced += [Unplaced(rival, why) for rival in rivals]
    return {row: rivals[0] for row, rivals in claims.items() if len(rivals) == 1}, unplaced


def _key_index(template: Template, rows: list[int], key: Key) -> dict[str, list[int]]:
    return _index(rows, lambda row: key.clean(template.value(row, key.column)))


def _why(template: Template, tried: str, hits: int) -> str:
    if not tried:
        return f"no id is known that {template.called} has"
    return f"{template.called} has {'several rows' if hits else 'no row'} with the {tried}"


def _index(rows: list[int], key: Callable[[int], str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in rows:
        if value := key(row):
            found.setdefault(value, []).append(row)
    return found


def _id_of(kind: str) -> Callable[[Student], str]:
    """Look an id up as it is: it is only compared, never written."""
    return lambda student: student.ids.get(kind, "")


def _any_case(clean: Clean) -> Clean:
    return lambda value: clean(value).casefold()


def _squeezed(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _words(text: str) -> str:
    """Give the words of a title, each with a space around it, so that whole words are found in it."""
    words = re.split(r"[\W_]+", unicodedata.normalize("NFKC", text).casefold())
    return f" {' '.join(word for word in words if word)} "
