"""What the library of the Beneficial Ownership Data Standard finds in the statements on standard input, as JSON.

Its check of schemes asks org-id.guide, where XI-LEI is known; here it is told so.
"""

from __future__ import annotations

import json
import sys
import tempfile
from contextlib import redirect_stdout
from importlib import import_module
from pathlib import Path

from libcovebods.config import LibCoveBODSConfig
from libcovebods.data_reader import DataReader
from libcovebods.jsonschemavalidate import JSONSchemaValidator
from libcovebods.run_tasks import TASK_CLASSES, process_additional_checks
from libcovebods.schema import SchemaBODS

for _module in ("legacy_checks", "record_based_checks"):
    vars(import_module(f"libcovebods.tasks.checks.{_module}"))["get_orgids_prefixes"] = lambda: ["XI-LEI"]
with tempfile.TemporaryDirectory() as _folder, redirect_stdout(sys.stderr):
    _file = Path(_folder, "bods.json")
    _file.write_bytes(sys.stdin.buffer.read())
    _reader, _config = DataReader(str(_file)), LibCoveBODSConfig()
    _schema = SchemaBODS(_reader, _config)
    _against = [str(error) for error in JSONSchemaValidator(_schema).validate(_reader)]
    _checks = process_additional_checks(_reader, _config, _schema, TASK_CLASSES)["additional_checks"]
json.dump({"against the schema": _against, "additional checks": _checks}, sys.stdout)
