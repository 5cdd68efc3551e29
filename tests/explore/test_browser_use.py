"""The page in a real browser: language, address, theme, keyboard, hostile data, saving, phone.

Needs Chromium. Without it these tests are skipped, except on a build server (CI=true), where they fail.
"""

import csv
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dualuse.explore.page import render_page
from dualuse.explore.view import View
from dualuse.model.sources import Source
from dualuse.network.frame import frame_of, set_frame
from dualuse.registry import Registry

from .browsing import HOSTILE, Open, at_rest, heading, search, status
from .conftest import edge, empty_network, node

pytestmark = pytest.mark.browser


# --- language, address, theme


def test_language(show: Open, text: str) -> None:
    page = show(text)
    page.click("#language-zh-Hant")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")
    expect(heading(page)).to_have_text("如何閱讀")
    expect(page.locator("#view-entries")).to_have_text("項目表")
    search(page, "Fabrinet")
    expect(page.locator("#results li span[lang=en]").first).to_have_text("Fabrinet")
    page.click("#language-zh-Hans")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.locator(".examples button").first).to_have_text("英伟达")


def test_permalink_survives_reload_and_history(show: Open, text: str) -> None:
    page = show(text)
    search(page, "台积电")
    page.keyboard.press("Enter")
    page.uncheck("#kind-person")
    page.uncheck("#channel-site")
    page.click("#language-zh-Hans")
    page.click("#view-links")
    expect(heading(page)).to_have_text("台积电")
    said, rows = status(page).inner_text(), page.locator("#table tbody tr").count()
    assert page.url.endswith("#focus=organisation:tsmc&hide=kind:person,channel:site&view=links&lang=zh-Hans")
    page.reload()
    page.wait_for_selector("body[data-drawn]")
    expect(heading(page)).to_have_text("台积电")
    expect(status(page)).to_have_text(said)
    expect(page.locator("#table tbody tr")).to_have_count(rows)
    expect(page.locator("#kind-person")).not_to_be_checked()
    page.go_back()
    expect(page.locator("#map")).to_be_visible()
    page.go_back()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.go_forward()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


def test_permalink_to_a_link(show: Open, text: str) -> None:
    page = show(text, "#link=organisation:tsmc~supplies~organisation:nvidia")
    expect(heading(page)).to_have_text("supplies")


@pytest.mark.parametrize("fragment", ["#focus=place:XX", "#link=a~b~c", "#focus=%E0%A4%A"])
def test_an_address_that_leads_nowhere_is_said(show: Open, text: str, fragment: str) -> None:
    page = show(text, f"{fragment}&view=nonsense&lang=xx&hide=nothing,kind:")
    expect(page.locator("#notice")).to_contain_text("which is not in this page")
    expect(heading(page)).to_have_text("How to read this")


def test_dark(show: Open, text: str) -> None:
    page = show(text, color_scheme="dark")
    paper = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(paper) == "rgb(20, 23, 27)"
    page.click("#theme")
    assert page.evaluate(paper) == "rgb(255, 255, 255)"
    page.click("#theme")
    assert page.evaluate(paper) == "rgb(20, 23, 27)"


# --- keyboard


def test_keyboard_alone(show: Open, text: str) -> None:
    page = show(text)
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("swi")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#search")).to_have_attribute("aria-activedescendant", "result-0")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Switzerland")
    expect(page.locator("#panel")).to_be_focused()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.neighbours .node')"):
            break
    page.keyboard.press("Enter")
    expect(heading(page)).not_to_have_text("Switzerland")
    page.keyboard.press("Escape")
    expect(heading(page)).to_have_text("How to read this")


def test_tab_reaches_every_control(show: Open, text: str) -> None:
    page = show(text)
    reached = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id"))
    controls = (
        "skip",
        "search",
        "view-links",
        "language-zh-Hans",
        "theme",
        "kind-instrument",
        "map",
        "cursor",
        "zoom-fit",
    )
    assert {*controls} <= reached


def test_the_focused_control_can_be_seen(show: Open, text: str) -> None:
    page = show(text)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"


# --- hostile data


def test_hostile_data_stays_text(show: Open) -> None:
    network = empty_network()
    hostile: Any = HOSTILE  # no source class is checked once a record is made
    bad_source = Source(key="bad", title=HOSTILE, url="javascript:alert(1)", source_class=hostile, publisher=HOSTILE)
    set_frame(network, replace(frame_of(network), sources=Registry({"bad": bad_source})))
    for key in ("place:a", "place:b"):
        names = dict.fromkeys(("label", "label_zh_hant", "label_zh_hans", "tier", "confidence", "stance"), HOSTILE)
        facts = ((HOSTILE, HOSTILE),)
        network.add_node(
            key, **node(kind=HOSTILE, aliases=(HOSTILE,), facts=facts, iri=HOSTILE, sources=("bad",), **names)
        )
    bad = dict.fromkeys(("kind", "channel", "label", "valid_from", "valid_to", "confidence", "iri"), HOSTILE)
    network.add_edge("place:a", "place:b", **edge(sources=("bad",), **bad))
    page = show(render_page(network, View(HOSTILE, HOSTILE)))
    expect(page.locator("h1")).to_have_text(HOSTILE)
    search(page, "onerror")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text(HOSTILE)
    expect(page.locator("#panel .receipts code").first).to_have_text("javascript:alert(1)")
    page.locator("#panel .neighbours .receipt").click()
    for view in ("entries", "links", "map"):
        page.click(f"#view-{view}")
        assert page.locator("img, iframe, object").count() == 0
        assert page.locator("#panel a").count() == 0
    at_rest(page)


