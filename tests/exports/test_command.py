"""`grade export`, the real command, behind a real `grade run`; and gradebooks with the ids of a platform."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from contextlib import closing
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.exports import formats
from grader.exports.command import ExportOptions, export
from grader.exports.order import Made, Order
from grader.gradebook.book import Gradebook
from grader.gradebook.places import url_of
from grader.handin import Handin
from grader.results import GradedSubmission, Result
from grader.submission import Submission
from tests.command import MINI, Ran, grade, results, run_mini
from tests.exports import importers

RIGHT = "def double(x):\n    return x + x\n\ndef total(x):\n    return float(x.sum())\n"


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Grade a small class."""
    folder, directory = tmp_path_factory.mktemp("class"), tmp_path_factory.mktemp("out")
    (folder / "ann.py").write_text(RIGHT)
    (folder / "bob.py").write_text("x = 1 +\n")
    ended = run_mini(directory, [folder], "--jobs", "1")
    assert ended.code == 0, ended.err
    return directory


def _export(name: str, directory: Path, output: Path, *more: str | Path) -> Ran:
    return grade("export", name, directory, "-o", output, "--course", MINI, *more)


def test_the_marks_of_a_run_come_out(ran: Path, tmp_path: Path) -> None:
    """A run, then an export: one row a student, and one sentence on standard output."""
    ended = _export("csv", ran, tmp_path / "marks.csv")
    head, *rows = importers.read((tmp_path / "marks.csv").read_bytes())

    assert (ended.code, ended.err) == (0, "")
    assert ended.out == f"{tmp_path / 'marks.csv'} holds 2 of 2 students.\n"
    assert [(row[0], row[head.index("mark")], row[head.index("status")]) for row in rows] == [
        ("ann", "10", "graded"),
        ("bob", "0", "import_error"),
    ]


def test_a_template_is_filled_by_the_title_of_the_assignment(ran: Path, tmp_path: Path) -> None:
    """The folder's names are logins here; the column is the one that is called as the slug."""
    template = tmp_path / "gradebook.csv"
    template.write_text("Student,ID,SIS Login ID,Section,Mini (7)\nA,1,ann,x,\nC,3,cleo,x,\n")
    ended = _export("canvas", ran, tmp_path / "filled.csv", "--template", template)

    assert ended.code == 0, ended.err
    assert (tmp_path / "filled.csv").read_text() == template.read_text().replace("ann,x,", "ann,x,10")
    assert "filled the column 'Mini (7)'" in ended.err
    assert "1 row of gradebook.csv got nothing: C." in ended.err
    assert "1 student is not in the file:\n  bob (bob): " in ended.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["excel"], "there is no format called 'excel'; there are csv, canvas, canvas-feedback, moodle"),
        (["csv", "--template", "x.csv"], "the format csv takes no --template"),
        (["canvas-feedback", "--column", "x"], "the format canvas-feedback takes no --column"),
        (["canvas"], "no student of mini can be placed"),
        (["moodle"], "give it with --template"),
        (["csv", "--assignment", "other"], "the gradebook holds mini: other is not among them"),
    ],
)
def test_a_wrong_argument_gets_one_line(ran: Path, tmp_path: Path, arguments: list[str], words: str) -> None:
    """Exit code 2, one sentence that says what would be right, and no file."""
    ended = _export(arguments[0], ran, tmp_path / "marks.csv", *arguments[1:])

    assert ended.code == 2
    assert words in ended.err.splitlines()[-1]
    assert list(tmp_path.iterdir()) == []


def test_the_help_names_every_format() -> None:
    """And `grade export --help` is quick: it imports no format."""
    ended = grade("export", "--help")
    text = " ".join(ended.out.split())

    assert [name for name in formats.BUILT_IN if name not in text] == []


def _book(directory: Path, result: Result, submissions: Sequence[Submission], runs: int = 1) -> None:
    with closing(Gradebook(url_of(directory), "mini")) as book:
        for _ in range(runs):
            book.begin(submissions, whole=True)
        for at, one in enumerate(submissions):
            book.record(one, f"key{at}", GradedSubmission(result=result))


def _submission(name: str, when: str = "", **ids: str) -> Submission:
    return Submission(name, name, (), None, rejection=when, handin=Handin(ids=ids, submitted_at=when))


@pytest.mark.parametrize("name", ["csv", "nbgrader", "canvas", "blackboard", "brightspace"])
def test_who_the_last_run_did_not_get_to_has_an_empty_cell(ran: Path, tmp_path: Path, name: str) -> None:
    """Graded before or never: what is no mark of the last run is no number, and who it is is told."""
    result = results(ran)["ann"]
    kinds = ("user", "login", "sid")
    ann, bob, cem = (
        _submission(one, **dict.fromkeys(kinds, f"{at}")) for at, one in enumerate(["ann", "bob", "cem"], 101)
    )
    _book(tmp_path, result, [ann, bob])
    with closing(Gradebook(url_of(tmp_path), "mini")) as book:
        book.begin([ann, bob, cem], whole=True)
        book.record(ann, "new", GradedSubmission(result=result))
    ended = _export(name, tmp_path, tmp_path / "marks.csv")
    head, *rows = importers.read((tmp_path / "marks.csv").read_bytes())
    marks = [row[_mark_column(head)] for row in rows if row[0].strip() != "Points Possible"]

    assert (ended.code, marks) == (0, ["10", "", ""])
    assert "no mark is known yet, so the cell is empty, of bob, cem." in ended.err


