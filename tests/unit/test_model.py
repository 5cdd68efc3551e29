"""Records of the model: light to import, whole in what they say, and tied to the schemes."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from dualuse.load.parse import Unfit, parse
from dualuse.model.fields import Ref, Val, fields_of
from dualuse.model.law import Membership
from dualuse.model.meanings import meanings
from dualuse.model.slots import DERIVED
from dualuse.model.tables import TABLES, table_of
from dualuse.model.values import SCHEMES
from dualuse.namespaces import KINDS, expand

RECORDS = (*(table.record for table in TABLES), *DERIVED)


def with_parts(record: type[Any]) -> set[type[Any]]:
    """A record and the records inside it."""
    found, todo = {record}, [record]
    while todo:
        fresh = {part for field in fields_of(todo.pop()) if (part := field.part) is not None} - found
        found |= fresh
        todo += fresh
    return found


KNOWN = sorted(set().union(*map(with_parts, RECORDS)), key=lambda record: record.__name__)


def test_importing_the_records_loads_no_loader() -> None:
    code = "import sys, dualuse.model.tables, dualuse.model.write; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "dualuse.model.law" in loaded
    assert not {"pydantic", "pydantic_core", "yaml", "rdflib", "pyoxigraph"} & set(loaded)


@pytest.mark.parametrize("record", KNOWN, ids=lambda record: record.__name__)
def test_a_record_is_frozen_and_every_field_has_a_meaning(record: type[Any]) -> None:
    assert record.__dataclass_params__.frozen
    assert [field.name for field in fields_of(record) if not meanings(record).get(field.name)] == []


@pytest.mark.parametrize("record", KNOWN, ids=lambda record: record.__name__)
def test_what_a_field_says_is_known(record: type[Any]) -> None:
    if record.about.kind:
        assert record.about.kind in KINDS
    for field in fields_of(record):
        for says in field.says:
            assert expand(says.predicate)
            if isinstance(says, Val):
                assert field.values == SCHEMES[says.scheme], f"{record.__name__}.{field.name}"
            if isinstance(says, Ref):
                assert table_of(field) is not None or says.kind == "tier"


def test_every_table_is_of_a_record_of_its_own() -> None:
    assert len({table.record for table in TABLES}) == len({table.name for table in TABLES}) == len(TABLES)


ROW = {"key": "g.no", "place": "NO", "group": "g", "standing": "member", "sources": "a | b", "confidence": "high"}


def test_a_row_is_read_as_it_stands() -> None:
    found = parse(Membership, ROW)
    assert found.sources == ("a", "b")
    assert found.valid_from is None


def test_all_faults_of_a_row_are_told() -> None:
    with pytest.raises(Unfit) as caught:
        parse(Membership, ROW | {"place": "no", "standing": "friend", "sources": " | ", "colour": "red"})
    assert {(fault.path, fault.kind) for fault in caught.value.faults} == {
        (("place",), "string_pattern_mismatch"),
        (("standing",), "literal_error"),
        (("sources",), "too_short"),
        (("colour",), "unexpected_keyword_argument"),
    }
