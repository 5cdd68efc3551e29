"""Tables of Epoch AI: clusters of AI chips, the chips themselves, and who owns how many; told apart by their header."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from dualuse.errors import UsageError
from dualuse.feeds.days import when
from dualuse.feeds.entry import Entry, Said, other, place, text
from dualuse.feeds.epoch_columns import TABLES
from dualuse.feeds.feed import CC_BY, Feed
from dualuse.feeds.numbers import decimal, number_of
from dualuse.feeds.once import Keys
from dualuse.feeds.places import Places
from dualuse.feeds.report import Report
from dualuse.feeds.rows import nearest, rows, table

_STATES = {"Existing": "existing", "Planned": "planned", "Decommissioned": "decommissioned"}
"""What a cluster is -> its list; what is planned is never counted with what is there."""
_KEPT_BACK = "Anonymized"
"""How the name of a cluster begins whose own is not told; two such rows that say the same are two clusters."""
_ISO_NAME = re.compile(r"(.+) \((.+ of)\)")
_WHAT = "tables of Epoch AI"


def part_of(file: Path) -> str:
    """Which table a file is."""
    if file.is_dir():
        raise UsageError(f"{file} is a folder; load its files one by one")
    return nearest(file, table(file)[0], TABLES, _WHAT)


def read(file: Path, report: Report, places: Places) -> Iterator[Entry]:
    """Read one of the tables.

    Raises:
        UsageError: it is none of them.
    """
    header, lines = table(file)
    name = nearest(file, header, TABLES, _WHAT)
    report.had(header, TABLES[name])
    says, keys = _SAYS[name], Keys()
    for where, cells in rows(file, header, lines, report):
        label = " ".join(cells.get(header_of(name), "").split())
        if not label:
            report.reject(where, "no name", ", ".join(cells.values()))
            continue
        key = keys.take(f"{name}.{label}", cells, several=label.startswith(_KEPT_BACK))
        if key is None:
            report.repeated += 1
            continue
        list_ = name
        if name == "clusters":
            status = cells.get("Status", "").strip()
            list_ = f"clusters-{_STATES.get(status, 'unknown')}"
            report.titles[list_] = f"clusters: {status or 'of no status'}"
            if status not in _STATES:
                report.doubt(where, "Status", status, "not known whether it is there")
        yield Entry(key, label, cells, tuple(says(where, cells, report, places)), list_)


def header_of(name: str) -> str:
    """The column with the name of a record."""
    return next(iter(TABLES[name]))


def _when(predicate: str, where: str, column: str, cells: Mapping[str, str], report: Report) -> Iterator[Said]:
    """A day, as ISO or Americans write it, or a month or a year."""
    if column in cells:
        found = when(predicate, cells[column])
        if found is None:
            report.doubt(where, column, cells[column], "no day that can be")
        else:
            yield found


def _number(predicate: str, where: str, column: str, cells: Mapping[str, str], report: Report) -> Iterator[Said]:
    if column in cells:
        found = number_of(cells[column])
        if found is None or found < 0:
            report.doubt(where, column, cells[column], "no number" if found is None else "less than nothing")
        else:
            yield decimal(predicate, found)


def _names(cell: str) -> list[str]:
    """Names that a cell joins by commas; one with a comma stands in quotes."""
    try:
        found = next(csv.reader([" ".join(cell.split())], skipinitialspace=True), [])
    except csv.Error:
        found = [cell]
    return [name.strip() for name in found if name.strip()]


def _texts(cells: Mapping[str, str], told: Mapping[str, str]) -> Iterator[Said]:
    for column, predicate in told.items():
        if column in cells:
            yield text(predicate, " ".join(cells[column].split()))


def _clusters(where: str, cells: Mapping[str, str], report: Report, places: Places) -> Iterator[Said]:
    yield from _texts(
        cells, {"Status": "dct:type", "Certainty": "schema:disambiguatingDescription", "Sector": "dct:subject"}
    )
    if cells.get("Include in Standard Analysis", "").strip().upper() == "TRUE":
        yield text("dct:subject", "Include in Standard Analysis")
    yield from _countries(where, cells, report, places)
    for column, predicate in (("Owner", "schema:owner"), ("Users", "schema:customer")):
        for name in _names(cells.get(column, "")):
            yield text(predicate, name)
    yield from _when("schema:startDate", where, "First Operational Date", cells, report)
    yield from _when("schema:endDate", where, "Decommissioned Date (if applicable)", cells, report)
    yield from _number("du:h100Equivalents", where, "H100 equivalents", cells, report)
    yield from _number("du:chipCount", where, "Total number of AI chips", cells, report)
    yield from _number("du:powerMegawatts", where, "Power Capacity (MW)", cells, report)
    yield from _links(cells)
    for number in range(1, 6):
        yield from _texts(cells, {f"Source {number}": "dct:source"})


def _links(cells: Mapping[str, str]) -> Iterator[Said]:
    """The chips of a cluster, and other clusters."""
    for column in ("Chip type (primary)", "Chip type (secondary)"):
        for name in _names(cells.get(column, "")):
            yield other("schema:material", FEED.name, f"chips.{name}")
    for column, predicate in (
        ("Builds Upon", "prov:wasRevisionOf"),
        ("Superseded by", "dct:isReplacedBy"),
        ("Possible Duplicate Of", "skos:closeMatch"),
    ):
        if column in cells:
            yield other(predicate, FEED.name, f"clusters.{' '.join(cells[column].split())}")


def _countries(where: str, cells: Mapping[str, str], report: Report, places: Places) -> Iterator[Said]:
    """Its country, or several; also as ISO turns a name: ``Korea (Republic of)``, ``Philippines (the)``."""
    whole = _ISO_NAME.sub(r"\2 \1", cells.get("Country", "").strip().removesuffix(" (the)"))
    for name in [whole] if places(whole) else _names(whole):
        code = places(name)
        if code is None:
            report.doubt(where, "Country", name, "no country that is known")
        else:
            yield place("schema:addressCountry", code)


def _chips(where: str, cells: Mapping[str, str], report: Report, places: Places) -> Iterator[Said]:
    yield from _texts(cells, {"Manufacturer": "schema:manufacturer", "Type": "dct:type", "Foundry": "schema:producer"})
    yield from _when("schema:releaseDate", where, "Release date", cells, report)
    yield from _when("dct:modified", where, "Last modified", cells, report)
    yield from _number("du:bitOperations", where, "Total processing performance (bit-OP/s)", cells, report)
    for link in cells.get("Link to datasheet", "").split():
        yield text("dct:source", link)


def _owners(where: str, cells: Mapping[str, str], report: Report, places: Places) -> Iterator[Said]:
    """A stock of chips that an owner has had by a day: median, 5th and 95th percentile."""
    yield from _texts(cells, {"Owner": "schema:owner", "Chip manufacturer": "schema:manufacturer"})
    if (code := places(cells.get("Owner", "").strip())) is not None:
        yield place("schema:addressCountry", code)
    yield from _texts(cells, {"Chip type": "schema:material", "Source / Link": "dct:source"})
    yield from _when("schema:startDate", where, "Start date", cells, report)
    yield from _when("schema:endDate", where, "End date", cells, report)
    for middle, ends, predicate in (
        ("Compute estimate in H100e (median)", "H100e", "du:h100Equivalents"),
        ("Number of Units", "Number of Units", "du:chipCount"),
    ):
        low, high = f"{ends} (5th percentile)", f"{ends} (95th percentile)"
        yield from _number(predicate, where, middle, cells, report)
        yield from _number(f"{predicate}Low", where, low, cells, report)
        yield from _number(f"{predicate}High", where, high, cells, report)
        told = [number_of(cells.get(column, "")) for column in (low, middle, high)]
        known = [each for each in told if each is not None]
        if known != sorted(known):
            report.doubt(where, middle, " / ".join(map(str, known)), "lies outside its own interval")
    if "Incomplete" in cells:
        yield text("schema:creativeWorkStatus", "incomplete")


_SAYS: dict[str, Callable[[str, Mapping[str, str], Report, Places], Iterator[Said]]] = {
    "clusters": _clusters,
    "chips": _chips,
    "owners": _owners,
}

FEED = Feed(
    name="epoch",
    title="Epoch AI",
    publisher="Epoch AI",
    licence=CC_BY,
    address="https://epoch.ai/data",
    version="epoch-1",
    read=read,
    part_of=part_of,
)
