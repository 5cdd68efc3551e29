"""What a server does with too much: of time, rows, bytes, memory, askers."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import httpx
from tests.serve.live import JSON, RUNAWAY, Live, until

QUICK = "ASK { tier:1 a du:Tier }"


def test_a_runaway_is_killed_and_its_process_replaced(live: Live) -> None:
    until(lambda: len(live.workers()) == 3)
    before = live.workers()
    since = time.monotonic()
    answer = live.ask(RUNAWAY)
    assert (answer.status_code, answer.text) == (504, f"no answer within {live.timeout:g} s; ask for less\n")
    assert time.monotonic() - since > live.timeout - 0.1
    until(lambda: len(live.workers().keys() - before.keys()) == 1 and len(live.workers()) == 3)
    assert "Z" not in live.workers().values()
    assert live.ask(QUICK).json()["boolean"] is True


def test_who_goes_away_is_not_worked_for(live: Live) -> None:
    until(lambda: len(live.workers()) == 3)
    before = live.workers()
    try:
        httpx.get(f"{live.address}sparql", params={"query": RUNAWAY}, timeout=0.2)
    except httpx.ReadTimeout:
        since = time.monotonic()
        until(lambda: len(before.keys() - live.workers().keys()) == 1)
        assert time.monotonic() - since < live.timeout - 0.3, "before its time is over"
    until(lambda: len(live.workers()) == 3)
    assert live.lines()[-1]["status"] == 499


def test_neighbours_of_runaways_are_answered_and_too_many_are_told_so(live: Live) -> None:
    until(lambda: len(live.workers()) == 3)
    with ThreadPoolExecutor(8) as many:
        asked = [many.submit(live.ask, RUNAWAY) for _ in range(8)]
        found = [each.result() for each in asked]
    assert {answer.status_code for answer in found} <= {503, 504}
    refused = [answer for answer in found if answer.status_code == 503]
    assert len(refused) >= 3, "three at work, two wait"
    assert all(answer.headers["retry-after"] == "2" for answer in refused)
    assert any("too many ask at once" in answer.text for answer in refused)
    until(lambda: len(live.workers()) == 3)
    assert live.ask(QUICK).status_code == 200


def test_long_questions_make_room(live: Live) -> None:
    until(lambda: len(live.workers()) == 3)
    with ThreadPoolExecutor(2) as two:
        asked = [two.submit(live.ask, RUNAWAY) for _ in range(2)]
        told = sorted((answer.result().status_code, answer.result().text) for answer in asked)
    assert [status for status, _ in told] == [503, 504], "one of three processes may be at a long question"
    assert "to make room: too many long questions at once; try again in a moment" in told[0][1]


def test_an_answer_of_too_many_rows_is_none(live: Live) -> None:
    for accept in (JSON, "text/csv", "text/tab-separated-values", "application/sparql-results+xml"):
        answer = live.ask("SELECT ?s WHERE { ?s ?p ?o } LIMIT 20001", accept)
        assert (answer.status_code, "more than 20,000 rows" in answer.text) == (422, True)
        whole = live.ask("SELECT ?s WHERE { ?s ?p ?o } LIMIT 20000", accept)
        assert whole.status_code == 200
    answer = live.ask("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "text/turtle")
    assert (answer.status_code, "more than 20,000 triples" in answer.text) == (422, True)


def test_an_answer_of_too_many_bytes_is_none(live: Live) -> None:
    wide = f"SELECT {' '.join(f'(?s AS ?s{n})' for n in range(9))} WHERE {{ ?s ?p ?o }} LIMIT 19999"
    answer = live.ask(wide)
    assert (answer.status_code, "more than 9,000,000 bytes" in answer.text) == (422, True)


def test_memory_is_bounded(patient: Live) -> None:
    greedy = "SELECT DISTINCT (CONCAT(STR(?a), STR(?d), STR(?f)) AS ?x) WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY ?x"
    answer = patient.ask(greedy)
    assert (answer.status_code, "too much memory" in answer.text) == (500, True)
    assert patient.ask(QUICK).json()["boolean"] is True
