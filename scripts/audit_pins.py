"""Hold the pinned versions against known advisories with pip-audit, and say plainly what could not be checked.

pip-audit asks PyPI, or OSV, for each version. Behind a mirror without advisories it finds no package and ends well all
the same: here that is no clean bill, but exit code 3.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SERVICES = ("pypi", "osv")
SECONDS = 600


@dataclass(frozen=True)
class Verdict:
    """What a database said of the versions of one file of pins."""

    checked: int
    advisories: tuple[str, ...]
    unchecked: tuple[str, ...]


def verdict(report: Mapping[str, Any]) -> Verdict:
    """Read a report of pip-audit."""
    checked, advisories, unchecked = 0, [], []
    for package in report["dependencies"]:
        if "skip_reason" in package:
            unchecked.append(package["name"])
            continue
        checked += 1
        for found in package["vulns"]:
            names = ", ".join(dict.fromkeys([found["id"], *found["aliases"]]))
            fixed = ", ".join(found["fix_versions"]) or "no version yet"
            advisories.append(f"{package['name']} {package['version']}: {names}; fixed in {fixed}")
    return Verdict(checked, tuple(advisories), tuple(unchecked))


def ask(pins: Path, service: str) -> Verdict | None:
    """Ask one database about one file of pins; None if it cannot be reached or knows none of them."""
    options = ["--requirement", str(pins), "--disable-pip", "--require-hashes", "--vulnerability-service", service]
    command = [sys.executable, "-m", "pip_audit", *options, "--format", "json", "--progress-spinner", "off"]
    try:
        answer = subprocess.run(
            command, capture_output=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL, timeout=SECONDS
        )
        found = verdict(json.loads(answer.stdout))
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return None
    return found if found.checked else None


def told(verdicts: Mapping[str, Verdict | None]) -> tuple[list[str], int]:
    """What to say of each file of pins, and the exit code."""
    lines: list[str] = []
    code = 0
    for name, found in verdicts.items():
        if found is None:
            lines.append(f"{name}: not checked: no database of advisories can be reached ({', '.join(SERVICES)})")
            code = code or 3
            continue
        lines.append(f"{name}: {found.checked} versions checked, {len(found.advisories)} advisories")
        lines += [f"  {advisory}" for advisory in found.advisories]
        if found.unchecked:
            lines.append(f"  not checked, for the database does not know them: {', '.join(found.unchecked)}")
            code = code or 3
        if found.advisories:
            code = 1
    return lines, code


def main(files: Sequence[Path]) -> int:
    """Check files of pins, say what was found, and give the exit code."""
    verdicts = {pins.name: next(filter(None, (ask(pins, service) for service in SERVICES)), None) for pins in files}
    lines, code = told(verdicts)
    print("\n".join(lines))
    return code


if __name__ == "__main__":
    sys.exit(main([Path(name) for name in sys.argv[1:]] or sorted(ROOT.glob("constraints*.txt"))))
