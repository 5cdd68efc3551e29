"""The page in a real browser: first screen, search, map, card, filters, tables.

Needs Chromium. Without it these tests are skipped, except on a build server (CI=true), where they fail.
"""

import re

import networkx as nx
import pytest
from playwright.sync_api import expect

from dualuse.explore.layout import NODE_LIMIT
from dualuse.explore.page import render_page
from dualuse.explore.view import View
from dualuse.network.frame import frame_of

from .browsing import Open, at_rest, click_node, count, heading, search, status
from .conftest import Network, edge, empty_network, generate, node

pytestmark = pytest.mark.browser


# --- first screen


def test_first_screen(show: Open, text: str, sample: Network) -> None:
    page = show(text)
    expect(page).to_have_title("Who is affected by the AI Diffusion rule?")
    nodes, edges = sample.number_of_nodes(), sample.number_of_edges()
    expect(status(page)).to_have_text(f"Showing {nodes} of {nodes} entries and {edges:,} of {edges:,} links.")
    expect(heading(page)).to_have_text("How to read this")
    expect(page.locator("#panel")).to_contain_text("2025-05-15")
    expect(page.locator("#panel")).to_contain_text("codified")
    expect(page.locator(".examples button")).to_have_count(3)
    expect(page.locator("header")).to_contain_text("Information, not legal advice")


def test_an_example_opens(show: Open, text: str) -> None:
    page = show(text)
    page.click(".examples button >> nth=0")
    expect(heading(page)).to_have_text("NVIDIA Corporation")


def test_the_given_focus_is_open_at_first(show: Open, sample: Network) -> None:
    page = show(render_page(sample, View("T", focus="place:CH")))
    expect(heading(page)).to_have_text("Switzerland")
    page.click("#close")
    expect(heading(page)).to_have_text("How to read this")


def test_an_empty_network_says_so(show: Open) -> None:
    page = show(render_page(empty_network(), View("T")))
    expect(page.locator("#panel")).to_contain_text("nothing matched the question")


# --- search


def test_search_in_any_script(show: Open, text: str) -> None:
    page = show(text)
    first = page.locator("#results li").first
    for words in ("輝達", "英伟达", "nvidia", "ＮＶＩＤＩＡ", "英偉達"):
        search(page, "Switzerland")
        expect(first).to_contain_text("Switzerland")
        search(page, words)
        expect(first).to_contain_text("NVIDIA Corporation")
        expect(first).to_contain_text("Organisation")
    first.click()
    expect(heading(page)).to_have_text("NVIDIA Corporation")
    expect(page.locator("#panel dd[lang=zh-Hant]")).to_have_text("輝達")
    expect(page.locator("#panel dd[lang=zh-Hans]")).to_have_text("英伟达")


def test_search_folds_scripts_and_accents(show: Open) -> None:
    network = empty_network()
    network.add_node("place:DE", **node(kind="place", label="Germany", label_zh_hant="德國", label_zh_hans="德国"))
    network.add_node("organisation:x", **node(kind="organisation", label="Électricité", label_zh_hant="某國公司"))
    page = show(render_page(network, View("T")))
    for words in ("某国公司", "electricite"):
        search(page, words)
        expect(page.locator("#results li")).to_have_count(1)
        expect(page.locator("#results li")).to_contain_text("Électricité")


def test_search_without_result_says_what_to_do(show: Open, text: str) -> None:
    page = show(text)
    search(page, "qqqq")
    expect(page.locator("#results-note")).to_contain_text("Nothing here says “qqqq”. Try fewer letters")


def test_search_lifts_the_filters_that_hide_the_result(show: Open, text: str) -> None:
    page = show(text, "#hide=kind:place")
    search(page, "Switzerland")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Switzerland")
    expect(page.locator("#notice")).to_contain_text("Filters that hid “Switzerland” were lifted")
    expect(page.locator("#kind-place")).to_be_checked()


# --- map


def test_a_click_on_a_mark_opens_it(show: Open, text: str, sample: Network) -> None:
    page = show(text)
    click_node(page, sample, "place:CH")
    expect(heading(page)).to_have_text("Switzerland")


def test_a_click_on_a_line_opens_the_link(show: Open) -> None:
    network = empty_network()
    network.add_node("instrument:a", **node(kind="instrument", label="Rule"))
    network.add_node("statement:b", **node(kind="statement", label="Word", stance="opposes"))
    network.add_edge(
        "instrument:a", "statement:b", **edge(kind="affects", channel="duty", valid_from="2025-01-13", sources=("law",))
    )
    page = show(render_page(network, View("T")))
    box = page.locator("#map").bounding_box()
    assert box is not None
    # two nodes in one row: the line between them is level, 14 units below the top at zoom 1.6
    page.mouse.click(box["x"] + box["width"] / 2 - 40, box["y"] + 40 + 14 * 1.6)
    expect(heading(page)).to_have_text("affects")
    expect(page.locator("#panel")).to_contain_text("2025-01-13 – open")
    expect(page.locator("#panel .receipts a")).to_have_attribute("href", "https://www.federalregister.gov/d/2025-00636")


