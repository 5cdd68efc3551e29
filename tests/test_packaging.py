"""The wheel is complete and works with the checkout out of reach."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tarfile
import tomllib
from importlib.metadata import distribution, requires
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]


def listed(*folders: str) -> set[str]:
    """Files git knows of, or would take in, under folders of the checkout."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", *folders]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8").stdout.split("\0")
    return {name for name in names if name and (ROOT / name).is_file()}


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is published: the source distribution, and the wheel made from it."""
    out = tmp_path_factory.mktemp("dist")
    command: list[str | Path] = [sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    (found,) = dist.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder the wheel alone is installed in."""
    target = tmp_path_factory.mktemp("site")
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-index",
        "--no-deps",
        "--target",
        target,
        wheel,
    ]
    subprocess.run(command, check=True, capture_output=True)
    return target


def test_wheel_has_every_file(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if name.startswith("dualuse/") and not name.endswith("/")}
    expected = {f"dualuse/{name}" for name in listed("ontology", "data")}
    expected |= {name.removeprefix("graph/") for name in listed("graph/dualuse")}
    assert len(expected) > 700
    assert sorted(expected - inside) == []
    assert sorted(inside - expected) == []


def test_source_distribution_has_every_file(dist: Path) -> None:
    (found,) = dist.glob("*.tar.gz")
    with tarfile.open(found) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()} - {"PKG-INFO"}
    expected = {name for name in listed(".") if not name.startswith(".ci/")}
    assert sorted(expected - inside) == []
    assert sorted(inside - expected) == []


def test_an_index_takes_them(dist: Path) -> None:
    command: list[str | Path] = [sys.executable, "-m", "twine", "check", "--strict", *sorted(dist.iterdir())]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("PASSED") == 2


