"""A result as a gradebook stores it, and how it is read."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from grader.errors import GradeError
from grader.results import Evidence, GradedSubmission, Result

_Part = TypeVar("_Part")


@dataclass(frozen=True)
class Known:
    """A result on record; each method raises `GradeError` where it is damaged."""

    outcome_id: int
    attempt_id: int
    result: bytes
    evidence: bytes

    def result_json(self) -> bytes:
        """Give the bytes of `result.json`."""
        return self._unpacked(self.result)

    def part(self, kind: type[_Part]) -> _Part:
        """Decode as much of the result as a type asks for."""
        return self._read(self.result_json(), kind)

    def decoded(self) -> GradedSubmission:
        """Decode it."""
        evidence = self._read(self._unpacked(self.evidence), Evidence)
        return GradedSubmission(result=self.part(Result), evidence=evidence)

    def _unpacked(self, data: bytes) -> bytes:
        try:
            return zlib.decompress(data)
        except zlib.error as error:
            raise self._damaged() from error

    def _read(self, data: bytes, kind: type[_Part]) -> _Part:
        try:
            return msgspec.json.decode(data, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise self._damaged() from error

    def _damaged(self) -> GradeError:
        return GradeError(
            f"row {self.outcome_id} of the table outcome in the gradebook is damaged: "
            "go back to a copy of the gradebook, or grade anew with --fresh."
        )
