"""What scripts/audit says of the pins: advisories, and what was not checked."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

SCRIPT = runpy.run_path(str(Path(__file__).resolve().parents[1] / "scripts" / "audit_pins.py"))
CLEAN = {"name": "click", "version": "8.5.1", "vulns": []}
HIT = {
    "name": "jinja2",
    "version": "3.1.0",
    "vulns": [{"id": "PYSEC-1", "aliases": ["CVE-2024-1", "PYSEC-1"], "fix_versions": ["3.1.6"], "description": "…"}],
}
UNKNOWN = {"name": "ours", "skip_reason": "Dependency not found on PyPI"}


def said(*reports: list[dict[str, Any]] | None) -> tuple[list[str], int]:
    verdicts = {
        f"{number}.txt": None if report is None else SCRIPT["verdict"]({"dependencies": report})
        for number, report in enumerate(reports)
    }
    lines, code = SCRIPT["told"](verdicts)
    return list(lines), int(code)


def test_a_clean_bill() -> None:
    assert said([CLEAN]) == (["0.txt: 1 versions checked, 0 advisories"], 0)


def test_advisories_are_told_and_fail() -> None:
    lines, code = said([CLEAN, HIT], None)
    assert lines[:2] == [
        "0.txt: 2 versions checked, 1 advisories",
        "  jinja2 3.1.0: PYSEC-1, CVE-2024-1; fixed in 3.1.6",
    ]
    assert code == 1


def test_what_was_not_checked_is_no_clean_bill() -> None:
    assert said(None) == (["0.txt: not checked: no database of advisories can be reached (pypi, osv)"], 3)
    lines, code = said([CLEAN, UNKNOWN])
    assert (lines[1], code) == ("  not checked, for the database does not know them: ours", 3)


def test_a_database_that_knows_nothing_was_not_asked(tmp_path: Path, monkeypatch: Any) -> None:
    answer = SimpleNamespace(stdout='{"dependencies": [{"name": "ours", "skip_reason": "unknown"}]}')
    monkeypatch.setattr("subprocess.run", lambda *_, **__: answer)
    assert SCRIPT["ask"](tmp_path / "pins.txt", "pypi") is None
    answer.stdout = "Traceback: no such host"
    assert SCRIPT["ask"](tmp_path / "pins.txt", "osv") is None