def test_our_own_renderer_beyond_the_limit(show: Open) -> None:
    network = generate(NODE_LIMIT + 100)
    page = show(render_page(network, View("T")))
    assert page.locator("body").get_attribute("data-renderer") == "canvas"
    click_node(page, network, "place:00360")
    expect(heading(page)).to_contain_text("Place number 360")
    at_rest(page)
    before = page.locator("#map").screenshot()
    page.locator("#map").hover()
    page.mouse.wheel(0, -300)
    at_rest(page)
    assert page.locator("#map").screenshot() != before


def test_zoom_pan_and_fit(show: Open, text: str) -> None:
    page = show(text)
    canvas = page.locator("#map canvas")
    at_rest(page)
    start = canvas.screenshot()
    for key in ("+", "ArrowLeft", "-"):
        page.keyboard.press(key)
        at_rest(page)
        assert canvas.screenshot() != start, key
    page.keyboard.press("0")
    at_rest(page)
    assert canvas.screenshot() == start


# --- panel


def test_receipts_are_safe_links(show: Open, text: str, sample: Network) -> None:
    page = show(text, "#focus=place:CH")
    link = page.locator("#panel .receipts a").first
    assert link.get_attribute("href") == frame_of(sample).sources[sample.nodes["place:CH"]["sources"][0]].url
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_neighbours_are_grouped_and_more_can_be_shown(show: Open, text: str) -> None:
    page = show(text, "#focus=group:us-supp5a")
    group = page.locator(".neighbour-group", has=page.get_by_role("heading", name=re.compile(r"^comprises\s*\d")))
    expect(group.locator("h4 .count")).to_have_text("19")
    expect(group.locator("li")).to_have_count(6)
    group.get_by_role("button", name="Show 13 more").click()
    expect(group.locator("li")).to_have_count(19)
    group.get_by_role("button", name="Taiwan").click()
    expect(heading(page)).to_have_text("Taiwan")


def test_a_link_opens_from_its_receipts(show: Open, text: str) -> None:
    page = show(text, "#focus=place:CH")
    page.locator(".neighbours .receipt").first.click()
    expect(page.locator("#panel .ends .node")).to_have_count(2)
    expect(page).to_have_url(re.compile("#link="))


