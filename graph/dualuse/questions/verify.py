"""Whether the pointers of claims into documents still hold, by files that are copies of the documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from dualuse.card import Card, Receipt, aside, table, unique
from dualuse.errors import UsageError, ValidationFailed
from dualuse.questions.parameters import Arg, Opt
from dualuse.questions.question import Headline, Invocation, Question, Teller, asks
from dualuse.said import phrase, same
from dualuse.show.words import Said, numbered

if TYPE_CHECKING:
    from dualuse.claims.ledger import Ledger
    from dualuse.claims.pointers import Copy, Held, Reading
    from dualuse.knowledge import Knowledge
    from dualuse.questions.parts.ledger import Told

_STATES = ("drift", "missing", "moved", "ok")
"""What can become of a pointer, the worst first."""
_FAILED = ("drift", "missing")
_MOST_NAMED = 5


@dataclass(frozen=True)
class Document:
    """A file, the document it is a copy of, and how its pointers stand."""

    file: str
    document: str
    told_by: str
    pointers: int
    drift: int
    missing: int
    moved: int
    ok: int


@dataclass(frozen=True)
class Pointed:
    """What became of the pointer of a claim; the text is the file's own, width and script included."""

    claim: str
    status: str
    found: str | None
    by: str | None
    text: str | None
    gloss: str
    file: str


@dataclass(frozen=True)
class Verified:
    """How many pointers were read again and how they stand, by document and by claim."""

    pointers: int
    drift: int
    missing: int
    moved: int
    ok: int
    documents: Sequence[Document] = table()
    claims: Sequence[Pointed] = table(view="pointers")
    read: int = aside(0)
    """How many claims they are of; a claim has a pointer into each copy."""


def verify(
    knowledge: Knowledge,
    *files: Annotated[Path, Arg("[FILE]...", exists=True, sent=(".txt",))],
    sources: Annotated[
        Path | None, Opt("Folder to look for documents in, by digest and by name.", path="folder", exists=True)
    ] = None,
    every: Annotated[bool, Opt("List every pointer, also those that hold; JSON always does.", flag="--all")] = False,
) -> Card[Verified]:
    """Re-read the pointers of claims into documents and tell which no longer hold.

    A pointer is ok; moved, if its words stand elsewhere or in another width, punctuation or script; drift, if the
    passage is there with other words; missing, if the passage is gone. Exits 1 if any drifted or is missing.

    Args:
        files: Copies of documents.

    Raises:
        UsageError: a file is no copy of any document in the graph, or nothing is named.
    """
    from dualuse.claims.pointers import check
    from dualuse.questions.parts.documents import read_document
    from dualuse.questions.parts.ledger import CLAIMS_QUERY, read_told

    if not files and sources is None:
        raise UsageError("name the files to verify, or a folder to look in with --sources")
    told = read_told(knowledge)
    copies = [read_document(path) for path in files]
    if sources is not None:
        copies += _copies(sources, told.ledger)
        if not copies:
            raise UsageError(f"{sources}: no file in it is a document of the graph, by digest or by name")
    documents, rows, receipts, read = [], [], [], set()
    for copy in copies:
        document, how = _identified(copy, told.ledger)
        readings = check(copy, document)
        counts = {state: sum(1 for reading in readings if reading.status == state) for state in _STATES}
        documents.append(Document(copy.name, document.key, how, len(readings), **counts))
        read |= {reading.claim for reading in readings}
        rows += [_row(told, copy, reading) for reading in readings if every or reading.status != "ok"]
        receipts.append(_receipt(document, how, copy))
    rows.sort(key=lambda row: (_STATES.index(row.status), row.file, row.claim))
    total = {state: sum(getattr(document, state) for document in documents) for state in _STATES}
    return knowledge.card(
        question={"command": "verify", "files": [copy.name for copy in copies]},
        as_of=knowledge.day(None),
        answer=Verified(pointers=sum(total.values()), **total, documents=documents, claims=rows, read=len(read)),
        because=unique(receipts),
        unknown=(),
        query=CLAIMS_QUERY,
    )


def _copies(folder: Path, ledger: Ledger) -> list[Copy]:
    """Files of a folder that are documents of the graph."""
    from dualuse.claims.pointers import identify
    from dualuse.questions.parts.documents import documents_in

    known = ledger.documents.values()
    return [copy for copy in documents_in(folder) if identify(copy, known, thorough=False) is not None]


def _identified(copy: Copy, ledger: Ledger) -> tuple[Held, str]:
    from dualuse.claims.pointers import identify

    known = identify(copy, ledger.documents.values())
    if known is None:
        titles = ", ".join(sorted(ledger.documents)) or "none"
        raise UsageError(
            f"{copy.name}: neither its digest nor its name nor its words are those of a document in the graph; "
            f"known documents: {titles}"
        )
    return known


def _row(told: Told, copy: Copy, reading: Reading) -> Pointed:
    return Pointed(
        claim=reading.claim,
        status=reading.status,
        found=phrase("pointed.found", n=reading.passage, start=reading.start, end=reading.end)
        if reading.passage
        else None,
        by=reading.how or None,
        text=reading.text if reading.status != "ok" else None,
        gloss=told.ledger.claims[reading.claim].gloss,
        file=copy.name,
    )


def _receipt(document: Held, how: str, copy: Copy) -> Receipt:
    """Which document a file is."""
    from dualuse.namespaces import thing

    iri = thing("document", document.key)
    said = phrase(
        "pointed.copy",
        file=same(copy.name),
        document=same(document.key),
        how=phrase(f"pointed.{how}"),
        sum=copy.sha256[:12],
        known=document.sha256[:12],
    )
    return Receipt(iri, said, "", iri, "high" if how == "sha256" else "medium")


def _show(asked: Invocation) -> None:
    """Show the card, and fail if a pointer no longer holds."""
    every = asked.values["every"] or asked.form == "json"
    card: Card[Verified] = asked.question(asked.open(), asked.values | {"every": every})
    asked.show(card)
    touched = [row.claim for row in card.answer.claims if row.status in _FAILED]
    if touched:
        listed = ", ".join(touched[:_MOST_NAMED]) + (" ..." if len(touched) > _MOST_NAMED else "")
        raise ValidationFailed(f"{len(touched)} of {card.answer.pointers} pointers no longer hold: {listed}")


_ASKED = {
    (): Said(
        "Do the pointers into the documents still hold?", "指向文件的出處是否仍然成立？", "指向文件的出处是否仍然成立？"
    ),
    ("files",): Said(
        "Do the pointers into {files} still hold?",
        "指向 {files} 的出處是否仍然成立？",
        "指向 {files} 的出处是否仍然成立？",
    ),
}
_CLAIMS = Said("The words of {n} claims were read again", "已重讀 {n} 個說法的出處", "已重读 {n} 个说法的出处")
_CLAIM = Said("The words of 1 claim were read again", "已重讀 1 個說法的出處", "已重读 1 个说法的出处")
_FAIL = Said("{n} are no longer found as recorded", "{n} 個與紀錄不符", "{n} 个与记录不符")
_FAILS = Said("1 is no longer found as recorded", "1 個與紀錄不符", "1 个与记录不符")


def _headline(told: Teller[Verified]) -> Headline:
    failed = {row.claim for row in told.answer.claims if row.status in _FAILED}
    detail = numbered(len(failed), _FAILS, _FAIL) if failed else None
    return Headline(numbered(told.answer.read, _CLAIM, _CLAIMS), detail)


QUESTION = Question(
    verify,
    asks(_ASKED),
    _headline,
    examples=("digest.txt", "--sources documents/ --format json"),
    act=_show,
)
