"""``/api/``: the cards of the command line, its words where something is wrong, and a document that is true of both."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import httpx
import jsonschema
import pytest
from tests.running import Run
from tests.serve.live import Live, running

from dualuse import questions
from dualuse.cli.commands import command
from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.questions.question import Question
from dualuse.serve.api.document import document, served
from dualuse.serve.api.examples import EXAMPLES
from dualuse.serve.api.values import read_values, taken

CHEAP = ("enforcement", "groups", "holders", "status")
"""Questions that a short run of schemathesis asks."""
HERE = Path(__file__).parent
SLOW = os.environ.get("DUALUSE_SLOW") == "1"


def question(name: str) -> Question:
    found = questions.find(name)
    assert found is not None
    return found


def test_a_question_is_answered_as_on_the_command_line(live: Live, run: Run) -> None:
    answer = live.get("api/groups?places=CH&places=Hong+Kong&as_of=2025-01-13")
    told = run("groups", "CH", "Hong Kong", "--as-of", "2025-01-13", "--format", "json")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.text == told.stdout


@pytest.mark.parametrize(
    ("path", "status", "arguments"),
    [
        ("groups?places=Nowhere", 404, ("groups", "Nowhere")),
        ("chips", 422, ("chips",)),
        ("said?within=3d", 422, ("said", "--within", "3d")),
        ("status?lens=heard", 400, ("status", "--lens", "heard")),
        ("status?as_of=2025-02-30", 400, ("status", "--as-of", "2025-02-30")),
        ("chips?quantity=0", 400, ("chips", "--quantity", "0")),
        ("chips?quantity=many", 400, ("chips", "--quantity", "many")),
        ("connected?tier=4", 400, ("connected", "--tier", "4")),
        ("centrality?drop=1", 400, ("structure", "centrality", "--drop", "1")),
        ("why?party=nvidia", 400, ("why", "nvidia")),
        ("affected?compare=a", 400, ("affected", "--compare", "a")),
    ],
)
def test_what_is_wrong_is_told_in_the_same_words(
    live: Live, run: Run, path: str, status: int, arguments: tuple[str, ...]
) -> None:
    answer = live.get(f"api/{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    problem = answer.json()
    assert (problem["status"], problem["type"]) == (status, "about:blank")
    assert problem["detail"] in run(*arguments).stderr.replace("\n", " ")


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("grups", 404, "no question 'grups'; nearest: groups"),
        ("screen", 405, "POST its content to /api/screen"),
        ("groups?place=CH", 400, "groups has no parameter 'place'; nearest: places"),
        ("owned?edges=/etc/passwd", 400, "owned has no parameter 'edges'"),
        ("whatif?sweep=true", 400, "whatif has no parameter 'sweep'"),
        ("groups?places=%ff", 400, "not UTF-8"),
        ("groups?places", 400, "name=value"),
        ("groups?places=", 400, "0 characters"),
        ("groups?count=yes", 400, "'yes' is not one of 'true', 'false'"),
        ("groups?as_of=2025-01-13&as_of=2025-01-14", 400, "2 times"),
        ("centrality?drop=1e999", 400, "range"),
        ("%ff", 400, "not UTF-8"),
        ("groups%zz", 400, "not UTF-8"),
        ("..%2f..%2fhealth", 404, "no question"),
    ],
)
def test_an_address_that_cannot_be_read(live: Live, path: str, status: int, says: str) -> None:
    answer = live.get(f"api/{path}")
    assert answer.status_code == status
    assert says in answer.json()["detail"]


def test_what_one_has_is_not_sent_again(live: Live) -> None:
    first = live.get("api/groups?places=CH")
    tag = first.headers["etag"]
    again = live.get("api/groups?places=CH", {"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    other = live.get("api/groups?places=HK", {"If-None-Match": tag})
    assert (other.status_code, other.headers["etag"] != tag) == (200, True)
    assert live.get("api/groups?places=Nowhere").headers.get("etag") is None


def test_head_and_other_methods(live: Live) -> None:
    address = f"{live.address}api/groups?places=CH"
    head = httpx.head(address, timeout=60)
    assert (head.status_code, head.content) == (200, b"")
    refused = httpx.delete(address)
    assert (refused.status_code, "GET" in refused.headers["allow"]) == (405, True)


def test_nothing_local_is_taken() -> None:
    left = {name for name in questions.names() if question(name).local}
    assert left == {"diff", "news", "screen", "verify"}
    assert {each.name for each in served()} == set(questions.names()) - left
    paths = [each for one in served() for each in taken(one).values() if each.type is Path]
    assert paths == []
    files = [f"{one.name} {each.name}" for one in served() for each in taken(one).values() if "FILE" in str(each.how)]
    assert files == []


def _read_by_click(asked: Question, flag: str, text: str) -> str:
    """What the command line says of a value."""
    made = next(each for each in command(asked).params if flag in each.opts)
    with pytest.raises(click.UsageError) as failed, click.Context(command(asked)) as context:
        made.process_value(context, (text,) if made.multiple else text)
    return failed.value.format_message()


@pytest.mark.parametrize("one", served(), ids=lambda one: one.name)
def test_values_are_refused_as_by_click(one: Question) -> None:
    for name, parameter in taken(one).items():
        others = "".join(f"&{other}=x" for other, each in taken(one).items() if each.required and other != name)
        if not parameter.flag or parameter.type in (str, bool):
            continue
        with pytest.raises(UsageError) as failed:
            read_values(one, f"{name}=%2A{others}".encode())
        if parameter.flag.partition("/")[0] != "--since-load":
            assert str(failed.value) == _read_by_click(one, parameter.flag.partition("/")[0], "*")


def test_the_document_is_openapi() -> None:
    found = document()
    assert found["openapi"].startswith("3.1")
    assert set(found["paths"]) == {f"/api/{name}" for name in questions.names()}
    for methods in found["paths"].values():
        for operation in methods.values():
            for parameter in operation["parameters"]:
                jsonschema.Draft202012Validator.check_schema(parameter["schema"])
    for schema in found["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("name", sorted(EXAMPLES) if SLOW else CHEAP)
def test_cards_are_as_the_document_says(name: str, knowledge: Knowledge) -> None:
    found = document()
    schema = found["paths"][f"/api/{name}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    whole = {**schema, "components": found["components"]}
    for query in EXAMPLES.get(name, ("",)):
        card = question(name)(knowledge, read_values(question(name), query.encode()))
        jsonschema.validate(json.loads(json.dumps(card.to_dict())), whole, cls=jsonschema.Draft202012Validator)


def test_the_page_of_the_questions(live: Live) -> None:
    page = live.get("api/").text
    assert [one.name for one in served() if f'<section id="{one.name}">' not in page] == []
    assert "openapi.json" in page


def _schemathesis(address: str, folder: Path, *options: str) -> str:
    program = str(Path(sys.executable).with_name("schemathesis"))
    arguments = [program, "--config-file", str(HERE / "schemathesis.toml"), "run", f"{address}api/openapi.json"]
    done = subprocess.run(
        [*arguments, "--no-color", "--generation-deterministic", *options],
        capture_output=True,
        cwd=folder,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:]
    return done.stdout


def test_schemathesis_finds_nothing(live: Live, tmp_path: Path) -> None:
    """With DUALUSE_SLOW=1 in every question, in all its phases; else in a few."""
    some = [part for name in CHEAP for part in ("--include-path", f"/api/{name}")]
    told = _schemathesis(live.address, tmp_path, "--phases", "fuzzing", "--max-examples", "1", *some)
    assert f"{len(CHEAP)} selected" in told


@pytest.mark.skipif(not SLOW, reason="DUALUSE_SLOW=1 runs it: some minutes")
def test_schemathesis_finds_nothing_anywhere(store_dir: Path, tmp_path: Path) -> None:
    with running(tmp_path, "--store", store_dir, "--timeout", "200", "--workers", "4") as live:
        told = _schemathesis(live.address, tmp_path, "--max-examples", "25", "--request-timeout", "240")
    assert f"{len(questions.names())} selected" in told
