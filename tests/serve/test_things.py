"""``/id/…`` and ``/ns``: every IRI leads to a document, in each form the same, and on a page nothing runs."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import httpx
import pyoxigraph as ox
import pytest
from tests.serve.asked import PAGE, RULE
from tests.serve.live import Live

from dualuse import __version__
from dualuse.feeds.entry import entry_iri
from dualuse.knowledge import Knowledge
from dualuse.model.vocabulary import read_vocabulary
from dualuse.namespaces import BASE, ID, KINDS, NS, expand, thing
from dualuse.serve.things.data import FORMS, MOST_LINKS, document
from dualuse.serve.things.described import address_of, described
from dualuse.serve.things.pages import ASKED, thing_page
from dualuse.serve.things.routes import SUFFIXES
from dualuse.serve.things.routes import document as of_thing
from dualuse.store.base import RDF_FORMATS
from dualuse.store.embedded import MemoryStore

HTACCESS = Path(__file__).resolve().parents[2] / "docs" / "w3id.htaccess"
HOST = "https://dualuse.example.org/"
HOSTILE = "</td><script>alert(1)</script>"


def lead(live: Live, path: str, accept: str) -> httpx.Response:
    """Where an address leads, one step."""
    return live.get(path, {"Accept": accept})


@pytest.mark.parametrize(
    ("accept", "suffix", "media"),
    [
        (PAGE["Accept"], ".html", "text/html; charset=utf-8"),
        ("*/*", ".html", "text/html; charset=utf-8"),
        ("text/turtle", ".ttl", "text/turtle; charset=utf-8"),
        ("application/ld+json", ".jsonld", "application/ld+json"),
        ("application/n-triples;q=0.9, text/html;q=0.1", ".nt", "application/n-triples"),
    ],
)
def test_a_thing_leads_to_the_form_that_is_welcome(live: Live, accept: str, suffix: str, media: str) -> None:
    found = lead(live, "id/place/CH", accept)
    assert (found.status_code, found.headers["location"]) == (303, f"/doc/place/CH{suffix}")
    named = live.get(f"doc/place/CH{suffix}")
    plain = lead(live, "doc/place/CH", accept)
    for answer in (named, plain):
        assert (answer.status_code, answer.headers["content-type"]) == (200, media)
        assert answer.headers["content-location"] == f"/doc/place/CH{suffix}"
        assert "Accept" in answer.headers["vary"]
    assert named.content == plain.content


def test_nothing_that_is_welcome(live: Live) -> None:
    assert lead(live, "id/place/CH", "image/png").status_code == 406
    assert lead(live, "ns", "image/png").status_code == 406


def _triples(content: bytes, form: str) -> set[str]:
    return {str(quad.triple) for quad in ox.parse(content, format=RDF_FORMATS[form])}


@pytest.mark.parametrize("name", ["place/CH", f"instrument/{RULE}", "membership/us-a5.ch", "item/3a090.a", "tier/2"])
def test_every_form_says_the_same(knowledge: Knowledge, name: str) -> None:
    iri = ID + name
    said = {form: _triples(document(knowledge, iri, form) or b"", form) for form in FORMS}
    out = {str(each) for each in knowledge.store.construct(f"CONSTRUCT {{ <{iri}> ?p ?o }} WHERE {{ <{iri}> ?p ?o }}")}
    into = {str(each) for each in knowledge.store.construct(f"CONSTRUCT {{ ?s ?p <{iri}> }} WHERE {{ ?s ?p <{iri}> }}")}
    assert into
    assert said == dict.fromkeys(FORMS, out | into)


def test_a_node_to_which_much_leads_is_cut_and_says_so(knowledge: Knowledge) -> None:
    iri = thing("confidence", "high")
    found = described(knowledge, iri)
    page = (thing_page(knowledge, iri) or b"").decode()
    assert found is not None
    assert found.count > MOST_LINKS == sum(len(links) for _, links in found.links)
    assert f"The first {MOST_LINKS:,} are shown" in page
    assert f"{found.count:,}" in page


def test_a_page_has_names_facts_receipts_and_links_both_ways(live: Live) -> None:
    page = live.get("doc/place/CH.html").text
    assert "<h1>Switzerland</h1>" in page
    assert '<span lang="zh-hant">瑞士</span>' in page
    assert "Swiss Confederation" in page
    assert 'href="/id/source/ecfr-740-supp-1"' in page
    assert 'href="/id/membership/us-a5.ch"' in page
    assert 'href="/answer/groups?places=CH"' in page
    assert "<script" not in page


def test_links_of_a_page_lead_somewhere(live: Live) -> None:
    page = live.get(f"doc/instrument/{RULE}.html").text
    links = sorted(set(re.findall(r'href="(/[^"#]*)', page)))
    kinds = {link.split("/")[2]: link for link in links if link.startswith("/id/")}
    assert len(kinds) > 6
    asked = [*list(kinds.values())[:5], *(link for link in links if link.startswith("/doc/")), "/ns", "/api/"]
    assert [link for link in asked if live.get(link[1:], PAGE).status_code not in (200, 303)] == []


def test_everything_on_a_page_is_escaped() -> None:
    store = MemoryStore()
    texts = ("rdfs:label", "rdfs:comment", "skos:altLabel")
    lines = [f'<{ID}place/XX> <{expand(name)}> "{HOSTILE}"@en <{BASE}graph/x> .' for name in texts]
    lines += [
        f"<{ID}place/XX> <{expand('foaf:page')}> <javascript:alert(1)> <{BASE}graph/x> .",
        f"<{ID}place/XX> <{expand('dct:source')}> <{ID}source/s> <{BASE}graph/x> .",
        f'<{ID}source/s> <{expand("rdfs:label")}> "{HOSTILE}"@en <{BASE}graph/x> .',
        f"<{ID}source/s> <{expand('foaf:page')}> <javascript:alert(1)> <{BASE}graph/x> .",
        f'<{ID}group/g> <{expand("rdfs:label")}> "{HOSTILE}"@en <{BASE}graph/x> .',
        f"<{ID}group/g> <{expand('skos:member')}> <{ID}place/XX> <{BASE}graph/x> .",
    ]
    store.replace("\n".join(lines).encode())
    page = (thing_page(Knowledge(store), thing("place", "XX")) or b"").decode()
    assert page.count("&lt;script&gt;") >= 5
    assert "<script" not in page
    assert 'href="javascript' not in page


def test_a_key_with_any_sign_is_found() -> None:
    key = "csl.華為 Ltd/1?#%"
    iri = entry_iri("csl", key.removeprefix("csl."))
    store = MemoryStore()
    store.replace(f'<{iri}> <{expand("rdfs:label")}> "name" <{BASE}graph/x> .'.encode())
    knowledge = Knowledge(store)
    assert unquote(address_of(iri)) == f"/id/feed-entry/{key}"
    for form in SUFFIXES:
        assert b"name" in of_thing(knowledge, "feed-entry", key, form)


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("doc/place/Switserland", 404, "no place 'Switserland' in the graph. Nearest"),
        ("doc/place/Switzerland", 404, "that is a name of /id/place/CH"),
        ("doc/plaice/CH", 404, "no kind of thing 'plaice'; nearest: place"),
        ("id/plaice/CH", 404, "nearest: place"),
        ("doc/place/%3Cscript%3E", 404, "in the graph"),
        ("doc/place/..%2f..%2fetc%2fpasswd", 404, "in the graph"),
        ("doc/place/%00", 400, "not UTF-8"),
        ("doc/place/%c3%28", 400, "not UTF-8"),
        ("doc/place/%e", 400, "not UTF-8"),
        ("ns/9.9.9", 404, f"as of {__version__}"),
        ("nothing", 404, "Not Found"),
        ("static/..%2fapp.py", 404, "Not Found"),
    ],
)
def test_what_is_not_there_is_told_with_a_hint(live: Live, path: str, status: int, says: str) -> None:
    told = live.get(path, {"Accept": "application/json"})
    assert (told.status_code, says in told.json()["detail"]) == (status, True), told.text
    shown = live.get(path, PAGE)
    assert shown.status_code == status
    assert "<script" not in shown.text


def test_the_ontology_has_every_term_where_its_iri_leads(live: Live) -> None:
    found = lead(live, "ns", PAGE["Accept"])
    assert (found.status_code, found.headers["location"]) == (303, "/doc/ns.html")
    page = live.get("doc/ns.html").text
    local = [each.name.removeprefix("du:") for each in read_vocabulary().terms]
    assert [name for name in local if f'id="{name}"' not in page] == []
    data = live.get("doc/ns.ttl").content
    told = {quad.subject.value for quad in ox.parse(data, format=ox.RdfFormat.TURTLE) if hasattr(quad.subject, "value")}
    assert {f"{NS}{name}" for name in local} <= told
    assert lead(live, f"ns/{__version__}", "text/turtle").headers["location"] == "/doc/ns.ttl"


def test_no_key_ends_as_the_name_of_a_form(knowledge: Knowledge) -> None:
    rows = knowledge.store.select("SELECT DISTINCT ?x WHERE { { ?x ?p ?o } UNION { ?s ?p ?x } FILTER(isIRI(?x)) }")
    ours = [row["x"].value.removeprefix(ID) for row in rows if row["x"].value.startswith(ID)]
    assert len(ours) > 9_000
    assert [name for name in ours if name.endswith(tuple(SUFFIXES.values()))] == []
    assert {name.partition("/")[0] for name in ours} <= set(KINDS)


def test_what_is_asked_about_things_are_questions() -> None:
    from dualuse import questions
    from dualuse.serve.api.values import taken

    for kind, asked in ASKED.items():
        assert kind in KINDS
        for _, name, parameter in asked:
            question = questions.find(name)
            assert question is not None
            assert {part.partition("=")[0] for part in parameter.split("&")} <= set(taken(question))


def _redirected(path: str, rules: list[tuple[re.Pattern[str], str, str]]) -> tuple[int, str]:
    """Status and address that the rules give a path below https://w3id.org/dualuse/, as Apache applies them."""
    for pattern, target, flags in rules:
        if match := pattern.search(path):
            status = re.search(r"R=(\d+)", flags)
            assert status is not None
            return int(status[1]), re.sub(r"\$(\d)", lambda part: quote(match[int(part[1])], safe="/:@"), target)
    return 404, ""


