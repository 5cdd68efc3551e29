"""How the tests drive Chromium: with the network off, and listening to whatever a page says or asks for."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from tests.slowness import slowness

from dualuse.explore.layout import CELL_WIDTH, arrange

from .conftest import Network

HOSTILE = "</script><img src=x onerror=alert(1)>"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]
Open = Callable[..., Page]


def chromium() -> str:
    """Path of an installed Chromium, or a skip (a failure on a build server) that says how to get one."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found is not None:
            return found
    reason = "no Chromium found: install it (Debian: apt-get install chromium) to test the page in a browser"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def watched(browser: Browser, path: Path) -> Iterator[Open]:
    """Open HTML text from a file; at the end, the page has asked for nothing else and said nothing."""
    said: list[str] = []
    asked: list[str] = []
    contexts = []
    patience = slowness()
    expect.set_options(timeout=5_000 * patience)

    def guard(route: Route) -> None:
        if route.request.url.startswith("file:"):
            route.continue_()
        else:
            asked.append(route.request.url)
            route.abort()

    def open_(text: str, fragment: str = "", **options: Any) -> Page:
        path.write_text(text, encoding="utf-8", newline="\n")
        context = browser.new_context(**({"viewport": {"width": 1440, "height": 900}} | options))
        contexts.append(context)
        context.set_offline(True)
        context.route("**/*", guard)
        context.set_default_timeout(20_000 * patience)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri() + fragment)
        if "data-renderer" in text:
            page.wait_for_selector("body[data-drawn]")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert said == []
    assert {url.split("#")[0] for url in asked if not url.startswith("blob:")} == {path.as_uri()}


def at_rest(page: Page) -> None:
    """Wait until the picture has stood still for a few frames."""
    page.wait_for_selector("body[data-rest]")


def heading(page: Page) -> Locator:
    return page.locator("#panel h2")


def status(page: Page) -> Locator:
    return page.locator("#status")


def count(network: Network, attribute: str, value: str) -> int:
    return sum(attributes[attribute] == value for _, attributes in network.nodes(data=True))


def search(page: Page, words: str) -> None:
    page.fill("#search", words)
    expect(page.locator("#results-box")).to_be_visible()


def click_node(page: Page, network: Network, key: str) -> None:
    """Click where a node stands when everything is shown; the camera of geometry.js, worked out again."""
    layout = arrange(network)
    box = page.locator("#map").bounding_box()
    assert box is not None
    across = [x for x, _ in layout.positions.values()]
    down = [y for _, y in layout.positions.values()]
    left, right = min(across) - 24, max(across) + (CELL_WIDTH - 8 if layout.lanes else 24)
    top, bottom = min(down) - 14, max(down) + 14
    scale = min((box["width"] - 20) / (right - left), (box["height"] - 50) / (bottom - top), 1.6)
    x, y = layout.positions[key]
    shift = 40 - box["height"] / 2 + (y - top) * scale if layout.lanes else (y - (top + bottom) / 2) * scale + 15
    page.mouse.click(
        box["x"] + box["width"] / 2 + (x - (left + right) / 2) * scale, box["y"] + box["height"] / 2 + shift
    )
