"""Every kind of fault in curated data is reported with its file, line and key, and with what to do."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any, get_args

import pytest
from tests.load.spoiling import append, first_key, only, problems, replace, rows, set_cell, write
from tests.running import Run

from dualuse.build import build
from dualuse.errors import CuratedDataError, Problem
from dualuse.load.curated import read_curated
from dualuse.model.base import Url
from dualuse.model.fields import Form, fields_of, plain
from dualuse.model.tables import TABLES, table_of

RULE = "instruments/us-ai-diffusion-ifr-2025-01.yml"
CHIP = "products/h100-sxm.yml"


def test_shipped_data_read(data_copy: Path) -> None:
    curated = read_curated(data_copy)
    assert set(curated.tables) == {table.name for table in TABLES}
    assert all(curated.counts().values())


def test_unknown_key_in_yaml(data_copy: Path) -> None:
    line = append(data_copy / CHIP, "colour: red\n")
    found = only(data_copy)
    assert (found.file, found.line, found.key) == (CHIP, line, "colour")
    assert found.message.startswith("unknown key; known keys: ")


def test_misspelt_key_in_yaml(data_copy: Path) -> None:
    line = append(data_copy / CHIP, "alias: H100\n")
    assert only(data_copy) == Problem(CHIP, line, "alias", "unknown key; did you mean 'aliases'?")


def test_duplicate_id_in_a_table(data_copy: Path) -> None:
    table = rows(data_copy / "items.csv")
    key, line = first_key(data_copy / "items.csv"), len(table) + 1
    write(data_copy / "items.csv", [*table, table[1]])
    assert only(data_copy) == Problem(
        "items.csv", line, key, "key already used at items.csv:2; keys are unique in items"
    )


def test_duplicate_id_across_files_of_a_folder(data_copy: Path) -> None:
    key, row = first_key(data_copy / "sources/law.csv"), rows(data_copy / "sources/law.csv")[1]
    line = append(data_copy / "sources/statements.csv", "")
    write(data_copy / "sources/statements.csv", [*rows(data_copy / "sources/statements.csv"), row])
    assert only(data_copy) == Problem(
        "sources/statements.csv", line, key, "key already used at sources/law.csv:2; keys are unique in sources"
    )


DATE = r"^( +)date: .*$"
LINES = (
    (RULE, r"^( +)effect: ", r"\1efect: x\n\1effect: ", "events.0.efect", r"unknown key; did you mean 'effect'\?$"),
    (
        RULE,
        DATE,
        r"\1date: 2025-13-40",
        "events.0.date",
        r"'2025-13-40' is not a day of the calendar \(month must be in",
    ),
    (RULE, DATE, r"\1date: 2025-02-30", "events.0.date", "'2025-02-30' is not a day of the calendar"),
    (RULE, DATE, r"\1date: 15 May 2025", "events.0.date", "'15 May 2025' is not a date; write YYYY, YYYY-MM or"),
    (RULE, DATE, r"\1date: 2025/05/15", "events.0.date", "'2025/05/15' is not a date; write YYYY, YYYY-MM or"),
    (
        *(RULE, r"^( +)effect: announced$", r"\1effect: rescinded", "events.0.effect"),
        "'rescinded' is not allowed; 'binding', 'announced' or 'opinion'$",
    ),
    (
        *(CHIP, "- nvidia$", "- nvidea", "designers.0"),
        r"'nvidea' is not in organisations\. Nearest: nvidia.*Add it there or fix the key\.$",
    ),
    *((CHIP, "^tpp: .*$", f"tpp: {number}", "tpp", "") for number in ("nan", "inf", "-inf")),
    (CHIP, "^tpp: .*$", "tpp: many", "tpp", "'many': Input should be a valid number"),
)
"""File, line of it, what is written in its place, key that is named, and how the message begins."""


@pytest.mark.parametrize(("file", "line", "new", "key", "message"), LINES)
def test_a_wrong_line(data_copy: Path, file: str, line: str, new: str, key: str, message: str) -> None:
    at = replace(data_copy / file, line, new)
    found = only(data_copy)
    assert (found.file, found.line, found.key) == (file, at, key)
    assert re.match(message, found.message), found.message


AUSTRIA = ("memberships.csv", "eu.at")
SOURCES = ("places.csv", "CH", "sources")
CELLS = (
    (*AUSTRIA, "observed_from", "2020-02-31", "observed_from", "'2020-02-31' is not a day of the calendar"),
    (*AUSTRIA, "group", "eu-x", "group", r"'eu-x' is not in groups\..*Add it there or fix the key\.$"),
    (*AUSTRIA, "standing", "friend", "standing", "'friend' is not allowed; 'member', 'contested' or 'not-a-member'$"),
    (*AUSTRIA, "confidence", "sure", "confidence", "'sure' is not allowed; 'high', 'medium' or 'low'$"),
    (*SOURCES, "", "sources", "missing; every row needs it$"),
    (*SOURCES, " | ", "sources", ".*at least 1 item"),
    (*SOURCES, "iso-3166 | iso-3167", "sources.1", r"'iso-3167' is not in sources\. Nearest: iso-3166"),
)
"""Table, row, column, what is written there, key that is named, and how the message begins."""


@pytest.mark.parametrize(("table", "row", "column", "value", "key", "message"), CELLS)
def test_a_wrong_cell(data_copy: Path, table: str, row: str, column: str, value: str, key: str, message: str) -> None:
    line = set_cell(data_copy / table, row, column, value)
    found = only(data_copy)
    assert (found.file, found.line, found.key) == (table, line, key)
    assert re.match(message, found.message), found.message


def test_missing_source_in_yaml(data_copy: Path) -> None:
    replace(data_copy / CHIP, r"^sources:\n( *- .*\n)+", "")
    assert only(data_copy) == Problem(CHIP, 1, "sources", "missing; every row needs it")


def test_broken_reference_inside_a_nested_record(data_copy: Path) -> None:
    events = replace(data_copy / RULE, r"^events:$", "events:")
    text = (data_copy / RULE).read_text("utf-8").split("\n")
    line = next(n for n, words in enumerate(text[events:], events + 1) if words.endswith("- fr-2025-00636"))
    text[line - 1] = text[line - 1].replace("fr-2025-00636", "fr-2025-00636x")
    (data_copy / RULE).write_text("\n".join(text), "utf-8")
    found = only(data_copy)
    assert (found.file, found.line) == (RULE, line)
    assert re.fullmatch(r"events\.\d+\.sources\.\d+", found.key)
    assert "Nearest: fr-2025-00636" in found.message


def pointers(record: type[Any]) -> set[str]:
    """Tables that the fields of a record, and of the records inside it, point to."""
    found = {table for field in fields_of(record) if (table := table_of(field)) is not None}
    return found.union(*(pointers(part) for field in fields_of(record) if (part := field.part) not in (None, record)))


def test_every_reference_is_checked(data_copy: Path) -> None:
    """Take each table away in turn; whatever points into it must complain."""
    pointed_at = {to for table in TABLES for to in pointers(table.record) if to != table.name.partition(".")[0]}
    assert len(pointed_at) >= 8
    for name in sorted(pointed_at):
        place = next(p for p in (data_copy / f"{name}{end}" for end in ("", ".csv", ".yml")) if p.exists())
        away = data_copy.parent / "away"
        place.rename(away)
        found = [problem for problem in problems(data_copy) if f"is not in {name}." in problem.message]
        away.rename(place)
        assert found, name


def test_reversed_dates(data_copy: Path) -> None:
    set_cell(data_copy / "memberships.csv", "eu.at", "valid_from", "2025-05-15")
    line = set_cell(data_copy / "memberships.csv", "eu.at", "valid_to", "2025-05-15")
    assert only(data_copy) == Problem(
        "memberships.csv", line, "eu.at", "valid_to 2025-05-15 is not after valid_from 2025-05-15"
    )


def test_reversed_term_of_an_event(data_copy: Path) -> None:
    line = replace(data_copy / RULE, r"^( +)effect: announced$", r"\1effect: announced\n\1until: 2020-01-01")
    found = only(data_copy)
    assert (found.file, found.line, found.key) == (RULE, line - 2, "events.0")
    assert found.message == "until 2020-01-01 is before date 2025-01-13"


def test_unsorted_rows(data_copy: Path) -> None:
    table = rows(data_copy / "items.csv")
    table[1], table[2] = table[2], table[1]
    write(data_copy / "items.csv", table)
    first, second = (row[table[0].index("key")] for row in table[1:3])
    assert only(data_copy) == Problem("items.csv", 3, second, f"rows are sorted by key; {first!r} stands before")


@pytest.mark.parametrize("key", ["EU.AT", "eu at", "eu_at", "eu..at", "-eu", "eu/at", "x" * 101])
def test_wrong_id_in_a_table(data_copy: Path, key: str) -> None:
    line = set_cell(data_copy / "memberships.csv", "eu.at", "key", key)
    found = next(problem for problem in problems(data_copy) if problem.key == "key")
    assert (found.file, found.line) == ("memberships.csv", line)
    assert key in found.message


def test_wrong_id_of_a_file(data_copy: Path) -> None:
    stems = ["H100", "h100 sxm", "h100_sxm", "輝達"]
    for stem in stems:
        shutil.copy(data_copy / CHIP, data_copy / f"products/{stem}.yml")
    message = "wrong id: the file name must be lower-case letters and digits joined by '-' or '.'"
    assert problems(data_copy) == sorted(Problem(f"products/{stem}.yml", 1, stem, message) for stem in stems)


def test_unknown_bearer_lists_the_known(data_copy: Path) -> None:
    key = first_key(data_copy / "measures.csv")
    set_cell(data_copy / "measures.csv", key, "bearers", "exporter | smuggler")
    found = only(data_copy)
    assert found.key == "bearers.1"
    assert found.message.startswith("'smuggler' is not allowed; 'exporter', ")


@pytest.mark.parametrize(
    ("language", "text", "size"),
    [("en", "word " * 15 + "word", "16 words"), ("zh-Hant", "字" * 41, "41 characters")],
)
def test_quotation_too_long(data_copy: Path, language: str, text: str, size: str) -> None:
    path = next(path for path in sorted((data_copy / "statements").iterdir()) if "\nquotation:" in path.read_text())
    quotation = f"quotation:\n  text: {text}\n  language: {language}\n  check: re-read\n  confidence: high\n"
    line = replace(path, r"^quotation:\n(  .*\n)+", quotation)
    found = only(data_copy)
    assert (found.file, found.line, found.key) == (f"statements/{path.name}", line, "quotation")
    assert found.message.startswith(f"quotation of {size}; at most ")


def test_longest_quotation_allowed(data_copy: Path) -> None:
    path = next(path for path in sorted((data_copy / "statements").iterdir()) if "\nquotation:" in path.read_text())
    quotation = f"quotation:\n  text: {'字' * 40}\n  language: zh-Hans\n  check: re-read\n  confidence: high\n"
    replace(path, r"^quotation:\n(  .*\n)+", quotation)
    read_curated(data_copy)


def test_url_without_a_scheme(data_copy: Path) -> None:
    table = rows(data_copy / "sources/law.csv")
    key = next(row[table[0].index("key")] for row in table[1:] if row[table[0].index("url")])
    line = set_cell(data_copy / "sources/law.csv", key, "url", "www.example.org")
    found = only(data_copy)
    assert (found.file, found.line, found.key) == ("sources/law.csv", line, "url")


def test_everything_at_once_and_sorted(data_copy: Path) -> None:
    expected = {
        (CHIP, append(data_copy / CHIP, "colour: red\n"), "colour"),
        (RULE, replace(data_copy / RULE, r"^( +)date: .*$", r"\1date: 2025-13-40"), "events.0.date"),
        ("groups.csv", set_cell(data_copy / "groups.csv", "eu", "role", "club"), "role"),
        ("places.csv", set_cell(data_copy / "places.csv", "CH", "sources", "nowhere"), "sources.0"),
        ("places.csv", set_cell(data_copy / "places.csv", "AD", "confidence", "sure"), "confidence"),
        ("stray.csv", 1, "?"),
    }
    (data_copy / "stray.csv").write_text("a\n", "utf-8")
    found = problems(data_copy)
    assert {(problem.file, problem.line, problem.key) for problem in found} == expected
    assert found == sorted(found, key=lambda problem: (problem.file, problem.line))


def test_build_refuses(data_copy: Path) -> None:
    steps: list[str] = []
    append(data_copy / CHIP, "colour: red\n")
    with pytest.raises(CuratedDataError):
        build(data_copy, progress=steps.append)
    assert steps == ["read curated data"]


@pytest.mark.parametrize("command", ["build", "validate"])
def test_command_reports_every_problem_and_exits_1(run: Run, data_copy: Path, store_dir: Path, command: str) -> None:
    before = run("export", "--format", "nquads")
    assert before.returncode == 0
    append(data_copy / CHIP, "colour: red\n")
    set_cell(data_copy / "places.csv", "CH", "sources", "iso-3167")
    pointer = (store_dir / "CURRENT").read_bytes()
    answer = run(command, "--data", data_copy)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr.startswith(f"Error: {CHIP}:") or "\n" + CHIP in answer.stderr
    assert "colour: unknown key" in answer.stderr
    assert "sources.0: 'iso-3167' is not in sources. Nearest: iso-3166" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert (store_dir / "CURRENT").read_bytes() == pointer
    assert run("export", "--format", "nquads").stdout == before.stdout


@pytest.mark.parametrize(
    ("hidden", "name"),
    [
        ("\\e", "U+001B"),
        ("\\t", "U+0009"),
        ("\\x9b", "U+009B"),
        ("\\u202e", "U+202E, RIGHT-TO-LEFT OVERRIDE"),
        ("\\u2066", "U+2066, LEFT-TO-RIGHT ISOLATE"),
        ("\\ue000", "U+E000"),
        ("\\u2028", "U+2028, LINE SEPARATOR"),
        ("\\ufeff", "U+FEFF"),
    ],
)
def test_a_character_that_cannot_be_seen(data_copy: Path, hidden: str, name: str) -> None:
    line = replace(data_copy / CHIP, "^name: .*$", f'name: "A{hidden.replace(chr(92), chr(92) * 2)}B"')
    found = only(data_copy)
    assert (found.file, found.line) == (CHIP, line)
    assert found.message.startswith(f"character 2 is {name}")


def test_a_character_that_cannot_be_seen_in_a_table(data_copy: Path) -> None:
    table = data_copy / "memberships.csv"
    line = set_cell(table, first_key(table), "note", "left \u202eright")
    assert (only(data_copy).line, "U+202E" in only(data_copy).message) == (line, True)


def test_a_line_end_in_a_title(data_copy: Path) -> None:
    table = data_copy / "sources" / "law.csv"
    line = set_cell(table, first_key(table), "title", "One\nTwo")
    found = only(data_copy)
    assert (found.line, found.message) == (line, "character 4 is U+000A, a line end; take it out or write it in words")


@pytest.mark.parametrize(
    "code",
    [
        *(0x0A, 0x0D, 0xAD, 0x34F, 0x115F, 0x1160, 0x17B4, 0x180E, 0x200B, 0x200D, 0x2060, 0x2800, 0x3164, 0xFDD0),
        *(0xFDEF, 0xFFA0, 0xFFF9, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF, 0xE0001, 0xE007F, 0xF0000, 0xD800),
    ],
)
def test_a_sign_that_is_not_drawn_or_none(code: int) -> None:
    with pytest.raises(ValueError, match=f"character 2 is U\\+{code:04X}, "):
        plain(f"A{chr(code)}B")


@pytest.mark.parametrize(
    "text", ["輝達（NVIDIA）", "é e\u0301 ü", "한국어 עברית", "全形\u3000空白", "a\u00a0b", "葛\U000e0100城"]
)
def test_a_text_that_can_be_seen(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize("address", ["https://[x", "https://a..b/", "https://a.b/" + "x" * 100_000])
def test_an_address_that_is_none(data_copy: Path, address: str) -> None:
    source = next((data_copy / "sources").glob("*.csv"))
    line = set_cell(source, first_key(source), "url", address)
    found = only(data_copy)
    assert (found.file, found.line, found.key) == (f"sources/{source.name}", line, "url")
    assert repr(address)[:150] in found.message
    assert len(found.message) < 1_000


ADDRESS = re.compile(str(next(each.pattern for each in get_args(Url) if isinstance(each, Form))))


@pytest.mark.parametrize(
    "address",
    [
        *("https://[x", "https://a.b/%zz", "https://a.b/#c#d", "https://a.b/[c]", "ftp://a.b/", "https://a b/"),
        *(
            "https://",
            "a.b",
            "https://./",
            "https://a..b/",
            "https://.a/",
            "https://-/",
            "https://-a.b/",
            "https://a-.b/",
        ),
        *("https://a.org:99999/", "https://a.org:65536/", "https://a.org:0/", "https://a.org:/", "https://1.2.3.4.5/"),
        *("https://1.2.3.256/", "https://1.2.3/", "https://a.1/", f"https://{'a' * 64}.org/", f"https://{'a' * 300}/"),
        *(f"https://{'a.' * 200}org/", "https://u:p@a.org/"),
    ],
)
def test_no_address_of_the_web(address: str) -> None:
    assert not ADDRESS.search(address)


@pytest.mark.parametrize(
    "address",
    [
        *("https://a.org", "http://a-b.c1.example.org:8080/x?y=(z)#e", "https://127.0.0.1:65535/", "http://localhost/"),
        *("https://xn--fiqs8s.cn/%E5%8F%B0", "https://1.2.3.4", f"https://{'a' * 63}.org/"),
    ],
)
def test_an_address_of_the_web(address: str) -> None:
    assert ADDRESS.search(address)
