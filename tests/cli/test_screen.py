"""What people see of an answer: one screen, how much more there is, styles and links where those show, languages."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from tests.cli.tried import DAY, RULE
from tests.running import Run

from dualuse.cli import output, progress
from dualuse.show.grid import width_of
from dualuse.show.look import HEIGHT, Look, look_of, style_of

PERIOD = ("changes", "--from", "2025-01-01", "--to", "2025-03-01")
STYLE = re.compile(r"\x1b\[[\d;]*m")
LINK = re.compile(r"\x1b]8;;([^\x1b]*)\x1b\\")
ADDRESS = re.compile(r"https?://\S+")


class Terminal(StringIO):
    """A terminal that keeps what it is shown."""

    def isatty(self) -> bool:
        return True


def folded(text: str) -> int:
    """How many entries are said to be folded away."""
    more = re.findall(r"… and ([\d,]+) more: --all", text) + re.findall(r"\(([\d,]+)\): --all", text)
    return sum(int(number.replace(",", "")) for number in more)


def test_one_screen_and_how_much_more(run: Run) -> None:
    short, whole = run(*PERIOD).stdout, run(*PERIOD, "--all").stdout
    card = json.loads(run(*PERIOD, "--format", "json").stdout)
    rows, because = card["answer"]["changes"], card["because"]
    assert len(short.splitlines()) < 1.5 * HEIGHT < len(rows) < len(whole.splitlines())
    assert folded(short) > len(rows)
    assert folded(whole) == 0
    squeezed = " ".join(whole.split())
    assert [row["what"] for row in rows if " ".join(row["what"].split()[:3]) not in squeezed] == []
    assert f"[{len(because)}] " in whole
    assert f"Changes ({len(rows)})" in short
    assert "What is not known" in short


def test_what_is_folded_adds_up(run: Run) -> None:
    """Rows shown and rows folded away are all there are, group by group."""
    card = json.loads(run(*PERIOD, "--format", "json").stdout)
    text = run(*PERIOD).stdout
    table = text.partition("\nChanges (")[2].partition("\nReceipts (")[0]
    shown = len(re.findall(r"^\d{4}(?:-\d\d)*  ", table, re.MULTILINE))
    assert shown + folded(table) == len(card["answer"]["changes"])
    receipts = text.partition("\nReceipts (")[2].partition("\nSources\n")[0]
    assert len(re.findall(r"^\[\d+\] ", receipts, re.MULTILINE)) + folded(receipts) == len(card["because"])


@pytest.mark.parametrize("columns", ["80", "120"])
@pytest.mark.parametrize(
    "arguments", [("affected", "--by", RULE, *DAY), ("status", RULE, *DAY), ("why", "TSMC", RULE, *DAY)], ids=" ".join
)
def test_it_fits_its_width(run: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    lines = run(*arguments).stdout.splitlines()
    assert max(map(width_of, lines)) <= int(columns)
    assert len(lines) < 1.7 * HEIGHT


def test_an_address_stands_once_and_whole_when_asked_for(run: Run) -> None:
    arguments = ("status", RULE, *DAY)
    card = json.loads(run(*arguments, "--format", "json").stdout)
    short, whole = run(*arguments).stdout, run(*arguments, "--all").stdout
    assert len(card["because"]) > len({each["source"] for each in card["because"]})
    for text in (short, whole):
        assert (found := ADDRESS.findall(text))
        assert len(found) == len(set(found))
    assert {each["source"] for each in card["because"]} == set(ADDRESS.findall(whole))
    assert "https://www.federalregister.gov/d/2025-00636\n" in short


def test_parties_are_folded_by_role_and_effect(run: Run) -> None:
    text = run("affected", "--by", RULE, *DAY).stdout
    assert re.search(r"^supplier · capped \(\d+\)  ", text, re.MULTILINE)
    assert re.search(r"^barred \(\d+\)  ", text, re.MULTILINE)
    assert re.search(r", \d+ more$", text, re.MULTILINE)
    assert "each by itself: --all" in text
    whole = run("affected", "--by", RULE, *DAY, "--all").stdout
    assert "each by itself" not in whole
    assert whole.count("For example: ") > 20


# --- styles


def test_colours_say_nothing_by_themselves(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = ("status", RULE, *DAY)
    plain = run(*arguments).stdout
    assert "\x1b" not in plain
    monkeypatch.setenv("FORCE_COLOR", "1")
    styled = run(*arguments).stdout
    assert STYLE.sub("", styled) == plain
    assert f"\x1b[{style_of('status', 'not-enforced')}mnot-enforced\x1b[0m" in styled
    monkeypatch.setenv("NO_COLOR", "1")
    assert run(*arguments).stdout == plain


def test_a_file_has_no_styles(run: Run, monkeypatch: pytest.MonkeyPatch, clean: Path) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    assert run("groups", "CH", *DAY, "-o", "card.txt").returncode == 0
    assert "\x1b" not in (clean / "card.txt").read_text("utf-8")


def test_links_lead_to_sources(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    text = run("groups", "CH", *DAY).stdout
    assert "https://www.ecfr.gov/current/title-15/section-742.6" in LINK.findall(text)
    assert all(address == "" or address.startswith("https://") for address in LINK.findall(text))
    assert "https://" not in LINK.sub("", text)
    assert "[b] ecfr.gov/current/title-15/part-740/appendix-Supplement No. 1 to Part 740" in LINK.sub("", text)


@pytest.mark.parametrize(
    ("told", "here", "bold", "colour", "links"),
    [
        ({"TERM": "xterm-256color"}, True, True, True, False),
        ({"TERM": "xterm-256color"}, False, False, False, False),
        ({"TERM": "dumb"}, True, False, False, False),
        ({}, True, False, False, False),
        ({"TERM": "xterm", "NO_COLOR": "1"}, True, True, False, False),
        ({"TERM": "xterm", "NO_COLOR": ""}, True, True, True, False),
        ({"FORCE_COLOR": "1"}, False, True, True, False),
        ({"FORCE_COLOR": "0"}, False, False, False, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False, False, False),
        ({"TERM": "xterm", "VTE_VERSION": "6003"}, True, True, True, True),
        ({"TERM": "xterm", "VTE_VERSION": "3405"}, True, True, True, False),
        ({"TERM": "xterm-kitty"}, True, True, True, True),
        ({"TERM": "xterm", "TERM_PROGRAM": "iTerm.app"}, True, True, True, True),
        ({"TERM": "screen", "TERM_PROGRAM": "iTerm.app"}, True, True, True, False),
        ({"TERM": "xterm-kitty", "FORCE_HYPERLINK": "0"}, True, True, True, False),
        ({"FORCE_HYPERLINK": "1"}, False, False, False, True),
    ],
)
def test_what_a_terminal_shows(
    monkeypatch: pytest.MonkeyPatch, told: dict[str, str], here: bool, bold: bool, colour: bool, links: bool
) -> None:
    for name in ("TERM", "NO_COLOR", "FORCE_COLOR", "FORCE_HYPERLINK", "TERM_PROGRAM", "VTE_VERSION", "WT_SESSION"):
        monkeypatch.delenv(name, raising=False)
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdout", Terminal() if here else StringIO())
    look = look_of()
    assert (look.bold, look.colour, look.links) == (bold, colour, links)
    assert look_of(plain=True) == Look(look_of(plain=True).width)


def test_what_is_no_web_address_is_no_link() -> None:
    look = Look(links=True)
    for address in ("javascript:alert(1)", "http://example.org", "https://example.org/\x1b]8;;x", "https://a b"):
        assert look.link(address, "a") == "a"
    assert look.link("https://example.org/", "a") == "\x1b]8;;https://example.org/\x1b\\a\x1b]8;;\x1b\\"


def test_all_goes_through_a_pager_on_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    paged: list[str] = []
    monkeypatch.setattr("click.echo_via_pager", lambda text, color: paged.append(text))
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.delenv("LESS", raising=False)
    output._to_screen("line\n" * 100, paged=True)
    output._to_screen("line\n" * 3, paged=True)
    output._to_screen("line\n" * 100, paged=False)
    assert paged == ["line\n" * 100]
    assert os.environ["LESS"] == "FRX"


# --- waiting


def shown_while(stream: StringIO, wanted: Callable[[], bool]) -> str:
    """What is shown while something goes on until it has been shown."""
    with progress.waiting("asking"):
        while not wanted():
            time.sleep(0.001)
    return stream.getvalue()


def test_a_sign_turns_and_is_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(progress, "_PATIENCE", 0)
    monkeypatch.setenv("TERM", "xterm")
    text = shown_while(stream, lambda: "asking" in stream.getvalue())
    assert text.startswith("\r⠋ asking …")
    assert text.endswith("\r\x1b[K")


@pytest.mark.parametrize(("stream", "term"), [(StringIO(), "xterm"), (Terminal(), "dumb"), (Terminal(), "")])
def test_no_sign_where_nobody_sees_it(monkeypatch: pytest.MonkeyPatch, stream: StringIO, term: str) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(progress, "_PATIENCE", 0)
    monkeypatch.setenv("TERM", term)
    assert shown_while(stream, lambda: True) == ""
    assert progress._waiting == []


def test_what_is_soon_done_shows_no_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(progress, "_PATIENCE", 3600)
    monkeypatch.setenv("TERM", "xterm")
    assert shown_while(stream, lambda: True) == ""


# --- languages and wrong words


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "zh-Hant",
            ["人工智慧擴散框架", "的效力狀態為何", "時間軸", "日期", "不予執行", "出處", "僅供參考"],
        ),
        ("zh-Hans", ["人工智能扩散框架", "的效力状态如何", "时间轴", "日期", "不予执行", "出处", "仅供参考"]),
    ],
)
def test_an_answer_in_chinese(run: Run, language: str, told: list[str]) -> None:
    arguments = ("status", RULE, *DAY)
    text = run(*arguments, "--lang", language).stdout
    assert [each for each in told if each not in text] == []
    assert run(*arguments, "--lang", language, "-f", "json").stdout == run(*arguments, "-f", "json").stdout
    assert run(*arguments, "--lang", language, "-f", "csv").stdout == run(*arguments, "-f", "csv").stdout
    markdown = run(*arguments, "--lang", language, "-f", "md").stdout
    assert [each for each in told[:5] if each not in markdown] == []
    page = run(*arguments, "--lang", language, "--html", "-").stdout
    assert f'<html lang="{language}">' in page


def test_what_an_answer_makes_of_parts_is_in_chinese_too(run: Run) -> None:
    """Outcomes, goods, sets of places and parties; the same card in any language."""
    asked = ("affected", "--by", RULE, *DAY)
    text = run(*asked, "--lang", "zh-Hant", "--all").stdout
    told = ("須取得許可（推定批准）", "資料中心晶片（H100）", "D:1、D:4、D:5 以外的第 2 級", "北韓", "輝達", "白俄羅斯")
    squeezed = "".join(text.split())
    assert [each for each in told if "".join(each.split()) not in squeezed] == []
    assert not re.search(r"licence \(|no licence|outside the United States", text)
    assert run(*asked, "--lang", "zh-Hant", "-f", "json").stdout == run(*asked, "-f", "json").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("why", RULE, "TSMC"), f"the party comes first, then the measure. Did you mean: why tsmc {RULE}"),
        (("why", "nobody-at-all", "TSMC"), "no organisation or place 'nobody-at-all'"),
        (("status", RULE, "--lens", "enforcd"), "Did you mean 'enforced'?"),
        (("groups", "CH", "--format", "jsn"), "Did you mean 'json'?"),
        (("groups", "CH", "--lang", "zh-hant"), "Did you mean 'zh-Hant'?"),
        (("groups", "CH", "--fromat", "json"), "Did you mean '--format'"),
        (("groups", "CH", "--lang", "klingon"), "'klingon' is not one of 'en', 'zh-Hant', 'zh-Hans'."),
    ],
)
def test_what_may_have_been_meant(run: Run, arguments: tuple[str, ...], message: str) -> None:
    answer = run(*arguments)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert message in answer.stderr


def test_columns_are_honoured(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def widths(columns: Any) -> int:
        monkeypatch.setenv("COLUMNS", str(columns))
        return max(map(width_of, run("groups", "CH", *DAY).stdout.splitlines()))

    assert widths(60) <= 60 < widths("wide") <= 120
