"""Pages and forms for those who come to the repository: forms are such as the tracker takes, links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
FORMS = sorted(path for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
PAGES = [ROOT / name for name in ("SECURITY.md", "CODE_OF_CONDUCT.md", "CONTRIBUTING.md", "docs/publishing.md")]
ATTRIBUTES = {
    "markdown": {"value"},
    "input": {"label", "description", "placeholder", "value"},
    "textarea": {"label", "description", "placeholder", "value", "render"},
    "dropdown": {"label", "description", "multiple", "options", "default"},
    "checkboxes": {"label", "description", "options"},
}
"""Kind of part of a form -> what it may have, by the tracker's documentation."""


def faults(form: dict[str, Any]) -> list[str]:
    """What the tracker would refuse in a form."""
    found = [f"no {key}" for key in ("name", "description", "body") if not form.get(key)]
    found += [f"unknown {key}" for key in form.keys() - {"name", "description", "title", "labels", "assignees", "body"}]
    asked: list[dict[str, Any]] = [part for part in form.get("body", []) if part.get("type") != "markdown"]
    for part in form.get("body", []):
        kind, given = part.get("type"), part.get("attributes", {})
        if kind not in ATTRIBUTES:
            found.append(f"no kind {kind}")
            continue
        found += [f"{kind}: unknown {key}" for key in given.keys() - ATTRIBUTES[kind]]
        found += [f"unknown {key}" for key in part.keys() - {"type", "id", "attributes", "validations"}]
        needed = "value" if kind == "markdown" else "label"
        found += [] if str(given.get(needed) or "").strip() else [f"{kind} without {needed}"]
        found += [
            f"{kind}: {each!r} is no text" for each in given.get("options", []) if kind == "dropdown" and not text(each)
        ]
        if not part.get("validations", {}).keys() <= {"required"}:
            found.append(f"{kind}: unknown validation")
    for what, values in (
        ("id", [part.get("id") for part in asked]),
        ("label", [part["attributes"].get("label") for part in asked if "attributes" in part]),
    ):
        found += [f"the {what} {each!r} stands twice" for each in set(values) if values.count(each) > 1]
    found += [
        f"no id is {part.get('id')!r}" for part in asked if not re.fullmatch(r"[\w-]+", str(part.get("id") or ""))
    ]
    return found + ([] if asked else ["asks nothing"])


def text(value: object) -> bool:
    """Whether YAML read a text; an unquoted yes is none."""
    return isinstance(value, str)


def test_there_are_forms() -> None:
    assert [path.stem for path in FORMS] == ["fault", "missing-instrument", "question", "wrong-fact"]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_the_tracker_takes_a_form(path: Path) -> None:
    assert faults(yaml.safe_load(path.read_text("utf-8"))) == []


def test_what_it_would_refuse_is_seen() -> None:
    part = {"type": "input", "id": "a", "attributes": {"label": "A", "render": "x"}}
    choice = {"type": "dropdown", "id": "b c", "attributes": {"label": "A", "options": [True]}}
    seen = faults({"name": "n", "body": [part, part, choice, {"type": "field"}], "tag": 1})
    for said in (
        "no description",
        "unknown tag",
        "input: unknown render",
        "dropdown: True is no text",
        "no kind field",
    ):
        assert said in seen
    for said in ("the id 'a' stands twice", "the label 'A' stands twice", "no id is 'b c'"):
        assert said in seen


def test_faults_and_facts_are_asked_for_what_settles_them() -> None:
    needed = {
        path.stem: {part["id"] for part in yaml.safe_load(path.read_text("utf-8"))["body"] if required(part)}
        for path in FORMS
    }
    assert needed["fault"] >= {"command", "version", "digest"}
    assert needed["wrong-fact"] >= {"fact", "source"}


def required(part: dict[str, Any]) -> bool:
    """Whether a part of a form must be filled in."""
    return bool(part.get("validations", {}).get("required"))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_lead_to_files(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[\w-]+)?\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
    assert links or page.name == "CODE_OF_CONDUCT.md"
