"""Pages of the documentation site: what stands on them, in which language, and that nothing on them is markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from docsite import api, documents, instruments, notebook, places, terms
from docsite.make import home
from docsite.page import TEMPLATES, Page, Voice, outward, site_words
from docsite.reading import words
from docsite.world import LANGUAGES, ROOT, World

from dualuse import questions
from dualuse.namespaces import NS

RULE = "us-ai-diffusion-ifr-2025-01"
HOSTILE = "</script><img src=x onerror=alert(1)>"


@pytest.fixture(scope="module", params=[LANGUAGES[0], LANGUAGES[1]])
def voice(request: pytest.FixtureRequest) -> Voice:
    return Voice(request.param)


def html(page: Page) -> str:
    return "".join(section.html for section in page.sections)


class Text(HTMLParser):
    """What a reader sees of a page."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.feed(html(page))

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def __str__(self) -> str:
        return " ".join(" ".join(self.parts).split())


def one_instrument(world: World, voice: Voice, key: str = RULE) -> Page:
    return instruments.page(world, voice, key, world.knowledge.status(key), [])


def test_a_page_of_an_instrument_tells_what_is_on_record(world: World, voice: Voice) -> None:
    page = one_instrument(world, voice)
    text, record = str(Text(page)), world.instruments[RULE]
    assert {section.anchor for section in page.sections} >= {"status", "timeline", "measures", "rules", "sources", "ask"}
    for told in (record.summary, str(record.citation), "人工智慧擴散框架", "人工智能扩散框架"):
        assert told in text
    assert [event.text for event in record.events if event.text not in text] == []
    assert [told.summary for told in world.statements_on[RULE] if told.summary not in text] == []
    assert page.title == (record.title.en if voice.at == 0 else "人工智慧擴散框架")
    assert voice.word("status", "not-enforced") in text


def test_every_record_of_a_page_has_its_receipt(world: World) -> None:
    own = [*world.provisions_of[RULE], *world.measures_of[RULE], *world.rules_of[RULE], *world.statements_on[RULE]]
    assert len(own) > 60
    sources = {world.knowledge.registry[name] for record in own for name in record.sources}
    shown = html(one_instrument(world, Voice("en")))
    assert [source.key for source in sources if f"<code>{source.key}</code>" not in shown] == []


def test_a_page_of_a_place_tells_its_groups_and_tier_by_day(world: World, voice: Voice) -> None:
    page = places.page(places.Atlas(world), voice, "CY", world.records("places")["CY"])
    text, held = str(Text(page)), world.knowledge.places
    assert len(held.tiers["CY"]) > 1
    for tier in held.tiers["CY"][1:]:
        assert str(tier.valid_from) in text
    assert [m.group for m in held.memberships["CY"] if f" {m.group} " not in text and m.group.startswith("us-")] == []
    assert "k.groups(" in text


def test_a_place_that_counts_as_another_says_so(world: World) -> None:
    page = places.page(places.Atlas(world), Voice("en"), "HK", world.records("places")["HK"])
    assert "Its standing is that of" in str(Text(page))
    assert 'href="CN.html"' in html(page)


def test_nothing_is_cleared_by_a_page(world: World) -> None:
    atlas = places.Atlas(world)
    key = next(key for key in world.records("places") if not atlas.reaching(key))
    assert "nothing is cleared by that" in str(Text(places.page(atlas, Voice("en"), key, world.records("places")[key])))


def test_what_comes_from_the_world_is_text(world: World) -> None:
    record = world.instruments[RULE]
    spoilt: dict[str, Any] = {RULE: replace(record, summary=HOSTILE, citation=HOSTILE, original_title=HOSTILE)}
    other = World(world.built)
    other.__dict__.update({**world.__dict__, "instruments": {**world.instruments, **spoilt}})
    shown = html(one_instrument(other, Voice("en")))
    assert "<img" not in shown
    assert shown.count("&lt;img") == 3


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "http://x", 'https://x/"><b>', None, ""])
def test_what_is_no_web_address_is_no_link(address: str | None) -> None:
    assert "href" not in outward(address, "shown")
    assert "<b>" not in outward(address)


