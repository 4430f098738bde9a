"""Codio, which runs Gradescope's autograder zip by a wrapper of its own: `spec/platforms.md` section 7.4."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from grader.packaging import Wanted, gradescope


def then(wanted: Wanted) -> Sequence[str]:
    """Say what Codio's wrapper needs, and what it makes of a score."""
    *_, torch = gradescope.then(wanted)
    return (
        "Put it into .guides/secure as autograder.zip, and have Codio's `gradescope_wrapper logs` grade with it.",
        "Run setup.sh once, as root, in the stack that students get; in a grading there is no time for it.",
        "Codio gives 3 minutes, and shows whole percents; where the grader itself fails it shows 0: run it again then.",
        torch,
    )


PACKAGER = replace(gradescope.PACKAGER, then=then)
