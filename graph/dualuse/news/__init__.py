"""Read the news: what a digest or an article says about export controls, who says it, and where it stands.

The reader proposes, a curator decides: what it finds are candidates with a confidence and the rule that made them. All
patterns are data (``data/news``), all names come from the graph at run time.
"""

from __future__ import annotations

from dualuse.news.reader import Reader, open_reader
from dualuse.news.reading import Reading
from dualuse.news.review.file import Accepted, accept, review_file
from dualuse.news.text.passages import Text, make_text, read_text

__all__ = [
    "Accepted",
    "Reader",
    "Reading",
    "Text",
    "accept",
    "make_text",
    "open_reader",
    "read_text",
    "review_file",
]
