"""A saved answer is proved by asking it again; one that was changed, or no longer holds, is told as such."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cli.tried import CARDS, RULE
from tests.running import Run

from dualuse import questions
from dualuse.build import Built
from dualuse.canonical import canonical, digest
from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.namespaces import thing
from dualuse.release.facts import read_facts
from dualuse.release.sheet import sheets
from dualuse.release.tabular import to_csv
from dualuse.replay import Saved, ask_again, differences, read_saved
from dualuse.scenario import Edits
from dualuse.store import MemoryStore

DAY = "2025-06-01"
SAMPLES: dict[str, dict[str, Any]] = {
    "affected": {"by": ["us-h20-is-informed-2025-04"], "as_of": DAY},
    "bridges": {"as_of": date(2025, 6, 1)},
    "centrality": {"runs": 3, "drop": 0.25},
    "changes": {"start": "2026-01-31", "end": date(2026, 2, 28), "kinds": ("membership",)},
    "check": {"item": "H100 SXM", "quantity": 2000, "to": "瑞士", "hq": "CH", "data_centre": True, "lens": "enforced"},
    "chips": {"to": ["CN"], "hq": "CN"},
    "chokepoints": {},
    "claims": {"about": RULE, "modality": "forecast"},
    "communities": {"runs": 2},
    "concentration": {"parties": ("nvidia",)},
    "conflicts": {"about": RULE},
    "connected": {"by": RULE, "channels": ["item"], "as_of": "today"},
    "discourse": {"about": RULE},
    "enforcement": {"party": "Super Micro"},
    "exposure": {"parties": ["ASML"]},
    "groups": {"places": ("CH", "HK")},
    "holders": {"party": "nexperia"},
    "owned": {"parties": ["hisilicon"]},
    "risk": {"parties": ("nvidia",)},
    "said": {"by": "NVIDIA", "stance": ("opposes",)},
    "status": {"instrument": RULE, "lens": "announced", "as_of": "today"},
    "whatif": {"parts": ["us-h20-is-informed-2025-04"], "as_of": DAY},
    "why": {"party": "TSMC", "measure": RULE, "as_of": DAY},
}
"""A question of each kind, as Python asks it."""
SLOW = pytest.mark.skipif(not os.environ.get("DUALUSE_SLOW"), reason="reads a release, or asks every question twice")
OF_FILES = {"diff", "news", "reconcile", "screen", "verify"}
"""Questions about files; see test_an_answer_about_a_file_needs_it."""


def saved(card: Any) -> Saved:
    return read_saved(json.dumps(card.to_dict(), ensure_ascii=False, indent=2), "card.json")


def nowhere(name: str) -> Path:
    raise AssertionError(name)


def test_a_sample_of_every_question_is_tried() -> None:
    assert {*SAMPLES} | OF_FILES == {*questions.names()}


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.usefixtures("project_once")
def test_an_answer_verifies(knowledge: Knowledge, name: str) -> None:
    """Asked from Python, saved, and asked again a month later."""
    question = questions.find(name)
    assert question is not None
    told = saved(question(knowledge, SAMPLES[name]))
    assert told.question.name == name
    later = knowledge.as_on(knowledge.today + timedelta(days=30), knowledge.last_day)
    again = ask_again(told, later, nowhere)
    assert differences(told.document, again.to_dict()) == []
    assert again.sha256 == told.document["sha256"]


def test_what_was_given_is_said(knowledge: Knowledge) -> None:
    """As it was given, by the names of the parameters; what is as it would be anyway is left out."""
    card = knowledge.check("H100 SXM", to="瑞士", hq="CH", data_centre=False, lens="codified", as_of=date(2025, 6, 1))
    assert card.asked == {"item": "H100 SXM", "to": "瑞士", "parent_hq": "CH", "data_centre": False, "as_of": DAY}
    assert card.clock is None
    assert knowledge.groups("CH", as_of=DAY).asked == {"places": ["CH"], "as_of": DAY}
    assert knowledge.connected(by=RULE, as_of=DAY).asked == {"by": [RULE], "as_of": DAY}
    assert knowledge.as_on(date(2025, 1, 1), knowledge.last_day).groups("CH", as_of="today").asked == {
        "places": ["CH"],
        "as_of": "2025-01-01",
    }


def test_what_has_no_written_form_is_not_said(knowledge: Knowledge) -> None:
    question = questions.find("whatif")
    assert question is not None
    card = knowledge.groups("CH", as_of=DAY)
    assert question.of(card, {"progress": print, "transactions": ()}).asked == {}
    told = question.of(card, {"edits": Edits(removed_exceptions=("LPP",))})
    assert told.asked is None
    with pytest.raises(UsageError, match="what was given to its question, which had no written form"):
        saved(told)


@pytest.fixture(scope="module")
def document(knowledge: Knowledge) -> dict[str, Any]:
    told: dict[str, Any] = knowledge.groups("CH", "HK", as_of="2025-01-13").to_dict()
    return told


def places_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where a value has values."""
    yield path
    if isinstance(value, dict | list):
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places_in(inner, (*path, name))


