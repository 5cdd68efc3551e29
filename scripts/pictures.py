"""Draw the pictures of the documents anew, in Chromium, from the store of this checkout.

Run ``PYTHONPATH=. .venv/bin/python scripts/pictures.py``; ``--into FOLDER`` draws elsewhere, names draw those alone.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import ViewportSize, sync_playwright

from dualuse.explore.make import explorer_page
from dualuse.knowledge import open_knowledge
from dualuse.show.html import answer_page

DOCS = Path(__file__).resolve().parent.parent / "docs"
DAY = date(2025, 6, 1)
RULE = "us-ai-diffusion-ifr-2025-01"
WIDE, TABLET, PHONE = (1440, 900), (1024, 768), (390, 844)


class Picture(NamedTuple):
    """What a picture shows.

    Args:
        shown: The view of the page of the whole record, as its address says it; empty: the page of an answer.
        size: Width and height of the window.
        scheme: ``light`` or ``dark``.
    """

    shown: str
    size: tuple[int, int] = WIDE
    scheme: Literal["light", "dark"] = "light"


PICTURES = {
    "answer.png": Picture("", (1000, 900)),
    "network.png": Picture("#view=network"),
    "gallery-start.png": Picture("#view=start"),
    "gallery-start-phone.png": Picture("#view=start&lang=zh-Hans", PHONE),
    "gallery-world.png": Picture("#view=world&map=world&lang=zh-Hant", TABLET, "dark"),
    "gallery-matrix.png": Picture("#view=matrix"),
    "gallery-timeline.png": Picture("#view=timeline", scheme="dark"),
    "gallery-reached.png": Picture(f"#view=network&path=instrument:{RULE}~organisation:tsmc"),
    "gallery-compare.png": Picture("#view=compare&at=2025-06-01&beside=2025-01-13~codified"),
}


def draw(pages: Mapping[bool, str], pictures: Mapping[str, Picture], folder: Path) -> None:
    """Photograph pages: that of the whole record under True, that of an answer under False."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        sys.exit("no Chromium found: install it (Debian: apt-get install chromium)")
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        for name, picture in pictures.items():
            path = Path(made) / "page.html"
            path.write_text(pages[bool(picture.shown)], encoding="utf-8", newline="\n")
            size = ViewportSize(width=picture.size[0], height=picture.size[1])
            page = browser.new_page(viewport=size, color_scheme=picture.scheme)
            page.goto(path.as_uri() + picture.shown)
            if picture.shown:
                page.wait_for_selector("body[data-drawn]")
            page.screenshot(path=folder / name)
            page.close()
        browser.close()


def main() -> None:
    """Draw the pictures that are named, or all."""
    parser = argparse.ArgumentParser(prog="scripts/pictures.py", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", choices=[[], *PICTURES], help="pictures (default: all)")
    parser.add_argument("--into", type=Path, default=DOCS, help="their folder (default: docs)")
    options = parser.parse_args()
    knowledge = open_knowledge()
    answer = answer_page(knowledge.status(RULE, as_of=DAY, lens="enforced"))
    pages = {True: explorer_page(knowledge, DAY, "codified"), False: answer}
    draw(pages, {name: PICTURES[name] for name in options.names or PICTURES}, options.into)


if __name__ == "__main__":
    main()
