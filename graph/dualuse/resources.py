"""Where the shipped ontology and data files lie: the one module that knows.

Works in a checkout, in an installed wheel and in a zip.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from dualuse.errors import InstallationError

_CHECKOUT = Path(__file__).resolve().parents[2]

Kind = Literal["ontology", "data"]


def root(kind: Kind) -> Traversable:
    """Folder of the shipped files of one kind.

    Raises:
        InstallationError: neither the package nor a checkout around it has them.
    """
    packaged = files("dualuse") / kind
    if packaged.is_dir():
        return packaged
    checkout = _CHECKOUT / kind
    if checkout.is_dir() and (_CHECKOUT / "pyproject.toml").is_file():
        return checkout
    raise InstallationError(
        f"dualuse was installed without its {kind}/ files: looked in {packaged} and {checkout}. "
        "Install it again: pip install --force-reinstall dualuse"
    )


def walk(folder: Traversable, suffix: str) -> Iterator[tuple[str, Traversable]]:
    """Yield ``(path relative to folder, file)`` for every file with a suffix, sorted by path."""
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.is_dir():
            for name, file in walk(entry, suffix):
                yield f"{entry.name}/{name}", file
        elif entry.name.endswith(suffix):
            yield entry.name, entry
