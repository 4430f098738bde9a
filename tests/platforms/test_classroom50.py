"""Classroom 50: `result.json` passes what its runner and its collector demand, field by field."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from grader.errors import UsageError
from grader.platforms import recognised
from grader.platforms.answer import Answer
from grader.platforms.classroom50 import answer, find
from grader.platforms.contract import Found, Surroundings
from grader.platforms.github import NOT_SHOWN
from grader.platforms.settings import Platforms
from tests.command import MINI, Ran
from tests.platforms import made
from tests.platforms.places import broken_course, entry, fill

PAGE = "https://github.com/org/ml-mini-jdoe"
ENVIRONMENT = {
    "CLASSROOM": "ml",
    "ASSIGNMENT": "mini",
    "ASSIGNMENT_TYPE": "individual",
    "SUBMISSION_TAG": "submit/2026-10-01T10-11-12Z-a1b2c3d",
    "OWNER": "jdoe",
    "USERNAME": "jdoe",
    "COMMIT_URL": f"{PAGE}/commit/a1b2c3d",
    "RELEASE_URL": f"{PAGE}/releases/tag/submit%2F2026-10-01T10-11-12Z-a1b2c3d",
    "REVIEW_URL": f"{PAGE}/compare/0000000...a1b2c3d",
}


def whole(value: object) -> int:
    """Take what the collector takes for a number of points."""
    assert isinstance(value, int)
    assert not isinstance(value, bool)
    assert value >= 0
    return value


def validated(data: bytes) -> dict[str, Any]:
    """Read a result; asserts what `validate_result` demands."""
    assert len(data) <= 10 << 20
    result: dict[str, Any] = json.loads(data)
    assert result["schema"] == "classroom50/result/v1"
    for field, name in (("classroom", "CLASSROOM"), ("assignment", "ASSIGNMENT"), ("owner", "OWNER")):
        assert result[field] == ENVIRONMENT[name]
    assert result["assignment_type"] in ("individual", "group", "team")
    assert result["submission"].startswith("submit/")
    assert all(
        isinstance(result[field], str) and result[field] for field in ("commit", "release", "review", "datetime")
    )
    assert whole(result["score"]) <= whole(result["max-score"])
    for test in result["tests"]:
        assert isinstance(test["test-name"], str)
        assert test["test-name"]
        assert isinstance(test["passed"], bool)
        assert whole(test["score"]) <= whole(test["max-score"])
    return result


def git(where: Path, *words: str, **environment: str) -> None:
    """Run git, by nobody's settings."""
    done = ("git", "-c", "user.name=J", "-c", "user.email=j@x", "-C", str(where), *words)
    subprocess.run(done, check=True, capture_output=True, env={"PATH": "/usr/bin:/bin", "HOME": "/"} | environment)  # noqa: S603


def checkout(where: Path, files: dict[str, bytes]) -> Path:
    """Make a student's repository with one commit; a result of the student's own is in it."""
    forged = {"result.json": b'{"score": 1000}', "release-body.md": b"All points!"}
    fill(where, forged | {".classroom50.yaml": b"a: b\n"} | files)
    git(where, "init", "-q")
    git(where, "add", "-A")
    when = "2026-10-01T12:00:00+02:00"
    git(where, "commit", "-q", "-m", "hand in", GIT_COMMITTER_DATE=when, GIT_AUTHOR_DATE="2020-01-01T00:00:00Z")
    return where


def ran(where: Path, course: Path = MINI, **more: str) -> Ran:
    """Run the entry as `autograder.py` does in a checkout."""
    return entry("classroom50", where, course=course, env={**ENVIRONMENT, "GITHUB_SHA": "", **more})


def around(where: Path, **more: str) -> Surroundings:
    """Say where the runner runs us."""
    return Surroundings(here=where, environment=ENVIRONMENT | more)


def result_of(told: Answer, settings: Platforms | None = None) -> dict[str, Any]:
    """Give the result of an answer."""
    reply = answer(told, Found(), around(Path("/here")), settings or Platforms())
    assert reply.code == 0
    return validated(reply.files[Path("/here/result.json")])


def test_right(tmp_path: Path) -> None:
    """A right answer among ten files has all points, as whole numbers, and the time of the commit in UTC."""
    where = checkout(tmp_path / "w", {"mini.py": made.RIGHT.encode()} | made.OTHERS)

    done = ran(where, GITHUB_OUTPUT=str(tmp_path / "output"))

    result = validated((where / "result.json").read_bytes())
    assert (done.code, done.err) == (0, "")
    assert (result["score"], result["max-score"]) == (1000, 1000)
    assert result["datetime"] == "2026-10-01T10:00:00Z"
    assert result["review"] == ENVIRONMENT["REVIEW_URL"]
    assert (where / "release-body.md").read_text().startswith("### 10 of 10 points")
    assert (tmp_path / "output").read_text() == "status=success\nsummary=10 of 10 points.\n"


def test_hidden(tmp_path: Path) -> None:
    """A hidden check costs its points; students read the result, and nothing else of it is there."""
    where = checkout(tmp_path, {"mini.py": made.HALF.encode()})

    done = ran(where)

    result = validated((where / "result.json").read_bytes())
    assert (result["score"], result["max-score"]) == (700, 1000)
    assert result["tests"][-1] == {"test-name": NOT_SHOWN, "passed": False, "score": 0, "max-score": 300}
    everything = done.out + done.err + json.dumps(result) + (where / "release-body.md").read_text()
    assert not any(word in everything for word in made.HIDDEN)


def test_hostile(tmp_path: Path) -> None:
    """Whatever a student's exception says, it is no HTML in the release."""
    where = checkout(tmp_path, {"mini.py": made.RAISES.encode()})

    ran(where)

    assert validated((where / "result.json").read_bytes())["score"] == 0
    assert "<script" not in (where / "release-body.md").read_text()


