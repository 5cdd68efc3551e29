"""What the licence check decides and what it leaves out, as a page written from the rules themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

from dualuse.knowledge import Knowledge
from dualuse.law.kinds import COMBINATIONS, kinds
from dualuse.law.matrix import matrix
from dualuse.law.tests.number import figure
from dualuse.law.transaction import UNION, UNITED_STATES, World
from dualuse.model.law import Event
from dualuse.model.rules import Condition, DecisionRule, Due

OPENING = """# The licence check

`dualuse check` takes one transaction (an item, a quantity, a place, the headquarters behind the consignee) and a day,
and says what United States law on AI chips asked of it on that day: whether a licence was needed, which exception
covered it, how an application would have been reviewed, and what had to be done by when.

```sh
dualuse check --item "H100 SXM" --quantity 2000 --to CH --hq CH --as-of 2025-05-15
dualuse check --batch shipments.csv --jobs 2 --as-of 2025-06-01 -o results.csv
```

It is a reading of the published text for research and for a first look. It is no legal advice, and it leaves out
[much of the law](#what-is-not-modelled). `--under CN` (NL, JP, KR, EU, TW, MY; a place, or an authority such as MOFCOM)
asks another law: see [other laws](other-laws.md).

## How an answer is made

1. **Which rules count.** A rule counts while the instrument it is read from, or its paragraph, is in force on the day
   under the lens. `codified` follows binding acts alone; `enforced` also heeds what the regulator says it does not
   enforce; `announced` takes officials at their word. A newer rule may displace an older one while it counts itself.
2. **Exclusions**: is the transaction outside the rules altogether?
3. **Requirements**: which of them apply? If none does, no licence is needed.
4. **Exceptions**, in order: the first whose conditions all hold, and that answers every requirement that applies,
   makes a licence unnecessary. Every other one is shown with the conditions that failed.
5. **Review policy**, where a licence is needed: of each requirement the first that applies, and of those the strictest.
   No policy is told where a requirement has none on record (an entry of the Entity List, a letter), where one that may
   apply would be stricter, or where a part of the law that no rule holds bears on the application; the answer says
   which.
6. **Clearance is earned.** Where a part of the law that no rule holds can reach the transaction (an item that no rule
   reaches, a military end use), the outcome is `indeterminate` and that part is named; nothing is cleared.
7. **Duties** of the exception used, or of the licence, each with the day it falls due.

Every test comes out true, false or *unknown*. Unknown are a headquarters nobody stated, a chip whose TPP is only
estimated, a contested membership, an instrument whose status the record leaves open. What is unknown makes the outcome
`indeterminate` only where it could change it: a consignee without known headquarters in China needs a licence either
way, one in the United Kingdom may not. `--ask` tells the facts not stated that could change the outcome, the most
decisive first: it tries each with every value it can have (a headquarters by classes of places, a number on either side
of a bound).

The rules are data: one YAML file each in `data/rules/`, read by one small evaluator that knows no rule of law. This
page is written from them.

## A table of transactions

`--batch` takes a table with one transaction a row: CSV in UTF-8, with commas, semicolons or tabs as its first line
shows, or a workbook (`.xlsx`, first sheet; `pip install 'dualuse[xlsx]'`). Columns are called as the options of the
command, whatever their case, spaces, hyphens and underscores; `item` and `to` are needed, `as-of` and `lens` may differ
by row. Any other column is passed through unchanged, after the columns of the results (one that is called as one of
these gets `(given)` behind its name). `1,000` and `10.0` are numbers; a fraction of a unit is an error. What cannot be
read is told in the column `error` of its row, and with its line on standard error; the other rows are judged. What a
row comes to under a lens that was not asked stands in its column `under`, where it is something else. The `consignee`
of a row is held against the lists as `--consignee` is ([screening](screening.md#in-a-licence-check)): what came of it
is `screened`, whom it is or may be `screened_as`. A list that is stated under `listed` stays as it is.

Exceptions that look at a calendar year (LPP, NVEU) look at all of it: rows of one `consignee`, or of one
`ultimate-parent` where that column gives it, add up in order of date (those of one day as they stand), as far as they
used such an exception, and `tpp_year` shows the sum that a row was held against. `already-received` is then what came
from outside the table. Rows without a consignee are judged each by itself, and say so under `unknown`. Names are the
same that differ in case and signs alone. Rows that are in order of date are judged as they are read; of the others the
cells are held until the table was read once. The number of `--jobs` changes no result.
"""

OTHERS = """# The licence check under other laws

`dualuse check --under CN` asks what the law of China says of a transaction, `--under NL` that of the Netherlands with
that of the Union: one law at a time, by its own rules, with the evaluator of the [licence check](licence-check.md).

```sh
dualuse check --under CN --item "CN gallium" --to US --hq US --as-of 2025-06-02
dualuse check --under MOFCOM --item "CN antimony" --to US --listed cn-control-list --as-of 2026-07-01
dualuse check --under NL --item "NL NXT:1970i and NXT:1980i" --to CN --hq CN --as-of 2024-10-01
```

A rule is part of the law of the `jurisdiction` of its instrument. A shipment leaves from the place whose law is asked
unless `--from` says otherwise. Places are taken as they are: that Hong Kong counts as China, or a territory as its
parent, is a rule of the United States. A ban is a licence under a policy of denial. An item that an announcement put
under control is on the list while that announcement counts; before, and where no rule names an item, the answer is
`indeterminate` and says so: nothing that is not modelled is cleared.

This page is written from the rules.
"""

ADDING = """## Add a rule

A rule is one file in `data/rules/`; its name is its key. This one, an example and no law, would let small shipments for
research go without a licence under the January 2025 rule. No Python changes: run `dualuse build`, and the next
`dualuse check` tries it.

```yaml
title: Research computing (an example)
kind: exception
instrument: us-ai-diffusion-ifr-2025-01
provision: us-ai-diffusion-ifr-2025-01.740.29-a
order: 5
applies_to:
  - rs-2025-worldwide
when:
  all:
    - end_use:
        - research
      says: the stated end use is research
    - number: tpp-total
      at_most: 100000000
      says: the shipment is small
code: EXAMPLE
sources:
  - fr-2025-00636
confidence: low
```

`instrument` decides on which days the rule counts, and by its jurisdiction under whose law it does; `provision` is the
paragraph it is read from, `order` its place among the rules of its kind, `applies_to` the requirements it answers. A
requirement has no `applies_to` and may have `displaces`; a review policy has `review_policy`; a duty has `duty`,
`bearer` and `due`; an allocation has `limit`. Every test says in words what it asks. What several rules share stands in
`data/conditions.yml` under a name, and a rule says `use: NAME` in its place. The codebook in `data/README.md` has every
field, `dualuse validate` checks the result, and `scripts/regenerate` writes this page anew.

## Add a case

A case is a transaction whose answer someone knows. It stands beside the rule that it tests, in
`data/rules/<key>.cases.yml`, and `dualuse validate` runs them all and tells in words what comes out otherwise.

```yaml
cases:
  - day: 2025-06-02
    facts: {item: H100 SXM, quantity: 1700, to: Mexico, hq: MX}
    expect: {outcome: licence-required, review_policy: presumption-of-approval, applies: no}
    sources: [fr-2025-00636]
    note: '15 CFR 740.29(d): 26,914,400 TPP are over the 26,900,000 of LPP.'
```

`facts` are the options of `dualuse check` as one would type them; `lens` is `codified` unless it is given. `expect`
takes any of `outcome`, `exception`, `review_policy` (`open` where none is given), `applies` (whether the rule beside
which the case stands does), `due` (the day, for a duty), `duties` and `stands_between`; what is left out is not
looked at.

## Add a kind of test

A kind of test is one module in `graph/dualuse/law/tests/` with one object, `KIND`: its name, what a condition gives
under that name and what it refers to, how it is checked, the words for what was found, what this page says of it, and
the facts it asks for, each with its option. The records, the triples, the options of `dualuse check`, the columns of
a table, the keys of a case and the table above follow from it. Copy the nearest one, and put a rule that uses it,
with its cases, beside the others.
"""

KINDS = {
    "exclusion": "Outside the rules",
    "requirement": "Requirements",
    "exception": "Exceptions",
    "review-policy": "Review of applications",
    "allocation": "Allocations",
    "duty": "Duties",
    "gap": "What stands between and is not modelled",
}


def coverage_page(knowledge: Knowledge) -> str:
    """Render the page on what the licence check covers, from the rules and the parts not modelled."""
    world = knowledge.law
    parts = [OPENING, _tests(), *matrix(world), "## What is modelled\n", *_vintages(knowledge, world)]
    parts += [_not_modelled(world), ADDING]
    return "\n".join(parts)


def other_laws_page(knowledge: Knowledge) -> str:
    """Render the page on what is decided under other laws than that of the United States, law by law."""
    laws, parts = knowledge.laws, [OTHERS]
    for order in laws.orders:
        if order != UNITED_STATES:
            own = laws.rules.under((order,))
            world = replace(laws.under(order), rules=own)
            name = "European Union" if order == UNION else knowledge.names.label("place", order)
            parts.append(f"# {name}: `--under {order}`\n")
            parts += [*_vintages(knowledge, world, "##"), _left_out(world)]
    return "\n".join(parts)


def _tests() -> str:
    rows = [f"| `{kind.name}` | {kind.holds} | {kind.unknown or 'never'} |" for kind in kinds().values()]
    combined = "; ".join(f"`{name}`: {meaning}" for name, meaning in COMBINATIONS.items())
    table = "\n".join(["| test | holds when | unknown when |", "|---|---|---|", *rows])
    return f"## What a rule can ask\n\n{table}\n\nTests are combined by {combined}.\n"


def _vintages(knowledge: Knowledge, world: World, level: str = "###") -> Iterator[str]:
    """One section an instrument, by the day it took effect."""
    instruments = {rule.instrument for rule in world.rules.rules}
    began = {key: _first(world, key) for key in instruments}
    for instrument, first in sorted(
        began.items(), key=lambda each: (each[1].date.earliest if each[1] else date.max, each[0])
    ):
        label = knowledge.names.label("instrument", instrument)
        since = f"in effect since {first.date}" if first else "with no recorded day of effect"
        yield f"{level} {label}\n\n`{instrument}`, {since}.\n"
        for kind, heading in KINDS.items():
            rules = [rule for rule in world.rules.of(kind) if rule.instrument == instrument]
            if kind == "duty" and rules:
                yield f"**{heading}**\n\n{_duties(knowledge, rules)}\n"
            elif rules:
                told = "\n".join(_rule(knowledge, world, rule) for rule in rules)
                yield f"**{heading}**\n\n{told}\n"


def _first(world: World, instrument: str) -> Event | None:
    """The event by which an instrument as a whole took effect."""
    found = (event for event in world.events[instrument] if event.kind == "effectiveness" and not event.scope)
    return min(found, key=lambda event: event.order, default=None)


def _rule(knowledge: Knowledge, world: World, rule: DecisionRule) -> str:
    code = f", code {rule.code}" if rule.code else ""
    policy = f": {knowledge.names.label('review-policy', rule.review_policy).lower()}" if rule.review_policy else ""
    limit = f", at most {figure(rule.limit)} TPP" if rule.limit is not None else ""
    lines = [
        f"- **{rule.title}** (`{rule.node.key}`; {knowledge.registry.citation(rule.provision)}){code}{policy}{limit}"
    ]
    lines += [f"  {line}" for line in _lines(rule.when, knowledge.registry.citation)]
    facts = []
    if rule.applies_to:
        facts.append(f"for {_keys(rule.applies_to)}")
    displacing = [other.node.key for other in world.rules.rules if rule.node.key in other.displaces]
    if displacing:
        facts.append(f"displaced by {_keys(displacing)} while that counts")
    facts += [f"from {rule.span.start}"] if rule.span.start else []
    facts += [f"until {rule.span.end}, that day excluded"] if rule.span.end else []
    if facts:
        lines.append(f"  - *{'; '.join(facts)}*")
    if rule.consequence:
        lines.append(f"  - {rule.consequence}")
    if rule.note:
        lines.append(f"  - Note: {rule.note}")
    return "\n".join(lines)


def _keys(keys: Iterable[str]) -> str:
    return ", ".join(f"`{key}`" for key in sorted(keys))


_Cited = Callable[[str | None], str]
"""What a provision is cited as."""


def _lines(test: Condition, cited: _Cited) -> list[str]:
    """The condition of a rule as a list; what must hold together stands in it side by side."""
    if test.operator == "all" and test.operands:
        return [line for operand in test.operands for line in _block(operand, cited)]
    return _block(test, cited)


def _block(test: Condition, cited: _Cited) -> list[str]:
    """A condition as one item of a list, on one line if it is flat."""
    if not test.operands:
        return [f"- {_leaf(test, cited)}"]
    if test.operator == "none" and len(test.operands) == 1:
        return _negated(test.operands[0], cited)
    if all(_is_flat(operand) for operand in test.operands):
        return [f"- {_joined(test, cited)}"]
    inner = [f"  {line}" for operand in test.operands for line in _block(operand, cited)]
    return [f"- {_HEADS[test.operator]}:", *inner]


def _negated(test: Condition, cited: _Cited) -> list[str]:
    if not test.operands:
        return [f"- not: {_leaf(test, cited)}"]
    if test.operator == "all" and all(_is_flat(operand) for operand in test.operands):
        *held, last = test.operands
        if last.operands:
            return [
                f"- not: {'; and '.join(_leaf(part, cited) for part in held)}; unless {_leaf(last.operands[0], cited)}"
            ]
        return [f"- not together: {_joined(test, cited)}"]
    head, *rest = _block(test, cited)
    return [f"- not: {head.removeprefix('- ')}", *rest]


def _is_flat(test: Condition) -> bool:
    return not test.operands or (test.operator == "none" and len(test.operands) == 1 and not test.operands[0].operands)


def _joined(test: Condition, cited: _Cited) -> str:
    parts = [
        _leaf(part, cited) if not part.operands else f"not: {_leaf(part.operands[0], cited)}" for part in test.operands
    ]
    if test.operator == "all":
        return "; and ".join(parts)
    return f"{_HEADS[test.operator]}: {'; '.join(parts)}"


_HEADS = {"all": "all of", "any": "one of", "none": "none of"}


def _leaf(test: Condition, cited: _Cited) -> str:
    paragraph = f" [{cited(test.provision)}]" if test.provision else ""
    return f"{test.says}{kinds()[test.operator].detail(test)}{paragraph}"


def _duties(knowledge: Knowledge, rules: Iterable[DecisionRule]) -> str:
    rows = ["| duty | bearer | due | follows from |", "|---|---|---|---|"]
    for rule in rules:
        if rule.bearer is not None and rule.due is not None:
            cited, bearer = knowledge.registry.citation, knowledge.names.label("bearer", rule.bearer).lower()
            test = rule.when.operands[0] if len(rule.when.operands) == 1 else rule.when
            told = _leaf(test, cited) if not test.operands else _joined(test, cited)
            only = "" if test.operator == "item" else f" Only if {told}."
            what = f"{rule.duty}{only} (`{rule.node.key}`; {knowledge.registry.citation(rule.provision)})"
            rows.append(f"| {what} | {bearer} | {_due(rule.due)} | {_keys(rule.applies_to)} |")
    return "\n".join(rows)


def _due(duty: Due) -> str:
    if duty.days == duty.months == 0:
        return "before the shipment" if duty.side == "before" else "with the shipment"
    from_what = "the half-year of the shipment" if duty.side == "after-half-year" else "the shipment"
    long = [f"{count} {unit}" for count, unit in ((duty.months, "calendar months"), (duty.days, "days")) if count]
    return f"{' and '.join(long)} {'before' if duty.side == 'before' else 'after'} {from_what}"


def _not_modelled(world: World) -> str:
    return f"## What is not modelled\n\nEvery answer lists these under what is not known.\n\n{_left_out(world)}"


def _left_out(world: World) -> str:
    rows = [f"| {part.what} | {part.citation} | {part.consequence} |" for part in world.rules.not_modelled]
    return "\n".join(["| left out | where | what that means for an answer |", "|---|---|---|", *rows, ""])
