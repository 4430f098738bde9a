"""`moodle-feedback`: the pages, for "Upload multiple feedback files in a zip" on the assignment's page.

Moodle cuts the folder's name at its first four `_` and reads the second part, the participant's number, and the next
two. Old versions need the last `_`; none minds it.
"""

from __future__ import annotations

import re

from grader.exports.order import Made, Order, Student, apart
from grader.exports.pages import zipped

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f_/\\:*?"<>|&]')


class _MoodleFeedback:
    takes: frozenset[str] = frozenset()

    def make(self, order: Order) -> Made:
        """Zip the pages of all whose participant is known."""
        placed, unplaced = apart(((one, participant(one)) for one in order.students), "participant")
        return zipped(order, [(one, f"{_folder(one, number)}/feedback.html") for one, number in placed], unplaced)


def participant(student: Student) -> str:
    """Look up the number of the assignment's participant; nothing where it is none."""
    number = student.ids.get("participant", "")
    return number if re.fullmatch("[0-9]+", number) else ""


def _folder(student: Student, number: str) -> str:
    """Name the folder as it was downloaded; a site's own prefix is kept."""
    name = " ".join(_NOT_IN_NAMES.sub(" ", student.name).split())[:100].strip(" .~") or "Participant"
    prefix = student.ids.get("prefix", "")
    safe = not re.search(r'[\x00-\x1f/\\:*?"<>|]', prefix) and not prefix.startswith((".", "~"))
    return f"{prefix + '_' if prefix and safe else ''}{name}_{number}_assignsubmission_file_"


FORMAT = _MoodleFeedback()
