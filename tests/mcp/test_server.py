"""The tools as the protocol tells them: read-only, short, typed; by the page, with nothing left out in silence."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar, get_args

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient
from tests.mcp.apart import finish
from tests.running import Run

from dualuse.errors import UsageError
from dualuse.knowledge import Knowledge
from dualuse.lens import Lens
from dualuse.mcp import create_server, prompts, resources, tools
from dualuse.mcp.answering import Here
from dualuse.mcp.answers import Page, command_line, paged
from dualuse.mcp.running import guarded
from dualuse.model.values import Stance
from dualuse.questions.schema import LARGEST
from mcp import Client, MCPError, StdioServerParameters

RULE = "us-ai-diffusion-ifr-2025-01"
T = TypeVar("T")


@pytest.fixture
def asked(knowledge: Knowledge) -> Callable[[Callable[[Client], Awaitable[T]]], T]:
    """Ask a server in this process through a client."""

    def ask(what: Callable[[Client], Awaitable[T]]) -> T:
        async def run() -> T:
            async with Client(create_server(Here(knowledge))) as client:
                return await what(client)

        return finish(run)

    return ask


Asked = Callable[[Callable[[Client], Awaitable[Any]]], Any]


def refused(asked: Asked, what: Callable[[Client], Awaitable[Any]]) -> str:
    """Why something is refused, as the protocol says it."""

    async def why(client: Client) -> str:
        try:
            await what(client)
        except MCPError as error:
            return error.message
        return ""

    told: str = asked(why)
    return told


@pytest.fixture
def call(asked: Asked) -> Callable[..., Any]:
    """Call a tool."""
    return lambda tool, **given: asked(lambda client: client.call_tool(tool, given))


def test_tools_are_read_only_and_short(asked: Asked) -> None:
    listed = asked(lambda client: client.list_tools()).tools
    assert [tool.name for tool in listed] == [tool.name for tool in tools.TOOLS]
    assert 9 <= len(listed) <= 12
    for tool in listed:
        assert len(tool.description.split()) < 200
        told = tool.annotations
        assert (told.read_only_hint, told.destructive_hint, told.open_world_hint) == (True, False, False)
        Draft202012Validator.check_schema(tool.input_schema)
        assert tool.input_schema["additionalProperties"] is False
    assert len(json.dumps([tool.input_schema for tool in listed])) < 30_000


def test_arguments_are_those_of_the_questions(asked: Asked) -> None:
    schemas = {tool.name: tool.input_schema["properties"] for tool in asked(lambda client: client.list_tools()).tools}
    assert schemas["status"]["lens"]["enum"] == [lens.value for lens in Lens]
    assert schemas["said"]["stance"]["items"]["enum"] == list(get_args(Stance))
    quantity = {"type": "integer", "minimum": 1, "maximum": LARGEST, "default": 1, "description": "Units."}
    assert schemas["check"]["quantity"] == quantity
    assert schemas["affected"]["compare"]["maxItems"] == 2
    assert not {"edges", "listed", "engine"} & schemas["owned"].keys()
    assert {"hq", "end_use", "data_centre", "under"} <= schemas["check"].keys()
    assert schemas["changes"].keys() >= {"from", "to", "kind"}
    for tool in tools.TOOLS:
        names = {each.name for each in tool.parameters.values()}
        assert {*tool.takes, *tool.needs} <= names
        assert not [each.name for each in tool.parameters.values() if each.type is Path], "a file of this machine"
        assert all("description" in each for each in schemas[tool.name].values())


def test_a_page_leaves_nothing_out_in_silence(knowledge: Knowledge, call: Callable[..., Any]) -> None:
    """All pages together are the whole answer; unknowns stand on each."""
    whole = knowledge.said(about=RULE).to_dict()
    rows, receipts, first = [], [], 1
    while True:
        card = call("said", about=RULE, limit_rows=20, first_row=first).structured_content
        assert card["unknown"] == whole["unknown"]
        assert card["sha256"] == whole["sha256"]
        rows += card["answer"]["statements"]
        receipts += card["because"]
        first += 20
        if max(len(card["answer"]["statements"]), len(card["because"])) < 20:
            break
        assert f"rows {first - 20} to {first - 1} of {len(whole['because'])}" == card["left_out"]["given"]["because"]
        assert card["left_out"]["more"].startswith(f"ask again with first_row {first}")
        assert card["left_out"]["whole"] == f"dualuse said --about {RULE} --format json"
    assert rows == whole["answer"]["statements"]
    assert receipts == whole["because"]
    assert len(receipts) > 40


@pytest.mark.parametrize(
    ("tool", "given"),
    [
        (
            "said",
            {"about": RULE, "stance": ["opposes", "supports"], "within": "72h", "of": "publication", "side": "after"},
        ),
        ("check", {"item": "H100 SXM", "to": "瑞士", "hq": "CH", "data_centre": False, "as_of": "2025-05-15"}),
        ("changes", {"from": "2026-01-31", "to": "2026-02-28", "kind": ["event", "membership"]}),
        ("groups", {"count": True, "claimed": 120, "as_of": "2025-01-13"}),
    ],
)
def test_the_command_line_gives_the_whole(run: Run, call: Callable[..., Any], tool: str, given: dict[str, Any]) -> None:
    card = call(tool, **given, limit_rows=1).structured_content
    done = run(*shlex.split(card["left_out"]["whole"])[1:])
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["sha256"] == card["sha256"]


def test_two_values_stand_after_one_option() -> None:
    question = tools.BY_NAME["affected"].question
    assert question is not None
    given = {"compare": ["a", "b c"], "party": "x", "by": ["d", "e"]}
    assert command_line(question, given) == ("dualuse affected --by d --by e --party x --compare a 'b c' --format json")


def test_a_short_answer_is_the_card_whole(knowledge: Knowledge, call: Callable[..., Any]) -> None:
    given = {"instrument": RULE, "as_of": "2026-06-15", "lens": "enforced"}
    whole = knowledge.status(RULE, as_of="2026-06-15", lens="enforced").to_dict()
    assert call("status", **given, limit_rows=100).structured_content == whole
    assert "left_out" not in whole


@pytest.mark.parametrize(("first", "rows"), [(1, [1, 2]), (2, [2, 3]), (3, [3]), (4, [])])
def test_pages(first: int, rows: list[int]) -> None:
    card: dict[str, Any] = {"answer": {"t": [1, 2, 3], "n": 4}, "because": [], "unknown": [5]}
    found = paged(card, ["t"], Page(first, 2))
    assert found["answer"] == {"t": rows, "n": 4}
    assert found["unknown"] == [5]
    assert "answer.t" in found["left_out"]["given"]
    assert card["answer"]["t"] == [1, 2, 3]


def test_the_text_begins_with_the_headline(call: Callable[..., Any]) -> None:
    lines = (
        call("check", item="H100 SXM", quantity=2000, to="CH", hq="CH", as_of="2025-05-15").content[0].text.split("\n")
    )
    assert lines[0] == "Licence required"
    assert lines[1].startswith("An application would be judged under: presumption of approval.")
    assert lines[2].startswith("asked: What does it take to ship 2,000 × NVIDIA H100 SXM 80GB")
    assert sum(line.startswith("unknown: not modelled: ") for line in lines) > 10
    assert lines[-1].endswith("information, not legal advice")


def test_the_headline_is_about_the_parties_asked_about(call: Callable[..., Any]) -> None:
    """Not about how many others are caught."""
    text = call("owned", parties=["HiSilicon", "YMTC", "NVIDIA"], as_of="2025-10-15").content[0].text
    assert text.startswith("Listed: 2, Clear: 1\n")


@pytest.mark.parametrize(
    ("tool", "given", "message"),
    [
        ("sttus", {}, "no tool 'sttus'; nearest: status"),
        ("groups", {"place": ["CH"]}, "groups takes no argument 'place'; nearest: places"),
        ("groups", {"places": ["Switzerlnd"]}, "Nearest: CH (Switzerland)"),
        ("groups", {"places": ["CH"], "as_of": "yesterday"}, "groups: as_of: 'yesterday' does not match"),
        ("groups", {"places": ["CH"], "as_of": "2025-02-30"}, "is not a day of the calendar"),
        ("groups", {"limit_rows": 0}, "groups: limit_rows: 0 is less than the minimum of 1"),
        ("status", {"lens": "hoped"}, "'hoped' is not one of ['codified', 'enforced', 'announced']"),
        ("status", {}, "name an instrument or a provision, or ask how far the record reaches: record"),
        ("check", {"item": "H100"}, "check: it lacks to"),
        ("affected", {}, "say which measure (by) or which party (party)"),
        ("affected", {"compare": ["a"]}, "affected: compare: ['a'] is too short"),
        ("screen", {"parties": []}, "screen: parties: [] should be non-empty"),
        ("screen", {"parties": [{"name": "x", "file": "y"}]}, "Additional properties are not allowed ('file'"),
        ("sparql", {"query": "DELETE WHERE { ?s ?p ?o }"}, "DELETE is refused: the store is read-only"),
        ("sparql", {"query": "ASK { SERVICE <http://a.b/> { ?s ?p ?o } }"}, "SERVICE is refused"),
        ("sparql", {"query": "SELECT * FROM <http://a.b/> { ?s ?p ?o }"}, "FROM"),
        ("sparql", {"query": "SELECT"}, "the query cannot be read"),
    ],
)
def test_an_error_says_what_to_do(call: Callable[..., Any], tool: str, given: dict[str, Any], message: str) -> None:
    found = call(tool, **given)
    assert found.is_error
    assert message in found.content[0].text


def test_one_name_is_taken_for_a_list(call: Callable[..., Any]) -> None:
    assert call("groups", places="CH", as_of="2025-01-13").structured_content["asked"]["places"] == ["CH"]


def test_queries_of_each_form(call: Callable[..., Any]) -> None:
    found = call("sparql", query="SELECT ?p WHERE { ?p a du:Destination } ORDER BY ?p", limit_rows=2, first_row=3)
    assert [row["p"] for row in found.structured_content["answer"]["rows"]] == ["place:AF", "place:AG"]
    assert found.structured_content["left_out"]["given"]["answer.rows"] == "rows 3 to 4; there are more rows"
    assert call("sparql", query="ASK { place:CH a du:Destination }").content[0].text.startswith("holds\n")
    triples = call("sparql", query="DESCRIBE place:CH", limit_rows=200).structured_content["answer"]["rows"]
    assert {"subject", "predicate", "object"} == triples[0].keys()


def test_a_customer_is_screened_and_nothing_stays_behind(
    call: Callable[..., Any], tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    found = call("screen", parties=[{"name": "=HYPERLINK(1)", "owners": "Huawei 60 %"}, {"name": 'Say "hi", Ltd'}])
    assert not found.is_error
    assert list(tmp_path.iterdir()) == []
    assert {row["customer"] for row in found.structured_content["answer"]["matches"]} >= {'Say "hi", Ltd'}


def reading(uri: str) -> Callable[[Client], Awaitable[Any]]:
    return lambda client: client.read_resource(uri)


def filling(name: str, given: dict[str, str]) -> Callable[[Client], Awaitable[Any]]:
    return lambda client: client.get_prompt(name, given)


def test_resources_are_read(asked: Asked) -> None:
    listed = asked(lambda client: client.list_resources()).resources
    assert {str(each.uri) for each in listed} == {*resources.BY_URI}
    heads = {}
    for each in listed:
        (content,) = asked(reading(str(each.uri))).contents
        heads[each.name] = content.text.partition("\n")[0]
        assert len(content.text) > 1_000
        assert content.mime_type == "text/markdown"
    assert heads["rules"] == "# Rules of use"
    assert heads["queries"] == "# Queries that work"
    (template,) = asked(lambda client: client.list_resource_templates()).resource_templates
    uri = template.uri_template.replace("{name}", "members-of-group")
    (content,) = asked(lambda client: client.read_resource(uri)).contents
    assert "SELECT" in content.text
    assert "no named query 'moon'" in refused(asked, lambda client: client.read_resource("dualuse://queries/moon"))
    why = refused(asked, lambda client: client.read_resource("dualuse://moon"))
    assert why.startswith("no resource 'dualuse://moon'; there are: dualuse://rules")


def test_prompts_say_what_may_not_be_left_out(asked: Asked) -> None:
    listed = asked(lambda client: client.list_prompts()).prompts
    assert len(listed) == 5
    for prompt in listed:
        given = {each.name: "X" for each in prompt.arguments if each.required}
        told = asked(filling(prompt.name, given)).messages[0].content.text
        assert "say every unknown" in told
        assert "X" in told
        assert any(f"`{tool}`" in told for tool in tools.BY_NAME)
        assert all(word in tools.BY_NAME for word in told.split("`")[1::2])
    for task in prompts.PROMPTS:
        assert prompts.blanks(task) == {*task.needs, *task.takes}
    why = refused(asked, lambda client: client.get_prompt("is-it-in-force", {}))
    assert why == "prompt is-it-in-force takes instrument, claim, as_of; it lacks instrument"
    why = refused(asked, lambda client: client.get_prompt("x", {}))
    assert why.startswith("no prompt 'x'; there are: may-it-ship")
    with pytest.raises(UsageError, match="it has no moon"):
        prompts.PROMPTS[0].fill({"item": "H100", "to": "CH", "moon": "1"})


def test_a_page_from_elsewhere_does_not_reach_it(knowledge: Knowledge) -> None:
    app = create_server(Here(knowledge)).streamable_http_app(
        transport_security=guarded(["box.example"]), stateless_http=True
    )
    hello = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    accept = {"Accept": "application/json, text/event-stream"}
    with TestClient(app, base_url="http://127.0.0.1:7879") as client:

        def code(**headers: str) -> int:
            return client.post("/mcp", json=hello, headers=accept | headers).status_code

        assert code() == code(Host="box.example") == code(Origin="http://localhost:3000") == 200
        assert code(Host="evil.example") == 421
        assert code(Origin="https://evil.example") == 403


def parameters(store: Path, *more: str) -> StdioServerParameters:
    return StdioServerParameters(
        command=sys.executable, args=["-m", "dualuse", "mcp", "--store", str(store), *more], env=dict(os.environ)
    )


def test_over_standard_streams(store_dir: Path) -> None:
    """A query that does not end is ended, and the next call is answered; in time on a busy machine too."""
    runaway = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"

    async def run() -> tuple[Any, ...]:
        async with Client(parameters(store_dir, "--timeout", "4", "--workers", "2")) as client:
            return (
                await client.list_tools(),
                await client.call_tool("sparql", {"query": runaway}),
                await client.call_tool("groups", {"places": ["CH"], "as_of": "2025-01-13"}),
                await client.call_tool("groups", {"places": ["Switzerlnd"]}),
            )

    listed, ended, answered, refused = finish(run)
    assert len(listed.tools) == len(tools.TOOLS)
    assert ended.is_error
    assert ended.content[0].text == "no answer within 4 s; ask for less"
    assert answered.structured_content["answer"]["places"][0]["tier"] == 2
    assert refused.is_error
    assert "Nearest: CH (Switzerland)" in refused.content[0].text


@pytest.mark.skipif(not os.environ.get("DUALUSE_SLOW"), reason="starts a server on a port")
def test_over_http(store_dir: Path) -> None:
    command = [sys.executable, "-m", "dualuse", "mcp", "--http", "--host", "127.0.0.1", "--port", "0"]
    command += ["--allow-host", "box.example", "--store", str(store_dir)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        address = process.stderr.readline().strip().rpartition(" ")[2]

        async def run() -> Any:
            async with Client(address) as client:
                return await client.call_tool("groups", {"places": ["CH"], "as_of": "2025-01-13"})

        try:
            assert finish(run).structured_content["answer"]["places"][0]["tier"] == 2
        finally:
            process.terminate()
            assert process.wait(20) == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--host", "::1"), "--host and --allow-host are for --http"),
        (("--allow-host", "x"), "--host and --allow-host are for --http"),
        (("--http", "--host", "not.an.address.invalid"), "not.an.address.invalid port 7879"),
    ],
)
def test_wrong_use(run: Run, words: tuple[str, ...], message: str) -> None:
    done = run("mcp", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


def test_the_page_names_what_there_is(run: Run) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "mcp.md").read_text("utf-8")
    (block,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    server = json.loads(block)["mcpServers"]["dualuse"]
    assert server["command"] == "dualuse"
    done = run(*server["args"])
    assert done.returncode == 3, "there is no such store"
    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == [*tools.BY_NAME]
    assert all(f"`{name}`" in page for name in (*resources.BY_URI, resources.QUERY, *prompts.BY_NAME))


def test_without_a_store(run: Run, tmp_path: Path) -> None:
    done = run("mcp", "--store", tmp_path / "none")
    assert done.returncode == 3
    assert "dualuse build" in done.stderr
