"""What the platforms do with a file that is uploaded: their own rules of import, as spec/platforms.md tells them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass

OWN = re.compile("Current Score|Current Points|Current Grade|Final Score|Final Points|Final Grade|Override")


def read(data: bytes, delimiter: str = ",") -> list[list[str]]:
    """Read a table as a CSV reader does, with no BOM."""
    text = data.decode("utf-8-sig")
    return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True) if row]


def looks_like_a_formula(value: str) -> bool:
    """Tell a cell that a spreadsheet would run."""
    return value.lstrip()[:1] in tuple("=+-@＝＋－＠") or value[:1] in tuple("\t\r")  # noqa: RUF001 - wide signs


@dataclass(frozen=True)
class Canvas:
    """What Canvas makes of a gradebook: scores by user id and title, new students, new assignments, points possible."""

    scores: dict[tuple[int, str], str]
    new_students: list[str]
    new_assignments: list[str]
    possible: dict[str, str]


def canvas(data: bytes, users: Mapping[int, str], assignments: Mapping[int, str]) -> Canvas:
    """Import a gradebook; `users` are names by user id (logins are `login<id>`), `assignments` titles by id."""
    header, *rest = read(data, _canvas_delimiter(data))
    width, login = _canvas_widths(header)
    made = Canvas({}, [], [], {})
    columns: dict[int, str] = {}
    for column, head in enumerate(header[width:], width):
        if not OWN.search(head):
            known = _canvas_assignment(head, assignments)
            made.new_assignments.extend([] if known else [head])
            columns[column] = known or head
    for row in rest:
        if "Points Possible" in row[0]:
            made.possible.update({title: row[column] for column, title in columns.items()})
        elif not all(re.fullmatch(r"\s*(Muted|Manual Posting.*)?\s*", cell, re.IGNORECASE) for cell in row):
            user = _canvas_user(row, login, users)
            made.new_students.extend([] if user else [row[0]])
            if user:
                made.scores.update({(user, title): _canvas_value(row[column]) for column, title in columns.items()})
    return made


def _canvas_delimiter(data: bytes) -> str:
    """Choose the one that cuts the first three lines into more cells, as many in each."""
    lines = data.decode("utf-8-sig").splitlines()[:3]
    counts = {mark: {len(next(csv.reader([one], delimiter=mark))) for one in lines} for mark in ";,"}
    sizes = {mark: found.pop() if len(found) == 1 else 0 for mark, found in counts.items()}
    return ";" if sizes[";"] > sizes[","] else ","


def _canvas_widths(header: list[str]) -> tuple[int, int | None]:
    """Refuse what is no header; returns how many columns are about students, and which holds the login."""
    assert len(header) > 3, "Invalid header row"
    assert "Student" in header[0], "Invalid header row"
    assert "ID" in header[1], "Invalid header row"
    width, login = 3, None
    if header[2] == "SIS Login ID":
        width, login = 4, 2
    elif header[2] == "SIS User ID" and header[3] == "SIS Login ID":
        width, login = 5, 3
    assert "Section" in header[width - 1], "Invalid header row"
    return width, login


def _canvas_assignment(head: str, assignments: Mapping[int, str]) -> str | None:
    numbered = re.fullmatch(r"(.*?)\s*\((\d+)\)", head)
    known = assignments.get(int(numbered[2])) if numbered else None
    return known or next((title for title in assignments.values() if title == head), None)


def _canvas_user(row: list[str], login: int | None, users: Mapping[int, str]) -> int | None:
    if row[1].isdigit() and int(row[1]) in users:
        return int(row[1])
    by_login = {f"login{user}": user for user in users}
    if login is not None and row[login] in by_login:
        return by_login[row[login]]
    return next((user for user, name in users.items() if row[0] == name), None)


def _canvas_value(value: str) -> str:
    return value.strip().replace(",", ".") if re.fullmatch(r"-?[0-9.,]+", value.strip()) else value.strip()


def canvas_pages(data: bytes, attachments: Mapping[int, int], anonymous: Mapping[str, int] = {}) -> dict[int, bytes]:
    """Take "Upload Submissions": pages by user; `attachments` says whose file each attachment is."""
    taken = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            parts = [part for part in name.rpartition("/")[2].split("_") if part != "LATE"]
            if parts[0] == "anon":
                user, attachment = anonymous.get(parts[1]), parts[2]
            else:
                numbers = [part for part in parts if re.fullmatch("[0-9]+", part)]
                user, attachment = int(numbers[0]), numbers[1]
            assert not parts[-1].startswith("link"), "ignored"
            assert not name.startswith("._"), "ignored"
            assert user is not None
            assert attachments[int(attachment)] == user, "ignored"
            taken[user] = archive.read(name)
    return taken


def moodle(
    data: bytes,
    participants: Collection[int],
    maximum: float,
    *,
    delimiter: str = ",",
    header: tuple[str, str, str] = ("Identifier", "Grade", "Last modified (grade)"),
    word: str = "Participant ",
) -> dict[int, tuple[float, str]]:
    """Import a grading worksheet: grade and comment by participant, of the rows that are not skipped."""
    head, *rows = read(data, delimiter)
    assert set(header) <= set(head), "invalid grade import"
    taken = {}
    for row in rows:
        cells = dict(zip(head, row, strict=True))
        number = cells[header[0]][len(word) :]
        grade = cells[header[1]].replace(",", ".")
        if not number.isdigit() or int(number) not in participants or not grade:
            continue
        if not 0 <= float(grade) <= maximum or cells.get("Grade can be changed", "Yes") == "No":
            continue
        taken[int(number)] = (float(grade), cells.get("Feedback comments", ""))
    return taken


def moodle_pages(data: bytes, participants: Collection[int], *, old: bool = False) -> dict[int, dict[str, bytes]]:
    """Take "Upload multiple feedback files in a zip": files by participant; old versions want five parts."""
    taken: dict[int, dict[str, bytes]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for path in archive.namelist():
            assert not path.rpartition("/")[2].startswith((".", "~")), "ignored"
            parts = path.split("/")
            while parts:
                info = parts.pop(0).split("_", 4)
                if len(info) < (5 if old else 4) or not info[1].isdigit() or int(info[1]) not in participants:
                    continue
                assert info[2:4] == ["assignsubmission", "file"]
                rest = "/".join([info[4] if len(info) > 4 else "", *parts]).lstrip("/")
                taken.setdefault(int(info[1]), {})[rest] = archive.read(path)
                break
    return taken


def blackboard(data: bytes, usernames: Collection[str], columns: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Upload to the Grade Centre: scores by username and title; `columns` are titles by column id."""
    assert data.startswith(b"\xef\xbb\xbf"), "names would be garbled"
    text = data.decode("utf-8-sig")
    assert all(line.startswith('"') for line in text.splitlines()), "not all quoted"
    header, *rows = read(data)
    user = header.index("Username")
    taken = {}
    for column, head in enumerate(header):
        if column == user or head in {"Last Name", "First Name", "Student ID", "Last Access", "Availability"}:
            continue
        found = re.search(r"\|\s*(\d+)$", head)
        title = columns[found[1]] if found else f"new: {head}"
        taken.update({(row[user], title): row[column] for row in rows if row[user] in usernames})
    return taken


def brightspace(data: bytes, orgs: Collection[str], users: Collection[str] = ()) -> dict[tuple[str, str], str]:
    """Import grades: by OrgDefinedId or Username, and the item's title."""
    header, *rows = read(data)
    assert header[-1] == "End-of-Line Indicator"
    assert header[0] in {"OrgDefinedId", "Username"}
    taken = {}
    for row in rows:
        assert row[-1] == "#", "End-of-Line Indicator is missing"
        assert len(row) == len(header)
        assert row[0].startswith("#")
        assert row[0][1:] in (orgs if header[0] == "OrgDefinedId" else users)
        for head, value in zip(header, row, strict=True):
            if found := re.match(r"(.*) Points Grade", head):
                taken[row[0][1:], found[1]] = value
    return taken


def nbgrader(data: bytes) -> list[dict[str, str]]:
    """Read what `nbgrader export` writes as its readers do: lines, cut at commas."""
    header, *lines = data.decode().split("\n")
    assert lines.pop() == ""
    names = header.split(",")
    rows = [line.split(",") for line in lines]
    assert all(len(row) == len(names) for row in rows), "a comma has shifted the columns"
    return [dict(zip(names, row, strict=True)) for row in rows]
