"""Draw what students see on each platform, in `docs/platforms/`: python -m docs.platform_pictures (needs Chromium).

The platforms cannot be run here. What our entry answers is real; the page around it is ours, after their rules.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from docs.platform_pages import PAGES
from docs.platform_runs import PLACES, told
from grader.platforms.settings import PLATFORMS

PICTURES = Path(__file__).parent / "platforms"
WIDTH, MOST_HEIGHT, COLOURS = 880, 860, 40


def main(names: list[str]) -> None:
    """Draw the platforms that are named, or all of them."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name in names or PLACES:
            with tempfile.TemporaryDirectory() as root:
                drawn(browser, name, page_of(name, PAGES[name](told(name, Path(root)))))
        browser.close()


def page_of(name: str, body: str) -> str:
    """Put what a student sees under a line that says what it is."""
    title = PLATFORMS[name].title if name in PLATFORMS else name.capitalize()
    style = (PICTURES / "page.css").read_text(encoding="utf-8")
    head = f"<header>{title}: drawn from the grader's output after the platform's published rules</header>"
    return f"<!doctype html><meta charset='utf-8'><style>{style}</style><body>{head}<main>{body}</main></body>"


def drawn(browser: Browser, name: str, page: str) -> None:
    """Take a page, in few colours, and no higher than is read."""
    tab = browser.new_page(viewport={"width": WIDTH, "height": 100}, java_script_enabled=False)
    tab.set_content(page)
    image = Image.open(io.BytesIO(tab.screenshot(full_page=True))).convert("RGB")
    image = image.crop((0, 0, WIDTH, min(image.height, MOST_HEIGHT)))
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)
    tab.close()


if __name__ == "__main__":
    main(sys.argv[1:])
