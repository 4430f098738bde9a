"""VPL: what is printed is read as VPL reads it, by the rules that its source states."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.platforms import recognised
from grader.platforms.contract import Found, Surroundings
from grader.platforms.settings import Platforms
from grader.platforms.vpl import answer, fault, find
from tests.command import MINI
from tests.platforms import made
from tests.platforms.places import broken_course, entry, fill

GRADES = {"VPL_GRADEMIN": "0", "VPL_GRADEMAX": "100.00000"}


@dataclass(frozen=True)
class Read:
    """What VPL makes of an output."""

    grade: str
    titles: tuple[str, ...]
    quoted: tuple[str, ...]
    other: tuple[str, ...]


def read(output: str) -> Read:
    """Find the grade and the comments in an output, as VPL does."""
    grades = re.findall(r"^Grade :=>>(.*)$", output, re.MULTILINE)
    comments, at = "", 0
    while start := re.compile(r"^[ \t]*(Comment :=>>(.*)|<\|--)[ \t]*$", re.MULTILINE).search(output, at):
        if start[1] != "<|--":
            comments, at = comments + start[2] + "\n", start.end() + 1
            continue
        end = re.compile(r"^[ \t]*--\|>[ \t]*$", re.MULTILINE).search(output, start.end() + 1)
        assert end, "a block has no end"
        comments, at = comments + output[start.end() + 1 : end.start()], end.end() + 1
    titles, quoted, other = [], [], []
    for line in comments.split("\n"):
        if len(line) > 1 and line.startswith("-"):
            titles.append(_without_reduction(line[1:].strip()))
        elif line.strip().startswith(">"):
            quoted.append(line.partition(">")[2])
        elif line.strip():
            other.append(line)
    return Read(grades[-1].strip() if grades else "", tuple(titles), tuple(quoted), tuple(other))


def _without_reduction(title: str) -> str:
    """Take away what VPL takes for a reduction: PHP compares what is no number as text."""
    if not title.endswith(")") or "(" not in title:
        return title
    inside = title[title.rindex("(") + 1 : -1].strip()
    try:
        less = float(inside) < 0
    except ValueError:
        less = inside < "0"
    return title[: title.rindex("(")] if less else title


def ran(where: Path, files: dict[str, bytes], course: Path | None = MINI, **more: str) -> tuple[int, str, Read]:
    """Run the entry as `vpl_execution` does, with the files that VPL names."""
    fill(where, files)
    names = {f"VPL_SUBFILE{at}": name for at, name in enumerate(files)} | {"VPL_SUBFILES": "\n".join(files)}
    done = entry("vpl", where, course=course, env={**GRADES, **names, **more})
    assert done.err == ""
    return done.code, done.out, read(done.out)


def around(where: Path, **environment: str) -> Surroundings:
    """Say where VPL runs, with its variables."""
    return Surroundings(here=where, environment=environment)


def test_right(tmp_path: Path) -> None:
    """A right answer among ten files has the highest grade, and staff's own files are not the student's."""
    fill(tmp_path, {"vpl_run.sh": b"exit 1\n", "mini_old.py": b"raise SystemExit\n"})

    code, out, said = ran(tmp_path, {"mini.py": made.RIGHT.encode()} | made.OTHERS)

    assert (code, said.grade) == (0, "100")
    assert out.rstrip().splitlines()[-1] == "Grade :=>> 100"
    assert any(title.startswith("double(x) is 2 x: passed, 2 of 2 points") for title in said.titles)


def test_hidden(tmp_path: Path) -> None:
    """A check that is hidden costs its points, and nothing else is told of it."""
    _, out, said = ran(tmp_path, {"mini.py": made.HALF.encode()}, VPL_GRADEMIN="1", VPL_GRADEMAX="6")

    assert said.grade == "4.5"
    assert not any(word in out for word in made.HIDDEN)
    assert any("worth 3 points" in line for line in said.quoted)


def test_hostile(tmp_path: Path) -> None:
    """Whatever a student's exception says, VPL reads one grade, which is ours, and no words outside of quotes."""
    _, out, said = ran(tmp_path, {"mini.py": made.RAISES.encode()})

    assert said.grade == "0"
    assert len(re.findall(r"^Grade :=>>", out, re.MULTILINE)) == 1
    assert said.other == ()
    assert any("Grade :=>> 100" in line for line in said.quoted)


