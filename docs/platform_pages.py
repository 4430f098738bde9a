"""Show what a platform reads as that platform shows it to a student: one function for each, by its published rules.

Only which field stands where is taken from the platforms, not how they look.
"""

from __future__ import annotations

import base64
import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any

import mistune

from docs.platform_runs import PRINTED

Texts = Mapping[str, str]
"""What a platform reads: texts by the names of their files."""

_MOST = 40
"""What all checks of the picture's assignment are worth."""


_FIRST = 3


def tag(name: str, content: str, kind: str = "") -> str:
    """Write an element around HTML."""
    return f"<{name} class='{kind}'>{content}</{name}>" if kind else f"<{name}>{content}</{name}>"


def pre(text: str) -> str:
    """Write a text as it stands."""
    return tag("pre", escape(text.strip())) if text.strip() else ""


def good(passed: bool) -> str:
    """Name the colour of what passed or failed."""
    return "good" if passed else "bad"


def rows(heads: Iterable[str], cells: Iterable[Iterable[str]]) -> str:
    """Write a table of HTML."""
    body = "".join(tag("tr", "".join(tag("td", cell) for cell in row)) for row in cells)
    return tag("table", tag("tr", "".join(tag("th", head) for head in heads)) + body)


def told_shorter(tests: Sequence[Any], passed: Callable[[Any], bool]) -> tuple[list[Any], str]:
    """Leave out of a long list all that passed but the first three, and say that of the picture."""
    kept = [test for at, test in enumerate(tests) if not passed(test) or at < _FIRST]
    return kept, tag("p", f"(Left out of this picture: {len(tests) - len(kept)} more that passed.)", "small")


def gradescope(told: Texts) -> str:
    """Show the output and every test that is visible; where one is hidden, students are not shown the total."""
    results = json.loads(told["results.json"])
    seen = [test for test in results["tests"] if test["visibility"] == "visible"]
    parts = [tag("h2", "Autograder Output"), pre(results["output"])]
    for test in seen:
        passed = test["status"] == "passed"
        head = escape(f"{test['number']}) {test['name']} ({test['score']:g}/{test['max_score']:g})")
        parts.append(tag("div", head + ("" if passed else pre(test["output"])), f"test {good(passed)}"))
    total = f"{results['score']:g}" if len(seen) == len(results["tests"]) else "-"
    side = [tag("p", "Student<br><b>Jane Doe</b>"), tag("p", "Total Points"), tag("p", f"{total} / {_MOST} pts", "big")]
    failed = [test for test in seen if test["status"] == "failed"]
    for title, some in (("Failed Tests", failed), ("Passed Tests", [test for test in seen if test not in failed])):
        items = (f"{escape(test['name'][:34])}… ({test['score']:g}/{test['max_score']:g})" for test in some[:4])
        side.append(tag("p", f"<b>{title}</b><br>" + "<br>".join(items), f"small {good(some is not failed)}"))
    return tag("div", tag("div", "".join(parts)) + tag("div", "".join(side), "side"), "columns")


def codio(told: Texts) -> str:
    """Show what Codio's wrapper makes of it when it is run with `logs`; it escapes nothing."""
    results = json.loads(told["results.json"])
    parts = [f"<p>Total Points<br><b>{math.ceil(results['score'])} / 100</b></p>"]
    for status, title in (("failed", "Failed Tests"), ("passed", "Passed Tests")):
        parts.append(tag("p", f"<b>{title}</b>", good(status == "passed")))
        for test in results["tests"]:
            if test["status"] == status:
                head = f"{test['name']} ({test['score']:.2f}/{test['max_score']:.2f})"
                words = tag("pre", test["output"]) if status == "failed" else ""
                mark = "▾" if status == "failed" else "▸"
                parts.append(tag("div", f"{mark} {head}{words}", good(status == "passed")))
    return "".join(parts)


def prairielearn(told: Texts) -> str:
    """Show the score, the message, and a panel for each test with its points, its message and its output."""
    results = json.loads(told["results.json"])
    share = round(100 * results["score"])
    parts = [tag("p", f"Submitted answer 1 &nbsp; {tag('span', f'{share}%', 'badge part')}")]
    parts += [tag("h2", "Test Results"), pre(results["message"])]
    for test in results["tests"]:
        passed = test["points"] == test["max_points"]
        badge = tag("span", f"[{test['points']:g}/{test['max_points']:g}]", f"badge {good(passed)}")
        words = "" if passed else f"<p>{escape(test['message'])}</p>{pre(test['output'])}"
        parts.append(tag("div", f"{badge} {escape(test['name'])}{words}", f"test {good(passed)}"))
    return "".join(parts)


def autolab(told: Texts) -> str:
    """Show the scores of the problems, the stages of the last line but one, and all that was printed, as raw text."""
    *_, stages, last = told[PRINTED].rstrip().split("\n")
    scores = json.loads(re.sub(r"([a-zA-Z0-9]+):", r'"\1":', last))["scores"]
    parsed = json.loads(stages)
    boxes = []
    for stage in parsed["stages"]:
        tests = "".join(
            tag("div", f"{'✓' if test['passed'] else '✗'} {escape(name)}", good(test["passed"]))
            + (tag("p", f"Hint: {escape(test['hint'])}", "small") if "hint" in test else "")
            for name, test in parsed[stage].items()
        )
        boxes.append(tag("div", f"<b>{escape(stage)}</b>{tests}"))
    order = parsed["_scores_order"]
    table = rows(
        [*map(escape, order), "Total"], [[*(f"{scores[one]:g}" for one in order), f"{sum(scores.values()):g}"]]
    )
    raw = tag("div", pre(told[PRINTED]), "raw")
    return f"<h2>Feedback</h2>{raw}<h2>Scores</h2>{table}<h2>Test Cases</h2>{tag('div', ''.join(boxes), 'stages')}"


