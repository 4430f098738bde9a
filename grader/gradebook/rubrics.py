"""By which checks the attempts of a student were graded: of an earlier one the files may be gone, and its result stays.

Asked only of who has more than one attempt, as it takes the results themselves.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import msgspec

from grader.gradebook.book import Gradebook, Standing


class _Checks(msgspec.Struct):
    """As much of a result as is asked for."""

    checks_sha256: str


def standings_with_checks(book: Gradebook) -> list[Standing]:
    """List every attempt as the gradebook does, and say of those that may be compared by which checks."""
    standings = book.standings()
    graded = [one for one in standings if one.outcome_id]
    many = Counter(one.student_id for one in graded)
    asked = [one.outcome_id for one in graded if many[one.student_id] > 1]
    checks = {known.outcome_id: known.part(_Checks).checks_sha256 for known in book.results(asked)}
    return [replace(one, checks=checks.get(one.outcome_id, "")) for one in standings]
