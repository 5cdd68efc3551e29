"""What stands inside a page: our templates, styles and scripts, pyvis's script, each with the hash that allows it."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from dualuse.errors import InstallationError

_SCRIPT = "lib/vis-9.1.2/vis-network.min.js"


@dataclass(frozen=True)
class Hashed:
    """Inline text and the hash that allows it in the content security policy."""

    text: Markup
    sha256: str


def hashed(text: str) -> Hashed:
    """Mark our own text as safe and hash it as a browser will.

    Example:
        >>> hashed("").sha256
        'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
    return Hashed(Markup(text), f"sha256-{digest}")  # noqa: S704 - files of this package and of pyvis, never data


@cache
def packed_atlas() -> str:
    """The shapes of the places, which ``scripts/vendor_world.py`` made, as a line of base64.

    Raises:
        InstallationError: the file is not in the installed package.
    """
    source = files("dualuse.explore") / "atlas" / "world.json.gz"
    if not source.is_file():
        raise InstallationError(
            f"{source} is missing, so the page has no map. Install dualuse again: pip install --force-reinstall dualuse"
        )
    return base64.b64encode(source.read_bytes()).decode("ascii")


def template_text(name: str, package: str = "dualuse.explore") -> str:
    """Text of one file in the ``templates/`` of a package."""
    return (files(package) / "templates" / name).read_text(encoding="utf-8")


@cache
def environment(package: str = "dualuse.explore") -> Environment:
    """Jinja over the templates of a package, with escaping on, and an error for every name a template misses."""
    return Environment(
        autoescape=True,
        keep_trailing_newline=True,
        loader=FunctionLoader(partial(template_text, package=package)),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )


@cache
def vis_script() -> str:
    """The vis-network script that ships inside pyvis, read without importing pyvis.

    Raises:
        InstallationError: pyvis or the script is not there.
    """
    spec = find_spec("pyvis")
    folders = [] if spec is None or spec.submodule_search_locations is None else spec.submodule_search_locations
    for folder in folders:
        path = Path(folder) / _SCRIPT
        if path.is_file():
            return path.read_text(encoding="utf-8").replace("\r\n", "\n").replace("\r", "\n")
    raise InstallationError(
        f"pyvis/{_SCRIPT} was not found in {', '.join(folders) or 'any installed package'}, and pictures are drawn "
        "with it. Install the version the project pins: pip install 'pyvis==0.3.2'"
    )
