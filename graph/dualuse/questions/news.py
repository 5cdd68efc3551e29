"""What texts say about export controls, who says it, and the candidates for the ledger that they make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from dualuse.card import Card, Receipt, Unknown, optional, table, unique
from dualuse.errors import UsageError
from dualuse.questions.parameters import Arg, Opt, Parameter
from dualuse.questions.parts import readings as rows
from dualuse.questions.parts.against import Compared
from dualuse.questions.question import Headline, Invocation, Question, Sentence, Teller
from dualuse.said import Named, Phrase, phrase, quoted_words, same
from dualuse.show.words import Said, join, numbered

if TYPE_CHECKING:
    from dualuse.knowledge import Knowledge
    from dualuse.news.reader import Reader
    from dualuse.news.reading import Reading

_SUFFIXES = (".txt", ".md", ".html", ".htm", ".xhtml")

Form = Literal["auto", "text", "html"]
"""What a file is."""
Relevant = Literal["yes", "no", "auto"]
"""Whether a text is about export controls."""
Against = Literal["graph"]
"""What a reading is held against."""
Found = TypeVar("Found")


@dataclass(frozen=True)
class Scored:
    """How well one kind of finding agrees with tables coded by hand."""

    kind: str
    coded: int
    made: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True)
class Missed:
    """Something coded that was not found, or made that is not right."""

    kind: str
    missing: bool
    start: int
    end: int
    what: str


@dataclass(frozen=True)
class News:
    """The texts, and all that was found in them; with scores where tables coded by hand are given."""

    documents: Sequence[rows.Document]
    verdicts: Mapping[str, int] | None = optional()
    against: Sequence[Compared] | None = table(optional=True, main=True, whole=True, view="against")
    scores: Sequence[Scored] | None = table(optional=True)
    claims: Sequence[rows.ClaimRow] = table()
    statements: Sequence[rows.StatementRow] = table()
    relations: Sequence[rows.RelationRow] = table()
    speech: Sequence[rows.SpeechRow] = table()
    stances: Sequence[rows.StanceRow] = table()
    quantities: Sequence[rows.QuantityRow] = table()
    dates: Sequence[rows.DateRow] = table()
    mentions: Sequence[rows.MentionRow] = table()
    passages: Sequence[rows.PassageRow] = table()
    misses: Sequence[Missed] | None = optional()

    def seen(self, name: str) -> Sequence[Any]:
        """Rows as people read them: mentions by what is named, and the file only where there are several."""
        if self.against is not None and name != "against":
            return ()
        if name == "mentions":
            return rows.named(self.mentions)
        found: Sequence[Any] = getattr(self, name)
        if name == "scores" or len(self.documents) == 1:
            return found
        return [{"file": row.file} | row.seen() for row in found]


def news(
    knowledge: Knowledge,
    *paths: Annotated[Path, Arg("FILE|DIR...", path="either", sent=(".txt", ".html"))],
    read_as: Annotated[Form, Opt("What the files are; auto goes by name and first bytes.", flag="--input")] = "auto",
    written: Annotated[
        date | str | None, Opt("Day of writing.", flag="--date", metavar="DATE", default="what the text says")
    ] = None,
    relevant: Annotated[
        Relevant, Opt("yes: read all of it; no: only passages that speak of export controls; auto: judge by the text.")
    ] = "auto",
    gold: Annotated[
        Sequence[Path],
        Opt("Claims or entities coded by hand, to score the reading against; may be repeated.", metavar="CSV"),
    ] = (),
    against: Annotated[
        Against | None, Opt("graph: tell what is new to the record, agrees with it, or contradicts it or the law.")
    ] = None,
) -> Card[News]:
    """Read a digest or an article: mentions, dates, quantities, who says what, and candidate claims and statements.

    Chinese in either script, or English. A text is on topic when it names an instrument, export controls, or a
    listed party or product with words of trade; then all of it is read. Others give nothing, and it is said why.

    Args:
        paths: Files and folders.

    Raises:
        UsageError: nothing is there to read, or a table is none to score against.
    """
    return _card(knowledge, *_read(knowledge, paths, read_as, written, relevant), gold, relevant, against)


def texts_of(paths: Sequence[Path]) -> list[Path]:
    """Files named, and texts and pages in folders named, sorted.

    Raises:
        UsageError: nothing is there to read.
    """
    if not paths:
        raise UsageError("name the texts to read, or folders of them")
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


def _read(
    knowledge: Knowledge, paths: Sequence[Path], read_as: Form, written: date | str | None, relevant: Relevant
) -> tuple[Reader, list[Reading]]:
    from dualuse.news.reader import Reader
    from dualuse.news.text.passages import read_text

    day = None if written is None else knowledge.day(written)
    texts = texts_of(paths)
    reader = Reader(knowledge.store)
    return reader, [reader.read(read_text(path, read_as), day, relevant) for path in texts]


def _card(
    knowledge: Knowledge,
    reader: Reader,
    readings: Sequence[Reading],
    gold: Sequence[Path],
    relevant: Relevant,
    against: Against | None,
) -> Card[News]:
    def every(find: Callable[[Reading], Iterable[Found]]) -> list[Found]:
        return list(chain.from_iterable(map(find, readings)))

    scores, misses = scored(reader, readings, gold) if gold else (None, None)
    held, verdicts, receipts = _held(knowledge, readings) if against else (None, None, [])
    return knowledge.card(
        question={
            "command": "news",
            "files": [reading.text.name for reading in readings],
            "relevant": None if relevant == "auto" else relevant,
            "gold": [path.name for path in gold],
            "against": against,
        },
        as_of=max((r.written for r in readings if r.written is not None), default=knowledge.day(None)),
        answer=News(
            documents=[rows.document(reading) for reading in readings],
            verdicts=verdicts,
            against=held,
            scores=scores,
            claims=every(rows.claims),
            statements=every(rows.statements),
            relations=every(rows.relations),
            speech=every(rows.speech),
            stances=every(rows.stances),
            quantities=every(rows.quantities),
            dates=every(rows.dates),
            mentions=every(rows.mentions),
            passages=every(rows.passages),
            misses=misses,
        ),
        because=unique([*receipts, *every(lambda reading: _receipts(knowledge, reading))]),
        unknown=tuple(every(_gaps)),
    )


def _held(knowledge: Knowledge, readings: Sequence[Reading]) -> tuple[list[Compared], dict[str, int], list[Receipt]]:
    """Readings held against the record and the law."""
    from dualuse.news.against.record import read_record
    from dualuse.questions.parts.against import compared

    return compared(knowledge, read_record(knowledge.store), readings)


def scored(reader: Reader, readings: Sequence[Reading], gold: Sequence[Path]) -> tuple[list[Scored], list[Missed]]:
    """Scores of one reading against tables coded by hand, and what is not right.

    Raises:
        UsageError: more than one text was read, or a table is none to score against.
    """
    from dualuse.news.review.gold import gold_claims, gold_mentions, read_coding, read_rows
    from dualuse.news.review.score import score

    if len(readings) != 1:
        raise UsageError(
            f"--gold scores one text, and {len(readings)} were read; name the one the table was coded from"
        )
    text, coding = readings[0].text, read_coding()
    tables = [read_rows(path) for path in gold]
    claims = [claim for kind, coded in tables if kind == "claims" for claim in gold_claims(coded, text, coding)]
    mentions = [each for kind, coded in tables if kind != "claims" for each in gold_mentions(coded, text, coding)]
    scores, misses = score(readings[0], reader.gazetteer, claims, mentions)
    shares = [(each, round(each.precision, 3), round(each.recall, 3), round(each.f1, 3)) for each in scores]
    return [Scored(each.kind, each.gold, each.made, *share) for each, *share in shares], [
        Missed(**asdict(miss)) for miss in misses
    ]


def _receipts(knowledge: Knowledge, reading: Reading) -> Iterator[Receipt]:
    from dualuse.namespaces import thing
    from dualuse.store.base import value

    if not reading.topic.key:
        return
    iri = thing("instrument", reading.topic.key)
    found = knowledge.store.select(f"SELECT ?source WHERE {{ <{iri}> dct:source ?source }}")
    label = Named.of({("instrument", reading.topic.key): knowledge.names.label("instrument", reading.topic.key)})
    text = phrase("against.read_as", file=same(reading.text.name), label=label, why=reading.topic.why)
    yield Receipt(iri, text, "", knowledge.registry.address(value(row, "source") for row in found) or iri, "medium")


def _gaps(reading: Reading) -> Iterator[Unknown]:
    name, why = same(reading.text.name), reading.relevance.why
    if not reading.relevance.any:
        yield Unknown(phrase("against.what", file=name), phrase("against.nothing", why=why))
        return
    if reading.written is None:
        yield Unknown(phrase("against.day", file=name), phrase("against.no_day"))
    if not reading.topic.key:
        yield Unknown(phrase("against.which", file=name), phrase("against.not_linked", why=reading.topic.why))
    for mention in reading.mentions:
        if mention.how == "institution.default":
            others = Phrase.listed(mention.also) or phrase("against.others")
            what = phrase("against.whether", words=quoted_words(mention.text), start=mention.start, label=mention.label)
            yield Unknown(what, phrase("against.nothing_near", others=others))


def _show(asked: Invocation) -> None:
    """Show the card, and write the review file if one is wanted."""
    from dualuse.news.review.file import review_file

    if asked.extra["engine"] == "spark":
        from dualuse.questions.parts.news_told import read_on_spark

        read_on_spark(asked)
        return
    knowledge, given, review = asked.open(), asked.values, asked.extra["review"]
    reader, readings = _read(knowledge, given["paths"], given["read_as"], given["written"], given["relevant"])
    for reading in (reading for reading in readings if not reading.relevance.any):
        asked.say(f"{reading.text.name}: skipped, for {reading.relevance.why} (--relevant yes reads it)")
    card = _card(knowledge, reader, readings, given["gold"], given["relevant"], given["against"])
    if review is not None:
        if len(readings) != 1:
            raise UsageError(f"--review is for one text, and {len(readings)} were read; name one")
        asked.write(review_file(readings[0], reader.organisations, review.name).encode("utf-8"), review)
    asked.show(asked.question.of(card, given))


_SAYS = Said(
    "What does {files} say about export controls?", "{files} 對出口管制說了什麼？", "{files} 对出口管制说了什么？"
)
_SAY = _SAYS._replace(en="What do {files} say about export controls?")


_HELD = Said(
    "How does what {files} say stand to the record and the law?",
    "{files} 的說法與紀錄及法規是否相符？",
    "{files} 的说法与记录及法规是否相符？",
)
_HELDS = _HELD._replace(en="How does what {files} says stand to the record and the law?")


def _sentence(told: Teller[News]) -> Sentence:
    one, held = len(told.answer.documents) == 1, told.answer.against is not None
    said = (_HELDS if one else _HELD) if held else (_SAYS if one else _SAY)
    return Sentence(said.fill(files=told.part("files")), ("files", "against"))


_NOTHING = Said("Nothing about export controls", "未提及出口管制", "未提及出口管制")
_CLAIMS = Said("{n} candidate claims", "{n} 個候選說法", "{n} 个候选说法")
_CLAIM = Said("1 candidate claim", "1 個候選說法", "1 个候选说法")
_STATEMENTS = Said("{n} candidate statements", "{n} 則候選表態", "{n} 则候选表态")
_STATEMENT = Said("1 candidate statement", "1 則候選表態", "1 则候选表态")
_AGAINST = Said(
    "{contradicts} contradict the record or the law, {new} are new, {agrees} agree",
    "{contradicts} 項與紀錄或法規相抵觸，{new} 項為紀錄所無，{agrees} 項相符",
    "{contradicts} 项与记录或法规相抵触，{new} 项为记录所无，{agrees} 项相符",
)
_ABOUT = Said("Read as being about “{instrument}”.", "判讀為與「{instrument}」有關。", "判读为与“{instrument}”有关。")


def _headline(told: Teller[News]) -> Headline:
    answer, used = told.answer, ("documents", "misses", "verdicts")
    if not any(document.relevant for document in answer.documents):
        return Headline(_NOTHING, used=used)
    said = join(
        (
            numbered(len(answer.claims), _CLAIM, _CLAIMS),
            numbered(len(answer.statements), _STATEMENT, _STATEMENTS),
        )
    )
    if answer.verdicts is not None:
        said = _AGAINST.fill(**{verdict: answer.verdicts[verdict] for verdict in ("contradicts", "new", "agrees")})
    about = list(dict.fromkeys(each.instrument for each in answer.documents if each.instrument is not None))
    detail = _ABOUT.fill(instrument=told.name("instrument", about[0])) if len(about) == 1 else None
    return Headline(said, detail, used=used)


QUESTION = Question(
    news,
    _sentence,
    _headline,
    examples=(
        "article.txt",
        "digest.txt --review review.yml",
        "articles/ --format json -o read.json",
        "article.txt --against graph --html page.html",
        "--engine spark texts/ read/",
    ),
    also=(
        Parameter(
            "review",
            Opt("Write the candidates of one text to a review file.", metavar="YAML"),
            Path,
            several=False,
            default=None,
        ),
        Parameter(
            "engine",
            Opt("spark reads a folder IN of texts, JSON lines or web archives, and writes Parquet into OUT."),
            Literal["native", "spark"],
            several=False,
            default="native",
        ),
    ),
    act=_show,
    reads="read_as",
)
