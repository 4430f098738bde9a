"""Make the pictures of the pages in `docs/pages/`: python docs/screenshots.py (needs Chromium; two minutes).

Feedback and report are of the class of `make demo`, the class page and the review of the corpus that our tests grade.
"""

from __future__ import annotations

import io
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
PAGES = HERE / "pages"
CORPUS = HERE.parent / "tests" / "submissions"
GRADE = (sys.executable, "-m", "grader")
SIZES = {"wide": (1280, 960), "phone": (390, 844)}
REVIEWED = ("right_notebook", "right_closures_and_partials", "right_errorbars_and_margins")


def main() -> None:
    """Grade three classes, and take the pictures."""
    PAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        demo, corpus, review = (Path(folder) / name for name in ("demo", "corpus", "review"))
        graded("sinenet", HERE / "demo-class", demo)
        graded("himmelblau", CORPUS / "himmelblau", corpus)
        for name in REVIEWED:
            shutil.copytree(CORPUS / "capacity" / name, Path(folder) / "class" / name)
        graded("capacity", Path(folder) / "class", review)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = demo / "submissions" / "chen_gradients"
        taken(browser, "feedback", (page / "feedback.html").as_uri())
        taken(browser, "pictures", (page / "feedback.html").as_uri(), "#part-5")
        taken(browser, "report", (demo / "submissions" / "emil_list" / "report.html").as_uri())
        taken(browser, "class", (corpus / "index.html").as_uri())
        taken(browser, "table", (corpus / "index.html").as_uri(), "#failed=check_optimize_momentum")
        with served(review) as address:
            taken(browser, "review", f"{address}item?student=right_notebook&check=check_reflection_content")
        browser.close()
    shutil.copy(PAGES / "feedback-light-wide.png", HERE / "feedback.png")


def graded(slug: str, submissions: Path, directory: Path) -> None:
    """Grade a class."""
    subprocess.run([*GRADE, "run", slug, str(submissions), "-o", str(directory)], check=True, capture_output=True)  # noqa: S603 - ours


@contextmanager
def served(directory: Path) -> Iterator[str]:
    """Serve a review, and give its address."""
    command = [*GRADE, "review", str(directory), "--as", "Staff"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 - ours
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.send_signal(signal.SIGINT)


def taken(browser: Browser, name: str, address: str, fragment: str = "") -> None:
    """Take a page in light and dark, wide and on a phone."""
    schemes: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
    for scheme in schemes:
        for size, (width, height) in SIZES.items():
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.goto(address + fragment)
            page.wait_for_timeout(200)
            image = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(128)
            image.save(PAGES / f"{name}-{scheme}-{size}.png", optimize=True)
            page.close()


if __name__ == "__main__":
    main()
