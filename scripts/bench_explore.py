"""Benchmark the explorer's page beside pyvis's own output for the same graph, in a browser without network, in one run.

Every figure is the median of several runs of headless Chromium. What does not come within the time box is told as such.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benching import show, slowness
from tests.explore.conftest import Network, generate

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SIZES = (500, 2_000, 10_000)
RUNS = 3
PATIENCE_SECONDS = round(60 * slowness())
PAN_STEPS = 60
POLL_MILLISECONDS = 50
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-extensions",
    "--no-first-run",
]
MEASURES = {
    "build": ("build the file, s", False),
    "size": ("file, MB", False),
    "load": ("load, s", False),
    "paint": ("graph on screen, s", False),
    "frames": ("frames a second while panning", True),
    "heap": ("JavaScript heap, MB", False),
}
"""Measure -> its name, and whether more is better."""
# our page says when it has drawn; pyvis's has when its loading bar is gone and a pixel of its canvas is not empty
READY = {
    "ours": "() => document.body?.dataset.drawn !== undefined",
    "pyvis": """() => {
        const bar = document.getElementById("loadingBar");
        const canvas = document.querySelector("#mynetwork canvas");
        if (canvas === null || canvas.width === 0 || (bar && bar.style.display !== "none")) return false;
        const small = new OffscreenCanvas(64, 64).getContext("2d");
        small.drawImage(canvas, 0, 0, 64, 64);
        return small.getImageData(0, 0, 64, 64).data.some((part) => part > 0);
    }""",
}
CANVAS = {"ours": "#map canvas", "pyvis": "#mynetwork canvas"}
COUNT_FRAMES = """() => {
    window.benchFrames = 0;
    const start = performance.now();
    const tick = () => {
        window.benchFrames += 1;
        window.benchSeconds = (performance.now() - start) / 1000;
        requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
}"""
WATCH = """(() => {
    const ready = %s;
    const look = () => ready() ? requestAnimationFrame(() => { window.benchPaint = performance.now() / 1000; })
                               : requestAnimationFrame(look);
    requestAnimationFrame(look);
})();"""


def ours(network: Network) -> str:
    """Our page."""
    from dualuse.explore.page import render_page
    from dualuse.explore.view import View

    return render_page(network, View("Benchmark"))


def pyvis(network: Network) -> str:
    """What pyvis makes of the same nodes and edges, as it comes; only its script is put in, for there is no network."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyvis.network import Network as Pyvis

        picture = Pyvis(directed=True, notebook=False, cdn_resources="in_line")
    for node, data in network.nodes(data=True):
        picture.add_node(node, label=data["label"], group=data["kind"])
    for start, end, data in network.edges(data=True):
        picture.add_edge(start, end, title=data["label"])
    return str(picture.generate_html())


@contextmanager
def opened(path: Path, side: str) -> Iterator[tuple[Browser, Page]]:
    """The page in a fresh browser without network, with a watch for the first frame that has the graph on it."""
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        sys.exit("no Chromium found: install it (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        context.route(
            "**/*", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort()
        )
        context.set_offline(True)
        context.set_default_timeout(PATIENCE_SECONDS * 1000)
        page = context.new_page()
        page.add_init_script(WATCH % READY[side])
        page.goto(path.as_uri(), wait_until="commit")
        yield browser, page
        browser.close()


def look(path: Path, side: str, tell: Connection) -> None:
    """Measure one page once, and tell each figure as soon as it is there."""
    with opened(path, side) as (_, page):
        page.wait_for_load_state("load")
        tell.send(("load", page.evaluate("performance.getEntriesByType('navigation')[0].loadEventStart / 1000")))
        # asked again and again, for our page forbids what wait_for_function would run in it
        while (paint := page.evaluate("window.benchPaint ?? null")) is None:
            page.wait_for_timeout(POLL_MILLISECONDS)
        tell.send(("paint", paint))
        tell.send(("frames", pan(page, CANVAS[side])))
        session = page.context.new_cdp_session(page)
        session.send("HeapProfiler.collectGarbage")
        session.send("Performance.enable")
        metrics = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
        tell.send(("heap", metrics["JSHeapUsedSize"] / 1e6))


def pan(page: Page, canvas: str) -> float:
    """Frames a second while the mouse drags the map about, from an empty corner."""
    box = page.locator(canvas).first.bounding_box()
    if box is None:
        raise RuntimeError(f"{canvas} has no place on the page")
    x, y = box["x"] + 12, box["y"] + 12
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(COUNT_FRAMES)
    for step in range(PAN_STEPS):
        page.mouse.move(x + 5 * (step % 40), y + 3 * (step % 40))
    frames, seconds = page.evaluate("[window.benchFrames, window.benchSeconds]")
    page.mouse.up()
    return float(frames) / float(seconds)


def watched(path: Path, side: str, patience: float) -> dict[str, float]:
    """Figures of one run; those that did not come within the time box are missing."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=look, args=(path, side, sender))
    child.start()
    sender.close()
    found: dict[str, float] = {}
    deadline = time.monotonic() + patience
    while receiver.poll(max(0.0, deadline - time.monotonic())):
        try:
            name, figure = receiver.recv()
        except EOFError:
            break
        found[name] = figure
    child.kill()
    child.join()
    return found


def measure(side: str, network: Network, folder: Path, runs: int, patience: float) -> dict[str, float]:
    """Medians of one side; a figure that no run gave is missing."""
    start = time.perf_counter()
    text = ours(network) if side == "ours" else pyvis(network)
    found = {"build": time.perf_counter() - start, "size": len(text.encode()) / 1e6}
    path = folder / f"{side}-{len(network)}.html"
    path.write_text(text, encoding="utf-8", newline="\n")
    each: list[dict[str, float]] = []
    for _ in range(runs):
        each.append(watched(path, side, patience))
        if "heap" not in each[-1]:
            break  # it ran into the time box: more runs would tell no more
    for name in MEASURES:
        figures = [run[name] for run in each if name in run]
        if figures:
            found[name] = statistics.median(figures)
    return found


def print_rows(rows: list[tuple[int, str, dict[str, dict[str, float]]]], patience: float, runs: int) -> None:
    """The table, and below it what could not be measured."""
    cells = []
    missing = []
    for size, name, sides in rows:
        label, more_is_better = MEASURES[name]
        mine, theirs = (sides[side].get(name) for side in ("ours", "pyvis"))
        missing += [f"{label}, {side}, {size:,} nodes" for side in sides if name not in sides[side]]
        better = ratio(name, mine, theirs, patience, more_is_better=more_is_better)
        cells.append((f"{size:,}", label, cell(name, mine, patience), cell(name, theirs, patience), better))
    notes = [f"Load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors; Chromium headless, no GPU."]
    if missing:
        notes.append(f"Not measured within {patience:g} s of opening the page: {'; '.join(missing)}.")
    title = f"The explorer's page beside pyvis's own, median of {runs} runs"
    show(title, ("nodes", "", "dualuse", "pyvis 0.3.2", "ratio"), cells, *notes, left=("",))


def cell(name: str, figure: float | None, patience: float) -> str:
    """A figure, or what its absence says."""
    if figure is None:
        return f"> {patience:g}" if name in ("load", "paint") else "not measured"
    return f"{figure:.2f}" if figure < 10 else f"{figure:.1f}"


def ratio(name: str, mine: float | None, theirs: float | None, patience: float, *, more_is_better: bool) -> str:
    """How many times better ours is."""
    if mine is None or (theirs is None and name not in ("load", "paint")):
        return ""
    if theirs is None:
        return f"> {patience / mine:.0f} x"
    return f"{(mine / theirs if more_is_better else theirs / mine):.1f} x"


def main() -> None:
    """Measure every size, ours first, and print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="numbers of nodes")
    parser.add_argument("--runs", type=int, default=RUNS, help="runs per figure")
    parser.add_argument("--patience", type=float, default=PATIENCE_SECONDS, help="seconds before a page is given up")
    asked = parser.parse_args()
    rows: list[tuple[int, str, dict[str, Any]]] = []
    with tempfile.TemporaryDirectory() as folder:
        for size in asked.sizes:
            network = generate(size)
            sides = {
                side: measure(side, network, Path(folder), asked.runs, asked.patience) for side in ("ours", "pyvis")
            }
            rows += [(size, name, sides) for name in MEASURES]
            print(f"{size:,} nodes measured", file=sys.stderr)
    print_rows(rows, asked.patience, asked.runs)


if __name__ == "__main__":
    main()
