"""A picture made with pyvis, in a real browser: what covers what, and what stands beside the pointer."""

from collections.abc import Callable
from itertools import combinations

import pytest
from playwright.sync_api import expect

from dualuse import to_pyvis

from .browsing import HOSTILE, Open
from .conftest import Network
from .test_pyvis import hostile

pytestmark = pytest.mark.browser


BOXES = """() => {
    const picture = document.getElementById("network").picture;
    return Object.keys(picture.getPositions()).map((node) => picture.getBoundingBox(node));
}"""


def test_no_node_of_a_picture_covers_another(show: Open, generated: Callable[[int], Network]) -> None:
    """150 nodes with their labels, as vis-network measures them in this browser."""
    page = show(to_pyvis(generated(150)).generate_html())
    expect(page.locator("body")).to_have_attribute("data-drawn", "yes")
    expect(page.locator("#network canvas")).to_be_visible()
    expect(page.locator("#legend li")).to_have_count(6)
    boxes = page.evaluate(BOXES)
    assert len(boxes) == 150
    assert all(box["right"] - box["left"] > 40 for box in boxes), "labels are measured too"
    met = [
        (one, other)
        for one, other in combinations(boxes, 2)
        if min(one["right"], other["right"]) > max(one["left"], other["left"])
        and min(one["bottom"], other["bottom"]) > max(one["top"], other["top"])
    ]
    assert met == []


def test_an_edge_of_a_picture_tells_its_words(show: Open) -> None:
    network = hostile()
    for _, _, data in network.edges(data=True):
        data["text"] = HOSTILE
    page = show(to_pyvis(network, positions={"place:x": (-200, 0), "place:y": (200, 0)}).generate_html())
    expect(page.locator("body")).to_have_attribute("data-drawn", "yes")
    middle = page.evaluate("document.getElementById('network').picture.canvasToDOM({ x: 0, y: 0 })")
    page.mouse.move(middle["x"] - 3, middle["y"])
    page.mouse.move(middle["x"], middle["y"])
    expect(page.locator(".vis-tooltip")).to_have_text(HOSTILE)
    expect(page.locator("#network img")).to_have_count(0)