# --- saving and citing


def save(page: Page, button: str, path: Path) -> bytes:
    page.click("#save summary")
    with page.expect_download() as download:
        page.click(button)
    download.value.save_as(path)
    return path.read_bytes()


def test_picture(show: Open, text: str, tmp_path: Path) -> None:
    page = show(text)
    data = save(page, "#save-png", tmp_path / "p.png")
    assert data.startswith(b"\x89PNG")
    width, height = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    assert width >= 1400
    assert height >= 1000
    assert len(data) > 50_000
    expect(page.locator("#notice")).to_have_text("Saved dualuse-0.1.0-2025-05-15-codified-map.png.")


def test_csv_is_safe_and_complete(show: Open, tmp_path: Path) -> None:
    network = empty_network()
    network.add_node("place:A", **node(kind="place", label="=1+1", label_zh_hant="@SUM(A1)", sources=("law",)))
    network.add_node("place:B", **node(kind="place", label='+ "quoted", and more', facts=(("change", "-5"),)))
    network.add_edge("place:A", "place:B", **edge(kind="treated-as", label="-2+3", sources=("law", "press")))
    page = show(render_page(network, View("T")))
    entries = save(page, "#save-csv-entries", tmp_path / "n.csv")
    assert entries.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(entries.decode("utf-8-sig").splitlines()))
    assert [row["label"] for row in rows] == ["'=1+1", '\'+ "quoted", and more']
    assert rows[0]["label_zh_hant"] == "'@SUM(A1)"
    assert rows[0]["as_of"] == "2025-05-15"
    links = save(page, "#save-csv-links", tmp_path / "e.csv")
    (row,) = csv.DictReader(links.decode("utf-8-sig").splitlines())
    assert (row["from"], row["kind"], row["to"], row["label"]) == ("place:A", "treated-as", "place:B", "'-2+3")
    assert row["sources"] == "law | press"
    assert row["source_urls"] == "https://www.federalregister.gov/d/2025-00636"


def test_json_holds_what_is_shown(show: Open, text: str, tmp_path: Path) -> None:
    page = show(text, "#hide=kind:statement&view=entries")
    content = json.loads(save(page, "#save-json", tmp_path / "v.json"))
    assert "statement" not in {entry["kind"] for entry in content["nodes"]}
    assert content["about"]["as_of"] == "2025-05-15"
    assert content["note"] == "information, not legal advice"
    assert content["view"] == "#hide=kind:statement&view=entries"


def test_citation_where_copying_is_not_allowed(show: Open, text: str) -> None:
    page = show(text)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    page.click("#save summary")
    page.click("#copy-apa")
    expect(page.locator("#copy-text")).to_have_value(re.compile(r"dualuse \(version 0.1.0"))
    page.keyboard.press("Escape")
    expect(page.locator("#copy-dialog")).to_be_hidden()


# --- phone, motion


def test_phone(show: Open, text: str) -> None:
    page = show(text, viewport={"width": 390, "height": 844}, has_touch=True, device_scale_factor=2)
    for view in ("map", "entries", "links"):
        page.tap(f"#view-{view}")
        assert page.evaluate("document.documentElement.scrollWidth") == 390, view
    page.tap("#view-map")
    sheet = page.locator("#sheet").bounding_box()
    assert sheet is not None
    assert sheet["y"] + sheet["height"] == pytest.approx(844, abs=1)
    expect(page.locator("#panel")).to_be_visible()
    page.tap("#handle")
    expect(page.locator("#panel")).to_be_hidden()
    page.fill("#search", "瑞士")
    page.tap("#results li >> nth=0")
    expect(heading(page)).to_have_text("Switzerland")
    expect(page.locator("#panel")).to_be_visible()
    small = "[...document.querySelectorAll('button, summary, input[type=search]')].filter((e) => e.offsetParent && "
    small += "!e.matches('.handle, .relation, .more, .only') && e.getBoundingClientRect().height < 43).map((e) => e.id)"
    assert page.evaluate(small) == []


def test_reduced_motion_moves_at_once(show: Open, text: str) -> None:
    page = show(text, reduced_motion="reduce")
    search(page, "TSMC")
    page.keyboard.press("Enter")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    first = page.locator("#map canvas").screenshot()
    at_rest(page)
    assert page.locator("#map canvas").screenshot() == first