VALUES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(data=st.data())
def test_any_change_of_any_value_is_noticed(document: dict[str, Any], data: st.DataObject) -> None:
    """One value put in the place of another, one taken out, or one more: in every part, the sum itself too."""
    changed = {"card": copy.deepcopy(document)}
    path = data.draw(st.sampled_from([("card", *path) for path in places_in(document)][1:]), "path")
    holder: Any = changed
    for step in path[:-1]:
        holder = holder[step]
    how = data.draw(st.sampled_from(["put", "take", "add"]), "how")
    if how == "put":
        holder[path[-1]] = data.draw(VALUES | st.just([]) | st.just({}), "value")
    elif how == "take":
        del holder[path[-1]]
    elif isinstance(holder, list):
        holder.insert(path[-1], data.draw(VALUES, "value"))
    else:
        holder[data.draw(st.text().filter(lambda name: name not in holder), "name")] = data.draw(VALUES, "value")
    if canonical(changed["card"]) == canonical(document):
        return
    with pytest.raises(UsageError):
        read_saved(json.dumps(changed["card"]), "card.json")


def test_how_it_is_written_does_not_matter(document: dict[str, Any]) -> None:
    """Another order of names, other spaces, signs as codes: the same values."""
    text = json.dumps(dict(reversed(document.items())), separators=(",", ":"), ensure_ascii=True)
    assert read_saved(text, "card.json").document == document


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: "", "is no answer saved with --format json"),
        (lambda d: "<!doctype html>", "is a page; open it, save the answer as JSON there"),
        (lambda d: "[1]", "a JSON object is needed"),
        (lambda d: "[" * 100_000, "is no answer saved with --format json"),
        (lambda d: '{"answer": NaN}', "NaN is no number of JSON"),
        (lambda d: '{"a": 1, "a": 2}', "a name stands twice in a"),
        (lambda d: '{"a": 1}', "it has no question and no answer"),
        (lambda d: {**d, "left_out": {"given": {}}}, "is a part of an answer, and its sum is of the whole"),
        (lambda d: {**d, "sha256": None}, "carries no sum"),
        (lambda d: {name: part for name, part in d.items() if name != "sha256"}, "carries no sum"),
        (lambda d: {**d, "sha256": "x"}, "was changed: its sha256 'x' is none"),
        (lambda d: {**d, "lens": "codified"}, "was changed after it was written: it carries the sum"),
        (lambda d: summed({**d, "asked": None}), "had no written form"),
        (lambda d: summed({**d, "question": {"command": "guess"}}), "'guess' is no question of this version"),
        (lambda d: summed({**d, "question": 3}), "had no written form"),
        (lambda d: summed({**d, "asked": {"moon": 1}}), "groups does not take moon 1"),
        (lambda d: summed({**d, "asked": {"places": "CH"}}), "groups does not take places 'CH'"),
        (lambda d: summed({**d, "asked": {"places": [{"file": "x"}], "count": 1}}), "does not take count 1"),
        (lambda d: summed({**d, "asked": 7}), "groups does not take 7"),
        (lambda d: summed({**d, "dataset": {}}), "its days or its dataset are none"),
        (lambda d: summed({**d, "asked_on": "soon"}), "its days or its dataset are none"),
        (lambda d: summed({name: part for name, part in d.items() if name != "unknown"}), "it has no unknown"),
    ],
)
def test_what_is_no_answer_is_told(
    run: Run, clean: Path, document: dict[str, Any], change: Callable[[dict[str, Any]], Any], message: str
) -> None:
    made = change(document)
    (clean / "card.json").write_text(made if isinstance(made, str) else json.dumps(made), "utf-8")
    told = run("verify-card", "card.json")
    assert (told.returncode, told.stdout) == (2, "")
    assert "card.json" in told.stderr
    assert message in told.stderr


def summed(document: dict[str, Any]) -> dict[str, Any]:
    """A document with the sum that it should have: what somebody writes who makes an answer up."""
    whole = {name: part for name, part in document.items() if name != "sha256"}
    return {**whole, "sha256": digest(whole)}


