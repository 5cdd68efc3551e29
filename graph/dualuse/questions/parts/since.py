"""What a snapshot of a feed changed, in words of the law: who left a group, who came onto a list, what text is new."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from dualuse.feeds.since import Change, Seen

_SECTION = re.compile(r"(7\d\d\.\d+[a-z]?)((?:\([A-Za-z0-9]+\))*)(?:\.\d+)?$")
_SUPPLEMENT = re.compile(r"supplement-(\d+)-to-(\d+)$")
_GROUPS, _CHART, _ENTRIES = "740.supplement-", "738.supplement-1.", "774.supplement-1."
_CODE = re.compile(r"\s*\([A-Z-]+\).*")
_WORDS = {
    "dct:bibliographicCitation": "notices",
    "du:footnote": "footnote",
    "du:licencePolicy": "review policy",
    "du:section": "sections",
    "schema:datePublished": "days of notices",
    "schema:startDate": "effective",
    "schema:endDate": "until",
}
_HOW = {"added": "is new", "removed": "is gone", "changed": "changed its text"}


def told(feed: str, seen: Seen) -> Iterator[tuple[Change, str, str]]:
    """Each change, what it is in words, and where it stands; what follows from another one is left out.

    Args:
        feed: Kind of feed.
        seen: What changed.
    """
    if feed == "ecfr":
        whole = {change.key for change in seen.changes if change.how != "changed"}
        for change in seen.changes:
            if not (_above(change.key) & whole and change.key in whole):
                yield from ((change, words, where) for words, where in _of_law(change))
        return
    for change in sorted(seen.changes, key=lambda each: (each.how, each.label, each.key)):
        words = _of_document(change) if feed == "federal-register" else _of_list(change, seen.lists)
        cited = (change.after or change.before).get("dct:bibliographicCitation", ())
        yield change, words, cited[0] if cited else ""


def _above(key: str) -> set[str]:
    """Keys of the section or part, and of the paragraphs, that one stands in."""
    found = _SECTION.match(key)
    if found is None:
        part = _SUPPLEMENT.match(key)
        return {f"part-{part[2]}"} if part else set()
    marks = re.findall(r"\([^()]+\)", found[2])
    above = {found[1] + "".join(marks[:count]) for count in range(len(marks))}
    return above | {f"part-{found[1].partition('.')[0]}"}


def _of_law(change: Change) -> Iterator[tuple[str, str]]:
    """What changed in the regulations, and where."""
    if change.key.startswith(_GROUPS):
        yield from _moved(change)
    elif change.key.startswith(_CHART):
        where = "Supp. No. 1 to part 738"
        yield from ((f"Country Chart: {change.label} {words}", where) for words in _marks(change))
        if change.text and not change.before and not change.after:
            yield f"Country Chart: {change.label} changed its row", where
    else:
        name, where = _named(change)
        yield f"{name} {_HOW[change.how]}", where


def _moved(change: Change) -> Iterator[tuple[str, str]]:
    """Who left which group, and who joined which."""
    supplement = "Supp. No. 1 to part 740" if ".supplement-1." in change.key else "Supp. No. 5 to part 740"
    old, new = (set(part.get("schema:memberOf", ())) for part in (change.before, change.after))
    for verb, groups in (("left", old - new), ("joined", new - old)):
        yield from ((f"{change.label} {verb} {group}", supplement) for group in sorted(groups))


def _marks(change: Change) -> Iterator[str]:
    old, new = (set(part.get("du:countryChartColumn", ())) for part in (change.before, change.after))
    for words, columns in (("is marked in", new - old), ("is no longer marked in", old - new)):
        if columns:
            yield f"{words} {', '.join(sorted(columns))}"


def _named(change: Change) -> tuple[str, str]:
    """A piece of the regulations as it is cited, in a sentence and by itself."""
    if found := _SECTION.match(change.key):
        return f"§ {found[1]}{found[2]}", f"15 CFR {found[1]}{found[2]}"
    if found := _SUPPLEMENT.match(change.key):
        return f"Supplement No. {found[1]} to part {found[2]}", f"Supp. No. {found[1]} to 15 CFR part {found[2]}"
    if change.key.startswith(_ENTRIES):
        number = change.key.removeprefix(_ENTRIES)
        return f"ECCN {number}", f"ECCN {number}, Supp. No. 1 to 15 CFR part 774"
    return change.label, ""


def _of_list(change: Change, lists: Mapping[str, str]) -> str:
    """Who came onto a list, who is off it, and what changed for whom."""
    names = ", ".join(_CODE.sub("", lists.get(code, code)) for code in change.lists) or "the list"
    cited = (change.after or change.before).get("dct:bibliographicCitation", ())
    label = f"{change.label} ({'; '.join(cited)})" if cited else change.label
    match change.how:
        case "added":
            return f"added to the {names}: {label}"
        case "removed":
            return f"no longer on the {names}: {label}"
    return f"changed on the {names}: {change.label}: {_turned(change)}"


def _of_document(change: Change) -> str:
    """Which document is new, and what changed of one."""
    cited = "; ".join((*(change.after or change.before).get("dct:bibliographicCitation", ()), change.key))
    match change.how:
        case "added":
            return f"published: {change.label} ({cited})"
        case "removed":
            return f"no longer in the feed: {change.label} ({cited})"
    return f"{change.label} ({change.key}): {_turned(change)}"


def _turned(change: Change) -> str:
    """Values that a record had and has now."""
    names = [name for name in _WORDS if name in change.before or name in change.after]
    parts = [f"{_WORDS[name]} {_listed(change.before.get(name))} → {_listed(change.after.get(name))}" for name in names]
    return "; ".join(parts) or "its name"


def _listed(values: Sequence[str] | None) -> str:
    return ", ".join(values) if values else "none"
