"""What a command writes, it writes to files of their own, and before anything is written it is known that it can."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from tests.running import Run

from dualuse.cli.targets import check_targets
from dualuse.errors import UsageError

GROUPS = ("groups", "CH", "--as-of", "2025-01-13")
RULE = "us-ai-diffusion-ifr-2025-01"
EXPOSURE = ("exposure", "nvidia", "--by", RULE, "--as-of", "2025-06-01")


@pytest.mark.parametrize(
    "command",
    [
        (*GROUPS, "--format", "csv", "-o", "one.x", "--unknown", "one.x"),
        (*GROUPS, "--format", "csv", "-o", "./one.x", "--unknown", "one.x"),
        (*GROUPS, "--format", "csv", "-o", "down/../one.x", "--unknown", "one.x"),
        (*GROUPS, "--html", "one.x", "--unknown", "./one.x"),
        (*GROUPS, "--html", "one.x", "-o", "link"),
        (*GROUPS, "--html", "one.x", "-o", "hard"),
        (*GROUPS, "--unknown", "-"),
        (*GROUPS, "--html", "-", "--unknown", "-"),
        (*GROUPS, "--html", "-", "-o", "-"),
        ("news", "text.txt", "--review", "same.yml", "-o", "same.yml"),
        ("news", "text.txt", "--html", "nn.html", "--review", "nn.html"),
        (*EXPOSURE, "--plot", "e1.svg", "--html", "e1.svg"),
        (*EXPOSURE, "--plot", "e1.svg", "-o", "./e1.svg"),
        ("structure", "bridges", "--plot", "e1.svg", "--unknown", "e1.svg"),
    ],
)
def test_one_file_holds_one_thing(run: Run, clean: Path, command: tuple[str, ...]) -> None:
    (clean / "down").mkdir()
    (clean / "text.txt").write_text("NVIDIA", "utf-8")
    (clean / "one.x").write_bytes(b"before")
    (clean / "link").symlink_to("one.x")
    os.link(clean / "one.x", clean / "hard")
    before = sorted(path.name for path in clean.iterdir())
    answer = run(*command, "--force")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "cannot hold both" in answer.stderr
    assert "Wrote" not in answer.stderr
    assert sorted(path.name for path in clean.iterdir()) == before
    assert (clean / "one.x").read_bytes() == b"before"


@pytest.mark.parametrize("there", ["answer.csv", "page.html", "unknown.csv"])
def test_nothing_is_written_where_one_file_is_there(run: Run, clean: Path, there: str) -> None:
    (clean / there).write_bytes(b"before")
    answer = run(*GROUPS, "--format", "csv", "-o", "answer.csv", "--html", "page.html", "--unknown", "unknown.csv")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == (f"Error: {there} is there already; overwrite it with --force, or choose another file\n")
    assert {path.name: path.read_bytes() for path in clean.iterdir()} == {there: b"before"}


def test_a_device_takes_all_of_it(run: Run) -> None:
    answer = run(*GROUPS, "--html", os.devnull, "--unknown", os.devnull, "-o", os.devnull)
    assert answer.returncode == 0, answer.stderr
    assert answer.stderr.count("Wrote") == 3


def test_what_is_not_written_is_in_nobodys_way(tmp_path: Path) -> None:
    check_targets({"one": None, "two": None, "three": tmp_path / "x", "four": tmp_path / "y"}, force=False)
    with pytest.raises(UsageError, match="cannot hold both three and four"):
        check_targets({"three": tmp_path / "x", "four": tmp_path / "z" / ".." / "x"}, force=True)


@pytest.mark.parametrize("flag", ["-o", "--html", "--unknown"])
def test_what_is_private_stays_so(run: Run, clean: Path, flag: str) -> None:
    (clean / "private").touch(mode=0o600)
    (clean / "private").chmod(0o600)
    assert run(*GROUPS, "--format", "csv", flag, "private", "--force").returncode == 0
    assert stat.S_IMODE((clean / "private").stat().st_mode) == 0o600
    assert (clean / "private").read_bytes()


def test_a_link_is_written_through_and_whole(run: Run, clean: Path) -> None:
    (clean / "down").mkdir()
    (clean / "link").symlink_to(clean / "down" / "real.csv")
    assert run(*GROUPS, "--format", "csv", "-o", "link").returncode == 0
    assert (clean / "link").is_symlink()
    assert [path.name for path in (clean / "down").iterdir()] == ["real.csv"]


@pytest.mark.parametrize("output", ["-", os.devnull, "file"])
def test_tables_go_to_a_folder(run: Run, clean: Path, output: str) -> None:
    (clean / "file").touch()
    answer = run("export", "--format", "csv", "-o", output)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "name a folder with --output, not " in answer.stderr
    assert [path.name for path in clean.iterdir()] == ["file"]
