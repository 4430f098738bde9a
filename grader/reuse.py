"""Which results on record may stand for a submission: the same files, checks, seed and versions give the same."""

from __future__ import annotations

import hashlib

import msgspec

from grader.assignment import Assignment
from grader.results import Environment
from grader.submission import Submission

_FORMAT = 1
"""To be raised when results change their meaning without a new version of the grader."""


class Keys:
    """Makes the keys of a run's submissions; equal keys promise equal results but for `seconds`."""

    def __init__(self, assignment: Assignment, seed: int, environment: Environment, *, walled: bool) -> None:
        self.checks_sha256 = assignment.checks_sha256()
        facts = (
            _FORMAT,
            assignment.slug,
            self.checks_sha256,
            assignment.hidden_sha256(),
            assignment.names,
            assignment.max_points,
            (assignment.import_seconds, assignment.check_seconds, assignment.memory_mb),
            assignment.limits,
            seed,
            environment,
            walled,  # what ran without a wall is never taken for what ran behind one
        )
        self._facts = msgspec.json.encode(facts)

    def of(self, submission: Submission) -> str:
        """Hash all that the result of a submission follows from."""
        own = (submission.sha256, submission.main, submission.note)
        return hashlib.sha256(self._facts + b"\0" + msgspec.json.encode(own)).hexdigest()