def test_an_answer_that_was_made_up_differs(run: Run, clean: Path, document: dict[str, Any]) -> None:
    forged = copy.deepcopy(document)
    forged["answer"]["places"][0]["tier"] = 1
    del forged["unknown"][0]
    (clean / "card.json").write_text(json.dumps(summed(forged)), "utf-8")
    told = run("verify-card", "card.json")
    lines = told.stdout.splitlines()
    assert told.returncode == 1
    assert lines[1] == "differs in 2 places"
    assert (
        "data and version are the same: a file that was given is another, the code is, or the answer is made up"
        in lines
    )
    assert "answer.places[CH].tier: 1 -> 2" in lines
    assert any(line.startswith("+ unknown[when Switzerland entered") for line in lines)


def test_the_same_answer(run: Run, clean: Path, store_dir: Path) -> None:
    """Saved by the command, and from a folder of its own."""
    made = run("groups", "CH", "HK", "--as-of", "2025-01-13", "--format", "json", "-o", "deep/card.json")
    assert made.returncode == 0
    told = run("verify-card", "deep/card.json", "--store", store_dir)
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.splitlines()[:2] == ["groups · places CH; HK · as of 2025-01-13", "the same answer"]
    document = json.loads(run("verify-card", "deep/card.json", "-f", "json").stdout)
    assert document["same"] is True
    assert document["before"] == document["after"]
    assert document["differences"] == document["releases"] == []


def test_an_answer_about_a_file_needs_it(run: Run, clean: Path) -> None:
    """It is found beside the card, here, or where --files says; another content is told."""
    given = clean / "given"
    given.mkdir()
    (given / "edges.csv").write_text("owner,owned,share_min,share_max\nx,a,50,50\na,b,50,50\n", "utf-8")
    made = run("holders", "b", "--edges", "given/edges.csv", "--format", "json", "-o", "card.json")
    assert made.returncode == 0
    asked = json.loads((clean / "card.json").read_text("utf-8"))["asked"]
    assert {**asked["edges"], "sha256": ""} == {"file": "edges.csv", "sha256": ""}
    missing = run("verify-card", "card.json")
    assert missing.returncode == 2
    assert "the question was given 'edges.csv', which is not here; name its folder with --files DIR" in missing.stderr
    assert run("verify-card", "card.json", "--files", "given").returncode == 0
    (clean / "edges.csv").write_text("owner,owned,share_min,share_max\nx,a,50,50\na,b,40,40\n", "utf-8")
    other = run("verify-card", "card.json")
    assert other.returncode == 1
    assert "asked.edges.sha256: " in other.stdout
    assert "a file that was given is another" in other.stdout


OTHER = "f" * 64
"""Digest of the graph with one record changed."""
TAIWAN = "us-supp5a.tw"


@pytest.fixture(scope="module")
def changed(built: Built) -> Knowledge:
    """The graph with one record changed: Taiwan in Supplement No. 5(a) from March 2025, and what follows from that."""
    member, tier = (
        f"<{thing(*key)}> ".encode() for key in (("membership", TAIWAN), ("tier-assignment", "TW.2025-01-13"))
    )

    def line(text: bytes) -> bytes:
        if text.startswith(member) and b"#validFrom" in text:
            return text.replace(b"2025-01-13", b"2025-03-01")
        return text.replace(b"/tier/1>", b"/tier/2>") if text.startswith(tier) else text

    store = MemoryStore()
    quads = built.store.nquads().replace(built.sha256.encode(), OTHER.encode())
    store.replace(b"\n".join(map(line, quads.split(b"\n"))))
    return Knowledge(store)