def test_as_much_of_what_surrounds_it_as_wanted(show: Open, text: str, sample: Network) -> None:
    near = len(set(nx.all_neighbors(sample, "place:CH")) | {"place:CH"})
    page = show(text, "#focus=place:CH")
    page.locator("#depth").press("ArrowRight")
    expect(status(page)).to_contain_text(f"Showing {near} of")
    expect(page).to_have_url(re.compile("near=1"))
    expect(page.locator("#depth")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#depth-text")).to_contain_text("within 2 step")
    expect(status(page)).not_to_contain_text(f"Showing {near} of")
    page.keyboard.press("Home")
    expect(page.locator("#depth-text")).to_have_text("Everything")


# --- filters


def test_filter_by_kind(show: Open, text: str, sample: Network) -> None:
    statements = count(sample, "kind", "statement")
    page = show(text)
    row = page.locator(".row", has=page.locator("#kind-statement"))
    expect(row.locator(".count")).to_have_text(str(statements))
    page.uncheck("#kind-statement")
    expect(status(page)).to_contain_text(f"Showing {sample.number_of_nodes() - statements} of")
    expect(page).to_have_url(re.compile("hide=kind:statement$"))
    page.click("#reset")
    expect(status(page)).to_contain_text(f"Showing {sample.number_of_nodes()} of")


def test_only_one_kind(show: Open, text: str, sample: Network) -> None:
    page = show(text)
    page.locator(".row", has=page.locator("#kind-place")).hover()
    page.click("#only-kind-place")
    expect(status(page)).to_contain_text(f"Showing {count(sample, 'kind', 'place')} of")


def test_hiding_channels_hides_what_only_they_connect(show: Open, text: str, sample: Network) -> None:
    page = show(text)
    page.locator("#only-channel-ownership").focus()
    page.keyboard.press("Enter")
    owning = {end for a, b, data in sample.edges(data=True) if data["channel"] == "ownership" for end in (a, b)}
    expect(status(page)).to_contain_text(f"Showing {len(owning)} of")


def test_filter_by_tier_and_confidence(show: Open, text: str, sample: Network) -> None:
    page = show(text)
    page.uncheck("#tier-3")
    third = count(sample, "tier", "3")
    expect(status(page)).to_contain_text(f"Showing {sample.number_of_nodes() - third} of")
    page.click("#reset")
    page.uncheck("#confidence-high")
    lower = sample.number_of_nodes() - count(sample, "confidence", "high")
    expect(status(page)).to_contain_text(f"Showing {lower} of")


COUNTS = """() => Object.fromEntries([...document.querySelectorAll("#legend .row")].map((row) => [
  row.querySelector("input").id, Number(row.querySelector(".count").textContent.replace(/\\D/g, ""))]))"""
"""Number of each filter, by the id of its box."""


@pytest.mark.parametrize(
    "hidden", ["kind:statement", "kind:place,tier:2", "channel:supply,confidence:low", "stance:opposes"]
)
def test_counts_of_filters_move_with_the_filters(show: Open, text: str, hidden: str) -> None:
    """A ticked value says how much of it is shown; another how much of it would be, were it ticked too."""
    page = show(text, f"#hide={hidden}")
    page.evaluate("document.querySelectorAll('#legend details').forEach((one) => (one.open = true))")
    told = page.evaluate(COUNTS)
    whole = show(text).evaluate(COUNTS)
    assert told != whole
    assert told.keys() == whole.keys()
    for facet, value in (one.split(":") for one in hidden.split(",")):
        box = f"{facet}-{value}"
        page.check(f"#{box}")
        assert page.evaluate(COUNTS)[box] == told[box], box
        page.uncheck(f"#{box}")
    kinds = sum(n for box, n in told.items() if box.startswith("kind-") and page.is_checked(f"#{box}"))
    assert re.sub(",", "", status(page).inner_text()).startswith(f"Showing {kinds} of")


def test_a_count_of_nothing_left_is_nought(show: Open, text: str, sample: Network) -> None:
    page = show(text)
    page.locator(".row", has=page.locator("#kind-place")).hover()
    page.click("#only-kind-place")
    counts = page.evaluate(COUNTS)
    assert counts["stance-opposes"] == 0
    assert counts["kind-statement"] == count(sample, "kind", "statement")
    assert counts["tier-2"] == count(sample, "tier", "2")


def test_parallel_links_are_told_apart(show: Open) -> None:
    network = empty_network()
    for key, label in (("a", "Foundry"), ("b", "Designer"), ("c", "Other")):
        network.add_node(f"organisation:{key}", **node(kind="organisation", label=label))
    supplies = {"kind": "supplies", "channel": "supply", "sources": ("law",), "seen": "", "dated": True}
    for start, end, more in (
        ("a", "b", {"relation": "supplies", "seen": "2025-06-30"}),
        ("a", "b", {"relation": "manufactures-for", "valid_from": "2023-10", "sources": ("law", "page")}),
        ("a", "b", {"relation": "manufactures-for", "valid_from": "2020", "valid_to": "2021"}),
        ("a", "c", {"relation": "manufactures-for", "seen": "2024"}),
    ):
        network.add_edge(f"organisation:{start}", f"organisation:{end}", **edge(**supplies | more))
    page = show(render_page(network, View("T")), "#focus=organisation:a")
    groups = page.locator(".neighbour-group")
    expect(groups.locator("h4")).to_have_text(["→manufactures for2", "→supplies1"])
    lines = groups.first.locator(".parallel li")
    expect(lines.locator("small")).to_have_text(["2020 to 2021", "since 2023-10"])
    expect(lines.locator("button")).to_have_text(["§1", "§2"])
    expect(groups.nth(1).locator("small")).to_have_text("Seen on 2025-06-30")
    lines.nth(1).locator("button").click()
    expect(heading(page)).to_have_text("manufactures for")
    page.goto(page.url.split("#")[0] + "#focus=organisation:b&lang=zh-Hans")
    expect(groups.locator("h4")).to_have_text(["←代工厂1", "←供应商1"])


def test_everything_hidden_is_said(show: Open, text: str) -> None:
    page = show(text, "#hide=confidence:high,confidence:medium,confidence:low,confidence:")
    expect(status(page)).to_have_text("Every entry is hidden by the filters.")


# --- table


def test_table_of_entries(show: Open, text: str, sample: Network) -> None:
    most = sample.nodes[max(sample, key=sample.degree)]
    page = show(text)
    page.click("#view-entries")
    expect(page.locator("#map")).to_be_hidden()
    expect(page.locator("#table caption")).to_have_text(f"Entries shown: {sample.number_of_nodes()}")
    for shown in range(100, sample.number_of_nodes(), 300):
        expect(page.locator("#table tbody tr")).to_have_count(shown)
        page.click("#more-rows")
    expect(page.locator("#table tbody tr")).to_have_count(sample.number_of_nodes())
    page.get_by_role("button", name="sort by Links").click()
    expect(page.locator("#table tbody tr").first).to_contain_text(most["label"])
    expect(page.locator("#table th[aria-sort]")).to_have_attribute("aria-sort", "descending")
    page.locator("#table tbody button").first.click()
    expect(heading(page)).to_have_text(most["label"])


def test_table_of_links_follows_the_filters(show: Open, text: str, sample: Network) -> None:
    page = show(text, "#view=links")
    page.locator("#only-channel-ownership").focus()
    page.keyboard.press("Enter")
    owning = sum(data["channel"] == "ownership" for *_, data in sample.edges(data=True))
    expect(page.locator("#table tbody tr")).to_have_count(owning)
    words = ("owns a stake in", "invests in", "has as a part")
    told = [re.compile("|".join(words))] * owning
    expect(page.locator("#table .relation")).to_have_text(told)
    page.locator("#table .relation").first.click()
    expect(heading(page)).to_have_text(told[0])
