"""What the scripts share that take files of others into the package."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def install(folder: Path, name: str, version: str, integrity: str) -> Path:
    """Install a package of npm, with all it needs, and give its folder.

    Args:
        folder: Where it is installed, beside what is there.
        integrity: Sum of it that npm tells, pinned.

    Raises:
        SystemExit: it is another one than was pinned.
    """
    npm = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", f"{name}@{version}"]
    subprocess.run(npm, cwd=folder, check=True, stdout=sys.stderr)
    lock = json.loads((folder / "package-lock.json").read_text("utf-8"))
    found = lock["packages"][f"node_modules/{name}"]["integrity"]
    if found != integrity:
        raise SystemExit(f"{name} {version} is another one: {found}, not {integrity}")
    return folder / "node_modules" / name