def test_every_term_stands_under_the_fragment_of_its_iri(world: World) -> None:
    page, schemes = terms.pages(world, Voice("en"))
    anchors = re.findall(r'class="term" id="([^"]+)"', html(page))
    declared = re.findall(r"^du:(\w+) a ", (ROOT / "ontology" / "dualuse.ttl").read_text("utf-8"), re.MULTILINE)
    assert len(declared) > 300
    assert sorted(anchors) == sorted(set(declared))
    text = str(Text(page))
    for told in (f"{NS}Destination", "國家組別", "domain du:LegalEvent", "example https://w3id.org/dualuse/id/"):
        assert told in text
    assert 'id="stance/opposes"' in html(schemes)


def test_every_question_has_its_page_of_the_interface() -> None:
    made = dict(api.pages())
    assert {f"api/{name}.md" for name in questions.names()} < set(made)
    assert "dualuse.questions.groups.Groups" in made["api/groups.md"]
    assert ".. automethod:: dualuse.questions.methods.Methods.groups" in made["api/groups.md"]


def test_a_document_keeps_links_to_pages_and_others_become_plain() -> None:
    text = "# A\n\n[b](tour.md#x) ![p](p.png) [c](../LICENSE) [n](dualuse.ipynb) [w](https://a.b)\n\n```md\n[c](../X)\n```\n"
    told = text.replace("[c](../LICENSE)", '<a href="../LICENSE">c</a>').replace("dualuse.ipynb", "notebook.md")
    assert documents.linked(text, Path("docs/commands.md")) == told


def test_what_a_document_points_to_is_handed_out() -> None:
    handed = documents.files()
    assert {"LICENSE", "CITATION.cff", "ontology/dualuse.ttl"} <= set(handed)
    assert [name for name in handed if not (ROOT / name).is_file()] == []
    assert "](w3id.htaccess)" in (ROOT / "docs/serving.md").read_text("utf-8")
    assert "docs/w3id.htaccess" in handed


def test_a_document_has_one_title() -> None:
    text = "# A\n\n## B\n\n# C\n\n## D\n\n```sh\n# no heading\n```\n"
    assert documents.linked(text, Path("docs/x.md")) == "# A\n\n### B\n\n## C\n\n### D\n\n```sh\n# no heading\n```\n"


def test_the_first_page_names_every_document_once() -> None:
    listed = re.findall(r"^[\w/.-]+$", home("en").partition("```{toctree}")[2], re.MULTILINE)
    named = [name.removesuffix(".md") for name in documents.documents()]
    assert len(named) > 20
    assert [name for name in named if listed.count(name) != 1] == []
    for door in ("install", "ask", "cite", "query", "extend"):
        assert f'href="#{door}"' in home("en")


def texts() -> Iterator[str]:
    for path in sorted([*TEMPLATES.glob("*.j2"), *(ROOT / "scripts" / "docsite").glob("*.py")]):
        yield path.read_text("utf-8")


def test_every_word_is_in_three_languages_and_used() -> None:
    everything, known = "\n".join(texts()), site_words()
    assert len(known) > 60
    assert [key for key, said in known.items() if not all(said)] == []
    used = {*re.findall(r'\bv(?:oice)?\.say\("([\w-]+)"[,)]', everything)}
    assert used - set(known) == set()
    made = ("name_", "_back")
    assert [key for key in known if f'"{key}"' not in everything and not any(part in key for part in made)] == []


def test_the_notebook_is_shown_with_what_it_shows(world: World) -> None:
    text = notebook.markdown(world)
    assert text.count(f"{notebook.FENCE}{{raw}} html") >= 1
    assert "Switzerland" in text.partition("```python\ncard = k.groups")[2]
    assert "\nTrue\n" in text


def test_any_part_of_a_chinese_name_is_found() -> None:
    assert set(words("管制")) <= set(words("出口管制清單"))
    assert words("H20, 晶片與AI_2") == ["H20", "晶片", "片與", "AI_2"]
    assert words("中") == ["中"]
