"""Every command that reads files, and what it reads them with, each with real files of its own."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from pathlib import Path

import yaml
from fuzz_runs import ROOT, Target, run

from dualuse.canonical import digest
from dualuse.errors import UsageError

EDGES = (
    b"owner,owned,share_min,share_max,valid_from,valid_to,source\n"
    b"Listed Co,A,60,60,2020-01-01,2030-01-01,x\nA,B,40,60,,,\nPartner,B,,40,,,y\nB,A,10,10,2024,,z\n"
)
LISTED = "party\nListed Co\n華為\n".encode()
SHIPMENTS = (
    "id,item,quantity,to,hq,as-of,lens\n1,H100 SXM,1500,CH,CH,2025-06-01,codified\n"
    "2,4E091,1,Canada,Canada,,enforced\n3,h20,20000,瑞士,CN,2026-02-01,\n"
).encode()
CUSTOMERS = (
    "name,country,address,lei,owners\nHuawei,CN,1 Road,,\n中芯國際,,,5493001KJTIIGC8Y1R12,SMIC 60 %; X\n".encode()
)
LISTS = (
    b"source,name,alt_names,addresses,start_date,ids\n"
    b'Entity List (EL) - BIS,Made-Up Chips,MUC; M U C,1 Road CN,2019-05-21,"Tax ID No., 80-0890696, US"\n'
)
PLAIN = "id,item,quantity,to,hq\n1,H100 SXM,1500,PL,PL\n2,4E091,1,Canada,Canada\n3,h20,20000,瑞士,CN\n".encode()
NEWS = (
    "（中央社華盛頓13日電）美國政府13日公布AI晶片出口管制新規，對120國設出口限額，最多可獲得約50000個GPU。\n"
    "商務部新聞發言人說：「我們堅決反對。」輝達批評新規，稱此舉損害企業利益。\n"
    "On January 13, 2025, NVIDIA said that the AI diffusion rule puts about 120 countries in the second tier.\n"
).encode()
PAGE = b"<html><head><title>x</title></head><body><article><p>" + NEWS.replace(b"\n", b"</p><p>") + b"</p></article>"
GOLD = (
    b"id,passage_no,char_start,char_end,attributed_to,subject,predicate,object_value,unit\n"
    b"c1,1,10,40,(own voice),US,(aside),120,country\nc2,2,0,10,(own voice),CN,(aside),against,\n"
)
ENTITIES = (
    "entity_id,entity_type,surface_forms,iso_code\nUS,country,美國政府 | 美國,US\nNV,company,NVIDIA | 輝達,\n".encode()
)
QUERY = (ROOT / "graph/dualuse/query/named/members-of-group.rq").read_bytes()
OWN_STORY = (
    "title: {en: T, zh_hant: 題}\nsteps:\n- {state: 'view=world&at=2025-01-13&focus=place:CH', title: {en: A}, "
    "text: {en: B}, rests_on: [place:CH]}\n- {state: '', title: {en: C}, text: {zh_hans: 文}}\n"
).encode()
STORY = (ROOT / "data/stories/models-of-june-2026.yml").read_bytes()
CODED = b"""statements:
- {review: accept, key: one, date: '2025-01-13', organisation: nvidia, topic: a-topic, stance: opposes,
   summary: They are against it., source_kind: reprint, sources: [dcd-16-entity-list], confidence: medium}
