"""What leaves the page: pictures that explain themselves, tables, paper, a page of one view, links, citations."""

import csv
import json
import re
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, Page, expect

from dualuse.explore.page import render_page
from dualuse.explore.payload import MAKER
from dualuse.explore.view import View
from dualuse.release.facts import HOME, LICENCE

from .browsing import Open, heading
from .conftest import generate
from .test_browser_use import save
from .test_page import policy

pytestmark = pytest.mark.browser

RULE = "Framework for Artificial Intelligence Diffusion"
SVG = "{http://www.w3.org/2000/svg}"


def copied(page: Page, button: str) -> str:
    """What a button of the menu puts into the clipboard."""
    page.evaluate("() => { navigator.clipboard.writeText = async (text) => { window.copied = text; }; }")
    page.click("#save summary")
    page.click(button)
    text: str = page.evaluate("window.copied")
    return text


def go(page: Page, state: str) -> None:
    """Put a state into the address."""
    page.evaluate("(state) => { location.hash = state; }", state)
    page.wait_for_function("(state) => location.hash === '#' + state", arg=state)


# --- pictures


def test_pictures_of_every_view_explain_themselves(show: Open, whole: str, tmp_path: Path) -> None:
    page = show(whole, "#focus=&at=2025-05-15&lens=enforced")
    views = page.locator("[data-view]:visible").evaluate_all("(all) => all.map((one) => one.dataset.view)")
    assert {"map", "world", "matrix", "timeline", "conflicts", "entries", "links"} <= set(views)
    said = {}
    for view in views:
        page.click(f"#view-{view}")
        svg = ET.fromstring(save(page, "#save-svg", tmp_path / "x.svg"))  # noqa: S314 - made by our own page
        assert svg.tag == f"{SVG}svg"
        name = page.locator(f"#view-{view}").inner_text()
        lines = [" ".join("".join(text.itertext()).split()) for text in svg.iter(f"{SVG}text")]
        said[view] = " ".join(lines)
        assert lines[0].endswith(f": {name}"), view
        for part in ("As of 2025-05-15", "Lens: enforced", "sources", "dualuse", LICENCE, HOME, "not legal advice"):
            assert part in said[view], (view, part)
        assert f"view={view}" in said[view]
    assert RULE in said["timeline"]
    assert "BIS told its enforcement staff not to enforce the rule." in said["timeline"], "what its numbers mean"
    assert "In Country Group D:5" in said["world"], "its legend"
    assert "Dashed line" in said["map"], "its legend"
    assert "The first 40 of" in said["links"]
    page.click("#view-matrix")
    speakers = page.locator(".matrix tbody th[scope=row]").all_text_contents()
    assert len(speakers) > 40
    assert [name for name in speakers if name[:12] not in said["matrix"]] == [], "none is left out"
    assert save(page, "#save-png", tmp_path / "x.png").startswith(b"\x89PNG")


def test_the_tables_behind_a_picture(show: Open, rule: str, tmp_path: Path) -> None:
    page = show(rule, "#view=world&focus=&at=2025-01-13")

    def table(part: str) -> list[dict[str, str]]:
        return list(
            csv.DictReader(save(page, f"#save-csv-{part}", tmp_path / "t.csv").decode("utf-8-sig").splitlines())
        )

    places = {row["code"]: row for row in table("places")}
    assert (places["CH"]["tier"], places["CN"]["tier"], places["CN"]["in_group_d5"]) == ("2", "3", "true")
    assert len(places) == page.locator(".tile[role=button]").count()
    assert {(row["as_of"], row["lens"]) for row in places.values()} == {("2025-01-13", "codified")}
    page.click("#view-timeline")
    assert [row["status"] for row in table("status") if row["under_lens"] == "announced"][-1] == "ended"
    assert len(table("events")) == page.locator(".plain-table tbody tr").count()
    page.click("#view-matrix")
    assert len(table("statements")) == page.locator(".stance-mark").count()


# --- paper


@pytest.mark.parametrize("view", ["map", "matrix"])
def test_paper_begins_with_the_picture(show: Open, rule: str, view: str) -> None:
    page = show(rule, f"#view={view}&focus=&at=2025-05-15&theme=dark")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    first = "[...document.body.querySelectorAll('*')].find((one) => one.checkVisibility() && one.children.length === 0)"
    assert page.evaluate(f"Boolean({first}.closest('#paper'))")
    picture = page.locator("#paper svg" if view == "map" else "#board .matrix").first
    box = picture.bounding_box()
    assert box is not None
    assert box["y"] < 250, "not far below its title"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("body").inner_text().count(HOME) == 1
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("#paper")).to_be_empty()


def test_a_picture_for_print_takes_two_actions(show: Open, rule: str, tmp_path: Path) -> None:
    page = show(rule, "#view=timeline&at=2025-05-15")
    page.click("#save summary")
    with page.expect_download() as download:
        page.click("#save-svg")
    assert download.value.suggested_filename.endswith("-2025-05-15-codified-timeline.svg")
    download.value.save_as(tmp_path / "x.svg")
    words = " ".join(ET.parse(tmp_path / "x.svg").getroot().itertext())  # noqa: S314 - made by our own page
    assert RULE in words
    assert "not enforced" in words


