"""Every word for a status and an outcome, for students and for staff: signs, names, sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from grader.results import Outcome, Status, Visibility

# The mood picks a colour; the sign and the word say the same without one.
GOOD, BAD, WAIT, OURS, PLAIN = "good", "bad", "wait", "ours", "plain"


@dataclass(frozen=True, slots=True)
class Word:
    """How an outcome or a status is shown: a sign, a word and the mood of both."""

    sign: str
    word: str
    mood: str


OUTCOMES: dict[Outcome, Word] = {
    "passed": Word("✓", "passed", GOOD),
    "failed": Word("✗", "failed", BAD),
    "raised": Word("!", "raised an error", BAD),
    "timed_out": Word("∞", "timed out", BAD),
    "crashed": Word("⊗", "crashed", BAD),
    "skipped": Word("→", "skipped", WAIT),
    "manual": Word("…", "waits for a person", WAIT),
    "internal_error": Word("?", "not graded", OURS),
}
BY_A_PERSON: tuple[Word, Word, Word] = (
    Word("✎", "graded by a person", GOOD),
    Word("✎", "graded by a person", WAIT),
    Word("✎", "graded by a person", BAD),
)
"""For all, some and none of the points."""

End = Outcome | Literal["decided"]
"""How a check has ended so far: a manual one waits, or a person has decided."""

_ENDS: tuple[tuple[End, Word], ...] = (*OUTCOMES.items(), ("decided", Word("✎", "graded by a person", PLAIN)))
ENDS = dict(_ENDS)


def end_of(outcome: Outcome, points: float | None) -> End:
    """Tell what waits for a person from what one has decided."""
    return "decided" if outcome == "manual" and points is not None else outcome


RAN: tuple[Outcome, ...] = ("passed", "failed", "raised", "timed_out", "crashed")
LOST: tuple[Outcome, ...] = ("failed", "raised", "timed_out", "crashed")

STATUSES: dict[Status, Word] = {
    "graded": Word("✓", "graded", GOOD),
    "import_error": Word("!", "does not import", BAD),
    "timed_out": Word("∞", "timed out", BAD),
    "out_of_memory": Word("⊗", "out of memory", BAD),
    "crashed": Word("⊗", "crashed", BAD),
    "rejected": Word("✗", "rejected", BAD),
    "not_graded": Word("?", "not graded", OURS),
}

# What a student reads when the checks did not run; `graded` needs no sentence.
SENTENCES: dict[Status, str] = {
    "graded": "",
    "import_error": "Your file could not be imported, so no check could run.",
    "timed_out": "Your file was still being imported when its time was up, so no check could run. "
    "Is there a loop, or a training run, outside of every function?",
    "out_of_memory": "Your file needed more memory than it is allowed while it was imported, so no check could run.",
    "crashed": "The process that imported your file ended before it was done, so no check could run.",
    "rejected": "What you handed in could not be accepted as a submission.",
    "not_graded": "This submission could not be graded. The fault is not in your code. Staff have been told.",
}

UNWALLED = (
    "Graded with the sandbox off: nothing kept this code from the hidden files, the network or these pages. "
    "Trust the score only as far as you trust the code."
)
UNWALLED_CLASS = (
    "graded with the sandbox off: nothing kept submitted code from the hidden files, the network or these pages. "
    "Trust no score further than you trust all of that code."
)
UNWALLED_FOR_STUDENTS = "Graded with the sandbox off."

CHECK_NOT_GRADED = "This check could not be graded. The fault is not in your code. Staff have been told."
CHECK_MANUAL = "A person will grade this; its points are added then."
WAITS = "Waits for a check that did not pass."
WAITS_UNSHOWN = "Waits for a check that is not shown here and did not pass."

FULL_SCORE = "Full score: there is nothing left to do."
FULL_SO_FAR = "All points so far. What a person grades is still to come."
LESS_BY_A_PERSON = "No check shown here failed. A person has graded some of it, and did not give all points."
NONE_SHOWN = "The checks of this assignment are not shown here."
SOME_WAIT = "No check shown here failed, but some had to wait."
REST_UNSHOWN = "No check shown here failed. The points that are missing belong to checks that are not shown."

VISIBILITIES: dict[Visibility, str] = {
    "visible": "visible",
    "hidden": "hidden",
    "after_due_date": "after the due date",
    "after_published": "after publication",
}
