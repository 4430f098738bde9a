"""`moodle`: the assignment's own grading worksheet, filled in; it is never made anew.

Moodle reads the participant's number at the end of `Identifier`, `Grade`, the time in `Last modified (grade)`, by which
it skips what was changed on the site meanwhile, and `Feedback comments`. The titles are in the site's language.
"""

from __future__ import annotations

import re
from html import escape

from grader.errors import UsageError
from grader.exports.cells import number_cell, other_maximum
from grader.exports.fill import Key, choose, keys, match, missed, plain_name, with_mark
from grader.exports.moodle_feedback import participant
from grader.exports.order import Made, Order, Student, Unplaced
from grader.exports.template import Template, read_template
from grader.report.text import block, line
from grader.report.words import SENTENCES

_OURS = "<p>Automatic checks: "
"""How a comment of ours begins: another one a person has written."""
_NUMBERED = re.compile(r"\D*?(\d+)\s*")


class _Moodle:
    takes = frozenset({"template", "column"})

    def make(self, order: Order) -> Made:
        """Fill in grades and, where there is room, comments."""
        if order.template is None:
            raise UsageError(
                "moodle fills in the grading worksheet of the assignment: download it in Moodle, and give it "
                "with --template."
            )
        return _filled(order, read_template(order.template))


def _filled(order: Order, template: Template) -> Made:
    rows = range(1, len(template.rows))
    identifier, grade = _identifier(template), _grade(order, template)
    comments, maximum, open_ = map(template.column, ("Feedback comments", "Maximum Grade", "Grade can be changed"))
    by = [Key(identifier, participant, "participant", _digits)]
    by += keys(template, ("Email address", ("email",), "address"), ("ID number", ("sid",), "ID number"))
    matched = match(template, rows, order.students, by)
    reasons = {row: _refusal(template, row, one, maximum, open_) for row, one in matched.rows.items()}
    refused = [Unplaced(one, reasons[row]) for row, one in matched.rows.items() if reasons[row]]
    given, left = with_mark({row: one for row, one in matched.rows.items() if not reasons[row]})
    changes = {(row, grade): number_cell(one.points, comma=template.comma) for row, one in given.items()}
    if comments is not None:
        changes |= {
            (row, comments): _comment(one) for row, one in given.items() if _is_ours(template.value(row, comments))
        }
    return Made(
        template.filled(changes),
        tuple(given.values()),
        (*matched.unplaced, *refused, *left),
        (
            *_other_maxima(order, template, maximum),
            *_about_comments(template, comments, given),
            *missed(template, rows, matched, lambda row: template.value(row, identifier)),
        ),
    )


def _identifier(template: Template) -> int:
    named = template.column("Identifier")
    if named is not None:
        return named
    values = [template.value(row, 0).strip() for row in range(1, len(template.rows))]
    if values and all(re.fullmatch(r"\D+\d+", value) for value in values):
        return 0
    raise UsageError(f"{template.called} is no grading worksheet of Moodle: it has no column Identifier.")


def _grade(order: Order, template: Template) -> int:
    """Find the column of the grades: `Grade`, or the one that was asked for in the language of the site."""
    grade = template.column("Grade")
    if order.column is None and grade is not None:
        return grade
    return choose(order, template, dict(enumerate(template.header)))


def _digits(value: str) -> str:
    match = _NUMBERED.fullmatch(value)
    return match[1].lstrip("0") or "0" if match else value.strip()


def _refusal(template: Template, row: int, student: Student, maximum: int | None, open_: int | None) -> str:
    """Say why Moodle would skip the row without a word; empty where it takes it."""
    most = template.number(row, maximum) if maximum is not None else None
    if most is not None and student.points is not None and student.points > most:
        return f"Moodle takes at most {number_cell(most)}, and the mark is {number_cell(student.points)}"
    there = template.column("Full name")
    if there is not None and _is_another(template.value(row, there), student.name):
        called = line(template.value(row, there))
        return f"that participant is {called} in {template.called}: in a group assignment the numbers are of groups"
    if open_ is not None and template.value(row, open_).strip().casefold() == "no":
        return "Moodle has locked the grade"
    return ""


def _is_another(there: str, ours: str) -> bool:
    """Tell names that have no word in common; who is hidden is called by the number."""
    words = [set(re.findall(r"\w+", plain_name(name))) for name in (there, ours)]
    return all(words) and not ours.startswith("Participant ") and not words[0] & words[1]


def _is_ours(comment: str) -> bool:
    return not comment.strip() or comment.startswith(_OURS)


def _comment(student: Student) -> str:
    """Say in HTML what the mark is, and why it is not the score."""
    mark = student.mark
    text = [f"{_OURS}{number_cell(student.points)} of {number_cell(mark.max_score)} points.</p>"]
    sentences = [SENTENCES.get(mark.status, ""), mark.why]  # type: ignore[call-overload]  # a status that we may not know
    text += [f"<p>{escape(line(block(sentence)))}</p>" for sentence in sentences if sentence]
    return "".join(text)


def _other_maxima(order: Order, template: Template, maximum: int | None) -> tuple[str, ...]:
    if maximum is None or len(template.rows) < 2:
        return ()
    return other_maximum(order, template.number(1, maximum), "Moodle")


def _about_comments(template: Template, comments: int | None, given: dict[int, Student]) -> tuple[str, ...]:
    if comments is None:
        return (f"{template.called} has no column 'Feedback comments', so no comment is filled in.",)
    kept = [one.id for row, one in given.items() if not _is_ours(template.value(row, comments))]
    return (f"a person's comment is kept for {', '.join(kept)}.",) if kept else ()


FORMAT = _Moodle()
