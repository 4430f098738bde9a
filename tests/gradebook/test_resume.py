"""What is on record is not graded again, and what has changed is: by content, whatever the names of the files are."""

from __future__ import annotations

import csv
import shutil
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from grader.gradebook.book import open_existing
from grader.results import Result, is_unwalled
from tests.command import MINI, Ran, grade, results, run_mini

pytestmark = pytest.mark.beside

RIGHT = "def double(x):\n    return x + x\n\ndef total(x):\n    return float(x.sum())\n"
WRONG = RIGHT.replace("x + x", "3 * x")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Grade a class of four once: a right one, a copy of it, a wrong one, one that does not import."""
    folder, out = tmp_path_factory.mktemp("class"), tmp_path_factory.mktemp("out")
    for name, text in {"ann": RIGHT, "ben": RIGHT, "cho": WRONG, "dov": "import nothing_such\n"}.items():
        (folder / f"{name}.py").write_text(text)
    assert run_mini(out, [folder]).code == 0
    return folder, out


@pytest.fixture
def place(first: tuple[Path, Path], tmp_path: Path) -> tuple[Path, Path]:
    """Copy the class and what its run has left, to be changed by one test."""
    folder, out = tmp_path / "class", tmp_path / "out"
    shutil.copytree(first[0], folder)
    shutil.copytree(first[1], out)
    return folder, out


def _again(place: tuple[Path, Path], *more: str, course: Path = MINI) -> tuple[Ran, set[str]]:
    """Run again, and say who was graded anew: two runs never take the same time to the tenth of a millisecond."""
    before = results(place[1])
    ran = run_mini(place[1], [place[0]], *more, course=course)
    assert ran.code == 0, ran.err
    return ran, {name for name, one in results(place[1]).items() if _spent(one) != _spent(before.get(name))}


def _spent(result: Result | None) -> tuple[float, ...] | None:
    if result is None:
        return None
    return (result.seconds.wall, result.seconds.cpu, *(check.seconds for check in result.checks))


def _files(out: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.suffix != ".sqlite"
    }


def test_the_same_run_again_grades_nothing(place: tuple[Path, Path]) -> None:
    """Every file is as it was, to the byte."""
    before = _files(place[1])

    _, anew = _again(place)

    assert anew == set()
    assert _files(place[1]) == before


def test_what_was_lost_is_written_again_from_the_record(place: tuple[Path, Path]) -> None:
    """Pages that somebody has deleted or changed come back without grading."""
    before = _files(place[1])
    shutil.rmtree(place[1] / "submissions" / "ann")
    (place[1] / "submissions" / "cho" / "result.json").write_text("{}")
    (place[1] / "submissions" / "dov" / "feedback.html").unlink()
    (place[1] / "submissions" / "ben" / "feedback.html").write_text("10 of 10 points, by my own hand")
    (place[1] / "index.html").unlink()

    ran = run_mini(place[1], [place[0]])

    assert ran.code == 0
    assert _files(place[1]) == before


def test_a_damaged_record_is_told_and_can_be_graded_anew(place: tuple[Path, Path]) -> None:
    """What a disk has done to the gradebook ends the run with a sentence, and `--fresh` puts it right."""
    for bad in (b"no zlib", zlib.compress(b"{}")):
        with closing(sqlite3.connect(place[1] / "gradebook.sqlite")) as book, book:
            book.execute("UPDATE outcome SET result = ? WHERE id = 1", (bad,))
        ran = run_mini(place[1], [place[0]])

        assert ran.code == 3
        assert "grade: row 1 of the table outcome in the gradebook is damaged: " in ran.err
        assert "Traceback" not in ran.err

    _again(place, "--fresh")
    assert _again(place)[1] == set()


def test_fresh_grades_everything_again(place: tuple[Path, Path]) -> None:
    """`--fresh` takes nothing from the record, and leaves no second result there."""
    _, anew = _again(place, "--fresh")

    assert anew == {"ann", "ben", "cho", "dov"}
    with closing(open_existing(place[1], None)) as book:
        assert len(book.history("ann")) == 1


def test_only_what_is_new_is_graded(place: tuple[Path, Path]) -> None:
    """A changed file is another attempt; a new student with known files costs nothing."""
    (place[0] / "cho.py").write_text(RIGHT + "# at last\n")
    (place[0] / "eve.py").write_text(WRONG)
    (place[0] / "fay.py").write_text(WRONG + "# mine\n")

    _, anew = _again(place)

    assert anew == {"cho", "eve", "fay"}  # eve is new, but not graded:
    found = results(place[1])
    assert _spent(found["eve"]) == _spent(results(place[1])["eve"])
    with closing(open_existing(place[1], None)) as book:
        stood = [(one.student_id, one.score) for one in book.standings()]
    assert stood == [
        ("ann", 10.0),
        ("ben", 10.0),
        ("cho", 7.0),
        ("cho", 10.0),
        ("dov", 0.0),
        ("eve", 7.0),
        ("fay", 7.0),
    ]
    assert found["eve"].submission.id == "eve"


def test_another_seed_grades_again_and_back_again_does_not(place: tuple[Path, Path]) -> None:
    """A result belongs to its seed; that of the first one is still on record."""
    before = _files(place[1])

    assert _again(place, "--seed", "1")[1] == {"ann", "ben", "cho", "dov"}
    run_mini(place[1], [place[0]])

    assert _files(place[1]) == before


def test_a_changed_check_grades_again_and_a_changed_policy_does_not(place: tuple[Path, Path], tmp_path: Path) -> None:
    """What decides a result is hashed; the old result stays on record beside the new one."""
    course = tmp_path / "course"
    shutil.copytree(MINI, course)
    checks = course / "solutions" / "mini" / "checks.py"
    assert _again(place, course=course)[1] == set()
    facts = course / "assignments" / "mini" / "assignment.toml"
    facts.write_text(facts.read_text() + "\n[policy]\nround_to = 0.5\n")
    assert _again(place, course=course)[1] == set()

    checks.write_text(checks.read_text() + "\n# stricter\n")
    assert _again(place, course=course)[1] == {"ann", "ben", "cho", "dov"}

    with closing(open_existing(place[1], None)) as book:
        assert len(book.history("ann")) == 2
        assert len(book.standings()) == 4


def test_data_that_checks_read_is_part_of_them(place: tuple[Path, Path], tmp_path: Path) -> None:
    """What lies in the hidden folder decides results as the checks do; a correct variant decides none."""
    course = tmp_path / "course"
    shutil.copytree(MINI, course)
    hidden = course / "solutions" / "mini"
    (hidden / "variants").mkdir()
    (hidden / "variants" / "other.py").write_text(RIGHT)
    assert _again(place, course=course)[1] == set()

    (hidden / "data").mkdir()
    (hidden / "data" / "expected.csv").write_text("3.0\n")
    assert _again(place, course=course)[1] == {"ann", "ben", "cho", "dov"}


def test_a_folder_is_of_one_assignment(place: tuple[Path, Path], tmp_path: Path) -> None:
    """A student in two assignments has one page in a folder, so a second assignment is sent elsewhere."""
    course = tmp_path / "course"
    for kind in ("assignments", "solutions"):
        shutil.copytree(MINI / kind / "mini", course / kind / "maxi")
    before = _files(place[1])

    ran = grade("run", "maxi", place[0], "-o", place[1], "--course", course)

    assert ran.code == 2
    assert ran.err == f"grade: {place[1]} holds the results of mini: give maxi another folder\n"
    assert _files(place[1]) == before


def test_without_a_wall_is_not_behind_one(place: tuple[Path, Path]) -> None:
    """What is on record from behind the wall says nothing of a run with the sandbox off, nor the other way round."""
    assert _again(place, "--sandbox", "off")[1] == {"ann", "ben", "cho", "dov"}
    assert is_unwalled(results(place[1])["ann"])

    run_mini(place[1], [place[0]])

    assert not is_unwalled(results(place[1])["ann"])


def test_a_part_of_a_class_leaves_the_rest_on_record(place: tuple[Path, Path]) -> None:
    """`--only` grades one, and the class page and the marks still show everybody."""
    (place[0] / "ann.py").write_text(WRONG + "# changed\n")

    _, anew = _again(place, "--only", "ann")

    assert anew == {"ann"}
    rows = (place[1] / "grades.csv").read_text().splitlines()[1:]
    assert [row.split(",")[0] for row in rows] == ["ann", "ben", "cho", "dov"]


def test_checks_that_change_during_a_run_end_it(place: tuple[Path, Path], tmp_path: Path) -> None:
    """A process that takes the place of one that died reads the checks anew: no class is graded by two of them."""
    course = tmp_path / "course"
    shutil.copytree(MINI, course)
    checks = course / "solutions" / "mini" / "checks.py"
    checks.write_text(
        "import os, pathlib\nfrom grader.checks import points\n\n@points(15)\ndef check_double(submission):\n"
        "    '''A person saves the file, and a job dies.'''\n    if submission.defines('fatal'):\n"
        "        path = pathlib.Path(__file__)\n        path.write_text(path.read_text() + '# edited\\n')\n"
        "        os.kill(os.getpid(), 9)\n"
    )
    (place[0] / "zoe.py").write_text(RIGHT + "fatal = 1\n")

    ran = run_mini(place[1], [place[0]], "--jobs", "1", course=course)

    assert ran.code == 2
    assert "grade: the checks of mini were changed during the run: run it again; " in ran.err


def test_one_file_is_no_class(place: tuple[Path, Path]) -> None:
    """Who hands in later and is graded alone does not make everybody else one who has left the class."""
    assert run_mini(place[1], [place[0] / "ann.py"]).code == 0

    rows = csv.DictReader((place[1] / "grades.csv").read_text().splitlines())
    assert [row["in_last_class"] for row in rows] == ["yes"] * 4


def test_a_best_attempt_of_other_checks_is_told(place: tuple[Path, Path], tmp_path: Path) -> None:
    """Its files are gone, so a corrected check does not reach it: staff are told whose mark that is."""
    course = tmp_path / "course"
    shutil.copytree(MINI, course)
    facts = course / "assignments" / "mini" / "assignment.toml"
    facts.write_text(facts.read_text() + '\n[policy]\nattempt = "best"\n')
    (place[0] / "ann.py").write_text(WRONG + "# again\n")
    assert "other checks" not in _again(place, course=course)[0].out
    checks = course / "solutions" / "mini" / "checks.py"
    checks.write_text(checks.read_text() + "\n# corrected\n")

    ran, _ = _again(place, course=course)

    assert "  1 with a mark by other checks than those of the last attempt: ann\n" in ran.out


def test_a_full_disk_is_told_and_the_next_run_goes_on(place: tuple[Path, Path], tmp_path: Path) -> None:
    """Where the results cannot be written the run ends with exit code 3 and a sentence, and nothing half-done."""
    for number in range(6):
        (place[0] / f"more{number}.py").write_text(RIGHT + f"# {number}\n")
    from tests.gradebook.small_disk import mounted

    there = sum(path.stat().st_size for path in place[1].rglob("*") if path.is_file()) >> 10
    with mounted(tmp_path / "disk", kilobytes=there + 130) as disk:
        shutil.copytree(place[1], disk, dirs_exist_ok=True)
        ran = run_mini(disk, [place[0]])
        assert ran.code == 3
        assert "No space left" in ran.err or "disk is full" in ran.err
        assert "Traceback" not in ran.err
        shutil.rmtree(place[1])
        shutil.copytree(disk, place[1])

    _, anew = _again(place)

    assert anew <= {f"more{number}" for number in range(6)}
    assert len(results(place[1])) == 10


def test_a_gradebook_may_lie_elsewhere(place: tuple[Path, Path], tmp_path: Path) -> None:
    """`--gradebook` names a file that is made, private, and resumed from; none is made in the folder of results."""
    (place[1] / "gradebook.sqlite").unlink()
    more = ("--gradebook", f"sqlite:///{tmp_path}/elsewhere.sqlite")

    assert _again(place, *more)[1] == {"ann", "ben", "cho", "dov"}
    assert _again(place, *more)[1] == set()

    assert (tmp_path / "elsewhere.sqlite").stat().st_mode & 0o077 == 0
    assert not (place[1] / "gradebook.sqlite").exists()
