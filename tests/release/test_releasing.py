"""What scripts/release asks of a checkout before it makes a release, and what it makes itself."""

from __future__ import annotations

import hashlib
import os
import runpy
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "releasing.py"))
DAY = date(2026, 12, 1)
WHO = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false")
CHANGELOG = """# Changelog

## [Unreleased]

### Added

- A thing.
{older}"""


def git(folder: Path, *arguments: str) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", *WHO, *arguments]
    subprocess.run(command, cwd=folder, env=clean, check=True, capture_output=True)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with one commit."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    (folder / "pyproject.toml").write_text('[project]\nversion = "0.2.0"\n', "utf-8")
    (folder / "CHANGELOG.md").write_text(CHANGELOG.format(older="\n## [0.1.0] - 2026-11-22\n\n- All.\n"), "utf-8")
    (folder / "CITATION.cff").write_text('version: 0.2.0\ndate-released: "2026-11-22"\n', "utf-8")
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "x")
    return folder


def test_from_a_dated_and_tagged_commit(checkout: Path) -> None:
    said = SCRIPT["cut"](DAY, checkout)
    assert said.startswith("0.2.0 is dated 2026-12-01.")
    text = (checkout / "CHANGELOG.md").read_text("utf-8")
    assert "## [Unreleased]\n\n## [0.2.0] - 2026-12-01\n\n### Added\n\n- A thing.\n\n## [0.1.0]" in text
    assert (checkout / "CITATION.cff").read_text("utf-8") == 'version: 0.2.0\ndate-released: "2026-12-01"\n'
    git(checkout, "commit", "--quiet", "-am", "y")
    git(checkout, "tag", "-a", "v0.2.0", "-m", "z")
    assert SCRIPT["faults"](checkout) == []


def test_what_is_not_ready_is_told(checkout: Path) -> None:
    (checkout / "left.txt").write_text("x", "utf-8")
    assert SCRIPT["faults"](checkout) == [
        "the checkout is not clean: commit or remove left.txt",
        "HEAD is not tagged v0.2.0: git tag -a v0.2.0",
        "CHANGELOG.md tells nothing of 0.2.0, or no day: scripts/release --cut",
    ]
    git(checkout, "tag", "v0.2.0")
    (checkout / "left.txt").unlink()
    SCRIPT["cut"](DAY, checkout)
    (checkout / "CITATION.cff").write_text("version: 0.2.0\n", "utf-8")
    git(checkout, "commit", "--quiet", "-am", "y")
    assert SCRIPT["faults"](checkout) == [
        "HEAD is not tagged v0.2.0: the tag is on another commit: is the version to be raised?",
        "CITATION.cff does not say that it was released on 2026-12-01",
    ]


def test_lines_that_came_after_the_cut_are_told(checkout: Path) -> None:
    SCRIPT["cut"](DAY, checkout)
    path = checkout / "CHANGELOG.md"
    path.write_text(path.read_text("utf-8").replace("[Unreleased]\n", "[Unreleased]\n\n- Late.\n"), "utf-8")
    assert "CHANGELOG.md has lines under [Unreleased] beside the release" in SCRIPT["faults"](checkout)[-1]


def test_a_version_is_cut_once_and_only_with_something_in_it(checkout: Path) -> None:
    SCRIPT["cut"](DAY, checkout)
    with pytest.raises(SystemExit, match=r"has 0\.2\.0 already"):
        SCRIPT["cut"](DAY, checkout)
    (checkout / "pyproject.toml").write_text('[project]\nversion = "0.3.0"\n', "utf-8")
    with pytest.raises(SystemExit, match="nothing to release"):
        SCRIPT["cut"](DAY, checkout)


def test_the_bundle_is_packed_to_the_same_bytes(tmp_path: Path) -> None:
    found = []
    for name in ("one", "two"):
        folder, into = tmp_path / name / "dualuse-data-0.2.0", tmp_path / name / "dist"
        (folder / "rdf").mkdir(parents=True)
        into.mkdir()
        for file in ("b.txt", "rdf/a.nq") if name == "one" else ("rdf/a.nq", "b.txt"):
            (folder / file).write_text(file, "utf-8")
        (into / "wheel.whl").write_bytes(b"w")
        archive = SCRIPT["pack"](folder, into, 1_795_000_000)
        found.append((archive.read_bytes(), (into / "SHA256SUMS").read_text("utf-8")))
    assert found[0] == found[1]
    with zipfile.ZipFile(archive) as opened:
        assert opened.namelist() == ["dualuse-data-0.2.0/b.txt", "dualuse-data-0.2.0/rdf/a.nq"]
        assert opened.read("dualuse-data-0.2.0/rdf/a.nq") == b"rdf/a.nq"
    sums = dict(line.split("  ")[::-1] for line in found[0][1].splitlines())
    assert sums == {
        "dualuse-data-0.2.0.zip": hashlib.sha256(found[0][0]).hexdigest(),
        "wheel.whl": hashlib.sha256(b"w").hexdigest(),
    }


def test_wrong_use_of_the_script_is_told() -> None:
    done = subprocess.run([ROOT / "scripts" / "release", "--dry"], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: scripts/release --cut [YYYY-MM-DD] | [--dry-run]")
