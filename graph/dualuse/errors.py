"""Every exception that leaves the package.

::

    DualuseError
    ├── CuratedDataError     data/ does not conform            exit 1
    ├── ValidationFailed     the graph does not conform        exit 1
    ├── UsageError           wrong use or input                exit 2
    │   ├── UnknownNameError a place, measure or party is not in the graph
    │   ├── QueryError       a SPARQL query is not valid, or asks for what it may not
    │   │   └── QueryStopped the time for a query is over, or it was interrupted     exit 124, 130
    │   └── MissingExtraError an optional part is not installed
    ├── InstallationError    the package's own files are gone   exit 2
    └── StoreError           a store cannot be read or written  exit 3
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class DualuseError(Exception):
    """Root of all errors the package raises on purpose."""

    exit_code = 2


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in curated data: where it is, what it is, what to do."""

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        """Render as ``file:line: key: message``."""
        return f"{self.file}:{self.line}: {self.key}: {self.message}"


class CuratedDataError(DualuseError):
    """Curated data do not conform; carries every problem, sorted."""

    exit_code = 1

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ValidationFailed(DualuseError):  # noqa: N818 - names the act that failed, as the others do
    """Shapes, hygiene queries or counts found the graph wanting."""

    exit_code = 1


class UsageError(DualuseError):
    """A wrong argument, option, file or date."""


class UnknownNameError(UsageError):
    """A name is unknown or ambiguous; the message lists the nearest ones."""


class QueryError(UsageError):
    """A SPARQL query cannot be parsed or answered."""


class QueryStopped(QueryError):  # noqa: N818 - names what happened, as the others do
    """A query was ended before its answer: its time was over, or somebody interrupted it."""

    def __init__(self, message: str, exit_code: int = 124) -> None:
        self.exit_code = exit_code
        super().__init__(message)


class MissingExtraError(UsageError):
    """An optional dependency is missing; the message gives the pip command."""


class InstallationError(DualuseError):
    """The package was installed without its ontology or data files."""


class StoreError(DualuseError):
    """A store cannot be opened, read or written."""

    exit_code = 3
