"""The wheel is complete and works with the checkout out of reach."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[1]


def listed(*folders: str) -> set[str]:
    """Files git knows of, or would take in, under folders of the checkout."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", *folders]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8").stdout.split("\0")
    return {name for name in names if name and (ROOT / name).is_file()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    command: list[str | Path] = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (found,) = out.glob("*.whl")
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
