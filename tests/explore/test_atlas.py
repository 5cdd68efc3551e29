"""The map of shapes: every destination is on it, it says whose borders it draws, and it is used as the tiles are."""

import gzip
import json
import re
from importlib.resources import files

import pytest
from playwright.sync_api import Page, expect

from dualuse.explore.inline import packed_atlas
from dualuse.explore.text import interface_texts
from dualuse.knowledge import Knowledge

from .browsing import Open

ATLAS = files("dualuse.explore") / "atlas"
OWN = {"BQ", "BV", "CC", "CX", "GF", "GI", "GP", "MQ", "RE", "SJ", "TK", "TV", "UM", "YT"}
"""Places of ISO 3166-1 that the shapes do not have apart."""
OCCUPIED = {"XH", "XM", "XO"}


def test_every_destination_has_a_shape_or_a_dot(knowledge: Knowledge) -> None:
    atlas = json.loads(gzip.decompress((ATLAS / "world.json.gz").read_bytes()))
    places = set(knowledge.places.tiers) | {"TW", "XK"}
    assert places <= {*atlas["shapes"], *atlas["dots"]}
    assert {*atlas["dots"]} - {*atlas["shapes"]} == OWN | OCCUPIED
    assert {"HK", "MO", "SG"} <= {*atlas["dots"]}, "too small to be hit"
    width, height = atlas["size"]
    for left, top, across, down in atlas["regions"].values():
        assert 0 <= left < left + across <= width
        assert 0 <= top < top + down <= height
    assert {"world", *atlas["regions"]} == set(interface_texts()["en"]["region"])
    for arc in atlas["arcs"]:
        assert len(arc) % 2 == 0
        assert max(abs(step) for step in arc[2::2]) < width / 2, "nothing is drawn across the whole map"


def test_the_shapes_are_small_and_say_whose_they_are() -> None:
    assert len(packed_atlas()) < 230_000
    licences = (ATLAS / "LICENSES.txt").read_text("utf-8")
    for words in ("Natural Earth", "public domain", "position on any", "world-atlas 2.0.2", "Michael Bostock"):
        assert words in licences


def names(page: Page) -> set[str]:
    marks = page.locator(".world [role=button]")
    return set(marks.evaluate_all("(marks) => marks.map((mark) => mark.getAttribute('aria-label'))"))


@pytest.mark.browser
def test_the_map_has_what_the_tiles_have(show: Open, rule: str) -> None:
    page = show(rule, "#view=world&focus=&at=2025-01-13")
    tiles = names(page)
    page.click("#world-shapes")
    expect(page.locator(".atlas")).to_be_visible()
    assert names(page) == tiles
    expect(page.locator(".board")).to_contain_text("Borders are those of Natural Earth")
    expect(page).to_have_url(re.compile("map=world"))
    page.select_option("#region", "europe")
    expect(page).to_have_url(re.compile("map=europe"))
    assert 30 < len(names(page)) < len(tiles) / 2
    poland = page.locator('.shape[aria-label^="Poland"]')
    poland.focus()
    page.keyboard.press("ArrowLeft")
    assert re.match("(Germany|Czechia)", page.evaluate("document.activeElement.getAttribute('aria-label')"))
    page.keyboard.press("Enter")
    expect(page.locator(".shape.chosen")).to_have_count(1)
    page.reload()
    page.wait_for_selector(".atlas")
    page.click("#world-tiles")
    expect(page.locator(".tile[role=button]")).to_have_count(len(tiles))
