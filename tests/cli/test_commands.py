"""Every command with every option; what goes to which stream; what wrong use gets."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import click
import click.testing
import pytest
from tests.running import Run

from dualuse import __version__
from dualuse.cli import cli
from dualuse.knowledge import Knowledge

Invoke = Callable[..., click.testing.Result]

RULE = "us-ai-diffusion-ifr-2025-01"
DAY = ("--as-of", "2025-06-01")
STORE = ("--store", "STORE")
NAMES = cli.list_commands(click.Context(cli))

ELSEWHERE = {"load", "news", "reconcile", "update", "verify"}
"""Commands whose options need a document or a server at hand; tests of claims, feeds, news and reconcile try them."""

ON_SPARK = {"affected": {"--engine", "--into"}}
"""Options that need Spark; tests/analyse/test_tied_on_spark.py tries them."""

CARDS: list[tuple[str, ...]] = [
    ("groups", "CH", "瑞士", "TWN", "--as-of", "2025-01-13", *STORE),
    ("groups", *DAY),
    ("groups", "--count", *DAY),
    ("groups", "CH", *DAY, "--brief"),
    ("status", RULE, *DAY, "--lens", "codified", *STORE),
    ("status", RULE, *DAY, "--lens", "enforced", "--brief"),
    ("status", "AI擴散規則", *DAY, "--lens", "announced"),
    ("status", "Affiliates Rule", "--as-of", "2026-11-22"),
    ("connected", "--by", RULE, *DAY, "--lens", "codified", "--channel", "item", "--channel", "supply", *STORE),
    ("connected", "--by", RULE, *DAY, "--kind", "company", "--depth", "0", "--brief"),
    ("connected", "--party", "輝達", *DAY),
    ("connected", "--by", f"{RULE},us-acs-ifr-2023-10", *DAY, "--party", "nvidia"),
    ("connected", "--by", RULE, *DAY, "--tier", "2", "--group-by", "kind"),
    ("affected", "--by", RULE, *DAY, "--lens", "codified", "--effect", "capped", "--role", "seller", "--all", *STORE),
    ("affected", "--compare", "us-h20-is-informed-2025-04", "us-mi308-is-informed-2025-04", *DAY, "--brief"),
    ("affected", "--by", "us-h20-is-informed-2025-04", "--timeline", *DAY),
    ("affected", "--party", "輝達", *DAY, "--brief"),
    ("affected", "--by", "us-h20-is-informed-2025-04,us-mi308-is-informed-2025-04", "--party", "CN", *DAY),
    ("why", "TSMC", RULE, *DAY, "--lens", "codified", "--depth", "2", "--brief", *STORE),
    ("why", "TSMC", RULE, *DAY, "--all"),
    ("check", "--item", "4E091", "--to", "Canada", *DAY),
    ("check", "--under", "CN", "--item", "cn-gallium", "--to", "US", "--hq", "US", *DAY),
    (
        *("check", "--item", "4A090", "--to", "CH", "--data-centre", "--hbm", "3", "--enc"),
        *(
            "--packaging",
            "other",
            "--us-market",
            "--listed",
            "entity-list",
            "--entry-policy",
            "case-by-case",
            "--us-content",
            "30",
        ),
        *("--transistors", "20", "--foreign-made", "--direct-product", "--deemed", "--designer", "other"),
        *(
            "--packager",
            "other",
            "--us-part",
            "--made-in",
            "TW",
            "--end-use-in",
            "TW",
            "--d5-customers",
            "--band",
            "upper",
        ),
        *("--foreign-equal", *DAY),
    ),
    (
        *("check", "--item", "H100 SXM", "--quantity", "2000", "--to", "瑞士", "--hq", "CH", "--consignee-hq", "CH"),
        *("--exporter", "nvidia", "--from", "TW", "--end-use", "research", "--already-received", "1e6"),
        *("--veu", "national", "--private-sector", *DAY, "--lens", "enforced", "--brief", *STORE),
    ),
    ("chips", "--to", "CN", "--hq", "CN", *DAY, "--brief"),
    (
        *("chips", "--to", "瑞士", "--quantity", "2000", "--hq", "CH", "--consignee-hq", "CH", "--exporter", "nvidia"),
        *("--from", "TW", "--end-use", "research", "--already-received", "1e6", "--veu", "national"),
        *("--private-sector", "--data-centre", "--hbm", "3", "--enc", "--packaging", "other", "--us-market"),
        *(
            "--listed",
            "entity-list",
            "--entry-policy",
            "case-by-case",
            "--consignee",
            "X",
            "--ultimate-parent",
            "Y",
            "--us-content",
            "10",
        ),
        *("--transistors", "20", "--foreign-made", "--direct-product", "--deemed", "--designer", "other"),
        *(
            "--packager",
            "other",
            "--us-part",
            "--made-in",
            "TW",
            "--end-use-in",
            "TW",
            "--d5-customers",
            "--band",
            "upper",
        ),
        *("--foreign-equal", *DAY, "--lens", "enforced", "--brief", *STORE),
    ),
    ("changes", "--from", "2026-01-31", "--to", "2026-02-28"),
    ("changes", "--since-load"),
    ("changes", "--from", "2026-01-31", "--to", "2026-02-28", "--kind", "membership", "--brief", *STORE),
    ("enforcement", "--party", "Super Micro", "--instrument", "us-ear", "--as-of", "2026-11-22", *STORE),
    ("enforcement", "--from", "2026-01-31", "--to", "2026-07-05", "--as-of", "2026-11-22", "--brief"),
    ("groups", "--count", "--claimed", "120", "--as-of", "2025-01-13"),
    ("exposure", "ASML", "--by", RULE, "--groups", "macau-d5", "--period", "2023", "--lens", "codified", *DAY, *STORE),
    ("exposure", "NVIDIA", *DAY, "--brief"),
    ("exposure", "China", "--measure", "compute", *DAY, "--brief"),
    ("structure", "bridges", *DAY),
    ("owned", "hisilicon", "--engine", "native", "--limit", "5", *DAY, "--lens", "codified", *STORE),
    ("holders", "b", "--edges", "EDGES", *DAY, "--brief", *STORE),
    (
        *("screen", "CUSTOMERS", "--lists", "record", "--column", "name=Firma", "--limit", "2"),
        *("--time", "2026-11-20", *DAY, "--brief", *STORE),
    ),
    ("owned", "--edges", "EDGES", "--listed", "LISTED", "--rule", "ofac-50", *DAY, "--brief"),
    ("claims", "--about", RULE, "--modality", "forecast", "--sources", "FOLDER", *DAY, "--brief", *STORE),
    ("claims", "--source", "digest-88iv-2025-01", "--attribute", "tier2-count"),
    ("conflicts", "--about", RULE, "--sources", "FOLDER", *DAY, "--brief", *STORE),
    ("said", "--about", RULE, "--within", "72h", "--of", "publication", "--side", "after", "--matrix", *DAY, *STORE),
    ("said", "--by", "NVIDIA", "--stance", "opposes", "--ground", "innovation", "--brief"),
    ("said", "--about", RULE, "--changes", "--brief"),
]
"""Commands that answer with a card; ``STORE`` stands for the store folder."""

SHORT: dict[str, tuple[str, ...]] = {
    "groups": ("groups", "CH", "Poland", *DAY),
    "status": ("status", RULE, *DAY),
    "connected": ("connected", "--by", RULE, "--channel", "item", *DAY),
    "why": ("why", "TSMC", RULE, *DAY),
}
"""One quick card of a command."""

OTHERS: list[tuple[str, ...]] = [
    ("query", "--list"),
    ("query", "things", "--show"),
    ("query", "things", "-p", "kind=group", "--param", "kind=place", *STORE),
    ("query", "things", "--format", "json", "-o", "OUT", "--force", "--timeout", "50", "--limit-rows", "3"),
    ("sparql", "ASK { ?s ?p ?o }", "--timeout", "0", "--limit-rows", "2", "--allow-service", "example.org", *STORE),
    ("sparql", "--file", "QUERY", "--format", "csv", "-o", "OUT", "--force"),
    (
        "export",
        "--format",
        "graphml",
        "-o",
        "OUT",
        "--force",
        "--projection",
        "law",
        *DAY,
        "--lens",
        "enforced",
        *STORE,
    ),
    ("explore", "--by", RULE, *DAY, "--lens", "codified", "--lang", "zh-Hant", "-o", "OUT", "--force", *STORE),
    ("explore", "--party", "Switzerland", *DAY, "-o", "-"),
    ("explore", "--about", "h100-sxm", *DAY, "-o", "-"),
    ("build", "--store", "NEW", "--quiet", "--wait"),
    ("build", "--store", "NEW", "--data", "DATA"),
    ("validate", "--data", "DATA"),
    ("check", "--batch", "TABLE", *DAY, "-o", "OUT", "--force"),
    ("whatif", "--move", "PL:supp5a", "--by", RULE, "--batch", "TABLE", *DAY, "--brief", *STORE),
    ("screen", "CUSTOMERS", "--column", "name=Firma", "--format", "csv", "--proof", "OUT", "-o", "CARD", "--force"),
    ("affected", "--by", RULE, "--ties", "TABLE", *DAY, "-o", "OUT", "--force"),
    (
        *("whatif", "--remove-exception", "LPP", "--set-threshold", "3a090.a-1/tpp-min=6000"),
        *(*DAY, "--lens", "announced", "--format", "json", "-o", "OUT", "--force"),
    ),
    ("whatif", "--remove", "us-h20-is-informed-2025-04", *DAY, *STORE),
    ("whatif", "--sweep", "--all", *DAY, "--format", "csv", "-o", "CARD", "--unknown", "OUT", "--force"),
    ("whatif", "--move", "PL:supp5a", *DAY, "--html", "OUT", "-o", "CARD", "--force"),
    ("check", "--batch", "TABLE", "--jobs", "2", *DAY),
    ("check", "--item", "H100", "--to", "PL", "--consignee", "X", "--ultimate-parent", "Y", "--ask", *DAY),
    ("explore", "--scenario", "PL:supp5a", *DAY, "-o", "-"),
    ("exposure", "ASML", *DAY, "--plot", "PLOT"),
]


@pytest.fixture
def here(clean: Path, store_dir: Path) -> Callable[[tuple[str, ...]], list[str]]:
    """Put paths in the place of the words in capitals."""
    (clean / "question.rq").write_text("SELECT ?p WHERE { ?p a du:Destination }")
    (clean / "there").write_text("old")
    (clean / "edges.csv").write_text("owner,owned,share_min,share_max\nx,a,50,50\na,b,50,50\n", "utf-8")
    (clean / "listed.csv").write_text("party\nx\n", "utf-8")
    (clean / "customers.csv").write_text("Firma\nHuawei\n", "utf-8")
    (clean / "shipments.csv").write_text("id,item,quantity,to,hq\n1,H100 SXM,10,PL,PL\n", "utf-8")
    places = {
        "STORE": str(store_dir),
        "OUT": str(clean / "there"),
        "NEW": str(clean / "new"),
        "TABLE": str(clean / "shipments.csv"),
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
    # the same code for every card: see test_output_file
    shown = {"--format", "-f", "--output", "-o", "--force", "--html", "--unknown"}
    missed = []
    for name in (name for name in NAMES if name not in ELSEWHERE):
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        done = tried[name] | (shown if name in {card[0] for card in CARDS} else set())
        for parameter in command.params:
            if isinstance(parameter, click.Option) and not done & {*parameter.opts, *parameter.secondary_opts}:
                missed.append(f"{name} {parameter.opts[-1]}")
    assert not missed, f"try in CARDS or OTHERS: {missed}"


@pytest.mark.parametrize("arguments", CARDS, ids=" ".join)
def test_card(
    run: Run, here: Callable[[tuple[str, ...]], list[str]], knowledge: Knowledge, arguments: tuple[str, ...]
) -> None:
    answer = run(*here(arguments))
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "information, not legal advice" in answer.stdout
    assert "\x1b" not in answer.stdout
    document = json.loads(run(*here(arguments), "--format", "json").stdout)
    assert list(document) == [
        *("question", "as_of", "lens", "answer", "because", "unknown", "query", "dataset", "note")
    ]
    assert document["question"]["command"] == arguments[0]
    days = [arguments[arguments.index(name) + 1] for name in ("--as-of", "--to") if name in arguments]
    assert document["as_of"] == (days[0] if days else knowledge.version.known_on.isoformat())
    assert all(receipt["source"] or receipt["provision"] for receipt in document["because"])
    assert document["because"] or document["unknown"]


@pytest.mark.parametrize("arguments", OTHERS, ids=" ".join)
@pytest.mark.usefixtures("quick_checks")
def test_other(run: Run, here: Callable[[tuple[str, ...]], list[str]], arguments: tuple[str, ...]) -> None:
    answer = run(*here(arguments))
    assert answer.returncode == 0, answer.stderr
    assert "Traceback" not in answer.stderr
    written = Path(here(("OUT",))[0]).read_bytes()
    assert (written == b"old") is ("OUT" not in arguments)
    assert (answer.stdout == "") is ("OUT" in arguments or arguments[0] == "build")


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
    assert "\nbecause\n" in table


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
        (("status",), "Missing argument 'INSTRUMENT'"),
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
    assert sorted(path.name for path in (clean / "tables").iterdir()) == ["edges.csv", "nodes.csv", "sources.csv"]
    again = run(*arguments)
    assert again.returncode == 2
    assert "tables/edges.csv is there already; overwrite it with --force, or choose another folder" in again.stderr
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
