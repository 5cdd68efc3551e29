"""Reading the news as an answer: what texts say about export controls, who says it, and the candidates they make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from dualuse.card import Card, Receipt, Unknown, unique
from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.namespaces import thing
from dualuse.news.reader import Reader
from dualuse.news.reading import Reading
from dualuse.news.review.gold import GoldClaim, GoldMention, gold_claims, gold_mentions, read_coding, read_rows
from dualuse.news.review.rows import ROWS, document, views
from dualuse.news.review.score import score
from dualuse.news.text.passages import Form, read_text

_SUFFIXES = (".txt", ".md", ".html", ".htm", ".xhtml")


def texts_of(paths: Sequence[Path]) -> list[Path]:
    """Files named, and texts and pages in folders named, sorted.

    Raises:
        UsageError: nothing is there to read.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(file for file in path.rglob("*") if file.suffix.lower() in _SUFFIXES and file.is_file())
            if not inside:
                raise UsageError(f"{path} has no text to read; looked for {', '.join(_SUFFIXES)}")
            found += inside
        elif path.is_file():
            found.append(path)
        else:
            raise UsageError(f"{path} is not there; give a text, a page or a folder of them")
    return list(dict.fromkeys(found))


def read_news(
    knowledge: Knowledge, paths: Sequence[Path], form: Form = "auto", written: date | None = None
) -> tuple[Reader, list[Reading]]:
    """Read texts.

    Args:
        knowledge: The graph.
        paths: Files and folders.
        form: ``text``, ``html``, or ``auto``.
        written: Day the texts were written, if known better than they say.
    """
    reader = Reader(knowledge.store)
    return reader, [reader.read(read_text(path, form), written) for path in texts_of(paths)]


def news_card(
    knowledge: Knowledge, reader: Reader, readings: Sequence[Reading], gold: Sequence[Path] = ()
) -> Card[Any]:
    """What was read, as a card; with scores if tables coded by hand are given."""
    answer: dict[str, Any] = {"documents": [document(reading) for reading in readings]}
    for name, rows in ROWS.items():
        answer[name] = [{"file": reading.text.name} | row for reading in readings for row in rows(reading)]
    tables = tuple(ROWS)
    if gold:
        answer["scores"], answer["misses"] = scored(reader, readings, gold)
        tables = ("scores", *tables)
    files = [reading.text.name for reading in readings]
    return knowledge.card(
        question={"command": "news", "files": files, "gold": [path.name for path in gold]},
        as_of=max((r.written for r in readings if r.written is not None), default=date.today()),
        lens="",
        answer=answer,
        because=unique(receipt for reading in readings for receipt in _receipts(knowledge, reading)),
        unknown=tuple(gap for reading in readings for gap in _gaps(reading)),
        query="",
        tables=tables,
        views=views(answer, several=len(readings) > 1),
    )


def scored(
    reader: Reader, readings: Sequence[Reading], gold: Sequence[Path]
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Scores of one reading against tables coded by hand, and what is not right.

    Raises:
        UsageError: more than one text was read, or a table is none to score against.
    """
    if len(readings) != 1:
        raise UsageError(
            f"--gold scores one text, and {len(readings)} were read; name the one the table was coded from"
        )
    text, coding = readings[0].text, read_coding()
    claims: list[GoldClaim] = []
    mentions: list[GoldMention] = []
    for path in gold:
        kind, rows = read_rows(path)
        if kind == "claims":
            claims += gold_claims(rows, text, coding)
        else:
            mentions += gold_mentions(rows, text, coding)
    scores, misses = score(readings[0], reader.gazetteer, claims, mentions)
    return [one.row() for one in scores], [asdict(miss) for miss in misses]


def _receipts(knowledge: Knowledge, reading: Reading) -> Iterator[Receipt]:
    if not reading.topic.key:
        return
    iri = thing("instrument", reading.topic.key)
    rows = knowledge.store.select(f"SELECT ?source WHERE {{ <{iri}> prov:wasDerivedFrom ?source }}")
    registry = knowledge.registry
    label = knowledge.names.label("instrument", reading.topic.key)
    text = f"{reading.text.name} is read as being about {label}: {reading.topic.why}"
    yield Receipt(iri, text, "", registry.address(row["source"].value for row in rows) or iri, "medium")


def _gaps(reading: Reading) -> Iterator[Unknown]:
    name = reading.text.name
    if not reading.relevance.any:
        yield Unknown(
            f"what {name} says about export controls", "it seems to say nothing about them, so nothing is given"
        )
        return
    if reading.written is None:
        yield Unknown(f"the day {name} was written", "days such as 13日 or Friday cannot be told; give it with --date")
    if not reading.topic.key:
        yield Unknown(f"which instrument {name} is about", f"{reading.topic.why}; candidates are not linked to one")
    for mention in reading.mentions:
        if mention.how == "institution.default":
            others = ", ".join(mention.also)
            yield Unknown(
                f"whether {mention.text!r} at {mention.start} is {mention.label}",
                f"nothing near it tells it from {others or 'others of the name'}",
            )
