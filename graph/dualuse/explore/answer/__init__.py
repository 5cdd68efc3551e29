"""Pages for answers: one card as one offline HTML file to read, cite, print and pass on."""

from __future__ import annotations

from dualuse.explore.answer.labels import read_labels
from dualuse.explore.answer.page import answer_page

__all__ = ["answer_page", "read_labels"]
