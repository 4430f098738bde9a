"""Hostile submissions in a class: none gains a point, and nobody else's result changes."""

from __future__ import annotations

import csv
import html
import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.results import read_result
from tests.command import GRADE, grade, results
from tests.corpus import Case, cases, differences
from tests.settings import USER, command
from tests.traces import left_since, look, orphans_come_to_us

pytestmark = [pytest.mark.slow, pytest.mark.alone]

KINDS = ("forge", "read", "kill", "exhaust", "persist", "confuse", "inject")
"""What an attack is after; each case of the corpus is named by it."""

ATTACKS = range(1, 79)
"""The attacks of the table in docs/security.md."""

HOSTILE = cases("hostile")
"""All of them are submissions to himmelblau."""

SETTINGS = ("root", "user") if os.geteuid() == 0 else ("user",)
"""Who runs the grader on this machine; `tests/container/` has the third setting."""

MARKUP = ("<script>alert", "<img", "<iframe", "<svg/", "<svg on", "<svg xmlns='", "<style>*", "<b>", "</text><")
"""Of what the cases print, raise or are called."""

CONTROLS = "\x00\x07\x08\x1b\x7f\x85\x9b\u2028\u202e\u2066\ufeff"
"""Characters that drive a terminal, turn text round, or end a line."""


@dataclass(frozen=True)
class Runs:
    """The results of honest submissions alone, of the same among hostile ones, and what was left of those."""

    alone: Path
    mixed: Path
    left: set[str]
    temporary: set[str]


def run_among_honest(
    folder: Path, temporary: Path, command: Sequence[str] = GRADE, *, owner: int | None = None
) -> Runs:
    """Grade honest submissions alone, and the same among all the hostile ones, by `command`, as `owner` of all."""
    before = look()
    for name, members in (("alone", _honest()), ("mixed", _honest() + [case.folder for case in HOSTILE])):
        for member in members:
            target = folder / name / "class" / member.name
            shutil.copytree(member, target, ignore=shutil.ignore_patterns("expect.toml", "__pycache__"))
        if owner is not None:
            for path in (folder, temporary, *folder.rglob("*")):
                os.chown(path, owner, owner, follow_symlinks=False)
        with orphans_come_to_us():
            done = grade(
                "run", "himmelblau", folder / name / "class", "-o", folder / name / "out", "--jobs", "2",
                command=command, env={"TMPDIR": str(temporary)}, seconds=1200,
            )  # fmt: skip
        assert done.code == 0, done.err
    made = {path.name for path in temporary.iterdir() if not path.name.startswith((".", "torchinductor"))}
    return Runs(folder / "alone" / "out", folder / "mixed" / "out", left_since(before), made)


def _honest() -> list[Path]:
    """Choose honest submissions to stand among the hostile ones: three right, two wrong."""
    found = [case for case in cases("himmelblau") if case.status == "graded"]
    right = [case.folder for case in found if case.right][:3]
    wrong = [case.folder for case in found if case.lost and "timed_out" not in case.outcomes.values()][:2]
    assert len(right) == 3
    assert len(wrong) == 2
    return right + wrong


def bare(path: Path) -> bytes:
    """Read a result without its times, which no two runs share."""
    result = json.loads(path.read_bytes())
    result.pop("seconds")
    for check in result["checks"]:
        check.pop("seconds")
    return json.dumps(result).encode()


@pytest.fixture(scope="module", params=SETTINGS)
def runs(request: pytest.FixtureRequest) -> Iterator[Runs]:
    """Run the hostile corpus in a setting, in folders that its user reaches."""
    base = Path(tempfile.mkdtemp(prefix="pytest-grade-"))
    base.chmod(0o711)
    folder, temporary = base / "work", base / "tmp"
    folder.mkdir()
    temporary.mkdir(mode=0o711)
    user = os.geteuid() == 0 and request.param == "user"
    words = [*command(request.param), *GRADE[1:]]
    yield run_among_honest(folder, temporary, words, owner=USER if user else None)
    shutil.rmtree(base)


def test_the_corpus_is_of_every_kind() -> None:
    """At least 60 cases attack the grader, at least five of each kind, and each names the attacks that it tries."""
    kinds = Counter(case.name.partition("_")[0] for case in HOSTILE)

    assert sum(kinds.values()) >= 60
    assert set(kinds) == set(KINDS)
    assert min(kinds.values()) >= 5
    assert [case.name for case in HOSTILE if not case.attacks] == []
    assert {number for case in HOSTILE for number in case.attacks} <= set(ATTACKS)


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case.name)
def test_a_hostile_submission_gains_nothing(runs: Runs, case: Case) -> None:
    """It ends with a score of 0, which is never left open, and with the words that it should."""
    result = read_result(runs.mixed / "submissions" / case.name / "result.json")

    assert result.score == 0.0
    assert differences(case, result) == []


def test_the_class_around_them_is_graded_as_without_them(runs: Runs) -> None:
    """The results of honest submissions are the same to the byte, but for `seconds`."""
    names = list(results(runs.alone))

    assert len(names) == 5
    for name in names:
        path = Path("submissions") / name / "result.json"
        assert bare(runs.alone / path) == bare(runs.mixed / path)


def test_nothing_of_them_is_left(runs: Runs) -> None:
    """No process, whatever its parent, no file, System V object, socket or scratch directory outlives the run."""
    assert runs.left == set()
    assert runs.temporary == set()
    assert {path.name for path in runs.mixed.iterdir()} == {
        "index.html",
        "grades.csv",
        "gradebook.sqlite",
        "submissions",
    }


def test_their_output_is_shown_as_text(runs: Runs) -> None:
    """What they print, raise or are called appears in the pages as text, never as markup or as a control character."""
    pages = [*runs.mixed.glob("submissions/*/*.html"), runs.mixed / "index.html"]
    shown = {page: page.read_text() for page in pages}

    found = [(page.parent.name, one) for page, text in shown.items() for one in (*MARKUP, *CONTROLS) if one in text]

    assert found == []
    assert any("&lt;script&gt;alert(1)" in text for text in shown.values())
    with (runs.mixed / "grades.csv").open(newline="") as table:
        rows = list(csv.reader(table))
    assert len(rows) == len(results(runs.mixed)) + 1
    assert {len(row) for row in rows} == {len(rows[0])}


def test_inputs_of_hidden_checks_are_not_told_to_students(tmp_path: Path) -> None:
    """What a submission says in a hidden check, its inputs for one, is on the page for staff alone."""
    case = next(case for case in HOSTILE if case.name == "read_inputs_through_messages")

    done = grade("run", "himmelblau", case.folder, "-o", tmp_path / "out")

    assert done.code == 0, done.err
    (folder,) = (tmp_path / "out" / "submissions").iterdir()
    (result,) = results(tmp_path / "out").values()
    pages = [html.unescape((folder / name).read_text()) for name in ("feedback.html", "report.html")]
    said = {check.id: check.message.splitlines()[0] for check in result.checks if check.outcome == "raised"}
    hidden = {check.id for check in result.checks if check.visibility == "hidden"} & set(said)
    assert len(hidden) >= 5
    assert [name for name, words in said.items() if words in pages[0]] == [name for name in said if name not in hidden]
    assert [name for name, words in said.items() if words not in pages[1]] == []
