"""Tables of the chip explorer of the Emerging Technology Observatory: a folder of them, or one alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from dualuse.errors import UsageError
from dualuse.feeds.entry import Entry, Said, other, place, text
from dualuse.feeds.feed import CC_BY_NC, Feed
from dualuse.feeds.numbers import decimal, percent_of
from dualuse.feeds.once import Keys
from dualuse.feeds.places import Places
from dualuse.feeds.report import Report
from dualuse.feeds.rows import Row, nearest, rows, table

_CHART = "of a chart, in words"
_SAME = "said by the record that it points to"
_CHARTS = {
    "market_share_chart_global_market_size_info": _CHART,
    "market_share_chart_caption": _CHART,
    "market_share_chart_source": _CHART,
}
TABLES: dict[str, dict[str, str]] = {
    "inputs": {"input_id": "", "type": "", "input_name": "", "stage_name": _SAME, "stage_id": "", "description": ""},
    "providers": {"provider_type": "", "provider_id": "", "provider_name": "", "country": ""},
    "provision": {
        "provider_id": "",
        "provided_id": "",
        "provider_name": _SAME,
        "provided_name": _SAME,
        "share_provided": "",
    },
    "sequence": {
        "input_id": "",
        "goes_into_id": "",
        "input_name": _SAME,
        "goes_into_name": _SAME,
        "is_type_of_name": _SAME,
        "is_type_of_id": "",
    },
    "stages": {"stage_name": "", "stage_id": "", "description": ""},
}
"""Columns of each table in every vintage -> why one is kept as it stands; the first two tell which table a file is."""
_LATER = {"alias": "", "year": "", "source": "", "negligible_market_share": "", **_CHARTS}
"""Columns that a vintage has and another has not."""
_SEVERAL = frozenset({"Various", "Various countries", "EUR"})
"""Providers that are said to be a country and are several."""
_LINK = re.compile(r"\[[^\]]*\]\((https?://[^\s)]+)\)")


def part_of(file: Path) -> str:
    """Which table a file is; blank for a folder."""
    return "" if file.is_dir() else nearest(file, table(file)[0], TABLES, "the chip explorer")


def read(file: Path, report: Report, places: Places) -> Iterator[Entry]:
    """Read the tables of a folder, or one.

    Raises:
        UsageError: it is no such file, or a folder has a table twice or none.
    """
    known: dict[str, str] = {}
    columns: list[str] = []
    for name, each in _tables(file):
        header, lines = table(each)
        wanted = TABLES[name] | {column: why for column, why in _LATER.items() if column in header}
        known |= {f"{name}.{column}": why for column, why in wanted.items()}
        columns += [f"{name}.{column}" for column in header]
        report.titles[name] = name
        report.had(tuple(columns), known)
        yield from _READERS[name](rows(each, header, lines, report, named=file.is_dir()), report, places)


def _tables(file: Path) -> list[tuple[str, Path]]:
    """Each table with its file, by name."""
    if not file.is_dir():
        return [(part_of(file), file)]
    found: dict[str, Path] = {}
    for each in sorted(file.glob("*.csv")):
        name = part_of(each)
        if name in found:
            raise UsageError(f"{file}: {name} is there twice, in {found[name].name} and {each.name}; keep one of them")
        found[name] = each
    if not found:
        raise UsageError(f"{file}: no table of the chip explorer in it (*.csv); give the folder that has them")
    return sorted(found.items())


def _inputs(read_rows: Iterator[Row], report: Report, places: Places) -> Iterator[Entry]:
    yield from _named(read_rows, report, "input", "inputs")


def _stages(read_rows: Iterator[Row], report: Report, places: Places) -> Iterator[Entry]:
    yield from _named(read_rows, report, "stage", "stages")


def _named(read_rows: Iterator[Row], report: Report, what: str, list_: str) -> Iterator[Entry]:
    """Inputs or stages: what has an identifier, a name and a description."""
    keys = Keys()
    for where, cells in read_rows:
        key = _key(where, cells, report, keys, f"{what}_id", f"{what}_name")
        if key is not None:
            says = [text("dct:identifier", cells[f"{what}_id"].strip())]
            says += [text(predicate, cells[name]) for name, predicate in _TEXTS.items() if name in cells]
            if what == "input" and "stage_id" in cells:
                says.append(other("schema:isPartOf", FEED.name, cells["stage_id"].strip()))
            yield Entry(key, cells[f"{what}_name"].strip(), cells, tuple(says), list_)


_TEXTS = {"type": "dct:type", "description": "dct:description", "alias": "skos:altLabel"}


def _key(where: str, cells: Mapping[str, str], report: Report, keys: Keys, identifier: str, *needed: str) -> str | None:
    """The key of a row; None if it has none, or says nothing new."""
    missing = [name for name in (identifier, *needed) if name not in cells]
    if missing:
        report.reject(where, f"no {missing[0]}", ", ".join(cells.values()))
        return None
    key = keys.take(cells[identifier].strip(), cells)
    if key is None:
        report.repeated += 1
    return key


def _providers(read_rows: Iterator[Row], report: Report, places: Places) -> Iterator[Entry]:
    """Providers, each once: of one with several rows, one an alias, the names are put together.

    All are held, for the rows of one need not follow each other; there are as many as firms in the trade.
    """
    found: dict[str, list[Row]] = {}
    for where, cells in read_rows:
        if "provider_id" in cells and "provider_name" in cells:
            found.setdefault(cells["provider_id"].strip(), []).append((where, cells))
        else:
            report.reject(where, f"no {'provider_id' if 'provider_name' in cells else 'provider_name'}")
    for key, told in found.items():
        where, first = told[0]
        names = {name: list(dict.fromkeys(cells[name] for _, cells in told if name in cells)) for name in _all(told)}
        for again, cells in told[1:]:
            if cells == first:
                report.repeated += 1
            else:
                report.doubt(again, "provider_id", key, "again: taken as another name of the one provider")
        for name in names.keys() - {"provider_name", "alias"}:
            if len(names[name]) > 1:
                report.doubt(where, name, " | ".join(names[name]), "differs between rows of one provider")
        says = [text("dct:identifier", key), *_provider_says(where, names, report, places)]
        texts = {name: "\n".join(values) for name, values in names.items()}
        yield Entry(key, first["provider_name"].strip(), texts, tuple(says), "providers")


def _all(told: list[Row]) -> list[str]:
    return list(dict.fromkeys(name for _, cells in told for name in cells))


def _provider_says(where: str, names: Mapping[str, list[str]], report: Report, places: Places) -> Iterator[Said]:
    for alias in [*names["provider_name"][1:], *names.get("alias", ())]:
        yield text("skos:altLabel", alias.strip())
    for kind in names.get("provider_type", ()):
        yield text("dct:type", kind.strip())
    is_country = "country" in names.get("provider_type", ())
    for column, predicate in (("country", "schema:addressCountry"), ("provider_name", "skos:exactMatch")):
        for name in names.get(column, ()) if column == "country" or is_country else ():
            code = None if name.strip() in _SEVERAL else places(name.strip())
            if code is not None:
                yield place(predicate, code)
            elif name.strip() in _SEVERAL:
                yield text("schema:category", "several countries")
            else:
                report.doubt(where, column, name, "no country that is known")


def _provision(read_rows: Iterator[Row], report: Report, places: Places) -> Iterator[Entry]:
    keys = Keys()
    for where, cells in read_rows:
        ends = [cells.get(name, "").strip() for name in ("provider_id", "provided_id", "year")]
        if not ends[0] or not ends[1]:
            report.reject(where, "no provider_id" if not ends[0] else "no provided_id", ", ".join(cells.values()))
            continue
        key = keys.take(".".join(each for each in ends if each), cells)
        if key is None:
            report.repeated += 1
            continue
        label = f"{cells.get('provider_name', ends[0]).strip()} → {cells.get('provided_name', ends[1]).strip()}"
        says = [other("schema:provider", FEED.name, ends[0]), other("schema:itemOffered", FEED.name, ends[1])]
        yield Entry(key, label, cells, (*says, *_provision_says(where, cells, report)), "provision")


def _provision_says(where: str, cells: Mapping[str, str], report: Report) -> Iterator[Said]:
    if "share_provided" in cells:
        share = percent_of(cells["share_provided"])
        if share is None:
            report.doubt(where, "share_provided", cells["share_provided"], "no share from 0 to 100 percent")
        else:
            yield decimal("du:shareStated", share)
    if "negligible_market_share" in cells:
        yield text("dct:description", f"{cells['negligible_market_share'].strip()} market share")
    if "year" in cells:
        yield text("schema:temporalCoverage", cells["year"].strip())
        if not re.fullmatch(r"(19|20)\d\d", cells["year"].strip()):
            report.doubt(where, "year", cells["year"], "no year")
    if "source" in cells:
        for found in _LINK.findall(cells["source"]) or [cells["source"].strip()]:
            yield text("dct:source", found)


def _sequence(read_rows: Iterator[Row], report: Report, places: Places) -> Iterator[Entry]:
    keys = Keys()
    for where, cells in read_rows:
        into, kind = (cells.get(name, "").strip() for name in ("goes_into_id", "is_type_of_id"))
        first = cells.get("input_id", "").strip()
        if not first or not (into or kind):
            report.reject(where, "no end" if first else "no input_id", ", ".join(cells.values()))
            continue
        if into and kind:
            report.doubt(where, "is_type_of_id", kind, "goes into one thing and is a type of another")
        key = keys.take(f"{first}.{into or kind}", cells)
        if key is None:
            report.repeated += 1
            continue
        end = cells.get("goes_into_name") or cells.get("is_type_of_name") or into or kind
        label = f"{cells.get('input_name', first)} → {end}"
        says = [other("schema:object", FEED.name, first)]
        says += [other("schema:result", FEED.name, into)] if into else []
        says += [other("schema:category", FEED.name, kind)] if kind else []
        yield Entry(key, " ".join(label.split()), cells, tuple(says), "sequence")


_READERS: dict[str, Callable[[Iterator[Row], Report, Places], Iterator[Entry]]] = {
    "inputs": _inputs,
    "providers": _providers,
    "provision": _provision,
    "sequence": _sequence,
    "stages": _stages,
}

FEED = Feed(
    name="eto",
    title="Advanced Semiconductor Supply Chain Dataset",
    publisher="Emerging Technology Observatory, Center for Security and Emerging Technology, Georgetown University",
    licence=CC_BY_NC,
    address="https://eto.tech/dataset-docs/chipexplorer",
    version="eto-1",
    read=read,
    part_of=part_of,
    folder=True,
)
