"""Every error of ours, one tree.

GradeError                     something stopped us; carries the exit code of the command
├── UsageError          (2)    a wrong argument or a wrong configuration: one line, no traceback
└── SandboxError        (3)    the wall could not be set up, or stopped working: our fault
    ├── BelowFloorError (3)    this machine gives less isolation than is accepted
    └── WallError       (3)    it stopped working while a submission was graded, which may be tried behind another
Rejected                       what was handed in is not a submission; the sentence is for the student
StudentFault                   the submitted code did not answer; each kind is an outcome
├── StudentRaised              it raised; the error is the student's own
├── StudentTimedOut            it did not return within its limit
└── StudentCrashed             its process died, or broke a limit, or did not speak the protocol
CheckFailed                    a check says no: a message, a hint and the facts

What is none of the last three kinds is never the student's: it ends as `internal_error`.
"""

from __future__ import annotations


class GradeError(Exception):
    """Stop the command with one sentence and `exit_code`."""

    exit_code = 3


class UsageError(GradeError):
    """Say what is wrong with an argument or a configuration, and what would be right."""

    exit_code = 2


class SandboxError(GradeError):
    """Say why the wall does not stand; never a reason to take points from a student."""


class BelowFloorError(SandboxError):
    """Refuse a machine whose isolation is below the floor."""


class WallError(SandboxError):
    """Say why nothing counts of what was found out about a submission so far."""


class Rejected(Exception):  # noqa: N818 - it is an outcome, named as in the contract
    """Turn down what was handed in, with one sentence that a student can act on."""


class StudentFault(Exception):  # noqa: N818 - the name says whose fault it is
    """Carry what went wrong inside submitted code; raised by proxies, read by the plugin."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class StudentRaised(StudentFault):
    """Carry an exception of the submitted code: its type, its text (`said`: both), the student's lines and places."""

    def __init__(
        self,
        message: str,
        type_name: str = "Exception",
        traceback: str = "",
        *,
        said: str = "",
        places: tuple[tuple[str, int], ...] = (),
        out_of_memory: bool = False,
    ) -> None:
        super().__init__(message)
        self.places = places
        self.said = said
        self.type_name = type_name
        self.traceback = traceback
        self.out_of_memory = out_of_memory


class StudentTimedOut(StudentFault):
    """Say which limit the submitted code ran past."""


class StudentCrashed(StudentFault):
    """Say how the worker ended: a signal, `os._exit`, a broken limit or a malformed frame."""

    def __init__(self, message: str, *, out_of_memory: bool = False) -> None:
        super().__init__(message)
        self.out_of_memory = out_of_memory


class CheckFailed(AssertionError):  # noqa: N818 - the outcome is called failed
    """Fail a check with what students read (`message`, `hint`) and what staff read (`detail`).

    `fact` is what was judged and found wrong, as plain data: by it a known mistake is recognised.
    """

    def __init__(self, message: str, *, hint: str | None = None, detail: str = "", fact: object = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.detail = detail
        self.fact = fact
