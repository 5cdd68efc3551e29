"""What tests share: the graph built once, a store folder, and ways to run the command."""

from __future__ import annotations

import gc
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from subprocess import CompletedProcess
from typing import TYPE_CHECKING, Any

import click.testing
import pytest
import yaml
from hypothesis import settings

from dualuse.build import Built, build, save
from dualuse.cli import cli, main
from dualuse.knowledge import Knowledge
from dualuse.load import curated

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from playwright.sync_api import Browser
    from tests.explore.browsing import Open
    from tests.lent import Lent
    from tests.running import Opened, Run

    from dualuse.errors import Problem
    from dualuse.model.tables import Table
    from dualuse.network import Network

os.environ.pop("COLUMNS", None)  # the width of the terminal that started the tests is no part of them
# a busy machine is no fault of the code; dozens of examples find what hundreds do, if looked for at every run
settings.register_profile("dualuse", deadline=None, max_examples=100 if os.environ.get("DUALUSE_SLOW") else 40)
settings.load_profile("dualuse")
gc.set_threshold(100_000, 50, 100)  # graphs that stay are looked through less often: a fifth of the time of all tests

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT))  # so that tests.explore, which drives the browser, is found from everywhere
SCRIPT = Path(sys.executable).with_name("dualuse")


@pytest.fixture(scope="session", autouse=True)
def _composed_once() -> Iterator[None]:
    """A YAML text is parsed once a process: most tests that read the data read it as it is, but for one file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "compose", lru_cache(maxsize=None)(yaml.compose))
        yield


def _stamp(folder: Path, name: str) -> tuple[object, ...]:
    """What tells whether the files of a table are as they were: a copy keeps the time of a file, a change does not."""
    base = folder.joinpath(*name.partition(".")[0].split("/"))
    files = [*base.rglob("*"), *(base.with_suffix(suffix) for suffix in (".csv", ".yml"))]
    seen = ((file.relative_to(folder).as_posix(), file.lstat()) for file in sorted(files) if os.path.lexists(file))
    return name, *((path, stat.st_mode, stat.st_mtime_ns, stat.st_size) for path, stat in seen)


@pytest.fixture(scope="session", autouse=True)
def _tables_read_once() -> Iterator[None]:
    """A table with nothing wrong is read once a process, for most tests that spoil the data spoil one table."""
    kept: dict[object, dict[str, Any]] = {}
    whole = curated._read_table

    def once(table: Table, folder: Traversable, problems: list[Problem]) -> dict[str, Any]:
        key = _stamp(folder, table.name) if isinstance(folder, Path) else None
        if key is not None and key in kept:
            return dict(kept[key])
        before = len(problems)
        found = whole(table, folder, problems)
        if key is not None and len(problems) == before:
            kept[key] = dict(found)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(curated, "_read_table", once)
        yield


@pytest.fixture(scope="session")
def built() -> Built:
    """The shipped data, built in memory."""
    made = build()
    gc.freeze()  # it stays, as do the modules of all tests: nobody need look through them for what is left
    return made


@pytest.fixture(scope="session")
def knowledge(built: Built) -> Knowledge:
    """The built graph, opened."""
    return Knowledge(built.store)


@pytest.fixture(scope="session")
def store_dir(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store folder with the built graph; for reading only."""
    from tests.shared import once

    return once(tmp_path_factory, "store", lambda folder: save(built, str(folder)))


@pytest.fixture(scope="session", autouse=True)
def _scenarios_made_once() -> Iterator[None]:
    """The last scenarios of a process are kept: nothing changes one, and to make one takes seconds."""
    whole = lru_cache(maxsize=2)(Knowledge.with_edits)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Knowledge, "with_edits", lambda self, edits, as_of: whole(self, edits, as_of))
        yield


_project = Knowledge.network


