"""Pages of the server: the front, answers, the explorer, YASGUI, and what every response says to a browser."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urljoin

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from starlette.applications import Starlette
from starlette.testclient import TestClient
from tests.mcp.apart import finish
from tests.serve.asked import PAGE, RULE
from tests.serve.live import Live
from tests.slowness import slowness

from dualuse import questions
from dualuse.card import Version
from dualuse.explore.make import explorer_page
from dualuse.knowledge import Knowledge
from dualuse.serve import Settings, front
from dualuse.serve.api.values import read_values
from dualuse.serve.app import create_app
from dualuse.serve.service import Service
from dualuse.show.html import answer_page

FOLDER = Path(front.__file__).parent / "yasgui"
ANSWER = f"answer/status?instrument={RULE}&as_of=2025-06-01&lens=enforced"


def test_an_answer_is_the_page_that_html_writes(live: Live, knowledge: Knowledge) -> None:
    question = questions.find("status")
    assert question is not None
    shown = live.get(ANSWER, PAGE)
    card = question(knowledge, read_values(question, ANSWER.partition("?")[2].encode()))
    assert (shown.status_code, shown.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert shown.text == answer_page(card)
    again = live.get(ANSWER, {**PAGE, "If-None-Match": shown.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("answer/groups?places=Nowhere", 404, "no place &#39;Nowhere&#39; in the graph"),
        ("answer/chips", 422, "--to is needed"),
        ("answer/status?lens=%3Cscript%3E", 400, "&lt;script&gt;"),
        ("answer/%3Cscript%3E", 404, "no question"),
    ],
)
def test_what_is_wrong_is_told_on_a_page(live: Live, path: str, status: int, says: str) -> None:
    shown = live.get(path, PAGE)
    assert (shown.status_code, shown.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert says in shown.text
    assert "<script" not in shown.text
    assert live.get(path).headers["content-type"] == "application/problem+json"


def test_robots_and_the_list_of_questions(live: Live) -> None:
    assert "Disallow: /answer/" in live.get("robots.txt").text
    assert live.get("answer/", PAGE).headers["location"] == "/api/"


def test_a_form_may_leave_a_value_out(live: Live) -> None:
    assert live.get("answer/groups?places=CH&as_of=", PAGE).text == live.get("answer/groups?places=CH", PAGE).text


def test_the_front_page_leads_to_what_there_is(live: Live) -> None:
    page = live.get("", PAGE).text
    links = {link for link in re.findall(r'href="(/[^"#]*)', page) if link not in ("/explore", "/void")}
    assert {"/sparql", "/api/", "/api/openapi.json", "/ns"} <= links
    for link in sorted(links):
        found = live.get(link[1:].replace("&amp;", "&"), PAGE)
        assert found.status_code in (200, 303), link


def test_the_forms_of_the_front_page_ask_questions(knowledge: Knowledge) -> None:
    forms = re.findall(r'<form action="/answer/(\w+)"(.*?)</form>', front.front(knowledge).decode(), re.DOTALL)
    assert [name for name, _ in forms] == ["groups", "check", "affected"]
    for name, form in forms:
        question = questions.find(name)
        assert question is not None
        query = urlencode(re.findall(r'name="([^"]*)" value="([^"]*)"', form))
        assert read_values(question, query.encode(), blank=True)


class Counted(Service):
    """A service without processes, that counts what it is asked."""

    def __init__(self, dataset: Version) -> None:
        self._done = {}
        self._making = {}
        self.shown = dataset
        self.asked = 0

    @property
    def dataset(self) -> Version:
        return self.shown

    @property
    def digest(self) -> str:
        return self.shown.sha256

    async def ask(self, work: Callable[..., Any], *arguments: Any) -> Any:
        self.asked += 1
        await asyncio.sleep(0.01)
        return f"made {self.asked}".encode()


def test_the_explorer_is_made_once_for_a_dataset(knowledge: Knowledge) -> None:
    service = Counted(knowledge.version)
    client = TestClient(Starlette(routes=front.routes(service)))
    first, second = client.get("/explore"), client.get("/explore")
    assert (first.text, second.text) == ("made 1", "made 1")
    assert "frame-ancestors *" in first.headers["content-security-policy"], "a view may stand in other pages"
    assert client.get("/explore", headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    service.shown = replace(knowledge.version, sha256="0" * 64)
    assert client.get("/explore", headers={"If-None-Match": first.headers["etag"]}).text == "made 2"


def test_who_asks_while_the_explorer_is_prepared_waits_for_it(knowledge: Knowledge) -> None:
    service = Counted(knowledge.version)

    async def together() -> bytes:
        _, found = await asyncio.gather(service.prepare(front.explorer), service.once(front.explorer))
        return found

    assert finish(together) == b"made 1"
    assert service.asked == 1


def test_a_server_prepares_the_explorer_if_it_is_told_to(monkeypatch: pytest.MonkeyPatch, store_dir: Path) -> None:
    prepared: list[object] = []

    async def note(_: Service, work: object) -> None:
        prepared.append(work)

    monkeypatch.setattr(Service, "prepare", note)
    for prepare in (False, True):
        with TestClient(create_app(Settings(store=str(store_dir), workers=2, prepare=prepare))) as client:
            assert client.get("/robots.txt").status_code == 200
    assert prepared == [front.explorer]


@pytest.mark.skipif(os.environ.get("DUALUSE_SLOW") != "1", reason="DUALUSE_SLOW=1 runs it: the whole page is made")
def test_the_explorer_is_that_of_the_first_rule(knowledge: Knowledge) -> None:
    page = front.explorer(knowledge).decode()
    assert page == explorer_page(knowledge, knowledge.version.known_on, "codified", by=RULE)


@pytest.mark.parametrize(
    "path",
    [
        *("", "api/", "api/groups?places=CH", "api/nothing", "api/%ff", "sparql?query=ASK%7B%7D", "doc/place/CH.ttl"),
        *("id/place/CH", "doc/place/CH.html", "health", "metrics", "static/editor.js", "nothing", ANSWER),
    ],
)
def test_every_response_says_what_a_browser_may_do(live: Live, path: str) -> None:
    headers = live.get(path, PAGE).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    head = httpx.head(live.address + path, headers=PAGE, timeout=60)
    assert (head.content, head.headers.get("content-type")) == (b"", headers.get("content-type"))


def test_what_is_vendored_is_what_was_published(live: Live) -> None:
    sums = dict(line.split()[::-1] for line in (FOLDER / "SHA256SUMS").read_text("utf-8").splitlines())
    assert len(sums) == 2
    for name, digest in sums.items():
        packed = live.get(f"static/{name}", {"Accept-Encoding": "gzip"})
        plain = live.get(f"static/{name}", {"Accept-Encoding": "identity"})
        assert packed.headers["content-encoding"] == "gzip"
        assert "content-encoding" not in plain.headers
        assert packed.content == plain.content  # httpx unpacks it
        assert hashlib.sha256(plain.content).hexdigest() == digest
    licences = live.get("static/licences.txt").text
    assert all(name in licences for name in ("MIT License", "codemirror", "dompurify", "jquery", "lodash-es"))


@pytest.mark.browser
def test_sparql_in_a_browser(live: Live, browser: Browser) -> None:
    said: list[str] = []
    asked: list[str] = []
    page = browser.new_page()
    page.set_default_timeout(20_000 * slowness())
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live.address}sparql")
    page.wait_for_selector("html[data-ready]")
    page.click(".yasqe_queryButton")
    page.wait_for_selector(".yasr table tbody tr")
    assert "place:AS" in page.inner_text(".yasr table")

    page.select_option("#example", "members-of-group")
    page.wait_for_selector(".tab.active >> text=members-of-group")
    page.click(".active .yasqe_queryButton")
    page.wait_for_selector(".active .yasr table tbody tr")

    page.evaluate("document.querySelector('.active .CodeMirror').CodeMirror.setValue('')")
    page.click(".active .CodeMirror")
    page.keyboard.type("SELECT * WHERE { ?a du:concernsPl")
    page.wait_for_selector(".CodeMirror-hints >> text=du:concernsPlace")
    page.keyboard.press("Enter")
    page.wait_for_selector(".active .CodeMirror-code >> text=<https://w3id.org/dualuse/ns#>")
    assert said == []
    assert {urljoin(url, "/") for url in asked if not url.startswith("data:")} == {live.address}
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("path", ["", "doc/place/CH.html", "doc/ns.html#Tier", "api/", ANSWER])
def test_pages_in_a_browser(live: Live, browser: Browser, path: str) -> None:
    said: list[str] = []
    page = browser.new_page(viewport={"width": 390, "height": 800}, bypass_csp=True)  # axe is put in by a script
    page.set_default_timeout(20_000 * slowness())
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(live.address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    if path in ("", "doc/place/CH.html"):
        assert Axe().run(page).response["violations"] == []
    assert said == []
    page.close()
