"""What the pages cost: CPU of one submission's two pages, and how a class of ten thousand opens in a browser.

    python -m benchmarks.pages RESULTS [ROWS]

RESULTS is the folder of a `grade run`; its submissions are taken over and over, under other names, up to ROWS.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

import msgspec
from playwright.sync_api import sync_playwright

from grader.pictures import Feedback
from grader.report import listing
from grader.report.pages import prepare, render_feedback, render_index, render_report
from grader.report.row import row_of
from grader.results import Evidence, Result, read_result

_GIVEN = ("Ada", "Bjørn", "Chloé", "Dilnoza", "Émile", "Fatima", "Göran", "Haruki", "Inès", "João")
_FAMILY = ("Okafor", "Müller", "Nguyễn", "O'Brien", "García", "Sørensen", "Kowalski", "Haddad", "Ivanova", "Tanaka")


def main() -> None:
    """Print the figures."""
    results, many = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    graded = [
        (
            read_result(folder / "result.json"),
            msgspec.json.decode((folder / "evidence.json").read_bytes(), type=Evidence),
        )
        for folder in sorted((results / "submissions").iterdir())
    ]
    prepare()
    for pictures in (False, True):
        spent = sorted(
            _cost(result, evidence, Feedback(reference=True, pictures=pictures)) for result, evidence in graded
        )
        what = "with pictures" if pictures else "without pictures"
        print(f"both pages of a submission, {what}: median {_ms(spent[len(spent) // 2])}, most {_ms(spent[-1])} CPU")
    _open([result for result, _ in graded], many)


def _cost(result: Result, evidence: Evidence, feedback: Feedback) -> float:
    listing.cells_of.cache_clear()
    start = time.process_time()
    render_report(result, evidence, feedback)
    render_feedback(result, evidence, feedback)
    return time.process_time() - start


def _open(results: list[Result], many: int) -> None:
    rows = []
    for at in range(many):
        result = results[at * 7919 % len(results)]
        name = f"{_FAMILY[at % 10]}, {_GIVEN[at // 10 % 10]} {at}"
        info = msgspec.structs.replace(result.submission, id=f"student_{at}", student=name)
        rows.append(row_of(msgspec.structs.replace(result, submission=info)))
    start = time.process_time()
    page = render_index(rows, assignment_title="Ten thousand")
    print(f"index.html of {many} rows: {len(page) / 1e6:.1f} MB, {time.process_time() - start:.2f} s CPU")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "index.html"
        path.write_text(page, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        opened = [_opened(browser.new_page(viewport={"width": 1280, "height": 900}), path) for _ in range(3)]
        tab = browser.new_page(viewport={"width": 1280, "height": 900})
        tab.goto(path.as_uri())
        first = [_searched(tab, word) for word in ("kowalski",)]
        later = [_searched(tab, word) for word in ("muller", "garcia 12", "gradients never", "")]
        browser.close()
    print(f"opens in Chromium: load event after {min(opened):.0f} to {max(opened):.0f} ms")
    print(f"a search answers: the first in {first[0]:.0f} ms, others in {min(later):.0f} to {max(later):.0f} ms")


def _opened(tab, path: Path) -> float:  # type: ignore[no-untyped-def]  # playwright's Page
    tab.goto(path.as_uri())
    painted = "new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))"
    spent: float = tab.evaluate(painted)
    tab.close()
    return spent


def _searched(tab, word: str) -> float:  # type: ignore[no-untyped-def]  # playwright's Page
    spent: float = tab.evaluate(
        """word => new Promise(done => {
            const input = document.getElementById("words");
            input.value = word;
            const start = performance.now();
            input.dispatchEvent(new Event("input", { bubbles: true }));
            requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
        })""",
        word,
    )
    return spent


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.1f} ms"


if __name__ == "__main__":
    main()
