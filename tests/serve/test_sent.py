"""Questions about a file of whoever asks: its content is sent, and answered as on the command line."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import httpx
import jsonschema
import pytest
from tests.running import Run
from tests.serve.live import Live

from dualuse import questions
from dualuse.knowledge import Knowledge
from dualuse.release.sheet import sheets
from dualuse.release.tabular import to_csv
from dualuse.serve.api.document import about_files, document
from dualuse.serve.api.values import MEDIA

XLSX = MEDIA[".xlsx"]
CUSTOMERS = "name,country\nHuawei Technologies,CN\nKonditorei Müller,AT\n"


def send(live: Live, path: str, content: bytes | str, kind: str = "text/csv") -> httpx.Response:
    body = content.encode() if isinstance(content, str) else content
    return httpx.post(f"{live.address}api/{path}", content=body, headers={"Content-Type": kind}, timeout=120)


def test_every_question_about_a_file_is_here() -> None:
    local = {name for name in questions.names() if (each := questions.find(name)) is not None and each.local}
    assert {question.name for question, _ in about_files()} == local == {"diff", "news", "screen", "verify"}
    assert {suffix for _, file in about_files() for suffix in file.how.sent} == MEDIA.keys()


def test_customers_are_screened_as_on_the_command_line(patient: Live, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "sent.csv"
    file.write_text(CUSTOMERS, "utf-8")
    time = "2026-01-01T00:00:00Z"
    answer = send(patient, f"screen?time={time}&as_of=2025-06-01", CUSTOMERS, "text/csv; charset=utf-8")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert answer.text == run("screen", file, "--time", time, "--as-of", "2025-06-01", "--format", "json").stdout
    assert answer.json()["answer"]["counts"]["hit"] == 1
    schemas = document()
    schema = schemas["paths"]["/api/screen"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    whole = {**schema, "components": schemas["components"]}
    jsonschema.validate(answer.json(), whole, cls=jsonschema.Draft202012Validator)
    assert "Konditorei" not in patient.log.read_text("utf-8")


def test_a_text_is_read(patient: Live) -> None:
    text = "On January 13, 2025, NVIDIA said that it opposes the AI diffusion export control rule.\n"
    answer = send(patient, "news?date=2025-01-13", text, "text/plain").json()["answer"]
    assert [claim["claimant"] for claim in answer["claims"]] == ["nvidia"]


def test_a_release_is_compared_with_what_is_served(patient: Live, knowledge: Knowledge, tmp_path: Path) -> None:
    """Only what the server is sent is read: here a release with fewer tables, each without its first row."""
    tables = [sheet for sheet in sheets(knowledge.store) if sheet.name in ("groups", "products")]
    version = knowledge.version
    listed = [{"name": each.name, "path": f"{each.name}.csv"} for each in tables]
    told = {"version": "0.1.0", "sha256": version.sha256, "created": "2026-01-01T00:00:00Z", "resources": listed}
    with zipfile.ZipFile(tmp_path / "old.zip", "w") as archive:
        archive.writestr("old/tables/datapackage.json", json.dumps(told))
        for each in tables:
            head, _, *rows = to_csv(each).decode("utf-8").splitlines(keepends=True)
            archive.writestr(f"old/tables/{each.name}.csv", "".join([head, *rows]))
    sent = (tmp_path / "old.zip").read_bytes()
    answer = send(patient, "diff?what=changed&what=removed&what=added", sent, "application/zip").json()["answer"]
    assert answer["before"] == "0.1.0, record to 2026-01-01"
    assert {row["what"] for row in answer["rows"]} == {"added"}
    assert [len([row for row in answer["rows"] if row["table"] == each.name]) for each in tables] == [1, 1]


@pytest.mark.parametrize(
    ("path", "content", "kind", "status", "says"),
    [
        ("screen", "name\nx\n", "application/pdf", 415, "one of text/csv, application/vnd"),
        ("screen", "name\nx\n", "", 415, "send its content, and say what it is"),
        ("screen?column=name", "a\nx\n", "text/csv", 422, "write ROLE=COLUMN"),
        ("screen?lists=record", "name\nx\n", "text/csv", 400, "screen has no parameter 'lists'"),
        ("screen?customers=/etc/passwd", "name\nx\n", "text/csv", 400, "screen has no parameter 'customers'"),
        ("screen", "", "text/csv", 422, "sent.csv"),
        (
            "screen",
            b"PK\x03\x04",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            422,
            "sent.xlsx",
        ),
        ("verify", "words of nobody\n", "text/plain", 422, "those of a document in the graph"),
        ("diff", b"PK\x05\x06" + bytes(18), "application/zip", 422, "holds no release that can be read"),
        ("diff?after=/etc", b"", "application/zip", 400, "diff has no parameter 'after'"),
        ("screen", bytes(3_000_001), "text/csv", 413, "more than 3,000,000 bytes"),
    ],
)
def test_what_is_wrong_is_said(
    patient: Live, path: str, content: bytes | str, kind: str, status: int, says: str
) -> None:
    answer = send(patient, path, content, kind)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert says in answer.json()["detail"]
    assert "dualuse-" not in answer.json()["detail"], "no folder is named"


def test_who_asks_without_a_file_is_told_how(patient: Live) -> None:
    answer = patient.get("api/screen")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert "POST its content" in answer.json()["detail"]
    assert "--data-binary @FILE -H 'Content-Type: text/csv'" in patient.get("api/").text
    assert json.loads(patient.get("api/openapi.json").text)["paths"]["/api/verify"].keys() == {"post"}