- {review: open, key: two}
"""
_ANSWER = {
    "question": {"command": "groups"},
    "asked": {"places": ["CH"], "as_of": "2025-06-01"},
    "as_of": "2025-06-01",
    "answer": {"places": []},
    "because": [],
    "unknown": [],
    "dataset": {"version": "0.1.0", "sha256": "x", "known_on": "2026-11-22"},
}
CARD = json.dumps({**_ANSWER, "sha256": digest(_ANSWER)}).encode()
DAY = ("--as-of", "2025-06-01", "--store", "STORE")


def targets(work: Path) -> list[Target]:
    """Every command that reads files, with real ones."""
    curated = [
        ROOT / "data" / name for name in ("memberships.csv", "provisions.csv", "claims/claims.csv", "conditions.yml")
    ]
    curated += [
        ROOT / "data" / "dataset.yml",
        ROOT / "data" / "expected.yml",
        *sorted((ROOT / "data" / "news").glob("*.yml")),
    ]
    for folder in ("instruments", "rules", "products", "sources"):
        curated += sorted((ROOT / "data" / folder).iterdir())[:2]
    named = [(str(path.relative_to(ROOT)), path.read_bytes()) for path in curated]
    review = _review(work)
    claims = b"key,mine,gloss\nzz.1,kept,said\n"
    ledger = (("review.yml", review), ("into/claims.csv", claims), ("into/passages.csv", b"key,document\nzz.p1,zz\n"))
    owned = ("owned", "--rule", "ofac-50", "--edges", "edges.csv", "--listed", "listed.csv", *DAY)
    found = [
        Target("owned", (*owned, "--format", "json", "-o", "out.json"), (("edges.csv", EDGES), ("listed.csv", LISTED))),
        Target("owned A", (*owned, "A", "B"), (("edges.csv", EDGES), ("listed.csv", LISTED))),
        Target("holders", ("holders", "A", "--edges", "edges.csv", *DAY), (("edges.csv", EDGES),)),
        Target("check --batch", ("check", "--batch", "b.csv", *DAY, "-o", "out.csv"), (("b.csv", SHIPMENTS),)),
        Target(
            "affected --ties",
            ("affected", "--by", "us-h20-is-informed-2025-04", "--ties", "b.csv", *DAY),
            (("b.csv", SHIPMENTS),),
        ),
        Target("whatif --batch", ("whatif", "--move", "PL:supp5a", "--batch", "b.csv", *DAY), (("b.csv", PLAIN),)),
        Target(
            "screen",
            ("screen", "c.csv", "--lists", "l.csv", "--lists", "record", "--format", "csv", *DAY),
            (("c.csv", CUSTOMERS), ("l.csv", LISTS)),
        ),
        Target("news", ("news", "n.txt", "--format", "json", "--store", "STORE"), (("n.txt", NEWS),)),
        Target("news --review", ("news", "n.txt", "--review", "r.yml", "--store", "STORE"), (("n.txt", NEWS),)),
        Target("news html", ("news", "n.html", "--store", "STORE"), (("n.html", PAGE),)),
        Target(
            "news --gold",
            ("news", "n.txt", "--gold", "g.csv", "--store", "STORE"),
            (("n.txt", NEWS), ("g.csv", GOLD), ("g.csv", ENTITIES)),
        ),
        Target(
            "load claims",
            ("load", "claims", "review.yml", "--into", "into"),
            ledger,
            ("into/claims.csv", "into/passages.csv"),
        ),
        Target("load dna", ("load", "dna", "s.dna", "-o", "r.yml", "--store", "STORE"), (("s.dna", _coded()),)),
        Target("load statements", ("load", "statements", "r.yml", "--into", "into"), (("r.yml", CODED),)),
        Target("sparql --file", ("sparql", "--file", "q.rq", "--timeout", "5", "--store", "STORE"), (("q.rq", QUERY),)),
        Target("verify-card", ("verify-card", "card.json", "--store", "STORE"), (("card.json", CARD),), ends=1),
        Target("verify", ("verify", "n.txt", "--store", "STORE"), (("n.txt", NEWS),), ends=2),
        Target("claims --sources", ("claims", "--sources", ".", *DAY, "--format", "csv"), (("n.txt", NEWS),)),
        Target("explore --story", ("explore", "--story", "s.yml", *DAY, "-o", "out.html"), (("s.yml", STORY),)),
        Target("validate", ("validate", "--data", "data"), tuple(named), one=True),
    ]
    return [*found, *_tables(work), *_readers(review, named)]


def _readers(review: bytes, named: Sequence[tuple[str, bytes]]) -> list[Target]:
    """What the commands read files with, by itself."""
    from datetime import date

    from dualuse.claims.dna.read import read_dna
    from dualuse.explore.stories import read_story
    from dualuse.load.files import read_csv, read_yaml
    from dualuse.news.review.file import accept
    from dualuse.news.review.gold import read_rows
    from dualuse.news.text.page import page_text
    from dualuse.ownership.read import read_edges
    from dualuse.query.check import check, limited
    from dualuse.shipments import Table, asked

    def curated(path: Path) -> None:
        for _ in read_csv(path.name, path, []) if path.suffix == ".csv" else [read_yaml(path.name, path, [])]:
            pass

    def shipments(path: Path) -> None:
        for _, cells in Table(path):
            with contextlib.suppress(UsageError):
                asked(cells)

    def query(path: Path) -> None:
        text = path.read_bytes().decode("utf-8", "replace")
        check(text)
        limited(text, 10)

    def page(path: Path) -> None:
        page_text(path.read_bytes().decode("utf-8", "replace"))

    flat = tuple((f"f{number}{Path(name).suffix}", content) for number, (name, content) in enumerate(named))
    return [
        Target("reader of curated files", (), flat, one=True, reader=curated),
        Target("reader of edges", (), (("e.csv", EDGES),), reader=lambda path: read_edges(path, date(2025, 6, 1))),
        Target("reader of shipments", (), (("b.csv", SHIPMENTS),), reader=shipments),
        Target("reader of reviews", (), (("r.yml", review),), reader=accept),
        Target("reader of coded statements", (), (("s.dna", _coded()),), reader=read_dna),
        Target("reader of gold tables", (), (("g.csv", GOLD), ("g.csv", ENTITIES)), reader=read_rows),
        Target("reader of stories", (), (("s.yml", STORY), ("s.yml", OWN_STORY)), reader=read_story),
        Target("reader of queries", (), (("q.rq", QUERY),), reader=query),
        Target("reader of pages", (), (("n.html", PAGE),), reader=page),
    ]


def _coded() -> bytes:
    """A database of the Discourse Network Analyzer with one statement of ours."""
    from dualuse.claims.dna.write import to_dna
    from dualuse.load.curated import read_curated
    from dualuse.model.base import placed
    from dualuse.resources import root

    said = read_curated(root("data")).tables["statements"]
    return to_dna((placed(said[key], key) for key in list(said)[:2]), lambda kind, key: f"{kind} {key}")


def _review(work: Path) -> bytes:
    """A review file as ``news --review`` makes it, all of it accepted."""
    folder = work / "review"
    outcome = run(
        ("news", "n.txt", "--review", "review.yml", "--store", "STORE"), {"n.txt": NEWS}, work / "store", folder
    )
    if outcome.code:
        raise SystemExit(f"no review file: {outcome.said}")
    content = yaml.safe_load((folder / "review.yml").read_text("utf-8"))
    content["document"] |= {"key": "made-up", "title": "Made up", "source": "digest-88iv-2025-01"}
    for entry in content["candidates"]:
        entry["review"] = "accept"
        if entry["kind"] == "claim":
            entry |= {"gloss": "Said in our own words.", "value": entry["value"] or "a phrase of ours"}
            entry["subject_label"] = entry["subject_label"] or "the measure"
        else:
            entry |= {"summary": "They are against it.", "topic": "made-up", "source_kind": "news"}
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False).encode()


def _tables(work: Path) -> list[Target]:
    """Commands that read tables in formats other than text."""
    found = []
    with contextlib.suppress(ImportError):
        import pyarrow as pa
        import pyarrow.parquet as pq

        columns = {"owner": ["L", "A"], "owned": ["A", "B"], "share_min": [60.0, None], "share_max": [60.0, 70.0]}
        pq.write_table(pa.table(columns), work / "edges.parquet")
        content = (work / "edges.parquet").read_bytes()
        command = ("owned", "--rule", "ofac-50", "--edges", "e.parquet", "--listed", "l.csv", *DAY)
        found.append(Target("owned parquet", command, (("e.parquet", content), ("l.csv", b"party\nL\n"))))
    with contextlib.suppress(ImportError):
        import openpyxl

        book = openpyxl.Workbook()
        for row in SHIPMENTS.decode().splitlines():
            book.active.append(row.split(","))
        book.save(work / "b.xlsx")
        workbook = (("b.xlsx", (work / "b.xlsx").read_bytes()),)
        found.append(Target("check workbook", ("check", "--batch", "b.xlsx", *DAY), workbook))
    return found
