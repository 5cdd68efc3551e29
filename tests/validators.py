"""Libraries that check files of their own format, in an environment of their own, for they bring much along."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PYTHON = Path(f"{sys.prefix}-validators", "bin", "python")


def validated(script: Path, asked: bytes) -> Any:
    """What a script says in JSON of bytes; skipped without its libraries, but never on a build server."""
    if not PYTHON.exists():
        reason = "the libraries that check exports are not installed: ./scripts/setup validators"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    done = subprocess.run([PYTHON, "-I", script], input=asked, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)
