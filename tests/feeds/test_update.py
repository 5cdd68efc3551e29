"""``update``: every feed from the first place that has it, nothing lost by one that fails, and addresses for files."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import ClassVar

import pytest
from tests.feeds.test_csl import table
from tests.feeds.test_loading import ROWS, names
from tests.feeds.test_loading import store as store
from tests.running import Run
from tests.store.servers import free_port, serve


class Mirror(BaseHTTPRequestHandler):
    """Has some files."""

    has: ClassVar[dict[str, bytes]] = {}

    def do_GET(self) -> None:
        body = self.has.get(self.path)
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def mirror() -> Iterator[str]:
    Mirror.has = {"/consolidated.csv": table(*ROWS).encode("utf-8")}
    yield from serve(Mirror)


def test_the_first_place_that_has_it(run: Run, store: Path, mirror: str, tmp_path: Path) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}"
    done = run("update", "--store", store, "--from", nowhere, "--from", mirror, "--only", "csl")
    assert done.returncode == 0
    assert "cannot be reached" in done.stderr
    assert "Loaded Consolidated Screening List: 12 of 12 records\nEL: 12\n" in done.stderr
    assert len(names(store)) == 12
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    (downloads / "csl.csv").write_bytes(Mirror.has["/consolidated.csv"])
    done = run("update", "--store", store, "--from", downloads, "--only", "csl", "--wait")
    assert (done.returncode, done.stderr) == (0, "Consolidated Screening List: loaded before; nothing changed\n")


def test_a_list_of_ones_own_with_mirrors(run: Run, store: Path, mirror: str, tmp_path: Path) -> None:
    plan = tmp_path / "feeds.yml"
    plan.write_text(f"feeds:\n  - kind: csl\n    address: {mirror}/gone\n    mirrors: [{mirror}/consolidated.csv]\n")
    done = run("update", "--feeds", plan, "--store", store)
    assert done.returncode == 0
    assert "the server answers 404" in done.stderr
    assert len(names(store)) == 12


def test_what_fails_is_told_and_changes_nothing(run: Run, store: Path, mirror: str, tmp_path: Path) -> None:
    run("update", "--store", store, "--from", mirror, "--only", "csl")
    Mirror.has = {"/consolidated.csv": table(*ROWS[:3]).encode("utf-8")}
    done = run("update", "--store", store, "--from", mirror, "--only", "csl")
    assert (done.returncode, len(names(store))) == (2, 12)
    assert "the list EL has 3, where it had 12" in done.stderr
    assert run("update", "--store", store, "--from", mirror, "--only", "csl", "--accept", "lists").returncode == 0
    assert len(names(store)) == 3
    done = run("update", "--store", store, "--from", tmp_path, "--only", "csl")
    assert (done.returncode, done.stderr) == (2, "csl: not in any place given\n")


def test_an_address_in_place_of_a_file(run: Run, store: Path, mirror: str) -> None:
    done = run("load", "csl", f"{mirror}/consolidated.csv", "--store", store)
    assert done.returncode == 0
    assert len(names(store)) == 12
    done = run("load", "csl", f"{mirror}/gone", "--store", store)
    assert (done.returncode, "the server answers 404" in done.stderr) == (3, True)
    done = run("load", "csl", "no-such-file", "--store", store)
    assert (done.returncode, done.stderr) == (2, "Error: no-such-file: no such file\n")


@pytest.mark.parametrize(
    ("plan", "why"),
    [
        ("feeds:\n  - kind: cls\n    address: x\n", "no kind of feed 'cls'; nearest: csl"),
        ("feeds:\n  - kind: csl\n", "csl: no address"),
        ("feeds:\n  - kind: csl\n    addres: x\n", "no key 'addres'"),
        ("feeds:\n  - kind: csl\n    address: x\n    mirrors: y\n", "mirrors is a list of addresses"),
        ("other: 1\n", "no list of feeds"),
    ],
)
def test_a_wrong_list_of_feeds(run: Run, tmp_path: Path, plan: str, why: str) -> None:
    file = tmp_path / "feeds.yml"
    file.write_text(plan, "utf-8")
    done = run("update", "--feeds", file)
    assert (done.returncode, why in done.stderr) == (2, True), done.stderr


def test_a_kind_that_is_not_in_the_list(run: Run) -> None:
    done = run("update", "--only", "nothing")
    assert (done.returncode, "--only nothing: not in the list of feeds" in done.stderr) == (2, True)
