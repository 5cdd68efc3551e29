"""House rules that no other tool checks."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

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
    lengths = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8").count("\n") for path in MODULES}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT / "graph").as_posix())
def test_module(path: Path) -> None:
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