@pytest.fixture
def project_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Project a graph once for all who ask the same of it: nothing changes a network, and it takes long."""

    def network(self: Knowledge, name: str = "all", **how: Any) -> Network:
        kept: dict[str, Network] = self.__dict__.setdefault("projected", {})
        key = repr((name, sorted(how.items())))
        if key not in kept:
            kept[key] = _project(self, name, **how)
        return kept[key]

    monkeypatch.setattr(Knowledge, "network", network)


@pytest.fixture(scope="session")
def rule_page(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The explorer of the January 2025 rule, from the shipped data, made once a run."""
    from tests.shared import once

    from dualuse.explore.make import explorer_page

    def make(place: Path) -> None:
        page = explorer_page(knowledge, date(2025, 6, 1), "codified", by="us-ai-diffusion-ifr-2025-01")
        place.write_text(page, "utf-8", newline="")

    return once(tmp_path_factory, "rule.html", make).read_text("utf-8")


@pytest.fixture(scope="session")
def opened(built: Built, store_dir: Path) -> Opened:
    """Opens graphs; the built one was opened before, and is asked in memory, where answers come sooner."""
    from tests.running import Opened

    found = Opened()
    found.keep(str(store_dir), built.store.store)
    return found


@pytest.fixture(name="slowness")
def slowness_now() -> float:
    """How many times as long as on an idle machine something may take."""
    from tests.slowness import slowness

    return slowness()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; imported late, so that tests without a browser do not pay for it."""
    from playwright.sync_api import sync_playwright
    from tests.explore.browsing import ARGUMENTS, chromium

    path = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open HTML text in a page that is watched."""
    from tests.explore.browsing import watched

    with watched(browser, tmp_path / "page.html") as opener:
        yield opener


_SHOWN = ("NO_COLOR", "FORCE_COLOR", "FORCE_HYPERLINK", "COLUMNS", "TERM")
"""What says how a terminal shows things."""


@pytest.fixture
def clean(
    store_dir: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    opened: Opened,
    project_once: None,
) -> Path:
    """An empty working folder and a plain environment whose store is the built one, read once in this process."""
    monkeypatch.setattr("dualuse.knowledge.open_knowledge", opened)
    for name in (*_SHOWN, "DUALUSE_UPDATE_URL", "DUALUSE_GRAPH_STORE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DUALUSE_STORE", str(store_dir))
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def run(clean: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``dualuse`` in this process as the console script does, from an empty folder: arguments, then ``stdin=``."""

    def call(*arguments: str | Path, stdin: str = "") -> CompletedProcess[str]:
        words = [str(argument) for argument in arguments]
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["dualuse", *words])
            # a query that was left behind must not end this process
            patch.setattr("dualuse.query.limits.left_behind", lambda: False)
            patch.setattr(sys, "stdin", io.StringIO(stdin))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            try:
                main()
            except SystemExit as leaving:
                code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
            else:
                code = 0
        texts = [stream.buffer.getvalue().decode("utf-8") for stream in (out, err)]
        return CompletedProcess(words, code, *texts)

    return call


@pytest.fixture
def invoke(clean: Path) -> Callable[..., click.testing.Result]:
    """Run the click command alone, without the console script around it."""

    def call(*arguments: str) -> click.testing.Result:
        return click.testing.CliRunner().invoke(cli, list(arguments))

    return call


@pytest.fixture
def script(clean: Path, slowness: float) -> Run:
    """Run the installed console script in a process of its own, from an empty folder."""

    def call(*arguments: str | Path, stdin: str | None = None) -> CompletedProcess[str]:
        return subprocess.run(
            [SCRIPT, *arguments], input=stdin, capture_output=True, encoding="utf-8", timeout=60 * slowness, check=False
        )

    return call


@pytest.fixture(scope="session")
def lent(tmp_path_factory: pytest.TempPathFactory) -> Lent:
    """A copy of the shipped data, which takes long to make."""
    from tests.lent import Lent

    return Lent(ROOT / "data", tmp_path_factory.mktemp("lent") / "data")


@pytest.fixture
def data_copy(lent: Lent) -> Iterator[Path]:
    """A copy of the shipped data to spoil."""
    yield lent.folder
    lent.mend()
