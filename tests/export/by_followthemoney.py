"""What followthemoney reads of the entities on standard input, and what it says of its own schemata, as JSON."""

from __future__ import annotations

import json
import sys
from typing import Any

from followthemoney import model
from followthemoney.types import registry


def _entity(told: dict[str, Any]) -> dict[str, list[str]]:
    """The properties that the library takes from an entity; it raises where the schema forbids one."""
    entity = model.get_proxy(told, cleaned=False)
    entity.schema.validate(told)
    return {prop.name: sorted(entity.get(prop)) for prop in entity.iterprops() if entity.get(prop)}


def _schema(schema: Any) -> dict[str, Any]:
    properties = {
        prop.name: {"type": prop.type.name} | ({"range": prop.range.name} if prop.range else {})
        for prop in schema.properties.values()
        if not prop.stub
    }
    return {"is": sorted(schema.names), "required": sorted(schema.required), "properties": properties}


_read = [json.loads(line) for line in sys.stdin.buffer]
json.dump(
    {
        "entities": {told["id"]: _entity(told) for told in _read},
        "schemata": {schema.name: _schema(schema) for schema in model},
        "topics": sorted(registry.topic.names),
        "countries": sorted(registry.country.names),
    },
    sys.stdout,
)
