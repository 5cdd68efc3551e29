"""Stories: read with their faults told by line, looked up in the record, and told by the page."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dualuse.build import Built
from dualuse.errors import CuratedDataError, UsageError
from dualuse.explore.make import explorer_page
from dualuse.explore.stories import check_references, read_stories, read_story
from dualuse.knowledge import Knowledge
from dualuse.node import Node
from dualuse.validate import check_stories

from .browsing import Open

DOCUMENT = Path(__file__).parents[2] / "docs" / "stories.md"
STEP = "  - state: view=world\n    title: {en: A}\n    text: {en: B}\n"


@pytest.fixture
def documented(tmp_path: Path) -> Path:
    """The example of the document, as a file."""
    (example,) = re.findall(r"```yaml\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    path = tmp_path / "cambodia.yml"
    path.write_text(example, "utf-8")
    return path


def test_shipped_stories_name_what_the_record_has(built: Built) -> None:
    assert [story["key"] for story in read_stories()] == [
        *("china-counter-measures", "h20-year", "january-2025-rule", "models-of-june-2026"),
    ]
    assert check_stories(built) == []
    missing = check_references(lambda node: node != Node("event", "us-h20-is-informed-2025-04.2"))
    assert [str(problem) for problem in missing] == [
        "stories/h20-year.yml:9: steps.0.rests_on: "
        "'event:us-h20-is-informed-2025-04.2' is not in the record; fix its key"
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("title: {en: T}\n", "1: steps: missing; every story and every step needs it"),
        ("title: {en: T}\nsteps: []\n", "2: steps: a story has one step to 40, each beginning with '- '"),
        ("title: T\nsteps:\n" + STEP, "1: title: words stand under the language they are in: en, zh_hant, zh_hans"),
        ("title: {zh_hant: T}\nsteps:\n" + STEP, "1: title.zh_hant: 'T' holds no Chinese"),
        ("title: {de: T}\nsteps:\n" + STEP, "1: title.de: unknown key; known keys: en, zh_hant, zh_hans"),
        ("title: {en: T}\nsteps:\n" + STEP.replace("world", "wrld"), "3: steps.0.state: 'view=wrld': the views are "),
        ("title: {en: T}\nsteps:\n" + STEP.replace("view", "lens"), "3: steps.0.state: 'lens=world': the lenses are "),
        ("title: {en: T}\nsteps:\n" + STEP.replace("view=world", "story=a.1"), "3: steps.0.state: 'story=a.1'"),
        ("title: {en: T}\nsteps:\n" + STEP + "    rests_on: [x]\n", "6: steps.0.rests_on.0: 'x': a thing is written"),
        ("title: {en: T}\nsteps:\n" + STEP + "  - x\n", "6: steps.1: a step is a mapping of keys to values"),
        ("title: [", "2: ?: not YAML"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "story.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(CuratedDataError, match=re.escape(told)):
        read_story(path)


def test_a_shipped_story_is_in_every_language_and_rests_on_something(tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "a.yml").write_text("title: {en: T}\nsteps:\n" + STEP, "utf-8")
    with pytest.raises(CuratedDataError) as caught:
        read_stories(tmp_path)
    told = [str(problem) for problem in caught.value.problems]
    assert "stories/a.yml:1: title.zh_hans: missing; every story and every step needs it" in told
    assert "stories/a.yml:3: steps.0.rests_on: missing; a step says what of the record it rests on" in told


def test_a_story_of_what_is_not_drawn_is_refused(knowledge: Knowledge, documented: Path) -> None:
    documented.write_text(documented.read_text("utf-8").replace("place:KH", "place:KX"), "utf-8")
    with pytest.raises(UsageError, match=r"does not draw place:KX.*leave --by, --party and --about out"):
        explorer_page(knowledge, knowledge.version.known_on, "codified", story=documented)


@pytest.mark.browser
def test_the_documented_story_is_told_and_true(
    show: Open, knowledge: Knowledge, documented: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a page of the whole graph, without what measures change for whom: no step asks, and it takes long."""
    monkeypatch.setattr("dualuse.explore.make.read_reached", lambda *asked: {})
    page = show(explorer_page(knowledge, knowledge.version.known_on, "codified", story=documented))
    page.click("#tell")
    expect(page.locator("#story-title")).to_have_text("The day before")
    expect(page.locator("#panel .badges")).to_contain_text("Tier 3")
    page.click("#language-zh-Hant")
    expect(page.locator("#story-text")).to_have_attribute("lang", "en")
    page.click("#language-en")
    page.click("#story-next")
    expect(page.locator("#compare-sum")).to_contain_text("destinations with another tier: 1;")
    expect(page.locator("#compare-tiers tbody")).to_contain_text("Cambodia")
    expect(page.locator("#story-next")).to_be_disabled()


@pytest.mark.browser
def test_every_shipped_step_opens_its_view(show: Open, whole: str) -> None:
    page = show(whole)
    for story in read_stories():
        for number, step in enumerate(story["steps"], 1):
            page.evaluate("(hash) => { location.hash = hash; }", f"{step['state']}&story={story['key']}.{number}")
            expect(page.locator("#story-title")).to_have_text(step["title"]["en"])
            expect(page.locator(".story-rests li")).to_have_count(len(step["rests_on"]))
            day = re.search(r"(?:^|&)at=([\d-]+)", step["state"])
            assert day is not None
            expect(page.locator("#as-of")).to_have_text(day[1])
            expect(page.locator("#notice")).to_be_hidden()
