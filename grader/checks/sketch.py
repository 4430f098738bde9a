"""Pictures that a check records of what it saw: for the pages alone, no verdict hangs on them.

    sketch.curves("relu", x, student=y, reference=solution.relu(x), y_label="relu(x)")

What cannot be drawn (another shape, no finite number) is left out without a word: the check itself says what is wrong.
"""

from __future__ import annotations

from grader.pictures import Picture

MOST = 8
"""Pictures of one submission; what comes after them is left out."""


class Sketch:
    """Records pictures for one check; with no place to put them, it does nothing."""

    def __init__(self, check: str, pictures: list[Picture] | None) -> None:
        self._check = check
        self._pictures = pictures

    def _add(self, picture: Picture) -> None:
        if self._pictures is not None and len(self._pictures) < MOST:
            self._pictures.append(picture)
