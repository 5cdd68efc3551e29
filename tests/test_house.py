"""House rules that no other tool checks."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import networkx as nx
from tests.every import every

import dualuse

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "graph").rglob("*.py"))
MOST_LINES = 400

HOSTS = ["pypi" + ".org", "python" + "hosted.org", "npmjs" + ".org", "anaconda" + ".org", "jfrog" + ".io"]
PATHS = re.compile(r"(?<![\w./<>-])/(?:work|root|home|Users|tmp|var|mnt)/\w")
PAPERS = re.compile(r"\b(?:DESIGN|MODEL|STYLE|COMPETENCY|PEERS|ENGINES)" + r"\.md\b|/" + "shared/")


def texts() -> dict[str, str]:
    """Every text file of the checkout that git has or would take in."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8").stdout.split("\0")
    found = {}
    for name in sorted(set(listed)):
        if name and not name.startswith(".ci/") and (ROOT / name).is_file():
            raw = (ROOT / name).read_bytes()
            if b"\0" not in raw:
                found[name] = raw.decode("utf-8")
    return found


def test_there_are_modules() -> None:
    assert len(MODULES) > 60


def test_modules_are_short() -> None:
    texts = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in MODULES}
    by_hand = {name: text for name, text in texts.items() if "Written by scripts/regenerate" not in text[:200]}
    assert len(texts) - len(by_hand) < 5
    lengths = {name: text.count("\n") for name, text in by_hand.items()}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_modules_keep_the_rules() -> None:
    every(((path.relative_to(ROOT / "graph").as_posix(), path) for path in MODULES), keeps_the_rules)


def keeps_the_rules(path: Path) -> None:
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "say what the module is for"
    for node in ast.walk(tree):
        assert not isinstance(node, ast.Assert), (
            f"line {node.lineno}: assert vanishes under -O; raise one of our errors"
        )
        if isinstance(node, ast.ExceptHandler):
            caught = [part.id for part in ast.walk(node.type) if isinstance(part, ast.Name)] if node.type else ["all"]
            assert not {"all", "Exception", "BaseException"} & set(caught), f"line {node.lineno}: catch what is meant"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "print", f"line {node.lineno}: only cli/ prints, by click.echo"
    assert not re.search(r"\b(TODO|FIXME|XXX)\b", text)


def test_only_the_command_line_echoes() -> None:
    uses = re.compile(r"^\s*(?:import|from) click\b", re.MULTILINE)
    talkers = [path for path in MODULES if path.parent.name != "cli" and uses.search(path.read_text("utf-8"))]
    assert talkers == []


FLOORS = {
    "model": ("law", "network", "records", "store", "load"),
    "work": (
        "analyse",
        "assemble",
        "claims",
        "export",
        "feeds",
        "news",
        "ownership",
        "query",
        "reconcile",
        "screening",
    ),
    "page": ("explore", "release"),
    "question": ("questions", "show", "replay"),
    "web": ("serve", "mcp"),
    "door": ("cli",),
}
"""Floors of the house, from the ground up: a folder imports from its own floor and from those below."""

LEVEL = {folder: level for level, folders in enumerate(FLOORS.values()) for folder in folders}


def imports_of(path: Path) -> Iterator[tuple[str, bool]]:
    """Modules of ours that a module imports, and whether only in a function; imports for types alone are left out."""

    def walk(body: Iterable[ast.AST], late: bool) -> Iterator[tuple[ast.Import | ast.ImportFrom, bool]]:
        for node in body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield node, late
            elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
                yield from walk(node.orelse, late)
            else:
                inside = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
                yield from walk(ast.iter_child_nodes(node), late or inside)

    for node, late in walk(ast.parse(path.read_text("utf-8")).body, late=False):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            assert node.level == 0, f"{path}: write the whole name of what is imported"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            while name and name not in NAMES:
                name = name.rpartition(".")[0]
            if name:
                yield name, late


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT / "graph").with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def folder_of(name: str) -> str:
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else ""


NAMES = {module_name(path): path for path in MODULES}


def circles(imports: dict[str, set[str]]) -> list[list[str]]:
    """Modules that import one another, directly or through others."""
    network = nx.DiGraph([(name, other) for name, others in imports.items() for other in others if other != name])
    return sorted(sorted(found) for found in nx.strongly_connected_components(network) if len(found) > 1)


def test_no_module_imports_itself_through_others() -> None:
    """Imports in functions count too where both modules stand in one folder."""
    imports = {
        name: {other for other, late in imports_of(path) if not late or folder_of(other) == folder_of(name) != ""}
        for name, path in NAMES.items()
    }
    assert sum(map(len, imports.values())) > 500
    assert circles(imports) == []


def test_the_check_for_circles_sees_one() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"d"}}) == [["b", "c"]]


def test_no_floor_stands_on_one_above() -> None:
    wrong = [
        f"{name} imports {other}"
        for name, path in NAMES.items()
        for other, _ in imports_of(path)
        if LEVEL.get(folder_of(other), -1) > LEVEL.get(folder_of(name), len(FLOORS))
    ]
    assert wrong == []


def test_the_package_says_what_it_offers() -> None:
    assert sorted(dualuse.__all__) == dualuse.__all__
    assert all(hasattr(dualuse, name) for name in dualuse.__all__)


def test_no_registry_and_no_path_of_a_machine() -> None:
    found = texts()
    assert len(found) > 700
    wrong = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in found.items()
        for number, line in enumerate(text.split("\n"), 1)
        if any(host in line for host in HOSTS) or PATHS.search(line) or PAPERS.search(line)
    ]
    assert wrong == []


def test_the_check_for_paths_sees_one() -> None:
    assert PATHS.search("see " + "/home" + "/me/file")
    assert PATHS.search('"' + "/var" + '/x"')
    assert not PATHS.search("https://example.org/home/me")


def test_text_files_end_in_one_line_feed() -> None:
    wrong = [
        name
        for name, text in texts().items()
        if text and not name.startswith("tests/golden/") and (not text.endswith("\n") or "\r" in text)
    ]
    assert wrong == []


def test_pins_have_hashes() -> None:
    for name in ("constraints.txt", "constraints-dev.txt"):
        text = (ROOT / name).read_text("utf-8")
        pins = re.findall(r"^[\w.-]+==.*", text.replace("\\\n", " "), re.MULTILINE)
        assert len(pins) > 20
        assert [pin for pin in pins if "--hash=sha256:" not in pin] == []
        assert "://" not in text


def test_no_browser_test_sleeps() -> None:
    told = re.compile(r"\.wait_for_" + r"timeout\(")
    asleep = [path.name for path in (ROOT / "tests").rglob("*.py") if told.search(path.read_text("utf-8"))]
    assert asleep == [], "wait for what the page shows, or for at_rest(): a busy machine takes longer"
