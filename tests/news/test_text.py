"""Texts as passages, sentences and clauses; pages as text; files that are no text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualuse.claims.pointers import read_copy
from dualuse.errors import UsageError
from dualuse.news import Reader, make_text, read_text
from dualuse.news.find.mentions import Mention
from dualuse.news.reader import apart
from dualuse.news.text.page import page_text
from dualuse.news.text.passages import clauses, language_of, lower, plain, sentences

PAGE = """<!DOCTYPE html><html><head><title>Made-up news</title>
<meta property="article:published_time" content="2025-10-09T08:00:00+08:00">
<script>var export_controls = "no";</script><style>p {color: red}</style></head>
<body><nav><a href="/">Home</a> <a>Entity List</a></nav>
<main><article><h1>A made-up headline</h1><p>The ministry issued <b>export controls</b> on Friday.</p>
<p>第二段。</p><aside>Related: H20</aside></article></main>
<footer>Copyright</footer></body></html>"""


@given(st.text())
def test_plain_text_has_the_offsets_of_the_original(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert len(lower(text)) == len(text)


@given(st.text(alphabet="對对一二,，。「」 \n\r\tabc.1", max_size=60))
def test_passages_are_those_that_claims_point_into(text: str) -> None:
    ours = [passage.text for passage in make_text("x", text).passages]
    theirs = read_copy("x", text, "").lines
    assert [part.rstrip("\r") for part in theirs] == [part.rstrip("\r") for part in ours]


@given(st.text(alphabet="對一二,，。！「」 \nab.1", max_size=60))
def test_clauses_lie_in_sentences_and_sentences_in_passages(text: str) -> None:
    read = make_text("x", text)
    for passage in read.passages:
        end = passage.start
        for start, stop in sentences(read, passage):
            assert passage.start <= start <= stop <= passage.end
            assert end <= start
            end = stop
            assert all(start <= low < high <= stop for low, high in clauses(read, start, stop, "zh"))


WIDE = "The rule divides all the places of the world into three tiers, and it puts"
LINES = "該規定將約一百二十個國家列為第二級，並對先進晶片的出口數量設下上限，企業須向美"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"A headline\n\n{WIDE}\ncaps on one.", ["A headline", f"{WIDE} caps on one."]),
        (f"標題\n\n{LINES}\n國商務部申請許可。", ["標題", f"{LINES}國商務部申請許可。"]),
        (f"{WIDE}.\nAnother story.", [f"{WIDE}.", "Another story."]),
        (f"{WIDE}.\nMore of it.\n\nThe end.", [f"{WIDE}.", "More of it.", "The end."]),
        (f"{WIDE}\n{WIDE}.\nMore.\n\nEnd.", [f"{WIDE} {WIDE}. More.", "End."]),
        (f"{LINES}\n{LINES}\n國。", [f"{LINES}{LINES}國。"]),
        (f"{LINES}\n短標題\n{LINES}", [LINES, "短標題", LINES]),
        (f"{LINES}\n問：何時生效？\n\n完", [LINES, "問：何時生效？", "完"]),
        (f"{LINES}\n▲荷蘭：經濟部表示研究中。", [LINES, "▲荷蘭：經濟部表示研究中。"]),
        ("Short lines\nof a poem", ["Short lines", "of a poem"]),
    ],
)
def test_lines_broken_at_a_width_are_joined(text: str, lines: list[str]) -> None:
    read = make_text("x", text)
    assert [passage.text for passage in read.passages] == lines == list(read_copy("x", text, "").lines)
    assert read.joined == (len(lines) < len([line for line in text.split("\n") if line]))


def test_scripts_are_evened_out() -> None:
    assert plain("臺灣發佈，採取ＡＩ「禁令」") == plain("台湾发布,采取AI「禁令」")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("美國公布新規定", "zh-Hant"),
        ("美国公布新规定", "zh-Hans"),
        ("NVIDIA 反對", "zh-Hant"),
        ("The rule", "en"),
        ("ルールです", "ja"),
        ("123", "und"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert language_of(text) == language


def test_sentences_keep_abbreviations_and_quotations_whole() -> None:
    text = make_text("x", "The U.S. Commerce Dept. of Jan. 5 acted. Mr. Wu said 3.5 was enough! 他說「好。」然後走了。")
    words = [text.original[slice(*span)] for span in sentences(text, text.passages[0])]
    assert words[1:] == ["Mr. Wu said 3.5 was enough!", "他說「好。」", "然後走了"]


def test_clauses_leave_numbers_and_brackets_whole() -> None:
    text = make_text("x", "共50,000個,中國(含香港,澳門)等,旨在防堵")
    parts = clauses(text, 0, len(text.original), "zh")
    assert [text.original[slice(*part)] for part in parts] == ["共50,000個", "中國(含香港,澳門)等", "旨在防堵"]


def test_page() -> None:
    lines = page_text(PAGE).split("\n")
    assert lines == [
        "2025-10-09T08:00:00+08:00",
        "Made-up news",
        "A made-up headline",
        "The ministry issued export controls on Friday.",
        "第二段。",
    ]


def test_files(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, "utf-8")
    assert read_text(page).form == "html"
    assert read_text(page, "text").original == PAGE
    note = tmp_path / "note.txt"
    note.write_bytes(b"\xef\xbb\xbfone\r\n\r\ntwo\n")
    assert [passage.text for passage in read_text(note).passages] == ["one", "two"]
    assert read_text(note).original.startswith("one")
    big5 = tmp_path / "big5.html"
    big5.write_bytes('<html><head><meta charset="big5"></head><body><p>出口管制</p></body></html>'.encode("big5"))
    assert read_text(big5).original == "出口管制"
    for name, content in (("empty.txt", b""), ("blank.txt", b" \n\n")):
        (tmp_path / name).write_bytes(content)
        assert read_text(tmp_path / name).passages == ()


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    wrong = tmp_path / "big5.txt"
    wrong.write_bytes("出口管制".encode("big5"))
    with pytest.raises(UsageError, match=r"not UTF-8 .*iconv"):
        read_text(wrong)
    with pytest.raises(UsageError, match="cannot be read"):
        read_text(tmp_path / "none.txt")


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", ""),
        (bytes(range(256)) * 9, "not UTF-8"),
        ("美国公布芯片出口管制新规".encode("gbk"), "not UTF-8"),
        ("美國公布晶片出口管制新規".encode("big5"), "not UTF-8"),
        ("美國公布晶片出口管制新規".encode("utf-16"), ""),
        ("美國公布晶片出口管制新規".encode("utf-16")[:-1], ""),
        ("قالت export controls \u202e 120 countries".encode(), ""),
        (b"export controls \x00 on 12 countries", ""),
        (f"出口管制涉及{'9' * 400}國,至{'8' * 400}億美元,上{'百' * 400}家".encode(), ""),
    ],
)
def test_any_file_gives_a_reading_or_a_message(reader: Reader, tmp_path: Path, raw: bytes, told: str) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(raw)
    if told:
        with pytest.raises(UsageError, match=told):
            read_text(path)
    else:
        assert reader.read(read_text(path), relevant="yes").text.name == "text.txt"


SPAN = st.tuples(st.integers(0, 60), st.integers(1, 12)).map(lambda each: (each[0], each[0] + each[1]))


@given(st.lists(SPAN), st.lists(SPAN))
def test_mentions_apart_from_spans_touch_none(these: list[tuple[int, int]], spans: list[tuple[int, int]]) -> None:
    mentions = [Mention(low, high, "", "place", "", "", "") for low, high in these]
    wanted = [m for m in mentions if not any(low < m.end and m.start < high for low, high in spans)]
    assert apart(mentions, spans) == wanted
