"""Half of a surrogate pair in JSON, which no UTF-8 file can hold, is a question mark in whatever a feed says."""

from __future__ import annotations

import pytest
from tests.feeds.conftest import Read

from dualuse.feeds.entry import triples

HALF = "\\ud800"
FILES = {
    "bods": '[{"statementID":"s%","statementType":"entityStatement","name":"n%","entityType":"registeredEntity"}]',
    "csl": '{"results":[{"source":"Entity List (EL) - %","name":"n%","alt_names":["x%"],"k%":"1"}]}',
    "federal-register": '{"results":[{"document_number":"2025-1%","title":"t%","publication_date":"2025-01-01"}]}',
    "gleif": '{"records":[{"LEI":{"$":"5299%"},"Entity":{"LegalName":{"$":"n%"}}}]}',
    "opensanctions": '{"id":"a%","caption":"b%","schema":"Company","properties":{"name":["c%"]},"datasets":["d%"]}',
}


@pytest.mark.parametrize("feed", sorted(FILES))
def test_what_is_said_can_be_written(read: Read, feed: str) -> None:
    entries, _ = read(feed, FILES[feed].replace("%", HALF))
    (entry,) = entries
    assert "?" in "".join(triples(feed, entry)).encode("utf-8").decode("utf-8")
