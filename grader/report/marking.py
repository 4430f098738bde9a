"""Which line of the graded file a check is about: where it raised, else where the name that it covers is defined."""

from __future__ import annotations

from collections.abc import Sequence

from grader.report import words
from grader.report.code import Note
from grader.report.listing import definitions_of
from grader.report.text import line
from grader.results import CheckResult, Evidence, Place


def places_of(checks: Sequence[CheckResult], evidence: Evidence) -> dict[str, Place]:
    """Find the line of each check that was lost, by the id of the check; of a file that did not import, its own ""."""
    defined = definitions_of(evidence.source)
    found = {}
    for check in checks:
        if check.outcome in words.LOST:
            raised = evidence.places.get(check.id, ())
            lines = [raised[-1]] if raised else [defined[name] for name in check.covers if name in defined]
            if lines:
                found[check.id] = lines[0]
    if at_import := evidence.places.get(""):
        found[""] = at_import[-1]
    return found


def notes_of(
    checks: Sequence[CheckResult], anchors: Sequence[str], places: dict[str, Place]
) -> dict[Place, list[Note]]:
    """Say on each line what was lost there; `anchors[i]` is where the page shows `checks[i]`."""
    notes: dict[Place, list[Note]] = {}
    if "" in places:
        notes[places[""]] = [Note("! The import ended here.", "", words.BAD)]
    for check, anchor in zip(checks, anchors, strict=True):
        if check.id in places:
            word = words.OUTCOMES[check.outcome]
            note = Note(f"{word.sign} {word.word}: {line(check.title) or line(check.id)}", anchor, word.mood)
            notes.setdefault(places[check.id], []).append(note)
    return notes


def mistake_name(slug: str | None) -> str:
    """Write the name of a catalogued mistake as words: `layers-in-plain-list` is "Layers in plain list"."""
    name = line(slug or "").replace("-", " ").replace("_", " ").strip()
    return name[:1].upper() + name[1:]
