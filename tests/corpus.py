"""The corpus: `tests/submissions/SLUG/CASE/` is a submission with an `expect.toml` that says how it is graded.

about    one line: what the case is, and for a hostile one what stops it
status   how the result ends (default "graded")
lost     the checks that give no points: exactly these (absent: the score is not looked at)
score    the score, where `lost` is absent
mistake  the one mistake of the catalogue that is named, "" for none (absent: not looked at)
[outcomes]   the outcome of a check, for those of interest
[messages]   words that a check's message, or the result's under the key "result", must hold
attacks  of a hostile case: the numbers, in the table of docs/security.md, of the attacks that it tries

`hostile/` holds submissions to himmelblau that attack the grader, named by what they are after: `forge_*` points,
`read_*` secrets, `kill_*` processes of others, `exhaust_*` the machine, `persist_*` to outlive their worker,
`confuse_*` the trusted side, `inject_*` what reads the report. Each defines a right function, or leaves something
behind, only where its attack has worked.

`second_*` are mistakes of the catalogue in foreign code, most of it by somebody who had not read the catalogue;
`mistake` is the name that was expected before the first run. Nine tenths have to get it, and none a wrong one.
`unknown_*` are mistakes that no sentence of the catalogue tells, or two at once: none gets a name.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader.results import Result

SUBMISSIONS = Path(__file__).parent / "submissions"


@dataclass(frozen=True)
class Case:
    """One submission of the corpus and what is expected of its result."""

    name: str
    folder: Path
    about: str
    status: str = "graded"
    lost: tuple[str, ...] | None = None
    score: float | None = None
    mistake: str | None = None
    outcomes: dict[str, str] = field(default_factory=dict)
    messages: dict[str, str] = field(default_factory=dict)
    attacks: tuple[int, ...] = ()

    @property
    def right(self) -> bool:
        """Whether it must get full points."""
        return self.lost == () and self.status == "graded"

    @property
    def foreign(self) -> bool:
        """Whether it is a known mistake in foreign code, which may go without a name, but gets no wrong one."""
        return self.name.startswith("second_")


def cases(slug: str) -> list[Case]:
    """Read the cases of an assignment, in order of name."""
    found = []
    for path in sorted((SUBMISSIONS / slug).glob("*/expect.toml")):
        expected = tomllib.loads(path.read_text())
        if "lost" in expected:
            expected["lost"] = tuple(expected["lost"])
        expected["attacks"] = tuple(expected.get("attacks", ()))
        found.append(Case(path.parent.name, path.parent, **expected))
    return found


def differences(case: Case, result: Result) -> list[str]:
    """Say in words how a result differs from what is expected; nothing when it does not."""
    said = []
    if result.status != case.status:
        said.append(f"status {result.status} ({result.message}), expected {case.status}")
    if case.lost is not None:
        lost = {check.id for check in result.checks if check.points == 0.0}
        broken = [check.id for check in result.checks if check.outcome == "internal_error"]
        if broken:
            said.append(f"internal errors: {broken}")
        for name in sorted(lost ^ set(case.lost)):
            check = next((one for one in result.checks if one.id == name), None)
            found = f"{check.outcome}: {check.message}" if check else "no such check"
            said.append(f"{name} is {found}")
    if case.score is not None and result.score != case.score:
        said.append(f"score {result.score}, expected {case.score}")
    said += _differences_of_names(case, result)
    by_id = {check.id: check for check in result.checks}
    for name, outcome in case.outcomes.items():
        if by_id[name].outcome != outcome:
            said.append(f"{name} is {by_id[name].outcome} ({by_id[name].message}), expected {outcome}")
    for name, words in case.messages.items():
        text = result.message if name == "result" else f"{by_id[name].message} {by_id[name].hint or ''}"
        if words not in text:
            said.append(f"{name} says {text!r}, expected {words!r} in it")
    return said


def _differences_of_names(case: Case, result: Result) -> list[str]:
    names = _names(result)
    if case.mistake is None or names == {case.mistake} - {""} or (case.foreign and not names):
        return []
    return [f"named {sorted(names)}, expected {case.mistake!r}"]


def _names(result: Result) -> set[str]:
    return {check.mistake for check in result.checks if check.mistake}


def assert_foreign_code_is_recognised(
    cases: Sequence[Case], graded: Mapping[str, Result], *, at_least: int, unknown: int
) -> None:
    """Assert that of known mistakes in foreign code nine tenths get their name, and that nobody gets a wrong one."""
    foreign = [case for case in cases if case.foreign]
    others = [case for case in cases if case.name.startswith("unknown_")]
    wrong = {case.name: _names(graded[case.name]) - {case.mistake} for case in (*foreign, *others)}
    unnamed = [case.name for case in foreign if case.mistake not in _names(graded[case.name])]

    assert len(foreign) >= at_least
    assert len(others) >= unknown
    assert {name: names for name, names in wrong.items() if names} == {}
    assert len(unnamed) <= len(foreign) / 10, unnamed