# --- a page of one view, links, frames


def test_a_saved_view_opens_where_it_was(show: Open, rule: str, tmp_path: Path) -> None:
    page = show(rule, "#view=world&focus=place:CH&at=2025-01-13&lens=announced&lang=zh-Hant&hide=kind:person")
    saved = save(page, "#save-view", tmp_path / "v.html").decode()
    assert policy(saved) == policy(rule)
    again = show(saved)
    expect(heading(again)).to_have_text("瑞士")
    expect(again.locator(".tile.chosen")).to_have_count(1)
    expect(again.locator("#as-of")).to_have_text("2025-01-13")
    expect(again.locator("#lens-choice")).to_have_value("announced")
    expect(again.locator("#kind-person")).not_to_be_checked()
    again.click("#view-timeline")
    twice = save(again, "#save-view", tmp_path / "w.html").decode()
    assert re.sub(r' data-state="[^"]*"|<title>.*</title>', "", twice) == re.sub(
        r' data-state="[^"]*"|<title>.*</title>', "", saved
    )


def test_a_link_for_an_editor_takes_two_actions(show: Open, rule: str) -> None:
    page = show(rule, "#view=timeline&at=2025-06-01")
    link = copied(page, "#copy-link")
    expect(page.locator("#notice")).to_contain_text("behind the name of this file")
    assert link == "#focus=&view=timeline&at=2025-06-01&lens=codified&lang=en"
    again = show(rule, link)
    expect(again.locator("#as-of")).to_have_text("2025-06-01")
    expect(again.locator(".timeline")).to_be_visible()


def test_a_served_page_is_passed_on_by_its_address_and_shown_in_others(browser: Browser, rule: str) -> None:
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    address = "https://example.org/explore"
    page.route("**/*", lambda route: route.fulfill(body=rule, content_type="text/html"))
    page.goto(f"{address}#view=world&at=2025-01-13&focus=")
    page.wait_for_selector("body[data-drawn]")
    state = "focus=&view=world&at=2025-01-13&lens=codified&lang=en"
    assert copied(page, "#copy-link") == f"{address}#{state}"
    code = copied(page, "#copy-embed")
    page.route("**/article", lambda route: route.fulfill(body=code, content_type="text/html"))
    page.goto("https://example.org/article")
    frame = page.frame_locator("iframe")
    expect(frame.locator(".world")).to_be_visible()
    for away in (".toolbar", ".legend", ".sheet", "#timebar", "#status"):
        expect(frame.locator(away)).to_be_hidden()
    expect(frame.locator("h1")).to_contain_text("World")
    expect(frame.locator("#colophon")).to_contain_text(LICENCE)
    expect(frame.locator("#whole-page")).to_have_attribute("href", f"#{state}")
    page.close()


# --- citing


def test_citations_of_a_view(show: Open, rule: str) -> None:
    page = show(rule, "#view=timeline&at=2025-06-01&lens=enforced")
    apa, bibtex = copied(page, "#copy-apa"), copied(page, "#copy-bibtex")
    (item,) = json.loads(copied(page, "#copy-csl"))
    about = json.loads(page.evaluate("JSON.stringify(document.querySelector('.stamp .wide dd').title)"))
    digest = about.removeprefix("sha256 ")
    assert len(digest) == 64
    title = f"{RULE}: Timeline"
    assert apa.startswith(f"the dualuse maintainers. (2026). {title} [as of 2025-06-01, lens enforced]. In dualuse")
    assert digest[:16] in apa
    assert "view=timeline&at=2025-06-01&lens=enforced" in unquote(apa)
    assert bibtex.startswith("@misc{dualuse-")
    assert bibtex.count("{") - bibtex.count("\\{") == bibtex.count("}") - bibtex.count("\\}")
    for part in (f"title = {{{{{title}}}}}", "author = {{the dualuse maintainers}}", f"url = {{{HOME}}}", digest):
        assert part in bibtex
    assert r"view=timeline\&at=2025-06-01" in bibtex
    assert (item["title"], item["URL"], item["author"]) == (title, HOME, [{"literal": "the dualuse maintainers"}])
    assert digest in item["note"]


def test_tex_sees_no_command_in_a_title(show: Open) -> None:
    page = show(render_page(generate(30), View(r"100 % of $x_1 & {\small y}", "")))
    bibtex = copied(page, "#copy-bibtex")
    assert r"{100 \% of \$x\_1 \& \{\textbackslash{}small y\}: Everything}" in bibtex


def test_the_author_is_that_of_the_dataset() -> None:
    assert f"name: {MAKER}\n" in (Path(__file__).parents[2] / "CITATION.cff").read_text("utf-8")