def test_the_rules_for_w3id_lead_to_what_is_served(live: Live) -> None:
    lines = HTACCESS.read_text("utf-8").splitlines()
    rules = [
        (re.compile(p), t, f) for p, t, f in (line.split()[1:] for line in lines if line.startswith("RewriteRule"))
    ]
    assert len(rules) > 5
    for path, final in [
        ("id/place/CH", "/doc/place/CH.ttl"),
        ("id/item/3a090.a", "/doc/item/3a090.a.ttl"),
        (f"id/instrument/{RULE}", f"/doc/instrument/{RULE}.ttl"),
        ("ns", "/doc/ns.ttl"),
        (f"ns/{__version__}", "/doc/ns.ttl"),
        ("graph/curated/places", "/graph/curated/places"),
        ("", "/"),
        ("sparql", "/sparql"),
    ]:
        status, address = _redirected(path, rules)
        assert (status in (302, 303, 307), address.startswith(HOST)) == (True, True), path
        headers = {"Accept": "text/turtle, text/html;q=0.1"}
        came = httpx.get(live.address + address.removeprefix(HOST), headers=headers, timeout=60, follow_redirects=True)
        assert (came.status_code, urlsplit(str(came.url)).path) == (200, final)
    assert _redirected("id/place", rules) == (404, "")
    assert _redirected("etc/passwd", rules) == (404, "")
