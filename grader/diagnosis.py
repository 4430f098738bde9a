"""Naming mistakes by behaviour: where a check failed, known mistakes are put through it, and the answers compared.

    failed checks -> mistakes that lose them -> replays, kept for the batch -> those that answer alike -> a name or none

A replay is the check itself, on the mistake's code behind the wall, with the same draws as for everybody.
A name is given where the answers are alike in every exchange and tell the mistake from a right answer; never where
the submission passes a check that the mistake loses, nor where two mistakes fit and neither says more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from grader.checks.transcript import Ending, Transcript, same_answers, same_ending, telling
from grader.mistakes import Mistake

LOST = ("failed", "raised", "timed_out", "crashed")
"""Outcomes of a check whose answers can be compared."""


@dataclass(frozen=True)
class Answers:
    """What some code answered in one check, and how the check ended."""

    transcript: Transcript
    ending: Ending


Replay = Callable[[str, Sequence[str]], Mapping[str, Answers]]
"""Put a mistake, by its slug, or the solution (`""`) through the checks of these names; one that fails is missing."""


@dataclass
class Diagnosis:
    """Names mistakes for one batch; `dear` lists the checks that are not replayed, as they take seconds."""

    catalogue: Sequence[Mistake]
    replay: Replay
    order: Sequence[str]
    dear: frozenset[str] = frozenset()
    _right: Mapping[str, Answers] | None = None
    _wrong: dict[str, Mapping[str, Answers]] = field(default_factory=dict)

    def possible(self, lost: frozenset[str]) -> list[Mistake]:
        """List the mistakes that a submission can have which did not pass the checks `lost`."""
        return [mistake for mistake in self.catalogue if lost.issuperset(mistake.loses)]

    def names(self, answers: Mapping[str, Answers], lost: frozenset[str]) -> dict[str, Mistake]:
        """Name the mistake behind each failed check where it is known; `lost` holds all checks that did not pass."""
        failed = [name for name in self.order if name in answers and answers[name].ending.outcome in LOST]
        possible = self.possible(lost)
        recognised = self._recognise(failed, possible, answers)
        named: dict[str, Mistake] = {}
        for name in failed:
            fitting = [
                mistake
                for mistake in recognised
                if mistake.touches(name) and (name in self.dear or self._alike(mistake, name, answers[name]))
            ]
            one = _most_specific(fitting)
            if one is not None:
                named[name] = one
        return named

    def _recognise(
        self, failed: Sequence[str], possible: Sequence[Mistake], answers: Mapping[str, Answers]
    ) -> list[Mistake]:
        """Find the mistakes that alone fit some check, by answers that tell."""
        found: list[Mistake] = []
        for name in failed:
            if name in self.dear:
                continue
            fitting = [m for m in possible if m.touches(name) and self._alike(m, name, answers[name])]
            one = _most_specific(fitting)
            if one is not None and one not in found and self._tells(name, answers[name]):
                found.append(one)
        return found

    def _alike(self, mistake: Mistake, name: str, answers: Answers) -> bool:
        if mistake.slug not in self._wrong:
            wanted = [check for check in self.order if mistake.touches(check) and check not in self.dear]
            self._wrong[mistake.slug] = self.replay(mistake.slug, wanted)
        known = self._wrong[mistake.slug].get(name)
        return (
            known is not None
            and same_ending(known.ending, answers.ending)
            and same_answers(known.transcript, answers.transcript)
        )

    def _tells(self, name: str, answers: Answers) -> bool:
        if self._right is None:
            self._right = self.replay("", [check for check in self.order if check not in self.dear])
        right = self._right.get(name)
        return right is not None and telling(answers.transcript, answers.ending, right.transcript)


def _most_specific(fitting: Iterable[Mistake]) -> Mistake | None:
    """Choose the one that says most; None where two say as much."""
    fitting = list(fitting)
    replaced = {slug for mistake in fitting for slug in mistake.instead_of}
    left = [mistake for mistake in fitting if mistake.slug not in replaced]
    return left[0] if len(left) == 1 else None
