"""Caches, other origins, logs and metrics."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
from tests.running import Run
from tests.serve.live import JSON, Live, running, until

from dualuse.knowledge import Knowledge
from dualuse.namespaces import GRAPH, expand
from dualuse.store import claim

TIERS = "SELECT ?tier WHERE { ?tier a du:Tier }"
CUSTOMER = "Customer of ours GmbH"


def test_health_says_what_is_served(live: Live, knowledge: Knowledge) -> None:
    told = live.get("health").json()
    assert (told["status"], told["sha256"], told["in_memory"]) == ("ok", knowledge.version.sha256, True)


def test_an_answer_that_is_known_is_not_sent_again(live: Live) -> None:
    first = live.ask(TIERS)
    tag = first.headers["etag"]
    assert (first.headers["cache-control"], first.headers["vary"]) == ("public, max-age=60", "Accept, Origin")
    for given in (tag, f'"other", {tag}', tag.removeprefix("W/")):
        again = live.get("sparql", {"Accept": JSON, "If-None-Match": given}, query=TIERS)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert live.ask(TIERS, "text/csv").headers["etag"] != tag, "of another form"
    assert live.ask(f"{TIERS} LIMIT 1").headers["etag"] != tag
    assert live.get("sparql", {"Accept": JSON, "If-None-Match": '"other"'}, query=TIERS).status_code == 200
    posted = httpx.post(f"{live.address}sparql", data={"query": TIERS}, headers={"If-None-Match": tag})
    assert posted.status_code == 200
    assert live.get("graph/meta", {"If-None-Match": live.get("graph/meta").headers["etag"]}).status_code == 304


def test_what_is_another_each_time_is_not_kept(live: Live) -> None:
    for query in ("SELECT (NOW() AS ?now) {}", "SELECT (struuid() AS ?x) {}"):
        answer = live.ask(query)
        assert (answer.headers["cache-control"], "etag" in answer.headers) == ("no-store", False)
    assert "etag" in live.ask('SELECT ("NOW()" AS ?now) {}').headers
    assert live.ask("no query").headers["cache-control"] == "no-store"


def test_pages_of_other_origins_may_ask(live: Live) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    before = httpx.options(f"{live.address}sparql", headers=asked)
    assert (before.status_code, before.headers["access-control-allow-origin"]) == (200, "*")
    answer = live.get("sparql", {"Origin": "https://example.org"}, query=TIERS)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "ETag" in answer.headers["access-control-expose-headers"]


def test_no_log_says_what_was_asked(live: Live) -> None:
    before = len(live.lines())
    live.ask(f'SELECT * {{ ?s rdfs:label "{CUSTOMER}" }}')
    live.ask(f'SELECT * {{ "{CUSTOMER}" }}')
    live.get(f"nowhere/{CUSTOMER}", name=CUSTOMER)
    live.get(f"graph/{CUSTOMER}")
    httpx.request("PROPFIND", f"{live.address}sparql")
    assert httpx.request("SECRET", f"{live.address}sparql").status_code == 400  # no method of HTTP: not taken in at all
    until(lambda: len(live.lines()) == before + 6)
    text = live.log.read_text("utf-8")
    assert not re.search("Customer|GmbH|SECRET|PROPFIND", text)
    last = live.lines()[before]
    assert list(last) == ["time", "level", "event", "method", "route", "status", "bytes", "milliseconds"]
    assert [(line["event"], line.get("route")) for line in live.lines()[before:]] == [
        *(("request", route) for route in ("/sparql", "/sparql", "(none)", "/graph/{name:path}", "/sparql")),
        ("Invalid HTTP request received.", None),
    ]


def test_metrics_are_counted(live: Live) -> None:
    def counted() -> int:
        text = live.get("metrics").text
        found = re.search(r'^dualuse_requests_total{route="/sparql",method="GET",status="200"} (\d+)$', text, re.M)
        return 0 if found is None else int(found[1])

    before = counted()
    live.ask(TIERS)
    assert counted() == before + 1
    text = live.get("metrics").text
    names = {line.split()[2] for line in text.splitlines() if line.startswith("# TYPE")}
    assert names == {
        *("dualuse_requests_total", "dualuse_request_seconds", "dualuse_killed_total"),
        *("dualuse_workers_busy", "dualuse_workers_idle", "dualuse_requests_waiting"),
    }
    samples = [line for line in text.splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r'\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? [\d.]+', line) for line in samples)


def test_another_build_is_served_without_a_restart(knowledge: Knowledge, tmp_path: Path) -> None:
    """Also where a feed alone is new, which is no part of the digest of the dataset."""
    store = str(tmp_path / "store")
    meta = "".join(line for line in knowledge.store.quads() if line.endswith(f"<{GRAPH}meta> .\n"))
    with claim(store) as place:
        place.replace(meta.encode())
    with running(tmp_path, "--store", store, "--workers", "2") as live:
        feeds = "SELECT ?day { ?feed a du:FeedSnapshot ; dct:issued ?day }"
        assert live.get("health").json()["in_memory"] is True
        before = live.ask(feeds)
        assert before.json()["results"]["bindings"] == []
        says = f"<{expand('rdf:type')}> <{expand('du:FeedSnapshot')}>", f'<{expand("dct:issued")}> "now"'
        with claim(store) as place:
            place.replace("".join([meta, *(f"<a:f> {each} <{GRAPH}feed/csl> .\n" for each in says)]).encode())
        until(lambda: live.rows(feeds) == [{"day": "now"}])
        assert live.ask(feeds).headers["etag"] != before.headers["etag"]
        told = live.get("health").json()
        assert (told["sha256"], told["in_memory"]) == (knowledge.version.sha256, False), "not the one that was read"


def test_wrong_use(run: Run, store_dir: Path, tmp_path: Path) -> None:
    none = run("serve", "--store", tmp_path / "none")
    assert (none.returncode, "no store here" in none.stderr) == (3, True)
    assert run("serve", "--workers", "1").returncode == 2
    where = run("serve", "--host", "192.0.2.1", "--store", store_dir)
    assert where.returncode == 2
    assert "Warning: 192.0.2.1 is reached from other machines" in where.stderr
    assert "192.0.2.1 port 7878: " in where.stderr
