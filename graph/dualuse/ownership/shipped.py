"""Where the shipped rules of ownership lie, and which instruments they name; told without reading them as records."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

from dualuse import resources

FOLDER = "ownership-rules"


def rules_folder() -> Traversable:
    """Folder of the shipped rules."""
    shipped = resources.root("data") / FOLDER
    return shipped if shipped.is_dir() else files("dualuse.ownership") / "rules"


def is_named(instrument: str) -> bool:
    """Whether a shipped rule names an instrument; no other rule can stand and fall with it."""
    return any(instrument in file.read_text("utf-8") for _, file in resources.walk(rules_folder(), ".yml"))
