"""Gradescope, and Codio, which runs Gradescope's zips: `/autograder`, `spec/platforms.md` section 1."""

from __future__ import annotations

import html
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec

from grader.platforms import safe
from grader.platforms.answer import Answer, Line
from grader.platforms.contract import Found, Platform, Reply, Surroundings
from grader.platforms.settings import Platforms

_RESULTS, _SUBMISSION = "/autograder/results/results.json", "/autograder/submission"
CODIO = "CODIO_AUTOGRADE_ENV"
"""Set where Codio runs our zip, which takes the score for a percentage."""

_METADATA = "/autograder/submission_metadata.json"


class _Assignment(msgspec.Struct):
    due_date: str | None = None


class _Times(msgspec.Struct):
    """What lateness hangs on in `submission_metadata.json`; whatever else is in it is Gradescope's."""

    created_at: str | None = None
    assignment: _Assignment | None = None


class _User(msgspec.Struct):
    name: str | None = None
    email: str | None = None


class _Earlier(msgspec.Struct):
    score: float | str | None = None
    autograder_error: bool | None = None


class _People(msgspec.Struct):
    """Whose it is, and what they have had before: what is odd here must not take the times away."""

    users: Annotated[tuple[_User, ...], msgspec.Meta(max_length=1000)] = ()
    previous_submissions: tuple[_Earlier, ...] = ()


_Part = TypeVar("_Part", _Times, _People)


def _is_here(around: Surroundings) -> bool:
    return around.at("/autograder/results").is_dir() or around.at("/autograder/run_autograder").is_file()


def _results(around: Surroundings) -> Sequence[Path]:
    return (around.at(_RESULTS),)


def find(around: Surroundings) -> Found:
    """Read what the harness has laid out; metadata that is lost or odd costs nobody a mark."""
    data = b"{}"
    with suppress(OSError):
        data = around.at(_METADATA).read_bytes()
    times, people = _read(data, _Times), _read(data, _People)
    return Found(
        folder=around.at(_SUBMISSION),
        student=", ".join(user.name or user.email or "?" for user in people.users),
        submitted_at=times.created_at or "",
        due=(times.assignment and times.assignment.due_date) or "",
        seconds=_seconds(around),
        notes=_earlier(people.previous_submissions),
    )


def _read(data: bytes, part: type[_Part]) -> _Part:
    try:
        return msgspec.json.decode(data, type=part)
    except msgspec.MsgspecError as error:
        sys.stderr.write(f"grade: submission_metadata.json is left aside in part: {error}\n")
        return part()


def _seconds(around: Surroundings) -> float | None:
    """Read what the harness gives; nothing is said where it says nothing."""
    with suppress(ValueError):
        seconds = float(around.environment.get("TIMEOUT_SECONDS", ""))
        return seconds if 1 <= seconds < 1e6 else None
    return None


def _earlier(previous: Sequence[_Earlier]) -> tuple[str, ...]:
    """Say what the submission before had: a student who hands in again wants to know whether it got better."""
    scores = []
    for one in previous:
        with suppress(TypeError, ValueError):
            if not one.autograder_error:
                scores.append(safe.number(float(one.score)))  # type: ignore[arg-type]  # None is a TypeError
    return (f"Your submission before this one had {scores[-1]:g}.",) if scores else ()


def answer(told: Answer, _: Found, around: Surroundings, settings: Platforms) -> Reply:
    """Make `results.json`; where staff want it so, a file that is no submission is a failure and not a zero."""
    if told.result.status == "rejected" and settings.rejected == "failure":
        return fault(told.result.message, around)
    in_codio = CODIO in around.environment
    results: dict[str, Any] = {
        "score": 100 * told.fraction if in_codio else told.score,
        "execution_time": told.result.seconds.wall,
        "output": html.escape(told.summary) if in_codio else told.summary,
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {"grade": {"seed": told.result.seed, "checks_sha256": told.result.checks_sha256}},
        "tests": _in_codio(told) if in_codio else [_test(line) for line in told.lines],
    }
    return Reply(files={around.at(_RESULTS): safe.encode(results)})


def _test(line: Line) -> dict[str, Any]:
    test: dict[str, Any] = {"name": line.title, "number": line.number, "visibility": line.visibility}
    test["output"] = "\n".join(part for part in (line.ended, line.text) if part)
    if line.points is not None:  # one that waits for a person is graded on Gradescope, and is not ours to count
        test |= {"score": line.points, "max_score": line.max_points, "status": "passed" if line.passed else "failed"}
    return test


def _in_codio(told: Answer) -> list[dict[str, Any]]:
    """List what the student may see: Codio's wrapper shows every test, and every word as HTML, but no summary."""
    counted = [_test(line) for line in told.listed]
    whole = {"name": "Score", "score": told.score, "max_score": told.max_score, "output": told.summary}
    whole["status"] = "passed" if told.score >= told.max_score else "failed"
    return [test | {key: html.escape(test[key]) for key in ("name", "output")} for test in (whole, *counted)]


def fault(sentence: str, _: Surroundings) -> Reply:
    """Leave no results: Gradescope shows that the autograder failed, and staff can run it again."""
    return Reply(err=f"grade: {sentence}\n", code=3)


PLATFORM = Platform("gradescope", _is_here, _results, find, answer, fault, private=True)