def _mark_column(head: Sequence[str]) -> int:
    title = next((title for title in ("mark", "score") if title in head), None)
    return head.index(title) if title else next(at for at, one in enumerate(head) if one.startswith("Mini: "))


def test_a_page_goes_to_what_was_handed_in_last(ran: Path, tmp_path: Path) -> None:
    """The ids of a student are those of the last hand-in; another student of the book keeps its own."""
    result = results(ran)["ann"]
    first = _submission("ann", "2026-01-01", user="1001", attachment="5")
    last = _submission("ann", "2026-01-02", user="1001", attachment="9")
    _book(tmp_path, result, [first, last, _submission("bob", user="1002", attachment="6")])
    for name in ("ann", "bob"):
        (tmp_path / "submissions" / name).mkdir(parents=True)
        (tmp_path / "submissions" / name / "feedback.html").write_text(name)
    ended = _export("canvas-feedback", tmp_path, tmp_path / "pages.zip")

    assert ended.code == 0, ended.err
    with zipfile.ZipFile(tmp_path / "pages.zip") as archive:
        assert archive.namelist() == ["ann_1001_9_feedback.html", "bob_1002_6_feedback.html"]


def test_a_gradebook_elsewhere_is_read(ran: Path, tmp_path: Path) -> None:
    """With --gradebook the marks come from there; without the course the slug is the title, and that is told."""
    book, folder = tmp_path / "book", tmp_path / "here" / "assignments"
    book.mkdir()
    folder.mkdir(parents=True)
    _book(book, results(ran)["ann"], [_submission("ann", user="1001")])
    ended = grade(
        "export", "canvas", tmp_path, "-o", tmp_path / "marks.csv", "--gradebook", url_of(book), cwd=folder.parent
    )  # fmt: skip
    refused = grade(
        "export", "canvas", tmp_path, "-o", tmp_path / "marks.csv", "--gradebook", url_of(book),
        "--course", folder.parent,
    )  # fmt: skip

    assert ended.code == 0, ended.err
    assert importers.canvas((tmp_path / "marks.csv").read_bytes(), {1001: ""}, {}).new_assignments == ["mini"]
    assert (refused.code, "has no assignment mini" in refused.err) == (2, True)


def test_what_cannot_be_written_leaves_nothing(ran: Path, tmp_path: Path) -> None:
    """A folder is no file, and a folder of nothing is no result of a run."""
    ended = _export("csv", ran, tmp_path)
    nothing = _export("csv", tmp_path, tmp_path / "marks.csv")

    assert (ended.code, "is a folder: name the file to write with -o" in ended.err) == (2, True)
    assert (nothing.code, "holds no gradebook.sqlite" in nothing.err) == (2, True)
    assert list(tmp_path.iterdir()) == []


class _Lines:
    """A format of somebody else's package."""

    takes: frozenset[str] = frozenset()

    def make(self, order: Order) -> Made:
        """Write an id a line."""
        return Made("\n".join(one.id for one in order.students).encode(), order.students)


LINES = _Lines()


def test_another_package_adds_a_format(ran: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry point of the group `grader.exports` is a format, listed with ours."""
    point = EntryPoint("lines", f"{__name__}:LINES", formats.GROUP)
    monkeypatch.setattr(EntryPoint, "load", lambda _: LINES)
    monkeypatch.setattr(formats, "entry_points", lambda group: [point] if group == "grader.exports" else [])
    code = export(ExportOptions("lines", ran, tmp_path / "ids.txt", course=MINI))

    assert (code, (tmp_path / "ids.txt").read_text()) == (0, "ann\nbob")
    assert formats.names()[-1] == "lines"


@pytest.mark.parametrize(
    ("point", "words"),
    [
        (EntryPoint("csv", "x:y", formats.GROUP), "two formats are called 'csv'; x:y has to take another name"),
        (EntryPoint("mine", "no_such_package:y", formats.GROUP), "the format 'mine' .* cannot be had"),
    ],
)
def test_a_format_that_cannot_be_had_is_named(monkeypatch: pytest.MonkeyPatch, point: EntryPoint, words: str) -> None:
    """One sentence names the package that is at fault."""
    monkeypatch.setattr(formats, "entry_points", lambda group: [point] if group else [])
    with pytest.raises(UsageError, match=words):
        formats.format_called("mine")
