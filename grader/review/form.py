"""The form of a decision: what was typed is read, or given back with the reason why it cannot be taken."""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from grader.gradebook.reviews import Entry
from grader.report.text import number

_MOST = 10_000
"""Characters of a comment."""

_NUMBER = re.compile(r"\d{1,9}([.,]\d*)?|[.,]\d{1,9}", re.ASCII)
"""As people write points; `float` takes `1_0` too, and that is a slip."""


@dataclass(frozen=True)
class Form:
    """What stands in the form; `upon` is the decision that whoever fills it in has seen, `other` one made meanwhile."""

    nonce: str
    typed: str | None = None
    """The points as they were typed; None where nothing was sent yet."""
    comment: str | None = None
    points: float | None = None
    upon: int = 0
    fault: str = ""
    other: Entry | None = None

    def against(self, other: Entry) -> Form:
        """Give it back beside what somebody else has decided meanwhile; sent again, it counts upon that."""
        return dataclasses.replace(self, other=other, upon=other.number, nonce=f"{self.nonce[:40]}-{other.number}")

    def anew(self) -> Form:
        """Give it back beside other files than those that were read: of these, nobody has decided anything unseen."""
        fault = (
            "Other files have been handed in since this page was opened, and stand below: save again to decide on them."
        )
        return dataclasses.replace(self, fault=fault, upon=0)


def read_form(fields: Mapping[str, str], most: float) -> Form:
    """Read what was sent; `fault` says what is wrong with it."""
    comment = fields.get("comment", "").replace("\r\n", "\n").strip()
    typed, upon = fields.get("points", "").strip(), fields.get("upon", "")
    nonce = fields.get("nonce", "")
    form = Form(nonce, typed, comment, upon=int(upon) if re.fullmatch(r"\d{1,9}", upon, re.ASCII) else 0)
    if not re.fullmatch(r"[0-9a-f-]{16,64}", nonce):
        return dataclasses.replace(form, fault="The form is damaged: open the page again.")
    if len(comment) > _MOST:
        return dataclasses.replace(form, fault=f"The comment is too long: at most {_MOST} characters are taken.")
    if fields.get("do") == "withdraw":
        return dataclasses.replace(form, points=None)
    points = float(typed.replace(",", ".")) if _NUMBER.fullmatch(typed) else math.nan
    if not 0 <= points <= most:
        return dataclasses.replace(form, fault=f"Points are a number from 0 to {number(most)}.")
    return dataclasses.replace(form, points=points)
