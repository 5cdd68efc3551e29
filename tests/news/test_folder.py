"""Many texts of a folder: text, JSON lines and web archives; what is bad is named, and the rest is read."""

from __future__ import annotations

import gzip
import importlib.util
import json
from datetime import date
from pathlib import Path

import pytest

from dualuse.errors import MissingExtraError, UsageError
from dualuse.news.text import folder as reading
from dualuse.news.text.folder import Bad, Given, pieces_of, sources

WORDS = "美國政府13日公布AI晶片出口管制新規。"


def read(folder: Path, size: int = 1 << 20) -> tuple[list[Given], list[Bad]]:
    pieces, bad = pieces_of(folder, size)
    found = [each for piece in pieces for each in sources(piece)]
    return [each for each in found if isinstance(each, Given)], bad + [e for e in found if isinstance(e, Bad)]


def line(**told: object) -> str:
    return json.dumps(told, ensure_ascii=False) + "\n"


def test_texts_pages_and_lines(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.txt").write_text(WORDS, "utf-8")
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(WORDS.encode()))
    (tmp_path / "c.html").write_text(f"<html><body><p>{WORDS}</p></body></html>", "utf-8")
    (tmp_path / "d.jsonl").write_text(line(text=WORDS, date="2025-01-14", url="https://example.org/1"), "utf-8")
    (tmp_path / "e.ndjson.gz").write_bytes(gzip.compress(line(text=WORDS, date="2025-01-14T08:00:00Z").encode()))
    good, bad = read(tmp_path)
    assert bad == []
    assert {each.text.original for each in good} == {WORDS}
    named = {each.text.name: each for each in good}
    assert set(named) == {"deep/a.txt", "b.txt.gz", "c.html", "d.jsonl@0", "e.ndjson.gz@0"}
    assert (named["d.jsonl@0"].written, named["d.jsonl@0"].address) == (date(2025, 1, 14), "https://example.org/1")
    assert named["e.ndjson.gz@0"].written == date(2025, 1, 14)
    assert named["c.html"].text.form == "html"


def test_what_is_bad_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        "no json\n\n[1]\n" + line(text=3) + line(text=WORDS, date="13th") + line(text=WORDS), "utf-8"
    )
    (tmp_path / "b.txt").write_bytes("晶片".encode("big5"))
    (tmp_path / "c.pdf").write_bytes(b"%PDF")
    (tmp_path / "d.txt.gz").write_bytes(b"no gzip")
    whole = gzip.compress("".join(line(text=WORDS, id=str(n)) for n in range(9_000)).encode())
    (tmp_path / "e.jsonl.gz").write_bytes(whole[: len(whole) * 2 // 3])
    good, bad = read(tmp_path)
    told = {(each.file, each.place): each.why for each in bad}
    assert {file for file, _ in told} == {"a.jsonl", "b.txt", "c.pdf", "d.txt.gz", "e.jsonl.gz"}
    assert told["a.jsonl", "byte 0"].startswith("no JSON")
    assert told["a.jsonl", "byte 9"] == 'no object with a "text"'
    assert sum(file == "a.jsonl" for file, _ in told) == 4
    assert "not UTF-8" in told["b.txt", ""]
    assert told["e.jsonl.gz", ""].startswith("it breaks off")
    names = [each.text.name for each in good]
    assert sum(name.startswith("a.jsonl") for name in names) == 2  # one without its day
    assert len([name for name in names if name.startswith("e.jsonl.gz")]) > 1_000  # what came before the break


def test_every_line_is_read_once_however_a_file_is_cut(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("".join(line(text=f"{WORDS}{'x' * (n % 7)}") for n in range(40)), "utf-8")
    whole, _ = read(tmp_path)
    assert len(whole) == 40
    for size in (1, 7, 64, 100, 1000):
        cut, bad = read(tmp_path, size)
        assert [each.text.name for each in cut] == [each.text.name for each in whole]
        assert bad == []


def test_a_line_without_end_is_bad_and_the_next_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_MOST_BYTES", 100)
    (tmp_path / "a.jsonl").write_text("x" * 1000 + "\n" + line(text="short"), "utf-8")
    good, bad = read(tmp_path)
    assert [each.text.original for each in good] == ["short"]
    assert bad[0].place == "byte 0"


def test_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has no file"):
        pieces_of(tmp_path)
    with pytest.raises(UsageError, match="is not there"):
        pieces_of(tmp_path / "none")


def test_archives_need_their_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.warc.wet.gz").write_bytes(b"")
    monkeypatch.setattr(reading, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"warcio: pip install 'dualuse\[spark\]'"):
        pieces_of(tmp_path)


def record(kind: str, form: str, content: bytes, address: str = "") -> bytes:
    """A record of a web archive."""
    told = {"WARC-Type": kind, "WARC-Date": "2025-01-14T00:00:00Z", "Content-Type": form}
    told |= {"WARC-Target-URI": address} if address else {}
    told |= {"WARC-Record-ID": "<urn:uuid:00000000-0000-4000-8000-000000000000>", "Content-Length": str(len(content))}
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"WARC/1.0\r\n{head}\r\n".encode() + content + b"\r\n\r\n"


@pytest.mark.skipif(importlib.util.find_spec("warcio") is None, reason="warcio is not installed")
@pytest.mark.parametrize("packed", [False, True])
def test_archives(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    page = f"<html><body><p>{WORDS}</p></body></html>".encode()
    parts = [record("warcinfo", "application/warc-fields", b"software: made up\r\n")]
    for number, (status, kind, raw) in enumerate(
        [
            ("200 OK", "text/html; charset=utf-8", page),
            ("404 Not Found", "text/html", page),
            ("200 OK", "image/png", b"\x89PNG"),
            ("200 OK", "text/html", b"\xff\xff\xff<html>"),
        ]
    ):
        http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + raw
        parts.append(record("response", "application/http; msgtype=response", http, f"https://example.org/{number}"))
    for words in (WORDS, WORDS * 50):
        parts.append(record("conversion", "text/plain", words.encode(), "https://example.org/wet"))
    path.write_bytes(b"".join(map(gzip.compress, parts) if packed else parts))
    good, bad = read(tmp_path)
    assert [each.text.original for each in good if each.address.endswith(("/0", "/wet"))] == [WORDS, WORDS, WORDS * 50]
    assert good[0].captured
    assert len({each.text.name for each in good}) == len(good)
    path.write_bytes(path.read_bytes()[: -200 if not packed else -40])
    again, broken = read(tmp_path)
    assert len(again) == len(good) - 1
    assert len(broken) == len(bad) + 1
    assert "breaks off" in broken[-1].why
