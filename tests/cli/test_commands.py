"""Every command with every option; what goes to which stream; what wrong use gets."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import click.testing
import pytest
from tests.cli.tried import CARDS, DAY, OTHERS, RULE, SHORT
from tests.running import Run

from dualuse import __version__
from dualuse.card import Card
from dualuse.cli import cli, output
from dualuse.knowledge import Knowledge

Invoke = Callable[..., click.testing.Result]

NAMES = cli.list_commands(click.Context(cli))

ELSEWHERE = {"diff", "load", "mcp", "news", "reconcile", "release", "serve", "update", "verify", "verify-card"}
"""Commands whose options need a document or a server at hand; tests of claims, feeds, news and the like try them."""

ON_SPARK = {"affected": {"--engine", "--into"}}
"""Options that need Spark; tests/analyse/test_tied_on_spark.py tries them."""


@pytest.fixture
def here(clean: Path, store_dir: Path) -> Callable[[tuple[str, ...]], list[str]]:
    """Put paths in the place of the words in capitals."""
    (clean / "question.rq").write_text("SELECT ?p WHERE { ?p a du:Destination }")
    (clean / "there").write_text("old")
    (clean / "edges.csv").write_text("owner,owned,share_min,share_max\nx,a,50,50\na,b,50,50\n", "utf-8")
    (clean / "listed.csv").write_text("party\nx\n", "utf-8")
    (clean / "customers.csv").write_text("Firma\nHuawei\n", "utf-8")
    (clean / "shipments.csv").write_text("id,item,quantity,to,hq\n1,H100 SXM,10,PL,PL\n", "utf-8")
    story = "title: {en: T}\nsteps:\n  - {state: 'view=world&focus=place:CH', title: {en: A}, text: {en: B}}\n"
    (clean / "own-story.yml").write_text(story, "utf-8")
    places = {
        "STORE": str(store_dir),
        "OUT": str(clean / "there"),
        "NEW": str(clean / "new"),
        "TABLE": str(clean / "shipments.csv"),
        "STORY": str(clean / "own-story.yml"),
        "CUSTOMERS": str(clean / "customers.csv"),
        "EDGES": str(clean / "edges.csv"),
        "LISTED": str(clean / "listed.csv"),
        "FOLDER": str(clean),
        "PLOT": str(clean / "plot.svg"),
        "CARD": str(clean / "card.txt"),
        "QUERY": str(clean / "question.rq"),
        "DATA": str(Path(__file__).resolve().parents[2] / "data"),
    }
    return lambda arguments: [places.get(argument, argument) for argument in arguments]


def test_every_option_is_tried() -> None:
    tried: dict[str, set[str]] = {name: {"--help"} | ON_SPARK.get(name, set()) for name in NAMES}
    for name, *words in [*CARDS, *OTHERS]:
        tried[name] |= {word for word in words if word.startswith("-")}
    # the same code for every card: see test_output_file, and tests/cli/test_screen.py
    shown = {"--format", "-f", "--output", "-o", "--force", "--html", "--unknown", "--all", "--lang"}
    missed = []
    for name in (name for name in NAMES if name not in ELSEWHERE):
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        done = tried[name] | (shown if name in {card[0] for card in CARDS} else set())
        for parameter in command.params:
            if isinstance(parameter, click.Option) and not done & {*parameter.opts, *parameter.secondary_opts}:
                missed.append(f"{name} {parameter.opts[-1]}")
    assert not missed, f"try in tests/cli/tried.py: {missed}"


@pytest.mark.parametrize("arguments", CARDS, ids=" ".join)
def test_card(
    run: Run,
    here: Callable[[tuple[str, ...]], list[str]],
    knowledge: Knowledge,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
) -> None:
    """As text; and the same card as JSON, which is not asked for again."""
    shown: list[Card[Any]] = []

    def show(card: Card[Any], **how: Any) -> None:
        shown.append(card)
        whole(card, **how)

    whole = output.show
    monkeypatch.setattr(output, "show", show)
    answer = run(*here(arguments))
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "information, not legal advice" in answer.stdout
    assert "\x1b" not in answer.stdout
    (card,) = shown
    document = json.loads(json.dumps(card.to_dict()))
    assert list(document) == [
        *("question", "asked", "asked_on", "as_of", "lens", "answer", "because", "unknown", "query"),
        *("dataset", "engine", "note", "sha256"),
    ]
    assert document["question"]["command"] == arguments[0]
    days = [arguments[arguments.index(name) + 1] for name in ("--as-of", "--to") if name in arguments]
    assert document["as_of"] == (days[0] if days else knowledge.version.known_on.isoformat())
    assert all(receipt["source"] or receipt["provision"] for receipt in document["because"])
    assert document["because"] or document["unknown"]


@pytest.mark.parametrize("arguments", OTHERS, ids=" ".join)
@pytest.mark.usefixtures("quick_checks", "built_already")
def test_other(run: Run, here: Callable[[tuple[str, ...]], list[str]], arguments: tuple[str, ...]) -> None:
    answer = run(*here(arguments))
    assert answer.returncode == 0, answer.stderr
    assert "Traceback" not in answer.stderr
    written = Path(here(("OUT",))[0]).read_bytes()
    assert (written == b"old") is ("OUT" not in arguments)
    assert (answer.stdout == "") is ("OUT" in arguments or "NEW" in arguments)


@pytest.mark.parametrize("command", ["groups", "status", "why"])
def test_card_formats(run: Run, command: str) -> None:
    arguments = SHORT[command]
    document = json.loads(run(*arguments, "-f", "json").stdout)
    tables = [value for value in document["answer"].values() if isinstance(value, list) and value]
    rows = list(csv.DictReader(io.StringIO(run(*arguments, "-f", "csv").stdout), strict=True))
    assert len(rows) in [len(table) for table in tables]
    markdown = run(*arguments, "-f", "md").stdout
    assert markdown.count("\n### because\n") == 1
    assert markdown.count("\n| ---") + markdown.count("\n|-") + markdown.count("\n| ") >= len(rows)
    table = run(*arguments, "-f", "table").stdout
    assert table == run(*arguments).stdout
    assert "\nReceipts (" in table


@pytest.mark.parametrize(
    ("command", "form"),
    [("groups", "table"), ("groups", "json"), ("status", "csv"), ("status", "md"), ("connected", "json")],
)
def test_output_file(run: Run, clean: Path, command: str, form: str) -> None:
    arguments = SHORT[command]
    path = clean / "deep" / "card"
    shown = run(*arguments, "--format", form)
    answer = run(*arguments, "--format", form, "-o", path)
    assert (answer.returncode, answer.stdout) == (0, "")
    assert answer.stderr == f"Wrote {path} ({path.stat().st_size:,} bytes)\n"
    assert path.read_text("utf-8") == shown.stdout
    again = run(*arguments, "--format", form, "-o", path)
    assert (again.returncode, again.stdout) == (2, "")
    assert f"{path} is there already; overwrite it with --force, or choose another file" in again.stderr
    path.write_text("old")
    assert run(*arguments, "--format", form, "--output", path, "--force").returncode == 0
    assert path.read_text("utf-8") == shown.stdout
    assert [other.name for other in path.parent.iterdir()] == ["card"]


@pytest.mark.parametrize("name", NAMES)
def test_help_of_every_command(invoke: Invoke, name: str) -> None:
    short, long = invoke(name, "-h"), invoke(name, "--help")
    assert (short.exit_code, long.exit_code) == (0, 0)
    assert short.stdout == long.stdout
    assert "\n  Example:\n    dualuse " in long.stdout
    assert long.stderr == ""


@pytest.mark.parametrize("name", NAMES)
def test_examples_in_help_name_real_options(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    parts = [command]
    if isinstance(command, click.Group):
        context = click.Context(command)
        inner = (command.get_command(context, one) for one in command.list_commands(context))
        parts += [part for part in inner if part is not None]
    options = {word for part in parts for each in part.params for word in (*each.opts, *each.secondary_opts)}
    examples = [line.split() for line in (command.help or "").splitlines() if f"dualuse {name}" in line]
    assert examples
    for words in examples:
        used = {word for word in words[words.index(name) :] if word.startswith("-") and word != "-"}
        assert used <= options, words


def test_help_lists_every_command(invoke: Invoke) -> None:
    answer = invoke("--help")
    assert answer.exit_code == 0
    listed = re.findall(r"^  (\S+)  ", answer.stdout.partition("Commands:")[2], re.MULTILINE)
    assert listed == NAMES == sorted(NAMES)
    assert "Exit codes: 0 answered; 1 the data do not conform; 2 wrong use or input; 3" in answer.stdout
    assert invoke("-h").stdout == answer.stdout


def test_version(invoke: Invoke) -> None:
    assert invoke("--version").stdout == f"dualuse, version {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("gruops", "CH"), "no command 'gruops'. Did you mean groups?"),
        (("xyzzy",), f"no command 'xyzzy'. Commands: {', '.join(NAMES)}."),
        (("groups", "--count", "CH"), "--count counts whole universes; leave the places out"),
        (("groups", "CH", "--as-of", "2025-13-40"), "date '2025-13-40': '2025-13-40' is not a day of the calendar"),
        (("groups", "CH", "--as-of", "2025-02-30"), "date '2025-02-30': '2025-02-30' is not a day of the calendar"),
        (("groups", "CH", "--as-of", "2025-01"), "a day is needed here; write YYYY-MM-DD, for example 2025-01-01"),
        (("groups", "CH", "--as-of", "yesterday"), "date 'yesterday': 'yesterday' is not a date; write YYYY"),
        (("status", RULE, "--as-of", ""), "date '': '' is not a date"),
        (("status", RULE, "--lens", "hoped"), "'hoped' is not one of 'codified', 'enforced', 'announced'"),
        (("status",), "name an instrument or a provision, or ask how far the record reaches: --record"),
        (("status", RULE, "--record"), "--record tells of the whole record: leave the instrument out"),
        (("status", "us-ai-difusion-ifr-2025-01"), "no instrument or provision 'us-ai-difusion-ifr-2025-01'"),
        (("status", "us-ai-difusion-ifr-2025-01"), f"Nearest: {RULE}"),
        (("groups", "Switzerlnd"), "no place 'Switzerlnd' in the graph. Nearest: CH (Switzerland)"),
        (("groups", ""), "an empty name means nothing"),
        (("affected",), "say which measure (--by) or which party (--party)"),
        (("affected", "--by", RULE, "--effect", "pain"), "'pain' is not one of 'barred'"),
        (("connected",), "say which measure (--by) or which party (--party)"),
        (("connected", "--party", "Nvidea"), "no organisation or place 'Nvidea' in the graph. Nearest: nvidia"),
        (("connected", "--by", RULE, "--depth", "9"), "9 is not in the range 0<=x<=5"),
        (("connected", "--by", RULE, "--channel", "gossip"), "'gossip' is not one of 'destination'"),
        (("why", "TSMC"), "Missing argument 'MEASURE'"),
        (("why", "TSMC", "nothing-like-it"), "no instrument 'nothing-like-it' in the graph"),
        (("export",), "Missing option '-f' / '--format'"),
        (("export", "--format", "csv"), "--format csv writes several tables: name a folder with --output"),
        (("export", "--format", "pdf"), "'pdf' is not one of"),
        (("explore", "--by", RULE, "--party", "CH"), "choose one of --by, --party and --about"),
        (("build", "--data", "nowhere"), "Directory 'nowhere' does not exist"),
        (("groups", "--format", "yaml"), "'yaml' is not one of 'table', 'json', 'csv', 'md'"),
        (("groups", "--nonsense"), "No such option"),
        (("groups", "CH", "-o", "."), "is a directory"),
        (("groups", "CH", "-o", "file/card.json"), "file/card.json cannot be written: "),
        (("export", "--format", "nquads", "-o", "folder", "--force"), "folder cannot be written: "),
        (("export", "--format", "csv", "-o", "file"), "file"),
    ],
)
def test_wrong_use(run: Run, clean: Path, arguments: tuple[str, ...], message: str) -> None:
    (clean / "file").write_text("words")
    (clean / "folder").mkdir()
    answer = run(*arguments)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert message in answer.stderr
    assert "Error: " in answer.stderr
    assert "Traceback" not in answer.stderr
    assert (clean / "file").read_text() == "words"
    assert sorted(path.name for path in clean.iterdir()) == ["file", "folder"]


def test_atlantis(script: Run) -> None:
    answer = script("groups", "Atlantis")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.startswith("Error: no place 'Atlantis' in the graph. ")
    assert len(answer.stderr.splitlines()) == 1
    hint = answer.stderr.partition("in the graph. ")[2].strip()
    if hint.startswith("List them: dualuse "):
        assert script(*hint.removeprefix("List them: dualuse ").split()).returncode == 0
    else:
        assert hint.startswith("Nearest: ")


def test_export_tables_folder(run: Run, clean: Path) -> None:
    arguments = ("export", "--format", "csv", "--projection", "ownership", *DAY, "-o", "tables")
    assert run(*arguments).returncode == 0
    assert sorted(path.name for path in (clean / "tables").iterdir()) == [
        *("about.json", "edges.csv", "nodes.csv", "sources.csv")
    ]
    again = run(*arguments)
    assert again.returncode == 2
    assert "tables/about.json is there already; overwrite it with --force, or choose another folder" in again.stderr
    assert run(*arguments, "--force").returncode == 0


def test_links_and_devices_are_written_through(run: Run, clean: Path) -> None:
    (clean / "target").write_text("old")
    (clean / "link").symlink_to(clean / "target")
    (clean / "nothing").symlink_to(os.devnull)
    for name in ("link", "nothing"):
        assert run("groups", "CH", *DAY, "--format", "json", "-o", name, "--force").returncode == 0
        assert (clean / name).is_symlink(), f"{name} was replaced by a file"
    assert json.loads((clean / "target").read_text("utf-8"))["question"]["command"] == "groups"


def test_bare_command_shows_help(invoke: Invoke) -> None:
    answer = invoke()
    assert "Usage: " in answer.output
    assert "Commands:" in answer.output


def test_cells_of_a_card_are_defused(monkeypatch: pytest.MonkeyPatch) -> None:
    from dualuse.harmless import no_formula as guard
    from dualuse.show.cells import cell

    assert [guard(text) for text in ("=1", "+1", "-1", "@x", "\tx", "x=1", "")] == [
        *("'=1", "'+1", "'-1", "'@x", "'\tx", "x=1", "")
    ]
    assert [cell(value) for value in (None, True, False, 1.0, 0.25, ["a", None], {"a": 1, "b": None})] == [
        *("", "yes", "no", "1", "0.25", "a; ", "a 1")
    ]
