"""The form of a sentence or of an exception's text, without what is the student's own in it."""

from __future__ import annotations

import builtins
import re

import torch

_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"|`([^`]*)`")
_NUMBERS = re.compile(r"\([^()]*(?:\.py|[Cc]ell \d+), line \d+.*\)|[-+]?\d[\d.,e+-]*")
_OF_NONE = re.compile(r"(?<='NoneType' object has no attribute )'\w+'")


def form_of(text: str) -> str:
    """Drop from a sentence what is the student's own: names in quotes, numbers, places."""
    return _NUMBERS.sub("…", form_of_exception(text))


def form_of_exception(text: str) -> str:
    """Drop names in quotes that are neither Python's nor torch's: sizes that torch tells come from what code does.

    What was asked of None is style: that there was nothing is what is wrong.
    """
    return " ".join(_QUOTED.sub(_without_own_name, _OF_NONE.sub("…", text)).split())


def _without_own_name(quoted: re.Match[str]) -> str:
    word = next(group for group in quoted.groups() if group is not None)
    return word if any(hasattr(owner, word) for owner in _KNOWN) else "…"


_KNOWN = (builtins, torch, torch.Tensor, torch.nn, torch.nn.Module, torch.optim, list)
"""Whose names are nobody's own: 'float' object has no attribute 'backward'."""