def test_wheel_ships_types_and_licence(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = archive.namelist()
        assert "dualuse/py.typed" in names
        (licence,) = (name for name in names if name.endswith("/licenses/LICENSE"))
        text = archive.read(licence).decode()
        (entry,) = (name for name in names if name.endswith("entry_points.txt"))
        assert "dualuse = dualuse.cli:main" in archive.read(entry).decode()
    assert 'THE SOFTWARE IS PROVIDED "AS IS"' in text
    assert re.findall(r"^Section (\d) --", text, re.MULTILINE) == list("12345678")


OUT_OF_REACH = f"""
import sys
sys.path[:] = [path for path in sys.path if path not in ("", {str(ROOT / "graph")!r}, {str(ROOT)!r})]
"""


def python(installed: Path, folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-c", OUT_OF_REACH + code],
        cwd=folder,
        env={"PYTHONPATH": str(installed), "PATH": "", "HOME": str(folder)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_checkout_is_out_of_reach(tmp_path: Path) -> None:
    done = python(tmp_path, tmp_path, "import dualuse")
    assert "ModuleNotFoundError: No module named 'dualuse'" in done.stderr


def test_it_answers_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    code = """
import dualuse
from dualuse import resources
from dualuse.cli import main
print(dualuse.__file__, resources.root("data"), resources.root("ontology"), sep="\\n")
sys.argv = ["dualuse", "groups", "CH", "--as-of", "2025-01-13", "--format", "csv"]
main()
"""
    done = python(installed, tmp_path, code)
    assert done.returncode == 0, done.stderr
    where = done.stdout.splitlines()
    assert where[:3] == [str(installed / "dualuse" / name) for name in ("__init__.py", "data", "ontology")]
    assert where[4].startswith("CH,Switzerland,2,")
    assert list(tmp_path.iterdir()) == []


def test_lost_files_are_missed_in_plain_words(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    for path in (installed / "dualuse").rglob("*.py"):
        copy = tmp_path / "site" / path.relative_to(installed)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    code = "from dualuse.cli import main\nsys.argv = ['dualuse', 'groups', 'CH']\nmain()"
    done = python(tmp_path / "site", tmp_path, code)
    assert done.returncode == 2
    assert "Error: dualuse was installed without its data/ files: looked in " in done.stderr
    assert "Traceback" not in done.stderr


def test_script_of_the_wheel_runs(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [installed / "bin" / "dualuse", "--version"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(installed)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.startswith("dualuse, version ")


def test_the_package_runs_as_a_module(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "dualuse", "groups", "Atlantis"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(installed)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert "Error: no place 'Atlantis' in the graph." in done.stderr


CORE_ONLY = """
import contextlib, io, json, sys
from dualuse.cli import main
told = []
for words in json.loads(sys.argv[1]):
    sys.argv = ["dualuse", *words]
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main()
        except SystemExit as leaving:
            code = leaving.code or 0
    told.append([code, *(stream.buffer.getvalue().decode() for stream in (out, err))])
print(json.dumps(told))
"""
RULE = "us-ai-diffusion-ifr-2025-01"
DAY = ("--as-of", "2025-06-01")
ANSWERED = {
    ("--help",): "Commands:",
    ("groups", "CH", "--as-of", "2025-01-13", "--brief"): "residual",
    ("status", RULE, *DAY, "--brief"): "Codified: in force",
    ("check", "--item", "H100 SXM", "--to", "CN", *DAY): "Licence required",
    ("validate", "--help"): "shapes",
}
"""Command that the core answers -> what stands in its answer."""
NEEDING: dict[str, tuple[str, ...]] = {
    "mcp": ("mcp",),
    "news": ("news", "page.html"),
    "plot": ("exposure", "NVIDIA", *DAY, "--plot", "plot.svg"),
    "release": ("release", "bundle"),
    "scale": ("owned", "--edges", "edges.parquet", "--listed", "listed.csv", *DAY),
    "screen": ("screen", "listed.csv", "--column", "name=party"),
    "serve": ("serve",),
    "spark": ("owned", "--edges", "edges.csv", "--listed", "listed.csv", "--engine", "spark", *DAY),
    "xlsx": ("check", "--batch", "shipments.xlsx", *DAY),
}
"""Extra -> a command that needs it; what needs ``shapes`` is a test of clearing."""


def core_distributions() -> set[str]:
    """What the core requires in the end, by name, as it is installed here."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    waiting, found = [Requirement(each) for each in project["dependencies"]], set[str]()
    while waiting:
        asked = waiting.pop()
        if asked.name in found or (asked.marker is not None and not asked.marker.evaluate({"extra": ""})):
            continue
        found.add(asked.name)
        waiting += [Requirement(each) for each in requires(asked.name) or ()]
    return found


@pytest.fixture(scope="module")
def core(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the packages of the core, as an environment would have that holds nothing else."""
    place = tmp_path_factory.mktemp("core") / "site-packages"
    place.mkdir()
    for name in core_distributions():
        files = distribution(name).files or []
        tops = {file.parts[0] for file in files} - {"..", "__pycache__"}
        for top in tops:
            if not (place / top).exists():
                (place / top).symlink_to(Path(str(distribution(name).locate_file(top))))
    for ours in installed.iterdir():
        (place / ours.name).symlink_to(ours)
    return place


@pytest.fixture(scope="module")
def told(core: Path, store_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], Any]:
    """Command -> its exit code, its answer and what it said, where there is nothing but the core."""
    room = tmp_path_factory.mktemp("room")
    (room / "page.html").write_text("<p>The rule was rescinded.</p>", "utf-8")
    (room / "edges.csv").write_text("owner,owned,share_min,share_max\nx,a,50,50\n", "utf-8")
    (room / "listed.csv").write_text("party\nx\n", "utf-8")
    (room / "edges.parquet").write_bytes(b"PAR1")
    book = Workbook()
    book.save(room / "shipments.xlsx")
    commands = [list(words) for words in (*ANSWERED, *NEEDING.values())]
    done = subprocess.run(
        [sys.executable, "-S", "-P", "-c", CORE_ONLY, json.dumps(commands)],
        cwd=room,
        env={"PYTHONPATH": str(core), "PATH": "", "HOME": str(room), "DUALUSE_STORE": str(store_dir)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(zip(map(tuple, commands), json.loads(done.stdout), strict=True))


def test_the_core_is_light(core: Path) -> None:
    names = {path.name for path in core.iterdir()}
    assert {"rdflib", "networkx", "pyvis", "dualuse"} <= names
    assert not {"pyshacl", "owlrl", "pyarrow", "numpy", "starlette", "mcp", "pytest"} & names
    assert len(core_distributions()) < 42


@pytest.mark.parametrize("words", ANSWERED, ids=lambda words: words[0])
def test_the_core_answers(words: tuple[str, ...], told: dict[tuple[str, ...], Any]) -> None:
    code, answer, said = told[words]
    assert (code, said) == (0, "")
    assert ANSWERED[words] in answer


def test_every_extra_is_tried_and_told() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert {*NEEDING, "shapes"} == set(extras)
    documented = re.findall(
        r"^\| `'dualuse\[(\w+)\]'` \|", (ROOT / "docs/commands.md").read_text("utf-8"), re.MULTILINE
    )
    assert sorted(documented) == sorted(extras)


@pytest.mark.parametrize("extra", NEEDING)
def test_a_missing_extra_is_told(extra: str, told: dict[tuple[str, ...], Any]) -> None:
    code, answer, said = told[NEEDING[extra]]
    assert (code, answer) == (2, "")
    assert f"pip install 'dualuse[{extra}]'" in said
    assert "Traceback" not in said


def test_importing_every_module_touches_no_file_and_no_network(tmp_path: Path) -> None:
    code = """
import sys

def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], str):
        name = arguments[0].replace("\\\\", "/")
        if name.endswith((".yml", ".csv", ".ttl", ".rq")) or (arguments[2] or 0) & 3:
            print(event, name)
    elif event in ("socket.connect", "subprocess.Popen", "os.mkdir", "os.remove"):
        print(event, arguments)

import importlib, pkgutil
import rdflib, networkx, pyoxigraph, pydantic, yaml, rich, click, oxrdflib, pyshacl
import dualuse
sys.dont_write_bytecode = True
sys.addaudithook(watch)
found = [module.name for module in pkgutil.walk_packages(dualuse.__path__, "dualuse.")]
print(len(found))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    count, *touched = done.stdout.splitlines()
    assert touched == []
    assert int(count) > 50
