"""Pages for answers: one card as one offline HTML file to read, cite, print and pass on."""

from __future__ import annotations

from dualuse.show.html.page import answer_page
from dualuse.show.labels import read_labels

__all__ = ["answer_page", "read_labels"]
