"""Databases of the Discourse Network Analyzer: written, read, and there and back."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from base64 import b64decode
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.running import Run

from dualuse.claims.dna.candidates import candidates
from dualuse.claims.dna.read import Found, read_dna
from dualuse.claims.dna.review import accept_statements, review_file
from dualuse.claims.dna.schema import MOST, PASSWORD, TABLES, password_hash
from dualuse.claims.dna.write import cut, to_dna, units
from dualuse.claims.speech import Speech
from dualuse.dates import PartialDate
from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.model.base import placed
from dualuse.model.speech import Quotation, Statement
from dualuse.model.values import SCHEMES

COLUMNS = {
    "CODERS": 28,
    "DOCUMENTS": 10,
    "STATEMENTS": 6,
    "ENTITIES": 7,
    "DATABOOLEAN": 4,
    "DATASHORTTEXT": 4,
    "ATTRIBUTEVALUES": 4,
    "CODERRELATIONS": 7,
}
"""How many columns tables have in a file that the program itself made (3.0.7)."""


def everything(speech: Speech) -> list[Statement]:
    return list(speech.statements.values())


def with_one_ground(speech: Speech, key: str) -> Statement:
    """A statement as on record, with the first of its grounds alone: one statement in a file of DNA."""
    return _with(speech.statements[key], grounds=speech.statements[key].grounds[:1])


def there_and_back(statements: list[Statement], knowledge: Knowledge, folder: Path) -> dict[str, Statement]:
    """Statements exported, read, accepted as they are, and loaded."""
    path = folder / "there.dna"
    path.write_bytes(to_dna(statements, knowledge.names.label))
    found = read_dna(path)
    assert (found.documents, found.rejected) == (len(statements), [])
    return accepted(found, knowledge, path)


def accepted(found: Found, knowledge: Knowledge, path: Path) -> dict[str, Statement]:
    text = review_file(candidates(found, knowledge.names, path), found.rejected, path.name, "review.yml")
    review = path.with_name("review.yml")
    review.write_text(text.replace("\n- review: open\n", "\n- review: accept\n"), "utf-8")
    return accept_statements(review).statements


def test_the_whole_record_goes_there_and_comes_back(speech: Speech, knowledge: Knowledge, tmp_path: Path) -> None:
    statements = everything(speech)
    assert len(statements) > 150
    assert there_and_back(statements, knowledge, tmp_path) == speech.statements


def test_the_commands_do_the_same(run: Run, speech: Speech, clean: Path) -> None:
    assert run("export", "--format", "dna", "-o", "all.dna").returncode == 0
    told = run("load", "dna", "all.dna", "-o", "review.yml")
    assert told.returncode == 0
    number = len(speech.statements)
    assert f"statements in {number} documents: {number} candidates, 0 with words that no name fits" in told.stderr
    review = clean / "review.yml"
    review.write_text(review.read_text("utf-8").replace("- review: open", "- review: accept"), "utf-8")
    told = run("load", "statements", "review.yml", "--into", "data/statements")
    assert told.returncode == 0
    assert f"Accepted {number} statements; 0 rejected; 0 not reviewed yet" in told.stderr
    assert len(list((clean / "data" / "statements").iterdir())) == number
    assert run("load", "statements", "review.yml", "--into", "data/statements").returncode == 0


def test_only_what_was_said_by_a_day_is_written(run: Run, clean: Path) -> None:
    assert run("export", "--format", "dna", "-o", "early.dna", "--as-of", "2025-01-12").returncode == 0
    found = read_dna(clean / "early.dna")
    assert {coded.paper.day.isoformat() <= "2025-01-12" for coded in found.coded if coded.paper.day} == {True}
    assert 0 < found.documents < 40


TEXTS = st.text(
    st.characters(
        categories=("L", "N", "P", "S", "Zs"), exclude_characters="\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
    ),
    min_size=1,
    max_size=250,
)
"""Texts in which every character is drawn, as data asks."""
LINES = TEXTS.map(lambda text: " ".join(text.split())).filter(bool)


@st.composite
def made_up(draw: st.DrawFn) -> Statement:
    """A statement of known parties and sources, and of any words."""
    instruments = draw(st.sets(st.sampled_from(["us-ai-diffusion-ifr-2025-01", "us-h20-is-informed-2025-04"])))
    sources = st.sampled_from(["rijksoverheid-2024-09-06", "dcd-16-entity-list", "venturesmarter-netherlands-asml"])
    said = st.builds(
        Quotation,
        text=st.sampled_from(["“they” said: so", "a 🙂 b"]),
        language=st.just("en"),
        check=st.just("re-read"),
        confidence=st.sampled_from(["high", "low"]),
    )
    key = draw(st.from_regex(r"[a-z][a-z0-9]{0,5}(-[0-9]{1,3})?", fullmatch=True))
    statement = Statement(
        date=PartialDate(draw(st.sampled_from(["2024", "2025-01", "2025-02-28", "1950-06-01"]))),
        organisation=draw(st.sampled_from(["gov-nl", "sophgo", "house", "nvidia"])),
        speaker=draw(st.sampled_from([None, "reinette-klever", "gina-raimondo"])),
        speaker_label=draw(st.none() | LINES),
        instruments=tuple(sorted(instruments)),
        topic=draw(st.sampled_from(["one-topic", "another-topic-2025"])),
        stance=draw(st.sampled_from(SCHEMES["stance"])),
        grounds=tuple(draw(st.sets(st.sampled_from(SCHEMES["ground"]), max_size=4))),
        demand=draw(st.none() | LINES),
        summary=draw(LINES),
        quotation=draw(st.none() | said),
        venue=draw(st.none() | LINES),
        source_kind=draw(st.sampled_from(SCHEMES["report-kind"])),
        primary=draw(st.sampled_from([None, *SCHEMES["primary-text"]])),
        primary_note=draw(st.none() | LINES),
        same_as=draw(st.none() | st.just("st-001")),
        sources=tuple(draw(st.sets(sources, min_size=1))),
        confidence=draw(st.sampled_from(["high", "medium", "low"])),
        note=draw(st.none() | LINES),
    )
    return placed(statement, key)


@settings(max_examples=25, deadline=None)
@given(statements=st.lists(made_up(), min_size=1, max_size=4, unique_by=lambda statement: statement.node.key))
def test_any_statements_go_there_and_come_back(
    statements: list[Statement], knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory
) -> None:
    found = there_and_back(statements, knowledge, tmp_path_factory.mktemp("dna"))
    assert found == {statement.node.key: statement for statement in statements}


def test_the_same_statements_give_the_same_bytes(speech: Speech, knowledge: Knowledge) -> None:
    statements = everything(speech)
    content = to_dna(statements, knowledge.names.label)
    assert content.startswith(b"SQLite format 3\0")
    assert content == to_dna(reversed(statements), knowledge.names.label)


def test_the_file_is_sound_and_has_the_tables_of_the_program(
    speech: Speech, knowledge: Knowledge, tmp_path: Path
) -> None:
    path = tmp_path / "a.dna"
    path.write_bytes(to_dna(everything(speech), knowledge.names.label))
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert tables == set(TABLES)
        assert len(tables) == 16
        found = {name: len(database.execute(f"PRAGMA table_info({name})").fetchall()) for name in COLUMNS}
        assert found == COLUMNS
        version = database.execute("SELECT Value FROM SETTINGS WHERE Property = 'version'").fetchone()[0]
        assert version.startswith("3.0")
        every = database.execute("SELECT COUNT(*) FROM STATEMENTS").fetchone()[0]
        lacking = (
            "SELECT COUNT(*) FROM STATEMENTS s JOIN VARIABLES v ON v.StatementTypeId = s.StatementTypeId "
            "WHERE v.DataType = 'short text' AND NOT EXISTS "
            "(SELECT 1 FROM DATASHORTTEXT d WHERE d.StatementId = s.ID AND d.VariableId = v.ID)"
        )
        assert every > 300
        assert database.execute(lacking).fetchone()[0] == 0
        with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            database.execute("UPDATE DOCUMENTS SET Title = ? WHERE ID = 1", ("x" * (MOST + 1),))
        database.rollback()
        database.execute("PRAGMA foreign_keys = ON")
        database.execute("DELETE FROM DOCUMENTS")
        assert database.execute("SELECT COUNT(*) FROM DATASHORTTEXT").fetchone()[0] == 0


def test_a_statement_marks_its_own_words(speech: Speech, knowledge: Knowledge, tmp_path: Path) -> None:
    first = placed(with_one_ground(speech, "st-001"), "st-001")
    smiling = placed(_with(first, summary="Two 🙂🙂 of them."), "st-002")
    path = tmp_path / "a.dna"
    path.write_bytes(to_dna([first, smiling], knowledge.names.label))
    words = [coded.words for coded in read_dna(path).coded]
    assert words[0] == words[1] != ""
    assert all(said.startswith(f"{first.stance}: ") for said in words)
    assert (units("🙂"), units("a")) == (2, 1)


def test_stances_that_are_no_agreement_stay_out_of_it(speech: Speech, knowledge: Knowledge, tmp_path: Path) -> None:
    path = tmp_path / "a.dna"
    path.write_bytes(to_dna(everything(speech), knowledge.names.label))
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute(
            "SELECT t.Label, d.Notes, b.Value FROM STATEMENTS s JOIN STATEMENTTYPES t ON t.ID = s.StatementTypeId "
            "JOIN DOCUMENTS d ON d.ID = s.DocumentId LEFT JOIN DATABOOLEAN b ON b.StatementId = s.ID"
        ).fetchall()
    for label, notes, value in rows:
        key = notes.splitlines()[0].removeprefix("key: ")
        statement = speech.statements[key]
        side = {"supports": 1, "opposes": 0}.get(statement.stance) if statement.same_as is None else None
        assert (label, value) == ("Other statement" if side is None else "DNA Statement", side)


def test_the_password_is_kept_as_the_program_keeps_it() -> None:
    raw = b64decode(password_hash(PASSWORD))
    digest = raw[:16] + PASSWORD.encode()
    for _ in range(100_000):
        digest = hashlib.sha256(digest).digest()
    assert (len(raw), raw[16:]) == (48, digest)


def _with(statement: Statement, **changed: Any) -> Statement:
    from dataclasses import replace

    return placed(replace(statement, **changed), statement.node.key)


def edited(speech: Speech, knowledge: Knowledge, folder: Path, *changes: str) -> Path:
    """Our file after somebody worked on it in the program."""
    path = folder / "edited.dna"
    path.write_bytes(to_dna([with_one_ground(speech, key) for key in ("st-001", "st-014")], knowledge.names.label))
    with closing(sqlite3.connect(path)) as database:
        for change in changes:
            database.execute(change)
        database.commit()
    return path


def test_what_was_coded_anew_is_what_is_read(speech: Speech, knowledge: Knowledge, tmp_path: Path) -> None:
    path = edited(
        speech,
        knowledge,
        tmp_path,
        "UPDATE DATABOOLEAN SET Value = 1 - Value",
        "UPDATE DOCUMENTS SET Date = 1735689600, Source = 'dcd-16-entity-list' WHERE ID = 1",
        "UPDATE DOCUMENTS SET Date = 1735776000 WHERE ID = 2",
        "UPDATE ENTITIES SET Value = 'Somebody else' WHERE Value = 'Reinette Klever'",
        "UPDATE ENTITIES SET Value = 'NVIDIA' WHERE Value = 'Zhipu AI'",
    )
    first, second = candidates(read_dna(path), knowledge.names, path)
    assert (first.key, first.values["stance"], first.values["date"]) == ("st-001", "opposes", "2025-01-01")
    assert (first.values["speaker"], first.values["speaker_label"]) == ("", "Somebody else")
    assert first.values["sources"] == ["dcd-16-entity-list"]
    assert (second.values["stance"], second.values["organisation"]) == ("supports", "nvidia")
    assert second.values["date"] == "2025-01-02"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("UPDATE STATEMENTS SET DocumentId = 99", "its document is not in the file"),
        ("UPDATE VARIABLES SET Variable = 'actor' WHERE Variable = 'organization'", "has no variable organization"),
        ("UPDATE VARIABLES SET Variable = 'sentiment' WHERE Variable IN ('agreement', 'stance')", "variable agreement"),
        ("UPDATE ENTITIES SET Value = '' WHERE VariableId = 3 AND ID = 3", "its concept is blank"),
        ("DELETE FROM DATASHORTTEXT WHERE VariableId IN (1, 2)", "neither person nor organization is given"),
        ("UPDATE DATABOOLEAN SET Value = 7", "its agreement is neither yes nor no, and no stance is given"),
        ("UPDATE DOCUMENTS SET Date = 99999999999999", "its document has no day of the calendar"),
        ("UPDATE DOCUMENTS SET Date = 'May'", "its document has no day of the calendar"),
        ("UPDATE STATEMENTS SET Stop = 100000", "to 100000, which is no part of the text of"),
    ],
)
def test_what_cannot_be_read_is_told(
    speech: Speech, knowledge: Knowledge, tmp_path: Path, change: str, why: str
) -> None:
    found = read_dna(edited(speech, knowledge, tmp_path, change))
    assert found.rejected
    assert re.match(r"statement [12] \(DNA Statement\) in document \d+", found.rejected[0])
    assert all(why in told for told in found.rejected)
    assert len(found.coded) + len(found.rejected) == found.statements == 2


def foreign(path: Path) -> None:
    """A small file as others code it: names of their own, one statement without a concept."""
    with closing(sqlite3.connect(path)) as database:
        for name, columns in TABLES.items():
            database.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
        database.executescript(
            """
            INSERT INTO STATEMENTTYPES (ID, Label) VALUES (1, 'DNA Statement'), (2, 'Annotation');
            INSERT INTO VARIABLES (ID, Variable, DataType, StatementTypeId) VALUES (1, 'person', 'short text', 1),
              (2, 'organization', 'short text', 1), (3, 'concept', 'short text', 1), (4, 'agreement', 'boolean', 1),
              (5, 'note', 'long text', 2);
            INSERT INTO ENTITIES (ID, VariableId, Value) VALUES (1, 1, ''), (2, 1, 'Gina Raimondo'), (3, 2, 'NVIDIA'),
              (4, 2, 'Friends of Chips'), (5, 3, 'Framework for Artificial Intelligence Diffusion'),
              (6, 3, 'Caps hurt research.');
            INSERT INTO DOCUMENTS (ID, Title, Text, Source, Date)
              VALUES (1, 'A paper', 'They like it. They do not.', 'The Paper', 1736726400);
            INSERT INTO STATEMENTS (ID, StatementTypeId, DocumentId, Start, Stop)
              VALUES (1, 1, 1, 0, 13), (2, 1, 1, 14, 26), (3, 1, 1, 14, 26), (4, 2, 1, 0, 4);
            INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) VALUES (1, 1, 2), (1, 2, 3), (1, 3, 5),
              (2, 1, 1), (2, 2, 4), (2, 3, 6), (3, 1, 1), (3, 2, 3), (3, 3, 5);
            INSERT INTO DATABOOLEAN (StatementId, VariableId, Value) VALUES (1, 4, 1), (2, 4, 0), (3, 4, 0);
            """
        )


def test_a_file_of_others_is_matched_by_name(run: Run, clean: Path) -> None:
    foreign(clean / "Their Debate.dna")
    told = run("load", "dna", "Their Debate.dna", "-o", "review.yml")
    assert told.returncode == 0
    assert "not read: statement 4 (Annotation) in document 1 (A paper): its type has no variable" in told.stderr
    assert "Read 3 of 4 statements in 1 documents: 3 candidates, 3 with words that no name fits" in told.stderr
    review = yaml.safe_load((clean / "review.yml").read_text("utf-8"))
    first, second, third = review["statements"]
    assert [entry["key"] for entry in review["statements"]] == [f"their-debate-d1{more}" for more in ("", "-2", "-3")]
    assert (first["organisation"], first["speaker"], first["stance"]) == ("nvidia", "gina-raimondo", "supports")
    assert first["instruments"] == ["us-ai-diffusion-ifr-2025-01"]
    assert (first["date"], first["words"]) == ("2025-01-13", ["They like it."])
    assert first["as_told"] == {"sources": "The Paper"}
    assert second["as_told"] == {
        "organisation": "Friends of Chips",
        "concept": "Caps hurt research.",
        "sources": "The Paper",
    }
    assert third["stance"] == "opposes"
    assert len(review["not_read"]) == 1
    review["statements"][0]["review"] = "accept"
    (clean / "review.yml").write_text(yaml.safe_dump(review), "utf-8")
    told = run("load", "statements", "review.yml", "--into", "statements")
    assert told.returncode == 1
    assert "their-debate-d1: summary: fill it in; it is blank" in told.stderr
    assert not (clean / "statements").exists()


def spoilt(path: Path, change: str) -> None:
    foreign(path)
    with closing(sqlite3.connect(path)) as database:
        database.execute(change)
        database.commit()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: None, "is not there, or is no plain file"),
        (lambda path: path.mkdir(), "is a directory"),
        (lambda path: path.write_bytes(b""), "has no table SETTINGS"),
        (lambda path: path.write_bytes(b"no database at all" * 100), "cannot be read as a database"),
        (lambda path: spoilt(path, "DROP TABLE ENTITIES"), "has no table ENTITIES"),
        (lambda path: spoilt(path, "ALTER TABLE DOCUMENTS DROP COLUMN Notes"), "table DOCUMENTS has no column Notes"),
        (lambda path: spoilt(path, "DELETE FROM STATEMENTS"), "has no statement that can be read, of 0"),
        (lambda path: spoilt(path, "DELETE FROM DATABOOLEAN"), "has no statement that can be read, of 4"),
    ],
)
def test_a_file_that_is_none_writes_nothing(run: Run, clean: Path, make: Callable[[Path], Any], said: str) -> None:
    make(clean / "bad.dna")
    told = run("load", "dna", "bad.dna", "-o", "review.yml")
    assert (told.returncode, told.stdout) == (2, "")
    assert said in told.stderr
    assert not (clean / "review.yml").exists()


def test_a_view_in_place_of_a_table_is_refused(clean: Path) -> None:
    foreign(clean / "a.dna")
    with closing(sqlite3.connect(clean / "a.dna")) as database:
        database.execute("ALTER TABLE DOCUMENTS RENAME TO PAPERS")
        database.execute("CREATE VIEW DOCUMENTS AS SELECT * FROM PAPERS")
        database.commit()
    with pytest.raises(UsageError, match="has no table DOCUMENTS"):
        read_dna(clean / "a.dna")


def test_a_file_cut_short_is_refused_or_read_in_part(speech: Speech, knowledge: Knowledge, tmp_path: Path) -> None:
    content = to_dna(everything(speech), knowledge.names.label)
    path = tmp_path / "short.dna"
    refused = 0
    for end in range(0, len(content), len(content) // 20):
        path.write_bytes(content[:end])
        try:
            found = read_dna(path)
        except UsageError:
            refused += 1
        else:
            assert len(found.coded) + len(found.rejected) == found.statements
    assert refused > 15


def test_what_is_too_long_is_cut() -> None:
    assert cut("x" * MOST) == "x" * MOST
    assert (len(cut("x" * (MOST + 1))), cut("x" * (MOST + 1))[-1]) == (MOST, "…")


def test_a_review_file_that_is_there_is_kept(run: Run, clean: Path) -> None:
    foreign(clean / "a.dna")
    (clean / "review.yml").write_text("mine", "utf-8")
    assert run("load", "dna", "a.dna", "-o", "review.yml").returncode == 2
    assert (clean / "review.yml").read_text("utf-8") == "mine"
    assert run("load", "dna", "a.dna", "-o", "review.yml", "--force").returncode == 0
    assert run("load", "dna", "a.dna", "-o", "-").stdout.startswith("# Statements read from a.dna")
