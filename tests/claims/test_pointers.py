"""Pointers re-read: ok, moved, drift, missing."""

from __future__ import annotations

import hashlib
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dualuse.claims.ledger import Ledger
from dualuse.claims.pointers import Copy, Held, check, identify, point, read_copy
from dualuse.errors import UsageError


def copy_of(text: str, name: str = "other.txt") -> Copy:
    return read_copy(name, text, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest())


def statuses(text: str, held: Held) -> dict[str, str]:
    return {reading.claim: reading.status for reading in check(copy_of(text), held)}


def test_the_same_text_is_ok(text: str, held: Held) -> None:
    readings = check(copy_of(text), held)
    assert {reading.status for reading in readings} == {"ok"}
    assert [reading.claim for reading in readings] == ["a-title", "b-120", "c-free", "d-words", "e-step", "f-80"]
    assert {reading.claim: reading.text for reading in readings}["b-120"] == "120個國家"


def test_a_changed_number_drifts_alone(text: str, held: Held) -> None:
    found = statuses(text.replace("120", "130"), held)
    assert found == dict.fromkeys(found, "ok") | {"b-120": "drift"}


def test_an_inserted_character_moves_what_follows_it(text: str, held: Held) -> None:
    found = statuses(text.replace("甲社報導,新規則將涵蓋120", "甲通社報導,新規則將涵蓋120"), held)
    assert found == dict.fromkeys(found, "ok") | {"b-120": "moved", "c-free": "moved"}


def test_other_script_and_width_are_found_and_shown_as_they_stand(text: str, held: Held) -> None:
    changed = text.replace("這是一個虛構的例子、並非真實引述", "这是一个虚构的例子,并非真实引述").replace(
        "120", "１２０"
    )
    readings = {reading.claim: reading for reading in check(copy_of(changed), held)}
    assert (readings["d-words"].status, readings["d-words"].how) == ("moved", "folded")
    assert readings["d-words"].text == "这是一个虚构的例子,并非真实引"[: len(readings["d-words"].text)]
    assert readings["b-120"].text == "１２０個國家"


def test_a_passage_that_is_gone_is_missing(text: str, held: Held) -> None:
    lines = text.split("\n")
    found = statuses("\n".join(line for line in lines if "80" not in line), held)
    assert found == dict.fromkeys(found, "ok") | {"f-80": "missing"}


def test_passages_in_another_place_are_moved(text: str, held: Held) -> None:
    found = statuses(f"序言在此\n{text}", held)
    assert set(found.values()) == {"moved"}


def test_a_phrase_that_stands_elsewhere_too_does_not_hide_a_drift(text: str, held: Held) -> None:
    both = text.replace("80個國家", "120個國家")
    assert statuses(both, held)["f-80"] == "drift"


def test_line_ends_and_byte_order_mark_do_not_matter(text: str, held: Held) -> None:
    assert set(statuses("\ufeff" + text.replace("\n", "\r\n"), held).values()) == {"ok"}


@pytest.mark.parametrize(
    "hostile",
    ["", "\n\n", "\x00" * 50, "\ud800", "a" * 10_000, "國" * 3_000, "\u202e120個國家", "<html>120個國家</html>"],
)
def test_hostile_text_is_missing_or_drift_and_no_crash(hostile: str, held: Held) -> None:
    found = Counter(statuses(hostile, held).values())
    assert found["ok"] == 0
    assert sum(found.values()) == 6


def test_a_file_is_told_by_digest_name_or_likeness(text: str, held: Held) -> None:
    def how(copy: Copy) -> str | None:
        known = identify(copy, [held])
        return None if known is None else known[1]

    assert how(copy_of(text)) == "sha256"
    assert how(copy_of("something else", "made-up.txt")) == "name"
    assert how(copy_of(text.replace("虛構新聞", "另一標題"))) == "likeness"
    assert how(copy_of("nothing of the kind")) is None
    assert how(copy_of(text.replace("\n", " "))) == "likeness"
    assert identify(copy_of(text), []) is None


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_one_changed_character_touches_exactly_the_claims_that_hold_it(
    text: str, held: Held, data: st.DataObject
) -> None:
    places = [index for index, character in enumerate(text) if character != "\n"]
    index = data.draw(st.sampled_from(places))
    changed = text[:index] + "龘" + text[index + 1 :]
    line_starts = [0]
    for line in text.split("\n"):
        line_starts.append(line_starts[-1] + len(line) + 1)
    starts = [start for start, line in zip(line_starts, text.split("\n"), strict=False) if line.strip()]
    inside = {
        pointer.claim
        for pointer in held.pointers
        if starts[pointer.passage - 1] + pointer.start <= index < starts[pointer.passage - 1] + pointer.end
    }
    touched = {claim for claim, status in statuses(changed, held).items() if status != "ok"}
    assert touched == inside


@pytest.mark.parametrize(
    ("span", "message"),
    [
        ((0, 0, 1), "no passage 0"),
        ((9, 0, 1), "no passage 9"),
        ((1, 0, 99), "nothing to read"),
        ((1, 2, 2), "nothing to read"),
        ((1, -2, 2), "nothing to read"),
        ((3, 6, 7), "nothing to read"),  # a quotation mark alone
    ],
)
def test_a_pointer_to_nothing_is_refused(text: str, span: tuple[int, int, int], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        point("x", copy_of(text), *span)


def test_the_digest_holds_all_its_pointers(digest: Copy, ledger: Ledger) -> None:
    (document,) = ledger.documents.values()
    readings = check(digest, document)
    assert len(readings) == 206
    assert {reading.status for reading in readings} == {"ok"}


def test_one_changed_character_of_the_digest_names_the_claims_touched(digest: Copy, ledger: Ledger) -> None:
    (document,) = ledger.documents.values()
    line = ledger.passages["digest-88iv-2025-01.p06"].number - 1
    lines = list(digest.lines)
    lines[line] = lines[line].replace("120", "130")
    readings = check(Copy(digest.name, "0" * 64, lines), document)
    assert {reading.claim for reading in readings if reading.status != "ok"} == {"sc-06-02"}