def coursera(told: Texts) -> str:
    """Show the grade, and the rich feedback alone."""
    share = 100 * json.loads(told["feedback.json"])["fractionalScore"]
    return tag("p", f"Your grade: <b>{share:g}%</b>") + told["htmlFeedback.html"]


def edx(told: Texts) -> str:
    """Show the status, errors and tests, each as the watcher's templates have it."""
    result = json.loads(told[PRINTED])
    parts = [tag("h2", "Test results"), tag("p", "CORRECT" if result["correct"] else "INCORRECT", "big")]
    parts += [tag("p", f"ERROR: {escape(error)}", "bad") for error in result["errors"]]
    tests, left = told_shorter(result["tests"], lambda test: bool(test[2]))
    parts.append(left)
    for short, long, correct, expected, actual in tests:
        named = [("Output:", actual)] if correct else [("Your output:", actual), ("Correct output:", expected)]
        fields = "".join(f"<dt>{name}</dt><dd>{pre(text)}</dd>" for name, text in named)
        head = f"<b>{escape(short)}</b> &nbsp; {escape(long)}"
        parts.append(tag("div", f"{head}<dl>{fields}</dl>", f"test {good(correct)}"))
    return f"<p>{result['score']:g}/1 point</p>" + "".join(parts)


def submitty(told: Texts) -> str:
    """Show the test case with its points, cut to whole ones, and a message in the colour of its status."""
    data = json.loads(told["validation_results.json"])["data"]
    points = math.floor(data["score"] * _MOST)
    badge = tag("span", f"{points} / {_MOST}", "badge part")
    kinds = {"success": "good", "failure": "bad"}
    messages = [
        tag("div", escape(one["message"]).replace("\n", "<br>"), f"test {kinds.get(one['status'], '')}")
        for one in data["message"]
    ]
    return f"<h2>{badge} SineNet: fit a sine</h2><p><b>Checks</b></p>{''.join(messages)}"


def coderunner(told: Texts) -> str:
    """Show what stands above the table, and its rows with ticks; those that are hidden are not there for students."""
    outcome = json.loads(told[PRINTED])
    heads, *lines = outcome["testresults"]
    special = {name: heads.index(name) for name in ("iscorrect", "ishidden")}
    shown = [at for at in range(len(heads)) if at not in special.values()]
    body = [tag("tr", "".join(tag("th", escape(text)) for text in ("", *(heads[at] for at in shown), "")))]
    seen = [line for line in lines if not line[special["ishidden"]]]
    seen, left = told_shorter(seen, lambda line: bool(line[special["iscorrect"]]))
    for line in seen:
        mark = tag("td", "✓" if line[special["iscorrect"]] else "✗", "tick")
        cells = "".join(tag("td", tag("pre", escape(str(line[at])))) for at in shown)
        body.append(tag("tr", f"{mark}{cells}{mark}", good(bool(line[special["iscorrect"]]))))
    marks = f"<p>Marks for this submission: {_MOST * outcome['fraction']:.2f}/{_MOST:.2f}.</p>"
    return f"{outcome['prologuehtml']}{tag('table', ''.join(body))}{left}<p><b>Partially correct</b></p>{marks}"


def vpl(told: Texts) -> str:
    """Find grade and comments as VPL does: the last grade, titles that begin with `-`, lines after `>` as they are."""
    output = told[PRINTED]
    grade = re.findall(r"^Grade :=>>(.*)$", output, re.MULTILINE)[-1].strip()
    found = re.search(r"^[ \t]*<\|--[ \t]*$(.*?)^[ \t]*--\|>[ \t]*$", output, re.MULTILINE | re.DOTALL)
    assert found is not None
    sections: list[tuple[str, list[str]]] = []
    for line in found[1].splitlines():
        if line.startswith("-"):
            sections.append((line[1:], []))
        elif line.startswith(">"):
            sections[-1][1].append(line[1:])
    parts = [tag("p", f"Proposed grade: <b>{escape(grade)} / 100</b>"), tag("h2", "Comments")]
    for title, lines in sections:
        parts.append(tag("div", f"{'▾' if lines else '▸'} <b>{escape(title)}</b>{pre(chr(10).join(lines))}"))
    return "".join(parts)


def github(told: Texts) -> str:
    """Show both annotations of the reporter, and the summary of the job."""
    (_, encoded) = told["output"].strip().split("=", 1)
    result: dict[str, Any] = json.loads(base64.b64decode(encoded))
    had = sum(test["score"] for test in result["tests"])
    points = f"Points {had:g}/{result['max_score']:g}"
    report = json.dumps({"totalPoints": had, "maxPoints": result["max_score"]})
    notes = rows(["Annotations", ""], [["Autograding complete", points], ["Autograding report", escape(report)]])
    return f"{notes}<h2>grade summary</h2>{markdown(told['summary'])}"


def classroom50(told: Texts) -> str:
    """Show the release of the submission, whose text is ours, and the score in whole numbers."""
    result = json.loads(told["result.json"])
    score = tag("p", f"Score in the classroom: <b>{result['score']} / {result['max-score']}</b>")
    return f"<h1>{escape(result['submission'])}</h1>{score}{markdown(told['release-body.md'])}"


def markdown(text: str) -> str:
    """Render Markdown as GitHub does, tables and HTML in it too."""
    made = mistune.create_markdown(escape=False, plugins=["table"])(text)
    assert isinstance(made, str)
    return made


PAGES: dict[str, Callable[[Texts], str]] = {
    one.__name__: one
    for one in (
        gradescope, codio, prairielearn, autolab, coursera, edx, submitty, coderunner, vpl, github, classroom50,
    )
}  # fmt: skip
