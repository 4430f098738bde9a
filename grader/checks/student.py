"""What stands in a check for the file that was handed in."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

import torch

from grader.checks.remote import Remote, tensors
from grader.checks.session import Session
from grader.sandbox import wire


def aside(remote: Remote | Submission) -> AbstractContextManager[None]:
    """Ask by the way, inside a `with`: answers that decide how leniently a check judges, and tell no mistake."""
    return remote._session.aside()


class Submission:
    """The student's module: `submission.relu(x)` calls `relu` in the worker."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __getattr__(self, name: str) -> Remote:
        if name.startswith("_"):
            raise AttributeError(name)
        return Remote(self._session, wire.Name(name))

    def import_anew(self) -> None:
        """Import it again in a new process, which knows nothing of what was asked before; handles end."""
        self._session.refresh()

    def value(self, name: str) -> Any:
        """Return a constant that the submission defines."""
        return Remote(self._session, wire.Name(name)).operate("value")

    def defines(self, name: str) -> bool:
        """Say whether the submission has this name, as the worker claims."""
        return name in self._session.names


def read_checkpoint(submission: Submission, file: str) -> dict[str, torch.Tensor]:
    """Read a file that was handed in and that `torch.save(model.state_dict(), file)` wrote, by name.

    The worker reads it, as an unpickler is no match for a hostile file; raises StudentRaised where it cannot be read.
    """
    # An operation is on something of the submission's; this name every module has.
    return tensors(Remote(submission._session, wire.Name("__name__")).operate("checkpoint", file=file))