@pytest.fixture
def of_taiwan(run: Run, clean: Path, changed: Knowledge, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An answer that was saved before the record changed."""
    assert run("groups", "TW", "--as-of", "2025-01-13", "--format", "json", "-o", "card.json").returncode == 0
    monkeypatch.setattr("dualuse.cli.replay.open_for", lambda _: changed)
    return clean / "card.json"


def test_an_answer_whose_data_changed_says_what_differs(run: Run, of_taiwan: Path, built: Built) -> None:
    told = run("verify-card", of_taiwan)
    assert (told.returncode, told.stderr) == (1, "")
    lines = told.stdout.splitlines()
    assert f"data: {built.sha256} (record to 2026-11-22) -> {OTHER} (record to 2026-11-22)" in lines
    assert "answer.places[TW].tier: 1 -> 2" in lines
    assert any(line.startswith("- because[") and TAIWAN in line for line in lines)
    assert not any("made up" in line for line in lines)
    document = json.loads(run("verify-card", of_taiwan, "--format", "json").stdout)
    assert (document["same"], document["after"]["dataset"]["sha256"]) == (False, OTHER)
    tier = next(each for each in document["differences"] if each["where"] == "answer.places[TW].tier")
    assert (tier["what"], tier["before"], tier["after"]) == ("changed", 1, 2)


def released(folder: Path, knowledge: Knowledge) -> Path:
    """A release with no more in it than is read to tell since when."""
    facts = read_facts(knowledge.store)
    tables = [sheet for sheet in sheets(knowledge.store) if not sheet.linked]
    (folder / "tables").mkdir(parents=True)
    (folder / "rdf").mkdir()
    (folder / "rdf" / "dualuse.nq").write_text("".join(f"{quad}\n" for quad in knowledge.store.quads()), "utf-8")
    for sheet in tables:
        (folder / "tables" / f"{sheet.name}.csv").write_bytes(to_csv(sheet))
    listed = [{"name": sheet.name, "path": f"{sheet.name}.csv"} for sheet in tables]
    told = {"version": facts.version, "sha256": facts.sha256, "created": facts.known_on.isoformat()}
    (folder / "tables" / "datapackage.json").write_text(json.dumps({**told, "resources": listed}), "utf-8")
    return folder


def test_a_folder_without_a_release_is_refused(run: Run, of_taiwan: Path) -> None:
    told = run("verify-card", of_taiwan, "--since", of_taiwan.parent)
    assert (told.returncode, told.stdout) == (2, "")
    assert "holds no release that can be read" in told.stderr


@SLOW
def test_it_says_since_which_release(run: Run, clean: Path, of_taiwan: Path, knowledge: Knowledge) -> None:
    folder = released(clean / "release-1", knowledge)
    lines = run("verify-card", of_taiwan, "--since", folder).stdout.splitlines()
    assert any(line.startswith(f"in release {folder} ({knowledge.version.version}, record to ") for line in lines)
    assert any(line.endswith("): the same answer") for line in lines)
    assert f"since {folder}, 2 rows of the record differ, 2 of them under this answer" in lines
    at = lines.index("changed in memberships: TW in us-supp5a")
    assert lines[at + 1] == "    valid_from: 2025-01-13 -> 2025-03-01"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({"a": 1}, {"a": 1.0}, []),
        ({"a": 1}, {"a": True}, ["a: 1 -> true"]),
        ({"a": "x", "b": 1}, {"b": 1, "c": None}, ["- a: x", "+ c: null"]),
        ({"a": [1, 2, 2]}, {"a": [2, 1, 3]}, ["- a: 2", "+ a: 3"]),
        ({"a": [1, 2]}, {"a": [2, 1]}, ["a: the same rows in another order"]),
        ({"r": [{"k": "x", "v": 1}, {"k": "y", "v": 2}]}, {"r": [{"k": "y", "v": 3}]}, ["- r[x]: {", "r[y].v: 2 -> 3"]),
        (
            {"r": [{"k": "x", "n": 1, "v": 1}, {"k": "x", "n": 2, "v": 1}]},
            {"r": [{"k": "x", "n": 2, "v": 5}]},
            ["- r[x 1]", "r[x 2].v: 1 -> 5"],
        ),
        ({"sha256": "1", "dataset": {"sha256": "2"}, "engine": "3"}, {"sha256": "4", "dataset": {}, "engine": "5"}, []),
        ({"t": "x" * 500}, {"t": ""}, ["t: " + "x" * 160 + "… (500 characters) -> "]),
    ],
)
def test_differences_are_told_one_by_one(before: Any, after: Any, told: list[str]) -> None:
    found = [str(each) for each in differences(before, after)]
    assert len(found) == len(told)
    assert all(line.startswith(begin) for line, begin in zip(found, told, strict=True))


@SLOW
@pytest.mark.parametrize("arguments", CARDS, ids=" ".join)
def test_every_answer_of_the_command_line_verifies(
    run: Run, clean: Path, store_dir: Path, arguments: tuple[str, ...]
) -> None:
    (clean / "edges.csv").write_text("owner,owned,share_min,share_max\nx,a,50,50\na,b,50,50\n", "utf-8")
    (clean / "listed.csv").write_text("party\nx\n", "utf-8")
    (clean / "customers.csv").write_text("Firma\nHuawei\n", "utf-8")
    names = {"EDGES": "edges.csv", "LISTED": "listed.csv", "CUSTOMERS": "customers.csv"}
    places = {**names, "STORE": str(store_dir), "FOLDER": str(clean)}
    words = [places.get(word, word) for word in arguments]
    (clean / "card.json").write_text(run(*words, "--format", "json").stdout, "utf-8")
    told = run("verify-card", "card.json", "--files", clean.parent)
    assert (told.returncode, told.stderr) == (0, ""), told.stdout
