"""The explorer: a network as one offline HTML file that a reader can search, filter, cite and pass on."""

from __future__ import annotations

from dualuse.explore.page import render_page
from dualuse.explore.view import View
from dualuse.explore.vis import to_pyvis

__all__ = ["View", "render_page", "to_pyvis"]
