"""Run `grade platform NAME` for each platform on one wrong submission, laid out as that platform does it.

What comes back is what the platform would read: the files that the entry has left, and its standard output.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader.packaging import ALIASES

HERE = Path(__file__).parent
SLUG, FILE = "sinenet", "sinenet.py"
SUBMISSION = HERE / "demo-class" / "chen_gradients.py"
PRINTED = "printed"
"""The name of what stands on standard output."""

_REPOSITORY = "https://github.com/org/ml-sinenet-jane"


@dataclass(frozen=True)
class Place:
    """What a platform lays out beside the student's file, and what it reads; `{root}` is its file system."""

    student: str
    """Where the student's file lies; empty where it is no file."""
    left: Sequence[str] = ()
    """The files to read, from the root on."""
    files: Mapping[str, str] = field(default_factory=dict)
    here: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    words: Sequence[str] = ()


_AUTOGRADER = Place(
    student=f"autograder/submission/{FILE}",
    left=["autograder/results/results.json"],
    files={"autograder/run_autograder": "", "autograder/results/stdout": ""},
)
_SOURCE = SUBMISSION.read_text(encoding="utf-8")

PLACES: dict[str, Place] = {
    "gradescope": _AUTOGRADER,
    "codio": Place(_AUTOGRADER.student, _AUTOGRADER.left, _AUTOGRADER.files, environment={"CODIO_AUTOGRADE_ENV": "{}"}),
    "prairielearn": Place(
        student=f"grade/student/{FILE}",
        left=["grade/results/results.json"],
        files={"grade/data/data.json": json.dumps({"params": {}, "variant_seed": 7, "gradable": True})},
    ),
    "autolab": Place(
        student=f"home/autolab/{FILE}",
        files={"home/autolab/Makefile": "all:\n", "home/autolab/autograde.tar": ""},
        here="home/autolab",
    ),
    "coursera": Place(
        student=f"shared/submission/{FILE}",
        left=["shared/feedback.json", "shared/htmlFeedback.html"],
        environment={"partId": SLUG, "userId": "11", "filename": FILE},
    ),
    "edx": Place(
        student="",
        environment={"SUBMISSION_CODE": _SOURCE, "GRADER_LANGUAGE": "en", "HIDE_OUTPUT": "0"},
        words=[f"/graders/{FILE}", "17"],
    ),
    "submitty": Place(
        student=f"test01/{FILE}",
        left=["validation_results.json"],
        files={"custom_validator_input.json": json.dumps({"testcase_prefix": "test01/", "username": "jane"})},
    ),
    "coderunner": Place(
        student="",
        files={"grade-coderunner.json": json.dumps({"name": FILE, "answer": _SOURCE, "student": "jane"})},
    ),
    "vpl": Place(
        student=FILE,
        environment={"VPL_GRADEMIN": "0", "VPL_GRADEMAX": "100.00000", "VPL_SUBFILE0": FILE, "VPL_MAXTIME": "240"},
    ),
    "github": Place(
        student=f"checkout/{FILE}",
        left=["output", "summary"],
        here="checkout",
        environment={
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": "{root}/checkout",
            "GITHUB_OUTPUT": "{root}/output",
            "GITHUB_STEP_SUMMARY": "{root}/summary",
        },
    ),
    "classroom50": Place(
        student=f"checkout/{FILE}",
        left=["checkout/result.json", "checkout/release-body.md"],
        here="checkout",
        environment={
            "CLASSROOM": "ml",
            "ASSIGNMENT": SLUG,
            "SUBMISSION_TAG": "submit/2026-10-01T10-11-12Z-a1b2c3d",
            "OWNER": "jane",
            "COMMIT_URL": f"{_REPOSITORY}/commit/a1b2c3d",
            "RELEASE_URL": f"{_REPOSITORY}/releases/tag/submit",
        },
    ),
}


def told(name: str, root: Path) -> dict[str, str]:
    """Have the submission graded as on this platform; give each text that it reads, by the name of the file."""
    place = PLACES[name]
    files = dict(place.files) | ({place.student: _SOURCE} if place.student else {})
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    command = [sys.executable, "-I", "-m", "grader", "platform", ALIASES.get(name, name), *place.words]
    command += ["--root", str(root), "--course", str(HERE.parent), "--assignment", SLUG]
    bare = {key: value for key, value in os.environ.items() if not key.startswith(("GITHUB_", "VPL_", "GRADE_"))}
    environment = bare | {key: value.replace("{root}", str(root)) for key, value in place.environment.items()}
    done = subprocess.run(  # noqa: S603 - ours
        command, cwd=root / place.here, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    left = {Path(path).name: (root / path).read_text(encoding="utf-8") for path in place.left}
    return left | {PRINTED: done.stdout}
