"""Questions in SPARQL: named queries with typed parameters, and a look at the terms an ad-hoc query uses."""

from __future__ import annotations

from dualuse.query.library import NamedQuery, Parameter, load, names, read

__all__ = ["NamedQuery", "Parameter", "load", "names", "read"]