@pytest.mark.parametrize("files", [{}, {"mini.py": b""}], ids=["none", "empty"])
def test_nothing(tmp_path: Path, files: dict[str, bytes]) -> None:
    """No file and an empty one have the lowest grade, and are told why."""
    code, _, said = ran(tmp_path, files)

    assert (code, said.grade) == (0, "0")
    assert said.quoted


def test_our_fault(tmp_path: Path) -> None:
    """Where our checks are broken there is no grade, and nothing of the error is shown."""
    course = broken_course(tmp_path)

    _, out, said = ran(tmp_path / "cwd", {"mini.py": made.RIGHT.encode()}, course)

    assert (said.grade, said.titles) == ("", ("Not graded",))
    assert "not in your code" in out
    assert made.SECRET not in out


def test_a_course_of_a_student(tmp_path: Path) -> None:
    """A course among the student's files is left alone, where none is named: its checks would run unwalled."""
    files = {str(path.relative_to(MINI)): path.read_bytes() for path in MINI.rglob("*.*") if path.is_file()}

    code, _, said = ran(tmp_path, {"mini.py": made.RIGHT.encode()} | files, None)

    assert (code, said.grade) == (3, "")


def test_no_grades_are_guessed(tmp_path: Path) -> None:
    """Without the activity's lowest and highest grade there is none."""
    for given in ({}, {"VPL_GRADEMIN": "0", "VPL_GRADEMAX": "nan"}, {"VPL_GRADEMIN": "5", "VPL_GRADEMAX": "5"}):
        with pytest.raises(UsageError):
            find(around(tmp_path, **given))


def test_files(tmp_path: Path) -> None:
    """Only what is named is taken, in folders too, and never by a link or from outside."""
    fill(tmp_path / "outside", {"secret.py": b"s"})
    here = fill(tmp_path / "cwd", {"mini.py": b"1", "sub/other.py": b"2", "vpl_run.sh": b"3"})
    (here / "link.py").symlink_to(tmp_path / "outside" / "secret.py")
    names = ["mini.py", "sub/other.py", "link.py", "../outside/secret.py", "not_there.py", "sub"]

    found = find(around(here, **GRADES, VPL_SUBFILES="\n".join(names)))

    assert dict(found.files) == {"mini.py": b"1", "sub/other.py": b"2"}


@pytest.mark.parametrize("title", ["ends so ()", "f(-1)", "a (* b)", "-|>", "|>", ">", made.HOSTILE, "x" * 100_000])
def test_titles(title: str, tmp_path: Path) -> None:
    """A title is whole and one line, whatever it ends in: VPL hides what it takes for a reduction."""
    reply = answer(made.told(made.line(title, 0, 2)), Found(), around(tmp_path, **GRADES), Platforms())

    said = read(reply.out)
    assert (said.grade, said.other, len(said.titles)) == ("0", (), 2)
    assert said.titles[1].endswith("failed, 0 of 2 points")


def test_texts(tmp_path: Path) -> None:
    """Long texts of many checks are cut, and every check is still there with its points."""
    lines = [made.line(f"Check {at}", 0, 1, made.HOSTILE + "y" * 50_000) for at in range(200)]

    reply = answer(made.told(*lines, notes=(made.HOSTILE,)), Found(), around(tmp_path, **GRADES), Platforms())

    said = read(reply.out)
    assert (said.grade, said.other, len(said.titles)) == ("0", (), 201)
    assert len(reply.out) < 100_000
    assert reply.out.endswith("\n--|>\nGrade :=>> 0\n")


def test_rejected_as_a_failure(tmp_path: Path) -> None:
    """Where staff want it so, what is no submission has no grade in place of the lowest."""
    rejected = made.told(made.line(had=0), status="rejected")

    zero = answer(rejected, Found(), around(tmp_path, **GRADES), Platforms())
    none = answer(rejected, Found(), around(tmp_path, **GRADES), Platforms(rejected="failure"))

    assert (read(zero.out).grade, read(none.out).grade) == ("0", "")
    assert none.out == fault("No file was handed in.", around(tmp_path)).out


def test_recognised(tmp_path: Path) -> None:
    """It is known by its variables."""
    assert recognised(Surroundings(tmp_path, tmp_path, GRADES)).name == "vpl"
