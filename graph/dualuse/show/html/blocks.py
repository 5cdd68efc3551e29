"""The tables of a card as blocks of a page; a few known ones also as a strip, a chain or bars."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from dualuse.card import Card, Fold, folds, views
from dualuse.show.cells import RESTS_ON
from dualuse.show.folding import Alike, grouped
from dualuse.show.html.cites import Cites
from dualuse.show.html.timeline import Strip, draw
from dualuse.show.html.values import Hand, items, references
from dualuse.show.labels import column, name_of, worded
from dualuse.show.words import Said, counted, find, say

_Row = Mapping[str, Any]
_RAW = ("against", "exceptions", "steps", "timeline")
"""Views, or tables without one, drawn from their rows, not from the rows made for a terminal."""
_EVIDENCE = ("receipt", "receipts", "source", "records", "past", RESTS_ON)
_MERGED = (("name", "place"), ("name", "party"), ("title", "measure"), ("party", "id"))
"""Columns that name one thing twice: its name, and its key."""
_TIERS = ("tier1", "tier2", "tier3")
_UNDER = {
    "against": ("file", "passage", "start", "end", "candidate", "words", "modality", "instrument", "law", "provision"),
    "timeline": ("until", "by", "scope"),
}
"""View -> columns that stand under its text, not beside it."""
_MANY_COLUMNS = 8
_LONG_ROW = 420
_OPEN_ROWS, _FEW, _OPEN_CHAINS = 20, 10, 8
"""Rows of a table that stand open where many more are folded; how many more are few; paths that stand open."""
_NAMED = 6
_AROUND = 120
"""Characters of a passage that stand on each side of the words it is shown for."""


@dataclass(frozen=True)
class Head:
    """A heading: its words, what kind of column it heads, and the name of that in a link."""

    said: Said
    kind: str
    key: str


@dataclass(frozen=True)
class Line:
    """A row: its cells, in the order of the headings, and whether it lies in the future."""

    cells: tuple[Markup, ...]
    kind: str


@dataclass(frozen=True)
class Chain:
    """One path: by which channel, its steps, and how many more there are."""

    name: Markup
    steps: tuple[Markup, ...]
    more: Said | None


@dataclass(frozen=True)
class Section:
    """Rows below one another: those that stand open have no title, others fold below theirs.

    Args:
        title: What the rows agree in, or how many more there are.
        size: How many they are, where the title does not say.
        names: The first of them, by name.
        lines: The rows.
    """

    title: Markup | None
    size: Said | None
    names: Markup | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Block:
    """One part of the answer."""

    key: str
    title: Said
    form: str
    size: Said | None = None
    heads: tuple[Head, ...] = ()
    sections: tuple[Section, ...] = ()
    chains: tuple[Chain, ...] = ()
    more_chains: tuple[Chain, ...] = ()
    command: str = ""
    strip: Strip | None = None
    list: Markup | None = None

    @property
    def lines(self) -> tuple[Line, ...]:
        """All its rows."""
        return tuple(line for section in self.sections for line in section.lines)


def blocks(card: Card[Any], hand: Hand, cites: Cites, *, fold: bool = True) -> Iterator[Block]:
    """The tables of a card that have rows, in its order; many rows folded to groups unless told not to."""
    told, folded = views(card.answer), folds(card.answer) if fold else {}
    for name in card.tables:
        raw = card.plain.get(name)
        if not raw or told.get(name) == "unseen":
            continue
        title = find("table", name) or column(name)
        view = told.get(name, name)
        if view == "chains":
            chains = tuple(_chain(row, hand, cites) for row in raw)
            first, rest = chains[:_OPEN_CHAINS], chains[_OPEN_CHAINS:]
            yield Block(name, title, "chains", chains=first, more_chains=rest, command=_every_path(card))
            continue
        shown = raw if view in _RAW else card.seen(name)
        if not shown:
            continue
        strip = draw(raw, card.as_of) if view == "timeline" else None
        groups = grouped(shown, None if strip else folded.get(name))
        block = _table(view, title, raw, shown, hand, cites, strip, groups)
        yield replace(block, key=name, sections=tuple(_sections(name, block, shown, groups, folded.get(name), hand)))


def _every_path(card: Card[Any]) -> str:
    """The command that lists the paths which a page of ``why`` only counts."""
    _, _, party = str(card.question["party"]).rpartition(":")
    return f"dualuse why {party} {card.question['measure']} --as-of {card.as_of} --lens {card.lens} --all"


def _chain(row: _Row, hand: Hand, cites: Cites) -> Chain:
    steps = []
    for sentence in row["path"]:
        text, bracket, provision = str(sentence).rpartition(" [")
        said, where = (text, provision.removesuffix("]")) if bracket else (str(sentence), "")
        told = Markup("{} {} <small>{}</small>").format(
            hand.told(said), references(cites.of_text(str(sentence))), hand.told(where)
        )
        steps.append(told)
    more = counted("more_paths", row["more_paths"]) if row.get("more_paths") else None
    return Chain(hand.named("channel", row["channel"]), tuple(steps), more)


def _sections(
    name: str, block: Block, rows: Sequence[_Row], groups: Sequence[Alike], fold: Fold | None, hand: Hand
) -> Iterator[Section]:
    """The rows of a table: folded to groups, or the first of many open and the others folded."""
    if not block.sections:
        return
    (whole,) = block.sections
    if len(groups) == 1 or fold is None:
        most = len(whole.lines) if len(whole.lines) <= _OPEN_ROWS + _FEW else _OPEN_ROWS
        yield replace(whole, lines=whole.lines[:most])
        if left := whole.lines[most:]:
            yield Section(hand.text(counted("rows_more", len(left))), None, None, left)
        return
    for group in groups:
        parts = [_said(name, key, part, hand) for key, part in group.same.items()]
        names = _names(group.of(rows), fold, hand) if fold.names else None
        lines = tuple(whole.lines[place] for place in group.at)
        yield Section(Markup(" · ").join(parts), counted("rows", len(lines)), names, lines)


def _said(table: str, key: str, part: Any, hand: Hand) -> Markup:
    """What the rows of a group agree in; a number with the name of its column."""
    told = hand.show(key, part) or Markup("—")
    return Markup("{} {}").format(hand.text(column(key)), told) if str(part).isdigit() or not part else told


def _names(rows: Sequence[_Row], fold: Fold, hand: Hand) -> Markup:
    """The first names of a group, and how many more there are."""
    told = {tuple(str(row.get(key)) for key in fold.names): row for row in rows}
    shown = [
        Markup(" → ").join(hand.show(key, row.get(key)) for key in fold.names) for row in list(told.values())[:_NAMED]
    ]
    more = [hand.text(say("and_more", n=f"{len(told) - _NAMED:,}"))] if len(told) > _NAMED else []
    if len(fold.names) > 1:
        return items([*shown, *more])
    return Markup(", ").join([*shown, *more])


def _table(
    view: str,
    title: Said,
    raw: Sequence[_Row],
    shown: Sequence[_Row],
    hand: Hand,
    cites: Cites,
    strip: Strip | None,
    groups: Sequence[Alike],
) -> Block:
    numbers = [cites.of_row(row) for row in raw] if len(raw) == len(shown) else [[] for _ in shown]
    drop = set(_EVIDENCE) if any(numbers) else {"past"}
    drop |= {*_UNDER.get(view, ()), *groups[0].same}
    keys = [key for key in _columns(shown) if key not in drop]
    for kept, gone in _MERGED:
        if kept in keys and gone in keys:
            keys.remove(gone)
    if len(keys) == 1:
        told = (
            Markup("{} {}").format(hand.show(keys[0], row.get(keys[0])), references(cited))
            for row, cited in zip(shown, numbers, strict=True)
        )
        return Block(view, title, "list", list=items(told))
    heads = [Head(_heading(view, key, shown), _kind(key, shown), key) for key in keys]
    lines = []
    for index, (row, cited) in enumerate(zip(shown, numbers, strict=True), start=1):
        cells = [_cell(view, key, row, hand, cites) for key in keys]
        if any(numbers):
            cells.append(references(cited))
        if strip is not None:
            cells.insert(0, Markup("{}").format(index))
        lines.append(Line(tuple(cells), "" if row.get("past", True) else "future"))
    if any(numbers):
        heads.append(Head(column("receipts"), "notes", "receipts"))
    if strip is not None:
        heads.insert(0, Head(column("number"), "number", "number"))
    form = _form(view, heads, shown, keys)
    size = counted("rows", len(lines)) if len(lines) > len("rows") else None
    return Block(view, title, form, size, tuple(heads), (Section(None, None, None, tuple(lines)),), strip=strip)


def _columns(rows: Sequence[_Row]) -> list[str]:
    """Every key that some row has a value for, in order of first use."""
    return list(dict.fromkeys(key for row in rows for key, part in row.items() if part not in (None, "", [], ())))


def _heading(table: str, key: str, rows: Sequence[_Row]) -> Said:
    own = find("column", f"{table}.{key}")  # where a heading means another thing in one table
    if own is not None:
        return own
    for kept, gone in _MERGED:
        if key == kept and gone != "id" and any(gone in row for row in rows):
            return column(gone)
    return column(key)


def _kind(key: str, rows: Sequence[_Row]) -> str:
    """What a column is: before or after a change, a number, a date, a result, or words."""
    end = key.rpartition("_")[2]
    if end in ("before", "after"):
        return "was" if end == "before" else "now"
    parts = [row.get(key) for row in rows]
    if all(part is None or (isinstance(part, int | float) and not isinstance(part, bool)) for part in parts):
        return f"number {key}" if key in _TIERS else "number"
    if key in ("failed", "summary", "text", "what", "why"):
        return "wide"
    if key in ("provision", "basis"):
        return "law"
    if key in ("date", "due", "channel", "result", "change", "code", "kind", "event", "effect", "status", "stance"):
        return "short"
    return "words"


def _form(view: str, heads: Sequence[Head], rows: Sequence[_Row], keys: Sequence[str]) -> str:
    """``compact`` where every cell but the first is a number, ``records`` where rows are too long for a table."""
    if all(head.kind.partition(" ")[0] in ("number", "notes") for head in heads[1:]):
        return "compact"
    length = sum(min(len(str(row.get(key) or "")), 2 * _LONG_ROW) for row in rows for key in keys) / len(rows)
    return "records" if view != "steps" and (len(keys) > _MANY_COLUMNS or length > _LONG_ROW) else "table"


def _cell(view: str, key: str, row: _Row, hand: Hand, cites: Cites) -> Markup:
    hook = _CELLS.get((view, key))
    if hook is not None:
        return hook(row, hand, cites)
    for kept, gone in _MERGED:
        if key == kept and row.get(gone):
            named = name_of(hand.labels, gone, str(row[gone]))
            told = hand.text(named if named.en != row[gone].rpartition(":")[2] else worded(hand.labels, str(row[kept])))
            return Markup("{} <small>{}</small>").format(told, row[gone]) if gone == "place" else told
    return hand.show(key, row.get(key))


def _nodes(row: _Row, hand: Hand, cites: Cites) -> Markup:
    """A path as names with arrows between them, each step with its receipt."""
    path = row["path"]
    keys = [path[0]["from"], *(step["to"] for step in path)] if path else []
    names = [name_of(hand.labels, "path", key) for key in keys]
    told = []
    for index, name in enumerate(names):
        cited = references(cites.of_step(names[index - 1].en, name.en)) if index else Markup("")
        told.append(Markup("<li>{} {}</li>").format(hand.text(name), cited))
    return Markup('<ol class="chain">{}</ol>').format(Markup("").join(told))


def _universe(row: _Row, hand: Hand, cites: Cites) -> Markup:
    """Name of a universe over a bar of its tiers."""
    total = row.get("total") or 1
    start, bars = 0.0, []
    for tier in _TIERS:
        width = round(100 * row.get(tier, 0) / total, 2)
        bars.append(
            Markup('<rect class="{}" x="{}%" width="{}%" height="10"></rect>').format(tier, round(start, 2), width)
        )
        start += width
    bar = Markup('<svg class="bar" aria-hidden="true">{}</svg>').format(Markup("").join(bars))
    return Markup("{}{}").format(hand.show("universe", row.get("universe")), bar)


def _happened(row: _Row, hand: Hand, cites: Cites) -> Markup:
    """What happened, and below it until when, by which act and for which part."""
    told = [hand.show("text", row.get("text"))]
    for key in _UNDER["timeline"]:
        if row.get(key):
            named = Markup('<small class="under">{}: {}</small>').format(
                hand.text(column(key)), hand.show(key, row[key])
            )
            told.append(named)
    return Markup(" ").join(told)


def _passage(row: _Row, hand: Hand, cites: Cites) -> Markup:
    """A passage with the words that are held against the record marked, and below it its file and number."""
    text, start, end = row["text"], row["start"], row["end"]
    low, high = max(0, start - _AROUND), end + _AROUND
    before = ("…" if low else "") + text[low:start]
    after = text[end:high] + ("…" if high < len(text) else "")
    return Markup('<q>{}<mark>{}</mark>{}</q> <small class="under">{}, {}: {}–{}</small>').format(
        before, text[start:end], after, row["file"], row["passage"], start, end
    )


def _law(row: _Row, hand: Hand, cites: Cites) -> Markup:
    """What the law says, and below it where."""
    told = hand.show("law_says", row.get("law_says"))
    return Markup('{} <small class="under">{}</small>').format(told, row["provision"]) if row.get("provision") else told


_CELLS: dict[tuple[str, str], Callable[[_Row, Hand, Cites], Markup]] = {
    ("against", "law_says"): _law,
    ("against", "text"): _passage,
    ("steps", "path"): _nodes,
    ("counts", "universe"): _universe,
    ("timeline", "text"): _happened,
}
"""(view or table, column) -> how its cells are drawn, where that is not as everywhere."""
