"""Whatever is killed, and when: the next run goes on, and what is on record in the end is as if nothing had been."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.gradebook.book import Gradebook, open_existing
from grader.results import Result, Seconds
from tests.gradebook.postgresql import server

pytestmark = [pytest.mark.slow, pytest.mark.beside]

KILLS = 50

CODE = """
import time
time.sleep({nap})

def double(x):
    return {factor} * x

def total(x):
    return float(x.sum())
"""


@pytest.fixture(scope="module")
def submissions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay out a class of which some are right, some wrong, some do not import and two are the same."""
    folder = tmp_path_factory.mktemp("class")
    for number in range(8):
        text = CODE.format(nap=0.01 * number, factor=2 + number % 2)
        (folder / f"s{number}.py").write_text(text)
    (folder / "same.py").write_bytes((folder / "s3.py").read_bytes())
    (folder / "broken.py").write_text("x = 1 +\n")
    (folder / "empty").mkdir()
    return folder


def _on_record(book: Gradebook) -> dict[str, tuple[Any, ...]]:
    """List what a gradebook holds, but for times and the numbers of runs."""
    found = {}
    for one in book.standings():
        (known,) = book.results([one.outcome_id])
        result = _timeless(known.decoded().result)
        found[one.student_id] = (
            one.student,
            one.sha256,
            one.status,
            one.score,
            one.max_score,
            result,
            len(book.history(one.student_id)),
        )
    return found


def _timeless(result: Result) -> Result:
    checks = tuple(msgspec.structs.replace(check, seconds=0.0) for check in result.checks)
    return msgspec.structs.replace(result, seconds=Seconds(), checks=checks)


def _killed(seed: int, kills: int, submissions: Path, out: Path, *options: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.gradebook.kills", str(seed), str(kills), str(submissions), str(out)]
    done = subprocess.run(  # noqa: S603 - our own
        [*command, "--jobs", "2", *options],
        env=os.environ | {"PYTHONHASHSEED": "0"}, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_fifty_kills_change_nothing(submissions: Path, tmp_path: Path) -> None:
    """Kills of the run, of its jobs, nurseries and workers, and Ctrl-C, leave the gradebook of an undisturbed run.

    Each student has one attempt with one result, and the files and pages are those of the record.
    """
    found = _killed(1, KILLS, submissions, tmp_path)

    with closing(open_existing(tmp_path / "undisturbed", None)) as book:
        expected = _on_record(book)
    assert len(expected) == 11
    assert {kill["code"] for kill in found["kills"]} >= {-9, 130, 0}, found
    for number in range(found["rounds"]):
        place = tmp_path / str(number)
        with closing(open_existing(place, None)) as book:
            assert _on_record(book) == expected, found
        for one in expected:
            written = msgspec.json.decode((place / "submissions" / one / "result.json").read_bytes(), type=Result)
            assert _timeless(written) == expected[one][5]
        assert (place / "grades.csv").read_bytes() == (tmp_path / "undisturbed" / "grades.csv").read_bytes()


@pytest.fixture
def postgresql() -> Iterator[str]:
    """Start a server."""
    with server() as url:
        yield url


def test_a_killed_run_goes_on_in_postgresql(submissions: Path, tmp_path: Path, postgresql: str) -> None:
    """The same holds for a gradebook on a server, which is shared by all rounds: nothing is there twice."""
    _killed(2, 8, submissions, tmp_path, "--gradebook", postgresql, "--fresh")

    with closing(open_existing(tmp_path, postgresql)) as book:
        shared = _on_record(book)
    assert not (tmp_path / "undisturbed" / "gradebook.sqlite").exists()
    right = {f"s{number}": 7.0 if number % 2 else 10.0 for number in range(8)}
    assert {name: facts[3] for name, facts in shared.items()} == right | {"same": 7.0, "broken": 0.0, "empty": 0.0}
    assert {facts[6] for facts in shared.values()} == {1}
