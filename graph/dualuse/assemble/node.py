"""The collector of triples under the name that the rules still use."""

from dualuse.model.triples import Triples as Node

__all__ = ["Node"]