def test_empty(tmp_path: Path) -> None:
    """An empty file has no points."""
    where = checkout(tmp_path, {"mini.py": b""})

    assert ran(where).code == 0
    assert validated((where / "result.json").read_bytes())["score"] == 0


def test_no_file(tmp_path: Path) -> None:
    """What is no submission has no result and no code of success, and what the student committed does not count."""
    where = checkout(tmp_path, {"README.md": b"nothing"})

    done = ran(where)

    assert done.code != 0
    assert not (where / "result.json").exists()
    assert "mini.py" in done.err


def test_our_fault(tmp_path: Path) -> None:
    """Where our checks are broken there is no result, no code of success, and nothing of the error in the log."""
    where = checkout(tmp_path / "w", {"mini.py": made.RIGHT.encode()})

    done = ran(where, broken_course(tmp_path))

    assert done.code != 0
    assert not (where / "result.json").exists()
    assert not (where / "release-body.md").exists()
    assert made.SECRET not in done.out + done.err
    assert "not in your code" in done.err


def test_scale() -> None:
    """Each check is rounded by itself, half up, and the totals are those of the rounded ones."""
    told = made.told(*(made.line(had=0.125, most=0.125) for _ in range(3)), made.line(had=0.005, most=0.005))

    result = result_of(told)
    assert [test["score"] for test in result["tests"]] == [13, 13, 13, 1]
    assert (result["score"], result["max-score"]) == (40, 40)
    assert result_of(told, Platforms(scale=1000))["score"] == 380


def test_lateness() -> None:
    """What lateness costs is taken from the total, which stays between nothing and all."""
    lines = (made.line(had=4, most=4), made.line(had=3, most=6, visibility="after_due_date"))

    scores = [result_of(made.told(*lines, score=score))["score"] for score in (5.5, 0, 7, 12)]

    assert scores == [550, 0, 700, 1000]


def test_a_person_grades_it() -> None:
    """What a person grades is no test, and nothing is counted for it; without any other there is a result."""
    result = result_of(made.told(made.line(had=None, most=5)))

    assert (result["tests"], result["score"], result["max-score"]) == ([], 0, 0)


def test_texts() -> None:
    """Hostile and long texts are names and words; the page stays within what a release takes."""
    lines = [made.line(made.HOSTILE if at else "", 0, 1, made.HOSTILE * 1000) for at in range(500)]

    reply = answer(made.told(*lines), Found(), around(Path("/here")), Platforms())

    validated(reply.files[Path("/here/result.json")])
    assert len(reply.files[Path("/here/release-body.md")].decode()) < 125_000


def test_time_of_the_tag(tmp_path: Path) -> None:
    """Where git can tell nothing, the tag does."""
    assert find(around(tmp_path)).submitted_at == "2026-10-01T10:11:12Z"
    assert find(around(tmp_path, SUBMISSION_TAG="submit/x")).submitted_at == ""


def test_time_of_the_push(tmp_path: Path) -> None:
    """Lateness is counted by the push: a student chooses the time of a commit, and of a tag; the result tells that."""
    where = checkout(tmp_path / "work", {"mini.py": made.RIGHT.encode()})
    event = fill(tmp_path, {"event.json": '{"repository": {"pushed_at": 1790848265}, "pusher": {"name": "JDoe"}}'})
    given = {"GITHUB_EVENT_NAME": "push", "GITHUB_EVENT_PATH": str(event / "event.json"), "GITHUB_SHA": ""}

    pushed, by_staff = around(where, **given), around(where, OWNER="somebody-else", **given)

    assert find(pushed).submitted_at == "2026-10-01T09:51:05Z"
    assert find(by_staff).submitted_at == "2026-10-01T10:00:00Z"  # who tag it again to have it graded, weeks later
    reply = answer(made.told(made.line()), find(pushed), pushed, Platforms())
    assert validated(reply.files[where / "result.json"])["datetime"] == "2026-10-01T10:00:00Z"


@pytest.mark.parametrize("name", ["CLASSROOM", "ASSIGNMENT", "SUBMISSION_TAG", "COMMIT_URL", "RELEASE_URL"])
def test_environment(name: str, tmp_path: Path) -> None:
    """Without what a result must repeat there is none."""
    with pytest.raises(UsageError, match=name):
        find(around(tmp_path, **{name: ""}))


def test_submission_is_a_tag(tmp_path: Path) -> None:
    """A tag that the collector would refuse is refused before anything is graded."""
    with pytest.raises(UsageError):
        find(around(tmp_path, SUBMISSION_TAG="v1"))


def test_recognised(tmp_path: Path) -> None:
    """It is known by its variables, and not taken for a plain job of GitHub's."""
    assert recognised(around(tmp_path, GITHUB_ACTIONS="true")).name == "classroom50"


def test_a_result_that_cannot_be_removed(tmp_path: Path) -> None:
    """Where a student has put something in the way of the result there is none, and no code of success."""
    where = checkout(tmp_path, {"mini.py": made.RIGHT.encode()})
    (where / "result.json").unlink()
    fill(where, {"result.json/keep": b""})

    assert ran(where).code != 0


def test_links_in_the_way(tmp_path: Path) -> None:
    """A result is never written through a link that a student has committed."""
    fill(tmp_path, {"elsewhere": b"as it was"})
    where = checkout(tmp_path / "w", {"mini.py": b""})
    for name in ("result.json", "release-body.md"):
        (where / name).unlink()
        (where / name).symlink_to(tmp_path / "elsewhere")

    assert ran(where).code == 0
    assert (tmp_path / "elsewhere").read_bytes() == b"as it was"
    assert not (where / "result.json").is_symlink()
