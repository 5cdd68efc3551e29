"""The whole citable bundle of a graph, written deterministically, and what differs between two of them."""

from __future__ import annotations

from dualuse.release.changes import Change, Release, compare, read_release, release_of
from dualuse.release.contents import Item, contents

__all__ = ["Change", "Item", "Release", "compare", "contents", "read_release", "release_of"]
