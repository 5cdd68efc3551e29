"""Draw the pictures of the documents anew: ``docs/network.png``, the network of the January 2025 rule in the explorer.

It needs Chromium. Run ``PYTHONPATH=. .venv/bin/python scripts/pictures.py``; ``--into FOLDER`` draws elsewhere.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

from playwright.sync_api import sync_playwright

from dualuse.explore.make import explorer_page
from dualuse.knowledge import open_knowledge

DOCS = Path(__file__).resolve().parent.parent / "docs"
DAY = date(2025, 6, 1)
PICTURES = {"network.png": "#view=network"}
"""Picture -> what the page of the whole record shows on it."""


def draw(text: str, folder: Path) -> None:
    """Photograph each view of a page."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        sys.exit("no Chromium found: install it (Debian: apt-get install chromium)")
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        path = Path(made) / "page.html"
        path.write_text(text, encoding="utf-8", newline="\n")
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        for name, shown in PICTURES.items():
            page = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme="light")
            page.goto(path.as_uri() + shown)
            page.wait_for_selector("body[data-drawn]")
            page.screenshot(path=folder / name)
        browser.close()


def main() -> None:
    """Draw every picture from the store of this checkout."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=DOCS, help="folder of the pictures")
    draw(explorer_page(open_knowledge(), DAY, "codified"), parser.parse_args().into)


if __name__ == "__main__":
    main()
