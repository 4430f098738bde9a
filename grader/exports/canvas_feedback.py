"""`canvas-feedback`: the pages, named so that "Upload Submissions" on the assignment's page hands them out.

Of a name's parts between `_`, Canvas reads the first two that are numbers: the user and the attachment, which has to be
one of the submission's; behind `anon` it reads the next two. A last part that begins with `link` is skipped. The type
is read from the ending, so it is `.html` and not that of the file handed in; students see that file's name.
"""

from __future__ import annotations

import re

from grader.exports.canvas import canvas_user
from grader.exports.order import Made, Order, Student, Unplaced, apart
from grader.exports.pages import zipped

_LAST = "feedback.html"
_OF_ANONYMOUS = "anon"


class _CanvasFeedback:
    takes: frozenset[str] = frozenset()

    def make(self, order: Order) -> Made:
        """Zip the pages of all whose file Canvas has."""
        pairs = [(student, _ids(student)) for student in order.students]
        no_file = [Unplaced(student, _why(student)) for student, ids in pairs if not ids]
        placed, unplaced = apart(((student, ids) for student, ids in pairs if ids), "user and attachment")
        names = [(student, f"{_called(student)}_{ids}_{_LAST}") for student, ids in placed]
        return zipped(order, names, [*no_file, *unplaced])


def _ids(student: Student) -> str:
    """Join the two ids that Canvas looks for; nothing where one is not known or not as Canvas makes them."""
    anonymous, attachment = student.ids.get("anonymous", ""), student.ids.get("attachment", "")
    user = anonymous or canvas_user(student)
    fits = re.fullmatch(r"[A-Za-z0-9]+" if anonymous else "[0-9]+", user) and re.fullmatch("[0-9]+", attachment)
    return f"{user}_{attachment}" if fits else ""


def _why(student: Student) -> str:
    if canvas_user(student) or student.ids.get("anonymous"):
        return "nothing was handed in as a file, and Canvas hands a page out only beside one"
    return "no Canvas user id is known"


def _called(student: Student) -> str:
    """Begin the name as Canvas does; Canvas must not take it for an id, nor for the sign of somebody anonymous."""
    if student.ids.get("anonymous"):
        return _OF_ANONYMOUS
    name = re.sub(r"[\W_]", "", student.name.lower())[:60]
    return "student" if name in {"", _OF_ANONYMOUS, "late"} or name.isdecimal() else name


FORMAT = _CanvasFeedback()
