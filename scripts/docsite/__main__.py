"""``python -m docsite OUT``: what ``scripts/docs`` runs."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from docsite.make import SiteError, make

start = time.monotonic()
try:
    number = make(Path(sys.argv[1]))
except SiteError as error:
    sys.exit(str(error))
sys.stdout.write(
    f"{number:,} pages in {sys.argv[1]}, {time.monotonic() - start:.0f} s; open {sys.argv[1]}/index.html\n"
)
