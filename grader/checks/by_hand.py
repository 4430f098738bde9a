"""Checks on derivatives that are to be worked out by hand: called where autograd is off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch

from grader.checks.remote import CallResult, Remote
from grader.checks.student import aside
from grader.errors import CheckFailed, StudentRaised


def call_without_autograd(function: Remote, args: Sequence[torch.Tensor]) -> CallResult:
    """Call under `torch.no_grad()`; fail in plain words where the function needs autograd there."""
    try:
        return function.call(tuple(args), no_grad=True)
    except StudentRaised as error:
        raise (_uses_autograd(error) if _speaks_of_autograd(error) else error) from None


def each_without_autograd(function: Remote, *calls: tuple[torch.Tensor, ...]) -> list[Any]:
    """Call several times as `call_without_autograd` does, in one round trip; return the values alone."""
    try:
        return function.each(*calls, no_grad=True)
    except StudentRaised as error:
        raise (_uses_autograd(error) if _speaks_of_autograd(error) else error) from None


def assert_without_autograd(function: Remote, args: Sequence[torch.Tensor]) -> None:
    """Assert that a function does without autograd, even where it could switch it on again.

    It is called in inference mode, which unlike no_grad cannot be lifted from inside, and with whole numbers, which
    torch.func refuses too: a formula computes as ever. Nothing but autograd's complaint counts.
    """
    whole = tuple(arg.round().long() for arg in args)
    for values, inference in ((tuple(args), True), (whole, False)):
        try:
            with aside(function):  # there are many ways to be refused
                function.call(values, no_grad=True, inference=inference)
        except StudentRaised as error:
            if _speaks_of_autograd(error):
                raise _uses_autograd(error) from None


def _speaks_of_autograd(error: StudentRaised) -> bool:
    """Recognise what torch says where autograd is off, or is asked to differentiate whole numbers."""
    return any(
        words in error.message
        for words in (
            "does not require grad",
            "can require gradients",
            "nference tensor",
            "nference mode",
            "InferenceMode",
        )
    )


def _uses_autograd(error: StudentRaised) -> CheckFailed:
    lines = error.traceback.splitlines()
    place = f" ({lines[-1]})" if lines else ""
    return CheckFailed(
        f"Autograd is asked for the derivatives, which are to be computed by a formula of your own{place}.",
        hint="It is called under torch.no_grad(). Work the derivatives out on paper and return their formulas.",
        detail=f"{error.traceback}\n{error.said}".strip(),
        fact="autograd",
    )
